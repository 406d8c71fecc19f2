package devices

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A device's word about its battery and signal reaches the desk, and neither the journal nor the counters.
func TestConditionReachesTheDesk(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	desk := f.dial()
	if err := desk.WriteJSON(map[string]any{"type": "hello", "token": adminToken, "topics": []string{"workers"}}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, desk, "welcome")
	before := f.s.keeper.Head().Seq
	d.write(`{"type":"condition","battery_percent":9,"charging":false,"network":"4g","downlink_kbps":9000,"round_trip_ms":12}`)
	frameOf(t, desk, "devices")
	var seen struct{ Condition conditionView }
	f.want(200, "GET", "/api/v1/devices/"+string(d.id), "").json(t, &seen)
	if c := seen.Condition; c.BatteryPercent == nil || *c.BatteryPercent != 9 || !c.BatteryLow || c.SignalWeak || c.Silent || c.At == "" {
		t.Fatalf("%+v", c)
	}
	if all := string(f.want(200, "GET", "/api/v1/floor", "").body); !strings.Contains(all, `"battery_percent":9`) {
		t.Error("the live floor does not show it")
	}
	if f.s.keeper.Head().Seq != before {
		t.Error("a condition was journalled")
	}
	d.expect(d.scan("A"), "badge_first") // and the counter goes on from where it was
	d.hello("")
	if v := string(f.want(200, "GET", "/api/v1/devices/"+string(d.id), "").body); strings.Contains(v, "battery") {
		t.Errorf("a new connection may be new hardware: it has said nothing yet, but %s", v)
	}
}

// What is warned of, and what is not: nobody is sent to a battery that is being charged.
func TestConditionWarnings(t *testing.T) {
	t.Parallel()
	n := func(i int) *int { return &i }
	yes, no := true, false
	tests := []struct {
		name              string
		said              conditionFrame
		age               time.Duration
		low, weak, silent bool
	}{
		{"nothing said", conditionFrame{}, 0, false, false, false},
		{"14 %", conditionFrame{BatteryPercent: n(14)}, 0, true, false, false},
		{"14 % and not charging", conditionFrame{BatteryPercent: n(14), Charging: &no}, 0, true, false, false},
		{"14 % and charging", conditionFrame{BatteryPercent: n(14), Charging: &yes}, 0, false, false, false},
		{"15 %", conditionFrame{BatteryPercent: n(15)}, 0, false, false, false},
		{"2g", conditionFrame{Network: "2g"}, 0, false, true, false},
		{"3g", conditionFrame{Network: "3g"}, 0, false, false, false},
		{"a slow answer", conditionFrame{RoundTripMS: n(401)}, 0, false, true, false},
		{"a quick answer", conditionFrame{RoundTripMS: n(400)}, 0, false, false, false},
		{"a narrow link", conditionFrame{DownlinkKbps: n(100)}, 0, false, true, false},
		{"long silent", conditionFrame{BatteryPercent: n(80)}, SilentAfter + time.Second, false, false, true},
	}
	for _, tt := range tests {
		v := condition{tt.said, time.Now()}.view(tt.age)
		if v.BatteryLow != tt.low || v.SignalWeak != tt.weak || v.Silent != tt.silent {
			t.Errorf("%s: %+v", tt.name, v)
		}
	}
}

func TestConditionRefusals(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	desk := f.dial()
	if err := desk.WriteJSON(map[string]any{"type": "hello", "token": adminToken}); err != nil {
		t.Fatal(err)
	}
	frameOf(t, desk, "welcome")
	tests := []struct {
		who  *websocket.Conn
		said string
	}{
		{d.ws, `"battery_percent":101`}, {d.ws, `"battery_percent":-1`}, {d.ws, `"battery_percent":1.5`}, {d.ws, `"battery_percent":"full"`},
		{d.ws, `"network":"5G"`}, {d.ws, `"network":"<img src=x>"`}, {d.ws, `"round_trip_ms":1e9`}, {d.ws, `"charging":"yes"`},
		{desk, `"battery_percent":50`},
	}
	for _, tt := range tests {
		if err := tt.who.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"type":"condition",%s}`, tt.said)); err != nil {
			t.Fatal(err)
		}
		frameOf(t, tt.who, "error")
	}
	if f.s.hub.conditionOf(d.id) != nil {
		t.Error("what was refused was kept")
	}
}

// Two thousand devices that come back at once are one word to a desk, and never too many for its outbox.
func TestDevicesAreToldAsOne(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	desk := &session{s: f.s, wake: make(chan struct{}, 1), started: true, whole: true, topics: map[string]bool{"workers": true}}
	h := f.s.hub
	h.mu.Lock()
	h.wide[desk] = struct{}{}
	for range 2 * OutboxFrames {
		h.devicesChanged()
	}
	told := h.telling
	h.mu.Unlock()
	<-desk.wake
	desk.mu.Lock()
	defer desk.mu.Unlock()
	if !told || desk.ending || len(desk.out) != 1 {
		t.Fatalf("%d frames for a desk, ended: %v", len(desk.out), desk.ending)
	}
}

package devices

import (
	"encoding/json"
	"fmt"
	"time"

	"floorline/floor"
)

// conditionFrame is what a device says of itself, where its browser tells it: a battery that dies in the
// middle of an aisle costs more than one that is changed in time. It is never journalled and outlives no
// restart: a minute later the device has said it again.
type conditionFrame struct {
	Type           string `json:"type"`
	BatteryPercent *int   `json:"battery_percent,omitempty"`
	Charging       *bool  `json:"charging,omitempty"`
	Network        string `json:"network,omitempty"`       // what the browser takes the link for: slow-2g, 2g, 3g or 4g
	DownlinkKbps   *int   `json:"downlink_kbps,omitempty"` // by the browser's guess
	RoundTripMS    *int   `json:"round_trip_ms,omitempty"` // of a ping of ours
}

// conditionView is what the supervisor sees of it.
type conditionView struct {
	BatteryPercent *int   `json:"battery_percent,omitempty"`
	Charging       *bool  `json:"charging,omitempty"`
	Network        string `json:"network,omitempty"`
	DownlinkKbps   *int   `json:"downlink_kbps,omitempty"`
	RoundTripMS    *int   `json:"round_trip_ms,omitempty"`
	BatteryLow     bool   `json:"battery_low,omitempty"`
	SignalWeak     bool   `json:"signal_weak,omitempty"`
	At             string `json:"at"`
	Silent         bool   `json:"silent,omitempty"` // it has said nothing for so long that this may be wrong
}

// What is worth a warning.
const (
	LowBatteryPercent = 15  // below this, unless it is being charged
	WeakRoundTripMS   = 400 // slower than this a picker waits for the verdict
	WeakDownlinkKbps  = 250
	SilentAfter       = 3 * time.Minute // a device speaks once a minute
)

// pairedDevice is a device with what only the socket knows of it.
type pairedDevice struct {
	*floor.DeviceView
	Condition *conditionView `json:"condition,omitempty"`
}

// condition is the last word of a device about itself.
type condition struct {
	said conditionFrame
	at   time.Time
}

// check lists what cannot be.
func (f *conditionFrame) check() *floor.Error {
	var about []floor.Fault
	within := func(name string, v *int, most int) {
		if v != nil && (*v < 0 || *v > most) {
			about = append(about, floor.Fault{Pointer: "/" + name, Code: "bad_value", Detail: fmt.Sprintf("from 0 to %d", most)})
		}
	}
	within("battery_percent", f.BatteryPercent, 100)
	within("downlink_kbps", f.DownlinkKbps, 100_000_000)
	within("round_trip_ms", f.RoundTripMS, 600_000)
	if !contains([]string{"", "slow-2g", "2g", "3g", "4g"}, f.Network) {
		about = append(about, floor.Fault{Pointer: "/network", Code: "bad_value", Detail: "slow-2g, 2g, 3g or 4g"})
	}
	if len(about) > 0 {
		return malformed(about...)
	}
	return nil
}

// condition takes a device's word about itself; false ends the socket.
func (x *session) condition(data []byte) bool {
	var f conditionFrame
	if err := json.Unmarshal(data, &f); err != nil {
		return x.strange("", "the frame is not the JSON it should be")
	}
	if x.who.what != "device" {
		return x.strange("", "only a paired device has a condition")
	}
	if err := f.check(); err != nil {
		return x.strange("", err.Error())
	}
	x.unknown = 0
	x.s.hub.noteCondition(x, f)
	return true
}

// noteCondition keeps the newest word of a device, and of its newest connection only.
func (h *hub) noteCondition(x *session, f conditionFrame) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.devices[x.who.device] == x {
		h.conditions[x.who.device] = condition{f, time.Now()}
		h.devicesChanged()
	}
}

// conditionOf is nil where a device has said nothing of itself.
func (h *hub) conditionOf(id floor.DeviceID) *conditionView {
	h.mu.RLock()
	defer h.mu.RUnlock()
	c, ok := h.conditions[id]
	if !ok {
		return nil
	}
	return c.view(time.Since(c.at))
}

func (c condition) view(age time.Duration) *conditionView {
	s := c.said
	v := &conditionView{BatteryPercent: s.BatteryPercent, Charging: s.Charging, Network: s.Network, DownlinkKbps: s.DownlinkKbps,
		RoundTripMS: s.RoundTripMS, At: c.at.UTC().Format(time.RFC3339), Silent: age > SilentAfter}
	v.BatteryLow = s.BatteryPercent != nil && *s.BatteryPercent < LowBatteryPercent && (s.Charging == nil || !*s.Charging)
	v.SignalWeak = s.Network == "slow-2g" || s.Network == "2g" || s.DownlinkKbps != nil && *s.DownlinkKbps < WeakDownlinkKbps ||
		s.RoundTripMS != nil && *s.RoundTripMS > WeakRoundTripMS
	return v
}

// DevicesToldEvery is how often at most the desks hear that devices came, went or spoke of themselves: two
// thousand that come back at once are one word.
const DevicesToldEvery = time.Second

// devicesChanged has the desks look at the devices again, soon. It needs the lock.
func (h *hub) devicesChanged() {
	if h.telling || h.closing || len(h.wide) == 0 {
		return
	}
	h.telling = true
	time.AfterFunc(DevicesToldEvery, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.telling = false
		for x := range h.wide {
			x.tellDevices()
		}
	})
}

func (x *session) tellDevices() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.started && x.topics["workers"] {
		x.pushJSON(devicesFrame{"devices"})
	}
}

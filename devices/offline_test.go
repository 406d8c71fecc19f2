package devices

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
)

// inbox is what a lead is told, of one kind.
func (f *front) inbox(kind string) (out []exceptionRow) {
	f.t.Helper()
	var list struct {
		Items []exceptionRow `json:"items"`
	}
	f.want(200, "GET", "/api/v1/exceptions?limit=200", "").json(f.t, &list)
	for _, x := range list.Items {
		if x.Kind == kind {
			out = append(out, x)
		}
	}
	return out
}

// offlineFrame is a scan as a device sends it that is back, by a clock of its own.
func offlineFrame(n uint64, code string, at time.Time, word string) string {
	return fmt.Sprintf(`{"type":"scan","id":"%s","n":%d,"code":"%s","at":"%s"%s}`, ulid.Make(), n, code, at.Format(time.RFC3339Nano), word)
}

// What was refused of a device's time out of reach is put before a lead with its worker, device, code and time,
// however it comes in and whatever the device's clock shows; what was refused before its worker's eyes is not.
func TestRefusedOutOfReach(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	badge := f.worker("Mia", "picker", "")
	now, day := time.Now(), 24*time.Hour
	for i, c := range []struct {
		name, hello string
		clock       time.Time // what the device's clock shows now
		ago         time.Duration
		word        string
		list, told  bool
	}{
		{"live", "", now, 0, "", false, false},
		{"live, a clock a day slow", "clock", now.Add(-day), 0, "", false, false},
		{"two hours ago, a right clock and no word of it", "", now, 2 * time.Hour, "", false, true},
		{"two hours ago, a clock a day fast", "clock", now.Add(day), 2 * time.Hour, "", false, true},
		{"by its word", "clock", now, 10 * time.Second, `,"late":true`, false, true},
		{"in a list", "", now, 2 * time.Hour, "", true, true},
	} {
		d := f.pair("handheld")
		first := map[string]any{"type": "hello", "token": d.token}
		if c.hello != "" {
			first["clock"] = c.clock.Format(time.RFC3339Nano)
		}
		d.ws = f.dial()
		if err := d.ws.WriteJSON(first); err != nil {
			t.Fatal(err)
		}
		frameOf(t, d.ws, "welcome")
		d.expect(d.scan(badge), "signed_in")
		before := len(f.inbox("late_refused"))
		code := fmt.Sprintf("NOBODYS-%d", i)
		frame := offlineFrame(d.n+1, code, c.clock.Add(-c.ago), c.word)
		if c.list {
			f.want(200, "POST", "/api/v1/scans", "["+frame+"]", "Authorization", "Bearer "+d.token)
		} else {
			d.write(frame)
			frameOf(t, d.ws, "verdict")
		}
		told := f.inbox("late_refused")
		if (len(told) > before) != c.told {
			t.Errorf("%s: a lead was told %v, want %v", c.name, len(told) > before, c.told)
			continue
		}
		if c.told {
			f.saysAll(c.name, told, code, now.Add(-c.ago))
		}
	}
}

func (f *front) saysAll(name string, told []exceptionRow, code string, made time.Time) {
	f.t.Helper()
	for _, x := range told {
		if !strings.Contains(x.Say, code) {
			continue
		}
		at, err := time.Parse(time.RFC3339, x.Made)
		if err != nil || at.Sub(made).Abs() > time.Minute || !strings.HasPrefix(x.Say, "Mia scanned ") || x.Worker == "" || x.Device == "" {
			f.t.Errorf("%s: told %+v", name, x)
		}
		return
	}
	f.t.Errorf("%s: nobody is told of %s", name, code)
}

// A device's own word that scans are missing is a stop on the device and an exception for a lead, once, however
// often it is sent.
func TestMissingOverTheSocket(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	d := f.pair("handheld")
	d.hello("")
	frame := fmt.Sprintf(`{"type":"do","id":"%s","n":1,"action":"missing","args":{"qty":3},"late":true}`, ulid.Make())
	for i := range 2 {
		d.write(frame)
		v := frameOf(t, d.ws, "verdict")
		if v["class"] != "stop" || v["code"] != "scans_missing" || v["replayed"] != (i > 0) || !strings.Contains(fmt.Sprint(v["say"]), "3") {
			t.Fatal(v)
		}
	}
	if told := f.inbox("scans_missing"); len(told) != 1 || !strings.Contains(told[0].Say, "3 scans") {
		t.Fatalf("told %+v", told)
	}
}

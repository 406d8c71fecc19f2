package devices

import (
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"floorline/floor"
)

// What Prometheus is told is what devices were answered, and every line of it can be read.
func TestMetrics(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d := f.pair("handheld")
	d.hello("")
	badge := f.worker("Mia", "picker", "")
	d.scan(badge)
	d.scan("NOTHING-HERE")
	d.write(`{"type":"scan","id":"` + ulid.Make().String() + `","n":9,"code":"A-01"}`)
	frameOf(t, d.ws, "resend")
	text := string(f.want(200, "GET", "/metrics", "", "Authorization", "").body)
	for _, line := range []string{`floor_verdicts_total{class="accepted"} 1`, `floor_verdicts_total{class="refused"} 1`, "floor_resends_total 1",
		`floor_verdict_seconds_bucket{le="+Inf"} 2`, "floor_verdict_seconds_count 2", "floor_ws_clients 1", "floor_devices 1"} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("there is no %s in\n%s", line, text)
		}
	}
	for _, secret := range []string{badge, "Mia", d.token} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is nobody's business", secret)
		}
	}
	typed := map[string]bool{}
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			typed[strings.Fields(name)[0]] = true
		} else if line[0] != '#' {
			name, _, _ := strings.Cut(strings.Fields(line)[0], "{")
			for _, tail := range []string{"_bucket", "_sum", "_count"} {
				if !typed[name] {
					name = strings.TrimSuffix(name, tail)
				}
			}
			if !typed[name] || len(strings.Fields(line)) != 2 {
				t.Errorf("not as Prometheus reads it: %q", line)
			}
		}
	}
}

// Answers are counted by how long they took, each under the first bound that holds it.
func TestMeterBounds(t *testing.T) {
	t.Parallel()
	var m meter
	for _, took := range []time.Duration{time.Millisecond, time.Millisecond + 1, 7 * time.Second} {
		m.note(verdictFrame{Kind: floor.Note}, took)
	}
	var b strings.Builder
	m.write(&b)
	for _, line := range []string{`bucket{le="0.001"} 1`, `bucket{le="0.002"} 2`, `bucket{le="5"} 2`, `bucket{le="+Inf"} 3`, `class="note"} 3`} {
		if !strings.Contains(b.String(), line+"\n") {
			t.Errorf("there is no %s in\n%s", line, b.String())
		}
	}
}

package devices

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"floorline/floor"
)

// meterBounds are the upper bounds, in milliseconds, by which answers to frames are counted.
var meterBounds = [...]int64{1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000}

var meterClasses = [...]floor.Class{floor.Accepted, floor.Note, floor.Choose, floor.Refused, floor.Stop}

// meter counts what devices were answered, and how long they waited for it on this side of the network.
type meter struct {
	within  [len(meterBounds) + 1]atomic.Int64
	micros  atomic.Int64
	classes [len(meterClasses)]atomic.Int64
	resends atomic.Int64
}

func (m *meter) note(answer any, took time.Duration) {
	v, ok := answer.(verdictFrame)
	if !ok {
		m.resends.Add(1)
		return
	}
	for i, c := range meterClasses {
		if c == v.Kind {
			m.classes[i].Add(1)
		}
	}
	i := 0
	for i < len(meterBounds) && took > time.Duration(meterBounds[i])*time.Millisecond {
		i++
	}
	m.within[i].Add(1)
	m.micros.Add(took.Microseconds())
}

func (m *meter) write(b *strings.Builder) {
	b.WriteString("# HELP floor_verdicts_total Verdicts given to devices by class.\n# TYPE floor_verdicts_total counter\n")
	for i, c := range meterClasses {
		fmt.Fprintf(b, "floor_verdicts_total{class=%q} %d\n", c, m.classes[i].Load())
	}
	fmt.Fprintf(b, "# HELP floor_resends_total Frames that came after a gap.\n# TYPE floor_resends_total counter\nfloor_resends_total %d\n", m.resends.Load())
	b.WriteString("# HELP floor_verdict_seconds From a frame's arrival to its verdict, on disk.\n# TYPE floor_verdict_seconds histogram\n")
	var sum int64
	for i, bound := range meterBounds {
		sum += m.within[i].Load()
		fmt.Fprintf(b, "floor_verdict_seconds_bucket{le=\"%g\"} %d\n", float64(bound)/1000, sum)
	}
	sum += m.within[len(meterBounds)].Load()
	fmt.Fprintf(b, "floor_verdict_seconds_bucket{le=\"+Inf\"} %d\nfloor_verdict_seconds_sum %g\nfloor_verdict_seconds_count %d\n",
		sum, float64(m.micros.Load())/1e6, sum)
}

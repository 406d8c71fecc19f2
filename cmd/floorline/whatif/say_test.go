package whatif

import "testing"

// The sentence says of each crew how the day ends, and no more than needed.
func TestSentence(t *testing.T) {
	crew := func(pickers int, missing ...int) *Crew {
		c := &Crew{Pickers: pickers, DoneP50: "15:41"}
		for _, m := range missing {
			c.days = append(c.days, &outcome{due: 180, missing: m})
			c.Missing += float64(m) / float64(len(missing))
		}
		if c.OnTime = float64(c.good()) / float64(len(missing)); c.OnTime < 0.5 {
			c.DoneP50 = "16:24"
		}
		return c
	}
	short := crew(8, 2, 2)
	short.Lacking = 2
	for _, c := range []struct {
		crews []*Crew
		want  string
	}{
		{[]*Crew{crew(6, 10, 14), crew(8, 0, 0)}, "With 6 pickers 12 of 180 orders miss the 16:00 truck (p50 done 16:24); with 8 all 180 make the 16:00 truck, by 15:41."},
		{[]*Crew{crew(1, 90, 80), crew(2, 23, 23), crew(3, 0, 0), crew(4, 0, 0)}, "With 1 picker 85 of 180 orders miss the 16:00 truck (p50 done 16:24); " +
			"with 2 pickers 23 of 180 orders miss the 16:00 truck (p50 done 16:24); with 3 or more all 180 make the 16:00 truck, by 15:41."},
		{[]*Crew{crew(5, 0, 0, 0, 1)}, "With 5 pickers all make it on 3 of 4 days (p50 done 15:41), else the truck leaves without 1 order."},
		{[]*Crew{crew(5, 1, 1)}, "With 5 pickers 1 of 180 orders misses the 16:00 truck (p50 done 16:24)."},
		{[]*Crew{short}, "With 8 pickers 2 of 180 orders miss the 16:00 truck (p50 done 16:24); 2 orders cannot go whoever works, for want of goods."},
	} {
		a := &Answer{Truck: "16:00", Due: 180, Crews: c.crews}
		if got := a.sentence(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

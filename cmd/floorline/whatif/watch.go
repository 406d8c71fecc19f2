package whatif

import "floorline/floor"

// The stages of an order's way to the truck, as far as one waits for somebody.
const (
	stagePick = iota
	stagePack
	stageLoad
	stages
)

// watch looks at the day every few minutes: how many orders are on board, and how many wait at each stage.
type watch struct {
	loaded []int // of those due
	queues [][stages]int
}

func (w *watch) turn(d *day) (floor.Time, bool) {
	loaded, at := 0, [stages]int{}
	for _, o := range d.book {
		if o.due && o.loaded > 0 {
			loaded++
		}
		if x := d.s.Orders[o.id]; x != nil && o.due && o.loaded == 0 {
			switch x.Status {
			case floor.OrderReceived, floor.OrderReleased:
				at[stagePick]++
			case floor.OrderPicked:
				at[stagePack]++
			case floor.OrderPacked:
				at[stageLoad]++
			}
		}
	}
	w.loaded, w.queues = append(w.loaded, loaded), append(w.queues, at)
	return d.now + sampleEvery, true
}

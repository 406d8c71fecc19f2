package devices

import (
	"slices"
	"time"

	"floorline/floor"
	"floorline/store"
)

// replenisher has pick bins filled up before a picker stands before an empty one. It looks again and again, and at once when a
// wave went to the floor. What is due is found out beside the writer, some items at a time, and planned in small commands.
type replenisher struct {
	background
	wakes
	s *Server
}

// How often is looked, and how many jobs one command plans.
const (
	ReplenishEvery = 15 * time.Second
	ReplenishAbout = 50
)

func newReplenisher(s *Server) *replenisher {
	return &replenisher{background: newBackground(), wakes: newWakes(), s: s}
}

func (r *replenisher) start() {
	r.onWake(r.wakes, func() time.Duration {
		r.look()
		return ReplenishEvery
	})
}

// told looks at once when orders went to the floor.
func (r *replenisher) told(records []store.Record) {
	for i := range records {
		switch records[i].Body.(type) {
		case *floor.WaveReleased, *floor.WaveGrown, *floor.Backordered:
			r.wake()
			return
		}
	}
}

// look plans what is due.
func (r *replenisher) look() {
	byHand := false
	r.s.keeper.View(func(st *floor.State) { byHand = st.Site.ReplenishByHand })
	if byHand {
		return
	}
	for part := range slices.Chunk(r.s.replenishDue(), ReplenishAbout) {
		if a := r.s.keeper.Do(&floor.Command{Verb: floor.PlanReplenish{Due: part}}); a.Err != nil {
			r.s.log.Info("pick bins could not be filled up by themselves", "why", a.Err.Say)
			return
		}
	}
}

// replenishDue is what should be brought to the pick bins, what orders wait for first; found out some items at a time, so
// that the writer may write in between.
func (s *Server) replenishDue() []floor.Replenish {
	var skus []floor.SKU
	var owed map[floor.SKU]int64
	s.keeper.View(func(st *floor.State) {
		if skus = st.InReserve(); len(skus) > 0 {
			owed = st.Owed()
		}
	})
	due := []floor.Replenish{}
	for part := range slices.Chunk(skus, PageLimit) {
		s.keeper.View(func(st *floor.State) {
			for _, sku := range part {
				if x, is := st.ReplenishNeed(sku, owed[sku]); is {
					due = append(due, x)
				}
			}
		})
	}
	floor.UrgentFirst(due)
	return due
}

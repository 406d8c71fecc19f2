package devices

import (
	"context"
	"slices"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// replenisher has pick bins filled up before a picker stands before an empty one. It looks again and again, and at once when a
// wave went to the floor. What is due is found out beside the writer, some items at a time, and planned in small commands.
type replenisher struct {
	s     *Server
	ctx   context.Context
	end   context.CancelFunc
	done  sync.WaitGroup
	wakes chan struct{}
}

// How often is looked, and how many jobs one command plans.
const (
	ReplenishEvery = 15 * time.Second
	ReplenishAbout = 50
)

func newReplenisher(s *Server) *replenisher {
	r := &replenisher{s: s, wakes: make(chan struct{}, 1)}
	r.ctx, r.end = context.WithCancel(context.Background())
	return r
}

func (r *replenisher) start() {
	r.done.Add(1)
	go func() {
		defer r.done.Done()
		for t := time.NewTicker(ReplenishEvery); ; {
			select {
			case <-t.C:
			case <-r.wakes:
			case <-r.ctx.Done():
				t.Stop()
				return
			}
			r.look()
		}
	}()
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

func (r *replenisher) wake() {
	select {
	case r.wakes <- struct{}{}:
	default: // it will look
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

func (r *replenisher) stop() {
	r.end()
	r.done.Wait()
}

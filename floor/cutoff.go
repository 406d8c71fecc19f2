package floor

import (
	"fmt"
	"sort"
	"time"
)

// The cut-off board works back from the collections: what each truck still waits for, when it will be done at the pace
// the house works at, which orders will miss, and what to release next.

// Weekdays are the words for the days a carrier comes.
var Weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func checkCutoff(f *faults, v Service) {
	if v.Cutoff != "" {
		if _, err := time.Parse("15:04", v.Cutoff); err != nil || len(v.Cutoff) != 5 {
			f.add("/cutoff", "bad_time", "a collection time is written 16:00, in the site's own time")
		}
	}
	for i, d := range v.Days {
		if !oneOf(d, Weekdays) {
			f.add(fmt.Sprintf("/days/%d", i), "bad_value", "a day is one of mon, tue, wed, thu, fri, sat, sun; leave days out for every day")
		}
	}
	if v.Cutoff == "" && len(v.Days) > 0 {
		f.add("/cutoff", "required", "days without a collection time say nothing")
	}
}

// CutoffBoard is what the trucks wait for, as the API shows it.
type CutoffBoard struct {
	Now         string            `json:"now"`
	Pace        map[Stage]Pace    `json:"pace"`
	Cutoffs     []Cutoff          `json:"cutoffs"`
	Release     *ReleaseAdvice    `json:"release"`
	Unscheduled int               `json:"unscheduled"` // open orders whose service has no collection time
	Orders      map[OrderID]int64 `json:"-"`           // when each is done, for tests and planners; 0 is never
}

// Cutoff is one collection by one carrier.
type Cutoff struct {
	At          string          `json:"at"`
	Clock       string          `json:"clock"` // the same by the house's own clock
	Carrier     string          `json:"carrier"`
	Services    []string        `json:"services"`
	Orders      int             `json:"orders"` // open ones due then
	Stages      map[string]int  `json:"stages"` // how many of them stand where
	Units       map[Stage]int64 `json:"units"`  // left to pick, to pack; parcels left to load
	FinishClock string          `json:"finish_clock"`
	Finish      string          `json:"finish"`      // when the last of them is done at this pace; "" is never
	Missing     int             `json:"missing"`     // how many will miss it
	Misses      []Miss          `json:"misses"`      // the first of them, the latest first
	LeftBehind  int             `json:"left_behind"` // of the orders, those that an earlier truck left without
	at, finish  Time
}

// Miss is an order that will not make its collection, and why.
type Miss struct {
	Order       OrderID `json:"order"`
	ExternalID  string  `json:"external_id"`
	Finish      string  `json:"finish"`
	FinishClock string  `json:"finish_clock"`
	Why         string  `json:"why"`
	finish      Time
}

// ReleaseAdvice is what to send to the floor next.
type ReleaseAdvice struct {
	Orders []OrderID `json:"orders"`
	Method string    `json:"method"`
	Why    string    `json:"why"`
}

// MissLimit is how many orders that miss are named for a cut-off, and AdviceLimit how many are advised at once.
const (
	MissLimit   = 50
	AdviceLimit = 40
)

// flow is an order on its way, and when each stage is done with it.
type flow struct {
	o     *Order
	due   Time
	units map[Stage]int64
	stuck string // why it does not move at all
	done  Time   // 0 is never
	late  bool   // a parcel of it missed an earlier collection
}

// CutoffBoard works the board out.
func (s *State) CutoffBoard(now Time) *CutoffBoard {
	b := &CutoffBoard{Now: now.String(), Pace: map[Stage]Pace{}, Cutoffs: []Cutoff{}, Orders: map[OrderID]int64{}}
	for _, st := range stages {
		b.Pace[st] = s.PaceOf(st, now)
	}
	flows := s.flows(now, b)
	s.project(flows, b.Pace, now)
	at := map[string]int{}
	for _, f := range flows {
		b.Orders[f.o.ID] = int64(f.done)
		key := f.due.String() + "/" + f.o.Carrier
		i, ok := at[key]
		if !ok {
			i = len(b.Cutoffs)
			at[key] = i
			b.Cutoffs = append(b.Cutoffs, Cutoff{At: f.due.String(), Clock: s.clock(f.due), Carrier: f.o.Carrier, at: f.due, Services: []string{},
				Stages: map[string]int{}, Units: map[Stage]int64{}, Misses: []Miss{}})
		}
		b.Cutoffs[i].add(f)
	}
	for i := range b.Cutoffs {
		b.Cutoffs[i].close(s)
	}
	sort.SliceStable(b.Cutoffs, func(i, j int) bool {
		x, y := b.Cutoffs[i], b.Cutoffs[j]
		return x.at < y.at || x.at == y.at && x.Carrier < y.Carrier
	})
	b.Release = s.releaseAdvice(flows, b.Pace[StagePick])
	return b
}

// flows are the open orders that a truck waits for, in the order in which they are worked off.
func (s *State) flows(now Time, b *CutoffBoard) (out []*flow) {
	due := s.timetable(now).due
	for _, o := range s.Orders {
		switch o.Status {
		case OrderDispatched, OrderDelivered, OrderCancelled:
			continue
		}
		missed, late := s.dueParcel(o)
		f := &flow{o: o, due: max(due(o), missed), late: late, units: s.unitsLeft(o), stuck: s.stuck(o)}
		if f.units[StageLoad] == 0 {
			continue // it is on board
		}
		if f.due == 0 {
			b.Unscheduled++
			continue
		}
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].before(out[j]) })
	return out
}

func (f *flow) before(g *flow) bool {
	if f.due != g.due {
		return f.due < g.due
	}
	if f.o.Priority != g.o.Priority {
		return f.o.Priority > g.o.Priority
	}
	if a, b := f.o.Status == OrderReceived, g.o.Status == OrderReceived; a != b {
		return b
	}
	return f.o.ID < g.o.ID
}

// unitsLeft is what each stage still has to do for an order; for loading, parcels.
func (s *State) unitsLeft(o *Order) map[Stage]int64 {
	left := map[Stage]int64{}
	for i := range o.Lines {
		l := &o.Lines[i]
		left[StagePack] += max(l.Ordered-l.Cancelled-l.Short-l.Packed, 0)
		if o.Status == OrderReceived || o.Status == OrderHeld || o.Status == OrderReleased || o.Status == OrderPicking {
			left[StagePick] += max(l.Ordered-l.Cancelled-l.Short-l.Picked, 0)
		}
	}
	if o.Status == OrderPacked {
		left[StagePack] = 0
	}
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p.Status == ParcelPacked {
			left[StageLoad]++
		}
	}
	if o.Status != OrderPacked {
		left[StageLoad] = max(left[StageLoad], 1)
	}
	return left
}

// stuck says why an order does not move, or "".
func (s *State) stuck(o *Order) string {
	switch {
	case o.Status == OrderHeld && o.HoldReason == HoldShort:
		return "something of it was not found: it waits for stock"
	case o.Status == OrderHeld:
		return "it is held: " + inWords(o.HoldReason)
	case o.Lacking:
		return "it waits for stock"
	}
	return ""
}

// project works out when each order is done: every stage takes the orders one after the other at its pace, and an
// order comes to a stage when the one before is done with it. Sorting goes along with packing.
func (s *State) project(flows []*flow, pace map[Stage]Pace, now Time) {
	free := map[Stage]Time{StagePick: now, StagePack: now, StageLoad: now}
	for _, f := range flows {
		if f.stuck != "" {
			continue
		}
		at := now
		for _, st := range []Stage{StagePick, StagePack, StageLoad} {
			n := f.units[st]
			if n == 0 {
				continue
			}
			rate := pace[st].perHour()
			if rate == 0 {
				f.stuck = map[Stage]string{StagePick: "nobody picks", StagePack: "nobody packs", StageLoad: "nobody loads"}[st]
				at = 0
				break
			}
			at = max(at, free[st]).plus((n*HourMS + rate - 1) / rate)
			free[st] = at
		}
		f.done = at
	}
}

// stageWord is where an order stands, as the board counts it.
func stageWord(o *Order) string {
	switch o.Status {
	case OrderReceived:
		return "waiting"
	case OrderReleased:
		return "to_pick"
	case OrderPicked:
		return "to_pack"
	case OrderPacked:
		return "to_load"
	}
	return o.Status
}

func (c *Cutoff) add(f *flow) {
	c.Orders++
	if f.late {
		c.LeftBehind++
	}
	c.Stages[stageWord(f.o)]++
	if !oneOf(f.o.Service, c.Services) {
		c.Services = sortedStrings(append(c.Services, f.o.Service))
	}
	for st, n := range f.units {
		c.Units[st] += n
	}
	if f.done > 0 && f.done <= c.at {
		c.finish = max(c.finish, f.done)
		return
	}
	why := f.stuck
	if why == "" {
		why = "too late in the queue"
		if f.o.Status == OrderReceived {
			why = "not released, and too late in the queue"
		}
	}
	c.Missing++
	c.Misses = append(c.Misses, Miss{f.o.ID, f.o.ExternalID, f.done.String(), "", why, f.done})
}

// close puts those that never come first, then the latest, and names no more than a screen can show.
func (c *Cutoff) close(s *State) {
	sort.SliceStable(c.Misses, func(i, j int) bool {
		a, b := c.Misses[i].finish, c.Misses[j].finish
		return a != b && (a == 0 || b != 0 && a > b)
	})
	for i := range c.Misses {
		m := &c.Misses[i]
		c.finish = max(c.finish, m.finish)
		if m.finish > 0 {
			m.FinishClock = s.clock(m.finish)
		}
	}
	if len(c.Misses) == 0 || c.Misses[0].finish > 0 {
		c.Finish, c.FinishClock = c.finish.String(), s.clock(c.finish)
	}
	c.Misses = c.Misses[:min(len(c.Misses), MissLimit)]
}

// releaseAdvice is what to release next: the orders of the soonest truck that wait, as many as keep the pickers at work for a
// while, on carts where there is more than one.
func (s *State) releaseAdvice(flows []*flow, pace Pace) *ReleaseAdvice {
	out := &ReleaseAdvice{Method: Discrete}
	var first *flow
	var units int64
	for _, f := range flows {
		if f.o.Status != OrderReceived || f.o.Lacking || len(out.Orders) == AdviceLimit {
			continue
		}
		if first == nil {
			first = f
		}
		if f.due != first.due || f.o.Priority != first.o.Priority {
			break
		}
		out.Orders = append(out.Orders, f.o.ID)
		units += f.units[StagePick]
	}
	if first == nil {
		return nil
	}
	if len(out.Orders) > 1 {
		out.Method = Cluster
	}
	out.Why = fmt.Sprintf("%s due at %s, %s to pick", many(len(out.Orders), "order"), s.clock(first.due), many(int(units), "unit"))
	if rate := pace.perHour(); rate > 0 {
		out.Why += fmt.Sprintf(": about %s for the %s at work", many(int(max((units*60+rate-1)/rate, 1)), "minute"), many(int(pace.Workers), "picker"))
	}
	return out
}

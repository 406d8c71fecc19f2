package simulate

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// found is what the journal holds about one command: how often it was answered and the units it moved.
type found struct {
	times int
	n     uint64
	code  string
	moved int64
}

// journal is the server's own record of the day, as far as it concerns this simulation.
type journal struct {
	commands map[string]*found
	counters map[string]map[uint64]string // command ids by device and counter
	twice    int                          // counters answered under two ids
}

// record is one event of the journal as the API shows it.
type record struct {
	Seq     uint64 `json:"seq"`
	Device  string `json:"device"`
	Command string `json:"command"`
	Kind    string `json:"kind"`
	Data    struct {
		ID    string    `json:"id"`
		N     uint64    `json:"n"`
		Code  string    `json:"code"`
		Move  movements `json:"move"`
		Moves movements `json:"moves"`
		Back  movements `json:"back"`
	} `json:"data"`
}

// movements are the units that an event moved: it names one movement, several, or none.
type movements struct{ units int64 }

// UnmarshalJSON adds up one movement or a list of them.
func (m *movements) UnmarshalJSON(b []byte) error {
	type movement struct{ Qty int64 }
	var list []movement
	if b[0] == '{' {
		list = make([]movement, 1)
		if err := json.Unmarshal(b, &list[0]); err != nil {
			return err
		}
	} else if err := json.Unmarshal(b, &list); err != nil || b[0] != '[' {
		return nil // another event's field of that name: it moves nothing
	}
	for _, x := range list {
		m.units += x.Qty
	}
	return nil
}

// PageRecords is how many events are asked for at once.
const PageRecords = 200

// readJournal reads every event after a place in the journal.
func readJournal(ctx context.Context, a *api, since uint64, devices map[string]bool) (*journal, error) {
	j := &journal{commands: map[string]*found{}, counters: map[string]map[uint64]string{}}
	for at := since; ; {
		var page struct{ Items []record }
		path := fmt.Sprintf("/api/v1/events?since=%d&limit=%d", at, PageRecords)
		if _, err := a.do(ctx, call{method: "GET", path: path, into: &page}); err != nil {
			return nil, err
		}
		before := at
		for i := range page.Items {
			r := &page.Items[i]
			if r.Seq <= at {
				continue // whether `since` is inclusive does not matter here
			}
			at = r.Seq
			if devices[r.Device] {
				j.enter(r)
			}
		}
		if at == before {
			return j, nil
		}
	}
}

func (j *journal) enter(r *record) {
	f := j.commands[r.Command]
	if f == nil {
		f = &found{}
		j.commands[r.Command] = f
	}
	f.moved += r.Data.Move.units + r.Data.Moves.units + r.Data.Back.units
	if r.Kind != "answered" {
		return
	}
	f.times, f.n, f.code = f.times+1, r.Data.N, r.Data.Code
	ids := j.counters[r.Device]
	if ids == nil {
		ids = map[uint64]string{}
		j.counters[r.Device] = ids
	}
	if other, taken := ids[f.n]; taken && other != r.Command {
		j.twice++
	}
	ids[f.n] = r.Command
}

// compare holds every acknowledged verdict against the journal.
func (j *journal) compare(b *book, r *Report) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.Doubled += j.twice
	known := map[string]bool{}
	for _, a := range b.acks {
		known[a.id] = true
		f := j.commands[a.id]
		switch {
		case f == nil || f.times == 0:
			r.Lost++
			b.say("lost: %s of %s (%s) was acknowledged and is not in the journal", a.id, a.device, a.code)
			continue
		case f.times > 1:
			r.Doubled++
			b.say("doubled: %s of %s is in the journal %d times", a.id, a.device, f.times)
		case f.n != a.n || f.code != a.code:
			b.note("%s was %s as frame %d; the journal says %s as frame %d", a.id, a.code, a.n, f.code, f.n)
		}
		if a.blind {
			continue
		}
		switch slack := b.slack(&a); {
		case f.moved > a.units:
			r.Doubled++
			b.say("doubled: %s (%s) moved %d units where %d were acknowledged", a.id, a.code, f.moved, a.units)
		case f.moved < a.units-slack:
			b.note("%s (%s) moved %d units where %d were acknowledged", a.id, a.code, f.moved, a.units)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(j.commands)) {
		if !known[id] && j.commands[id].times > 0 && !b.unanswered[id] {
			b.note("the journal holds %s (%s), which nobody sent or nobody was told of", id, j.commands[id].code)
		}
	}
}

// say tells a problem that is counted elsewhere.
func (b *book) say(format string, a ...any) {
	b.note(format, a...)
	b.wrongs--
}

// readOrders compares every order with what its verdicts add up to.
func readOrders(ctx context.Context, a *api, b *book, r *Report) error {
	var ids []string
	for id, o := range b.orders {
		if o.settled != "foreign" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	views := make([]orderView, len(ids))
	var jobs []func(context.Context) error
	for i, id := range ids {
		jobs = append(jobs, func(ctx context.Context) error {
			_, err := a.do(ctx, call{method: "GET", path: "/api/v1/orders/" + id, into: &views[i]})
			return err
		})
	}
	if err := each(ctx, jobs); err != nil {
		return err
	}
	b.compare(views, r)
	return nil
}

// compare holds what the orders say against the verdicts.
func (b *book) compare(views []orderView, r *Report) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range views {
		b.check(&views[i], r)
	}
	for p, differs := range b.guessed {
		if differs != 0 {
			b.note("list %s, %s: its orders have %d more units picked than by the verdicts", p.list, p.sku, differs)
		}
	}
}

// check compares one order.
func (b *book) check(v *orderView, r *Report) {
	o := b.of(v.ID)
	gone := v.Status == "dispatched" || v.Status == "delivered"
	switch {
	case gone:
		r.Dispatched++
	case v.explained() != "" || o.settled != "" && o.settled != "dispatched":
		r.Explained++
	default:
		r.Unexplained++
		b.say("order %s is %s and nobody knows why", v.ID, v.Status)
	}
	if gone != (o.settled == "dispatched") {
		b.note("order %s is %s; by its verdicts it is %q", v.ID, v.Status, o.settled)
	}
	for _, l := range v.Lines {
		differs := l.Picked - o.picked[l.SKU]
		if differs != 0 && l.Packed == o.packed[l.SKU] && b.blurred(v.ID, l.SKU, differs) {
			differs = 0
		}
		if differs != 0 || l.Packed != o.packed[l.SKU] {
			b.note("order %s, %s: picked %d packed %d; by the verdicts %d and %d", v.ID, l.SKU, l.Picked, l.Packed, o.picked[l.SKU], o.packed[l.SKU])
		}
		if gone && (l.Shipped != l.Packed || l.Shipped+l.Short != l.Ordered || l.Ordered != o.ordered[l.SKU]) {
			b.note("order %s, %s is gone with %d shipped and %d short of %d ordered", v.ID, l.SKU, l.Shipped, l.Short, o.ordered[l.SKU])
		}
	}
	b.checkParcels(v, o)
}

// checkParcels compares an order's proved parcels. Once cancelled, a parcel no longer says whether its label
// was scanned back before.
func (b *book) checkParcels(v *orderView, o *orderTally) {
	var proved, all []string
	for _, p := range v.Parcels {
		all = append(all, p.Tracking)
		if p.Status != "open" && p.Status != "closed" && p.Status != "cancelled" {
			proved = append(proved, p.Tracking)
		}
	}
	ours := sortedKeys(o.parcels)
	slices.Sort(proved)
	if v.Status == "cancelled" {
		proved = slices.DeleteFunc(slices.Clone(ours), func(t string) bool { return !slices.Contains(all, t) })
	}
	if !slices.Equal(ours, proved) {
		b.note("order %s has the parcels %v; by the verdicts %v", v.ID, all, ours)
	}
}

package floor

import "sort"

// AutoRelease keeps pickers at work without anybody at a desk: whenever fewer lists wait than people pick, the next
// orders go to the floor, the most urgent and the soonest truck first.
type AutoRelease struct {
	On             bool   `cbor:"1,keyasint,omitempty" json:"on"`
	ListsPerPicker int    `cbor:"2,keyasint,omitempty" json:"lists_per_picker"` // that wait, for each who picks
	Method         string `cbor:"3,keyasint,omitempty" json:"method"`
	MaxOrders      int    `cbor:"4,keyasint,omitempty" json:"max_orders"` // on one cart
}

// Limits of the automatic release.
const (
	AutoOrders   = 60         // orders of one release, so that the writer is never held long
	AutoListsMax = 10         // lists that wait for each picker
	AutoActiveMS = 2 * HourMS // who did nothing for so long has gone home; who waits for work does nothing either
)

// SetAutoRelease sets how the house releases by itself.
type SetAutoRelease struct{ Rule AutoRelease }

func (v SetAutoRelease) do(t *turn) (any, *Error) {
	var f faults
	r := v.Rule
	defaultText(&r.Method, Cluster)
	if r.ListsPerPicker == 0 {
		r.ListsPerPicker = 1
	}
	if !oneOf(r.Method, waveMethods) {
		f.add("/method", "bad_value", "a wave is picked discrete, cluster, batch or zone")
	}
	checkRange(&f, "/lists_per_picker", int64(r.ListsPerPicker), 1, AutoListsMax)
	checkRange(&f, "/max_orders", int64(r.MaxOrders), 0, SlotLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&AutoReleaseSet{r})
	return r, nil
}

// ReleaseDue is the release that is due now, or nil. It only says so: the plan is thought out and the release decided
// like any other.
func (s *State) ReleaseDue(now Time) *ReleaseWave {
	rule := s.Site.Auto
	if !rule.On {
		return nil
	}
	lists := rule.ListsPerPicker*s.pickersAtWork(now) - s.listsWaiting()
	if lists <= 0 {
		return nil
	}
	v := &ReleaseWave{Method: rule.Method, MaxOrders: rule.MaxOrders}
	orders := s.nextOrders(now)
	if len(orders) == 0 {
		return nil
	}
	for _, o := range orders[:min(len(orders), lists*v.slots(), AutoOrders)] {
		if o.Priority != orders[0].Priority {
			break // urgent orders go first, and alone
		}
		v.Orders = append(v.Orders, o.ID)
	}
	return v
}

// pickersAtWork is how many people with a handheld who may pick did something lately.
func (s *State) pickersAtWork(now Time) int {
	at := map[WorkerID]bool{}
	for _, d := range s.Devices {
		if d.Worker == "" || d.DeviceKind != "handheld" || !d.Roles.any(RolePicker) {
			continue
		}
		if last, known := s.index.actedAt[d.Worker]; !known || last+AutoActiveMS > now { // unknown: since a restart
			at[d.Worker] = true
		}
	}
	return len(at)
}

// listsWaiting is how many pick lists anybody may take.
func (s *State) listsWaiting() (n int) {
	for _, id := range s.index.lists {
		if l := s.PickLists[id]; !l.Lease.held() {
			n++
		}
	}
	return n
}

// nextOrders are the orders that may go to the floor: by urgency, then by the truck they must make, then by age.
func (s *State) nextOrders(now Time) (out []*Order) {
	dueOf, due := s.timetable(now).due, map[OrderID]Time{}
	for _, o := range s.Orders {
		if o.Status != OrderReceived || o.Lacking {
			continue
		}
		due[o.ID] = dueOf(o)
		out = append(out, o)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		x, y := due[a.ID], due[b.ID]
		if a.Priority == b.Priority && x != y {
			return y == 0 || x != 0 && x < y
		}
		return urgent(a, b)
	})
	return out
}

// AutoReleaseSet says how the house releases by itself.
type AutoReleaseSet struct {
	Rule AutoRelease `cbor:"1,keyasint"`
}

var _ = kind(KindAutoReleaseSet, "auto_release_set", "waves", func() Body { return new(AutoReleaseSet) })

func (*AutoReleaseSet) Kind() Kind { return KindAutoReleaseSet }

func (b *AutoReleaseSet) apply(s *State, _ *Event) {
	s.Site.Auto = b.Rule
	s.touch(TableSite, "site")
}

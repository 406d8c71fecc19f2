package floor

import (
	"slices"
	"sort"

	"floorline/floor/carton"
)

// Wave is a set of orders released to the floor together.
type Wave struct {
	ID      WaveID       `cbor:"1,keyasint"`
	Status  string       `cbor:"2,keyasint"`
	Method  string       `cbor:"3,keyasint"`
	Orders  []OrderID    `cbor:"4,keyasint"`
	Lists   []PickListID `cbor:"5,keyasint"`
	Created Time         `cbor:"6,keyasint"`
}

// The status words of a wave.
const (
	WaveOpen = "released"
	WaveDone = "done"
)

// The ways to pick a wave.
const (
	Discrete = "discrete" // one order a list
	Cluster  = "cluster"  // several, each with its own tote on the cart
	Batch    = "batch"    // several into one tote, sorted into orders at the put wall
	ByZone   = "zone"     // each zone its own lists, or one list handed on from zone to zone
)

var waveMethods = []string{Discrete, Cluster, Batch, ByZone}

// Limits of one wave.
const (
	WaveLineLimit  = 5000 // pick lines of one wave
	SlotLimit      = 24   // totes on one cart
	SlotDefault    = 6
	VolumeLimitCM3 = 100_000_000 // a hundred cubic metres
)

// ReleaseWave reserves stock for orders and makes their pick lists. MaxOrders, MaxWeightG and MaxVolumeCM3 bound one
// pick list: what a cart holds.
type ReleaseWave struct {
	Orders       []OrderID
	Filter       *OrderFilter
	Method       string
	MaxOrders    int
	MaxWeightG   int64
	MaxVolumeCM3 int64
	Pass         bool // zone: one list handed on from zone to zone, in place of one for each
	Plan         *WavePlan
	apart        bool // orders of one unit have lists of their own
	Partial      bool // release what there is; otherwise an order that lacks anything waits whole
}

// WavePlan is how a wave was thought out outside the writer: a proposal, checked part by part on release.
type WavePlan struct {
	Lists   []PlannedList
	boxes   []carton.Carton
	cartons map[OrderID]plannedCartons
}

// plannedCartons is the advice for an order, and the goods it was made for.
type plannedCartons struct {
	goods  []carton.Item
	advice *CartonAdvice
}

// cartonsFor gives the advice that was thought out for an order, where it was for these goods and these cartons.
func (p *WavePlan) cartonsFor(order OrderID, boxes []carton.Carton, goods []carton.Item) (*CartonAdvice, bool) {
	if p == nil || !slices.Equal(p.boxes, boxes) {
		return nil, false
	}
	planned, known := p.cartons[order]
	return planned.advice, known && slices.Equal(planned.goods, goods)
}

// PlannedList is one list of a proposal: its orders, and the bins in the order of the walk.
type PlannedList struct {
	Orders []OrderID
	Zone   string // of a list of one zone
	Stops  []BinCode
}

// OrderFilter chooses orders waiting for release.
type OrderFilter struct {
	Channel string
	Service string
	Carrier string
	ShipBy  Time   // due until then
	DueBy   Time   // their truck comes until then
	Zone    string // all of it lies in this zone
	Limit   int
}

// Shortage is what an order lacks.
type Shortage struct {
	Order   OrderID `cbor:"1,keyasint" json:"order"`
	SKU     SKU     `cbor:"2,keyasint" json:"sku"`
	Missing int64   `cbor:"3,keyasint" json:"missing"`
}

// WaveView is a wave as the API shows it.
type WaveView struct {
	ID        WaveID       `json:"id"`
	Status    string       `json:"status"`
	Method    string       `json:"method"`
	Orders    []OrderID    `json:"orders"`
	PickLists []PickListID `json:"picklists"`
	Short     []Shortage   `json:"short"`
	Done      int64        `json:"done"`
	Total     int64        `json:"total"`
	CreatedAt string       `json:"created_at"`
}

func (v ReleaseWave) do(t *turn) (any, *Error) {
	defaultText(&v.Method, "discrete")
	orders, err := v.choose(t.State)
	if err != nil {
		return nil, err
	}
	p := t.planFor(v)
	ready, short := p.allocateAll(orders, v.Partial)
	t.noteLacking(short, ready)
	if len(ready) == 0 {
		return &WaveView{Status: "empty", Method: v.Method, Orders: []OrderID{}, PickLists: []PickListID{}, Short: orEmpty(short)}, nil
	}
	b := p.wave(v, ready)
	t.emit(b)
	t.suggestWave(ready, v.Plan)
	t.planWave(b.Wave.Orders)
	view := t.WaveView(t.Waves[b.Wave.ID])
	view.Short = orEmpty(short)
	return view, nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// choose gives the orders to release, urgent first, or says what is wrong with those that were named.
func (v ReleaseWave) choose(s *State) ([]*Order, *Error) {
	var f faults
	if !oneOf(v.Method, waveMethods) {
		f.add("/method", "bad_value", "a wave is picked discrete, cluster, batch or zone")
	}
	checkRange(&f, "/max_orders", int64(v.MaxOrders), 0, SlotLimit)
	checkRange(&f, "/max_weight_g", v.MaxWeightG, 0, WeightLimitG)
	checkRange(&f, "/max_volume_cm3", v.MaxVolumeCM3, 0, VolumeLimitCM3)
	if len(v.Orders) > WaveLimit {
		f.add("/orders", "too_many", "a wave has at most 500 orders")
	}
	if len(v.Orders) == 0 && v.Filter == nil {
		f.add("/orders", "required", "name orders, or give a filter")
	}
	out, seen := []*Order{}, map[OrderID]bool{}
	for i, id := range v.Orders {
		o := s.Orders[id]
		switch {
		case o == nil:
			f.add(pointerTo("/orders", i, ""), "no_order", "no order "+string(id))
		case o.Status != OrderReceived:
			f.add(pointerTo("/orders", i, ""), "order_"+o.Status, string(id)+" is "+o.Status+"; only received orders are released")
		case o.Back != "" && v.Method == Batch: // what may not be sold is not mixed into a tote of what is
			f.add(pointerTo("/orders", i, ""), "goes_back", string(id)+" sends refused goods back; release it discrete")
		case !seen[id]:
			seen[id] = true
			out = append(out, o)
		}
	}
	if err := f.err(); err != nil {
		if f[0].Code != "bad_value" && f[0].Code != "required" {
			err.Kind = Conflict
		}
		return nil, err
	}
	if v.Filter != nil && len(v.Orders) == 0 {
		out = slices.DeleteFunc(s.waiting(v.Filter), func(o *Order) bool { return o.Back != "" && v.Method == Batch })
	}
	return out, nil
}

// duesBy says of an order whether its truck comes until then; of all where no time is given.
func (s *State) duesBy(by Time) func(*Order) bool {
	dueOf := s.timetable(s.Now).due
	return func(o *Order) bool {
		if by == 0 {
			return true
		}
		due := dueOf(o)
		return due != 0 && due <= by
	}
}

// waiting gives the received orders that a filter lets through: by priority, then due time, then age.
func (s *State) waiting(f *OrderFilter) []*Order {
	var out []*Order
	due := s.duesBy(f.DueBy)
	for _, o := range s.Orders {
		if o.Status == OrderReceived && due(o) && (f.Channel == "" || o.Channel == f.Channel) &&
			(f.Service == "" || o.Service == f.Service) && (f.Carrier == "" || o.Carrier == f.Carrier) &&
			(f.ShipBy == 0 || o.ShipBy != 0 && o.ShipBy <= f.ShipBy) {
			out = append(out, o)
		}
	}
	sortUrgent(out)
	limit := f.Limit
	if limit <= 0 || limit > WaveLimit {
		limit = WaveLimit
	}
	return out[:min(limit, len(out))]
}

func sortUrgent(orders []*Order) {
	sort.SliceStable(orders, func(i, j int) bool { return urgent(orders[i], orders[j]) })
}

func urgent(a, b *Order) bool {
	if a.Priority != b.Priority {
		return a.Priority > b.Priority
	}
	if a.ShipBy != b.ShipBy {
		return b.ShipBy == 0 || a.ShipBy != 0 && a.ShipBy < b.ShipBy
	}
	return a.ID < b.ID
}

// WaveReleased says orders went to the floor, and on which lists.
type WaveReleased struct {
	Wave  Wave       `cbor:"1,keyasint"`
	Lists []PickList `cbor:"2,keyasint"`
}

var _ = kind(KindWaveReleased, "wave_released", "waves", func() Body { return new(WaveReleased) })

func (*WaveReleased) Kind() Kind { return KindWaveReleased }

func (b *WaveReleased) About() []string {
	return aboutOrders(b.Wave.Orders)
}

func aboutOrders(ids []OrderID) (keys []string) {
	for _, id := range ids {
		keys = append(keys, "order/"+string(id))
	}
	return keys
}

func (b *WaveReleased) apply(s *State, e *Event) {
	w := b.Wave
	w.Created = e.At
	s.number("wave")
	s.Waves[w.ID] = &w
	s.touch(TableWave, string(w.ID))
	s.toFloor(w.ID, w.Orders, b.Lists, e)
}

// toFloor moves orders to the floor on lists of their own. Called from Apply.
func (s *State) toFloor(wave WaveID, orders []OrderID, lists []PickList, e *Event) {
	for _, id := range orders {
		o := s.Orders[id]
		s.unkeep(o)
		o.Status, o.Wave, o.Lacking = orderLife.must(o.Status, "release"), wave, false
		o.stamp(e, o.Status, string(wave))
		s.index.setOrder(o)
		s.touch(TableOrder, string(id))
	}
	for i := range lists {
		l := lists[i]
		s.number("picklist")
		l.Created = e.At
		l.Lines = append([]PickLine(nil), l.Lines...)
		l.Totes = append([]CartSlot(nil), l.Totes...)
		s.PickLists[l.ID] = &l
		for j := range l.Lines {
			s.promise(&l.Lines[j], l.Lines[j].Qty)
		}
		s.index.setList(&l)
		s.touch(TablePickList, string(l.ID))
	}
}

// promise reserves (or with a negative quantity frees) stock for a pick line and its order line.
func (s *State) promise(l *PickLine, qty int64) {
	s.reserve(l.From, qty)
	o := s.Orders[l.Order]
	o.Lines[l.OrderLine].Reserved += qty
	s.touch(TableOrder, string(o.ID))
}

// WaveView shows a wave.
func (s *State) WaveView(w *Wave) *WaveView {
	v := &WaveView{ID: w.ID, Status: w.Status, Method: w.Method, Orders: w.Orders, PickLists: w.Lists,
		Short: []Shortage{}, CreatedAt: w.Created.String()}
	for _, id := range w.Lists {
		if l := s.PickLists[id]; l != nil {
			done, total := l.progress()
			v.Done, v.Total = v.Done+done, v.Total+total
		}
	}
	return v
}

// WaveMoved says a wave's last list ended.
type WaveMoved struct {
	Wave   WaveID `cbor:"1,keyasint"`
	Status string `cbor:"2,keyasint"`
}

var _ = kind(KindWaveMoved, "wave_moved", "waves", func() Body { return new(WaveMoved) })

func (*WaveMoved) Kind() Kind { return KindWaveMoved }

func (b *WaveMoved) apply(s *State, _ *Event) {
	s.Waves[b.Wave].Status = b.Status
	s.touch(TableWave, string(b.Wave))
	if len(s.Waves[b.Wave].Orders) == 0 { // all were taken off it: nobody will archive it with them
		s.forgetWave(b.Wave)
	}
}

// endWave closes the wave of a list that just ended, when it was the last.
func (t *turn) endWave(id WaveID) {
	w := t.Waves[id]
	if w == nil || w.Status == WaveDone {
		return
	}
	for _, list := range w.Lists {
		if t.index.lists.has(list) || t.Sortings[list] != nil {
			return
		}
	}
	t.emit(&WaveMoved{id, WaveDone})
}

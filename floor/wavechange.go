package floor

// What can still change about a wave that is on the floor: orders come to it, on lists of their own, and orders that
// nobody has begun leave it again. Each is the other's way back.

// AddToWave allocates waiting orders and gives them lists in a wave that is still running, picked as that wave is.
type AddToWave struct {
	Wave   WaveID
	Orders []OrderID
}

func (v AddToWave) do(t *turn) (any, *Error) {
	w, err := t.running(v.Wave)
	if err != nil {
		return nil, err
	}
	like := t.likeWave(w)
	like.Orders = v.Orders
	orders, err := like.choose(t.State)
	if err != nil {
		return nil, err
	}
	p := t.plan()
	ready, short := p.allocateAll(orders, false)
	t.noteLacking(short, ready)
	if len(ready) > 0 {
		b := p.wave(like, ready)
		grown := &WaveGrown{Wave: w.ID, Orders: b.Wave.Orders, Lists: b.Lists}
		for i := range grown.Lists {
			grown.Lists[i].Wave = w.ID
		}
		t.emit(grown)
		t.suggestWave(ready, nil)
	}
	view := t.WaveView(w)
	view.Short = orEmpty(short)
	return view, nil
}

// likeWave is how a wave was released, as far as its lists show it: the fullest tells how many a cart holds.
func (s *State) likeWave(w *Wave) ReleaseWave {
	v := ReleaseWave{Method: w.Method}
	for _, id := range w.Lists {
		if l := s.PickLists[id]; l != nil {
			v.MaxOrders, v.Pass = max(v.MaxOrders, l.ordersOn()), v.Pass || l.Pass
		}
	}
	if v.MaxOrders < 2 {
		v.MaxOrders = 0 // one order tells nothing
	}
	return v
}

// ordersOn is how many orders are on a list.
func (l *PickList) ordersOn() (n int) {
	for _, slot := range l.Totes {
		if !slot.Off {
			n++
		}
	}
	return n
}

func (s *State) running(id WaveID) (*Wave, *Error) {
	w := s.Waves[id]
	if w == nil {
		return nil, refuse(NotFound, "no_wave", "no wave "+string(id))
	}
	if w.Status == WaveDone {
		return nil, refuse(Conflict, "wave_done", "the wave is done; release a new one")
	}
	return w, nil
}

// TakeFromWave takes an order that nobody has begun off its wave: it waits for release again, and its stock is free.
type TakeFromWave struct {
	Wave  WaveID
	Order OrderID
}

func (v TakeFromWave) do(t *turn) (any, *Error) {
	w, err := t.running(v.Wave)
	if err != nil {
		return nil, err
	}
	o, err := t.order(v.Order)
	if err != nil {
		return nil, err
	}
	if o.Wave != w.ID {
		return nil, refuse(Conflict, "not_in_wave", string(o.ID)+" is not in "+string(w.ID))
	}
	if o.Status != OrderReleased {
		return nil, refuse(Conflict, "order_"+o.Status, string(o.ID)+" is "+o.Status+" already; cancel it, or let it go on")
	}
	for _, id := range t.index.lists {
		if l := t.PickLists[id]; l.holds(o.ID) && l.Status != ListOpen {
			return nil, refuse(Conflict, "list_begun", t.workerName(l.Lease.Worker)+" walks "+string(id)+" with it; cancel it, or let it go on")
		}
	}
	skus := o.skus()
	t.dropPickLines(o)
	t.moveOrder(o, "take", string(w.ID))
	t.emit(&WaveLeft{Wave: w.ID, Order: o.ID})
	t.endWave(w.ID)
	t.stockCame(skus...)
	return t.WaveView(w), nil
}

// WaveGrown says orders came to a running wave, on lists of their own.
type WaveGrown struct {
	Wave   WaveID     `cbor:"1,keyasint"`
	Orders []OrderID  `cbor:"2,keyasint"`
	Lists  []PickList `cbor:"3,keyasint"`
}

var _ = kind(KindWaveGrown, "wave_grown", "waves", func() Body { return new(WaveGrown) })

func (*WaveGrown) Kind() Kind { return KindWaveGrown }

func (b *WaveGrown) About() []string { return aboutOrders(b.Orders) }

func (b *WaveGrown) apply(s *State, e *Event) {
	w := s.Waves[b.Wave]
	w.Orders = append(w.Orders[:len(w.Orders):len(w.Orders)], b.Orders...)
	for i := range b.Lists {
		w.Lists = append(w.Lists[:len(w.Lists):len(w.Lists)], b.Lists[i].ID)
	}
	s.touch(TableWave, string(w.ID))
	s.toFloor(w.ID, b.Orders, b.Lists, e)
}

// WaveLeft says an order is no longer in a wave.
type WaveLeft struct {
	Wave  WaveID  `cbor:"1,keyasint"`
	Order OrderID `cbor:"2,keyasint"`
}

var _ = kind(KindWaveLeft, "wave_left", "waves", func() Body { return new(WaveLeft) })

func (*WaveLeft) Kind() Kind        { return KindWaveLeft }
func (b *WaveLeft) About() []string { return []string{"order/" + string(b.Order)} }

func (b *WaveLeft) apply(s *State, _ *Event) {
	w := s.Waves[b.Wave]
	var left []OrderID
	for _, id := range w.Orders {
		if id != b.Order {
			left = append(left, id)
		}
	}
	w.Orders = left
	s.touch(TableWave, string(w.ID))
	s.forgetWave(w.ID)
}

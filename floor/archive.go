package floor

import "strings"

// Archived is an order that has left memory, with its parcels and returns, or a return that nobody knows the order of.
// The store keeps it as a row and gives it back when somebody names it.
type Archived struct {
	Order   *Order    `cbor:"1,keyasint"` // nil: a blind return, by itself
	Parcels []*Parcel `cbor:"2,keyasint,omitempty"`
	Returns []*Return `cbor:"240,keyasint,omitempty"`
}

// ID is what it is kept under: its order's, or the blind return's.
func (a *Archived) ID() string {
	if a.Order == nil {
		return string(a.Returns[0].ID)
	}
	return string(a.Order.ID)
}

// In says whether memory holds it again.
func (a *Archived) In(s *State) bool {
	if a.Order == nil {
		return s.Returns[a.Returns[0].ID] != nil
	}
	return s.Orders[a.Order.ID] != nil
}

// Privates gives the personal data inside, for sealing.
func (a *Archived) Privates() []*Private {
	if a.Order == nil {
		return nil
	}
	return a.Order.Privates()
}

// Names gives everything that somebody may call the order or the return by.
func (a *Archived) Names() (out []string) {
	for _, r := range a.Returns {
		out = append(out, string(r.ID))
		if r.Ext != "" {
			out = append(out, returnName(r.Ext))
		}
	}
	if a.Order == nil {
		return out
	}
	out = append(out, string(a.Order.ID), externalKey(a.Order.Channel, a.Order.ExternalID))
	for _, p := range a.Parcels {
		out = append(out, string(p.ID))
		if p.Tracking != "" {
			out = append(out, p.Tracking, p.SSCC)
		}
		out = append(out, p.Void...)
	}
	if a.Order.Link != "" {
		out = append(out, linkName(a.Order.Link))
	}
	return out
}

// How long closed orders stay in memory after their end, and how many leave it at one tick.
const (
	ArchiveAfterMS      = 3 * DayMS  // delivered or cancelled
	ArchiveDispatchedMS = 30 * DayMS // no word from the carrier
	ArchiveAtOnce       = 50
)

// archiveOld lets orders that ended long ago leave memory.
func (t *turn) archiveOld() {
	var b OrdersArchived
	for _, id := range t.index.ending {
		o := t.Orders[id]
		after := Time(ArchiveAfterMS)
		if o.Status == OrderDispatched {
			after = ArchiveDispatchedMS
		}
		if o.Ended != 0 && o.Ended+after < t.c.Now && !t.goodsOf(o) && !t.comesBack(o) {
			b.Orders = append(b.Orders, id)
			if len(b.Orders) == ArchiveAtOnce {
				break
			}
		}
	}
	if len(b.Orders) > 0 {
		t.emit(&b)
	}
}

// OrdersArchived says orders left memory.
type OrdersArchived struct {
	Orders []OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindArchived, "orders_archived", "", func() Body { return new(OrdersArchived) })

func (*OrdersArchived) Kind() Kind { return KindArchived }

func (b *OrdersArchived) apply(s *State, _ *Event) {
	for _, id := range b.Orders {
		s.forget(id)
	}
}

func (s *State) forget(id OrderID) {
	o := s.Orders[id]
	a := &Archived{Order: o}
	for _, pid := range o.Parcels {
		p := s.Parcels[pid]
		a.Parcels = append(a.Parcels, p)
		s.forgetPurchases(p)
		s.forgetParcel(p)
		s.forgetManifest(p.Manifest)
	}
	for _, rid := range s.index.returnsOf[id] {
		a.Returns = append(a.Returns, s.Returns[rid])
		s.forgetReturn(s.Returns[rid])
	}
	delete(s.index.returnsOf, id)
	delete(s.index.links, o.Link)
	delete(s.Orders, id)
	delete(s.index.external, externalKey(o.Channel, o.ExternalID))
	s.index.ending.drop(id)
	s.touch(TableOrder, string(id))
	s.gone = append(s.gone, a)
	s.forgetWave(o.Wave)
}

// forgetParcel lets go of a parcel, of all that it is found by, and of what was printed of it.
func (s *State) forgetParcel(p *Parcel) {
	delete(s.Parcels, p.ID)
	delete(s.index.underway, p.ID)
	for _, number := range []string{p.Tracking, p.SSCC, p.Barcode} {
		s.index.untrack(number, p.ID)
	}
	for _, number := range p.Void {
		delete(s.index.voids, number)
	}
	s.forgetFromPallet(p)
	s.touch(TableParcel, string(p.ID))
	for _, id := range p.Prints {
		delete(s.Prints, id)
		s.index.prints.drop(id)
		s.touch(TablePrint, string(id))
	}
}

// forgetManifest lets go of a truck that left once all of its parcels have left memory, with its pallets.
func (s *State) forgetManifest(id ManifestID) {
	m := s.Manifests[id]
	if m == nil || m.Status != ManifestClosed {
		return
	}
	for _, id := range m.Parcels {
		if s.Parcels[id] != nil {
			return
		}
	}
	for _, id := range m.Pallets {
		s.forgetPallet(id)
	}
	delete(s.Manifests, m.ID)
	s.touch(TableManifest, string(m.ID))
}

// forgetWave drops a wave and its lists once all of its orders have left memory.
func (s *State) forgetWave(id WaveID) {
	w := s.Waves[id]
	if w == nil || w.Status != WaveDone {
		return
	}
	for _, o := range w.Orders {
		if s.Orders[o] != nil {
			return
		}
	}
	for _, l := range w.Lists {
		delete(s.PickLists, l)
		s.touch(TablePickList, string(l))
	}
	delete(s.Waves, id)
	s.touch(TableWave, string(id))
}

// Gone gives what left memory since the last call; the Keeper stores it with the cut.
func (s *State) Gone() []*Archived {
	out := s.gone
	s.gone = nil
	return out
}

// Named is a verb that may speak of an archived order.
type Named interface{ Names() []string }

// Names gives the codes and numbers each verb speaks of.
func (v Scan) Names() []string        { _, text := splitAIM(v.Code); return []string{text} }
func (v CancelOrder) Names() []string { return []string{string(v.ID)} }
func (v TrackParcel) Names() []string { return []string{v.Parcel} }
func (v CreateOrder) Names() []string {
	return []string{externalKey(v.Order.Channel, v.Order.ExternalID)}
}

// Names gives the shop's numbers of all orders in the rows.
func (v ImportOrders) Names() []string {
	var out []string
	for i := range v.Orders {
		out = append(out, externalKey(v.Orders[i].Channel, v.Orders[i].ExternalID))
	}
	for _, c := range v.Cancels {
		out = append(out, externalKey(c.Channel, c.ExternalID))
	}
	return out
}

// Knows says whether memory holds what a name stands for, so that the archive need not be asked.
func (s *State) Knows(name string) bool {
	if s.Returns[ReturnID(name)] != nil || s.Orders[OrderID(name)] != nil || s.Parcels[ParcelID(name)] != nil || len(s.index.tracking[name]) > 0 {
		return true
	}
	if _, ok := s.index.external[name]; ok {
		return true
	}
	if ext, is := strings.CutPrefix(name, returnName("")); is {
		return s.index.returnsExt[ext] != ""
	}
	if digest, link := strings.CutPrefix(name, linkName("")); link {
		return s.index.links[digest] != ""
	}
	_, ok := s.index.barcodes[barcodeKey(name)]
	return ok || s.Items[SKU(name)] != nil
}

// Recall brings an archived order back to memory; the Keeper sends it before a command that names it.
type Recall struct{ Archived *Archived }

func (v Recall) do(t *turn) (any, *Error) {
	if !v.Archived.In(t.State) {
		t.emit(&OrderRecalled{*v.Archived})
	}
	return nil, nil
}

// OrderRecalled says an archived order is in memory again.
type OrderRecalled struct {
	Archived Archived `cbor:"1,keyasint"`
}

var _ = kind(KindRecalled, "order_recalled", "", func() Body { return new(OrderRecalled) })

func (*OrderRecalled) Kind() Kind             { return KindRecalled }
func (b *OrderRecalled) Privates() []*Private { return b.Archived.Privates() }

func (b *OrderRecalled) apply(s *State, e *Event) {
	if b.Archived.Order != nil {
		o := *b.Archived.Order
		o.Ended = e.At // stays some days more
		s.Orders[o.ID] = &o
		s.index.addOrder(&o)
		s.touch(TableOrder, string(o.ID))
	}
	for _, p := range b.Archived.Parcels {
		q := *p
		s.Parcels[q.ID] = &q
		s.saveParcel(&q)
	}
	for _, r := range b.Archived.Returns {
		q := *r
		if q.Order == "" {
			q.Closed = e.At // likewise
		}
		s.Returns[q.ID] = &q
		s.saveReturn(&q)
	}
}

package floor

// An order that is cancelled while it stands at a bench: the bench is told at once, and hands its goods over to whoever
// puts them back. Nothing else can be scanned by mistake meanwhile.

// stopPacking takes a cancelled order off its bench. Where somebody has it in hand, that bench hands it over first.
func (t *turn) stopPacking(o *Order) {
	p := t.Packings[o.ID]
	if p == nil {
		return
	}
	drawn := t.undraw(o, p)
	d := t.Devices[p.Lease.Device]
	if drawn || p.Gone || d == nil || d.Job != (JobRef{"pack", string(o.ID)}) || !t.goodsOf(o) {
		t.emit(&PackEnded{Order: o.ID, Cancelled: true})
		return
	}
	t.notify(p.Lease, CodeCancelled, Thing{"order", string(o.ID), string(o.ID)})
	t.emit(&PackCancelled{Order: o.ID})
}

func (j *packJob) handOverStep(s *State, n *Next, o *Order) {
	n.Step, n.Expects, n.Title = "hand_over", []string{"tote", "parcel", "order"}, phrase("Cancelled: set it aside to be put back, and scan it")
	n.Actions = []string{"leave"}
	for _, place := range o.places() {
		if len(s.StockAt(place)) == 0 {
			continue
		}
		if c := place.Tote(); c != "" {
			n.Want = append(n.Want, Want{"tote", string(c)})
			n.Show.Tote = c
		}
	}
	for _, id := range o.Parcels {
		if len(s.StockAt(InParcel(id))) > 0 {
			n.Want = append(n.Want, Want{"parcel", string(id)})
		}
	}
	n.Want = append(n.Want, Want{"order", string(o.ID)})
	n.Show.Parcel, n.Show.Item = nil, nil
}

func (j *packJob) scanHandOver(t *turn, r *seen, n *Next) *Verdict {
	mine := r.tote != nil && r.tote.Order == j.Order || r.parcel != nil && r.parcel.Order == j.Order || r.order != nil && r.order.ID == j.Order
	if !mine {
		return verdict(CodeCancelled).scanned(r.thing()).wanted(wanted(n)).belongs(&Thing{"order", string(j.Order), string(j.Order)})
	}
	t.emit(&PackEnded{Order: j.Order, Cancelled: true})
	return verdict(CodeHandedOver).scanned(r.thing())
}

// PackCancelled says an order was cancelled while a bench had it: its goods are still there.
type PackCancelled struct {
	Order OrderID `cbor:"1,keyasint"`
}

var _ = kind(KindPackCancelled, "pack_cancelled", "parcels", func() Body { return new(PackCancelled) })

func (*PackCancelled) Kind() Kind { return KindPackCancelled }

func (b *PackCancelled) apply(s *State, _ *Event) {
	p := s.Packings[b.Order]
	p.settle()
	p.Gone, p.Pending, p.Closing, p.Parcel, p.Undo, p.Fill, p.Note = true, false, false, "", nil, nil, nil
	s.savePacking(p)
}

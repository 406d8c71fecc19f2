package floor

import "slices"

// Labels that are no longer good. A parcel that is opened again, or sent with another carrier, gets new numbers; its old
// label still sticks somewhere, and whoever scans it must hear so.

// voidNumbers keeps the numbers of a parcel's label as void, where it has any, with what was printed of them, and makes
// room for new ones.
func (s *State) voidNumbers(p *Parcel) {
	s.settlePrints(p, "relabel")
	for _, number := range []string{p.Tracking, p.SSCC, p.Barcode} {
		if number == "" || slices.Contains(p.Void, number) {
			continue
		}
		p.Void = append(p.Void[:len(p.Void):len(p.Void)], number)
		s.index.untrack(number, p.ID)
	}
	p.Tracking, p.SSCC, p.Barcode = "", "", ""
}

// voidOf finds the parcel whose replaced label bears a number.
func (s *State) voidOf(code string) *Parcel {
	if id, ok := s.index.voids[code]; ok {
		return s.Parcels[id]
	}
	return s.Parcels[s.index.voids[BareSSCC(code)]]
}

// voided is the verdict on a replaced label: what is on the parcel now, or that it has none.
func (s *State) voided(r *seen, n *Next) *Verdict {
	v := verdict(CodeVoided).scanned(r.thing()).belongs(s.labelNow(r.void))
	if n.Step != "" {
		v.wanted(wanted(n))
	}
	return v
}

// labelNow is the label that a parcel has in place of another one.
func (s *State) labelNow(p *Parcel) *Thing {
	if p.Tracking == "" {
		return &Thing{"order", string(p.Order), phrase("parcel {parcel}: its label is being made anew", string(p.ID))}
	}
	return &Thing{"parcel", p.Tracking, phrase("parcel {parcel}: its label is {tracking} now, of {carrier}", string(p.ID), p.Tracking, p.Carrier)}
}

// RerouteParcel sends a packed parcel with another service, such as one whose truck still comes today. Its label is void
// from then on; the new one is proved by its first scan.
type RerouteParcel struct {
	Parcel  string // id or tracking number
	Service string
}

func (v RerouteParcel) do(t *turn) (any, *Error) {
	p := t.Parcel(v.Parcel)
	if p == nil {
		return nil, refuse(NotFound, "no_parcel", "no parcel "+clip(v.Parcel))
	}
	service := t.Services[v.Service]
	switch {
	case service == nil:
		return nil, &Error{Invalid, "no_service", "not accepted", []Fault{{"/service", "no_service", "no service " + clip(v.Service)}}}
	case p.Status != ParcelPacked:
		return nil, refuse(Conflict, "parcel_"+p.Status, "only a packed parcel goes another way; this one is "+p.Status)
	case p.Pallet != "":
		return nil, refuse(Conflict, "on_pallet", "it stands on pallet "+string(p.Pallet)+": take it off first")
	case p.Service == v.Service:
		return p.View(), nil
	}
	x, err := t.resettle(p, v.Service)
	if err != nil {
		return nil, err
	}
	t.dropPurchase(p)
	t.labelWith(p, x, false, func(tracking, sscc string) Body {
		return &ParcelRerouted{Parcel: p.ID, Service: v.Service, Carrier: service.Carrier, Tracking: tracking, SSCC: sscc}
	})
	return p.View(), nil
}

// ParcelRerouted says a parcel goes with another service, under a new label.
type ParcelRerouted struct {
	Parcel   ParcelID `cbor:"1,keyasint"`
	Service  string   `cbor:"2,keyasint"`
	Carrier  string   `cbor:"3,keyasint"`
	Tracking string   `cbor:"4,keyasint"`
	SSCC     string   `cbor:"5,keyasint"`
}

var _ = kind(KindParcelRerouted, "parcel_rerouted", "parcels", func() Body { return new(ParcelRerouted) })

func (*ParcelRerouted) Kind() Kind { return KindParcelRerouted }

func (b *ParcelRerouted) apply(s *State, e *Event) {
	s.number("label")
	p := s.Parcels[b.Parcel]
	s.index.toLoad[p.Carrier].drop(p.ID)
	s.voidNumbers(p)
	p.Purchase = ""
	p.Service, p.Carrier, p.Tracking, p.SSCC = b.Service, b.Carrier, b.Tracking, b.SSCC
	p.Due, p.LeftBy, p.Planned, p.Relabel = 0, "", "", true
	s.saveParcel(p)
	if o := s.Orders[p.Order]; o != nil {
		o.stamp(e, "rerouted", b.Service)
		s.touch(TableOrder, string(o.ID))
	}
}

// proveRelabelled notes that a parcel's new label is on it: it was just scanned.
func (t *turn) proveRelabelled(p *Parcel) {
	if p.Relabel {
		t.emit(&ParcelMoved{Parcel: p.ID, Verb: "reprove"})
	}
}

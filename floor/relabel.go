package floor

// While a label is bought the bench says so; when nothing comes of it, it says what can be done: ask again, our own label,
// or another service.

func (j *packJob) buyStep(s *State, n *Next, p *Parcel) {
	pu, name := s.Purchases[p.Purchase], s.carrierName(p.Carrier)
	n.Step, n.Expects, n.Actions = "buying", []string{}, []string{"own_label", "leave"}
	n.Title = phrase("Buying the label from {carrier}…", name)
	if pu == nil {
		return
	}
	switch pu.Status {
	case PurchaseUnsure:
		n.Title = phrase("{carrier} gives no answer", name)
		n.Show.Note = phrase("It is asked again by itself, and never bought twice. Set the parcel aside, or take another label. ({why})", pu.Why)
		n.Actions = []string{"retry", "own_label", "leave"}
	case PurchaseFailed:
		n.Title = phrase("{carrier} sells no label", name)
		n.Show.Note = phrase("Put it right and ask again, or have a lead take another label. ({why})", pu.Why)
		n.Actions = []string{"retry", "own_label", "leave"}
	}
}

// soldLabel leaves out the picture of a bought label that no screen can draw.
func (s *State) soldLabel(n *Next, p *Parcel) {
	if _, kind, bought := s.BoughtLabel(p); bought && kind == "zpl" {
		n.Show.LabelURL, n.Show.Note = "", phrase("The label comes out of this bench's label printer")
	}
}

// labelAct asks again, or makes our own label in place of a bought one, which only a lead may: another truck takes it.
func (j *packJob) labelAct(t *turn, p *Parcel, a *Act) *Verdict {
	if p == nil || p.Status != ParcelClosed || p.Tracking != "" {
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	}
	if a.Action == "retry" {
		return t.retryLabel(p)
	}
	if d := t.Devices[t.c.Device]; !t.rolesOn(d).any(RoleLead | RoleAdmin) {
		return verdict(CodeNotAllowed).wanted(&Thing{"role", "", phrase("a lead decides on another label")}).overridable()
	}
	t.dropPurchase(p)
	t.label(p, &settlement{}, true)
	return verdict(CodeScanLabel).wanted(wanted(j.next(t.State)))
}

// retryLabel asks the carrier again: what it gave no answer to under the same reference, what it refused under a new one.
func (t *turn) retryLabel(p *Parcel) *Verdict {
	pu := t.Purchases[p.Purchase]
	from := t.seller(p.Service)
	switch {
	case pu != nil && pu.Status == PurchaseUnsure:
		t.emit(&PurchaseMoved{ID: pu.ID, Verb: "retry"})
	case from != nil && (pu == nil || pu.Status == PurchaseFailed):
		t.dropPurchase(p)
		t.buyLabel(p, from)
	}
	return verdict(CodeBuying).wanted(&Thing{"carrier", p.Carrier, t.carrierName(p.Carrier)})
}

// ownNumbers are the house's own tracking number and SSCC of the next label.
func (s *State) ownNumbers() (tracking, sscc string) {
	var last uint64
	if n := s.Counters["label"]; n != nil {
		last = n.Last
	}
	return trackingNumber(last + 1), s.sscc(last + 1)
}

// Relabel gives a closed parcel, whose label nobody scanned back yet, another label: of another service, or of the same
// again. What was bought for it is given back, and its old label leads nowhere.
type Relabel struct {
	Parcel  string
	Service string // "" is the same
	Own     bool   // our own label, whoever carries
}

func (v Relabel) do(t *turn) (any, *Error) {
	p := t.Parcel(v.Parcel)
	if p == nil {
		return nil, refuse(NotFound, "no_parcel", "no parcel "+v.Parcel)
	}
	if p.Status != ParcelClosed {
		return nil, refuse(Conflict, "parcel_"+p.Status, "the parcel is "+p.Status+"; a new label is made between the scale and the scan of the label")
	}
	var f faults
	checkText(&f, "/service", v.Service, 0, CodeLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	x, err := t.resettle(p, v.Service)
	if err != nil {
		return nil, err
	}
	t.dropPurchase(p)
	t.emit(&ParcelUnlabelled{Parcel: p.ID})
	t.label(p, x, v.Own)
	if pack := t.Packings[p.Order]; pack != nil && p.Tracking != "" {
		t.notify(pack.Lease, CodeLabelBought, Thing{"parcel", string(p.ID), t.carrierName(p.Carrier)})
	}
	return p.View(), nil
}

// resettle decides what a weighed parcel goes with now.
func (t *turn) resettle(p *Parcel, service string) (*settlement, *Error) {
	o := t.Orders[p.Order]
	defaultText(&service, p.Service)
	b := &ServiceChosen{Order: o.ID, Parcel: p.ID, Service: service, Carrier: t.carrierOf(service), Why: "labelled anew by hand"}
	if t.Services[service] == nil {
		return &settlement{chosen: b}, nil
	}
	offers := t.offers(t.wishOf(o, p, p.WeightG), t.c.Now)
	i := offerOf(offers, service)
	if against := offers[i].against; len(against) > 0 && !onlyUnpriced(against) {
		return nil, refuse(Conflict, "service_refuses", InEnglish(phrase("{service}: {why}", service, breachesSay(against))))
	}
	x := t.settlement(&offers[i], b)
	x.chosen = b
	return x, nil
}

// label gives a closed parcel without a number the one that was settled, or has its label bought.
func (t *turn) label(p *Parcel, x *settlement, own bool) {
	t.labelWith(p, x, own, func(tracking, sscc string) Body {
		return &ParcelNumbered{Parcel: p.ID, Tracking: tracking, SSCC: sscc}
	})
}

// ParcelNumbered says a parcel got other numbers of ours; its tracking number is still to come where its label is bought.
type ParcelNumbered struct {
	Parcel   ParcelID `cbor:"1,keyasint"`
	Tracking string   `cbor:"2,keyasint"`
	SSCC     string   `cbor:"3,keyasint"`
}

// KindParcelNumbered numbers it for ever.
const KindParcelNumbered Kind = 157

var _ = kind(KindParcelNumbered, "parcel_numbered", "parcels", func() Body { return new(ParcelNumbered) })

func (*ParcelNumbered) Kind() Kind { return KindParcelNumbered }

func (b *ParcelNumbered) apply(s *State, e *Event) {
	s.number("label")
	p := s.Parcels[b.Parcel]
	s.voidNumbers(p)
	p.Purchase, p.SSCC = "", b.SSCC
	s.numberParcel(p, b.Tracking, "")
	s.relabelled(p, e, b.Tracking)
}

// relabelled notes in the order's timeline, and for the bench, that a parcel's label is another one now.
func (s *State) relabelled(p *Parcel, e *Event, about string) {
	if o := s.Orders[p.Order]; o != nil {
		o.stamp(e, "parcel_relabelled", string(p.ID)+" "+about)
		s.touch(TableOrder, string(o.ID))
	}
	if pack := s.Packings[p.Order]; pack != nil {
		pack.Lease.renew(e)
		s.savePacking(pack)
	}
}

// ParcelUnlabelled says the label of a parcel counts no longer.
type ParcelUnlabelled struct {
	Parcel ParcelID `cbor:"1,keyasint"`
}

// KindParcelUnlabelled numbers it for ever.
const KindParcelUnlabelled Kind = 158

var _ = kind(KindParcelUnlabelled, "parcel_unlabelled", "parcels", func() Body { return new(ParcelUnlabelled) })

func (*ParcelUnlabelled) Kind() Kind { return KindParcelUnlabelled }

func (b *ParcelUnlabelled) apply(s *State, _ *Event) {
	p := s.Parcels[b.Parcel]
	s.voidNumbers(p)
	p.Purchase, p.CostCents, p.CostCurrency, p.CostFrom = "", 0, "", ""
	s.saveParcel(p)
}

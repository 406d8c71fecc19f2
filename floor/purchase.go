package floor

// Buying a label takes as long as a carrier takes, and may break off anywhere between asking and paying. So a purchase has a
// life of its own, beside the writer: that it begins is on disk before anybody is asked, what came of it comes in as a
// command, and what nobody knows is asked by its reference before anything is bought again (devices/buyer.go).

// Purchase is one label being bought for one parcel. Its ID is the reference under which the carrier knows it.
type Purchase struct {
	ID         string   `cbor:"1,keyasint" json:"id"`
	Parcel     ParcelID `cbor:"2,keyasint" json:"parcel"`
	Order      OrderID  `cbor:"3,keyasint" json:"order"`
	Carrier    string   `cbor:"4,keyasint" json:"carrier"`
	Service    string   `cbor:"5,keyasint" json:"service"`
	Status     string   `cbor:"6,keyasint" json:"status"`
	Device     DeviceID `cbor:"7,keyasint,omitempty" json:"device,omitempty"` // the bench that waits
	Generation int      `cbor:"8,keyasint" json:"generation"`
	Tries      int      `cbor:"9,keyasint,omitempty" json:"tries"`
	Why        string   `cbor:"10,keyasint,omitempty" json:"why,omitempty"` // what the carrier said last
	RemoteID   string   `cbor:"11,keyasint,omitempty" json:"remote_id,omitempty"`
	Tracking   string   `cbor:"12,keyasint,omitempty" json:"tracking,omitempty"`
	CostCents  int64    `cbor:"13,keyasint,omitempty" json:"cost_cents,omitempty"`
	Currency   string   `cbor:"14,keyasint,omitempty" json:"currency,omitempty"`
	LabelKind  string   `cbor:"15,keyasint,omitempty" json:"label_kind,omitempty"` // zpl or pdf
	Label      *Private `cbor:"16,keyasint,omitempty" json:"-"`                    // its bytes, sealed as the receiver is; gone once the parcel left
	At         Time     `cbor:"17,keyasint" json:"-"`                              // when it was begun last
}

// Privates gives the label, on which the receiver stands.
func (p *Purchase) Privates() []*Private {
	if p.Label == nil {
		return nil
	}
	return []*Private{p.Label}
}

// The status words of a purchase.
const (
	PurchaseAsked    = "asked"       // nobody was asked yet
	PurchaseBuying   = "buying"      // the carrier may have been asked
	PurchaseUnsure   = "unsure"      // it gave no answer: it is asked again by itself what it sold
	PurchaseFailed   = "failed"      // it sold nothing, and said why
	PurchaseBought   = "bought"      //
	PurchaseUnwanted = "unwanted"    // nobody wants it any more, and it may have been bought
	PurchaseVoiding  = "voiding"     // bought, and to be given back
	PurchaseVoided   = "voided"      //
	PurchaseStuck    = "void_failed" // the carrier takes it not back: a person settles it with them
	PurchaseDropped  = "dropped"     // never bought
)

var purchaseLife = life{"purchase", []move{
	{PurchaseAsked, "begin", PurchaseBuying},
	{PurchaseBuying, "begin", PurchaseBuying},
	{PurchaseUnsure, "begin", PurchaseUnsure},
	{PurchaseUnsure, "retry", PurchaseBuying},
	{PurchaseBuying, "lose", PurchaseUnsure},
	{PurchaseBuying, "fail", PurchaseFailed},
	{PurchaseUnsure, "lose", PurchaseUnsure},
	{PurchaseUnsure, "fail", PurchaseFailed},
	{PurchaseBuying, "buy", PurchaseBought},
	{PurchaseUnsure, "buy", PurchaseBought},
	{PurchaseFailed, "buy", PurchaseVoiding}, // it did sell, after all
	{PurchaseDropped, "buy", PurchaseVoiding},
	{PurchaseUnwanted, "buy", PurchaseVoiding},
	{PurchaseAsked, "drop", PurchaseDropped},
	{PurchaseFailed, "drop", PurchaseDropped},
	{PurchaseBuying, "drop", PurchaseUnwanted},
	{PurchaseUnsure, "drop", PurchaseUnwanted},
	{PurchaseBought, "drop", PurchaseVoiding},
	{PurchaseUnwanted, "none", PurchaseDropped},
	{PurchaseVoiding, "void", PurchaseVoided},
	{PurchaseVoiding, "stick", PurchaseStuck},
	{PurchaseStuck, "retry", PurchaseVoiding},
	{PurchaseStuck, "settle", PurchaseVoided},
}}

// Open is true of a purchase that the house still has to do something about by itself.
func (p *Purchase) Open() bool {
	return oneOf(p.Status, []string{PurchaseAsked, PurchaseBuying, PurchaseUnsure, PurchaseUnwanted, PurchaseVoiding})
}

// buyLabel has a closed parcel's label bought.
func (t *turn) buyLabel(p *Parcel, from *Carrier) {
	n := 1
	for t.Purchases[purchaseID(p.ID, n)] != nil {
		n++
	}
	t.emit(&PurchaseAskedFor{Purchase{ID: purchaseID(p.ID, n), Parcel: p.ID, Order: p.Order, Carrier: from.Code, Service: p.Service,
		Status: PurchaseAsked, Device: t.c.Device, Generation: n}})
}

// dropPurchase lets go of a parcel's label: what was bought is given back.
func (t *turn) dropPurchase(p *Parcel) {
	pu := t.Purchases[p.Purchase]
	if pu == nil || purchaseLife.to(pu.Status, "drop") == "" {
		return
	}
	t.emit(&PurchaseMoved{ID: pu.ID, Verb: "drop"})
	t.seenTo("label_failed", string(p.ID), "no longer wanted")
}

// MovePurchase notes how far the buying of a label is. The buyer beside the writer sends it.
type MovePurchase struct {
	ID, Verb, Why string
}

func (v MovePurchase) do(t *turn) (any, *Error) {
	pu := t.Purchases[v.ID]
	if pu == nil {
		return nil, refuse(NotFound, "no_purchase", "no purchase "+v.ID)
	}
	if purchaseLife.to(pu.Status, v.Verb) == "" || v.Verb == "buy" {
		return nil, refuse(Conflict, "purchase_"+pu.Status, "the purchase is "+pu.Status)
	}
	if pu.Status == PurchaseUnsure && v.Verb == "lose" && pu.Why == v.Why {
		return nil, nil // known already
	}
	why, known := clipText(v.Why, NameLimit), pu.Status == PurchaseUnsure
	t.emit(&PurchaseMoved{ID: pu.ID, Verb: v.Verb, Why: why})
	name := t.carrierName(pu.Carrier)
	switch v.Verb {
	case "fail", "lose":
		t.raise("label_failed", string(pu.Parcel), "no label of "+name+" for parcel "+string(pu.Parcel)+": "+why, "parcel")
		if !known || v.Verb == "fail" {
			t.tellBench(pu, CodeLabelFailed)
		}
	case "stick":
		t.raise("label_void", pu.ID, name+" does not take back the label of parcel "+string(pu.Parcel)+": settle it with them ("+why+")", "purchase")
	case "void", "settle":
		t.seenTo("label_void", pu.ID, "given back")
	}
	return nil, nil
}

// clipText shortens what somebody else wrote, and leaves out what cannot be shown.
func clipText(s string, most int) string {
	out := []rune{}
	for _, r := range s {
		if !unprintable(r) && len(out) < most {
			out = append(out, r)
		}
	}
	return string(out)
}

// tellBench has the bench that waits for a label look at what came of it.
func (t *turn) tellBench(pu *Purchase, code Code) {
	if pack := t.Packings[pu.Order]; pack != nil && pack.Parcel == pu.Parcel {
		t.notify(pack.Lease, code, Thing{"parcel", string(pu.Parcel), t.carrierName(pu.Carrier)})
	}
}

// Bought is what a carrier sold.
type Bought struct {
	RemoteID  string
	Tracking  string
	Barcode   string // what the label's code reads, where that is not the tracking number
	CostCents int64
	Currency  string
	LabelKind string
	Label     []byte
}

// LabelLimit is how many bytes a bought label has.
const LabelLimit = 256 << 10

// FinishPurchase takes in what a carrier sold. It is kept whatever became of the parcel meanwhile: what nobody wants any
// more is given back, and so is what was sold twice.
type FinishPurchase struct {
	ID     string
	Bought Bought
}

func (v FinishPurchase) do(t *turn) (any, *Error) {
	pu := t.Purchases[v.ID]
	if pu == nil {
		return nil, refuse(NotFound, "no_purchase", "no purchase "+v.ID)
	}
	if pu.RemoteID != "" {
		return nil, nil // told already
	}
	p, b := t.Parcels[pu.Parcel], v.Bought
	wanted := p != nil && p.Purchase == pu.ID && oneOf(p.Status, []string{ParcelClosed, ParcelPacked}) && p.Tracking == ""
	if twin := t.bears(b.Tracking, pu); wanted && twin != nil {
		return nil, refuse(Conflict, "number_taken", t.carrierName(pu.Carrier)+" gave out number "+b.Tracking+" again, which parcel "+string(twin.ID)+" has: ask them, and take another label")
	}
	if !wanted && purchaseLife.to(pu.Status, "drop") != "" {
		t.emit(&PurchaseMoved{ID: pu.ID, Verb: "drop"})
	}
	e := &PurchaseBoughtAs{ID: pu.ID, RemoteID: b.RemoteID, Tracking: b.Tracking, Barcode: b.Barcode, CostCents: b.CostCents, Currency: b.Currency, LabelKind: b.LabelKind}
	if len(b.Label) > 0 && pu.Status != PurchaseUnwanted {
		e.Label = &Private{Owner: string(pu.Order), Person: &Person{Label: b.Label}}
	}
	t.emit(e)
	if pu.Status != PurchaseBought {
		return nil, nil
	}
	t.seenTo("label_failed", string(p.ID), "bought")
	asked := *t.c
	t.c.Device = pu.Device // its printer, not the buyer's, which has none
	t.queuePrint(p, false)
	*t.c = asked
	t.tellBench(pu, CodeLabelBought)
	return nil, nil
}

// bears gives another parcel of a purchase's carrier that has a number already. Those of two carriers may be alike.
func (s *State) bears(number string, pu *Purchase) *Parcel {
	for _, p := range s.parcelsBy(number) {
		if p.ID != pu.Parcel && p.Carrier == pu.Carrier && p.Status != ParcelCancelled {
			return p
		}
	}
	return nil
}

// SoldToAnother is true of a purchase that the carrier knows as another parcel's label: given back, that one would go too.
func (s *State) SoldToAnother(pu *Purchase) bool {
	for _, other := range s.Purchases {
		if other.ID != pu.ID && other.Carrier == pu.Carrier && other.RemoteID == pu.RemoteID && other.Status == PurchaseBought {
			return true
		}
	}
	return false
}

// PurchaseAskedFor says a parcel's label is to be bought.
type PurchaseAskedFor struct {
	Purchase Purchase `cbor:"1,keyasint"`
}

// KindPurchaseAsked numbers it for ever.
const KindPurchaseAsked Kind = 154

var _ = kind(KindPurchaseAsked, "label_asked", "parcels", func() Body { return new(PurchaseAskedFor) })

func (*PurchaseAskedFor) Kind() Kind             { return KindPurchaseAsked }
func (b *PurchaseAskedFor) Privates() []*Private { return b.Purchase.Privates() }

func (b *PurchaseAskedFor) apply(s *State, e *Event) {
	pu := b.Purchase
	pu.At = e.At
	s.Purchases[pu.ID] = &pu
	s.savePurchase(&pu)
	p := s.Parcels[pu.Parcel]
	p.Purchase = pu.ID
	s.saveParcel(p)
}

func (s *State) savePurchase(pu *Purchase) {
	s.index.buys.set(pu.ID, s.Purchases[pu.ID] != nil && pu.Open())
	s.touch(TablePurchase, pu.ID)
}

// OpenPurchases are the purchases that something is still to be done about by the buyer.
func (s *State) OpenPurchases() []string { return s.index.buys }

// PurchaseMoved says how far the buying of a label is.
type PurchaseMoved struct {
	ID   string `cbor:"1,keyasint"`
	Verb string `cbor:"2,keyasint"`
	Why  string `cbor:"3,keyasint,omitempty"`
}

// KindPurchaseMoved numbers it for ever.
const KindPurchaseMoved Kind = 155

var _ = kind(KindPurchaseMoved, "label_purchase_moved", "parcels", func() Body { return new(PurchaseMoved) })

func (*PurchaseMoved) Kind() Kind { return KindPurchaseMoved }

func (b *PurchaseMoved) apply(s *State, e *Event) {
	pu := s.Purchases[b.ID]
	pu.Status, pu.Why = purchaseLife.must(pu.Status, b.Verb), b.Why
	if b.Verb == "begin" {
		pu.Tries++
		pu.At = e.At
	}
	if b.Verb == "drop" || b.Verb == "void" {
		pu.Label = nil
	}
	s.savePurchase(pu)
}

// PurchaseBoughtAs says what a carrier sold.
type PurchaseBoughtAs struct {
	ID        string   `cbor:"1,keyasint"`
	RemoteID  string   `cbor:"2,keyasint"`
	Tracking  string   `cbor:"3,keyasint"`
	Barcode   string   `cbor:"4,keyasint,omitempty"`
	CostCents int64    `cbor:"5,keyasint,omitempty"`
	Currency  string   `cbor:"6,keyasint,omitempty"`
	LabelKind string   `cbor:"7,keyasint,omitempty"`
	Label     *Private `cbor:"8,keyasint,omitempty"`
}

// KindPurchaseBought numbers it for ever.
const KindPurchaseBought Kind = 156

var _ = kind(KindPurchaseBought, "label_bought", "parcels", func() Body { return new(PurchaseBoughtAs) })

func (*PurchaseBoughtAs) Kind() Kind { return KindPurchaseBought }

// Privates gives the label, on which the receiver stands.
func (b *PurchaseBoughtAs) Privates() []*Private {
	if b.Label == nil {
		return nil
	}
	return []*Private{b.Label}
}

func (b *PurchaseBoughtAs) apply(s *State, e *Event) {
	pu := s.Purchases[b.ID]
	pu.Status = purchaseLife.must(pu.Status, "buy")
	pu.RemoteID, pu.Tracking, pu.CostCents, pu.Currency, pu.LabelKind, pu.Why = b.RemoteID, b.Tracking, b.CostCents, b.Currency, b.LabelKind, ""
	s.savePurchase(pu)
	if pu.Status != PurchaseBought {
		return
	}
	pu.Label = b.Label
	p := s.Parcels[pu.Parcel]
	if b.Currency != "" {
		p.CostCents, p.CostCurrency, p.CostFrom = b.CostCents, b.Currency, "quote of "+pu.Carrier
	}
	s.numberParcel(p, b.Tracking, b.Barcode)
	if o := s.Orders[p.Order]; o != nil {
		o.stamp(e, "label_bought", string(p.ID)+" "+b.Tracking)
		s.touch(TableOrder, string(o.ID))
	}
}

// numberParcel gives a parcel without a number what its label reads.
func (s *State) numberParcel(p *Parcel, tracking, barcode string) {
	p.Tracking, p.Barcode = tracking, barcode
	s.saveParcel(p)
}

// dropLabel lets go of a bought label's bytes once its parcel left: nobody prints it again.
func (s *State) dropLabel(p *Parcel) {
	if pu := s.Purchases[p.Purchase]; pu != nil && pu.Label != nil {
		pu.Label = nil
		s.savePurchase(pu)
	}
}

// forgetPurchases drops the purchases of a parcel that leaves memory. One that is still to be given back stays.
func (s *State) forgetPurchases(p *Parcel) {
	for n := 1; ; n++ {
		pu := s.Purchases[purchaseID(p.ID, n)]
		if pu == nil {
			return
		}
		if !pu.Open() && pu.Status != PurchaseStuck {
			delete(s.Purchases, pu.ID)
			s.savePurchase(pu)
		}
	}
}

// BoughtLabel gives the bytes of a parcel's bought label and what they are; none where we make the label ourselves, and
// gone where its parcel has left or its receiver was erased.
func (s *State) BoughtLabel(p *Parcel) (bytes []byte, kind string, bought bool) {
	pu := s.Purchases[p.Purchase]
	if pu == nil && p.Purchase != "" && p.Tracking != "" {
		return nil, "", true // it left long ago, and its purchase with it
	}
	if pu == nil || pu.Status != PurchaseBought || pu.Tracking != p.Tracking {
		return nil, "", false
	}
	if pu.Label != nil && pu.Label.Person != nil {
		bytes = pu.Label.Person.Label
	}
	return bytes, pu.LabelKind, true
}

package floor

import "fmt"

// Parcel is one closed box with one label.
type Parcel struct {
	ID        ParcelID     `cbor:"1,keyasint"`
	Order     OrderID      `cbor:"2,keyasint"`
	N         int          `cbor:"3,keyasint"` // its number within the order
	Status    string       `cbor:"4,keyasint"`
	Carton    CartonCode   `cbor:"5,keyasint,omitempty"`
	WeightG   int64        `cbor:"6,keyasint,omitempty"`
	ExpectedG int64        `cbor:"7,keyasint,omitempty"`
	Tracking  string       `cbor:"8,keyasint,omitempty"`
	SSCC      string       `cbor:"9,keyasint,omitempty"`
	Service   string       `cbor:"10,keyasint,omitempty"`
	Carrier   string       `cbor:"11,keyasint,omitempty"`
	Units     []ParcelUnit `cbor:"12,keyasint,omitempty"`
	Manifest  ManifestID   `cbor:"13,keyasint,omitempty"`
	Closed    Time         `cbor:"14,keyasint,omitempty"`
	Track     []Stamp      `cbor:"15,keyasint,omitempty"`
	Prints    []PrintID    `cbor:"16,keyasint,omitempty"`

	Weighing     ParcelWeight `cbor:"130,keyasint,omitzero"`
	Inside       ParcelID     `cbor:"120,keyasint,omitempty"` // it is an inner pack of that parcel, which lists what is in it
	Void         []string     `cbor:"165,keyasint,omitempty"` // numbers of labels that were replaced
	Pallet       PalletID     `cbor:"166,keyasint,omitempty"`
	LoadedAt     Time         `cbor:"167,keyasint,omitempty"`
	LoadedBy     WorkerID     `cbor:"168,keyasint,omitempty"`
	Seen         *LastSeen    `cbor:"169,keyasint,omitempty"`
	Due          Time         `cbor:"170,keyasint,omitempty"` // the collection it is planned for, once it missed another
	LeftBy       ManifestID   `cbor:"171,keyasint,omitempty"` // the truck that left without it
	Planned      ManifestID   `cbor:"172,keyasint,omitempty"` // the truck it was given to
	Relabel      bool         `cbor:"173,keyasint,omitempty"` // its new label was not scanned yet
	CostCents    int64        `cbor:"150,keyasint,omitempty"` // what its carrier is paid
	CostCurrency string       `cbor:"151,keyasint,omitempty"`
	CostFrom     string       `cbor:"152,keyasint,omitempty"` // the card or the quote that it comes from
	Purchase     string       `cbor:"153,keyasint,omitempty"` // of its label, where that is bought
	Barcode      string       `cbor:"154,keyasint,omitempty"` // what a bought label's code reads, where that is not the tracking number
}

// ParcelUnit is what went into a parcel from one order line.
type ParcelUnit struct {
	Line int      `cbor:"1,keyasint"`
	Key  StockKey `cbor:"2,keyasint"`
	Qty  int64    `cbor:"3,keyasint"`

	Weighed  int64 `cbor:"4,keyasint,omitempty"` // of them, units whose code said what they weigh
	WeighedG int64 `cbor:"5,keyasint,omitempty"` // and what that was in all

	Inner      ParcelID `cbor:"120,keyasint,omitempty"` // in this inner pack
	Unverified int64    `cbor:"121,keyasint,omitempty"` // units counted by number
	Lot        string   `cbor:"122,keyasint,omitempty"` // told at the bench, where the books had none
	Serial     string   `cbor:"123,keyasint,omitempty"` // likewise
}

// The status words of a parcel.
const (
	ParcelOpen       = "open"
	ParcelClosed     = "closed" // label made, not yet scanned back
	ParcelPacked     = "packed"
	ParcelLoaded     = "loaded"
	ParcelDispatched = "dispatched"
	ParcelTransit    = "in_transit"
	ParcelException  = "exception"
	ParcelDelivered  = "delivered"
	ParcelCancelled  = "cancelled"
	ParcelInner      = "nested" // an inner pack: it goes where its outer carton goes
	ParcelReturned   = "returned_to_sender"
)

var parcelLife = life{"parcel", []move{
	{ParcelOpen, "close", ParcelClosed},
	{ParcelClosed, "prove", ParcelPacked},
	{ParcelClosed, "reopen", ParcelOpen},
	{ParcelPacked, "load", ParcelLoaded},
	{ParcelLoaded, "unload", ParcelPacked},
	{ParcelLoaded, "depart", ParcelDispatched},
	{ParcelDispatched, "in_transit", ParcelTransit},
	{ParcelTransit, "in_transit", ParcelTransit},
	{ParcelException, "in_transit", ParcelTransit},
	{ParcelDispatched, "exception", ParcelException},
	{ParcelTransit, "exception", ParcelException},
	{ParcelException, "exception", ParcelException},
	{ParcelDispatched, "delivered", ParcelDelivered},
	{ParcelTransit, "delivered", ParcelDelivered},
	{ParcelException, "delivered", ParcelDelivered},
	{ParcelOpen, "nest", ParcelInner},
	{ParcelInner, "unnest", ParcelOpen},
	{ParcelInner, "cancel", ParcelCancelled},
	{ParcelDispatched, "returned_to_sender", ParcelReturned},
	{ParcelTransit, "returned_to_sender", ParcelReturned},
	{ParcelException, "returned_to_sender", ParcelReturned},
	{ParcelOpen, "cancel", ParcelCancelled},
	{ParcelClosed, "cancel", ParcelCancelled},
	{ParcelPacked, "cancel", ParcelCancelled},
	{ParcelLoaded, "cancel", ParcelCancelled},
	{ParcelDispatched, "recall", ParcelLoaded},
	{ParcelPacked, "relabel", ParcelPacked}, // in old journals, where it left the new label's print void
	{ParcelPacked, "reprove", ParcelPacked},
}}

// Left is true of a parcel that is with its carrier or its customer.
func (p *Parcel) Left() bool {
	return oneOf(p.Status, []string{ParcelDispatched, ParcelTransit, ParcelException, ParcelDelivered})
}

// units is how many units a parcel holds.
func (p *Parcel) units() int64 {
	var n int64
	for _, u := range p.Units {
		n += u.Qty
	}
	return n
}

// ParcelMoved says a parcel took a step of its life.
type ParcelMoved struct {
	Parcel ParcelID `cbor:"1,keyasint"`
	Verb   string   `cbor:"2,keyasint"`
}

var _ = kind(KindParcelMoved, "parcel_moved", "parcels", func() Body { return new(ParcelMoved) })

func (*ParcelMoved) Kind() Kind { return KindParcelMoved }

func (b *ParcelMoved) apply(s *State, e *Event) {
	p := s.Parcels[b.Parcel]
	if b.Verb == "cancel" && p.Status == ParcelLoaded {
		s.Manifests[p.Manifest].drop(p.ID)
		s.touch(TableManifest, string(p.Manifest))
	}
	p.Status = parcelLife.must(p.Status, b.Verb)
	s.settlePrints(p, b.Verb)
	switch b.Verb {
	case "reopen":
		s.reopened(p)
	case "relabel", "reprove":
		p.Relabel = false
	}
	s.saveParcel(p)
	if pack := s.Packings[p.Order]; pack != nil {
		pack.Lease.renew(e)
		pack.settle()
		pack.Undo = nil
		if b.Verb == "prove" || b.Verb == "cancel" && pack.Parcel == p.ID {
			pack.Parcel = ""
		}
		s.savePacking(pack)
	}
}

func (s *State) saveParcel(p *Parcel) {
	s.index.setParcel(p)
	s.touch(TableParcel, string(p.ID))
}

// trackingNumber is our own label's number: FL, eleven digits and a mod 10 check digit.
func trackingNumber(n uint64) string {
	digits := fmt.Sprintf("%011d", n%1e11)
	return "FL" + digits + string(gtinCheck(digits))
}

// sscc is the serial shipping container code: extension digit 0, the site's prefix, a serial, the check
// digit. Source: GS1 General Specifications 3.2.1 and 7.9.
func (s *State) sscc(n uint64) string {
	digits := "0" + s.Site.GS1Prefix
	serial := fmt.Sprintf("%017d", n)
	digits += serial[len(serial)-(17-len(digits)):]
	return digits + string(gtinCheck(digits))
}

// ParcelView is a parcel as the API shows it.
type ParcelView struct {
	ID       ParcelID      `json:"id"`
	Order    OrderID       `json:"order"`
	N        int           `json:"n"`
	Tracking string        `json:"tracking"`
	SSCC     string        `json:"sscc"`
	Carrier  string        `json:"carrier"`
	Service  string        `json:"service"`
	Status   string        `json:"status"`
	WeightG  int64         `json:"weight_g"`
	Carton   CartonCode    `json:"carton,omitempty"`
	Manifest ManifestID    `json:"manifest,omitempty"`
	Units    []UnitView    `json:"units"`
	Track    []StampView   `json:"tracking_events,omitempty"`
	Pallet   PalletID      `json:"pallet,omitempty"`
	LoadedAt string        `json:"loaded_at,omitempty"`
	LoadedBy WorkerID      `json:"loaded_by,omitempty"`
	Due      string        `json:"planned_for,omitempty"` // the collection it was planned for when a truck left without it
	LeftBy   ManifestID    `json:"left_by,omitempty"`     // that truck
	Void     []string      `json:"void_numbers,omitempty"`
	Weighing *ParcelWeight `json:"weighing,omitempty"`
	Cost     int64         `json:"cost_cents,omitempty"`
	Currency string        `json:"currency,omitempty"`
	CostFrom string        `json:"cost_from,omitempty"` // the card or the quote that it comes from
	Purchase string        `json:"purchase,omitempty"`  // of its label, where that is bought
}

// UnitView is what a parcel holds of one item.
type UnitView struct {
	SKU    SKU    `json:"sku"`
	Qty    int64  `json:"qty"`
	Lot    string `json:"lot,omitempty"`
	Expiry string `json:"expiry,omitempty"`
	Serial string `json:"serial,omitempty"`

	Inner      ParcelID `json:"inner,omitempty"`      // the inner pack it lies in
	Unverified int64    `json:"unverified,omitempty"` // units counted by number, by the rule of a sample
}

// View shows a parcel.
func (p *Parcel) View() ParcelView {
	v := ParcelView{ID: p.ID, Order: p.Order, N: p.N, Tracking: p.Tracking, SSCC: p.SSCC, Carrier: p.Carrier,
		Service: p.Service, Status: p.Status, WeightG: p.WeightG, Carton: p.Carton, Manifest: p.Manifest, Units: []UnitView{},
		Pallet: p.Pallet, LoadedAt: p.LoadedAt.String(), LoadedBy: p.LoadedBy, Due: p.Due.String(), LeftBy: p.LeftBy, Void: p.Void, Weighing: p.weighing()}
	v.Cost, v.Currency, v.CostFrom, v.Purchase = p.CostCents, p.CostCurrency, p.CostFrom, p.Purchase
	for _, u := range p.Units {
		v.Units = append(v.Units, u.view())
	}
	for _, s := range p.Track {
		v.Track = append(v.Track, StampView{At: s.At.String(), What: s.What, About: s.About, Town: s.Town})
	}
	return v
}

func (u *ParcelUnit) view() UnitView {
	v := UnitView{SKU: u.Key.SKU, Qty: u.Qty, Lot: u.Key.Lot, Expiry: u.Key.Expiry, Serial: u.Key.Serial, Inner: u.Inner, Unverified: u.Unverified}
	defaultText(&v.Lot, u.Lot)
	defaultText(&v.Serial, u.Serial)
	return v
}

func (p *Parcel) brief() *ParcelBrief {
	return &ParcelBrief{ID: p.ID, N: p.N, Order: p.Order, WeightG: p.WeightG, Tracking: p.Tracking, SSCC: p.SSCC}
}

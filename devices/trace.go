package devices

import (
	"fmt"
	"slices"

	"floorline/floor"
	"floorline/store"
)

// A recall asks of one lot, or of one unit by its serial: which orders got it, what is still here, what came back. The
// answer is added up from its own history, so it is as good for orders that left memory long ago.

// RecallRows is how many parcels and orders one answer lists; the table as CSV has all of them.
const RecallRows = 500

type recallView struct {
	SKU    floor.SKU    `json:"sku"`
	Name   string       `json:"name"`
	Lot    string       `json:"lot,omitempty"`
	Serial string       `json:"serial,omitempty"`
	Since  string       `json:"since"` // its first day
	Until  string       `json:"until"` // when something last happened to it
	Totals recallTotals `json:"totals"`

	Receipts []recallReceipt   `json:"receipts"`
	Here     []floor.StockView `json:"here"`
	Parcels  []recallParcel    `json:"parcels"`
	Backs    []recallReturn    `json:"backs"`
	// Maybe may be of it: nobody captured their lot, and it lay there too. Unsure are counted as of it, and may be of another.
	Maybe  []recallOrder `json:"maybe"`
	Unsure []recallOrder `json:"unsure"`
	// UnnotedBefore: before this day it was not noted when nobody captured a lot; an item whose lots are not told apart
	// may have gone out as another lot.
	UnnotedBefore string `json:"unnoted_before,omitempty"`
	LeftOut       int    `json:"left_out,omitempty"` // rows, parcels and orders that are only in the table
}

// recallTotals add up: received + found + back = here + sent + scrapped + lost, in units.
type recallTotals struct {
	Received int64 `json:"received"`
	Found    int64 `json:"found"` // counted or adjusted in
	Back     int64 `json:"back"`
	Here     int64 `json:"here"`
	Held     int64 `json:"held"`     // of those here: not for sale
	Promised int64 `json:"promised"` // of those here: to orders, in bins
	Sent     int64 `json:"sent"`
	Scrapped int64 `json:"scrapped"`
	Lost     int64 `json:"lost"`  // counted or adjusted out
	Told     int64 `json:"told"`  // besides: of it as the bench was told, where the books had no lot
	Maybe    int64 `json:"maybe"` // besides: at most so many may be of it
}

type recallReceipt struct {
	Receipt        floor.ReceiptID       `json:"receipt"`
	Purchase       floor.PurchaseOrderID `json:"purchase,omitempty"`
	PurchaseNumber string                `json:"purchase_number,omitempty"`
	Supplier       string                `json:"supplier,omitempty"`
	SSCC           string                `json:"sscc,omitempty"`
	Qty            int64                 `json:"qty"`
	At             string                `json:"at"`
	Worker         floor.WorkerID        `json:"worker,omitempty"`
}

// recallCustomer is who got it.
type recallCustomer struct {
	Order      floor.OrderID `json:"order"`
	Channel    string        `json:"channel,omitempty"`
	ExternalID string        `json:"external_id,omitempty"`
	Status     string        `json:"status,omitempty"` // of the order
	Customer   string        `json:"customer,omitempty"`
	Email      string        `json:"email,omitempty"`
	Phone      string        `json:"phone,omitempty"`
	Country    string        `json:"country,omitempty"`
}

type recallParcel struct {
	recallCustomer
	Parcel       floor.ParcelID `json:"parcel"`
	Tracking     string         `json:"tracking,omitempty"`
	Carrier      string         `json:"carrier,omitempty"`
	ParcelStatus string         `json:"parcel_status,omitempty"`
	Qty          int64          `json:"qty"`
	Sent         bool           `json:"sent"` // it left the house
	SentAt       string         `json:"sent_at,omitempty"`
	Told         int64          `json:"told,omitempty"` // of them only as the bench was told
}

type recallReturn struct {
	Return floor.ReturnID `json:"return"`
	Order  floor.OrderID  `json:"order,omitempty"`
	Status string         `json:"status,omitempty"`
	Qty    int64          `json:"qty"`
	At     string         `json:"at"`
}

type recallOrder struct {
	recallCustomer
	Qty     int64            `json:"qty"` // at most
	From    floor.Place      `json:"from"`
	Lots    []string         `json:"lots"` // what they may be instead; "" is no lot
	At      string           `json:"at"`
	Parcels []floor.ParcelID `json:"parcels"` // of the order, with this item in them
	Sent    bool             `json:"sent"`
}

func recallLot(c *call) error {
	v, refused, err := c.recall(RecallRows)
	if err != nil {
		return err
	}
	if refused != nil {
		return c.problem(refused)
	}
	return c.json(200, v)
}

// recalling is a recall while it is put together.
type recalling struct {
	c    *call
	t    *floor.Trace
	v    *recallView
	rows int
}

// recall puts together what became of the lot or serial that was asked for, with at most so many parcels and orders.
func (c *call) recall(rows int) (*recallView, *floor.Error, error) {
	t := floor.NewTrace(floor.SKU(c.Query("sku")), c.Query("lot"), c.Query("serial"))
	if _, err, refused := c.subject(); err != nil || refused != nil {
		return nil, refused, err
	}
	if t.SKU == "" || (t.Lot == "") == (t.Serial == "") {
		return nil, &floor.Error{Kind: floor.Invalid, Code: "required", Say: "name an item and one lot or one serial of it: ?sku=&lot= or ?sku=&serial="}, nil
	}
	r := &recalling{c, t, &recallView{SKU: t.SKU, Lot: t.Lot, Serial: t.Serial, Receipts: []recallReceipt{}, Here: []floor.StockView{}, Parcels: []recallParcel{},
		Backs: []recallReturn{}, Maybe: []recallOrder{}, Unsure: []recallOrder{}}, rows}
	to, mix := r.here()
	err := c.s.keeper.Follow(t.History(), to, func(x store.Record) {
		t.Follow(x.Event)
		if x.Seq <= c.s.keeper.Named() && mix {
			r.v.UnnotedBefore = x.At.String()
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if t.First == 0 {
		return nil, &floor.Error{Kind: floor.NotFound, Code: "never_here", Say: fmt.Sprintf("nothing of %s %s of item %s was ever here: look at how it is written on the goods", r.what(), clip(t.Lot+t.Serial), clip(string(t.SKU)))}, nil
	}
	for _, part := range []func() error{r.receipts, r.nested, r.parcels, r.backs, r.possible} {
		if err := part(); err != nil {
			return nil, nil, err
		}
	}
	r.totals()
	return r.v, nil, nil
}

func (r *recalling) what() string {
	if r.t.Serial != "" {
		return "serial"
	}
	return "lot"
}

// here notes what lies in the house. It gives the record that this is as of, and whether the item is one of which nobody
// asks the lot where several lie in one place.
func (r *recalling) here() (seq uint64, mix bool) {
	r.c.view(func(st *floor.State) {
		seq = st.Seq
		r.v.Name = itemName(st, r.t.SKU)
		it := st.Items[r.t.SKU]
		mix = r.t.Lot != "" && it != nil && it.Tracking == "none" && !it.Expiry
		var rows []*floor.Stock
		for _, row := range st.StockOf(r.t.SKU) {
			k := row.Key
			if k.Place.Outside() || r.t.Serial != "" && k.Serial != r.t.Serial || r.t.Serial == "" && k.Lot != r.t.Lot {
				continue
			}
			if r.v.Totals.Promised += row.Reserved; k.Condition != "" {
				r.v.Totals.Held += row.OnHand
			}
			if rows = append(rows, row); len(rows) > r.rows {
				rows = rows[:r.rows]
				r.v.LeftOut++
			}
		}
		r.v.Here = stockViews(st, rows)
	})
	return seq, mix
}

func (r *recalling) receipts() error {
	r.c.view(func(st *floor.State) {
		for _, x := range r.t.Receipts {
			if x.Qty == 0 {
				continue // taken back
			}
			v := recallReceipt{Receipt: x.Receipt, SSCC: x.SSCC, Qty: x.Qty, At: x.At.String(), Worker: x.Worker}
			if rc := st.Receipts[x.Receipt]; rc != nil {
				if p := st.PurchaseOrders[rc.PurchaseOrder]; p != nil {
					v.Purchase, v.PurchaseNumber, v.Supplier = p.ID, p.External, p.Supplier
				}
			}
			r.v.Receipts = append(r.v.Receipts, v)
		}
	})
	return nil
}

// customer says who an order is for, to those who may see that.
func (c *call) customer(o *floor.Order) recallCustomer {
	v := recallCustomer{Order: o.ID, Channel: o.Channel, ExternalID: o.ExternalID, Status: o.Status}
	if p := o.ShipTo.Person; p != nil && c.seesPeople() {
		v.Customer, v.Email, v.Phone, v.Country = p.Name, p.Email, p.Phone, p.Country
		if v.Customer == "" {
			v.Customer = p.Company
		}
	}
	return v
}

// nested marks the outer parcels of inner packs of which the bench was told.
func (r *recalling) nested() error {
	for _, x := range slices.Clone(r.t.Parcels) {
		if !x.Told {
			continue
		}
		if _, err := r.c.parcelNamed(string(x.Parcel), func(_ *floor.State, _ *floor.Order, p *floor.Parcel) {
			if p.Inside != "" {
				r.t.ToldInside(p.Inside, p.Order)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

func (r *recalling) parcels() error {
	for _, x := range r.t.Parcels {
		if x.Qty+x.Sent == 0 && !x.Told {
			continue // taken out again
		}
		if len(r.v.Parcels) == r.rows {
			r.v.LeftOut++
			continue
		}
		v := recallParcel{Parcel: x.Parcel, Qty: x.Qty + x.Sent, Sent: x.Sent > 0, SentAt: x.SentAt.String(), recallCustomer: recallCustomer{Order: x.Order}}
		_, err := r.c.parcelNamed(string(x.Parcel), func(_ *floor.State, o *floor.Order, p *floor.Parcel) {
			v.recallCustomer = r.c.customer(o)
			v.Tracking, v.Carrier, v.ParcelStatus = p.Tracking, p.Carrier, p.Status
			if x.Told {
				v.Told = p.Told(r.t.SKU, r.t.Lot, r.t.Serial)
				v.Qty, v.Sent = v.Qty+v.Told, v.Sent || gone(p)
			}
		})
		if err != nil {
			return err
		}
		if v.Qty > 0 {
			r.v.Totals.Told += v.Told
			r.v.Parcels = append(r.v.Parcels, v)
		}
	}
	return nil
}

// gone is true of a parcel that left the house, be it back since.
func gone(p *floor.Parcel) bool { return p.Left() || p.Status == floor.ParcelReturned }

func (r *recalling) backs() error {
	for _, x := range r.t.Backs {
		if x.Qty == 0 {
			continue
		}
		v := recallReturn{Return: x.Return, Qty: x.Qty, At: x.At.String()}
		if _, err := r.c.retNamed(x.Return, func(_ *floor.State, b *floor.Return) { v.Order, v.Status = b.Order, b.Status }); err != nil {
			return err
		}
		r.v.Backs = append(r.v.Backs, v)
	}
	return nil
}

func (r *recalling) possible() (err error) {
	if r.v.Maybe, err = r.orders(r.t.Maybe); err == nil {
		r.v.Unsure, err = r.orders(r.t.Unsure)
	}
	return err
}

func (r *recalling) orders(list []*floor.TracedOrder) ([]recallOrder, error) {
	out := []recallOrder{}
	for _, x := range list {
		if x.Qty() <= 0 {
			continue // taken back
		}
		if len(out) == r.rows {
			r.v.LeftOut++
			continue
		}
		v := recallOrder{recallCustomer: recallCustomer{Order: x.Order}, Qty: x.Qty(), From: x.From, Lots: x.Lots, At: x.At.String(), Parcels: []floor.ParcelID{}}
		if _, err := r.c.orderNamed(x.Order, func(_ *floor.State, o *floor.Order, parcels []*floor.Parcel) {
			v.recallCustomer = r.c.customer(o)
			for _, p := range parcels {
				if holds(p, r.t.SKU) {
					v.Parcels, v.Sent = append(v.Parcels, p.ID), v.Sent || gone(p)
				}
			}
		}); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func holds(p *floor.Parcel, sku floor.SKU) bool {
	for _, u := range p.Units {
		if u.Key.SKU == sku {
			return true
		}
	}
	return false
}

func (r *recalling) totals() {
	t, v := r.t, &r.v.Totals
	r.v.Since, r.v.Until = t.First.String(), t.Last.String()
	v.Received, v.Found, v.Back, v.Here, v.Sent, v.Scrapped, v.Lost = t.Received(), t.Found, t.Back(), t.Here(), t.Sent(), t.Scrapped, t.Lost
	for _, o := range t.Maybe {
		v.Maybe += max(o.Qty(), 0)
	}
}

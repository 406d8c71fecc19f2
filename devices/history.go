package devices

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"floorline/floor"
	"floorline/store"
)

// The history of whatever has one is a page of movements, from the newest or from the oldest on, read from the journal
// under its own name: what a page costs does not grow with what happened before or besides.

// movementView is one movement, with what its event speaks of.
type movementView struct {
	Seq       uint64         `json:"seq"`
	At        string         `json:"at"`
	SKU       floor.SKU      `json:"sku"`
	Qty       int64          `json:"qty"`
	From      floor.Place    `json:"from"`
	To        floor.Place    `json:"to"`
	Lot       string         `json:"lot,omitempty"`
	Expiry    string         `json:"expiry,omitempty"`
	Serial    string         `json:"serial,omitempty"`
	Condition string         `json:"condition,omitempty"` // it has from there on; good is for sale again
	Told      bool           `json:"told,omitempty"`      // the lot or serial was told at the bench: the books had none
	MayBe     []string       `json:"may_be,omitempty"`    // lots that the units may be of as well: nobody said which; "" is no lot
	Reason    string         `json:"reason,omitempty"`
	Worker    floor.WorkerID `json:"worker,omitempty"`
	Device    floor.DeviceID `json:"device,omitempty"`
	Kind      string         `json:"kind"`
	floor.Spoken
	Purchase       floor.PurchaseOrderID `json:"purchase,omitempty"` // of its receipt
	PurchaseNumber string                `json:"purchase_number,omitempty"`
	Supplier       string                `json:"supplier,omitempty"`
}

// subject is whose history was asked for: the name it has in the store, and which movements of an event are its own.
type subject struct {
	thing string
	mine  func(p *floor.Passage) bool
}

// subject reads ?sku= with lot= or serial=, or bin=, tote=, parcel=, receipt=, sscc=, return=. An item narrows a place.
func (c *call) subject() (s subject, err error, refused *floor.Error) {
	for _, name := range []string{"sku", "lot", "serial", "bin", "tote", "parcel", "receipt", "sscc", "return"} {
		if v := c.Query(name); utf8.RuneCountInString(v) > floor.CodeLimit || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xfffd }) {
			return s, nil, &floor.Error{Kind: floor.Invalid, Code: "bad_code", Say: fmt.Sprintf("?%s= is at most %d plain signs", name, floor.CodeLimit)}
		}
	}
	by, err := c.narrowed()
	if err != nil {
		return s, err, nil
	}
	s.mine = func(p *floor.Passage) bool { return by.sku == "" || p.Key.SKU == by.sku }
	switch {
	case (by.lot != "" || by.serial != "") && by.sku == "":
		return s, nil, &floor.Error{Kind: floor.Invalid, Code: "required", Say: "say of which item the lot or serial is: &sku="}
	case by.place != "":
		s.thing = floor.HistoryOfPlace(by.place)
		goods := by
		goods.place = "" // to or from it
		s.mine = func(p *floor.Passage) bool {
			return (p.Key.Place == by.place || p.To == by.place) && goods.holds(p.Key)
		}
	case by.serial != "":
		s.thing = floor.HistoryOfUnit(by.sku, by.serial)
		s.mine = func(p *floor.Passage) bool {
			return p.Key.SKU == by.sku && (p.Key.Serial == by.serial || p.Serial == by.serial)
		}
	case by.lot != "":
		s.thing = floor.HistoryOfLot(by.sku, by.lot)
		s.mine = func(p *floor.Passage) bool {
			return p.Key.SKU == by.sku && (p.Key.Lot == by.lot || p.Lot == by.lot || slices.Contains(p.Among, by.lot))
		}
	case by.sku != "":
		s.thing = floor.HistoryOfItem(by.sku)
	case c.Query("receipt") != "":
		s.thing = floor.HistoryOfReceipt(floor.ReceiptID(c.Query("receipt")))
	case c.Query("sscc") != "":
		s.thing = floor.HistoryOfPallet(c.Query("sscc"))
	case c.Query("return") != "":
		s.thing = floor.HistoryOfReturn(floor.ReturnID(c.Query("return")))
	default:
		return s, nil, &floor.Error{Kind: floor.Invalid, Code: "required", Say: "name an item: ?sku= (with lot= or serial=), or a bin, tote, parcel, receipt, sscc or return"}
	}
	return s, nil, nil
}

// listMovements shows what happened to an item, a lot, a unit, or in a bin, a tote, a parcel, a receipt or a return.
func listMovements(c *call) error {
	q, refused := c.query()
	if refused != nil {
		return c.problem(refused)
	}
	s, err, refused := c.subject()
	if sort := c.Query("sort"); refused == nil && sort != "" && sort != "newest" && sort != "oldest" {
		refused = &floor.Error{Kind: floor.Invalid, Code: "bad_value", Say: "sort is newest or oldest"}
	}
	if err != nil {
		return err
	}
	if refused != nil {
		return c.problem(refused)
	}
	items, next, err := c.movements(s, q, c.Query("sort") == "oldest")
	if err != nil {
		return err
	}
	if next != "" {
		next = c.makeCursor(next)
	}
	if err := c.explain(items); err != nil {
		return err
	}
	return c.json(200, struct {
		Items []movementView `json:"items"`
		Next  string         `json:"next"`
	}{items, next})
}

// movements is one page. A cursor is the event, and which of its movements: a truck's closing has thousands.
func (c *call) movements(s subject, q query, oldest bool) (items []movementView, next string, err error) {
	items = []movementView{}
	at, rest, _ := strings.Cut(q.after, ":")
	seq, _ := strconv.ParseUint(at, 10, 64)
	skip, _ := strconv.Atoi(rest)
	for {
		records, err := c.historyFrom(s.thing, seq, q.limit+1, oldest)
		if err != nil || len(records) == 0 {
			return items, "", err
		}
		for _, r := range records {
			n := 0
			for _, p := range floor.Passages(r.Body) {
				if !s.mine(&p) {
					continue
				}
				if n++; r.Seq == seq && n <= skip {
					continue
				}
				if len(items) == q.limit {
					return items, fmt.Sprintf("%d:%d", r.Seq, n-1), nil
				}
				items = append(items, moved(r, &p))
			}
		}
		if seq, skip = records[len(records)-1].Seq+1, 0; !oldest {
			if seq -= 2; seq == 0 {
				return items, "", nil
			}
		}
	}
}

// historyFrom reads events from a record on, that one with them; 0 is either end.
func (c *call) historyFrom(thing string, seq uint64, limit int, oldest bool) ([]store.Record, error) {
	switch {
	case oldest:
		return c.s.keeper.HistoryAfter(thing, max(seq, 1)-1, limit)
	case seq == 0:
		return c.s.keeper.History(thing, 0, limit)
	}
	return c.s.keeper.History(thing, seq+1, limit)
}

func moved(r store.Record, p *floor.Passage) movementView {
	reason := p.Reason
	if held, ok := r.Body.(*floor.StockHeld); ok { // the condition is said already: why is what a person wrote
		reason = held.Reason
	}
	return movementView{Seq: r.Seq, At: r.At.String(), SKU: p.Key.SKU, Qty: p.Qty, From: p.Key.Place, To: p.To,
		Lot: cmp.Or(p.Key.Lot, p.Lot), Expiry: p.Key.Expiry, Serial: cmp.Or(p.Key.Serial, p.Serial), Condition: cmp.Or(p.As, p.Key.Condition),
		Told: p.Lot != "" && p.Key.Lot == "" || p.Serial != "" && p.Key.Serial == "", MayBe: p.Among, Reason: reason,
		Worker: r.Worker, Device: r.Device, Kind: r.Body.Kind().String(), Spoken: floor.SpokenOf(r.Body)}
}

// explain says of a page what its events do not: whose a parcel is, also one that left memory, and of which purchase a
// receipt is.
func (c *call) explain(items []movementView) error {
	orders := map[floor.ParcelID]floor.OrderID{}
	for i := range items {
		m := &items[i]
		if id, ok := parcelOf(m); ok && m.Order == "" {
			if _, known := orders[id]; !known {
				orders[id] = ""
				if _, err := c.parcelNamed(string(id), func(_ *floor.State, o *floor.Order, _ *floor.Parcel) { orders[id] = o.ID }); err != nil {
					return err
				}
			}
			m.Order, m.Parcel = orders[id], id
		}
	}
	c.view(func(st *floor.State) {
		for i := range items {
			r := st.Receipts[items[i].Receipt]
			if r == nil {
				continue
			}
			if p := st.PurchaseOrders[r.PurchaseOrder]; p != nil {
				items[i].Purchase, items[i].PurchaseNumber, items[i].Supplier = p.ID, p.External, p.Supplier
			}
		}
	})
	return nil
}

// parcelOf is the parcel that a movement came to or left.
func parcelOf(m *movementView) (floor.ParcelID, bool) {
	for _, p := range []floor.Place{m.To, m.From} {
		if id := p.Parcel(); id != "" {
			return id, true
		}
	}
	return "", false
}

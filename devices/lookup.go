package devices

import (
	"cmp"
	"strings"

	"floorline/floor"
	"floorline/floor/gs1"
)

// A look-up says what a code means: as a scan of it would be taken, and besides what left memory, what is only history,
// and the numbers of shops and suppliers. It changes nothing and writes nothing down.

// lookedUp is what a code may mean; Like are things whose names only hold it.
type lookedUp struct {
	Code  string        `json:"code"`
	Found []floor.Found `json:"found"`
	Like  []floor.Found `json:"like"`
	Say   string        `json:"say,omitempty"` // what to do where nothing was found
}

// Limits of a look-up.
const (
	FoundLimit = 20
	LikeLimit  = 10
)

// lookUp says what a scanned or typed code is.
func lookUp(c *call) error {
	code := strings.ReplaceAll(strings.TrimSpace(c.Query("code")), "{GS}", string(gs1.GS)) // as people write the separator
	if code == "" || len(code) > floor.ScanLimit {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_code", Say: "scan or type one code: ?code="})
	}
	v := lookedUp{Code: code, Found: []floor.Found{}, Like: []floor.Found{}}
	if _, badge := badgeOf(code); badge {
		v.Code, v.Say = "", "this is somebody's badge: badges are for signing in, and are not looked up"
		return c.json(200, v)
	}
	var bad floor.Code
	c.view(func(st *floor.State) {
		var found []floor.Found
		found, bad = st.Lookup(code)
		v.Found = append(v.Found, found...)
	})
	for _, more := range []func(string, *lookedUp) error{c.lookUpArchive, c.lookUpUnits, c.lookUpPallet, c.lookUpNumbers, c.lookUpNames} {
		if err := more(code, &v); err != nil {
			return err
		}
	}
	v.Found = v.Found[:min(len(v.Found), FoundLimit)]
	if len(v.Found) == 0 {
		v.Say = unknown(bad)
	}
	return c.json(200, v)
}

// unknown says why a code means nothing, and what to do.
func unknown(bad floor.Code) string {
	switch bad {
	case floor.CodeMisread:
		return "its check character is wrong: scan it again, or type it once more from the label"
	case floor.CodeUnreadable:
		return "it cannot be read: scan it again, more slowly"
	case floor.CodeTwoCodes:
		return "these are two codes in one: scan one at a time"
	case floor.CodeSeparator:
		return "the scanner leaves out the separator of its GS1 code, so that where its lot ends cannot be told: set the scanner up"
	}
	return "nothing in this house, now or before, has this code"
}

// add notes a thing once.
func (v *lookedUp) add(x floor.Found) {
	for i := range v.Found {
		if have := &v.Found[i]; have.Kind == x.Kind && have.ID == x.ID && have.SKU == x.SKU {
			have.Odd = cmp.Or(have.Odd, x.Odd)
			return
		}
	}
	v.Found = append(v.Found, x)
}

// lookUpArchive finds orders, parcels and returns that left memory, by any of their names.
func (c *call) lookUpArchive(code string, v *lookedUp) error {
	for _, name := range []string{code, floor.BareSSCC(code)} {
		a, err := c.s.keeper.Archived(name)
		if err != nil {
			return err
		}
		if a == nil {
			continue
		}
		for _, p := range a.Parcels {
			if x := floor.ParcelFound(p, name); string(p.ID) == name || p.Tracking == name || p.SSCC == name || x.Odd != "" {
				v.add(x)
			}
		}
		for _, r := range a.Returns {
			if string(r.ID) == name {
				v.add(floor.Found{Kind: "return", ID: string(r.ID), Status: r.Status, Order: r.Order})
			}
		}
		if string(a.Order.ID) == name {
			v.add(floor.OrderFound(a.Order))
		}
	}
	return nil
}

// lookUpUnits finds the lots and the serials that were ever called so.
func (c *call) lookUpUnits(code string, v *lookedUp) error {
	lots, units := floor.Histories(code)
	for _, kind := range []struct{ name, begin string }{{"serial", units}, {"lot", lots}} {
		things, err := c.s.keeper.Things(kind.begin, FoundLimit)
		if err != nil {
			return err
		}
		c.view(func(st *floor.State) {
			for _, thing := range things {
				sku := floor.ItemOfHistory(thing)
				x := floor.Found{Kind: kind.name, ID: code, SKU: sku, Name: itemName(st, sku)}
				if kind.name == "lot" {
					x.Lot = code
				} else {
					x.Serial = code
				}
				v.add(x)
			}
		})
	}
	return nil
}

// lookUpPallet finds the receipt that a supplier's pallet came with.
func (c *call) lookUpPallet(code string, v *lookedUp) error {
	sscc := floor.BareSSCC(code)
	records, err := c.s.keeper.HistoryAfter(floor.HistoryOfPallet(sscc), 0, 10)
	if err != nil {
		return err
	}
	c.view(func(st *floor.State) {
		for _, r := range records {
			if rc := st.Receipts[floor.SpokenOf(r.Body).Receipt]; rc != nil {
				x := st.ReceiptFound(rc)
				x.Odd = floor.OddCame
				v.add(x)
			}
		}
	})
	return nil
}

// lookUpNumbers finds the orders of a shop's number, and the purchases of a supplier's.
func (c *call) lookUpNumbers(code string, v *lookedUp) error {
	var orders map[floor.OrderID]*floor.Order
	var bought map[floor.PurchaseOrderID]*floor.PurchaseOrder
	var names []string
	c.view(func(st *floor.State) {
		orders, bought = st.Orders, st.PurchaseOrders
		for channel := range st.Channels {
			names = append(names, floor.ExternalName(channel, code))
		}
	})
	for _, x := range first(c, FoundLimit, "", orders, func(_ *floor.State, _ floor.OrderID, o *floor.Order) bool { return o.ExternalID == code }) {
		v.add(floor.OrderFound(x.it))
	}
	for _, x := range first(c, FoundLimit, "", bought, func(_ *floor.State, _ floor.PurchaseOrderID, p *floor.PurchaseOrder) bool { return p.External == code }) {
		v.add(floor.PurchaseFound(x.it))
	}
	for _, name := range names {
		a, err := c.s.keeper.Archived(name)
		if err != nil {
			return err
		}
		if a != nil {
			v.add(floor.OrderFound(a.Order))
		}
	}
	return nil
}

// lookUpNames finds items and bins whose names hold what was typed.
func (c *call) lookUpNames(code string, v *lookedUp) error {
	if len(v.Found) > 0 {
		return nil
	}
	q := query{text: strings.ToLower(code)}
	var items map[floor.SKU]*floor.Item
	var bins map[floor.BinCode]*floor.Bin
	c.view(func(st *floor.State) { items, bins = st.Items, st.Bins })
	for _, x := range first(c, LikeLimit-1, "", items, func(_ *floor.State, sku floor.SKU, it *floor.Item) bool { return q.matches(string(sku), it.Name) }) {
		v.Like = append(v.Like, floor.Found{Kind: "item", ID: string(x.it.SKU), Name: x.it.Name, SKU: x.it.SKU})
	}
	for _, x := range first(c, LikeLimit-1, "", bins, func(_ *floor.State, bin floor.BinCode, _ *floor.Bin) bool { return q.matches(string(bin)) }) {
		v.Like = append(v.Like, floor.Found{Kind: "bin", ID: string(x.it.Code), Name: x.it.BinKind})
	}
	return nil
}

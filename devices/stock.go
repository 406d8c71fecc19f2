package devices

import (
	"strings"

	"floorline/floor"
)

type adjustmentBody struct {
	Bin     string   `json:"bin"`
	SKU     string   `json:"sku"`
	Qty     int64    `json:"qty"`
	Lot     string   `json:"lot"`
	Expiry  string   `json:"expiry"`
	Serials []string `json:"serials"`
	Reason  string   `json:"reason"`
}

func adjustStock(c *call) error {
	var b adjustmentBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.AdjustStock{Bin: floor.BinCode(b.Bin), SKU: floor.SKU(b.SKU), Qty: b.Qty, Lot: b.Lot, Expiry: b.Expiry,
		Serials: b.Serials, Reason: b.Reason}, 201)
}

type holdBody struct {
	SKU       string `json:"sku"`
	Bin       string `json:"bin"`
	Lot       string `json:"lot"`
	Serial    string `json:"serial"`
	Condition string `json:"condition"`
	Reason    string `json:"reason"`
}

func holdStock(c *call) error {
	var b holdBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.HoldStock{SKU: floor.SKU(b.SKU), Bin: floor.BinCode(b.Bin), Lot: b.Lot, Serial: b.Serial, Condition: b.Condition, Reason: b.Reason}, 200)
}

type moveBody struct {
	From      string `json:"from"`
	To        string `json:"to"`
	SKU       string `json:"sku"`
	Lot       string `json:"lot"`
	Expiry    string `json:"expiry"`
	Serial    string `json:"serial"`
	Condition string `json:"condition"`
	Qty       int64  `json:"qty"`
	Reason    string `json:"reason"`
}

func moveStock(c *call) error {
	var b moveBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.MoveStock{From: floor.BinCode(b.From), To: floor.BinCode(b.To), Qty: b.Qty, Reason: b.Reason,
		Key: floor.StockKey{SKU: floor.SKU(b.SKU), Lot: b.Lot, Expiry: b.Expiry, Serial: b.Serial, Condition: b.Condition}}, 201)
}

// narrowed is what a list of stock was narrowed to.
type narrowed struct {
	sku         floor.SKU
	place       floor.Place
	lot, serial string
}

// narrowed reads ?sku=&bin=&tote=&parcel=&lot=&serial=. A parcel may be named by its number, too.
func (c *call) narrowed() (n narrowed, err error) {
	n = narrowed{sku: floor.SKU(c.Query("sku")), lot: c.Query("lot"), serial: c.Query("serial")}
	switch {
	case c.Query("bin") != "":
		n.place = floor.InBin(floor.BinCode(c.Query("bin")))
	case c.Query("tote") != "":
		n.place = floor.InTote(floor.ToteCode(c.Query("tote")))
	case c.Query("parcel") != "":
		n.place = floor.InParcel(floor.ParcelID(c.Query("parcel")))
		_, err = c.parcelNamed(c.Query("parcel"), func(_ *floor.State, _ *floor.Order, p *floor.Parcel) { n.place = floor.InParcel(p.ID) })
	}
	return n, err
}

func (n narrowed) holds(k floor.StockKey) bool {
	return (n.sku == "" || k.SKU == n.sku) && (n.place == "" || k.Place == n.place) && (n.lot == "" || k.Lot == n.lot) && (n.serial == "" || k.Serial == n.serial)
}

// listStock shows what lies in bins, totes and parcels, and for which orders; the outside is bookkeeping and not shown.
func listStock(c *call) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	by, failure := c.narrowed()
	if failure != nil {
		return failure
	}
	var rows []stockRow
	if by.sku != "" || by.place != "" {
		c.view(func(st *floor.State) { rows = stockRows(st, q, by) })
	} else {
		rows = c.allStock(q, by)
	}
	var page1 []line
	c.view(func(st *floor.State) {
		entries := make([]entry, len(rows))
		for i, r := range rows {
			entries[i] = entry{r.key, func() any { return r.Stock }}
		}
		page1 = page(entries, &q)
		showStock(st, page1)
	})
	return c.page(page1, q)
}

// showStock turns the rows of a page into what the API shows of them, with whose they are.
func showStock(st *floor.State, lines []line) {
	rows := make([]*floor.Stock, len(lines))
	for i := range lines {
		rows[i] = lines[i].view.(*floor.Stock)
	}
	for i, v := range stockViews(st, rows) {
		lines[i].view = v
	}
}

// stockViews are rows of stock with whose they are.
func stockViews(st *floor.State, rows []*floor.Stock) []floor.StockView {
	whose := st.WhoseStock(rows)
	out := make([]floor.StockView, len(rows))
	for i, r := range rows {
		out[i] = r.View()
		out[i].For = whose[r.Key]
	}
	return out
}

// stockRow is a row with the key that it is sorted by.
type stockRow struct {
	key string
	*floor.Stock
}

// stockRows are the rows of one item, of one place, or of one item in one place.
func stockRows(st *floor.State, q query, by narrowed) (out []stockRow) {
	rows := st.StockOf(by.sku)
	if by.place != "" {
		rows = st.StockAt(by.place)
	}
	for _, r := range rows {
		key := stockKey(r)
		if !r.Key.Place.Outside() && key > q.after && by.holds(r.Key) && q.matches(string(r.Key.SKU), itemName(st, r.Key.SKU), string(r.Key.Place)) {
			out = append(out, stockRow{key, r})
		}
	}
	return out
}

func stockKey(r *floor.Stock) string { return string(r.Key.SKU) + "\x00" + r.Key.String() }

func itemName(st *floor.State, sku floor.SKU) string {
	if it := st.Items[sku]; it != nil {
		return it.Name
	}
	return ""
}

// allStock goes through all items for those whose rows stand on the page. Each gives one row at least, so a
// page's worth of items holds a page's worth of rows.
func (c *call) allStock(q query, by narrowed) (out []stockRow) {
	begin, _, _ := strings.Cut(q.after, "\x00")
	var items map[floor.SKU]*floor.Item
	c.view(func(st *floor.State) { items = st.Items })
	found := first(c, q.limit, "", items, func(st *floor.State, sku floor.SKU, _ *floor.Item) bool {
		by.sku = sku
		return string(sku) >= begin && len(st.StockOf(sku)) > 0 && len(stockRows(st, q, by)) > 0
	})
	c.view(func(st *floor.State) {
		for _, x := range found {
			if len(out) <= q.limit {
				by.sku = x.it.SKU
				out = append(out, stockRows(st, q, by)...)
			}
		}
	})
	return out
}

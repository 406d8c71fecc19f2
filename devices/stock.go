package devices

import (
	"strconv"
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

// listStock shows what lies in bins, totes and parcels; the outside is bookkeeping and not shown.
func listStock(c *call) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	sku, bin := floor.SKU(c.Query("sku")), floor.BinCode(c.Query("bin"))
	var rows []entry
	if sku != "" || bin != "" {
		c.view(func(st *floor.State) { rows = stockRows(st, q, sku, bin) })
	} else {
		rows = c.allStock(q)
	}
	var page1 []line
	c.view(func(*floor.State) { page1 = page(rows, &q) })
	return c.page(page1, q)
}

// stockRows are the rows of one item, of one bin, or of one item in one bin.
func stockRows(st *floor.State, q query, sku floor.SKU, bin floor.BinCode) (out []entry) {
	rows := st.StockOf(sku)
	if bin != "" {
		rows = st.StockAt(floor.InBin(bin))
	}
	for _, r := range rows {
		key := stockKey(r)
		if !strings.HasPrefix(string(r.Key.Place), "out:") && key > q.after && (sku == "" || r.Key.SKU == sku) && q.matches(string(r.Key.SKU), itemName(st, r.Key.SKU), string(r.Key.Place)) {
			out = append(out, entry{key, func() any { return r.View() }})
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
func (c *call) allStock(q query) (out []entry) {
	begin, _, _ := strings.Cut(q.after, "\x00")
	var items map[floor.SKU]*floor.Item
	c.view(func(st *floor.State) { items = st.Items })
	found := first(c, q.limit, "", items, func(st *floor.State, sku floor.SKU, _ *floor.Item) bool {
		return string(sku) >= begin && len(st.StockOf(sku)) > 0 && len(stockRows(st, q, sku, "")) > 0
	})
	c.view(func(st *floor.State) {
		for _, x := range found {
			if len(out) <= q.limit {
				out = append(out, stockRows(st, q, x.it.SKU, "")...)
			}
		}
	})
	return out
}

type movementView struct {
	Seq    uint64         `json:"seq"`
	At     string         `json:"at"`
	SKU    floor.SKU      `json:"sku"`
	Qty    int64          `json:"qty"`
	From   floor.Place    `json:"from"`
	To     floor.Place    `json:"to"`
	Lot    string         `json:"lot,omitempty"`
	Expiry string         `json:"expiry,omitempty"`
	Serial string         `json:"serial,omitempty"`
	Reason string         `json:"reason,omitempty"`
	Worker floor.WorkerID `json:"worker,omitempty"`
	Device floor.DeviceID `json:"device,omitempty"`
	Kind   string         `json:"kind"`
}

// listMovements shows where an item's units went, newest first, from the journal.
func listMovements(c *call) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	sku := c.Query("sku")
	if sku == "" {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "required", Say: "name an item: ?sku="})
	}
	before, _ := strconv.ParseUint(q.after, 10, 64)
	records, failure := c.s.keeper.History("item/"+sku, before, q.limit+1)
	if failure != nil {
		return failure
	}
	next, items := "", []any{}
	for i := range records {
		if i == q.limit {
			next = c.makeCursor(strconv.FormatUint(records[i-1].Seq, 10))
			break
		}
		r := &records[i]
		m, ok := r.Body.(floor.Mover)
		if !ok {
			continue
		}
		for _, x := range m.Movements() {
			if string(x.Key.SKU) == sku {
				items = append(items, movementView{r.Seq, r.At.String(), x.Key.SKU, x.Qty, x.Key.Place, x.To, x.Key.Lot, x.Key.Expiry,
					x.Key.Serial, x.Reason, r.Worker, r.Device, r.Body.Kind().String()})
			}
		}
	}
	return c.json(200, map[string]any{"items": items, "next": next})
}

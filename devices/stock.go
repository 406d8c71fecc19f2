package devices

import (
	"strconv"

	"floorline/floor"
)

func adjustStock(c *call) error {
	var b struct {
		Bin     string   `json:"bin"`
		SKU     string   `json:"sku"`
		Qty     int64    `json:"qty"`
		Lot     string   `json:"lot"`
		Expiry  string   `json:"expiry"`
		Serials []string `json:"serials"`
		Reason  string   `json:"reason"`
	}
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.AdjustStock{Bin: floor.BinCode(b.Bin), SKU: floor.SKU(b.SKU), Qty: b.Qty, Lot: b.Lot, Expiry: b.Expiry,
		Serials: b.Serials, Reason: b.Reason}, 201)
}

// listStock shows what lies in bins, totes and parcels; the outside is bookkeeping and not shown.
func listStock(c *call) error {
	sku, bin := floor.SKU(c.Query("sku")), floor.BinCode(c.Query("bin"))
	return list(c, func(st *floor.State, q query) []entry {
		var rows []*floor.Stock
		switch {
		case bin != "":
			rows = st.StockAt(floor.InBin(bin))
		case sku != "":
			rows = st.StockOf(sku)
		default:
			for s := range st.Items {
				if q.matches(string(s), st.Items[s].Name) {
					rows = append(rows, st.StockOf(s)...)
				}
			}
		}
		var out []entry
		for _, r := range rows {
			if r.Key.Place[:4] != "out:" && (sku == "" || r.Key.SKU == sku) {
				out = append(out, entry{string(r.Key.SKU) + "\x00" + r.Key.String(), func() any { return r.View() }})
			}
		}
		return out
	})
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

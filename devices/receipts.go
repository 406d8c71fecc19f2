package devices

import (
	"fmt"

	"floorline/floor"
	"floorline/labels"
)

// goodsInView is how goods come in.
type goodsInView struct {
	Rule        floor.Receiving   `json:"rule"`
	Standing    []floor.Standing  `json:"standing"`      // where goods came in and stand
	DockToStock []floor.FigureDay `json:"dock_to_stock"` // units put away (n) and the minutes that they had stood (sum), by day
}

func goodsIn(c *call) error {
	v := goodsInView{Standing: []floor.Standing{}, DockToStock: []floor.FigureDay{}}
	now := c.s.now()
	c.view(func(st *floor.State) {
		v.Rule = st.Receiving()
		v.Standing = append(v.Standing, st.StandingIn()...)
		v.DockToStock = append(v.DockToStock, st.FiguresOf(floor.FigureDockToStock, now, AccuracyDays)...)
	})
	return c.json(200, v)
}

func putReceiving(c *call) error {
	var rule floor.Receiving
	if err := c.decode(&rule); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetReceiving{Rule: rule}, 200)
}

func listReceipts(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.ReceiptID]*floor.Receipt { return st.Receipts },
		func(q query, id floor.ReceiptID, r *floor.Receipt) bool {
			return (q.status == "" || r.Status == q.status) && q.matches(string(id), string(r.PurchaseOrder), string(r.Bin))
		}, func(st *floor.State, r *floor.Receipt) any { return st.ReceiptView(r.ID) })
}

func getReceipt(c *call) error {
	v := c.receipt()
	if v == nil {
		return c.noReceipt()
	}
	return c.json(200, v)
}

func (c *call) receipt() (v *floor.ReceiptView) {
	c.view(func(st *floor.State) { v = st.ReceiptView(floor.ReceiptID(c.Params("id"))) })
	return v
}

func (c *call) noReceipt() error {
	return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_receipt", Say: "no receipt " + clip(c.Params("id"))})
}

// receiptLabels is a label for each unit that came, on a roll or on sheets: what a station without a printer has.
func receiptLabels(c *call) error {
	v := c.receipt()
	if v == nil {
		return c.noReceipt()
	}
	size, dpi, err := c.paper(labels.Size62x29, 203)
	if err != nil {
		return c.problem(err)
	}
	var all []labels.Item
	n := int64(0)
	c.view(func(st *floor.State) {
		for _, l := range v.Lines {
			it := st.Items[l.SKU]
			if it == nil || l.Condition != "" || c.Query("sku") != "" && c.Query("sku") != string(l.SKU) {
				continue
			}
			for n += l.Qty; l.Qty > 0 && n <= SheetLimit; l.Qty-- {
				all = append(all, goodsLabel(it, l.Lot, l.Expiry, l.Serial))
			}
		}
	})
	switch {
	case n == 0:
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "nothing", Say: "nothing of that came with this delivery"})
	case n > SheetLimit:
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "too_many", Say: "at most 5000 labels at once; narrow it with ?sku="})
	}
	b, failure := labels.ItemLabels(all, size, dpi)
	return c.document(pdfFile, c.Params("id")+"-labels.pdf", b, failure)
}

func receivedPalletLabel(c *call) error {
	var d *cameLabel
	c.view(func(st *floor.State) {
		if came, in := st.ReceivedPallet(c.Params("sscc")); came != nil && string(in.ID) == c.Params("id") {
			l := cameLogistics(st, came, in)
			d = &l
		}
	})
	if d == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_pallet", Say: "no pallet " + clip(c.Params("sscc")) + " came with this delivery"})
	}
	return c.printed(d.full.SSCC, *d, labels.Size4x6)
}

// cameLabel is the label of a pallet that came: with what is on it in GS1's own way, where that fits the paper, else in words
// alone. The house knows what came under an SSCC either way.
type cameLabel struct{ full, words labels.Logistics }

func (l cameLabel) PDF(size labels.Size, dpi int) ([]byte, error) {
	if b, err := l.full.PDF(size, dpi); err == nil {
		return b, nil
	}
	return l.words.PDF(size, dpi)
}

func (l cameLabel) ZPL(size labels.Size, dpi int) ([]byte, error) {
	if b, err := l.full.ZPL(size, dpi); err == nil {
		return b, nil
	}
	return l.words.ZPL(size, dpi)
}

// cameLogistics says what stands on a pallet: of a single kind so that one scan carries item, count, lot and expiry day; of
// several, how many there are.
func cameLogistics(st *floor.State, p *floor.ReceivedPallet, in *floor.Receipt) cameLabel {
	d := labels.Logistics{SSCC: p.SSCC, Reference: string(in.ID), Description: kindCount(len(p.Lines))}
	if len(p.Lines) != 1 || st.Items[p.Lines[0].Key.SKU] == nil {
		return cameLabel{d, d}
	}
	l, it := p.Lines[0], st.Items[p.Lines[0].Key.SKU]
	d.Description = fmt.Sprintf("%d × %s", l.Qty, it.Name)
	words, code := d, it.GTIN()
	if l.Key.Lot != "" {
		words.Description += ", lot " + l.Key.Lot
	}
	if code != "" && l.Qty < 1e8 {
		d.Description, d.Content, d.Count, d.Lot, d.UseBy = it.Name, code, int(l.Qty), l.Key.Lot, l.Key.Expiry
	}
	return cameLabel{d, words}
}

func kindCount(n int) string {
	if n == 1 {
		return "1 kind of goods"
	}
	return fmt.Sprintf("%d kinds of goods", n)
}

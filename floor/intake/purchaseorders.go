package intake

var purchaseOrderSheet = sheet{
	kind:    "purchases",
	columns: []string{"purchase", "supplier", "due", "sku", "qty", "cost", "sscc", "lot", "expiry"},
	must:    []string{"purchase", "sku", "qty"},
	alias:   map[string]string{"po": "purchase", "external_id": "purchase", "quantity": "qty", "vendor": "supplier", "pallet": "sscc", "best_before": "expiry", "eta": "due"},
}

// PurchaseOrder is what is to come of one supplier. Row is the first line that speaks of it.
type PurchaseOrder struct {
	Row        int                 `json:"row"`
	ExternalID string              `json:"external_id"`
	Supplier   string              `json:"supplier,omitempty"`
	Due        string              `json:"due,omitempty"`
	Lines      []PurchaseOrderLine `json:"lines"`
}

// PurchaseOrderLine is so many units of an item, loose or on an announced pallet.
type PurchaseOrderLine struct {
	SKU       string `json:"sku"`
	Qty       int64  `json:"qty"`
	CostCents int64  `json:"cost_cents,omitempty"`
	SSCC      string `json:"sscc,omitempty"`
	Lot       string `json:"lot,omitempty"`
	Expiry    string `json:"expiry,omitempty"`
}

// PurchaseOrders reads a CSV table of what is to come: a row for each item, or for each item on each pallet. A bad row keeps
// its whole purchase out.
func PurchaseOrders(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&purchaseOrderSheet) {
		return c.done()
	}
	all, at, bad, torn := []PurchaseOrder{}, map[string]int{}, map[string]bool{}, map[string]bool{}
	t.each(func(r *row) {
		r.ref = shorten(r.cell("purchase"))
		p := PurchaseOrder{Row: r.line, ExternalID: r.mustCode("purchase", r.cell("purchase"), ExternalLimit), Supplier: r.text("supplier", r.cell("supplier"), NameLimit), Due: r.day("due", r.cell("due"))}
		line := PurchaseOrderLine{SKU: r.mustCode("sku", r.cell("sku"), SKULimit), Qty: r.mustWhole("qty", r.cell("qty"), 1, QtyLimit),
			CostCents: r.money("cost", r.cell("cost"), r.o.DefaultCurrency), SSCC: r.code("sscc", r.cell("sscc"), SKULimit), Lot: r.code("lot", r.cell("lot"), SKULimit), Expiry: r.day("expiry", r.cell("expiry"))}
		key := p.Supplier + "\x00" + p.ExternalID
		i, known := at[key]
		if !known {
			i, at[key] = len(all), len(all)
			all = append(all, p)
		}
		bad[key] = bad[key] || r.wrong > 0
		all[i].Lines = append(all[i].Lines, line)
	}, func(r record) {
		number := ""
		if i := t.columns["purchase"]; r.flaw == "wrong_columns" && i < len(r.cells) {
			number = trim(r.cells[i])
		}
		torn[number] = true
		t.breach(r, number)
	})
	for _, p := range all {
		if !bad[p.Supplier+"\x00"+p.ExternalID] && !torn[p.ExternalID] {
			c.PurchaseOrders = append(c.PurchaseOrders, p)
		}
	}
	return c.done()
}

package intake

var returnSheet = sheet{
	kind:    "returns",
	columns: []string{"return", "order", "channel", "sku", "qty", "reason", "wanted"},
	must:    []string{"return", "sku", "qty"},
	alias: map[string]string{"rma": "return", "external_id": "return", "authorisation": "return", "order_id": "order", "order_number": "order",
		"quantity": "qty", "item": "sku", "why": "reason", "want": "wanted", "shop": "channel"},
}

// Return is what a customer was allowed to send back. Row is the first line that speaks of it. Order is the floor's own
// number, a tracking number, or, with a channel, the shop's number.
type Return struct {
	Row        int          `json:"row"`
	ExternalID string       `json:"external_id"`
	Order      string       `json:"order,omitempty"`
	Channel    string       `json:"channel,omitempty"`
	Note       string       `json:"note,omitempty"`
	Lines      []ReturnLine `json:"lines"`
}

// ReturnLine is so many units of an item, and why.
type ReturnLine struct {
	SKU    string `json:"sku"`
	Qty    int64  `json:"qty"`
	Reason string `json:"reason,omitempty"`
	Wanted string `json:"wanted,omitempty"`
}

// Returns reads a CSV table of return authorisations, a row for each item and reason. A bad row keeps its whole return out.
func Returns(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&returnSheet) {
		return c.done()
	}
	all, at, bad, torn := []Return{}, map[string]int{}, map[string]bool{}, map[string]bool{}
	t.each(func(r *row) {
		r.ref = shorten(r.cell("return"))
		x := Return{Row: r.line, ExternalID: r.mustCode("return", r.cell("return"), ExternalLimit), Order: r.code("order", r.cell("order"), ExternalLimit), Channel: r.code("channel", r.cell("channel"), SKULimit)}
		line := ReturnLine{SKU: r.mustCode("sku", r.cell("sku"), SKULimit), Qty: r.mustWhole("qty", r.cell("qty"), 1, QtyLimit),
			Reason: r.code("reason", r.cell("reason"), SKULimit), Wanted: r.code("wanted", r.cell("wanted"), SKULimit)}
		i, known := at[x.ExternalID]
		if !known {
			i, at[x.ExternalID] = len(all), len(all)
			all = append(all, x)
		}
		if known && (all[i].Order != x.Order || all[i].Channel != x.Channel) {
			r.bad("order", "conflict", "rows of one return name two orders")
		}
		bad[x.ExternalID] = bad[x.ExternalID] || r.wrong > 0
		all[i].Lines = append(all[i].Lines, line)
	}, func(r record) {
		number := ""
		if i := t.columns["return"]; r.flaw == "wrong_columns" && i < len(r.cells) {
			number = trim(r.cells[i])
		}
		torn[number] = true
		t.breach(r, number)
	})
	for _, x := range all {
		if !bad[x.ExternalID] && !torn[x.ExternalID] {
			c.Returns = append(c.Returns, x)
		}
	}
	return c.done()
}

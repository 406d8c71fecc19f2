package devices

import "floorline/floor"

type purchaseBody struct {
	ExternalID string             `json:"external_id"`
	Supplier   string             `json:"supplier"`
	Due        string             `json:"due"`
	Lines      []purchaseLineBody `json:"lines"`
	Pallets    []palletBody       `json:"pallets"`
}

type purchaseLineBody struct {
	SKU       string `json:"sku"`
	Qty       int64  `json:"qty"`
	CostCents int64  `json:"cost_cents"`
}

type palletBody struct {
	SSCC  string             `json:"sscc"`
	Lines []floor.PalletLine `json:"lines"`
}

func createPurchase(c *call) error {
	var b purchaseBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	n := floor.NewPurchase{External: b.ExternalID, Supplier: b.Supplier, Due: b.Due}
	for _, l := range b.Lines {
		n.Lines = append(n.Lines, floor.PurchaseLine{SKU: floor.SKU(l.SKU), Ordered: l.Qty, CostCents: l.CostCents})
	}
	for _, p := range b.Pallets {
		n.Pallets = append(n.Pallets, floor.InboundPallet{SSCC: p.SSCC, Lines: p.Lines})
	}
	return c.run(floor.CreatePurchase{Purchase: n}, 201)
}

func getPurchase(c *call) error {
	var v *floor.PurchaseView
	c.view(func(st *floor.State) { v = st.PurchaseView(floor.PurchaseID(c.Params("id"))) })
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_purchase", Say: "no purchase " + clip(c.Params("id"))})
	}
	return c.json(200, v)
}

func listPurchases(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.PurchaseID]*floor.Purchase { return st.Purchases },
		func(q query, id floor.PurchaseID, p *floor.Purchase) bool {
			return (q.status == "" || p.Status == q.status) && q.matches(string(id), p.External, p.Supplier)
		}, func(st *floor.State, p *floor.Purchase) any { return st.PurchaseView(p.ID) })
}

func endPurchase(c *call) error {
	return c.run(floor.EndPurchase{ID: floor.PurchaseID(c.Params("id"))}, 200)
}

package devices

import "floorline/floor"

type purchaseOrderBody struct {
	ExternalID string                  `json:"external_id"`
	Supplier   string                  `json:"supplier"`
	Due        string                  `json:"due"`
	Lines      []purchaseOrderLineBody `json:"lines"`
	Pallets    []inboundPalletBody     `json:"pallets"`
}

type purchaseOrderLineBody struct {
	SKU       string `json:"sku"`
	Qty       int64  `json:"qty"`
	CostCents int64  `json:"cost_cents"`
}

type inboundPalletBody struct {
	SSCC  string             `json:"sscc"`
	Lines []floor.PalletLine `json:"lines"`
}

func createPurchaseOrder(c *call) error {
	var b purchaseOrderBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	n := floor.NewPurchaseOrder{External: b.ExternalID, Supplier: b.Supplier, Due: b.Due}
	for _, l := range b.Lines {
		n.Lines = append(n.Lines, floor.PurchaseOrderLine{SKU: floor.SKU(l.SKU), Ordered: l.Qty, CostCents: l.CostCents})
	}
	for _, p := range b.Pallets {
		n.Pallets = append(n.Pallets, floor.InboundPallet{SSCC: p.SSCC, Lines: p.Lines})
	}
	return c.run(floor.CreatePurchaseOrder{PurchaseOrder: n}, 201)
}

func getPurchaseOrder(c *call) error {
	var v *floor.PurchaseOrderView
	c.view(func(st *floor.State) { v = st.PurchaseOrderView(floor.PurchaseOrderID(c.Params("id"))) })
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_purchase", Say: "no purchase " + clip(c.Params("id"))})
	}
	return c.json(200, v)
}

func listPurchaseOrders(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.PurchaseOrderID]*floor.PurchaseOrder { return st.PurchaseOrders },
		func(q query, id floor.PurchaseOrderID, p *floor.PurchaseOrder) bool {
			return (q.status == "" || p.Status == q.status) && q.matches(string(id), p.External, p.Supplier)
		}, func(st *floor.State, p *floor.PurchaseOrder) any { return st.PurchaseOrderView(p.ID) })
}

func endPurchaseOrder(c *call) error {
	return c.run(floor.EndPurchaseOrder{ID: floor.PurchaseOrderID(c.Params("id"))}, 200)
}

package devices

import (
	"time"

	"floorline/floor"
)

// purchases are what the demo waits for: a mixed delivery by the unit, among it what is kept by lot and by serial, and a truck
// with a pallet that was announced.
func (f *filler) purchases() {
	due := func(days int) string {
		return time.UnixMilli(int64(f.now)).UTC().AddDate(0, 0, days).Format(time.DateOnly)
	}
	at := func(name string) floor.SKU { // the first of the demo's goods by that name
		for i, sku := range f.skus {
			if demoGoods[i%len(demoGoods)].name == name {
				return sku
			}
		}
		return f.skus[0]
	}
	soap, lamp := at("Hand soap"), at("Desk lamp")
	f.do(floor.CreatePurchaseOrder{PurchaseOrder: floor.NewPurchaseOrder{External: "PO-2026-118", Supplier: "Nordhaven Wholesale", Due: due(1),
		Lines: []floor.PurchaseOrderLine{{SKU: f.skus[0], Ordered: 24, CostCents: 516}, {SKU: soap, Ordered: 36, CostCents: 240}, {SKU: lamp, Ordered: 2, CostCents: 2596}}}})
	pallet := floor.InboundPallet{SSCC: "39521234000004118", Lines: []floor.PalletLine{{SKU: soap, Qty: 48, Lot: "L2699", Expiry: "2029-03-31"}, {SKU: f.skus[1], Qty: 30}}}
	pallet.SSCC += string(checkDigit(pallet.SSCC))
	f.do(floor.CreatePurchaseOrder{PurchaseOrder: floor.NewPurchaseOrder{External: "PO-2026-121", Supplier: "Dune Ceramics", Due: due(3),
		Lines: []floor.PurchaseOrderLine{{SKU: soap, Ordered: 48, CostCents: 240}, {SKU: f.skus[1], Ordered: 30, CostCents: 480}}, Pallets: []floor.InboundPallet{pallet}}})
}

package floor

import "slices"

// Who delivered what: of a lot or a serial the supplier whose receipt it came in by; of what is not told apart the one
// supplier there ever was. Where several delivered such an item nobody can know, and nobody is blamed.

// source is the newest receipt that a lot or a serial came in by.
type source struct {
	receipt  ReceiptID
	supplier string
}

func sourceKey(k StockKey) StockKey { return StockKey{SKU: k.SKU, Lot: k.Lot, Serial: k.Serial} }

// came notes whose goods a receipt brought in.
func (x *index) came(id ReceiptID, supplier string, k StockKey) {
	if supplier == "" {
		return
	}
	if at := sourceKey(k); at.Lot+at.Serial != "" && x.sources[at].receipt <= id {
		x.sources[at] = source{id, supplier}
	}
	if list := x.delivered[k.SKU]; !slices.Contains(list, supplier) {
		x.delivered[k.SKU] = append(list, supplier)
	}
}

// setSources works out anew who delivered an item: something of it was taken back at the door, which is rare.
func (s *State) setSources(sku SKU) {
	for k := range s.index.sources {
		if k.SKU == sku {
			delete(s.index.sources, k)
		}
	}
	delete(s.index.delivered, sku)
	for _, r := range s.Receipts {
		s.cameBy(r, sku)
	}
}

// cameBy notes what a receipt brought in, of one item or ("") of all.
func (s *State) cameBy(r *Receipt, sku SKU) {
	p := s.PurchaseOrders[r.PurchaseOrder]
	if p == nil {
		return
	}
	for _, l := range r.Lines {
		if sku == "" || l.Key.SKU == sku {
			s.index.came(r.ID, p.Supplier, l.Key)
		}
	}
}

// supplierOf is who delivered a unit, or "" where that cannot be known.
func (s *State) supplierOf(k StockKey) string {
	if at := sourceKey(k); at.Lot+at.Serial != "" {
		return s.index.sources[at].supplier
	}
	if list := s.index.delivered[k.SKU]; len(list) == 1 {
		return list[0]
	}
	return ""
}

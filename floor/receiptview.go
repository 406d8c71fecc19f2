package floor

// ReceiptView is a delivery as the API shows it.
type ReceiptView struct {
	ID        ReceiptID            `json:"id"`
	Purchase  PurchaseOrderID      `json:"purchase,omitempty"` // none: nobody announced it
	External  string               `json:"external_id,omitempty"`
	Supplier  string               `json:"supplier,omitempty"`
	Bin       BinCode              `json:"bin,omitempty"`
	Status    string               `json:"status"`
	Worker    string               `json:"worker,omitempty"`
	Units     int64                `json:"units"`
	Lines     []ReceiptLineView    `json:"lines"`
	Pallets   []ReceivedPalletView `json:"pallets"`
	CreatedAt string               `json:"created_at"`
	ClosedAt  string               `json:"closed_at,omitempty"`
}

// ReceiptLineView is what came of one kind, and how many labels of ours it got.
type ReceiptLineView struct {
	SKU       SKU    `json:"sku"`
	Name      string `json:"name"`
	Lot       string `json:"lot,omitempty"`
	Expiry    string `json:"expiry,omitempty"`
	Serial    string `json:"serial,omitempty"`
	Condition string `json:"condition,omitempty"`
	Qty       int64  `json:"qty"`
	Labels    int64  `json:"labels,omitempty"`
}

// ReceivedPalletView is a pallet that came.
type ReceivedPalletView struct {
	SSCC  string            `json:"sscc"`
	Units int64             `json:"units"`
	Lines []ReceiptLineView `json:"lines"`
}

// ReceiptView shows a delivery; nil where there is none of that number.
func (s *State) ReceiptView(id ReceiptID) *ReceiptView {
	r := s.Receipts[id]
	if r == nil {
		return nil
	}
	v := &ReceiptView{ID: r.ID, Purchase: r.PurchaseOrder, Bin: r.Bin, Status: r.Status, Worker: s.holder(r.Lease), Units: unitsOn(r.Lines),
		Lines: s.receiptLines(r.Lines, r.Labelled), Pallets: []ReceivedPalletView{}, CreatedAt: r.Created.String(), ClosedAt: r.Closed.String()}
	if p := s.PurchaseOrders[r.PurchaseOrder]; p != nil {
		v.External, v.Supplier = p.External, p.Supplier
	}
	for _, p := range r.Pallets {
		v.Pallets = append(v.Pallets, ReceivedPalletView{p.SSCC, unitsOn(p.Lines), s.receiptLines(p.Lines, nil)})
	}
	return v
}

func (s *State) receiptLines(lines, labelled []ReceiptLine) []ReceiptLineView {
	out := []ReceiptLineView{}
	for _, l := range lines {
		k := l.Key
		out = append(out, ReceiptLineView{k.SKU, s.itemName(k.SKU), k.Lot, k.Expiry, k.Serial, k.Condition, l.Qty, qtyOf(labelled, k)})
	}
	return out
}

// FigureDockToStock is the tally of units put away (n) and the minutes that they had stood where they came in (sum).
const FigureDockToStock = "dock_to_stock"

// Standing is what stands where goods came in and is to be put away.
type Standing struct {
	Bin     BinCode `json:"bin"`
	Units   int64   `json:"units"`
	Kinds   int     `json:"kinds"`
	Since   string  `json:"since"` // the oldest of it
	Awaited int64   `json:"awaited"`
}

// StandingIn are the places where goods came in and still stand; Awaited are the units that an order or a pick bin waits for.
func (s *State) StandingIn() (out []Standing) {
	for _, b := range s.toPutAway() {
		st, since := Standing{Bin: b}, Time(0)
		for _, r := range s.rowsToPutAway(b) {
			st.Units, st.Kinds = st.Units+r.OnHand, st.Kinds+1
			if since == 0 || r.Since < since {
				since = r.Since
			}
			if r.Key.Condition == "" && s.firstFor(r.Key.SKU) != nil {
				st.Awaited += r.OnHand
			}
		}
		st.Since = since.String()
		out = append(out, st)
	}
	return out
}

package floor

// OrderView is an order as the API shows it.
type OrderView struct {
	ID           OrderID      `json:"id"`
	Channel      string       `json:"channel"`
	ExternalID   string       `json:"external_id"`
	Reference    string       `json:"reference,omitempty"`
	Status       string       `json:"status"`
	HoldReason   string       `json:"hold_reason,omitempty"`
	Service      string       `json:"service"`
	Carrier      string       `json:"carrier"`
	Priority     int          `json:"priority"`
	ShipBy       string       `json:"ship_by,omitempty"`
	Currency     string       `json:"currency"`
	CreatedAt    string       `json:"created_at"`
	Instructions string       `json:"instructions,omitempty"` // to the packer
	Ship         string       `json:"ship,omitempty"`         // complete or partial, where the order or its channel says
	Lacking      bool         `json:"lacking,omitempty"`      // it waits for stock
	Follows      OrderID      `json:"backorder_of,omitempty"` // it is what that order could not be sent with
	Wave         WaveID       `json:"wave,omitempty"`
	Country      string       `json:"country,omitempty"`
	ShipTo       *Person      `json:"ship_to,omitempty"`
	Totes        []ToteCode   `json:"totes"`
	Cartons      []CartonCode `json:"cartons,omitempty"` // advised for what is not yet in a closed parcel
	Lines        []LineView   `json:"lines"`
	Parcels      []ParcelView `json:"parcels"`
	Timeline     []StampView  `json:"timeline"`

	Customs   *OrderCustoms `json:"customs,omitempty"` // where the shop said so
	DeliverBy string        `json:"deliver_by,omitempty"`
	Policy    string        `json:"service_policy,omitempty"` // cheapest or fastest, where the service is chosen
	CostCents int64         `json:"shipping_cost_cents,omitempty"`
	CostIn    string        `json:"shipping_currency,omitempty"`
	TrackURL  string        `json:"tracking_url,omitempty"` // of the customer's page, for the desk
}

// LineView is an order line as the API shows it, in units.
type LineView struct {
	SKU        SKU    `json:"sku"`
	Name       string `json:"name,omitempty"`
	Ordered    int64  `json:"ordered"`
	Reserved   int64  `json:"reserved"`
	Picked     int64  `json:"picked"`
	Packed     int64  `json:"packed"`
	Shipped    int64  `json:"shipped"`
	Short      int64  `json:"short"`
	Cancelled  int64  `json:"cancelled"`
	PriceCents int64  `json:"price_cents"`
}

// StampView is one moment of an order as the API shows it.
type StampView struct {
	At     string   `json:"at"`
	What   string   `json:"what"`
	Worker WorkerID `json:"worker,omitempty"`
	About  string   `json:"about,omitempty"`
	Origin string   `json:"origin,omitempty"`
	By     WorkerID `json:"authorised_by,omitempty"`
	Town   string   `json:"town,omitempty"` // where a parcel was
}

// OrderView shows an order; the person only to those with the right.
func (s *State) OrderView(o *Order, person bool) *OrderView {
	v := &OrderView{ID: o.ID, Channel: o.Channel, ExternalID: o.ExternalID, Reference: o.Reference, Status: o.Status, HoldReason: o.HoldReason,
		Service: o.Service, Carrier: o.Carrier, Priority: o.Priority, ShipBy: o.ShipBy.String(), Currency: o.Currency,
		CreatedAt: o.Created.String(), Ship: s.shipOf(o), Instructions: o.Instructions, Lacking: o.Lacking, Follows: o.Follows, Wave: o.Wave, Country: o.Country, Totes: append([]ToteCode{}, o.Totes...),
		Lines: []LineView{}, Parcels: []ParcelView{}, Timeline: []StampView{}}
	if o.Customs != (OrderCustoms{}) {
		v.Customs = &o.Customs
	}
	v.Policy, v.DeliverBy = o.Policy, o.DeliverBy.String()
	v.CostCents, v.CostIn = s.shippingCost(o)
	if person && o.ShipTo != nil {
		v.ShipTo = o.ShipTo.Person
	}
	if oneOf(o.Status, []string{OrderReleased, OrderPicking, OrderPicked, OrderPacking}) {
		v.Cartons = o.Cartons
	}
	for _, l := range o.Lines {
		name := ""
		if it := s.Items[l.SKU]; it != nil {
			name = it.Name
		}
		v.Lines = append(v.Lines, LineView{l.SKU, name, l.Ordered, l.Reserved, l.Picked, l.Packed, l.Shipped, l.Short, l.Cancelled, l.PriceCents})
	}
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && p.Status != ParcelInner { // the outer one lists what is in it
			v.Parcels = append(v.Parcels, p.View())
		}
	}
	for _, st := range o.Timeline {
		v.Timeline = append(v.Timeline, StampView{At: st.At.String(), What: st.What, Worker: st.Worker, About: st.About, Origin: st.Origin, By: st.By})
	}
	return v
}

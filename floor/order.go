package floor

// Order is what a shop wants sent to one person.
type Order struct {
	ID         OrderID     `cbor:"1,keyasint"`
	Channel    string      `cbor:"2,keyasint"`
	ExternalID string      `cbor:"3,keyasint"`
	Hash       [16]byte    `cbor:"4,keyasint"` // of what the shop sent, to see a changed order
	Status     string      `cbor:"5,keyasint"`
	HoldReason string      `cbor:"6,keyasint,omitempty"`
	ShipTo     *Private    `cbor:"7,keyasint"`
	Service    string      `cbor:"8,keyasint,omitempty"`
	Carrier    string      `cbor:"9,keyasint,omitempty"`
	ShipBy     Time        `cbor:"10,keyasint,omitempty"`
	Priority   int         `cbor:"11,keyasint,omitempty"`
	Currency   string      `cbor:"12,keyasint,omitempty"`
	Lines      []OrderLine `cbor:"13,keyasint"`
	Wave       WaveID      `cbor:"14,keyasint,omitempty"`
	Totes      []ToteCode  `cbor:"15,keyasint,omitempty"`
	Parcels    []ParcelID  `cbor:"16,keyasint,omitempty"`
	Created    Time        `cbor:"17,keyasint"`
	Timeline   []Stamp     `cbor:"18,keyasint,omitempty"`
	Ended      Time        `cbor:"19,keyasint,omitempty"`
	Country    string      `cbor:"20,keyasint,omitempty"`
	Reference  string      `cbor:"21,keyasint,omitempty"` // what the shop shows people, such as #1001

	Ship    string   `cbor:"31,keyasint,omitempty"`  // complete or partial; "" as its channel says, else as the wave does
	Kept    []Kept   `cbor:"32,keyasint,omitempty"`  // set aside for it before its release
	Lacking bool     `cbor:"33,keyasint,omitempty"`  // a release found too little for it
	Unheard []byte   `cbor:"35,keyasint,omitempty"`  // of what the shop wants since, which came too late
	Follows OrderID  `cbor:"34,keyasint,omitempty"`  // it is what that order could not be sent with
	Back    ReturnID `cbor:"241,keyasint,omitempty"` // its goods go back to who sent them: what that return kept apart, and nothing else
	Link    string   `cbor:"240,keyasint,omitempty"` // the digest of the link by which its customer announces a return
	Asked   bool     `cbor:"190,keyasint,omitempty"` // its lines count as demand; not in journals from before demand was kept

	Customs      OrderCustoms `cbor:"180,keyasint,omitempty"` // as the shop sent it
	Instructions string       `cbor:"120,keyasint,omitempty"` // from the shop, to the packer
	Policy       string       `cbor:"150,keyasint,omitempty"` // how its service is chosen; "" is named
	DeliverBy    Time         `cbor:"151,keyasint,omitempty"`
	Planned      string       `cbor:"152,keyasint,omitempty"` // why its service was planned

	Cartons []CartonCode `cbor:"30,keyasint,omitempty"` // advised for the goods not yet in a closed parcel
}

// Privates gives the order's personal data, for sealing.
func (o *Order) Privates() []*Private { return []*Private{o.ShipTo} }

// OrderLine is one item of an order. All counts are units.
type OrderLine struct {
	SKU        SKU   `cbor:"1,keyasint"`
	Ordered    int64 `cbor:"2,keyasint"`
	PriceCents int64 `cbor:"3,keyasint,omitempty"`
	Reserved   int64 `cbor:"4,keyasint,omitempty"`
	Picked     int64 `cbor:"5,keyasint,omitempty"`
	Packed     int64 `cbor:"6,keyasint,omitempty"`
	Shipped    int64 `cbor:"7,keyasint,omitempty"`
	Short      int64 `cbor:"8,keyasint,omitempty"`
	Cancelled  int64 `cbor:"9,keyasint,omitempty"`
	Unknown    bool  `cbor:"10,keyasint,omitempty"` // the item does not exist yet
	Weighed    int64 `cbor:"11,keyasint,omitempty"` // units picked whose code said what they weigh
	WeighedG   int64 `cbor:"12,keyasint,omitempty"` // and what that was in all
}

// Stamp is one moment of an order's life.
type Stamp struct {
	At     Time     `cbor:"1,keyasint"`
	What   string   `cbor:"2,keyasint"`
	Worker WorkerID `cbor:"3,keyasint,omitempty"`
	About  string   `cbor:"4,keyasint,omitempty"`
	Origin string   `cbor:"5,keyasint,omitempty"`   // camera, typed or tapped, where a scan led to it
	By     WorkerID `cbor:"6,keyasint,omitempty"`   // the lead who allowed it with a PIN
	Town   string   `cbor:"150,keyasint,omitempty"` // where a parcel was
}

// TimelineLimit is how many moments an order keeps in memory; the journal keeps all.
const TimelineLimit = 64

// The status words of an order.
const (
	OrderReceived   = "received"
	OrderHeld       = "held"
	OrderReleased   = "released"
	OrderPicking    = "picking"
	OrderPicked     = "picked"
	OrderPacking    = "packing"
	OrderPacked     = "packed"
	OrderDispatched = "dispatched"
	OrderDelivered  = "delivered"
	OrderCancelled  = "cancelled"
)

// Why an order is held.
const (
	HoldUnknownItem = "unknown_item"
	HoldShort       = "short"
	HoldByHand      = "by_hand"
)

var orderLife = life{"order", []move{
	{OrderReceived, "hold", OrderHeld},
	{OrderHeld, "unhold", OrderReceived},
	{OrderReceived, "release", OrderReleased},
	{OrderReleased, "unrelease", OrderHeld},
	{OrderReleased, "take", OrderReceived},
	{OrderPicking, "unrelease", OrderHeld},
	{OrderPicked, "unrelease", OrderHeld},
	{OrderPacking, "unrelease", OrderHeld},
	{OrderReleased, "pick", OrderPicking},
	{OrderPicking, "stage", OrderPicked},
	{OrderReleased, "stage", OrderPicked},
	{OrderHeld, "stage", OrderPicked}, // sent with what there is
	{OrderReceived, "stage", OrderPicked},
	{OrderPicked, "pack", OrderPacking},
	{OrderPacking, "unpack", OrderPicked},
	{OrderPacking, "close", OrderPacked},
	{OrderPacked, "depart", OrderDispatched},
	{OrderDispatched, "recall", OrderPacked},
	{OrderPacked, "hold", OrderHeld},
	{OrderHeld, "free", OrderPacked},
	{OrderDispatched, "deliver", OrderDelivered},
	{OrderReceived, "cancel", OrderCancelled},
	{OrderHeld, "cancel", OrderCancelled},
	{OrderReleased, "cancel", OrderCancelled},
	{OrderPicking, "cancel", OrderCancelled},
	{OrderPicked, "cancel", OrderCancelled},
	{OrderPacking, "cancel", OrderCancelled},
	{OrderPacked, "cancel", OrderCancelled},
}}

// NewOrder is what a shop sends.
type NewOrder struct {
	Row        int
	Channel    string
	ExternalID string
	ShipTo     Person
	Service    string
	ShipBy     Time
	Priority   int
	Currency   string
	Hold       string // held from the start, for this reason
	Reference  string
	Hash       [16]byte
	Lines      []NewLine
	Ship       string   `json:",omitempty"`
	Follows    OrderID  `json:",omitempty"`
	Back       ReturnID `json:",omitempty"`

	Customs      OrderCustoms `json:",omitzero"`
	Instructions string       `json:",omitempty"` // to the packer
	DeliverBy    Time         `json:",omitempty"`
}

// NewLine is one wanted item.
type NewLine struct {
	SKU        SKU
	Qty        int64
	PriceCents int64
}

// CreateOrder takes one order. The same channel and shop's number again gives the same order.
type CreateOrder struct{ Order NewOrder }

func (v CreateOrder) do(t *turn) (any, *Error) {
	if id, ok := t.index.external[externalKey(v.Order.Channel, v.Order.ExternalID)]; ok {
		t.existing = true
		return t.OrderView(t.Orders[id], false), nil
	}
	var f faults
	checkOrder(&f, &v.Order)
	for i, l := range v.Order.Lines {
		if t.Items[l.SKU] == nil {
			f.add(pointerTo("/lines", i, "sku"), "unknown_item", "no item "+string(l.SKU)+"; create it first")
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	id := t.createOrder(&v.Order)
	return t.OrderView(t.Orders[id], false), nil
}

func (t *turn) createOrder(n *NewOrder) OrderID {
	o := Order{ID: OrderID(t.following("order", "O-%06d", 0)), Channel: n.Channel, ExternalID: n.ExternalID,
		Hash: n.Hash, Service: n.Service, ShipBy: n.ShipBy, Priority: n.Priority, Currency: n.Currency,
		Country: n.ShipTo.Country, Reference: n.Reference, Ship: n.Ship, Follows: n.Follows, Back: n.Back, Asked: true, Instructions: n.Instructions, Customs: n.Customs}
	o.fill(t.State, n)
	to := n.ShipTo
	o.ShipTo = &Private{Owner: string(o.ID), Person: &to}
	t.emit(&OrderCreated{o})
	t.planService(t.Orders[o.ID])
	t.seenTo("shop_order", untaken(n.Channel, n.ExternalID), "the order came in")
	return o.ID
}

// fill takes over what the shop wants: the lines, and whether the order must wait.
func (o *Order) fill(s *State, n *NewOrder) {
	o.Policy, o.Service = s.policyOf(o.Service, o.Channel)
	o.DeliverBy = n.DeliverBy
	defaultText(&o.Service, "standard")
	defaultText(&o.Currency, s.Site.Currency)
	o.Carrier = s.carrierOf(o.Service)
	o.Status, o.HoldReason, o.Lines = OrderReceived, notOurs(n.Hold), nil
	for _, l := range n.Lines {
		missing := s.Items[l.SKU] == nil
		if missing && n.Hold == "" { // a shop's own reason to wait stands, and a person must lift it
			o.HoldReason = HoldUnknownItem
		}
		o.Lines = append(o.Lines, OrderLine{SKU: l.SKU, Ordered: l.Qty, PriceCents: l.PriceCents, Unknown: missing})
	}
	if o.HoldReason != "" {
		o.Status = OrderHeld
	}
}

func checkOrder(f *faults, o *NewOrder) {
	checkText(f, "/channel", o.Channel, 1, CodeLimit)
	checkText(f, "/external_id", o.ExternalID, 1, ExternalLimit)
	checkText(f, "/service", o.Service, 0, CodeLimit)
	checkText(f, "/reference", o.Reference, 0, NameLimit)
	checkNote(f, "/note", o.ShipTo.Note)
	checkNote(f, "/instructions", o.Instructions)
	checkAddress(f, "/ship_to", &o.ShipTo)
	if o.Currency != "" && !isCurrency(o.Currency) {
		f.add("/currency", "bad_currency", "a currency is three capital letters such as EUR")
	}
	checkShip(f, o.Ship)
	checkOrderCustoms(f, o.Customs)
	checkRange(f, "/priority", int64(o.Priority), -100, 100)
	if len(o.Lines) == 0 {
		f.add("/lines", "required", "an order has at least one line")
	}
	if len(o.Lines) > LineLimit {
		f.add("/lines", "too_many", "an order has at most 2000 lines; split it")
	}
	for i, l := range o.Lines {
		checkText(f, pointerTo("/lines", i, "sku"), string(l.SKU), 1, CodeLimit)
		checkRange(f, pointerTo("/lines", i, "qty"), l.Qty, 1, QtyLimit)
		checkRange(f, pointerTo("/lines", i, "price_cents"), l.PriceCents, 0, MoneyLimit)
	}
}

// OrderCreated says an order came in.
type OrderCreated struct {
	Order Order `cbor:"1,keyasint"`
}

var _ = kind(KindOrderCreated, "order_created", "orders", func() Body { return new(OrderCreated) })

func (*OrderCreated) Kind() Kind             { return KindOrderCreated }
func (b *OrderCreated) Privates() []*Private { return b.Order.Privates() }
func (b *OrderCreated) About() []string      { return []string{"order/" + string(b.Order.ID)} }

func (b *OrderCreated) apply(s *State, e *Event) {
	s.number("order")
	o := b.Order
	o.Lines = append([]OrderLine(nil), b.Order.Lines...)
	o.Created = e.At
	o.stamp(e, o.Status, o.HoldReason)
	s.Orders[o.ID] = &o
	s.index.addOrder(&o)
	s.wants(&o, 1)
	s.touch(TableOrder, string(o.ID))
}

func (o *Order) stamp(e *Event, what, about string) {
	if len(o.Timeline) < TimelineLimit {
		o.Timeline = append(o.Timeline, Stamp{At: e.At, What: what, Worker: e.Worker, About: about, Origin: e.Origin, By: e.AuthorisedBy})
	}
}

func (s *State) order(id OrderID) (*Order, *Error) {
	if o := s.Orders[id]; o != nil {
		return o, nil
	}
	return nil, refuse(NotFound, "no_order", "no order "+string(id))
}

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
	Back         ReturnID     `json:"goes_back,omitempty"`    // it sends back what that return kept apart
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
		CreatedAt: o.Created.String(), Ship: s.shipOf(o), Instructions: o.Instructions, Lacking: o.Lacking, Follows: o.Follows, Back: o.Back, Wave: o.Wave, Country: o.Country, Totes: append([]ToteCode{}, o.Totes...),
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

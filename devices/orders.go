package devices

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"time"

	"floorline/floor"
)

type orderBody struct {
	Channel    string          `json:"channel"`
	ExternalID string          `json:"external_id"`
	ShipTo     floor.Person    `json:"ship_to"`
	Service    string          `json:"service"`
	ShipBy     string          `json:"ship_by"`
	DeliverBy  string          `json:"deliver_by"`
	Priority   int             `json:"priority"`
	Currency   string          `json:"currency"`
	Lines      []orderLineBody `json:"lines"`
	Ship       string          `json:"ship"`

	Customs      floor.OrderCustoms `json:"customs"`
	Instructions string             `json:"instructions"` // to the packer
}

type orderLineBody struct {
	SKU        string `json:"sku"`
	Qty        int64  `json:"qty"`
	PriceCents int64  `json:"price_cents"`
}

func createOrder(c *call) error {
	var b orderBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	by, err := instant("/ship_by", b.ShipBy)
	if err != nil {
		return c.problem(err)
	}
	deliver, err := instant("/deliver_by", b.DeliverBy)
	if err != nil {
		return c.problem(err)
	}
	n := floor.NewOrder{DeliverBy: deliver, Channel: b.Channel, ExternalID: b.ExternalID, ShipTo: b.ShipTo, Service: b.Service, ShipBy: by,
		Priority: b.Priority, Currency: b.Currency, Ship: b.Ship, Customs: b.Customs, Instructions: b.Instructions}
	for _, l := range b.Lines {
		n.Lines = append(n.Lines, floor.NewLine{SKU: floor.SKU(l.SKU), Qty: l.Qty, PriceCents: l.PriceCents})
	}
	n.Hash = orderHash(&n)
	return c.run(floor.CreateOrder{Order: n}, 201)
}

// orderHash is over what the shop wants, to see whether it changed its mind.
func orderHash(n *floor.NewOrder) (out [16]byte) {
	same := *n
	same.Row, same.Hash = 0, [16]byte{}
	b, _ := json.Marshal(same)
	sum := sha256.Sum256(b)
	copy(out[:], sum[:])
	return out
}

// instant reads an RFC 3339 time; without a zone it is refused, because nobody knows when that is.
func instant(pointer, s string) (floor.Time, *floor.Error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9000 {
		return 0, &floor.Error{Kind: floor.Invalid, Code: "bad_time", Say: "not accepted", About: []floor.Fault{{
			Pointer: pointer, Code: "bad_time", Detail: "write a time like 2026-02-28T16:00:00Z, with its zone"}}}
	}
	return floor.Time(t.UnixMilli()), nil
}

// orderRow is an order as lists show it.
type orderRow struct {
	ID         floor.OrderID `json:"id"`
	Channel    string        `json:"channel"`
	ExternalID string        `json:"external_id"`
	Status     string        `json:"status"`
	HoldReason string        `json:"hold_reason"`
	Priority   int           `json:"priority"`
	ShipBy     string        `json:"ship_by"`
	Service    string        `json:"service"`
	Carrier    string        `json:"carrier"`
	Units      int64         `json:"units"`
	Lines      int           `json:"lines"`
	CreatedAt  string        `json:"created_at"`
	Wave       floor.WaveID  `json:"wave"`
}

func orderLine(_ *floor.State, o *floor.Order) orderRow {
	var units int64
	for _, l := range o.Lines {
		units += l.Ordered
	}
	return orderRow{o.ID, o.Channel, o.ExternalID, o.Status, o.HoldReason, o.Priority, o.ShipBy.String(), o.Service, o.Carrier,
		units, len(o.Lines), o.Created.String(), o.Wave}
}

// listOrders lists what is in memory; ?channel=&external_id= finds the one order of a shop's number.
func listOrders(c *call) error {
	channel, external := c.Query("channel"), c.Query("external_id")
	return listOf(c, func(st *floor.State) map[floor.OrderID]*floor.Order { return st.Orders },
		func(q query, id floor.OrderID, o *floor.Order) bool {
			return (q.status == "" || o.Status == q.status) && (channel == "" || o.Channel == channel) &&
				(external == "" || o.ExternalID == external) && q.matches(string(id), o.ExternalID, o.Channel, o.Reference)
		}, func(st *floor.State, o *floor.Order) any { return orderLine(st, o) })
}

func getOrder(c *call) error {
	person := c.who.roles.Has(desk | floor.RolePacker | floor.RoleInspector)
	var v *floor.OrderView
	found, err := c.order(func(st *floor.State, o *floor.Order, parcels []*floor.Parcel) {
		v = st.OrderView(o, person)
		if len(v.Parcels) == 0 { // an archived order's parcels are not in the state
			for _, p := range parcels {
				v.Parcels = append(v.Parcels, p.View())
			}
		}
		if token := st.OrderLink(o.ID); token != "" && c.who.roles.Has(desk) {
			v.TrackURL = cmp.Or(st.Site.PublicURL, c.reach()) + "/t/" + token
		}
	})
	if err != nil {
		return err
	}
	if !found {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_order", Say: "no order " + clip(c.Params("id"))})
	}
	return c.json(200, v)
}

type reasonBody struct {
	Reason string `json:"reason"`
}

// reason reads the optional {reason} of cancel and hold.
func (c *call) reason() (string, *floor.Error) {
	var b reasonBody
	if len(c.Body()) == 0 {
		return "", nil
	}
	err := c.decode(&b)
	return b.Reason, err
}

func cancelOrder(c *call) error {
	why, err := c.reason()
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.CancelOrder{ID: floor.OrderID(c.Params("id")), Reason: why}, 200)
}

func holdOrder(c *call) error {
	why, err := c.reason()
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.HoldOrder{ID: floor.OrderID(c.Params("id")), Reason: why}, 200)
}

func unholdOrder(c *call) error {
	return c.run(floor.UnholdOrder{ID: floor.OrderID(c.Params("id"))}, 200)
}

func sendPart(c *call) error {
	return c.run(floor.SendPart{ID: floor.OrderID(c.Params("id"))}, 200)
}

type putBackBody struct {
	Bin string `json:"bin"`
}

func putBack(c *call) error {
	var b putBackBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.PutBack{Order: floor.OrderID(c.Params("id")), Bin: floor.BinCode(b.Bin)}, 200)
}

package intake

import (
	"fmt"
	"strings"
)

// shopify reads orders as Shopify's Admin REST API and its webhooks give them: {"order":{}},
// {"orders":[]}, a bare order or a bare array. Source: shopify.dev, Order resource.
func (c *clerk) shopify(data []byte) {
	s := c.baskets()
	for _, b := range c.documents(data, "order", "orders") {
		s.shopifyOrder(b)
	}
	s.finish()
}

func (s *baskets) shopifyOrder(b branch) {
	id := b.mustCodeText("id", b.raw("id"), ExternalLimit)
	b.ref = id
	if id == "" {
		return
	}
	channel := s.channel("shopify")
	switch {
	case b.has("cancelled_at"):
		reason := either(b.str("cancel_reason", NameLimit), "cancelled")
		if b.wrong == 0 {
			s.Cancels = append(s.Cancels, Cancel{b.line, channel, id, reason})
			b.say("cancelled_at", "cancelled", "cancelled in the shop: "+reason)
		}
		return
	case b.raw("fulfillment_status") == "fulfilled", b.raw("fulfillment_status") == "restocked":
		b.say("fulfillment_status", "already_"+b.raw("fulfillment_status"), "nothing of it is left to send, so it makes no order")
		return
	}
	k, fresh := s.only(b, channel, id)
	if !fresh {
		return
	}
	k.empty = "no_goods"
	s.shopifyHead(b, k)
	s.shopifyLines(b, k)
	k.bad = k.bad || b.wrong > 0
}

// only makes the basket of an order that a file of documents may hold once. Held twice, which of the two
// is the true one cannot be known from the file, so both stay out.
func (s *baskets) only(b branch, channel, id string) (*basket, bool) {
	before := len(s.list)
	k := s.of(b.line, channel, id, channel)
	if len(s.list) > before {
		return k, true
	}
	k.bad = true
	b.bad("id", "duplicate_order", fmt.Sprintf("order %s is number %d of this file too; both stay out", id, k.order.Row))
	return k, false
}

func (s *baskets) shopifyHead(b branch, k *basket) {
	o := &k.order
	o.Reference = b.str("name", ExternalLimit)
	o.Placed = b.moment("created_at", b.raw("created_at"), false)
	o.Currency = b.currency("currency", b.raw("currency"))
	o.Note = b.long("note")
	ship := b.first("shipping_lines")
	o.Service = b.text(ship.field("code"), either(ship.raw("code"), ship.raw("title")), SKULimit)
	to := b.sub("shipping_address")
	o.ShipTo = to.shopifyAddress()
	o.ShipTo.Email = either(b.str("email", NameLimit), b.str("contact_email", NameLimit))
	if o.ShipTo.Phone == "" {
		o.ShipTo.Phone = b.phone("phone", b.raw("phone"))
	}
	if len(to.m) == 0 {
		o.Hold = "no_address"
		b.say("shipping_address", "no_address", "the order has no address to ship to (a pick-up?); it waits")
	}
	s.shopifyHold(b, o)
}

// shopifyHold keeps an order back that nobody has paid for or that nobody means. Pending and authorized
// orders go in: many shops take the money when the goods leave.
func (s *baskets) shopifyHold(b branch, o *Order) {
	switch status := b.str("financial_status", SKULimit); status {
	case "", "pending", "authorized", "paid", "partially_paid", "partially_refunded":
	case "voided", "refunded", "expired":
		o.Hold = "payment_" + status
		b.say("financial_status", o.Hold, "the payment is "+status+"; the order waits")
	default:
		o.Hold = "payment_unclear"
		b.say("financial_status", o.Hold, "the payment is "+status+", which is not known here; the order waits")
	}
	if b.flag("test") {
		o.Hold = "test_order"
		b.say("test", "test_order", "the shop marks it as a test; it waits and is not sent by itself")
	}
}

func (b branch) shopifyAddress() Address {
	name := either(b.raw("name"), strings.TrimSpace(b.raw("first_name")+" "+b.raw("last_name")))
	a := Address{
		Name:     b.text(b.field("name"), name, NameLimit),
		Company:  b.str("company", NameLimit),
		City:     b.str("city", NameLimit),
		Region:   either(b.str("province_code", NameLimit), b.str("province", NameLimit)),
		Postcode: b.str("zip", PostcodeLimit),
		Country:  b.country(b.field("country_code"), either(b.raw("country_code"), b.raw("country"))),
		Phone:    b.phone(b.field("phone"), b.raw("phone")),
	}
	a.addLine(b.str("address1", AddressLimit))
	a.addLine(b.str("address2", AddressLimit))
	return a
}

func (s *baskets) shopifyLines(b branch, k *basket) {
	back := shopifyRefunded(b)
	partly := b.raw("fulfillment_status") == "partial"
	for _, l := range b.each("line_items") {
		name := either(l.long("name"), l.long("title")) // name tells the variant too
		qty := shopifyQty(l, back, partly)
		switch {
		case l.flag("gift_card"):
			l.say(l.field("gift_card"), "gift_card", shorten(name)+" is a gift card; left out")
		case l.has("requires_shipping") && !l.flag("requires_shipping"):
			l.say(l.field("requires_shipping"), "no_shipping", shorten(name)+" needs no shipping; left out")
		case qty == 0 && l.wrong == 0:
			l.say(l.field("quantity"), "nothing_left", shorten(name)+" was removed or has been sent; left out")
		case l.raw("sku") == "":
			l.bad(l.field("sku"), "no_sku", fmt.Sprintf("%q has no SKU; give it one in the shop", shorten(name)))
		default:
			sku := l.code(l.field("sku"), l.raw("sku"), SKULimit)
			k.add(*l.taker, Line{SKU: sku, Qty: qty, Name: clip(name, NameLimit)}, l.raw("price"))
			k.order.wish(sku, l)
		}
	}
}

// shopifyQty is what is still to be sent of a line: current_quantity knows what was removed; where the shop
// is too old to give it, the refunds do. Of a partly sent order only fulfillable_quantity is left.
func shopifyQty(l branch, back map[string]int64, partly bool) int64 {
	switch {
	case partly && l.raw("fulfillment_status") == "fulfilled":
		return 0
	case partly && l.has("fulfillable_quantity"):
		return l.count("fulfillable_quantity", 0, QtyLimit)
	case l.has("current_quantity"):
		return l.count("current_quantity", 0, QtyLimit)
	}
	return max(0, l.mustWhole(l.field("quantity"), l.raw("quantity"), 0, QtyLimit)-back[l.raw("id")])
}

func shopifyRefunded(b branch) map[string]int64 {
	back := map[string]int64{}
	for _, refund := range b.each("refunds") {
		for _, l := range refund.each("refund_line_items") {
			back[l.raw("line_item_id")] += l.count("quantity", 0, QtyLimit)
		}
	}
	return back
}

// wish adds what the customer asked for on a line (an engraving, say) to the order's note, where the packer
// reads it. Names that begin with an underscore are the shop's own.
func (o *Order) wish(sku string, l branch) {
	for _, p := range l.each("properties") {
		name, value := p.long("name"), p.long("value")
		if value != "" && !strings.HasPrefix(name, "_") {
			o.Note = clip(strings.TrimSpace(strings.TrimPrefix(o.Note+"; "+sku+": "+name+" = "+value, "; ")), NoteLimit)
		}
	}
}

// clip keeps at most so many characters.
func clip(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i]
		}
	}
	return s
}

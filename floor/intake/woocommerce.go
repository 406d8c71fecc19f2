package intake

import (
	"fmt"
	"strings"
)

// woocommerce reads orders as WooCommerce's REST API (v3) and webhooks give them: a bare order, a bare
// array, or either under order or orders.
func (c *clerk) woocommerce(data []byte) {
	s := c.baskets()
	for _, b := range c.documents(data, "order", "orders") {
		s.wooOrder(b)
	}
	s.finish()
}

// wooHolds says which statuses wait, and why. Processing is WooCommerce's word for paid and to be sent.
var wooHolds = map[string]string{"processing": "", "pending": "not_paid", "on-hold": "on_hold"}

func (s *baskets) wooOrder(b branch) {
	id := b.mustCodeText("id", b.raw("id"), ExternalLimit)
	b.ref = id
	if id == "" {
		return
	}
	channel, status := s.channel("woocommerce"), b.str("status", SKULimit)
	switch status {
	case "cancelled", "refunded", "failed", "trash":
		s.Cancels = append(s.Cancels, Cancel{b.line, channel, id, status})
		b.say("status", "cancelled", "the order is "+status+" in the shop")
		return
	case "completed":
		b.say("status", "already_completed", "the shop has sent it, so it makes no order")
		return
	case "checkout-draft", "auto-draft":
		b.say("status", "draft", "the customer has not ordered yet")
		return
	}
	hold, known := wooHolds[status]
	if !known {
		hold = "status_unclear"
	}
	k, fresh := s.only(b, channel, id)
	if !fresh {
		return
	}
	k.empty = "no_goods"
	if k.order.Hold = hold; hold != "" {
		b.say("status", hold, fmt.Sprintf("the order is %q in the shop; it waits", status))
	}
	s.wooHead(b, &k.order)
	s.wooLines(b, k)
	k.bad = k.bad || b.wrong > 0
}

func (s *baskets) wooHead(b branch, o *Order) {
	o.Reference = b.str("number", ExternalLimit)
	o.Currency = b.currency("currency", b.raw("currency"))
	o.Note = b.long("customer_note")
	if at := b.raw("date_created_gmt"); at != "" && !strings.HasSuffix(at, "Z") {
		o.Placed = b.moment("date_created_gmt", at+"Z", false)
	} else {
		o.Placed = b.moment("date_created", either(at, b.raw("date_created")), false)
	}
	ship := b.first("shipping_lines")
	o.Service = ship.text(ship.field("method_id"), either(ship.raw("method_id"), ship.raw("method_title")), SKULimit)
	to, bill := b.sub("shipping"), b.sub("billing")
	o.ShipTo = Address{
		Name:     to.text(to.field("first_name"), to.raw("first_name")+" "+to.raw("last_name"), NameLimit),
		Company:  to.str("company", NameLimit),
		City:     to.str("city", NameLimit),
		Region:   to.str("state", NameLimit),
		Postcode: to.str("postcode", PostcodeLimit),
		Country:  to.country(to.field("country"), to.raw("country")),
		Phone:    to.phone(to.field("phone"), either(to.raw("phone"), bill.raw("phone"))),
		Email:    bill.str("email", NameLimit),
	}
	o.ShipTo.addLine(to.str("address_1", AddressLimit))
	o.ShipTo.addLine(to.str("address_2", AddressLimit))
	if len(o.ShipTo.Lines) == 0 && o.Hold == "" {
		o.Hold = "no_address"
		b.say("shipping", "no_address", "the order has no address to ship to (a pick-up?); it waits")
	}
}

// wooLines takes the lines. WooCommerce's price of a unit is a float it worked out itself, so the line's
// subtotal (text, before discounts) is shared out instead.
func (s *baskets) wooLines(b branch, k *basket) {
	for _, l := range b.each("line_items") {
		name := l.long("name")
		qty := l.mustWhole(l.field("quantity"), l.raw("quantity"), 0, QtyLimit)
		switch {
		case qty == 0 && l.wrong == 0:
			l.say(l.field("quantity"), "nothing_left", shorten(name)+" was removed; left out")
		case l.raw("sku") == "":
			l.bad(l.field("sku"), "no_sku", fmt.Sprintf("%q has no SKU; give it one in the shop", shorten(name)))
		default:
			sku := l.code(l.field("sku"), l.raw("sku"), SKULimit)
			k.addTotal(*l.taker, Line{SKU: sku, Qty: qty, Name: clip(name, NameLimit)}, either(l.raw("subtotal"), l.raw("total")), qty)
		}
	}
}

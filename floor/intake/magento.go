package intake

import "fmt"

// magento reads orders as the REST API of Magento 2 (Adobe Commerce) gives them: a bare order, a bare array,
// or the items of a search.
func (c *clerk) magento(data []byte) {
	s := c.baskets()
	for _, b := range c.magentoDocuments(data) {
		s.magentoOrder(b)
	}
	s.finish()
}

// magentoDocuments minds that an order has items too: only a search's answer has them without a number.
func (c *clerk) magentoDocuments(data []byte) []branch {
	var out []branch
	for _, b := range c.documents(data) {
		if b.has("increment_id") || !b.has("items") {
			out = append(out, b)
			continue
		}
		list, ok := b.m["items"].([]any)
		if !ok || len(list) > c.maxRows() {
			b.bad("items", "too_many_rows", fmt.Sprintf("items is no list, or has more than %d orders", c.maxRows()))
			continue
		}
		if len(list) == 0 {
			b.say("items", "no_rows", "the search found no order")
		}
		for i, v := range list {
			m, ok := v.(map[string]any)
			if !ok {
				c.fault(i+1, "", "bad_value", "", "an order is a JSON object")
				continue
			}
			out = append(out, branch{&taker{clerk: c, line: i + 1}, "", m})
		}
	}
	return out
}

var magentoHolds = map[string]string{"new": "", "processing": "", "pending_payment": "not_paid", "payment_review": "payment_review", "holded": "on_hold"}

func (s *baskets) magentoOrder(b branch) {
	id := b.mustCodeText("increment_id", b.raw("increment_id"), ExternalLimit)
	b.ref = id
	if id == "" {
		return
	}
	channel, state := s.channel("magento"), b.str("state", SKULimit)
	switch state {
	case "canceled":
		s.Cancels = append(s.Cancels, Cancel{b.line, channel, id, "canceled"})
		b.say("state", "cancelled", "cancelled in the shop")
		return
	case "complete", "closed":
		b.say("state", "already_"+state, "nothing of it is left to send, so it makes no order")
		return
	}
	hold, known := magentoHolds[state]
	if !known {
		hold = "status_unclear"
	}
	k, fresh := s.only(b, channel, id)
	if !fresh {
		return
	}
	k.empty = "no_goods"
	if k.order.Hold = hold; hold != "" {
		b.say("state", hold, fmt.Sprintf("the order is %q in the shop; it waits", state))
	}
	s.magentoHead(b, &k.order)
	s.magentoLines(b, k)
	k.bad = k.bad || b.wrong > 0
}

// magentoHead reads the order. Magento stores its times in UTC and writes them without saying so.
func (s *baskets) magentoHead(b branch, o *Order) {
	o.Currency = b.currency("order_currency_code", b.raw("order_currency_code"))
	if at := b.raw("created_at"); at != "" {
		o.Placed = b.moment("created_at", at+" +0000", false, "2006-01-02 15:04:05 -0700")
	}
	where := b.sub("extension_attributes").first("shipping_assignments").sub("shipping")
	o.Service = where.str("method", SKULimit)
	to := where.sub("address")
	o.ShipTo = Address{
		Name:     to.text(to.field("firstname"), to.raw("firstname")+" "+to.raw("lastname"), NameLimit),
		Company:  to.str("company", NameLimit),
		City:     to.str("city", NameLimit),
		Region:   to.text(to.field("region"), either(to.raw("region_code"), to.raw("region")), NameLimit),
		Postcode: to.str("postcode", PostcodeLimit),
		Country:  to.country(to.field("country_id"), to.raw("country_id")),
		Phone:    to.phone(to.field("telephone"), to.raw("telephone")),
		Email:    either(b.str("customer_email", NameLimit), to.str("email", NameLimit)),
	}
	street, _ := to.m["street"].([]any)
	for i, v := range street {
		if text, ok := v.(string); ok && i < AddressLines {
			o.ShipTo.addLine(to.text(fmt.Sprintf("%s[%d]", to.field("street"), i), trim(text), AddressLimit))
		}
	}
	if len(to.m) == 0 && o.Hold == "" {
		o.Hold = "no_address"
		b.say("extension_attributes.shipping_assignments", "no_address", "the order has no address to ship to; it waits")
	}
}

// magentoLines takes the lines. A configurable product stands there twice, as itself with the price and as
// the chosen simple one below it; a bundle stands there as itself and as its parts, which are what is picked.
func (s *baskets) magentoLines(b branch, k *basket) {
	kinds := map[string]string{}
	lines := b.each("items")
	for _, l := range lines {
		kinds[l.raw("item_id")] = l.raw("product_type")
	}
	for _, l := range lines {
		name, kind := l.long("name"), l.raw("product_type")
		over := kinds[l.raw("parent_item_id")]
		ordered := l.mustWhole(l.field("qty_ordered"), l.raw("qty_ordered"), 0, QtyLimit)
		left := ordered - l.count("qty_canceled", 0, QtyLimit) - max(l.count("qty_shipped", 0, QtyLimit), l.count("qty_refunded", 0, QtyLimit))
		switch {
		case l.has("parent_item_id") && over == "configurable":
			l.say(l.path, "part_of_line", shorten(name)+" is the same goods as the line above it")
		case kind == "bundle":
			l.say(l.path, "bundle", shorten(name)+" is a bundle; its parts are picked")
		case kind == "virtual" || kind == "downloadable" || kind == "giftcard" || l.flag("is_virtual"):
			l.say(l.path, "no_shipping", shorten(name)+" needs no shipping; left out")
		case left <= 0 && l.wrong == 0:
			l.say(l.path, "nothing_left", shorten(name)+" has been sent, refunded or cancelled; left out")
		case l.raw("sku") == "":
			l.bad(l.field("sku"), "no_sku", fmt.Sprintf("%q has no SKU", shorten(name)))
		default:
			sku := l.code(l.field("sku"), l.raw("sku"), SKULimit)
			k.addTotal(*l.taker, Line{SKU: sku, Qty: left, Name: clip(name, NameLimit)}, l.raw("row_total"), ordered)
		}
	}
}

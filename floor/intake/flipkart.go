package intake

import "fmt"

// flipkart reads shipments as Flipkart's Seller API (v3) gives them: the answers of shipments/filter (what
// to send) and shipments/{ids} (where to), put together by their shipment. A shipment is what is packed, so
// it is our order; Flipkart's order number is its reference.
func (c *clerk) flipkart(data []byte) {
	s := c.baskets()
	for _, b := range c.join(data, joint{id: "shipmentId", wrappers: []string{"shipments", "shippingDetails", "shipment"}}) {
		s.flipkartShipment(b)
	}
	s.finish()
}

// flipkartStates says what becomes of an item: to be sent, gone, or cancelled.
var flipkartStates = map[string]string{
	"": "send", "APPROVED": "send", "PACKING_IN_PROGRESS": "send", "PACKED": "send", "FORM_FAILED": "send", "READY_TO_DISPATCH": "send",
	"PICKUP_COMPLETE": "gone", "SHIPPED": "gone", "DELIVERED": "gone", "RETURN_REQUESTED": "gone", "RETURNED": "gone",
	"CANCELLED": "cancelled", "REJECTED": "cancelled",
}

func (s *baskets) flipkartShipment(b branch) {
	k := s.of(b.line, s.channel("flipkart"), b.ref, "")
	k.empty = "no_goods"
	o := &k.order
	o.Currency = "INR"
	o.ShipBy = b.moment("dispatchByDate", b.raw("dispatchByDate"), true)
	to := b.sub("deliveryAddress")
	o.ShipTo = to.flipkartAddress()
	if len(o.ShipTo.Lines) == 0 {
		o.Hold = "no_address"
		b.say("deliveryAddress", "no_address", "the shipment has no address in this file; it waits")
	}
	if b.flag("hold") {
		o.Hold = "on_hold"
		b.say("hold", "on_hold", "Flipkart holds the shipment; it waits")
	}
	cancelled := 0
	lines := b.each("orderItems")
	if len(lines) == 0 {
		b.bad("orderItems", "no_lines", "the shipment's lines are missing: put the answer of shipments/filter into the file too")
	}
	for _, l := range lines {
		o.Reference = either(o.Reference, l.str("orderId", ExternalLimit))
		if o.Placed == "" {
			o.Placed = l.moment(l.field("orderDate"), l.raw("orderDate"), false)
		}
		if s.flipkartLine(l, k) {
			cancelled++
		}
	}
	if len(lines) > 0 && cancelled == len(lines) && b.wrong == 0 {
		s.Cancels = append(s.Cancels, Cancel{b.line, o.Channel, b.ref, "cancelled"})
	}
	k.bad = k.bad || b.wrong > 0
}

func (s *baskets) flipkartLine(l branch, k *basket) (cancelled bool) {
	name := l.long("title")
	status := l.raw("status")
	fate, known := flipkartStates[status]
	switch {
	case !known:
		l.bad(l.field("status"), "bad_value", fmt.Sprintf("%q is no status known here", shorten(status)))
	case fate == "cancelled":
		l.say(l.field("status"), "cancelled", shorten(either(l.raw("sku"), name))+" is cancelled; left out")
		return true
	case fate == "gone":
		l.say(l.field("status"), "nothing_left", shorten(either(l.raw("sku"), name))+" has been sent; left out")
	case l.raw("sku") == "":
		l.bad(l.field("sku"), "no_sku", fmt.Sprintf("%q has no SKU", shorten(name)))
	default:
		qty := l.mustWhole(l.field("quantity"), l.raw("quantity"), 1, QtyLimit)
		sku := l.code(l.field("sku"), l.raw("sku"), SKULimit)
		k.add(*l.taker, Line{SKU: sku, Qty: qty, Name: clip(name, NameLimit)}, l.sub("priceComponents").raw("sellingPrice"))
	}
	return false
}

func (b branch) flipkartAddress() Address {
	a := Address{
		Name:     b.text(b.field("firstName"), either(b.raw("name"), trim(b.raw("firstName")+" "+b.raw("lastName"))), NameLimit),
		City:     b.str("city", NameLimit),
		Region:   b.str("state", NameLimit),
		Postcode: b.text(b.field("pincode"), either(b.raw("pincode"), b.raw("pinCode")), PostcodeLimit),
		Phone:    b.phone(b.field("contactNumber"), either(b.raw("contactNumber"), b.raw("phone"))),
	}
	for _, line := range []string{"addressLine1", "addressLine2", "landmark"} {
		a.addLine(b.str(line, AddressLimit))
	}
	if len(a.Lines) > 0 {
		a.Country = "IN" // Flipkart delivers in India alone and names no country
	}
	return a
}

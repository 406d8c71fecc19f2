package intake

// amazonSheet is the header of Amazon's order reports (unshipped orders, new orders), brought to the names
// of our own table. Quotes are letters in these files.
var amazonSheet = sheet{
	kind: "Amazon's order report",
	columns: []string{"external_id", "sku", "qty", "bought", "item_name", "name", "address1", "address2", "address3", "city", "region",
		"postcode", "country", "phone", "email", "service", "ship_by", "placed", "currency", "item_price", "asked", "buyer_phone"},
	must: []string{"external_id", "sku"},
	alias: map[string]string{"order_id": "external_id", "quantity_to_ship": "qty", "quantity_purchased": "bought", "product_name": "item_name",
		"recipient_name": "name", "ship_address_1": "address1", "ship_address_2": "address2", "ship_address_3": "address3", "ship_city": "city",
		"ship_state": "region", "ship_postal_code": "postcode", "ship_country": "country", "ship_phone_number": "phone", "buyer_email": "email",
		"ship_service_level": "service", "promise_date": "ship_by", "purchase_date": "placed", "is_buyer_requested_cancellation": "asked",
		"buyer_phone_number": "buyer_phone"},
	skips: true,
}

func (c *clerk) amazonReport(data []byte) {
	t, ok := c.open(data, false)
	if !ok || !t.bind(&amazonSheet) || !t.amazonColumns() {
		return
	}
	s := c.baskets()
	heads := map[*basket]map[string]string{}
	t.each(func(r *row) { s.amazonRow(r, heads) }, func(r record) { s.torn(t, r, "external_id") })
	s.finish()
}

// amazonColumns fills in for columns that only some of the reports have.
func (t *table) amazonColumns() bool {
	fill := func(column, from string) bool {
		if _, ok := t.columns[column]; ok {
			return true
		}
		i, ok := t.columns[from]
		if ok {
			t.columns[column] = i
		}
		return ok
	}
	fill("phone", "buyer_phone")
	if fill("qty", "bought") {
		return true
	}
	t.fault(t.header.line, "", "missing_column", "quantity-to-ship", "the header has neither quantity-to-ship nor quantity-purchased")
	return false
}

func (s *baskets) amazonRow(r *row, heads map[*basket]map[string]string) {
	b, l, ok := s.orderRow(r, heads, s.channel("amazon"), 0)
	if !ok {
		return
	}
	b.empty = "no_goods"
	bought := r.whole("quantity-purchased", r.cell("bought"), 0, QtyLimit, 1)
	if r.yes("is-buyer-requested-cancellation", r.cell("asked")) {
		b.order.Hold = "cancel_requested"
		r.say("is-buyer-requested-cancellation", b.order.Hold, "the buyer asked to cancel; the order waits")
	}
	if b.bad = b.bad || r.wrong > 0; l.Qty == 0 && r.wrong == 0 {
		r.say("quantity-to-ship", "nothing_left", l.SKU+" has been sent or cancelled; left out")
		return
	}
	b.addTotal(r.taker, l, r.cell("item_price"), bought)
}

package intake

import (
	"bytes"
	"fmt"
	"strings"
)

// amazon reads what Amazon gives a seller: the unshipped-orders report (tab-separated), or answers of the
// Selling Partner API as JSON: orders v0 (getOrders, getOrderItems and getOrderAddress in one array are
// put together by their order) and orders 2026-01-01.
func (c *clerk) amazon(data []byte) {
	head := bytes.TrimLeft(data, "\uFEFF \t\r\n")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		c.amazonReport(data)
		return
	}
	s := c.baskets()
	for _, b := range c.join(data, joint{id: "AmazonOrderId", wrappers: []string{"payload", "Orders", "orders", "order"}, lines: "OrderItems", lineID: "OrderItemId", page: "NextToken"}.either("orderId", data)) {
		if b.has("orderId") {
			s.amazon2026(b)
		} else {
			s.amazonV0(b)
		}
	}
	s.finish()
}

// either chooses the newer API's key where the file speaks it.
func (j joint) either(id string, data []byte) joint {
	if !bytes.Contains(data, []byte(`"`+j.id+`"`)) && bytes.Contains(data, []byte(`"`+id+`"`)) {
		return joint{id: id, wrappers: j.wrappers}
	}
	return j
}

// amazonLife decides by an order's status, in either API's spelling. False: nothing is to be done.
func (s *baskets) amazonLife(b branch, status, by, id string) (hold string, goes bool) {
	switch by {
	case "", "MFN", "MERCHANT":
	default:
		b.say("fulfillment", "not_ours_to_send", "fulfilled by "+shorten(by)+", not by the merchant; left out")
		return "", false
	}
	switch strings.ToUpper(strings.ReplaceAll(status, "_", "")) {
	case "UNSHIPPED", "PARTIALLYSHIPPED":
		return "", true
	case "PENDING", "PENDINGAVAILABILITY", "INVOICEUNCONFIRMED":
		b.say("status", "not_paid", "the order is "+status+" at Amazon; it waits")
		return "not_paid", true
	case "SHIPPED", "UNFULFILLABLE":
		b.say("status", "already_"+strings.ToLower(status), "nothing of it is left to send, so it makes no order")
	case "CANCELED", "CANCELLED":
		s.Cancels = append(s.Cancels, Cancel{b.line, s.channel("amazon"), id, "cancelled"})
		b.say("status", "cancelled", "cancelled at Amazon")
	default:
		b.bad("status", "bad_value", fmt.Sprintf("%q is no status of an order known here", shorten(status)))
	}
	return "", false
}

func (s *baskets) amazonV0(b branch) {
	id := b.ref
	hold, goes := s.amazonLife(b, b.str("OrderStatus", SKULimit), b.str("FulfillmentChannel", SKULimit), id)
	if !goes {
		return
	}
	k := s.of(b.line, s.channel("amazon"), id, "")
	o := &k.order
	o.Hold = hold
	o.Reference = b.str("SellerOrderId", ExternalLimit)
	o.Placed = b.moment("PurchaseDate", b.raw("PurchaseDate"), false)
	o.ShipBy = b.moment("LatestShipDate", b.raw("LatestShipDate"), true)
	o.Service = b.text("ShipServiceLevel", either(b.raw("ShipServiceLevel"), b.raw("ShipmentServiceLevelCategory")), SKULimit)
	o.Currency = b.sub("OrderTotal").amazonCurrency("CurrencyCode")
	o.ShipTo = b.sub("ShippingAddress").amazonAddress("Name", "AddressLine1", "AddressLine2", "AddressLine3", "City", "StateOrRegion", "PostalCode", "CountryCode", "Phone", "CompanyName")
	o.ShipTo.Email = b.sub("BuyerInfo").str("BuyerEmail", NameLimit)
	s.amazonWhere(b, o, "ShippingAddress")
	k.empty = "no_goods"
	if !b.has("OrderItems") {
		b.bad("OrderItems", "no_lines", "the order's lines are missing: put the answer of getOrderItems into the file too")
	}
	for _, l := range b.each("OrderItems") {
		ordered := l.mustWhole(l.field("QuantityOrdered"), l.raw("QuantityOrdered"), 0, QtyLimit)
		price := l.sub("ItemPrice")
		if o.Currency == "" {
			o.Currency = price.amazonCurrency("CurrencyCode")
		}
		s.amazonLine(l, k, l.raw("SellerSKU"), l.long("Title"), ordered-l.count("QuantityShipped", 0, QtyLimit), price.raw("Amount"), ordered)
		if ask := l.sub("BuyerRequestedCancel"); ask.flag("IsBuyerRequestedCancel") {
			s.amazonAsked(l, o, ask.long("BuyerCancelReason"))
		}
	}
	k.bad = k.bad || b.wrong > 0
}

func (s *baskets) amazon2026(b branch) {
	id := b.ref
	f := b.sub("fulfillment")
	hold, goes := s.amazonLife(b, f.str("fulfillmentStatus", SKULimit), f.str("fulfilledBy", SKULimit), id)
	if !goes {
		return
	}
	k := s.of(b.line, s.channel("amazon"), id, "")
	o := &k.order
	o.Hold = hold
	o.Placed = b.moment("createdTime", b.raw("createdTime"), false)
	by := f.sub("shipByWindow")
	o.ShipBy = by.moment(by.field("latestDateTime"), by.raw("latestDateTime"), true)
	o.Service = f.str("fulfillmentServiceLevel", SKULimit)
	o.Currency = b.sub("proceeds").sub("grandTotal").amazonCurrency("currencyCode")
	to := b.sub("recipient").sub("deliveryAddress")
	o.ShipTo = to.amazonAddress("name", "addressLine1", "addressLine2", "addressLine3", "city", "stateOrRegion", "postalCode", "countryCode", "phone", "companyName")
	o.ShipTo.Email = b.sub("buyer").str("buyerEmail", NameLimit)
	for _, a := range b.each("orderAliases") {
		if a.raw("aliasType") == "SELLER_ORDER_ID" {
			o.Reference = a.str("aliasId", ExternalLimit)
		}
	}
	s.amazonWhere(b.sub("recipient"), o, "deliveryAddress")
	k.empty = "no_goods"
	for _, l := range b.each("orderItems") {
		s.amazonItem(l, k)
	}
	k.bad = k.bad || b.wrong > 0
}

func (s *baskets) amazonItem(l branch, k *basket) {
	left := l.mustWhole(l.field("quantityOrdered"), l.raw("quantityOrdered"), 0, QtyLimit)
	if f := l.sub("fulfillment"); f.has("quantityUnfulfilled") {
		left = f.count("quantityUnfulfilled", 0, QtyLimit)
	}
	product := l.sub("product")
	price := product.sub("price").sub("unitPrice")
	if k.order.Currency == "" {
		k.order.Currency = price.amazonCurrency("currencyCode")
	}
	s.amazonLine(l, k, product.raw("sellerSku"), product.long("title"), left, price.raw("amount"), 1)
	if ask := l.sub("cancellation").sub("cancellationRequest"); len(ask.m) > 0 {
		s.amazonAsked(l, &k.order, ask.long("cancelReason"))
	}
}

// amazonLine adds what is left of a line. price is for so many units.
func (s *baskets) amazonLine(l branch, k *basket, sku, name string, left int64, price string, of int64) {
	switch {
	case left <= 0 && l.wrong == 0:
		l.say(l.path, "nothing_left", shorten(either(sku, name))+" has been sent or cancelled; left out")
	case sku == "":
		l.bad(l.path, "no_sku", fmt.Sprintf("%q has no seller's SKU", shorten(name)))
	default:
		k.addTotal(*l.taker, Line{SKU: l.code(l.path, sku, SKULimit), Qty: left, Name: clip(name, NameLimit)}, price, of)
	}
}

func (s *baskets) amazonAsked(l branch, o *Order, reason string) {
	o.Hold = "cancel_requested"
	l.say(l.path, o.Hold, "the buyer asked to cancel ("+shorten(reason)+"); the order waits")
}

func (s *baskets) amazonWhere(b branch, o *Order, key string) {
	if !b.has(key) && o.Hold == "" {
		o.Hold = "no_address"
		b.say(b.field(key), "no_address", "the order has no address in this file; it waits")
	}
}

func (b branch) amazonCurrency(key string) string { return b.currency(b.field(key), b.raw(key)) }

// amazonAddress reads an address whose keys are spelled as the API at hand spells them.
func (b branch) amazonAddress(name, line1, line2, line3, city, region, postcode, country, phone, company string) Address {
	a := Address{
		Name:     b.str(name, NameLimit),
		Company:  b.str(company, NameLimit),
		City:     b.str(city, NameLimit),
		Region:   b.str(region, NameLimit),
		Postcode: b.str(postcode, PostcodeLimit),
		Country:  b.country(b.field(country), b.raw(country)),
		Phone:    b.phone(b.field(phone), b.raw(phone)),
	}
	for _, line := range []string{line1, line2, line3} {
		a.addLine(b.str(line, AddressLimit))
	}
	return a
}

package intake

import (
	"fmt"
	"strings"
)

// Returns that a shop has allowed, as its webhooks tell of them. Only what is to come back makes a return: a refund of what
// never left, or of what the customer keeps, does not.

// ReturnCancel is a shop's word that a return will not come.
type ReturnCancel struct {
	Row        int    `json:"row"`
	ExternalID string `json:"external_id"`
	Reason     string `json:"reason"`
}

// returnReaders are the readers of what a platform's topics carry, by how the topic begins.
var returnReaders = map[string][]struct {
	topic string
	read  func(*clerk, string, branch)
}{
	"shopify":     {{"returns/", (*clerk).shopifyReturn}, {"refunds/", (*clerk).shopifyRefund}},
	"woocommerce": {{"refund.", (*clerk).wooRefund}},
}

// TellsOfReturns says whether a platform's topic is about goods that come back.
func TellsOfReturns(platform, topic string) bool {
	for _, r := range returnReaders[platform] {
		if strings.HasPrefix(topic, r.topic) {
			return true
		}
	}
	return false
}

// ShopReturns reads what a platform's webhook says of goods that come back. The numbers of the shop are made the house's
// own by the channel's name, for two shops count alike.
func ShopReturns(platform, topic string, data []byte, o Options) Report {
	c := &clerk{o: o}
	for _, r := range returnReaders[platform] {
		if !strings.HasPrefix(topic, r.topic) {
			continue
		}
		for _, b := range c.documents(data) {
			r.read(c, topic, b)
		}
	}
	return c.done()
}

// shopifyReasons are the reasons of Shopify's returns in the words that policies are written in.
// Source: shopify.dev, ReturnReason.
var shopifyReasons = map[string]string{"size_too_small": "wrong_size", "size_too_large": "wrong_size", "unwanted": "changed_mind", "style": "changed_mind",
	"color": "changed_mind", "not_as_described": "not_as_described", "wrong_item": "wrong_item", "defective": "defective"}

// shopifyReturn takes a return that the shop approved; one that is only asked for waits for that.
// Source: shopify.dev, webhook topics returns/request, approve, reopen, decline, cancel and close.
func (c *clerk) shopifyReturn(topic string, b branch) {
	id := b.mustCodeText("id", b.raw("id"), ExternalLimit-SKULimit)
	if id == "" {
		return
	}
	ref := c.channel("shopify") + "/return/" + id
	b.ref = ref
	switch strings.TrimPrefix(topic, "returns/") {
	case "approve", "reopen":
	case "cancel", "decline":
		c.ReturnCancels = append(c.ReturnCancels, ReturnCancel{b.line, ref, "the shop said so: " + shorten(topic)})
		return
	default:
		b.say("status", "nothing_to_do", shorten(topic)+" asks nothing of the house")
		return
	}
	x := Return{Row: b.line, ExternalID: ref, Channel: c.channel("shopify"), Order: c.shopOrder(b.sub("order"), "id", b)}
	for _, l := range b.each("return_line_items") {
		of := l.sub("fulfillment_line_item").sub("line_item")
		reason := shopifyReasons[strings.ToLower(l.raw("return_reason"))]
		x.take(l, of, l.mustWhole(l.field("quantity"), l.raw("quantity"), 1, QtyLimit), either(reason, "other"))
		x.Note = clip(strings.TrimSpace(x.Note+" "+either(l.long("customer_note"), l.long("return_reason_note"))), NoteLimit)
	}
	c.takeReturn(b, x)
}

// shopifyRefund takes a refund whose goods are to come back. One that belongs to a return is known by that already.
// Source: shopify.dev, Refund resource, restock_type.
func (c *clerk) shopifyRefund(_ string, b branch) {
	id := b.mustCodeText("id", b.raw("id"), ExternalLimit-SKULimit)
	if id == "" {
		return
	}
	b.ref = c.channel("shopify") + "/refund/" + id
	if b.has("return") {
		b.say("return", "known_by_return", "what comes back is known by its return")
		return
	}
	x := Return{Row: b.line, ExternalID: b.ref, Channel: c.channel("shopify"), Order: c.shopOrder(b, "order_id", b), Note: b.long("note")}
	for _, l := range b.each("refund_line_items") {
		if how := l.raw("restock_type"); how != "return" {
			l.say(l.field("restock_type"), "nothing_comes_back", fmt.Sprintf("%q: of this line nothing comes back", shorten(how)))
			continue
		}
		x.take(l, l.sub("line_item"), l.mustWhole(l.field("quantity"), l.raw("quantity"), 1, QtyLimit), "other")
	}
	c.takeReturn(b, x)
}

// wooRefund takes a refund with lines. WooCommerce counts what is taken off an order as less than nothing.
// Source: the WooCommerce REST API (v3), order refunds.
func (c *clerk) wooRefund(topic string, b branch) {
	id := b.mustCodeText("id", b.raw("id"), ExternalLimit-SKULimit)
	if id == "" {
		return
	}
	ref := c.channel("woocommerce") + "/refund/" + id
	b.ref = ref
	if topic == "refund.deleted" {
		c.ReturnCancels = append(c.ReturnCancels, ReturnCancel{b.line, ref, "the shop took its refund back"})
		return
	}
	key := "parent_id"
	if b.raw(key) == "" {
		key = "order_id"
	}
	x := Return{Row: b.line, ExternalID: ref, Channel: c.channel("woocommerce"), Order: c.shopOrder(b, key, b), Note: b.long("reason")}
	for _, l := range b.each("line_items") {
		qty := l.mustWhole(l.field("quantity"), strings.TrimPrefix(l.raw("quantity"), "-"), 0, QtyLimit)
		if qty == 0 && l.wrong == 0 {
			l.say(l.field("quantity"), "nothing_comes_back", "money alone: of this line nothing comes back")
			continue
		}
		x.take(l, l, qty, "other")
	}
	c.takeReturn(b, x)
}

// shopOrder is the shop's number of the order that a return is of.
func (c *clerk) shopOrder(in branch, key string, b branch) string {
	return b.mustCodeText(in.field(key), in.raw(key), ExternalLimit)
}

// take adds a line; of is what knows the item's SKU.
func (x *Return) take(l, of branch, qty int64, reason string) {
	sku := l.code(of.field("sku"), of.raw("sku"), SKULimit)
	if sku == "" && l.wrong == 0 {
		l.bad(of.field("sku"), "no_sku", "the shop does not say which item comes back; announce this return by hand")
	}
	for i := range x.Lines {
		if x.Lines[i].SKU == sku && x.Lines[i].Reason == reason {
			x.Lines[i].Qty += qty
			return
		}
	}
	x.Lines = append(x.Lines, ReturnLine{SKU: sku, Qty: qty, Reason: reason})
}

func (c *clerk) takeReturn(b branch, x Return) {
	switch {
	case b.wrong > 0:
	case len(x.Lines) == 0:
		b.say("", "nothing_comes_back", "nothing comes back, so it makes no return")
	default:
		c.Returns = append(c.Returns, x)
	}
}

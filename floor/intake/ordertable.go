package intake

import (
	"fmt"
	"strings"
)

// orderSheet is our own table of orders: a row for each line, rows of one order anywhere in the file.
var orderSheet = sheet{
	kind: "orders",
	also: []string{"address3", "placed", "item_name", "reference", "deliver_by"},
	columns: []string{"channel", "external_id", "name", "company", "address1", "address2", "city", "region", "postcode",
		"country", "phone", "email", "service", "ship_by", "priority", "sku", "qty", "price", "currency", "note"},
	must:  []string{"external_id", "sku", "qty"},
	alias: map[string]string{"quantity": "qty", "zip": "postcode", "order_id": "external_id", "order": "external_id", "address_1": "address1", "address_2": "address2"},
}

// csvOrders reads our own table, or the UCI one where its header is seen.
func (c *clerk) csvOrders(data []byte) {
	t, ok := c.open(data, true)
	if !ok {
		return
	}
	if t.has(&uciSheet) {
		t.uciOrders()
		return
	}
	if !t.bind(&orderSheet) {
		return
	}
	s := c.baskets()
	heads := map[*basket]map[string]string{}
	t.each(func(r *row) {
		b, l, ok := s.orderRow(r, heads, s.channel("csv"), 1)
		if ok {
			b.add(r.taker, l, unformula(r.cell("price")))
		}
	}, func(r record) { s.torn(t, r, "external_id") })
	s.finish()
}

// has says whether all columns that a sheet needs are in the header.
func (t *table) has(h *sheet) bool {
	seen := map[string]bool{}
	for _, cell := range t.header.cells {
		seen[h.name(cell)] = true
	}
	for _, n := range h.must {
		if !seen[n] {
			return false
		}
	}
	return true
}

// orderRow takes one row: its order, and the line it wants. least is the smallest quantity that is no fault.
func (s *baskets) orderRow(r *row, heads map[*basket]map[string]string, channel string, least int64) (*basket, Line, bool) {
	id := r.mustCodeText("external_id", r.cell("external_id"), ExternalLimit)
	r.ref = id
	if id == "" {
		s.orphan(r.line)
		return nil, Line{}, false
	}
	b := s.of(r.line, r.code("channel", r.cell("channel"), SKULimit), id, channel)
	if heads[b] == nil {
		heads[b] = map[string]string{}
	}
	s.orderHead(r, b, heads[b])
	l := Line{SKU: r.mustCode("sku", r.cell("sku"), SKULimit), Qty: r.mustWhole("qty", r.cell("qty"), least, QtyLimit),
		Name: r.text("item_name", r.cell("item_name"), NameLimit)}
	b.bad = b.bad || r.wrong > 0
	return b, l, true
}

// mustCodeText takes a shop's order number: it may hold any letters, for we never print it as bars alone.
func (t *taker) mustCodeText(field, s string, most int) string {
	s = unformula(s)
	switch {
	case s == "":
		t.bad(field, "required", "is missing")
	case excelNumber(s) || strings.ContainsAny(s, "\r\n\t"):
		return t.code(field, s, most)
	default:
		return t.text(field, s, most)
	}
	return ""
}

// orderHead takes what belongs to the order and not to the line. It may stand on one row only; where it
// stands again it must say the same, or two orders have been given one number.
func (s *baskets) orderHead(r *row, b *basket, head map[string]string) {
	o := &b.order
	for _, f := range orderFields {
		v := unformula(r.cell(f.name))
		old, known := head[f.name]
		switch {
		case v == "" || v == old:
		case known:
			r.bad(f.name, "conflict", fmt.Sprintf("is %q here and %q above; one order has one %s", shorten(v), shorten(old), f.name))
		default:
			head[f.name] = v
			f.take(&r.taker, o, f.name, v)
		}
	}
}

// orderField says how one column of the order is taken.
type orderField struct {
	name string
	take func(t *taker, o *Order, field, v string)
}

var orderFields = []orderField{
	{"name", func(t *taker, o *Order, f, v string) { o.ShipTo.Name = t.text(f, v, NameLimit) }},
	{"company", func(t *taker, o *Order, f, v string) { o.ShipTo.Company = t.text(f, v, NameLimit) }},
	{"address1", func(t *taker, o *Order, f, v string) { o.ShipTo.addLine(t.text(f, v, AddressLimit)) }},
	{"address2", func(t *taker, o *Order, f, v string) { o.ShipTo.addLine(t.text(f, v, AddressLimit)) }},
	{"address3", func(t *taker, o *Order, f, v string) { o.ShipTo.addLine(t.text(f, v, AddressLimit)) }},
	{"city", func(t *taker, o *Order, f, v string) { o.ShipTo.City = t.text(f, v, NameLimit) }},
	{"region", func(t *taker, o *Order, f, v string) { o.ShipTo.Region = t.text(f, v, NameLimit) }},
	{"postcode", func(t *taker, o *Order, f, v string) { o.ShipTo.Postcode = t.text(f, v, PostcodeLimit) }},
	{"country", func(t *taker, o *Order, f, v string) { o.ShipTo.Country = t.country(f, v) }},
	{"phone", func(t *taker, o *Order, f, v string) { o.ShipTo.Phone = t.phone(f, v) }},
	{"email", func(t *taker, o *Order, f, v string) { o.ShipTo.Email = t.text(f, v, NameLimit) }},
	{"service", func(t *taker, o *Order, f, v string) { o.Service = t.text(f, v, SKULimit) }},
	{"reference", func(t *taker, o *Order, f, v string) { o.Reference = t.text(f, v, ExternalLimit) }},
	{"placed", func(t *taker, o *Order, f, v string) { o.Placed = t.moment(f, v, false) }},
	{"ship_by", func(t *taker, o *Order, f, v string) { o.ShipBy = t.moment(f, v, true) }},
	{"deliver_by", func(t *taker, o *Order, f, v string) { o.DeliverBy = t.moment(f, v, true) }},
	{"priority", func(t *taker, o *Order, f, v string) { o.Priority = int(t.whole(f, v, -100, 100, 0)) }},
	{"currency", func(t *taker, o *Order, f, v string) { o.Currency = t.currency(f, v) }},
	{"note", func(t *taker, o *Order, f, v string) { o.Note = t.text(f, v, NoteLimit) }},
}

func (a *Address) addLine(s string) {
	if s != "" {
		a.Lines = append(a.Lines, s)
	}
}

// phone is text, but a spreadsheet harms long ones as it harms codes, and telephones that fill in a form by
// themselves wrap the number in marks of direction.
func (t *taker) phone(field, s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	if excelNumber(s) {
		return t.code(field, s, PhoneLimit)
	}
	return t.text(field, s, PhoneLimit)
}

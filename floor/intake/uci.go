package intake

import (
	"fmt"
	"strings"
)

// uciSheet is the header of the UCI Online Retail sets (data set 352 and its second part, 502).
var uciSheet = sheet{
	kind:    "UCI Online Retail invoices",
	columns: []string{"invoiceno", "stockcode", "description", "quantity", "invoicedate", "unitprice", "customerid", "country"},
	must:    []string{"invoiceno", "stockcode", "quantity", "invoicedate", "unitprice", "country"},
	alias:   map[string]string{"invoice": "invoiceno", "price": "unitprice"},
	glued:   true,
}

// charges are the stock codes of money and not of goods. DCGS0003 and the like are not among them: they
// have the names and prices of goods (BOXED GLASS ASHTRAY), the own range of the shop's second site.
// Likewise SP1002 (a chalkboard). PADS is left out as the brief of that data says: its price is 0.001.
var charges = map[string]string{
	"POST": "postage", "DOT": "postage", "C2": "carriage", "C3": "carriage", "D": "discount", "M": "a manual entry",
	"S": "samples", "B": "a bad debt", "BANK CHARGES": "bank charges", "AMAZONFEE": "a marketplace's fee",
	"CRUK": "a charity's commission", "PADS": "pads that match cushions, at no price", "ADJUST": "an adjustment",
	"ADJUST2": "an adjustment", "GIFT": "a voucher",
}

// charge says what a stock code is, if it is no goods.
func charge(sku string) (string, bool) {
	if what, ok := charges[sku]; ok {
		return what, true
	}
	switch {
	case strings.HasPrefix(sku, "GIFT_"):
		return "a voucher", true
	case strings.HasPrefix(sku, "TEST") && digits(sku[4:]):
		return "a test", true
	}
	return "", false
}

// uciOrders reads invoices as orders. The rules, each with its note: a C-invoice is a credit note and makes
// a Cancel, never an order; charges are left out; a quantity of nothing or less on a normal invoice is the
// shop writing stock off, no sale; stock codes are one whatever their case; a missing description or
// customer does not matter. An invoice with nothing left makes no order.
func (t *table) uciOrders() {
	if !t.bind(&uciSheet) {
		return
	}
	s := t.baskets()
	credits := map[string]*credit{}
	t.each(func(r *row) {
		r.comma = false
		id := r.mustCodeText("InvoiceNo", r.cell("invoiceno"), ExternalLimit)
		r.ref = id
		switch {
		case id == "":
			s.orphan(r.line)
		case id[0] == 'C' || id[0] == 'c':
			s.last = nil
			creditRow(r, id, credits)
		default:
			s.uciRow(r, id)
		}
	}, func(r record) { s.torn(t, r, "invoiceno") })
	s.finish()
	t.finishCredits(credits, s.lost)
}

func (s *baskets) uciRow(r *row, id string) {
	b := s.of(r.line, "uci", id, "uci")
	b.empty = "no_goods"
	s.uciHead(r, b)
	sku := r.uciSKU()
	qty := r.mustWhole("Quantity", r.cell("quantity"), -QtyLimit, QtyLimit)
	what, isCharge := charge(sku)
	switch {
	case r.wrong > 0:
		b.bad = true
	case isCharge:
		r.say("StockCode", "not_a_product", sku+" is "+what+" and is left out")
	case qty <= 0:
		r.say("Quantity", "negative_quantity", fmt.Sprintf("%d of %s: stock written off, no sale; left out", qty, sku))
	default:
		name := r.text("Description", r.cell("description"), NameLimit)
		if name == "" && r.wrong == 0 {
			r.say("Description", "no_description", sku+" has no description here")
		}
		b.bad = b.bad || r.wrong > 0
		b.add(r.taker, Line{SKU: sku, Qty: qty, Name: name}, r.cell("unitprice"))
	}
}

// uciSKU takes the stock code. The set writes 85123A and 85123a for one thing.
func (r *row) uciSKU() string {
	sku := r.mustCode("StockCode", r.cell("stockcode"), SKULimit)
	up := strings.ToUpper(sku)
	if up != sku {
		r.say("StockCode", "upper_case", sku+" is read as "+up)
	}
	return up
}

// uciHead takes who and where. Two rows of one invoice may be a minute apart in time (the first counts),
// but not in customer or country.
func (s *baskets) uciHead(r *row, b *basket) {
	o := &b.order
	customer := strings.TrimSuffix(r.text("CustomerID", r.cell("customerid"), SKULimit), ".0")
	name := "Customer unknown"
	if customer != "" {
		name = "Customer " + customer
	}
	place := r.text("Country", r.cell("country"), NameLimit)
	at := r.moment("InvoiceDate", r.cell("invoicedate"), false, "1/2/2006 15:04", "1/2/06 15:04")
	if at == "" && r.cell("invoicedate") == "" {
		r.bad("InvoiceDate", "required", "is missing")
	}
	if b.order.Service != "" {
		if name != o.ShipTo.Name {
			r.bad("CustomerID", "conflict", fmt.Sprintf("is %q here and %q above; one invoice has one customer", name, o.ShipTo.Name))
		}
		if code, _, _ := uciCountry(place); code != o.ShipTo.Country {
			r.bad("Country", "conflict", fmt.Sprintf("is %q here and differs above; one invoice goes to one country", shorten(place)))
		}
		return
	}
	o.Service, o.Placed, o.ShipTo.Name = "standard", at, name
	if customer == "" {
		r.say("CustomerID", "no_customer", "the invoice names no customer")
	}
	r.uciPlace(o, place)
}

func (r *row) uciPlace(o *Order, place string) {
	code, unclear, ok := uciCountry(place)
	switch {
	case place == "":
		r.bad("Country", "required", "is missing")
	case !ok:
		r.bad("Country", "unknown_country", fmt.Sprintf("%q is no country known here", shorten(place)))
	case unclear:
		o.Hold = "country_unclear"
		r.say("Country", "country_unclear", place+" is no one country; the order waits until a person says which")
	}
	o.ShipTo.Country = code
}

func uciCountry(place string) (code string, unclear, ok bool) {
	if nowhere[strings.ToLower(place)] {
		return "", true, true
	}
	code, ok = countryOf(place)
	return code, false, ok
}

// credit is one C-invoice. The set does not say which invoice it takes back, so it cancels only itself:
// its own number, which no order has, and never the number without its C, which is another customer's.
type credit struct {
	row int
	bad bool
}

func creditRow(r *row, id string, credits map[string]*credit) {
	c := credits[id]
	if c == nil {
		c = &credit{row: r.line}
		credits[id] = c
	}
	sku := r.uciSKU()
	qty := r.mustWhole("Quantity", r.cell("quantity"), -QtyLimit, QtyLimit)
	if r.wrong > 0 {
		c.bad = true
		return
	}
	r.say("InvoiceNo", "credit_note", fmt.Sprintf("a credit note: %d of %s; it makes no order", qty, sku))
}

func (t *table) finishCredits(credits map[string]*credit, lost []loss) {
	for id, c := range credits {
		for _, l := range lost {
			c.bad = c.bad || l.ids[id]
		}
		if !c.bad {
			t.Cancels = append(t.Cancels, Cancel{c.row, "uci", id, "credit_note"})
		}
	}
}

package intake

import (
	"fmt"
	"sort"
	"strings"
)

// readers says which function reads which format.
var readers = map[string]func(*clerk, []byte){
	"amazon":      (*clerk).amazon,
	"csv":         (*clerk).csvOrders,
	"flipkart":    (*clerk).flipkart,
	"magento":     (*clerk).magento,
	"shopify":     (*clerk).shopify,
	"woocommerce": (*clerk).woocommerce,
}

// Formats lists the order formats that can be read, in order.
func Formats() []string {
	var out []string
	for f := range readers {
		out = append(out, f)
	}
	sort.Strings(out)
	return out
}

// Orders reads a file of orders. The UCI Online Retail header is known by itself under format csv.
func Orders(format string, data []byte, o Options) Report {
	c := &clerk{o: o}
	read := readers[format]
	if read == nil {
		c.fault(0, "", "unknown_format", "", fmt.Sprintf("%q is no format known here; one of: %s", shorten(format), strings.Join(Formats(), ", ")))
		return c.done()
	}
	read(c, data)
	return c.done()
}

// basket gathers the rows of one order. bad: something in it is wrong, so all of it stays out.
type basket struct {
	order Order
	wants []want
	bad   bool
	empty string // what to note when no line is left; else an order without lines is a fault
}

// want is a line as read; its price waits for the order's currency. Some platforms give the price of a line
// and not of a unit: then of says for how many units it is.
type want struct {
	Line
	price taker
	text  string
	of    int64
}

// baskets are all orders of a file, in the order they are first spoken of.
type baskets struct {
	*clerk
	byKey map[[2]string]*basket
	byID  map[string]*basket // the latest of an external id, whatever its channel
	list  []*basket
	last  *basket // of the row above
	lost  []loss
}

func (c *clerk) baskets() *baskets {
	return &baskets{clerk: c, byKey: map[[2]string]*basket{}, byID: map[string]*basket{}}
}

// of finds or makes the basket of an order. A row may leave the channel out after the order's first.
func (s *baskets) of(row int, channel, id, missing string) *basket {
	if channel == "" {
		if b := s.byID[id]; b != nil {
			s.last = b
			return b
		}
		channel = missing
	}
	b := s.byKey[[2]string{channel, id}]
	if b == nil {
		b = &basket{order: Order{Row: row, Channel: channel, ExternalID: id}}
		s.byKey[[2]string{channel, id}] = b
		s.list = append(s.list, b)
	}
	s.byID[id], s.last = b, b
	return b
}

func (b *basket) add(t taker, l Line, price string) { b.addTotal(t, l, price, 1) }

func (b *basket) addTotal(t taker, l Line, price string, of int64) {
	l.Row = t.line
	b.wants = append(b.wants, want{l, t, price, of})
}

// finish turns baskets into orders.
func (s *baskets) finish() {
	for _, b := range s.list {
		s.missing(b)
		s.finishOne(b)
		if !b.bad && len(b.order.Lines) > 0 {
			s.Orders = append(s.Orders, b.order)
		}
	}
}

func (s *baskets) finishOne(b *basket) {
	o := &b.order
	if o.Currency == "" {
		o.Currency = s.o.DefaultCurrency
	}
	for i := range b.wants {
		w := &b.wants[i]
		w.price.wrong = 0
		w.PriceCents = w.price.money("price", w.text, o.Currency)
		if w.of > 1 {
			even := false
			if w.PriceCents, even = share(w.PriceCents, w.of); !even {
				w.price.say("price", "price_rounded", fmt.Sprintf("%s for %d of %s; one is taken as the nearest cent", shorten(w.text), w.of, w.SKU))
			}
		}
		b.bad = b.bad || w.price.wrong > 0
	}
	if b.bad {
		return
	}
	s.merge(b)
	switch n := len(o.Lines); {
	case n == 0 && b.empty != "":
		s.note(o.Row, o.ExternalID, b.empty, "", "nothing in it is to be sent, so it makes no order")
	case n == 0:
		b.bad = true
		s.fault(o.Row, o.ExternalID, "no_lines", "lines", "an order has at least one line")
	case n > LineLimit:
		b.bad = true
		s.fault(o.Row, o.ExternalID, "too_many_lines", "lines", fmt.Sprintf("%d lines; at most %d: split the order", n, LineLimit))
	}
}

// merge puts lines of the same SKU and price into one, for a picker goes to a bin once. Two prices stay two
// lines, for an invoice tells them apart.
func (s *baskets) merge(b *basket) {
	type kind struct {
		sku   string
		price int64
	}
	at := map[kind]int{}
	for _, w := range b.wants {
		k := kind{w.SKU, w.PriceCents}
		i, twice := at[k]
		if !twice {
			at[k] = len(b.order.Lines)
			b.order.Lines = append(b.order.Lines, w.Line)
			continue
		}
		l := &b.order.Lines[i]
		l.Qty += w.Qty
		if l.Name == "" {
			l.Name = w.Name
		}
		s.note(w.Row, b.order.ExternalID, "merged_lines", "sku", fmt.Sprintf("%s stands twice at one price; its %d are added to row %d", w.SKU, w.Qty, l.Row))
		if l.Qty > QtyLimit {
			b.bad = true
			s.fault(w.Row, b.order.ExternalID, "out_of_range", "qty", fmt.Sprintf("%d of %s in all; at most %d", l.Qty, w.SKU, QtyLimit))
		}
	}
}

package floor

// A customer announces a return on a page that only the link of their order opens. The floor keeps the digest of the
// link's token, never the token; a new link takes the place of the one before.

// MakeReturnLink gives an order a link.
type MakeReturnLink struct {
	Order  OrderID
	Digest string
}

// Names gives the order.
func (v MakeReturnLink) Names() []string { return []string{string(v.Order)} }

func (v MakeReturnLink) do(t *turn) (any, *Error) {
	o, err := t.order(v.Order)
	if err != nil {
		return nil, err
	}
	if !o.hasShipped() {
		return nil, refuse(Conflict, "not_shipped", "the order is "+o.Status+"; nothing of it has left the house")
	}
	t.emit(&ReturnLinkMade{o.ID, v.Digest})
	return nil, nil
}

// ReturnLinkMade says an order has a link.
type ReturnLinkMade struct {
	Order  OrderID `cbor:"1,keyasint"`
	Digest string  `cbor:"2,keyasint"`
}

var _ = kind(KindReturnLinkMade, "return_link_made", "", func() Body { return new(ReturnLinkMade) })

func (*ReturnLinkMade) Kind() Kind        { return KindReturnLinkMade }
func (b *ReturnLinkMade) About() []string { return []string{"order/" + string(b.Order)} }

func (b *ReturnLinkMade) apply(s *State, _ *Event) {
	o := s.Orders[b.Order]
	delete(s.index.links, o.Link)
	o.Link = b.Digest
	s.index.setLink(o)
	s.touch(TableOrder, string(o.ID))
}

func (x *index) setLink(o *Order) {
	if o.Link != "" {
		x.links[o.Link] = o.ID
	}
}

// linkName is what the archive calls an order by its link.
func linkName(digest string) string { return "link/" + digest }

// OrderByReturnLink finds an order in memory by its link's digest; nil when it is in the archive or nowhere.
func (s *State) OrderByReturnLink(digest string) *Order { return s.Orders[s.index.links[digest]] }

// LinkName is under what the archive keeps a linked order.
func LinkName(digest string) string { return linkName(digest) }

// ReturnOffer is what a customer may send back of an item.
type ReturnOffer struct {
	SKU  SKU
	Name string
	Most int64
}

// ReturnOffers are the items of an order that may come back, and whether it is too late for all of them.
func (s *State) ReturnOffers(o *Order, now Time) (out []ReturnOffer, late bool) {
	t := &turn{State: s, c: &Command{Now: now}}
	seen := map[SKU]bool{}
	for _, l := range o.Lines {
		it := s.Items[l.SKU]
		if seen[l.SKU] || it == nil || s.ReturnPolicy().excludes(it) {
			continue
		}
		seen[l.SKU] = true
		if n := s.returnable(o, l.SKU); n > 0 {
			out = append(out, ReturnOffer{l.SKU, it.Name, n})
		}
	}
	return out, t.outOfWindow(o)
}

// ReturnsOf are the returns of an order, the oldest first.
func (s *State) ReturnsOf(o *Order) (out []*Return) {
	for _, id := range s.index.returnsOf[o.ID] {
		out = append(out, s.Returns[id])
	}
	return out
}

// ReturnByLink is a customer's return by the link of their order: within the policy, and of this order alone.
type ReturnByLink struct {
	Digest string
	Lines  []ReturnLine
	Wanted string
	Once   string // of the form: sent twice, it is one return
}

// Names gives the order, under the name of its link.
func (v ReturnByLink) Names() []string { return []string{linkName(v.Digest)} }

func (v ReturnByLink) do(t *turn) (any, *Error) {
	o := t.OrderByReturnLink(v.Digest)
	if o == nil {
		return nil, refuse(NotFound, "no_link", "this link leads nowhere")
	}
	known := t.ReturnPolicy().Reasons
	var f faults
	checkText(&f, "/once", v.Once, 0, CodeLimit)
	for i, l := range v.Lines {
		ok := false
		for _, r := range known {
			ok = ok || r.Code == l.Reason
		}
		if !ok {
			f.add(pointerTo("/lines", i, "reason"), "bad_value", "one of the reasons offered")
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	n := NewReturn{Order: string(o.ID), Lines: v.Lines, Wanted: v.Wanted, By: "customer"}
	if v.Once != "" { // under the link, so that nobody names another's return
		n.Ext = "page/" + clip(v.Digest)[:min(16, len(v.Digest))] + "/" + v.Once
	}
	return CreateReturn{n}.do(t)
}

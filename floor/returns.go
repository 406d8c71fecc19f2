package floor

import "slices"

// ReturnID numbers a return; it is also the code that is printed for it.
type ReturnID string

// Return is goods that come back, announced or not. Its reception, the verdict of each unit and the money are lives of
// their own: a refund may go out for what never arrives, and what arrives may be worth no refund.
type Return struct {
	ID      ReturnID     `cbor:"1,keyasint"`
	Order   OrderID      `cbor:"2,keyasint,omitempty"` // "" is a blind return: nobody knows of which order
	Channel string       `cbor:"3,keyasint,omitempty"`
	Status  string       `cbor:"4,keyasint"` // of its reception
	Wanted  string       `cbor:"5,keyasint"`
	Note    string       `cbor:"6,keyasint,omitempty"`
	Lines   []ReturnLine `cbor:"7,keyasint,omitempty"`
	Units   []ReturnUnit `cbor:"8,keyasint,omitempty"`
	Place   Place        `cbor:"9,keyasint,omitempty"` // where its units stand until their verdict
	Money   Settlement   `cbor:"10,keyasint"`
	Created Time         `cbor:"11,keyasint"`
	Closed  Time         `cbor:"12,keyasint,omitempty"`
	By      string       `cbor:"13,keyasint,omitempty"` // who announced it: api, customer, file, bench
	Ext     string       `cbor:"14,keyasint,omitempty"` // what a shop or a file calls it
	Pays    string       `cbor:"15,keyasint,omitempty"` // who pays the way back: us or customer
	Mark    string       `cbor:"16,keyasint,omitempty"` // of who sends it, under which it is remembered how much they send back

	Lease Lease         `cbor:"20,keyasint"`
	Due   *ReceivedUnit `cbor:"21,keyasint,omitempty"` // the unit in the hand, whose lot, day or serial is still due
	Odd   string        `cbor:"22,keyasint,omitempty"` // what is odd about it; the worker is asked
	Asked bool          `cbor:"23,keyasint,omitempty"` // whether more comes
	Steps []ReturnStep  `cbor:"24,keyasint,omitempty"` // for undo
}

// ReturnLine is what was announced of one item.
type ReturnLine struct {
	SKU    SKU    `cbor:"1,keyasint" json:"sku"`
	Qty    int64  `cbor:"2,keyasint" json:"qty"`
	Reason string `cbor:"3,keyasint,omitempty" json:"reason"`
	Wanted string `cbor:"4,keyasint,omitempty" json:"wanted"`
}

// ReturnUnit is one unit of a return.
type ReturnUnit struct {
	N           int            `cbor:"1,keyasint" json:"n"` // from 1
	Line        int            `cbor:"2,keyasint,omitempty" json:"line,omitempty"`
	SKU         SKU            `cbor:"3,keyasint" json:"sku"`
	Lot         string         `cbor:"4,keyasint,omitempty" json:"lot,omitempty"`
	Expiry      string         `cbor:"5,keyasint,omitempty" json:"expiry,omitempty"`
	Serial      string         `cbor:"6,keyasint,omitempty" json:"serial,omitempty"`
	Status      string         `cbor:"7,keyasint" json:"status"`
	Reason      string         `cbor:"8,keyasint,omitempty" json:"reason,omitempty"`
	Wanted      string         `cbor:"9,keyasint,omitempty" json:"wanted,omitempty"`
	Answers     []ReturnAnswer `cbor:"10,keyasint,omitempty" json:"answers,omitempty"`
	Grade       string         `cbor:"11,keyasint,omitempty" json:"grade,omitempty"`
	Disposition string         `cbor:"12,keyasint,omitempty" json:"disposition,omitempty"`
	Place       Place          `cbor:"13,keyasint,omitempty" json:"place,omitempty"`
	Flags       []string       `cbor:"14,keyasint,omitempty" json:"flags,omitempty"`
	PriceCents  int64          `cbor:"15,keyasint,omitempty" json:"price_cents"` // what the customer paid for it
	CostCents   int64          `cbor:"16,keyasint,omitempty" json:"handling_cents"`
	WorthCents  int64          `cbor:"17,keyasint,omitempty" json:"recovered_cents"`
	Worker      WorkerID       `cbor:"18,keyasint,omitempty" json:"inspected_by,omitempty"`
	At          Time           `cbor:"19,keyasint,omitempty" json:"-"`
	Photos      []string       `cbor:"20,keyasint,omitempty" json:"photos,omitempty"` // by the hash of the file
}

// ReturnAnswer is what the inspector answered to one question.
type ReturnAnswer struct {
	Question string `cbor:"1,keyasint" json:"question"`
	Answer   string `cbor:"2,keyasint" json:"answer"` // yes or no
}

// The status words of a return's reception.
const (
	ReturnAnnounced = "announced"
	ReturnReceived  = "received"
	ReturnClosed    = "closed"
	ReturnCancelled = "cancelled"
	ReturnRefused   = "refused" // not taken at the door: it goes back as it came
)

var returnLife = life{"return", []move{
	{ReturnAnnounced, "receive", ReturnReceived},
	{ReturnReceived, "unreceive", ReturnAnnounced},
	{ReturnAnnounced, "cancel", ReturnCancelled},
	{ReturnAnnounced, "refuse", ReturnRefused},
	{ReturnReceived, "close", ReturnClosed},
}}

// The status words of a unit's verdict.
const (
	UnitExpected = "expected"
	UnitArrived  = "arrived"
	UnitGraded   = "graded"
	UnitDisposed = "disposed"
	UnitMissing  = "missing" // the return was closed without it
)

var returnUnitLife = life{"return unit", []move{
	{UnitExpected, "arrive", UnitArrived},
	{UnitArrived, "grade", UnitGraded},
	{UnitGraded, "dispose", UnitDisposed},
	{UnitDisposed, "undispose", UnitGraded},
	{UnitGraded, "ungrade", UnitArrived},
	{UnitArrived, "unarrive", UnitExpected},
	{UnitExpected, "miss", UnitMissing},
}}

// What a customer may want.
const (
	WantRefund      = "refund"
	WantReplacement = "replacement"
)

// What is odd about a unit: flagged for a person, judged by nobody here.
const (
	OddSerial   = "other_serial"  // this customer was sent another
	OddLot      = "other_lot"     // this customer was sent none of it
	FlagNotSent = "not_sent"      // more than was sent, or another item
	FlagExtra   = "not_announced" // sent, but nobody said that it comes back
	FlagLost    = "lost"          // it was taken in and is not where it stood
	FlagLate    = "out_of_window"
	FlagClaim   = "claim_differs" // said to be broken or damaged, and found as new or whole
)

// ReturnUnitLimit is how many units one return has.
const ReturnUnitLimit = 500

// live is true of a return that is still about goods to come or to judge.
func (r *Return) live() bool { return r.Status == ReturnAnnounced || r.Status == ReturnReceived }

// counts is true of a return whose units count against what was sent.
func (r *Return) counts() bool { return r.Status != ReturnCancelled && r.Status != ReturnRefused }

func (r *Return) unit(n int) *ReturnUnit {
	if n < 1 || n > len(r.Units) {
		return nil
	}
	return &r.Units[n-1]
}

// inHand is the unit that was taken up and has no place yet, or nil.
func (r *Return) inHand() *ReturnUnit {
	for i := range r.Units {
		if u := &r.Units[i]; u.Status == UnitArrived || u.Status == UnitGraded {
			return u
		}
	}
	return nil
}

func (r *Return) count(status string) (n int64) {
	for i := range r.Units {
		if r.Units[i].Status == status {
			n++
		}
	}
	return n
}

// NewReturn is what announces a return.
type NewReturn struct {
	Row     int
	Order   string // an order's id, or a parcel's id or tracking number; with a channel the shop's own number; "" is blind
	Channel string
	Lines   []ReturnLine
	Wanted  string
	Note    string
	By      string
	Ext     string
	Anyway  bool // past the window, or of what is excluded: somebody decided so
}

// CreateReturn announces a return.
type CreateReturn struct{ Return NewReturn }

// Names gives the order that the return speaks of.
func (v CreateReturn) Names() []string { return v.Return.names() }

func (n *NewReturn) names() []string {
	out := []string{n.Order, externalKey(n.Channel, n.Order)}
	if n.Ext != "" {
		out = append(out, returnName(n.Ext))
	}
	return out
}

func (v CreateReturn) do(t *turn) (any, *Error) {
	n := v.Return
	if id, ok := t.index.returnsExt[n.Ext]; ok && n.Ext != "" {
		t.existing = true
		return t.ReturnView(t.Returns[id]), nil
	}
	o, err := t.mayReturn(&n)
	if err != nil {
		return nil, err
	}
	return t.ReturnView(t.Returns[t.openReturn(&n, o)]), nil
}

// mayReturn says why goods are not taken back, and of which order they are.
func (t *turn) mayReturn(n *NewReturn) (*Order, *Error) {
	o, err := t.orderToReturn(n)
	if err != nil {
		return nil, err
	}
	var f faults
	t.checkReturn(&f, n, o)
	if err := f.err(); err != nil {
		return nil, err
	}
	if late := t.outOfWindow(o); late && !n.Anyway {
		return nil, refuse(Conflict, "out_of_window", "it could come back until "+t.lastReturnDay(o)+"; send anyway: true to take it all the same")
	}
	return o, nil
}

// ImportReturns takes in some return authorisations of a file; a known one is left as it is. Dry says: only tell.
type ImportReturns struct {
	Returns []NewReturn
	Cancels []CancelRow // of which ExternalID is what a shop calls the return
	Dry     bool
}

// Names gives the orders.
func (v ImportReturns) Names() (out []string) {
	for i := range v.Returns {
		out = append(out, v.Returns[i].names()...)
	}
	for _, c := range v.Cancels {
		out = append(out, returnName(c.ExternalID))
	}
	return out
}

func (v ImportReturns) do(t *turn) (any, *Error) {
	if len(v.Returns)+len(v.Cancels) > RowLimit {
		return nil, refuse(Full, "too_many_rows", "at most "+itoa(RowLimit)+" rows in one command")
	}
	r := &Import{Errors: []RowFault{}}
	for i := range v.Returns {
		n := &v.Returns[i]
		if _, known := t.index.returnsExt[n.Ext]; known {
			r.Unchanged++
		} else if o, err := t.mayReturn(n); err != nil {
			r.reject(n.Row, n.Ext, err)
		} else if r.Created++; !v.Dry {
			t.openReturn(n, o)
		}
	}
	for _, c := range v.Cancels {
		t.cancelReturn(r, c, v.Dry)
	}
	return r, nil
}

// cancelReturn takes a shop's word that a return will not come. What is here already is judged all the same.
func (t *turn) cancelReturn(r *Import, c CancelRow, dry bool) {
	back := t.Returns[t.index.returnsExt[c.ExternalID]]
	switch {
	case back == nil || !back.live():
		r.Unchanged++
	case returnLife.to(back.Status, "cancel") == "":
		r.reject(c.Row, c.ExternalID, refuse(Conflict, "return_"+back.Status, "the shop cancelled return "+string(back.ID)+", whose goods have arrived"))
	case !dry:
		t.emit(&ReturnMoved{Return: back.ID, Verb: "cancel", Reason: clip(c.Reason)})
		fallthrough
	default:
		r.Updated++
	}
}

// orderToReturn finds the order that goods come back of; nil for none.
func (t *turn) orderToReturn(n *NewReturn) (*Order, *Error) {
	name := n.Order
	if name == "" {
		return nil, nil
	}
	o := t.Orders[OrderID(name)]
	if id, ok := t.index.external[externalKey(n.Channel, name)]; ok && n.Channel != "" {
		o = t.Orders[id]
	}
	if p := t.Parcel(name); o == nil && p != nil {
		o = t.Orders[p.Order]
	}
	if o == nil {
		return nil, &Error{Invalid, "unknown_order", "not accepted", []Fault{{"/order", "unknown_order", "no order " + name}}}
	}
	if !o.hasShipped() {
		return nil, refuse(Conflict, "not_shipped", "the order is "+o.Status+"; nothing of it has left the house. Cancel it instead")
	}
	return o, nil
}

func (o *Order) hasShipped() bool {
	return slices.ContainsFunc(o.Lines, func(l OrderLine) bool { return l.Shipped > 0 })
}

func (t *turn) checkReturn(f *faults, n *NewReturn, o *Order) {
	defaultText(&n.Wanted, WantRefund)
	checkWanted(f, "/wanted", n.Wanted)
	checkNote(f, "/note", n.Note)
	checkText(f, "/external_id", n.Ext, 0, ExternalLimit)
	if o != nil && len(n.Lines) == 0 {
		f.add("/lines", "required", "say what comes back")
	}
	var units int64
	asked := map[SKU]int64{}
	for i := range n.Lines {
		l := &n.Lines[i]
		defaultText(&l.Wanted, n.Wanted)
		defaultText(&l.Reason, "other")
		checkWanted(f, pointerTo("/lines", i, "wanted"), l.Wanted)
		checkText(f, pointerTo("/lines", i, "reason"), l.Reason, 1, CodeLimit)
		checkRange(f, pointerTo("/lines", i, "qty"), l.Qty, 1, QtyLimit)
		units += l.Qty
		it := t.Items[l.SKU]
		if it == nil {
			f.add(pointerTo("/lines", i, "sku"), "unknown_item", "no item "+string(l.SKU))
			continue
		}
		if t.ReturnPolicy().excludes(it) && !n.Anyway {
			f.add(pointerTo("/lines", i, "sku"), "not_returnable", string(l.SKU)+" is not taken back; send anyway: true to take it")
		}
		if asked[l.SKU] += l.Qty; o != nil && asked[l.SKU] > t.returnable(o, l.SKU) {
			f.add(pointerTo("/lines", i, "qty"), "more_than_sent", itoa(max(t.returnable(o, l.SKU), 0))+" of "+string(l.SKU)+" can come back: what was sent, less what comes back already")
		}
	}
	if units > ReturnUnitLimit || len(n.Lines) > ReturnUnitLimit {
		f.add("/lines", "too_many", "a return has at most 500 units; make several")
	}
}

func checkWanted(f *faults, pointer, wanted string) {
	if !oneOf(wanted, []string{WantRefund, WantReplacement}) {
		f.add(pointer, "bad_value", "refund or replacement")
	}
}

// openReturn makes the return; what it says was checked.
func (t *turn) openReturn(n *NewReturn, o *Order) ReturnID {
	r := Return{ID: ReturnID(t.following("return", "RT-%05d", 0)), Status: ReturnAnnounced, Wanted: n.Wanted, Note: n.Note, Lines: n.Lines, By: n.By, Ext: n.Ext}
	prices := &priceList{}
	if o != nil {
		r.Order, r.Channel, r.Mark, prices = o.ID, o.Channel, t.markOf(o), t.pricesOf(o)
	}
	defaultText(&r.Wanted, WantRefund)
	r.Pays = t.ReturnPolicy().paysFor(n.Lines)
	for i, l := range n.Lines {
		for range l.Qty {
			u := ReturnUnit{N: len(r.Units) + 1, Line: i + 1, SKU: l.SKU, Status: UnitExpected, Reason: l.Reason, Wanted: l.Wanted, PriceCents: prices.take(l.SKU)}
			if t.outOfWindow(o) {
				u.Flags = []string{FlagLate}
			}
			r.Units = append(r.Units, u)
		}
	}
	t.emit(&ReturnOpened{r})
	t.seenTo("shop_return", r.Ext, "it came in")
	return r.ID
}

// EndReturn cancels a return that has not come, or refuses it at the door.
type EndReturn struct {
	ID     ReturnID
	Verb   string // cancel or refuse
	Reason string
}

// Names gives the return.
func (v EndReturn) Names() []string { return []string{string(v.ID)} }

func (v EndReturn) do(t *turn) (any, *Error) {
	r := t.Returns[v.ID]
	if r == nil {
		return nil, refuse(NotFound, "no_return", "no return "+string(v.ID))
	}
	var f faults
	checkText(&f, "/reason", v.Reason, 0, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	if returnLife.to(r.Status, v.Verb) == "" {
		return nil, refuse(Conflict, "return_"+r.Status, "the return is "+r.Status+"; only one that has not come yet is cancelled or refused")
	}
	t.emit(&ReturnMoved{Return: r.ID, Verb: v.Verb, Reason: v.Reason})
	return t.ReturnView(r), nil
}

package floor

import (
	"fmt"
	"slices"
	"strings"
)

// Scans at the bench.

func (j *packJob) scan(t *turn, r *seen) *Verdict {
	if j.Mode != "" && j.Mode != ModeDamaged && j.Mode != ModeMove {
		if v := j.aimShort(t, r); v != nil {
			return v
		}
		t.emit(&BenchAsked{Order: j.Order}) // who scans on without an answer wanted something else
	}
	v := j.scanStep(t, r)
	j.sampleFailed(t, v)
	return v
}

func (j *packJob) scanStep(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	if v := j.scanParcel(t, r, n); v != nil {
		return v
	}
	switch n.Step {
	case "hand_over":
		return j.scanHandOver(t, r, n)
	case "open":
		return j.scanOpen(t, r, n)
	case "item":
		return j.scanItem(t, r, n)
	case "move":
		return j.scanMove(t, r, n)
	case "damaged":
		return j.scanDamaged(t, r, n)
	case "serial":
		return j.scanSerial(t, r.serialOf(j.Serial), r, n)
	case "lot":
		return j.scanLot(t, r, n)
	case "carton":
		return j.scanCarton(t, r, n)
	case "label":
		return j.scanLabel(t, r, n)
	case "check", "weigh":
		if r.carton != nil { // another one after all: the first was too small, or does not bear it
			return j.scanCarton(t, r, n)
		}
	}
	if r.bad != "" {
		return verdict(r.bad).scanned(r.thing()).wanted(wanted(n))
	}
	return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n))
}

func (j *packJob) scanItem(t *turn, r *seen, n *Next) *Verdict {
	o := t.Orders[j.Order]
	if r.item == nil {
		return j.elsewhere(t, r, n)
	}
	if !o.has(r.item.SKU) {
		return verdict(CodeNotInOrder).scanned(r.thing()).wanted(wanted(n)).belongs(t.whose(o, r))
	}
	rows := t.inTotes(o, r.item.SKU)
	if len(rows) == 0 {
		belongs := &Thing{"item", string(r.item.SKU), phrase("all units of it are packed; this one is too many")}
		if other := t.otherOrder(o, r); other != nil {
			belongs = other
		}
		return verdict(CodeTooMany).scanned(r.thing()).wanted(wanted(n)).belongs(belongs)
	}
	if r.item.Tracking == "serial" {
		if r.serial != "" {
			return j.scanSerial(t, r.serial, r, n)
		}
		t.emit(&PackSerialDue{Order: j.Order, SKU: r.item.SKU})
		return verdict(CodeSerialNext).scanned(r.thing())
	}
	return j.put(t, o, r, rows)
}

func (o *Order) has(sku SKU) bool {
	for _, l := range o.Lines {
		if l.SKU == sku {
			return true
		}
	}
	return false
}

// elsewhere refuses what is no item of this order, and says where it belongs.
func (j *packJob) elsewhere(t *turn, r *seen, n *Next) *Verdict {
	code := CodeWrongKind
	if r.tote != nil && r.tote.Order != "" && r.tote.Order != j.Order || r.order != nil && r.order.ID != j.Order {
		code = CodeOtherOrder
	}
	return verdict(code).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
}

// put moves verified units from the totes into the parcel.
func (j *packJob) put(t *turn, o *Order, r *seen, rows []*Stock) *Verdict {
	lots := lotsOf(rows, r.item.SKU, nil)
	of := r.among(lots)
	switch {
	case len(of) == 0 && len(lots) > 0:
		return r.ofNone(lots)
	case len(of) > 1 && r.item.byLot():
		return t.askLot(j.ref(), r)
	}
	if due := j.lotDue(t, r, of); due != nil {
		return due
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(row *Stock) bool {
		return !slices.Contains(of, StockKey{SKU: row.Key.SKU, Lot: row.Key.Lot, Expiry: row.Key.Expiry})
	})
	moves, left := j.moves(rows, r.qty)
	if room := o.leftOf(r.item.SKU); r.qty-left > room { // a batch's tote holds other orders' units, too
		left = r.qty - room
	}
	for i := range moves {
		moves[i].Among = t.mayBe(rows, moves[i].Key, r.lot)
	}
	if left > 0 {
		return verdict(CodeTooMany).scanned(r.thing()).qty(r.qty - left).wanted(&Thing{"qty", fmt.Sprint(r.qty - left), phrase("only {count} more", fmt.Sprint(r.qty-left))})
	}
	return j.pack(t, o, moves, r).scanned(r.thing()).qty(r.qty)
}

func (j *packJob) moves(rows []*Stock, qty int64) ([]Movement, int64) {
	var out []Movement
	for _, row := range rows {
		if n := min(qty, row.OnHand); n > 0 {
			out = append(out, Movement{Key: row.Key, Qty: n, Reason: "pack"})
			qty -= n
		}
	}
	return out, qty
}

// pack books movements out of the totes onto order lines and into the open parcel.
func (j *packJob) pack(t *turn, o *Order, moves []Movement, r *seen) *Verdict {
	if j.Parcel == "" {
		t.openParcel(o, "")
	}
	id := j.Parcel
	b := &UnitsPacked{Order: o.ID, Parcel: id, Counted: r.counted, Lot: r.lotTold, Serial: r.caught}
	qty, weightG := r.qty, r.weightG
	for _, part := range o.split(moves) {
		part.move.To = InParcel(id)
		b.Moves, b.Lines = append(b.Moves, part.move), append(b.Lines, part.line)
		if g := weightG * part.move.Qty / max(qty, 1); weightG > 0 {
			b.WeightG = append(b.WeightG, g)
			qty, weightG = qty-part.move.Qty, weightG-g
		}
	}
	t.emit(b)
	if j.open(o) == nil {
		t.suggest(o.ID)
		return verdict(CodeAllVerified)
	}
	return verdict(CodeVerified)
}

// leftOf is how many units of an item still go into a parcel.
func (o *Order) leftOf(sku SKU) (n int64) {
	for i := range o.Lines {
		if o.Lines[i].SKU == sku {
			n += o.Lines[i].left()
		}
	}
	return n
}

// share is what of a movement counts for one order line.
type share struct {
	line int
	move Movement
}

// split shares movements among the lines that still want them.
func (o *Order) split(moves []Movement) (out []share) {
	room := make([]int64, len(o.Lines))
	for i := range o.Lines {
		room[i] = o.Lines[i].left()
	}
	for _, m := range moves {
		for i := range o.Lines {
			if o.Lines[i].SKU != m.Key.SKU || room[i] == 0 || m.Qty == 0 {
				continue
			}
			part := m
			part.Qty = min(m.Qty, room[i])
			room[i] -= part.Qty
			m.Qty -= part.Qty
			out = append(out, share{i, part})
		}
	}
	return out
}

func (j *packJob) scanSerial(t *turn, serial string, r *seen, n *Next) *Verdict {
	sku := j.Serial
	if sku == "" {
		sku = r.item.SKU
	}
	o, thing := t.Orders[j.Order], &Thing{"serial", visible(serial), ""}
	one := &seen{item: t.Items[sku], qty: 1, weightG: r.weightG}
	for _, row := range t.inTotes(o, sku) {
		if row.Key.Serial == serial {
			return j.pack(t, o, []Movement{{Key: row.Key, Qty: 1, Reason: "pack"}}, one).scanned(thing)
		}
	}
	if v := j.catchSerial(t, o, sku, serial, one); v != nil {
		return v.scanned(thing)
	}
	belongs := t.hint(serial)
	if other := t.otherOrder(o, r); other != nil {
		belongs = other
	}
	return verdict(CodeWrongSerial).scanned(thing).wanted(&Thing{"serial", "", phrase("a serial that was picked for this order")}).belongs(belongs)
}

func (j *packJob) scanCarton(t *turn, r *seen, n *Next) *Verdict {
	if r.carton == nil {
		return j.elsewhere(t, r, n)
	}
	t.emit(&CartonChosen{Parcel: j.Parcel, Carton: r.carton.Code})
	return verdict(CodeCartonOK).scanned(r.thing())
}

// scanLabel proves the label: the code on the box is this parcel's, and on the label it has now. Only then is the
// parcel packed.
func (j *packJob) scanLabel(t *turn, r *seen, n *Next) *Verdict {
	p := j.parcel(t.State)
	switch {
	case r.bad != "":
		return verdict(r.bad).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	case r.parcel == nil:
		return j.elsewhere(t, r, n)
	case r.parcel.ID != p.ID:
		return verdict(CodeWrongLabel).scanned(r.thing()).wanted(wanted(n)).belongs(t.labelBelongs(r.parcel))
	case !p.onLabel(r.text):
		return verdict(CodeWrongLabel).scanned(r.thing()).wanted(wanted(n)).belongs(&Thing{"parcel", string(p.ID), phrase("this parcel's, but not on its label: scan the label printed last")})
	}
	t.emit(&ParcelMoved{Parcel: p.ID, Verb: "prove"})
	t.learnFrom(p)
	o := t.Orders[j.Order]
	if more := j.another(t); more || j.open(o) != nil {
		t.suggest(o.ID)
		return verdict(CodeProved).scanned(r.thing())
	}
	t.packed(o)
	return verdict(CodeOrderPacked).scanned(r.thing())
}

// onLabel says whether a code stands on the label that a parcel has now: not its id, nor the number of a label that
// was made void.
func (p *Parcel) onLabel(code string) bool {
	sscc := strings.TrimPrefix(strings.Replace(code, "(00)", "00", 1), "00")
	return p.Tracking != "" && (code == p.Tracking || code == p.Barcode) || p.SSCC != "" && (code == p.SSCC || sscc == p.SSCC)
}

// labelBelongs says whose a label is, and where its parcel should be.
func (s *State) labelBelongs(p *Parcel) *Thing {
	whose := &Thing{"order", string(p.Order), phrase("this label is of order {order}", string(p.Order))}
	if p.Status != ParcelOpen && p.Status != ParcelClosed {
		whose.Text += "; " + s.parcelBelongs(p).Text
	}
	return whose
}

// packed ends the packing of an order whose last parcel is proved.
func (t *turn) packed(o *Order) {
	list := t.Packings[o.ID].List
	t.emit(&PackEnded{Order: o.ID})
	t.drained(list)
	if len(o.Parcels) > 0 {
		t.moveOrder(o, "close", "")
		if t.allGone(o) { // its parcels left while the rest was still sought
			t.departOrder(o, "")
		}
		return
	}
	t.moveOrder(o, "unrelease", HoldShort)
	t.raise("order_short", string(o.ID), "nothing of order "+string(o.ID)+" reached the bench: it is held", "order")
}

package floor

import (
	"fmt"
	"slices"
)

// Packing is an order being packed at a bench: one order, one bench.
type Packing struct {
	Order   OrderID    `cbor:"1,keyasint"`
	Lease   Lease      `cbor:"2,keyasint"`
	Parcel  ParcelID   `cbor:"3,keyasint,omitempty"` // the one open or waiting for its label
	Closing bool       `cbor:"4,keyasint,omitempty"` // no more goods into this parcel
	Serial  SKU        `cbor:"5,keyasint,omitempty"` // the item was scanned; its serial is due
	Undo    []Undoable `cbor:"6,keyasint,omitempty"`
	Pending bool       `cbor:"7,keyasint,omitempty"`  // its tote has not been scanned at the bench yet
	Fill    []FillUnit `cbor:"30,keyasint,omitempty"` // how the carton advised is filled, from its floor upwards
}

// packJob is the bench: tote or order, every unit, carton, weight, and the printed label scanned back.
type packJob struct{ *Packing }

func init() {
	works = append(works, work{
		kind: "pack", roles: RolePacker | RoleLead | RoleAdmin, devices: []string{"bench"},
		find:   findPack,
		offers: packOffers, start: startPack, opens: openPack,
	})
}

func findPack(s *State, id string) job {
	if p := s.Packings[OrderID(id)]; p != nil {
		return &packJob{p}
	}
	return nil
}

func (j *packJob) ref() JobRef   { return JobRef{"pack", string(j.Order)} }
func (j *packJob) lease() *Lease { return &j.Lease }

func packOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, list := range []sorted[OrderID]{s.index.packing, s.index.picked} {
		for _, id := range list {
			o, p := s.Orders[id], s.Packings[id]
			if len(out) == OfferLimit || p != nil && !p.Lease.offeredTo(d) {
				continue
			}
			holder := ""
			if p != nil {
				holder = s.holder(p.Lease)
			}
			var done, total int64
			for _, l := range o.Lines {
				done, total = done+l.Packed, total+l.Picked
			}
			out = append(out, JobOffer{Job: "pack", ID: string(id), Title: o.ExternalID, Done: done, Total: total, Worker: holder,
				Detail: o.offerDetail()})
		}
	}
	return out
}

func first(totes []ToteCode) string {
	if len(totes) == 0 {
		return "-"
	}
	return string(totes[0])
}

// startPack takes the order named, or asks which one: the bench then scans a tote or an order.
func startPack(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		return t.openOrder(d, t.Orders[OrderID(a.ID)], true)
	}
	for _, id := range t.index.packing {
		if p := t.Packings[id]; p != nil && p.Lease.Worker == d.Worker {
			return &packJob{p}, nil
		}
	}
	for _, list := range []sorted[OrderID]{t.index.packing, t.index.picked} {
		for _, id := range list {
			if p := t.Packings[id]; p == nil || !p.Lease.held() {
				return t.openOrder(d, t.Orders[id], true)
			}
		}
	}
	return nil, verdict(CodeNoWork)
}

func openPack(t *turn, d *Device, r *seen) (job, *Verdict) {
	switch {
	case r.tote != nil && r.tote.Order != "":
		return t.openOrder(d, t.Orders[r.tote.Order], false)
	case r.tote != nil && t.Sortings[r.tote.List] != nil:
		return nil, nil // a batch's tote is sorted first
	case r.tote != nil:
		return nil, verdict(CodeInfo).belongs(&Thing{"tote", string(r.tote.Code), phrase("this tote is empty and free")})
	case r.order != nil:
		return t.openOrder(d, r.order, false)
	case r.parcel != nil:
		return t.openOrder(d, t.Orders[r.parcel.Order], false)
	}
	return nil, nil
}

// openOrder begins to pack an order, or says why not and where it is.
func (t *turn) openOrder(d *Device, o *Order, pending bool) (job, *Verdict) {
	if o == nil {
		return nil, verdict(CodeNoWork)
	}
	if p := t.Packings[o.ID]; p != nil {
		if p.Lease.held() && p.Lease.Worker != d.Worker && !d.Roles.any(RoleLead|RoleAdmin) {
			return nil, verdict(CodePackedElse).belongs(&Thing{"device", string(p.Lease.Device), t.deviceName(p.Lease.Device) + ", " + t.workerName(p.Lease.Worker)})
		}
		return &packJob{p}, nil
	}
	switch o.Status {
	case OrderPicked:
		t.emit(&PackOpened{Order: o.ID, Pending: pending})
		t.suggest(o.ID)
		return &packJob{t.Packings[o.ID]}, nil
	case OrderCancelled:
		return nil, verdict(CodeCancelled).belongs(&Thing{"put_back", string(o.ID), phrase("cancelled: put the goods back")})
	}
	return nil, verdict(CodeNotReady).belongs(&Thing{"order", string(o.ID), phrase("order is " + o.Status)})
}

func (s *State) deviceName(id DeviceID) string {
	if d := s.Devices[id]; d != nil {
		return d.Name
	}
	return string(id)
}

// left is how many units of a line still go into a parcel.
func (l *OrderLine) left() int64 { return l.Picked - l.Packed }

func (j *packJob) view(s *State) *JobView {
	v := &JobView{Kind: "pack", ID: string(j.Order)}
	for _, l := range s.Orders[j.Order].Lines {
		v.Done, v.Total = v.Done+l.Packed, v.Total+l.Picked
	}
	return v
}

func (j *packJob) parcel(s *State) *Parcel { return s.Parcels[j.Parcel] }

func (j *packJob) next(s *State) *Next {
	o, p := s.Orders[j.Order], j.parcel(s)
	n := &Next{Job: j.view(s), Want: []Want{}, Actions: j.actions(p)}
	n.Show = Show{Order: o.ID, ExternalID: o.ExternalID, Lines: j.lines(s, o), Reasons: ShortReasons}
	if o.ShipTo != nil && o.ShipTo.Person != nil {
		n.Show.Note = o.ShipTo.Person.Note
	}
	if p != nil {
		n.Show.Parcel = p.brief()
	}
	switch {
	case j.Pending:
		j.openStep(n, o)
	case j.Parcel != "" && p.Status == ParcelClosed && p.Tracking == "":
		j.buyStep(s, n, p)
	case j.Parcel != "" && p.Status == ParcelClosed:
		j.labelStep(n, p)
		s.soldLabel(n, p)
	case j.Serial != "":
		j.serialStep(s, n)
	case !j.Closing && j.open(o) != nil:
		j.itemStep(s, n, o)
		j.showCarton(s, n)
	case p == nil: // everything was short: nothing to pack
		n.Step, n.Title, n.Actions = "finish", phrase("Nothing left to pack"), []string{"finish"}
		n.Expects = []string{}
	case p.Carton == "":
		j.showCarton(s, n)
		j.cartonStep(s, n)
	default:
		j.weighStep(s, n, p)
	}
	return n
}

func (j *packJob) actions(p *Parcel) []string {
	var list []string
	if p == nil || p.Status == ParcelOpen {
		if p != nil && p.units() > 0 && !j.Closing {
			list = append(list, "close")
		}
		list = append(list, "short", "leave")
		if len(j.Undo) > 0 {
			list = append(list, "undo")
		}
		return list
	}
	return []string{"reprint", "leave"}
}

// open is the first line with units left to pack.
func (j *packJob) open(o *Order) *OrderLine {
	for i := range o.Lines {
		if o.Lines[i].left() > 0 {
			return &o.Lines[i]
		}
	}
	return nil
}

func (j *packJob) lines(s *State, o *Order) []LineBrief {
	out := []LineBrief{}
	for _, l := range o.Lines {
		name := string(l.SKU)
		if it := s.Items[l.SKU]; it != nil {
			name = it.Name
		}
		out = append(out, LineBrief{l.SKU, name, l.Picked, l.Packed})
	}
	return out
}

// openStep asks for the order's tote, so that what lies on the bench is what the screen speaks of.
func (j *packJob) openStep(n *Next, o *Order) {
	n.Step, n.Expects, n.Title = "open", []string{"tote", "order"}, phrase("Scan the tote")
	n.Actions = []string{"leave"}
	for _, c := range o.Totes {
		n.Want = append(n.Want, Want{"tote", string(c)})
	}
	n.Want = append(n.Want, Want{"order", string(o.ID)})
	if len(o.Totes) > 0 {
		n.Show.Tote = o.Totes[0]
	}
}

func (j *packJob) scanOpen(t *turn, r *seen, n *Next) *Verdict {
	if r.tote != nil && r.tote.Order == j.Order || r.order != nil && r.order.ID == j.Order {
		t.emit(&PackConfirmed{Order: j.Order})
		return verdict(CodeOpened).scanned(r.thing())
	}
	return j.elsewhere(t, r, n)
}

func (j *packJob) itemStep(s *State, n *Next, o *Order) {
	l := j.open(o)
	it := s.Items[l.SKU]
	n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Scan every unit")
	n.Show.Item, n.Show.Qty, n.Show.Done, n.Show.Total = it.brief(), l.left(), l.Packed, l.Picked
	for i := range o.Lines {
		if line := &o.Lines[i]; line.left() > 0 && len(n.Want) < 20 {
			n.Want = append(n.Want, s.unitWants(s.Items[line.SKU])[0])
		}
	}
	if j.qtyAllowed(s, o) != nil {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
}

func (j *packJob) serialStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "serial", []string{"serial"}, phrase("Scan the serial")
	n.Show.Item = s.Items[j.Serial].brief()
	for _, row := range s.inTotes(s.Orders[j.Order], j.Serial) {
		n.Want = append(n.Want, Want{"serial", row.Key.Serial})
	}
}

func (j *packJob) cartonStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "carton", []string{"carton"}, phrase("Which carton?")
	codes := slices.Clone([]CartonCode(s.index.cartons))
	if a := n.Show.Carton; a != nil { // the one advised comes first
		codes = append([]CartonCode{a.Code}, slices.DeleteFunc(codes, func(c CartonCode) bool { return c == a.Code })...)
	}
	p := j.parcel(s)
	slices.SortStableFunc(codes, func(a, b CartonCode) int { return tooLight(s, p, a) - tooLight(s, p, b) })
	for _, code := range codes {
		c := s.Cartons[code]
		n.Want = append(n.Want, Want{"carton", c.Label})
		n.Show.Cartons = append(n.Show.Cartons, CartonBrief{code, c.Name, c.Label})
	}
	if len(n.Want) == 0 {
		n.Show.Note = phrase("No carton is set up: close the parcel without one")
		n.Actions = []string{"close"}
	}
}

// tooLight is 1 for a carton that does not bear what is in a parcel, else 0: those come last.
func tooLight(s *State, p *Parcel, code CartonCode) int {
	c := s.Cartons[code]
	if p == nil || c.MaxGrossG == 0 {
		return 0
	}
	in := *p
	if in.Carton = code; s.expectedWeight(&in) > c.MaxGrossG {
		return 1
	}
	return 0
}

func (j *packJob) weighStep(s *State, n *Next, p *Parcel) {
	n.Step, n.Expects, n.Title = "weigh", []string{}, phrase("Weigh the parcel")
	n.Show.ExpectedWeight = s.expectedWeight(p)
	n.Actions = append([]string{"weigh"}, n.Actions...)
}

func (j *packJob) labelStep(n *Next, p *Parcel) {
	n.Step, n.Expects, n.Title = "label", []string{"parcel"}, phrase("Stick the label on and scan it")
	n.Want = []Want{{"parcel", p.Tracking}}
	n.Show.LabelURL = "/api/v1/parcels/" + string(p.ID) + "/label.pdf"
}

// expectedWeight is what a parcel should weigh: its carton and its items. 1 g at least, since an item
// without a weight weighs something.
func (s *State) expectedWeight(p *Parcel) int64 {
	var w int64
	if c := s.Cartons[p.Carton]; c != nil {
		w = c.TareG
	}
	for _, u := range p.Units {
		g, _ := s.weightOf(p, u)
		w += g
	}
	return max(w, 1)
}

// inTotes gives an order's goods of one item, still in totes.
func (s *State) inTotes(o *Order, sku SKU) []*Stock {
	var out []*Stock
	for _, c := range o.Totes {
		for _, row := range s.StockAt(InTote(c)) {
			if row.Key.SKU == sku && row.OnHand > 0 {
				out = append(out, row)
			}
		}
	}
	return out
}

// Scans.

func (j *packJob) scan(t *turn, r *seen) *Verdict {
	n := j.next(t.State)
	switch n.Step {
	case "open":
		return j.scanOpen(t, r, n)
	case "item":
		return j.scanItem(t, r, n)
	case "serial":
		return j.scanSerial(t, r.serialOf(j.Serial), r, n)
	case "carton":
		return j.scanCarton(t, r, n)
	case "label":
		return j.scanLabel(t, r, n)
	case "weigh":
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
		return verdict(CodeNotInOrder).scanned(r.thing()).wanted(wanted(n)).belongs(t.belongs(r))
	}
	rows := t.inTotes(o, r.item.SKU)
	if len(rows) == 0 {
		return verdict(CodeTooMany).scanned(r.thing()).wanted(wanted(n)).belongs(&Thing{"item", string(r.item.SKU), phrase("all units of it are packed; this one is too many")})
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
	if len(of) == 0 && len(lots) > 0 {
		return r.ofNone(lots)
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(row *Stock) bool {
		return !slices.Contains(of, StockKey{SKU: row.Key.SKU, Lot: row.Key.Lot, Expiry: row.Key.Expiry})
	})
	moves, left := j.moves(rows, r.qty)
	if left > 0 {
		return verdict(CodeTooMany).scanned(r.thing()).qty(r.qty - left).wanted(&Thing{"qty", fmt.Sprint(r.qty - left), phrase("only {count} more", fmt.Sprint(r.qty-left))})
	}
	return j.pack(t, o, moves, r.qty, r.weightG).scanned(r.thing()).qty(r.qty)
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
func (j *packJob) pack(t *turn, o *Order, moves []Movement, qty, weightG int64) *Verdict {
	id := j.Parcel
	if id == "" {
		id = ParcelID(t.following("parcel", "P-%06d", 0))
		t.emit(&ParcelOpened{Parcel: id, Order: o.ID})
	}
	b := &UnitsPacked{Order: o.ID, Parcel: id}
	room := make([]int64, len(o.Lines))
	for i := range o.Lines {
		room[i] = o.Lines[i].left()
	}
	for _, m := range moves {
		m.To = InParcel(id)
		for i := range o.Lines {
			if o.Lines[i].SKU != m.Key.SKU || room[i] == 0 || m.Qty == 0 {
				continue
			}
			part := m
			part.Qty = min(m.Qty, room[i])
			room[i] -= part.Qty
			m.Qty -= part.Qty
			b.Moves, b.Lines = append(b.Moves, part), append(b.Lines, i)
			if g := weightG * part.Qty / max(qty, 1); weightG > 0 {
				b.WeightG = append(b.WeightG, g)
				qty, weightG = qty-part.Qty, weightG-g
			}
		}
	}
	t.emit(b)
	if j.open(o) == nil {
		t.suggest(o.ID)
		return verdict(CodeAllVerified)
	}
	return verdict(CodeVerified)
}

func (j *packJob) scanSerial(t *turn, serial string, r *seen, n *Next) *Verdict {
	sku := j.Serial
	if sku == "" {
		sku = r.item.SKU
	}
	o, thing := t.Orders[j.Order], &Thing{"serial", visible(serial), ""}
	for _, row := range t.inTotes(o, sku) {
		if row.Key.Serial == serial {
			return j.pack(t, o, []Movement{{Key: row.Key, Qty: 1, Reason: "pack"}}, 1, r.weightG).scanned(thing)
		}
	}
	return verdict(CodeWrongSerial).scanned(thing).wanted(&Thing{"serial", "", phrase("a serial that was picked for this order")}).belongs(t.hint(serial))
}

func (j *packJob) scanCarton(t *turn, r *seen, n *Next) *Verdict {
	if r.carton == nil {
		return j.elsewhere(t, r, n)
	}
	t.emit(&CartonChosen{Parcel: j.Parcel, Carton: r.carton.Code})
	return verdict(CodeCartonOK).scanned(r.thing())
}

// scanLabel proves the label: the code on the box is this parcel's. Only then is the parcel packed.
func (j *packJob) scanLabel(t *turn, r *seen, n *Next) *Verdict {
	p := j.parcel(t.State)
	if r.parcel == nil {
		return j.elsewhere(t, r, n)
	}
	if r.parcel.ID != p.ID {
		return verdict(CodeWrongLabel).scanned(r.thing()).wanted(wanted(n)).belongs(&Thing{"order", string(r.parcel.Order), phrase("this label is of order {order}", string(r.parcel.Order))})
	}
	t.emit(&ParcelMoved{Parcel: p.ID, Verb: "prove"})
	o := t.Orders[j.Order]
	if j.open(o) != nil {
		t.suggest(o.ID)
		return verdict(CodeProved).scanned(r.thing())
	}
	t.packed(o)
	return verdict(CodeOrderPacked).scanned(r.thing())
}

// packed ends the packing of an order whose last parcel is proved.
func (t *turn) packed(o *Order) {
	t.emit(&PackEnded{Order: o.ID})
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

package floor

import "slices"

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

	Mode   string     `cbor:"120,keyasint,omitempty"` // a question that is asked, or what the next scan is for
	Line   int        `cbor:"121,keyasint,omitempty"` // short: of this order line
	Unsure *Unsure    `cbor:"122,keyasint,omitempty"` // units in the hand whose lot is asked for
	Lot    SKU        `cbor:"123,keyasint,omitempty"` // the item was scanned; its lot, which nobody noted before, is due
	Gone   bool       `cbor:"124,keyasint,omitempty"` // the order was cancelled: its goods are to be handed over
	Tote   ToteCode   `cbor:"125,keyasint,omitempty"` // the unit came out of this tote of single-unit orders
	List   PickListID `cbor:"126,keyasint,omitempty"` // which was picked on this list
	Every  bool       `cbor:"127,keyasint,omitempty"` // a wrong unit was found: no more counting in this order
	Draw   int64      `cbor:"128,keyasint,omitempty"` // 0 to 99: below the sample's percentage every unit is looked at
	Off    *WeightOff `cbor:"130,keyasint,omitempty"` // the last weight, where it did not fit
	Note   *BenchNote `cbor:"129,keyasint,omitempty"` // what was typed and confirmed for the present parcel
}

// settle ends what the next scan was to be for: the step is another.
func (p *Packing) settle() {
	p.Mode, p.Line, p.Unsure, p.Lot, p.Serial = "", 0, nil, "", ""
	if p.Note != nil {
		p.Note = &BenchNote{Checked: p.Note.Checked}
	}
}

// BenchNote is what a bench gathers for the parcel before it is closed.
type BenchNote struct {
	Digits  string   `cbor:"1,keyasint,omitempty"` // of the weight, card by card
	Checked []string `cbor:"2,keyasint,omitempty"` // prompts that the packer confirmed, by parcel
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

func (j *packJob) orders() []OrderID          { return []OrderID{j.Order} }
func (j *packJob) begun(*State, *Event, bool) {}

// lapsed ends the handing over of a cancelled order's goods: whoever fetches them finds them by their tote.
func (j *packJob) lapsed(s *State) bool {
	if j.Gone {
		s.endPacking(j.Order)
	}
	return j.Gone
}

func (j *packJob) keep(s *State) { s.savePacking(j.Packing) }

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
		return nil, nil // a batch's tote is sorted first, or single units are drawn from it
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
		if p.Lease.held() && p.Lease.Worker != d.Worker && !t.rolesOn(d).any(RoleLead|RoleAdmin) {
			return nil, verdict(CodePackedElse).belongs(&Thing{"device", string(p.Lease.Device), t.deviceName(p.Lease.Device) + ", " + t.workerName(p.Lease.Worker)}).overridable()
		}
		return &packJob{p}, nil
	}
	switch o.Status {
	case OrderPicked:
		t.emit(&PackOpened{Order: o.ID, Pending: pending, Draw: t.draw(o.ID)})
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
	n := &Next{Job: j.view(s), Want: []Want{}, Actions: j.actions(s, p)}
	n.Show = Show{Order: o.ID, ExternalID: o.ExternalID, Lines: j.lines(s, o), Reasons: ShortReasons}
	if o.ShipTo != nil && o.ShipTo.Person != nil {
		n.Show.Gift = o.ShipTo.Person.Note
	}
	if p != nil {
		n.Show.Parcel = p.brief()
	}
	j.showBench(s, n, o)
	switch {
	case j.Gone:
		j.handOverStep(s, n, o)
	case j.Pending:
		j.openStep(n, o)
	case j.Parcel != "" && p.Status == ParcelClosed && p.Tracking == "":
		j.buyStep(s, n, p)
	case j.Parcel != "" && p.Status == ParcelClosed:
		j.labelStep(n, p)
		j.showPrint(s, n, p)
		s.soldLabel(n, p)
	case j.Serial != "":
		j.serialStep(s, n)
	case j.Lot != "":
		j.lotStep(s, n, o)
	case j.Mode == ModeDamaged:
		j.damagedStep(s, n, o)
	case j.Mode == ModeMove || j.mustMove(s, o, p):
		j.moveStep(s, n, o)
	case !j.Closing && j.open(o) != nil:
		j.itemStep(s, n, o)
		j.showCarton(s, n)
	case p == nil: // everything was short: nothing to pack
		n.Step, n.Title, n.Actions = "finish", phrase("Nothing left to pack"), []string{"finish"}
		n.Expects = []string{}
	case p.Carton == "":
		j.showCarton(s, n)
		j.cartonStep(s, n)
	case j.prompt(s, o, p) != nil:
		j.checkStep(s, n, o, p)
	default:
		j.weighStep(s, n, p)
		j.showDigits(n)
	}
	j.ask(s, n, o)
	return n
}

func (j *packJob) actions(s *State, p *Parcel) []string {
	if p != nil && p.Status != ParcelOpen {
		return []string{"reprint", "reopen", "leave"}
	}
	var list []string
	if p != nil && p.units() > 0 && !j.Closing {
		list = append(list, "close")
	}
	list = append(list, "short", "leave")
	if len(j.Undo) > 0 {
		list = append(list, "undo")
	}
	return append(list, j.splits(s, p)...)
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
			n.Want = append(n.Want, j.unitWant(s, o, line))
		}
	}
	if lots := lotsOf(s.inTotes(o, l.SKU), l.SKU, nil); it.byLot() && len(lots) > 0 {
		n.Show.Lot, n.Show.Expiry = lots[0].Lot, lots[0].Expiry
	}
	if j.qtyAllowed(s, o) != nil {
		n.Actions = append([]string{"qty"}, n.Actions...)
	}
}

// unitWant is the code of a unit of a line. Where several lots of it lie in the totes, the code says which.
func (j *packJob) unitWant(s *State, o *Order, line *OrderLine) Want {
	it := s.Items[line.SKU]
	if lots := lotsOf(s.inTotes(o, line.SKU), line.SKU, nil); it.byLot() && len(lots) > 1 {
		wants, _ := s.lotWants(it, lots[0], false)
		return wants[0]
	}
	return s.unitWants(it)[0]
}

func (j *packJob) serialStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "serial", []string{"serial"}, phrase("Scan the serial")
	n.Show.Item = s.Items[j.Serial].brief()
	for _, row := range s.inTotes(s.Orders[j.Order], j.Serial) {
		n.Want = append(n.Want, Want{"serial", row.Key.Serial})
	}
	j.uncaught(s, n, j.Serial)
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
	if in.Carton = code; s.expectedG(&in) > c.MaxGrossG {
		return 1
	}
	return 0
}

func (j *packJob) weighStep(s *State, n *Next, p *Parcel) {
	n.Step, n.Expects, n.Title = "weigh", []string{}, phrase("Weigh the parcel")
	n.Show.ExpectedWeight = s.expectedG(p)
	n.Show.Weigh = j.weighView(s, p)
	n.Actions = append([]string{"weigh"}, n.Actions...)
	if j.canRecount(s, p) {
		n.Actions = append(n.Actions, "recount")
	}
}

func (j *packJob) labelStep(n *Next, p *Parcel) {
	n.Step, n.Expects, n.Title = "label", []string{"parcel"}, phrase("Stick the label on and scan it")
	n.Want = []Want{{"parcel", p.Tracking}}
	n.Show.LabelURL = "/api/v1/parcels/" + string(p.ID) + "/label.pdf"
}

// inTotes gives an order's goods of one item, still in totes. Of a batch's tote that is the very unit picked for it.
func (s *State) inTotes(o *Order, sku SKU) []*Stock {
	var out []*Stock
	for _, c := range o.Totes {
		for _, row := range s.StockAt(InTote(c)) {
			if row.Key.SKU == sku && row.OnHand > 0 {
				out = append(out, row)
			}
		}
	}
	if p := s.Packings[o.ID]; p != nil && p.Tote != "" {
		for i, lines := 0, s.PickLists[p.List].Lines; i < len(lines); i++ {
			if l := &lines[i]; l.Order == o.ID && l.SKU == sku {
				if row := s.stock[l.From.at(InTote(p.Tote))]; row != nil && row.OnHand > 0 {
					out = append(out, row)
				}
			}
		}
	}
	return out
}

package floor

import "slices"

// Where several lots of an item lie in an order's totes, a bare code does not say which one goes into which parcel, and
// a recall would have to warn everybody. And what an item demands that nobody noted before, a lot or a serial, is noted
// here: the bench is the last that sees it.

func (j *packJob) answerLot(t *turn, a *Act) *Verdict {
	o, u := t.Orders[j.Order], j.Unsure
	r, none := u.answered(t, j.ref(), lotsOf(t.inTotes(o, u.SKU), u.SKU, nil), a)
	if none != nil {
		return none
	}
	if j.Mode == ModeDamaged {
		return j.scanDamaged(t, r, j.next(t.State))
	}
	return j.put(t, o, r, t.inTotes(o, u.SKU))
}

// lotDue asks for the lot of units of which the books have none, where their item is kept by lot.
func (j *packJob) lotDue(t *turn, r *seen, of []StockKey) *Verdict {
	if r.item.Tracking != "lot" || len(of) == 0 || of[0].Lot != "" || r.lotTold != "" {
		return nil
	}
	if r.lot != "" {
		r.lotTold = r.lot
		return nil
	}
	t.emit(&LotAsked{Job: j.ref(), Unsure: Unsure{SKU: r.item.SKU, Qty: r.qty, WeightG: r.weightG, Expiry: r.expiry, Untold: true}})
	return verdict(CodeLotNext).scanned(r.thing())
}

func (j *packJob) lotStep(s *State, n *Next, o *Order) {
	n.Step, n.Expects, n.Title = "lot", []string{"lot"}, phrase("Scan or type its lot")
	n.Show.Item, n.Show.Qty = s.Items[j.Lot].brief(), j.Unsure.Qty
	n.Want = []Want{{"lot", "LOT-" + string(o.ID)}}
}

// scanLot takes the lot that is printed on the goods, alone or in a GS1 code.
func (j *packJob) scanLot(t *turn, r *seen, n *Next) *Verdict {
	lot := r.text
	if r.item != nil && r.item.SKU == j.Lot && r.lot != "" {
		lot = r.lot
	}
	if r.bad == CodeUnreadable || r.means() > 0 && lot == r.text || !plausible(lot) {
		return verdict(CodeWrongKind).scanned(r.thing()).wanted(wanted(n))
	}
	u, o := j.Unsure, t.Orders[j.Order]
	one := &seen{text: lot, item: t.Items[j.Lot], qty: u.Qty, weightG: u.WeightG, expiry: u.Expiry, lotTold: lot}
	return j.put(t, o, one, t.inTotes(o, u.SKU)).scanned(&Thing{"lot", visible(lot), ""})
}

// plausible is true of a text that can be a lot or a serial.
func plausible(text string) bool {
	var f faults
	checkText(&f, "", text, 1, CodeLimit)
	return f.err() == nil
}

// catchSerial notes the serial of a unit that was picked without one; nil where all that were picked have theirs.
func (j *packJob) catchSerial(t *turn, o *Order, sku SKU, serial string, one *seen) *Verdict {
	for _, row := range t.inTotes(o, sku) {
		if row.Key.Serial != "" {
			continue
		}
		if !plausible(serial) {
			return verdict(CodeUnreadable)
		}
		if len(t.index.serials[serial]) > 0 || t.caught(o, sku, serial) || len(t.itemsBy(serial)) > 0 {
			return verdict(CodeSerialTwice)
		}
		one.caught = serial
		return j.pack(t, o, []Movement{{Key: row.Key, Qty: 1, Reason: "pack"}}, one)
	}
	return nil
}

// caught is true of a serial that was noted for another unit of the order.
func (s *State) caught(o *Order, sku SKU, serial string) bool {
	return slices.ContainsFunc(o.Parcels, func(id ParcelID) bool {
		p := s.Parcels[id]
		return p != nil && slices.ContainsFunc(p.Units, func(u ParcelUnit) bool { return u.Key.SKU == sku && u.Serial == serial })
	})
}

// uncaught gives an example of a serial, where the next one is any that stands on the unit.
func (j *packJob) uncaught(s *State, n *Next, sku SKU) {
	for i := range n.Want {
		if n.Want[i].Code == "" {
			n.Want[i].Code = "SN-" + string(j.Order) + "-" + itoa(s.packedOf(s.Orders[j.Order], sku)+int64(i)+1)
		}
	}
}

func (s *State) packedOf(o *Order, sku SKU) (n int64) {
	for _, l := range o.Lines {
		if l.SKU == sku {
			n += l.Packed
		}
	}
	return n
}

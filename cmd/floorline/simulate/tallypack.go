package simulate

import "slices"

// ReturnEvery is of how many orders one comes back, in part.
const ReturnEvery = 8

// What the verdicts of benches and doors add up to: units in parcels, parcels on trucks, trucks that left.

func (b *book) packing(s *steps, f *frame, r *reply) int64 {
	o, sku := b.of(s.job.ID), f.ctx.sku()
	if known := b.stock.skuOf(f.Code); known != "" && f.Type == "scan" && f.ctx.Step != "serial" {
		sku = known // at a bench any line's item may come first
	}
	if f.saysLot() {
		sku = s.doubt.sku
	}
	switch r.Code {
	case "verified", "all_verified":
		n := b.units(s, f)
		o.packed[sku] += n
		o.open += n
		s.list = append(s.list, step{what: "packed", sku: sku, units: n})
		return n
	case "carton_ok":
		s.list = append(s.list, step{what: "carton"})
	case "shorted":
		s.list = nil
		n := f.ctx.Show.Qty
		o.picked[sku] -= n
		return n
	case "nothing_to_undo", "undo_too_late", "scan_label":
		s.list = nil
	case "undone":
		u := s.pop()
		if u.what == "packed" {
			o.packed[u.sku] -= u.units
			o.open -= u.units
		}
		return u.units
	case "label_proved", "order_packed":
		s.list = nil
		b.proved(o, f, r)
	}
	return 0
}

// proved books a parcel whose label was scanned back.
func (b *book) proved(o *orderTally, f *frame, r *reply) {
	o.packing = r.Code == "label_proved"
	if f.ctx.Step == "label" {
		o.parcels[f.Code] = &parcelTally{units: o.open}
		b.labels[f.Code] = o
		o.open = 0
		b.stock.sawLabel(f.Code)
		b.board.packed(o.carrier) // one that has left already was taken off when its truck left
		if manifest, gone := b.early[f.Code]; gone {
			truck := &b.acks[b.gone[manifest]]
			truck.units += b.leaves(manifest, f.Code)
			truck.parcels = append(truck.parcels, f.Code)
		}
	}
	if r.Code == "order_packed" && (len(o.parcels) == 0 || o.allGone()) {
		b.board.doubt(o.id)
	}
}

func (b *book) loading(s *steps, f *frame, r *reply) int64 {
	id := s.job.ID
	switch r.Code {
	case "loaded", "all_loaded":
		b.loaded(id, f.Code)
		s.list = append(s.list, step{what: "loaded", tracking: f.Code})
	case "undone":
		u := s.pop()
		b.trucks[id] = slices.DeleteFunc(b.trucks[id], func(t string) bool { return t == u.tracking })
	case "departed":
		return b.departed(id)
	}
	return 0
}

// departed settles the orders whose last parcel left with this truck, and gives the units on board.
func (b *book) departed(manifest string) int64 {
	var units int64
	for _, tracking := range b.trucks[manifest] {
		units += b.leaves(manifest, tracking)
	}
	b.gone[manifest] = len(b.acks) // where this verdict is entered now
	b.board.left(manifest, len(b.trucks[manifest]))
	return units
}

// leaves says that a parcel is gone, and gives its units. Its packer may not have heard yet that its label was right:
// the floor knew, and somebody loaded it. Then it is booked when the packer hears.
func (b *book) leaves(manifest, tracking string) int64 {
	o := b.labels[tracking]
	if o == nil {
		b.early[tracking] = manifest
		return 0
	}
	if o.parcels[tracking].gone {
		return 0
	}
	o.parcels[tracking].gone = true
	if !o.packing && o.allGone() && o.settled == "" {
		o.settled = "dispatched"
		if b.shipped++; b.shipped%ReturnEvery == 2 {
			b.board.sendBack(o.id)
		}
		b.board.settle()
	}
	return o.parcels[tracking].units
}

// loaded puts a parcel on board. Its verdict may reach a device that was away only after somebody else had
// taken the job over and closed the door: then it left with that truck.
func (b *book) loaded(manifest, tracking string) {
	at, left := b.gone[manifest]
	if !left {
		b.trucks[manifest] = append(b.trucks[manifest], tracking)
		return
	}
	truck := &b.acks[at]
	truck.units += b.leaves(manifest, tracking)
	truck.parcels = append(truck.parcels, tracking)
	if o := b.labels[tracking]; o != nil {
		b.board.unpacked(o.carrier, 1)
	}
}

func (o *orderTally) allGone() bool {
	for _, p := range o.parcels {
		if !p.gone {
			return false
		}
	}
	return len(o.parcels) > 0
}

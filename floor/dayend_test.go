package floor

import (
	"slices"
)

// The evening of a simulated day: whatever went wrong before, plain workers find a way on and end it.

// finish lets plain workers end the day: whatever went wrong before, they find a way on from every step, and no list, no
// sorting, no packing and no put-back is left over.
func (d *day) finish(seed uint64) {
	d.t.Helper()
	d.must(MakeTotes{Count: 200})
	for a := range 3 {
		d.must(BlockAisle{Aisle: a, Open: true})
	}
	d.leadEverywhere()
	d.until(seed, "pick", "sort", "putback", "pack")
	d.dockHour(seed)
	d.leadEverywhere()
	d.until(seed, "pick", "sort", "putback", "pack", "load")
	d.returnsHour()
	d.leadEverywhere()
	d.stockEnd(seed)
	if len(d.s.index.lists)+len(d.s.index.sortings)+len(d.s.index.picked)+len(d.s.index.packing)+len(d.s.PutBacks) > 0 {
		d.t.Fatalf("day %d ends with work left: lists %v, sortings %v, picked %v, packing %v, put-backs %v", seed, d.s.index.lists,
			d.s.index.sortings, d.s.index.picked, d.s.index.packing, d.s.PutBacks)
	}
	for _, p := range d.s.Parcels {
		on := d.s.Pallets[p.Pallet]
		stays := on != nil && slices.ContainsFunc(on.Parcels, func(id ParcelID) bool {
			return d.s.Parcels[id].Status != ParcelPacked || d.s.index.stopped.has(d.s.Parcels[id].Order)
		})
		if p.Status == ParcelLoaded || p.Status == ParcelPacked && !d.s.index.stopped.has(p.Order) && !stays {
			d.t.Fatalf("day %d ends with parcel %s %s: %+v", seed, p.ID, p.Status, p)
		}
	}
	d.sound()
}

// leadEverywhere lets leases run out and signs a lead in on every device.
func (d *day) leadEverywhere() {
	d.now += LeaseMS
	d.must(Tick{})
	for _, n := range []int{1, 2, 3, 4, 5} {
		dev := d.s.Devices[d.device(n)]
		if dev.Worker != "" {
			d.frame(dev, Act{Action: "signout"})
		}
		d.frame(dev, SignIn{d.worker(3)})
	}
}

// until has plain workers do jobs of some kinds until there are none.
func (d *day) until(seed uint64, kinds ...string) {
	for range 400 {
		idle := true
		for _, kind := range kinds {
			n := 1 // the handheld
			switch kind {
			case "pack":
				n = 2 // the bench
			case "load":
				n = 3 // the dock
			case "inspect":
				n = 5 // the returns bench
			}
			idle = !d.plainly(seed, n, kind) && idle
		}
		if idle {
			return
		}
	}
}

// dockHour is an hour in which a lead and a picker load, build pallets, take things off again, and the desk meddles.
func (d *day) dockHour(seed uint64) {
	for i := range 120 {
		if d.r.IntN(6) == 0 {
			d.atTheDesk()
		}
		dev := d.s.Devices[d.device(3+d.r.IntN(2))]
		next := d.s.NextFor(dev.ID)
		switch {
		case next.Job != nil && next.Job.Kind != "load":
			d.frame(dev, Act{Action: "leave"})
		case next.Job == nil:
			d.frame(dev, Act{Action: "start", Job: "load", Reason: "the hour ends"})
		case d.r.IntN(8) == 0:
			d.wrong(dev, next)
		default:
			d.atDock(dev, next)
		}
		d.allSound()
		if i == 60 {
			d.restart(seed)
		}
	}
}

// atDock is a sensible thing to do at a step of a load.
func (d *day) atDock(dev *Device, next *Next) {
	act := func(name string) { d.frame(dev, Act{Action: name, Plate: "B FL 1", Driver: "Jo"}) }
	switch {
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(2)].ID})
	case next.Step == "parcel" && d.r.IntN(3) == 0:
		act([]string{"pallet", "unload", "vehicle", "close", "undo"}[d.r.IntN(5)])
	case next.Step == "unload" && d.r.IntN(2) == 0, next.Step == "pallet" && d.r.IntN(4) == 0:
		d.frame(dev, Scan{Code: "DOOR-1"})
	case next.Step == "unload" && d.r.IntN(2) == 0:
		act("load")
	case next.Step == "pallet" && d.r.IntN(3) == 0:
		act([]string{"close", "unload", "load", "leave"}[d.r.IntN(4)])
	case next.Step == "close" && d.r.IntN(2) == 0:
		act("unload")
	case len(next.Want) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		act(next.Actions[0])
	}
}

// plainly does one job of a kind as the plainest client would; a lead takes over what somebody left. It says whether
// there was one.
func (d *day) plainly(seed uint64, n int, kind string) bool {
	h := &hand{f: d.shift, device: d.device(n), worker: d.worker(3)}
	if h.next().Job == nil {
		start := Act{Action: "start", Job: kind, Reason: "the day ends"}
		for _, o := range h.next().Show.Jobs {
			if o.Job == kind && o.ID != blind {
				start.ID = o.ID
				break
			}
		}
		if h.act(start); h.next().Job == nil {
			return false
		}
	}
	for range 500 {
		next := h.next()
		if next.Job == nil {
			return kind != "load" || h.last.Code != CodeLeft // a truck with nothing to load is left
		}
		if kind == "receive" && next.Step == "item" && len(next.Want) == 0 { // nobody announced it: a person says when it is all
			h.act(Act{Action: "finish"})
			continue
		}
		if kind == "count" && next.Step == "serial" && len(next.Want) == 0 { // scanned, and not there: nobody holds its serial
			h.act(Act{Action: "undo"})
			continue
		}
		if d.byNumber(h, next) {
			continue
		}
		if !h.plain(next) {
			d.t.Fatalf("day %d: no way on from %s of %v: %+v", seed, next.Step, next.Job, next)
		}
		if h.last.Code == CodeBadWeight { // somebody took a carton before that does not bear it
			h.scan(CartonLabel("S")).expect(CodeCartonOK)
			continue
		}
		if c := h.last.Class(); c == Refused || c == Stop {
			d.t.Fatalf("day %d: a plain client was refused: %s at %s of %v, wanted %v, show %+v", seed, h.last.Code, next.Step, next.Job, next.Want, next.Show)
		}
	}
	d.t.Fatalf("day %d: the job never ends: %+v", seed, h.next())
	return false
}

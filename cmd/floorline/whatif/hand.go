package whatif

import (
	"fmt"
	"slices"

	"floorline/floor"
)

// hand is a worker with a device: what they are about to do, where they stand, and how they spend the day.
type hand struct {
	role   string // picker, packer or loader
	device floor.DeviceID
	worker floor.WorkerID
	kinds  []string // of work, what they like to do first
	r      chance
	pace   float64 // times the usual time; everybody has their own

	plan   floor.Verb // goes to the floor at the end of the action
	at     *floor.Spot
	idle   bool
	busyMS int64 // between the start and the truck
	metres float64
}

// post is a kind of place to work at.
type post struct {
	role, device string
	kinds        []string
	roles        floor.Roles
}

// The posts of a warehouse, in the order of the stages.
var posts = []post{
	{"picker", "handheld", []string{"pick"}, floor.RolePicker},
	{"packer", "bench", []string{"sort", "pack"}, floor.RolePacker},
	{"loader", "dock", []string{"load"}, floor.RolePacker},
}

// hire makes the day's workers and signs them in. Each has a stream of chance of their own, by role and number.
func (d *day) hire(run, pickers int) {
	for i, p := range posts {
		for n := range []int{pickers, d.q.Packers, d.q.Loaders}[i] {
			name := fmt.Sprintf("What-if %s %d", p.role, n+1)
			view, ok := d.do(floor.SaveWorker{Worker: floor.Worker{Name: name, Roles: p.roles}}).(*floor.WorkerView)
			if !ok {
				return
			}
			code := fmt.Sprintf("what-if %d %s %d", d.world.seq, p.role, n+1)
			d.do(floor.MakePairing{Pairing: floor.Pairing{Digest: code}})
			paired, ok := d.do(floor.Pair{Code: code, Token: code, Name: name, Kind: p.device}).(*floor.DeviceView)
			if !ok {
				return
			}
			h := &hand{role: p.role, device: paired.ID, worker: view.ID, kinds: p.kinds, r: newChance(d.q.Seed, run, streamWorker+i*1000+n)}
			h.pace = h.r.around(1, 0.1)
			d.scan(h, floor.SignIn{Worker: h.worker})
			d.hands = append(d.hands, h)
			d.actors = append(d.actors, h)
		}
	}
}

// scan is what a worker does on a device, and what the screen asks for then. A refusal is part of the day.
func (d *day) scan(h *hand, v floor.Verb) *floor.Next {
	c := &floor.Command{Now: d.now, Device: h.device, Worker: h.worker, Verb: v}
	if dev := d.s.Devices[h.device]; dev != nil {
		c.Roles = dev.Roles
	}
	a := d.s.Do(c)
	d.follow(a)
	if a.Verdict == nil {
		d.err = fmt.Errorf("%T of a %s came to no verdict: %v", v, h.role, a.Err)
		return nil
	}
	return a.Verdict.Next
}

// pollMS is how often somebody without work looks for some.
const pollMS = 5 * floor.SecondMS

// turn ends the action that was begun and begins the next.
func (h *hand) turn(d *day) (floor.Time, bool) {
	var screen *floor.Next
	if h.plan != nil {
		screen = d.scan(h, h.plan)
		h.plan = nil
	} else {
		screen = d.s.NextFor(h.device)
	}
	if screen == nil {
		return 0, false
	}
	seconds := h.next(d, screen)
	if h.idle = h.plan == nil; h.idle {
		return d.now + pollMS, true
	}
	until := d.now + max(floor.Time(seconds*floor.SecondMS), 1)
	h.busyMS += int64(max(min(until, d.truck)-d.now, 0))
	return until, true
}

// takes is how long this worker takes for what takes so many seconds usually.
func (h *hand) takes(d *day, seconds float64) float64 {
	return h.r.around(seconds*h.pace, d.q.Spread)
}

// next plans the action that the screen asks for, and says how many seconds it takes.
func (h *hand) next(d *day, n *floor.Next) float64 {
	switch {
	case n.Job == nil:
		return h.start(d, n)
	case n.Ask != nil:
		h.plan = floor.Act{Action: "answer", Ask: n.Ask.ID, Value: n.Ask.Options[0].ID}
		return h.takes(d, d.q.ScanS)
	case n.Job.Kind == "pick":
		return h.pick(d, n)
	case n.Job.Kind == "pack":
		return h.pack(d, n)
	case n.Job.Kind == "load":
		return h.load(d, n)
	}
	return h.follow(d, n, d.q.ScanS+d.q.PickS/4) // the put wall: a unit taken from the tote and put in its slot
}

// follow does what is wanted first, or the one thing there is to do.
func (h *hand) follow(d *day, n *floor.Next, seconds float64) float64 {
	switch {
	case len(n.Want) > 0:
		h.plan = floor.Scan{Code: n.Want[0].Code, Origin: "wedge"}
	case len(n.Actions) == 1:
		h.plan = floor.Act{Action: n.Actions[0]}
	case slices.Contains(n.Actions, "finish"):
		h.plan = floor.Act{Action: "finish"}
	}
	return h.takes(d, seconds)
}

// start takes a job where one is offered.
func (h *hand) start(d *day, n *floor.Next) float64 {
	for _, kind := range h.kinds {
		for _, o := range n.Show.Jobs {
			if o.Job == kind && (kind != "load" || o.Total > o.Done) {
				h.plan = floor.Act{Action: "start", Job: kind}
				if kind == "load" {
					h.plan = floor.Act{Action: "start", Job: kind, ID: o.ID}
				}
				return h.takes(d, d.q.ScanS)
			}
		}
	}
	return 0
}

// pick is a step of a walk.
func (h *hand) pick(d *day, n *floor.Next) float64 {
	switch n.Step {
	case "bin":
		way := h.walk(d, d.spot(n.Show.Bin))
		if wrong := d.beside(n.Show.Bin); wrong != "" && h.r.happens(d.q.Errors) {
			h.plan = floor.Scan{Code: floor.BinLabel(wrong), Origin: "wedge"}
			return way + h.takes(d, d.q.ScanS)
		}
		return way + h.follow(d, n, d.q.ScanS)
	case "item":
		return h.take(d, n)
	case "stage", "pass":
		return h.walk(d, nil) + h.follow(d, n, d.q.ScanS)
	}
	return h.follow(d, n, d.q.ScanS+d.q.PickS/4) // a tote onto the cart, units into their slot, a serial
}

// take is a hand in a bin: the units, or one too few, or a broken one, or the wrong thing at first.
func (h *hand) take(d *day, n *floor.Next) float64 {
	can := func(action string) bool { return slices.Contains(n.Actions, action) }
	switch p := h.r.Float64(); {
	case p < d.q.Errors:
		h.plan = floor.Scan{Code: string(d.world.demand[h.r.IntN(len(d.world.demand))].sku), Origin: "wedge"}
		return h.takes(d, d.q.PickS+d.q.ScanS)
	case p < d.q.Errors+d.q.Shorts && can("short"):
		found := n.Show.Done
		if d.s.Items[n.Show.Item.SKU].Tracking != "serial" {
			found += n.Show.Qty - 1
		}
		h.plan = floor.Act{Action: "short", Found: found, Reason: "missing"}
		return h.takes(d, 2*d.q.PickS*float64(n.Show.Qty)+d.q.ScanS) // one looks again
	case p < d.q.Errors+d.q.Shorts+d.q.Damaged && can("damaged"):
		h.plan = floor.Act{Action: "damaged", Qty: 1, Reason: "damaged"}
		return h.takes(d, d.q.PickS+d.q.ScanS)
	case n.Show.Qty > 1 && can("qty"):
		h.plan = floor.Act{Action: "qty", Qty: n.Show.Qty}
		return h.takes(d, d.q.PickS*float64(n.Show.Qty)+d.q.ScanS)
	}
	return h.follow(d, n, d.q.PickS+d.q.ScanS)
}

// pack is a step at the bench. Carton, scale and label are a parcel's time; each unit is scanned beside it.
func (h *hand) pack(d *day, n *floor.Next) float64 {
	switch n.Step {
	case "weigh":
		h.plan = floor.Act{Action: "weigh", WeightG: n.Show.ExpectedWeight}
		return h.takes(d, d.q.PackS/2)
	case "label":
		return h.follow(d, n, d.q.PackS/2)
	case "item":
		if n.Show.Qty > 1 && slices.Contains(n.Actions, "qty") {
			h.plan = floor.Act{Action: "qty", Qty: n.Show.Qty}
			return h.takes(d, d.q.ScanS*float64(n.Show.Qty))
		}
	}
	return h.follow(d, n, d.q.ScanS)
}

// load is a step at the dock. The door is shut when the truck departs, not before.
func (h *hand) load(d *day, n *floor.Next) float64 {
	if n.Step == "parcel" && len(n.Want) > 0 {
		return h.follow(d, n, d.q.LoadS+d.q.ScanS)
	}
	h.plan = floor.Act{Action: "leave"}
	return h.takes(d, d.q.ScanS)
}

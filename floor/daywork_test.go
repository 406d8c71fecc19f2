package floor

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"floorline/floor/words"
)

// What may happen on a simulated day, sensible or not.

// something is one thing that may happen on a floor.
func (d *day) something() {
	switch n := d.r.IntN(100); {
	case n < 6:
		d.newOrder()
	case n < 10:
		d.release()
	case n < 11 && len(d.orders) > 0:
		d.do(&Command{Verb: CancelOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 12 && len(d.orders) > 0:
		d.do(&Command{Verb: HoldOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 13 && len(d.orders) > 0:
		d.do(&Command{Verb: UnholdOrder{ID: d.orders[d.r.IntN(len(d.orders))]}})
		d.do(&Command{Verb: SendPart{ID: d.orders[d.r.IntN(len(d.orders))]}})
	case n < 14 && len(d.orders) > 0:
		d.do(&Command{Verb: PutBack{Order: d.orders[d.r.IntN(len(d.orders))], Bin: "A0-00"}})
	case n < 15:
		d.now += Time(d.r.IntN(int(20 * MinuteMS)))
		d.do(&Command{Verb: Tick{}})
	case n < 16 && d.r.IntN(2) == 0:
		d.do(&Command{Verb: BlockAisle{Aisle: d.r.IntN(3), Open: d.r.IntN(2) == 0}})
	case n < 16:
		d.do(&Command{Verb: AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: int64(d.r.IntN(9) - 4), Reason: "count"}})
	case n < 17:
		d.atTheDesk()
	case n < 23:
		d.aboutStock()
	case n < 25 && len(d.sent) > 0:
		d.repeat()
	default:
		d.work()
	}
}

// atTheDesk is what a lead does with trucks and parcels.
func (d *day) atTheDesk() {
	parcels, manifests := slices.Sorted(maps.Keys(d.s.Parcels)), slices.Sorted(maps.Keys(d.s.Manifests))
	if len(parcels) == 0 || len(manifests) == 0 {
		return
	}
	parcel, m := string(parcels[d.r.IntN(len(parcels))]), manifests[d.r.IntN(len(manifests))]
	switch d.r.IntN(6) {
	case 0:
		d.do(&Command{Verb: ReopenManifest{ID: m, Reason: "by mistake"}})
	case 1:
		d.do(&Command{Verb: RerouteParcel{Parcel: parcel, Service: "late"}})
	case 2:
		d.do(&Command{Verb: PlanParcels{Manifest: m, Parcels: []string{parcel}}})
	case 3:
		d.do(&Command{Verb: CloseManifest{m}})
	case 4:
		d.do(&Command{Verb: ReopenPallet{withCheck("PA-0001")}})
	default:
		d.do(&Command{Verb: ProveLoad{Manifest: m, Signature: strings.Repeat("a", 64), Signer: "Jo"}})
	}
}

func (d *day) newOrder() {
	n := NewOrder{Channel: "web", ExternalID: fmt.Sprint(len(d.orders)), Priority: d.r.IntN(3), Ship: []string{"", "", ShipComplete, ShipPartial}[d.r.IntN(4)]}
	if d.r.IntN(3) == 0 {
		n.Lines = []NewLine{{SKU: []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)], Qty: 1, PriceCents: 1000}}
	}
	for range (1 + d.r.IntN(3)) * (1 - len(n.Lines)) {
		sku := []SKU{"MUG", "BOX", "TEA", "CAM"}[d.r.IntN(4)]
		n.Lines = append(n.Lines, NewLine{SKU: sku, Qty: int64(1 + d.r.IntN(8)), PriceCents: 1000})
	}
	if a := d.do(&Command{Verb: CreateOrder{n}}); a.Err == nil {
		d.orders = append(d.orders, a.Result.(*OrderView).ID)
	}
}

func (d *day) release() {
	method := waveMethods[d.r.IntN(4)]
	d.do(&Command{Verb: ReleaseWave{Pass: d.r.IntN(2) == 0, Filter: &OrderFilter{Limit: 1 + d.r.IntN(4)}, Method: method, Partial: d.r.IntN(3) == 0}})
}

// repeat sends an old command once more: its answer must be the one given before, and nothing may change.
func (d *day) repeat() {
	i := max(0, len(d.sent)-1-d.r.IntN(50))
	c, before := d.sent[i], d.answers[i].Verdict
	if !d.s.HasAnswer(c.ID) {
		return // memory keeps answers of this process only; the store finds older ones on disk
	}
	a := d.do(&c)
	if !a.Replayed || len(a.Events) > 0 || a.Verdict.Code != before.Code {
		d.t.Fatalf("a repeat of %s got %s after %s", c.ID, a.Verdict.Code, before.Code)
	}
}

// work is a worker doing the next thing, or a wrong thing.
func (d *day) work() {
	d.workAt(1 + d.r.IntN(5))
}

func (d *day) workAt(n int) {
	dev := d.s.Devices[d.device(n)]
	if dev.Worker == "" {
		d.frame(dev, SignIn{d.worker([]int{1, 2, 3, 3, 4}[n-1])})
		return
	}
	next := d.s.NextFor(dev.ID)
	if d.r.IntN(4) == 0 {
		d.wrong(dev, next)
		return
	}
	if next.Job != nil && next.Job.Kind == "pack" && next.Ask == nil && d.r.IntN(4) == 0 {
		d.split(dev, next)
		return
	}
	switch {
	case next.Job == nil:
		kind := map[string]string{"handheld": "pick", "bench": "pack", "dock": "load", "returns": "inspect"}[dev.DeviceKind]
		if oneOf(dev.DeviceKind, []string{"handheld", "bench"}) && d.r.IntN(3) == 0 {
			kind = "sort"
		}
		if dev.DeviceKind == "bench" && d.r.IntN(3) == 0 {
			kind = "singles"
		}
		if dev.DeviceKind == "handheld" && d.r.IntN(3) == 0 {
			kind = "putback"
		}
		d.frame(dev, d.startStock(dev, kind))
	case d.atStock(dev, next): // done
	case next.Ask != nil:
		d.frame(dev, Act{Action: "answer", Ask: next.Ask.ID, Value: next.Ask.Options[d.r.IntN(len(next.Ask.Options))].ID})
	case next.Step == "weigh":
		d.frame(dev, Act{Action: "weigh", WeightG: next.Show.ExpectedWeight})
	case len(next.Want) > 0:
		d.frame(dev, Scan{Code: next.Want[d.r.IntN(len(next.Want))].Code})
	case len(next.Actions) > 0:
		d.frame(dev, Act{Action: next.Actions[0]})
	}
}

// split is a packer who takes another parcel: one of the actions of several parcels, or the label of one opened again.
func (d *day) split(dev *Device, next *Next) {
	var acts []string
	for _, a := range next.Actions {
		if oneOf(a, []string{"new", "move", "merge", "nest", "reopen", "damaged", "undo"}) {
			acts = append(acts, a)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(d.s.index.voids)) {
		if d.r.IntN(4) == 0 {
			d.frame(dev, Scan{Code: number})
			return
		}
	}
	if len(acts) > 0 {
		d.frame(dev, Act{Action: acts[d.r.IntN(len(acts))]})
	}
}

func (d *day) wrong(dev *Device, next *Next) {
	acts := []string{"undo", "skip", "leave", "short", "qty", "close", "finish", "weigh", "answer", "signout", "start", "reprint", "full", "damaged", "swap", "misplaced",
		"new", "parcel", "move", "merge", "nest", "reopen", "damaged", "pallet", "unload", "load", "vehicle", "seal"}
	switch d.r.IntN(3) {
	case 0:
		codes := []string{ean(1), ean(2), ean(3), ean(4), "MUG-PACK6", "A0-00", BinLabel("A1-01"), BinLabel("STAGE"), "S1", "R2",
			"T-0001-" + string(CheckChar("T-0001")), CartonLabel("S"), "]C1010" + ean(2) + "10L1", "]C1010" + ean(2) + "10L2", "C-UNDO", "C-NEW", "C-MERGE", "C-MOVE", "C-NEST", "C-PARCEL1", "C-PARCEL2",
			"C-SHORT", "C-DAMAGED", "C-YES", "C-NO", "C-ANSWER2", "C-DONE", "C-HELP", "N-0", "N-2", "junk", "", "S-0001-" + string(CheckChar("S-0001")), "P-000001-" + string(CheckChar("P-000001")), "DOOR-1", "BACK", "QA", BinLabel("R-01"), "NEW-1", "PA-0001-" + string(CheckChar("PA-0001")), trackingNumber(1)}
		d.frame(dev, Scan{Code: codes[d.r.IntN(len(codes))]})
	case 1:
		d.frame(dev, Act{Action: acts[d.r.IntN(len(acts))], Qty: int64(d.r.IntN(4)), WeightG: int64(d.r.IntN(900)), Reason: "missing", Plate: "B FL 1", Driver: "Jo"})
	default:
		d.frame(dev, Act{Action: "short", Found: next.Show.Done + int64(d.r.IntN(2)), Reason: "damaged"})
	}
}

func (d *day) frame(dev *Device, v Verb) {
	c := Command{ID: fmt.Sprintf("%s/%d", dev.ID, dev.N+1), N: dev.N + 1, Device: dev.ID, Worker: dev.Worker, Roles: dev.Roles, Verb: v}
	kept := c
	a := d.do(&c)
	if a.Verdict == nil || a.Verdict.Next == nil {
		d.t.Fatalf("%+v gave no verdict: %+v", v, a)
	}
	if _, listed := words.Of("en").Verdict[string(a.Verdict.Code)]; !listed {
		d.t.Fatalf("verdict %q has no sentence", a.Verdict.Code)
	}
	d.sent, d.answers = append(d.sent, kept), append(d.answers, a)
}

package floor

import (
	"fmt"
	"testing"
)

// shift is a warehouse at work, for stories: who scans what, and what the floor answers.
type shift struct {
	t     testing.TB
	s     *State
	now   Time
	all   []*Event
	watch func(*shift) // checked after every command
}

func newShift(t testing.TB) *shift {
	f := &shift{t: t, s: New(), now: 1_700_000_000_000}
	f.must(SaveSite{Site: Site{Name: "Test House", GS1Prefix: "9521234"}})
	for i, sku := range []SKU{"MUG", "TEA", "CAM", "BOX"} {
		it := Item{SKU: sku, Name: string(sku) + " item", WeightG: int64(100 * (i + 1)),
			Barcodes: []Barcode{{Code: ean(i + 1), Qty: 1}}}
		switch sku {
		case "MUG":
			it.Barcodes = append(it.Barcodes, Barcode{Code: "MUG-PACK6", Qty: 6})
		case "TEA":
			it.Tracking, it.Expiry = "lot", true
		case "CAM":
			it.Tracking = "serial"
		}
		f.must(SaveItem{Item: it})
	}
	for a := range 3 {
		for c := range 4 {
			f.must(SaveBin{Bin: Bin{Code: BinCode(fmt.Sprintf("A%d-%02d", a, c)), BinKind: "pick", Aisle: a, Cell: c, Zone: "A"}})
		}
	}
	f.must(SaveBin{Bin: Bin{Code: "STAGE", BinKind: "stage"}})
	f.must(SaveCarton{Carton{Code: "S", Name: "Small", TareG: 50}})
	f.must(SaveService{Service{Code: "standard", Carrier: "swift"}})
	f.must(MakeTotes{Count: 10})
	f.must(SaveWorker{Worker: Worker{Name: "Mia", Roles: RolePicker}})
	f.must(SaveWorker{Worker: Worker{Name: "Ben", Roles: RolePacker}})
	f.must(SaveWorker{Worker: Worker{Name: "Ana", Roles: RoleLead | RolePicker}})
	for i, k := range []string{"handheld", "bench", "dock", "handheld"} {
		code := fmt.Sprintf("code%d", i)
		f.must(MakePairing{Pairing{Digest: code}})
		f.must(Pair{Code: code, Token: code, Name: fmt.Sprintf("%s %d", k, i), Kind: k})
	}
	return f
}

// ean is a valid EAN-13 made from a number.
func ean(n int) string {
	d := fmt.Sprintf("40%010d", n)
	return d + string(gtinCheck(d))
}

func (f *shift) device(n int) DeviceID { return DeviceID(withCheck(fmt.Sprintf("D-%04d", n))) }
func (f *shift) worker(n int) WorkerID { return WorkerID(withCheck(fmt.Sprintf("U-%04d", n))) }

func (f *shift) do(c *Command) *Answer {
	f.t.Helper()
	f.now += 250
	c.Now = f.now
	a := f.s.Do(c)
	f.all = append(f.all, a.Events...)
	if f.watch != nil {
		f.watch(f)
	}
	return a
}

func (f *shift) must(v Verb) any {
	f.t.Helper()
	a := f.do(&Command{Verb: v})
	if a.Err != nil {
		f.t.Fatalf("%T: %v", v, a.Err)
	}
	return a.Result
}

func (f *shift) refused(v Verb, code string) {
	f.t.Helper()
	a := f.do(&Command{Verb: v})
	if a.Err == nil || a.Err.Code != code {
		f.t.Fatalf("%T: got %v, want the refusal %s", v, a.Err, code)
	}
}

func (f *shift) stock(bin BinCode, sku SKU, qty int64) {
	f.t.Helper()
	f.must(AdjustStock{Bin: bin, SKU: sku, Qty: qty, Reason: "opening"})
}

func (f *shift) order(ext string, lines ...any) OrderID {
	f.t.Helper()
	n := NewOrder{Channel: "web", ExternalID: ext, ShipTo: Person{Name: "Zoë <b>", Country: "DE"}}
	for i := 0; i < len(lines); i += 2 {
		n.Lines = append(n.Lines, NewLine{SKU: SKU(lines[i].(string)), Qty: int64(lines[i+1].(int))})
	}
	return f.must(CreateOrder{n}).(*OrderView).ID
}

func (f *shift) wave(method string, orders ...OrderID) *WaveView {
	f.t.Helper()
	return f.must(ReleaseWave{Orders: orders, Method: method}).(*WaveView)
}

// hand is a person with a device.
type hand struct {
	f      *shift
	device DeviceID
	worker WorkerID
	last   *Verdict
}

// as signs a worker in on a device.
func (f *shift) as(worker, device int) *hand {
	f.t.Helper()
	h := &hand{f: f, device: f.device(device), worker: f.worker(worker)}
	h.send(SignIn{h.worker})
	return h.expect(CodeSignedIn)
}

func (h *hand) send(v Verb) *hand {
	h.f.t.Helper()
	d := h.f.s.Devices[h.device]
	c := &Command{ID: fmt.Sprintf("%s/%d", h.device, d.N+1), N: d.N + 1, Device: h.device, Worker: d.Worker, Roles: d.Roles, Verb: v}
	a := h.f.do(c)
	if a.Verdict == nil {
		h.f.t.Fatalf("%+v: no verdict but %+v", v, a)
	}
	h.last = a.Verdict
	return h
}

func (h *hand) scan(codes ...string) *hand {
	h.f.t.Helper()
	for _, c := range codes {
		h.send(Scan{Code: c, Origin: "wedge"})
	}
	return h
}

func (h *hand) act(a Act) *hand { h.f.t.Helper(); return h.send(a) }

func (h *hand) expect(code Code) *hand {
	h.f.t.Helper()
	if h.last.Code != code {
		h.f.t.Fatalf("got verdict %s (%s), want %s; next %+v", h.last.Code, Say("en", h.last), code, h.next())
	}
	return h
}

func (h *hand) step(want string) *hand {
	h.f.t.Helper()
	if n := h.next(); n.Step != want {
		h.f.t.Fatalf("at step %s (%s), want %s; last verdict %s", n.Step, n.Title, want, h.last.Code)
	}
	return h
}

func (h *hand) next() *Next { return h.f.s.NextFor(h.device) }

// plain does what the plainest client would at a step. It says whether there was a way on.
func (h *hand) plain(n *Next) bool {
	h.f.t.Helper()
	switch {
	case n.Ask != nil:
		h.act(Act{Action: "answer", Ask: n.Ask.ID, Value: n.Ask.Options[0].ID})
	case n.Step == "weigh":
		h.act(Act{Action: "weigh", WeightG: n.Show.ExpectedWeight})
	case len(n.Want) > 0:
		h.scan(n.Want[0].Code)
	case len(n.Actions) == 1:
		h.act(Act{Action: n.Actions[0]})
	default:
		return false
	}
	return true
}

// follow does so until the job is over.
func (h *hand) follow() *hand {
	h.f.t.Helper()
	for range 500 {
		n := h.next()
		if n.Job == nil {
			return h
		}
		if !h.plain(n) {
			h.f.t.Fatalf("no way on from %+v", n)
		}
		if c := h.last.Class(); c == Refused || c == Stop {
			h.f.t.Fatalf("a plain client was refused: %s at %s", h.last.Code, n.Step)
		}
	}
	h.f.t.Fatal("the job never ends")
	return h
}

func (f *shift) status(id OrderID) string { return f.s.Orders[id].Status }

// loadsSound checks that trucks, pallets and parcels say the same of one another, and that no two have one number.
func (f *shift) loadsSound() {
	f.t.Helper()
	aboard, numbers := map[ParcelID]ManifestID{}, map[string]string{}
	once := func(number, whose string) {
		if other, twice := numbers[number]; twice && number != "" {
			f.t.Fatalf("%s is the number of %s and of %s", number, other, whose)
		}
		numbers[number] = whose
	}
	for _, m := range f.s.Manifests {
		for _, id := range m.Parcels {
			if other, twice := aboard[id]; twice {
				f.t.Fatalf("parcel %s is on %s and on %s", id, other, m.ID)
			}
			aboard[id] = m.ID
		}
		for _, id := range m.Pallets {
			if p := f.s.Pallets[id]; p.Manifest != m.ID {
				f.t.Fatalf("%s lists pallet %s, which is on %q", m.ID, id, p.Manifest)
			}
		}
	}
	for _, p := range f.s.Pallets {
		once(p.SSCC, string(p.ID))
		for _, id := range p.Parcels {
			if x := f.s.Parcels[id]; x.Pallet != p.ID || p.Status == PalletLoaded && x.Status == ParcelLoaded && x.Manifest != p.Manifest {
				f.t.Fatalf("pallet %+v has parcel %+v", p, x)
			}
		}
	}
	for _, p := range f.s.Parcels {
		once(p.SSCC, string(p.ID))
		once(p.Tracking, string(p.ID))
		for _, void := range p.Void {
			once(void, string(p.ID))
		}
		if p.Status == ParcelLoaded && aboard[p.ID] != p.Manifest {
			f.t.Fatalf("parcel %+v is on %q", p, aboard[p.ID])
		}
	}
}

// sound checks what must hold after every command: sums of nought, no unit in two places, nothing promised
// twice, lines within their orders.
func (f *shift) sound() {
	f.t.Helper()
	for sku := range f.s.Items {
		if n := f.s.Balance(sku); n != 0 {
			f.t.Fatalf("%s does not add up: %d units from nowhere", sku, n)
		}
	}
	promised := map[StockKey]int64{}
	for _, l := range f.s.PickLists {
		for i := range l.Lines {
			if p := &l.Lines[i]; p.Status == LineOpen {
				promised[p.From] += p.Qty - p.Picked - p.Short
			}
		}
	}
	for _, o := range f.s.Orders {
		for _, k := range o.Kept {
			promised[k.Key] += k.Qty
		}
	}
	serials := map[string]Place{}
	for k, r := range f.s.stock {
		if !k.Place.Outside() && r.OnHand < 0 {
			f.t.Fatalf("less than nothing at %v: %d", k, r.OnHand)
		}
		if r.Reserved != promised[k] {
			f.t.Fatalf("%v: reserved %d, but open lines promise %d", k, r.Reserved, promised[k])
		}
		if k.Serial != "" && r.OnHand > 0 {
			if at, twice := serials[k.Serial]; twice || r.OnHand > 1 {
				f.t.Fatalf("serial %s is at %s and at %s", k.Serial, at, k.Place)
			}
			serials[k.Serial] = k.Place
		}
	}
	for id, p := range f.s.Parcels {
		var lies int64
		for _, row := range f.s.StockAt(InParcel(id)) {
			lies += row.OnHand
		}
		if o := f.s.Orders[p.Order]; o.Status == OrderPacking && oneOf(p.Status, []string{ParcelOpen, ParcelClosed, ParcelPacked, ParcelInner}) && lies != p.units() {
			f.t.Fatalf("parcel %s lists %d units, and %d lie in it", id, p.units(), lies)
		}
	}
	f.loadsSound()
	for _, o := range f.s.Orders {
		for _, l := range o.Lines {
			if l.Picked+l.Reserved > l.Ordered || l.Packed > l.Picked || l.Shipped > l.Packed || l.Reserved < 0 {
				f.t.Fatalf("order %s has an impossible line: %+v", o.ID, l)
			}
		}
	}
}

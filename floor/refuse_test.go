package floor

import (
	"strings"
	"testing"
)

// What the catalogue refuses, and with which word. The outcome is last.
func TestCatalogueRefusals(t *testing.T) {
	long := strings.Repeat("x", CodeLimit+1)
	barcodes := make([]Barcode, BarcodeLimit+1)
	for i := range barcodes {
		barcodes[i] = Barcode{Code: ean(900 + i), Qty: 1}
	}
	tests := []struct {
		name string
		verb Verb
		code string
	}{
		{"no sku", SaveItem{Item: Item{Name: "x"}}, "required"},
		{"long sku", SaveItem{Item: Item{SKU: SKU(long), Name: "x"}}, "too_long"},
		{"sku no barcode can hold", SaveItem{Item: Item{SKU: "tassé", Name: "x"}}, "bad_code"},
		{"right-to-left override", SaveItem{Item: Item{SKU: "a\u202Eb", Name: "x"}}, "bad_text"},
		{"not UTF-8", SaveItem{Item: Item{SKU: "a", Name: "\xff"}}, "bad_text"},
		{"no name", SaveItem{Item: Item{SKU: "a"}}, "required"},
		{"tracking", SaveItem{Item: Item{SKU: "a", Name: "a", Tracking: "batch"}}, "bad_value"},
		{"two sizes", SaveItem{Item: Item{SKU: "a", Name: "a", SizeMM: []int64{1, 2}}}, "bad_value"},
		{"weight below nothing", SaveItem{Item: Item{SKU: "a", Name: "a", WeightG: -1}}, "out_of_range"},
		{"check digit", SaveItem{Item: Item{SKU: "a", Name: "a", Barcodes: []Barcode{{"4000000000014", 1}}}}, "check_digit"},
		{"barcode twice", SaveItem{Item: Item{SKU: "a", Name: "a", Barcodes: []Barcode{{ean(50), 1}, {"0" + ean(50), 1}}}}, "twice"},
		{"barcode of another", SaveItem{Item: Item{SKU: "a", Name: "a", Barcodes: []Barcode{{ean(1), 1}}}}, "barcode_taken"},
		{"too many barcodes", SaveItem{Item: Item{SKU: "a", Name: "a", Barcodes: barcodes}}, "too_many"},
		{"an attribute too long", SaveItem{Item: Item{SKU: "a", Name: "a", Attributes: map[string]string{"colour": strings.Repeat("x", NameLimit+1)}}}, "too_long"},
		{"an attribute without a name", SaveItem{Item: Item{SKU: "a", Name: "a", Attributes: map[string]string{"": "x"}}}, "required"},
		{"too many attributes", SaveItem{Item: Item{SKU: "a", Name: "a", Attributes: attributes(AttributeLimit + 1)}}, "too_many"},
		{"reorder below nothing", SaveItem{Item: Item{SKU: "a", Name: "a", Reorder: Reorder{PointQty: -1}}}, "out_of_range"},
		{"lead time", SaveItem{Item: Item{SKU: "a", Name: "a", Reorder: Reorder{LeadTimeDays: LeadTimeLimitDays + 1}}}, "out_of_range"},
		{"bin kind", SaveBin{Bin: Bin{Code: "x", BinKind: "shelf"}}, "bad_value"},
		{"bin blank", SaveBin{Bin: Bin{Code: " x"}}, "bad_code"},
		{"no totes", MakeTotes{Count: 0}, "out_of_range"},
		{"too many totes", MakeTotes{Count: 1001}, "out_of_range"},
		{"currency", SaveSite{Site: Site{Name: "x", Currency: "euro"}}, "bad_currency"},
		{"prefix", SaveSite{Site: Site{Name: "x", GS1Prefix: "12a4"}}, "bad_prefix"},
		{"nothing adjusted", AdjustStock{Bin: "A0-00", SKU: "MUG"}, "out_of_range"},
		{"unknown bin", AdjustStock{Bin: "ZZ", SKU: "MUG", Qty: 1}, "unknown_bin"},
		{"unknown item", AdjustStock{Bin: "A0-00", SKU: "ZZ", Qty: 1}, "unknown_item"},
		{"more than lies there", AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: -1}, "not_enough"},
		{"a million and one", AdjustStock{Bin: "A0-00", SKU: "MUG", Qty: QtyLimit + 1}, "out_of_range"},
		{"expiry", AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 1, Lot: "L", Expiry: "2026-02-30"}, "bad_date"},
		{"no expiry", AdjustStock{Bin: "A0-00", SKU: "TEA", Qty: 1, Lot: "L"}, "expiry_required"},
		{"too few serials", AdjustStock{Bin: "A0-00", SKU: "CAM", Qty: 2, Serials: []string{"a"}}, "serials_required"},
		{"empty order", CreateOrder{NewOrder{Channel: "c", ExternalID: "e"}}, "required"},
		{"line of none", CreateOrder{NewOrder{Channel: "c", ExternalID: "e", Lines: []NewLine{{SKU: "MUG"}}}}, "out_of_range"},
		{"too many lines", CreateOrder{NewOrder{Channel: "c", ExternalID: "e", Lines: make([]NewLine, LineLimit+1)}}, "too_many"},
		{"wave of nothing", ReleaseWave{}, "required"},
		{"wave method", ReleaseWave{Orders: []OrderID{"x"}, Method: "magic"}, "bad_value"},
		{"wave of a stranger", ReleaseWave{Orders: []OrderID{"x"}}, "no_order"},
		{"too many orders", ReleaseWave{Orders: make([]OrderID, WaveLimit+1)}, "too_many"},
		{"role", SaveWorker{Worker: Worker{Name: "x"}}, "required"},
		{"a stranger changed", SaveWorker{Worker: Worker{ID: "U-9", Name: "x", Roles: RoleLead}}, "no_worker"},
		{"pairing code", Pair{Code: "nope", Name: "x", Kind: "bench"}, "no_pairing"},
		{"device kind", MakePairing{Pairing{Digest: "x", DeviceKind: "phone"}}, "bad_value"},
		{"no parcel", TrackParcel{Parcel: "FL0", Status: "delivered"}, "no_parcel"},
		{"manifest without carrier", OpenManifest{}, "required"},
		{"layout", SaveLayout{Layout: Layout{Aisles: 0, Cells: 5}}, "out_of_range"},
		{"cross aisles", SaveLayout{Layout: Layout{Aisles: 2, Cells: 5, CrossAisles: []int{0, 9}}}, "out_of_order"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newShift(t)
			seq := f.s.Seq
			f.refused(tt.verb, tt.code)
			if f.s.Seq != seq {
				t.Fatal("a refusal of the API makes no event")
			}
		})
	}
}

func attributes(n int) map[string]string {
	out := map[string]string{}
	for i := range n {
		out[string(rune('a'+i%26))+string(rune('a'+i/26))] = "x"
	}
	return out
}

// Every limit holds: rows of an import, totes of a site, copies of a label.
func TestLimits(t *testing.T) {
	f := newShift(t)
	f.refused(ImportOrders{Orders: make([]NewOrder, RowLimit+1)}, "too_many_rows")
	f.refused(ImportItems{Items: make([]Item, RowLimit+1)}, "too_many_rows")
	f.refused(ImportBins{Bins: make([]Bin, RowLimit+1)}, "too_many_rows")
	f.refused(ImportStock{Rows: make([]AdjustStock, RowLimit+1)}, "too_many_rows")
	for range 9 {
		f.must(MakeTotes{Count: 1000})
	}
	f.must(MakeTotes{Count: 990})
	f.refused(MakeTotes{Count: 1}, "too_many")
	for i := range PairingLimit {
		f.must(MakePairing{Pairing{Digest: string(rune('a'+i%26)) + itoa(int64(i))}})
	}
	f.refused(MakePairing{Pairing{Digest: "more"}}, "too_many")
	f.now += PairingMS
	f.must(Tick{})
	if len(f.s.Pairings) != 0 {
		t.Fatal("pairing codes run out")
	}
}

func TestImportsByRule(t *testing.T) {
	f := newShift(t)
	order := func(ext string, qty int64) NewOrder {
		return NewOrder{Row: 2, Channel: "csv", ExternalID: ext, Hash: [16]byte{byte(qty)}, Lines: []NewLine{{SKU: "MUG", Qty: qty}}}
	}
	bad := order("2", 0)
	bad.Row = 9
	check := func(v Verb, want Import) {
		t.Helper()
		got := f.must(v).(*Import)
		if got.Created != want.Created || got.Updated != want.Updated || got.Unchanged != want.Unchanged || got.Rejected != want.Rejected {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		for _, e := range got.Errors {
			if e.Row == 0 || e.Code == "" {
				t.Fatalf("an error names its line: %+v", e)
			}
		}
	}
	check(ImportOrders{Orders: []NewOrder{order("1", 1), bad}, Dry: true}, Import{Created: 1, Rejected: 1})
	check(ImportOrders{Orders: []NewOrder{order("1", 1), bad}}, Import{Created: 1, Rejected: 1})
	check(ImportOrders{Orders: []NewOrder{order("1", 1)}}, Import{Unchanged: 1})
	check(ImportOrders{Orders: []NewOrder{order("1", 3)}}, Import{Updated: 1})
	id := f.s.index.external[externalKey("csv", "1")]
	if f.s.Orders[id].Lines[0].Ordered != 3 {
		t.Fatal("brought up to date")
	}
	f.stock("A0-01", "MUG", 9)
	f.wave("discrete", id)
	check(ImportOrders{Orders: []NewOrder{order("1", 4)}}, Import{Rejected: 1})
	check(ImportOrders{Cancels: []CancelRow{{Row: 3, Channel: "csv", ExternalID: "1"}, {Row: 4, Channel: "csv", ExternalID: "none"}}}, Import{Updated: 1, Unchanged: 1})

	item := Item{SKU: "NEW", Name: "New"}
	check(ImportItems{Items: []Item{item, {SKU: "BAD"}}, Rows: []int{2, 3}}, Import{Created: 1, Rejected: 1})
	check(ImportItems{Items: []Item{item}, Rows: []int{2}}, Import{Unchanged: 1})
	item.WeightG = 7
	check(ImportItems{Items: []Item{item}, Rows: []int{2}}, Import{Updated: 1})
	check(ImportBins{Bins: []Bin{{Code: "NEW"}, {Code: ""}}, Rows: []int{2, 3}}, Import{Created: 1, Rejected: 1})
	check(ImportBins{Bins: []Bin{{Code: "NEW"}}, Rows: []int{2}}, Import{Unchanged: 1})
	rows := ImportStock{Rows: []AdjustStock{{Bin: "NEW", SKU: "NEW", Qty: 5}, {Bin: "NO", SKU: "NEW", Qty: 5}}, Lines: []int{2, 3}, File: "digest"}
	check(rows, Import{Created: 1, Rejected: 1})
	check(rows, Import{Unchanged: 2})
	if f.s.StockAt(InBin("NEW"))[0].OnHand != 5 {
		t.Fatal("the same file again brings nothing twice")
	}
}

// A broken handheld's work goes on with another one under the same name.
func TestPairAgain(t *testing.T) {
	f := newShift(t)
	f.refused(MakePairing{Pairing{Digest: "x", Device: "D-9"}}, "no_device")
	f.stock("A0-01", "MUG", 9)
	f.wave("discrete", f.order("1", "MUG", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	f.must(MakePairing{Pairing{Digest: "again", Device: mia.device}})
	if v := f.must(Pair{Code: "again", Token: "new"}).(*DeviceView); v.ID != mia.device || v.Job == nil {
		t.Fatalf("%+v", v)
	}
	if f.s.Credentials["code0"] != nil || f.s.Credentials["new"] == nil || len(f.s.Devices) != 4 {
		t.Fatal("the old token is worth nothing, the new one is good")
	}
}

// Devices, workers and tokens: a disabled worker is out, a removed device's work lapses.
func TestWhoMayAct(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 9)
	f.wave("discrete", f.order("1", "MUG", 1))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	f.must(MakeCredential{Credential{Digest: "s", What: "session", Worker: mia.worker}})
	w := *f.s.Workers[mia.worker]
	w.Disabled = true
	f.must(SaveWorker{Worker: w})
	if f.s.Credentials["s"] != nil || mia.next().Step != "badge" {
		t.Fatal("a disabled worker is out everywhere")
	}
	ana := f.as(3, 4)
	name := "Gate"
	f.must(ChangeDevice{ID: ana.device, Name: &name})
	f.must(RemoveDevice{f.device(1)})
	if f.s.Credentials["code0"] != nil {
		t.Fatal("a removed device's token is worth nothing")
	}
	admin := f.must(SaveWorker{Worker: Worker{Name: "Root", Roles: RoleAdmin}}).(*WorkerView).ID
	f.refused(SaveWorker{Worker: Worker{ID: admin, Name: "Root", Roles: RoleLead}}, "last_admin")
	f.must(MakeCredential{Credential{Digest: "tok", What: "token", Roles: RoleAdmin, Until: f.now + 1000}})
	f.now += 2000
	f.must(Tick{})
	if f.s.Credentials["tok"] != nil {
		t.Fatal("a token ends at its time")
	}
	f.refused(MakeCredential{Credential{Digest: "x", Worker: "nobody"}}, "no_worker")
}

package devices

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"floorline/floor"
	"floorline/store"
)

// Demo is what a demo directory keeps beside its journal, so that its sheet of codes can be printed again:
// the badges that a real warehouse shows once.
type Demo struct {
	Badges []DemoBadge `json:"badges"`
	Admin  string      `json:"admin"`
	PIN    string      `json:"pin"`
}

// DemoBadge is a worker of the demo.
type DemoBadge struct {
	Name string `json:"name"`
	Role string `json:"role"`
	Code string `json:"code"`
	PIN  string `json:"pin,omitempty"`
}

func demoPath(dir string) string { return filepath.Join(dir, "demo.json") }

// LoadDemo reads what the demo keeps; an error where the directory is none.
func LoadDemo(dir string) (*Demo, error) {
	b, err := os.ReadFile(demoPath(dir))
	if err != nil {
		return nil, err
	}
	d := &Demo{}
	return d, json.Unmarshal(b, d)
}

// FillDemo fills an empty warehouse with a small believable one and marks it; on any other it changes nothing.
func FillDemo(k *store.Keeper, dir string) error {
	var begun, whole bool
	k.View(func(st *floor.State) { begun, whole = st.Site.Demo, st.Site.Claimed })
	if begun && !whole {
		return fmt.Errorf("the demo in %s was broken off while it was being filled. What to do: empty that directory and start again", dir)
	}
	if k.Head().Seq > 0 {
		return nil
	}
	f := &filler{k: k, r: rand.New(rand.NewPCG(1, 2))}
	f.do(floor.MarkSite{Demo: true})
	k.View(func(st *floor.State) { f.now = st.Now })
	f.do(floor.SaveSite{Site: floor.Site{Name: "Floorline Demo", GS1Prefix: "9521234", TimeZone: "Europe/Amsterdam", Currency: "EUR", Units: "metric",
		Address: floor.Person{Company: "Floorline Demo Warehouse", Lines: []string{"Havenstraat 12"}, City: "Rotterdam", Postcode: "3011 AB", Country: "NL"}}})
	f.do(floor.SaveLayout{Layout: floor.Layout{Aisles: 6, Cells: 20, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 10, 20}}})
	f.do(floor.SaveService{Service: floor.Service{Code: "standard", Carrier: "swift", Name: "Swift Parcel", Cutoff: "17:00"}})
	f.do(floor.SaveService{Service: floor.Service{Code: "express", Carrier: "bolt", Name: "Bolt Express", Cutoff: "20:00"}})
	f.bins()
	f.items()
	f.do(floor.MakeTotes{Count: 60})
	f.do(floor.SaveWall{Code: "W1", Slots: 12})
	f.cartons()
	d := f.workers(dir)
	f.stations()
	f.demand()
	f.classes()
	f.do(floor.SetAdjusting{Rule: floor.Adjusting{LimitUnits: 100, LimitCents: 100_000}})
	f.purchases()
	f.orders()
	b, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return err
	}
	if err := writeSynced(demoPath(dir), b); err != nil {
		return err
	}
	f.do(floor.MarkSite{Claimed: true}) // the last thing: from here on the demo is whole
	return f.err
}

func (f *filler) cartons() {
	for _, c := range []floor.Carton{
		{Code: "XS", Name: "Padded envelope", InnerMM: []int64{220, 160, 40}, TareG: 25, MaxGrossG: 1000, CostCents: 15},
		{Code: "S", Name: "Small", InnerMM: []int64{200, 150, 100}, TareG: 60, MaxGrossG: 5000, CostCents: 25},
		{Code: "M", Name: "Medium", InnerMM: []int64{300, 200, 200}, TareG: 120, MaxGrossG: 15000, CostCents: 45},
		{Code: "L", Name: "Large", InnerMM: []int64{400, 300, 300}, TareG: 250, MaxGrossG: 30000, CostCents: 80},
		{Code: "XL", Name: "Extra large", InnerMM: []int64{600, 400, 400}, TareG: 520, MaxGrossG: 30000, CostCents: 140}} {
		f.do(floor.SaveCarton{Carton: c})
	}
}

// filler fills a warehouse and remembers the first thing that went wrong.
type filler struct {
	k    *store.Keeper
	r    *rand.Rand
	skus []floor.SKU
	now  floor.Time
	err  error
}

func (f *filler) do(v floor.Verb) any {
	if f.err != nil {
		return nil
	}
	a := f.k.Do(&floor.Command{Verb: v})
	if a.Err != nil {
		f.err = fmt.Errorf("demo: %T: %w", v, a.Err)
	}
	return a.Result
}

// bins are six aisles of twenty cells, cut in two blocks by a cross aisle; beside them the stages and docks.
func (f *filler) bins() {
	for a := range 6 {
		for c := range 20 {
			kind := "pick"
			if c >= 18 {
				kind = "reserve"
			}
			f.do(floor.SaveBin{Bin: floor.Bin{Code: floor.BinCode(fmt.Sprintf("%c-%02d", 'A'+a, c+1)), BinKind: kind, Aisle: a, Cell: c,
				Level: 1, Zone: string(rune('A' + a/2)), MaxWeightG: 400_000}})
		}
	}
	for _, b := range []floor.Bin{{Code: "STAGE-1", BinKind: "stage"}, {Code: "STAGE-2", BinKind: "stage"}, {Code: "DOCK-1", BinKind: "dock"},
		{Code: "DOCK-2", BinKind: "dock"}, {Code: "QA", BinKind: "quarantine"}, {Code: "RETURNS", BinKind: "returns"}} {
		f.do(floor.SaveBin{Bin: b})
	}
}

// demoGoods are kinds of things with their weight in grams and price in cents.
var demoGoods = []struct {
	name   string
	weight int64
	price  int64
}{
	{"Stoneware mug", 340, 1290}, {"Linen tea towel", 90, 950}, {"Beeswax candle", 210, 1450}, {"Oak chopping board", 980, 3490},
	{"Enamel lunch box", 420, 2290}, {"Wool throw", 1150, 7900}, {"Glass carafe", 760, 2490}, {"Ceramic planter", 1340, 2790},
	{"Brass hook", 75, 690}, {"Notebook A5", 260, 890}, {"Fountain pen", 35, 3950}, {"Canvas tote", 180, 1590},
	{"Bamboo toothbrush", 18, 390}, {"Hand soap", 310, 990}, {"Leather key ring", 40, 1250}, {"Cast iron pan", 2650, 5990},
	{"Bread knife", 190, 3290}, {"Storage jar", 540, 1390}, {"Desk lamp", 1420, 6490}, {"Puzzle 1000 pieces", 690, 1990},
}

var demoShades = []string{"sand", "moss", "ink", "rust", "chalk", "plum", "sky", "coal", "rose", "fern"}

// items are two hundred: most plain, some with a pack code, some with lots that expire, a few by serial.
func (f *filler) items() {
	for i := range 200 {
		g := demoGoods[i%len(demoGoods)]
		sku := floor.SKU(fmt.Sprintf("FL-%03d", i+1))
		it := floor.Item{SKU: sku, Name: g.name + ", " + demoShades[i/len(demoGoods)], WeightG: g.weight, PriceCents: g.price, CostCents: g.price * 2 / 5,
			Category: g.name, SizeMM: []int64{60 + int64(f.r.IntN(180)), 50 + int64(f.r.IntN(120)), 30 + int64(f.r.IntN(80))},
			Barcodes: []floor.Barcode{{Code: demoEAN(i + 1), Qty: 1}}, Customs: demoCustoms[g.name]}
		if i%8 == 0 {
			it.Barcodes = append(it.Barcodes, floor.Barcode{Code: "1" + demoEAN(i + 1)[:12], Qty: 6})
			it.Barcodes[1].Code += string(checkDigit(it.Barcodes[1].Code))
		}
		bin := floor.BinCode(fmt.Sprintf("%c-%02d", 'A'+i%6, 1+(i/6)%18))
		stock := floor.AdjustStock{Bin: bin, SKU: sku, Qty: int64(12 + f.r.IntN(60)), Reason: "opening stock"}
		switch g.name {
		case "Hand soap":
			it.Tracking, it.Expiry = "lot", true
			stock.Lot, stock.Expiry = fmt.Sprintf("L%d", 2600+i), fmt.Sprintf("2028-%02d-28", 1+i%12)
		case "Desk lamp":
			it.Tracking, it.Dangerous = "serial", demoLamp
			stock.Qty = 4
			for n := range 4 {
				stock.Serials = append(stock.Serials, fmt.Sprintf("DL%03d%d", i+1, n+1))
			}
		}
		f.do(floor.SaveItem{Item: it})
		f.do(stock)
		if i%5 == 0 && it.Tracking != "serial" {
			more := stock
			more.Bin, more.Qty, more.Lot = floor.BinCode(fmt.Sprintf("%c-%02d", 'A'+(i+3)%6, 19+i%2)), 40, stock.Lot
			f.do(more)
		}
		f.skus = append(f.skus, sku)
	}
}

// demoEAN is an EAN-13 in GS1's own range for examples, 952.
func demoEAN(n int) string {
	d := fmt.Sprintf("9521234%05d", n)
	return d + string(checkDigit(d))
}

func checkDigit(digits string) byte {
	sum, w := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * w
		w = 4 - w
	}
	return byte('0' + (10-sum%10)%10)
}

// workers are four people. Their PINs are shown at start and on the sheet: it is a demo. After a reset the
// badges are the same, so that a sheet already printed goes on being good.
func (f *filler) workers(dir string) *Demo {
	d := &Demo{Admin: "Ana", PIN: "2580"}
	known := map[string]string{}
	if before, err := LoadDemo(dir); err == nil {
		for _, b := range before.Badges {
			known[b.Name] = b.Code
		}
	}
	for _, w := range []struct {
		name, role, pin string
		roles           floor.Roles
	}{
		{"Mia", "picker", "", floor.RolePicker},
		{"Ben", "packer", "", floor.RolePacker},
		{"Tom", "dock", "", floor.RolePicker | floor.RolePacker},
		{"Ana", "lead", d.PIN, floor.RoleLead | floor.RoleAdmin | floor.RolePicker | floor.RolePacker},
	} {
		badge := known[w.name]
		if badge == "" {
			badge = newBadge()
		}
		worker := floor.Worker{Name: w.name, Roles: w.roles, Badge: digest(badge)}
		if w.pin != "" {
			pin, err := hashPIN(w.pin)
			f.err = errors.Join(f.err, err)
			worker.PIN = pin
		}
		f.do(floor.SaveWorker{Worker: worker})
		d.Badges = append(d.Badges, DemoBadge{w.name, w.role, badge, w.pin})
	}
	return d
}

// stations are three, and a handheld: paired with nothing yet, to be taken over by whatever is at hand.
func (f *filler) stations() {
	for _, st := range [][2]string{{"Bench 1", "bench"}, {"Bench 2", "bench"}, {"Dock 1", "dock"}, {"Handheld 1", "handheld"}} {
		code := digest(newSecret(16))
		f.do(floor.MakePairing{Pairing: floor.Pairing{Digest: code, Name: st[0], DeviceKind: st[1]}})
		f.do(floor.Pair{Code: code, Token: digest(newSecret(20))})
	}
}

var demoPeople = []floor.Person{
	{Name: "Anneke de Vries", Lines: []string{"Prinsengracht 263"}, City: "Amsterdam", Postcode: "1016 GV", Country: "NL"},
	{Name: "Jürgen Groß", Lines: []string{"Königstraße 44"}, City: "Köln", Postcode: "50667", Country: "DE"},
	{Name: "Zoë O'Brien", Lines: []string{"14 Merrion Square"}, City: "Dublin", Postcode: "D02 X285", Country: "IE"},
	{Name: "Łukasz Żółć", Lines: []string{"ul. Długa 7/3"}, City: "Gdańsk", Postcode: "80-827", Country: "PL"},
	{Name: "Élodie Lefèvre", Lines: []string{"8 rue de l'Église"}, City: "Lyon", Postcode: "69005", Country: "FR"},
	{Name: "Γιώργος Παπαδόπουλος", Lines: []string{"Ερμού 12"}, City: "Αθήνα", Postcode: "105 63", Country: "GR"},
	{Name: "Sam Carter", Company: "Carter & Sons", Lines: []string{"221B Baker Street", "Flat 2"}, City: "London", Postcode: "NW1 6XE", Country: "GB"},
	{Name: "Мария Иванова", Lines: []string{"бул. Витоша 18"}, City: "София", Postcode: "1000", Country: "BG"},
}

func (f *filler) orders() {
	for i := range 40 {
		n := floor.NewOrder{Channel: "demo-shop", ExternalID: fmt.Sprintf("#%d", 1001+i), ShipTo: demoPeople[i%len(demoPeople)], Service: "standard"}
		if i%5 == 4 {
			n.Service, n.Priority = "express", 1
		}
		seen := map[int]bool{}
		for range 1 + f.r.IntN(4) {
			k := f.r.IntN(len(f.skus))
			if seen[k] {
				continue
			}
			seen[k] = true
			n.Lines = append(n.Lines, floor.NewLine{SKU: f.skus[k], Qty: int64(1 + f.r.IntN(3)), PriceCents: demoGoods[k%len(demoGoods)].price})
		}
		n.Hash = orderHash(&n)
		f.do(floor.CreateOrder{Order: n})
	}
}

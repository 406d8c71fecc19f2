package devices

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"floorline/floor"
	"floorline/labels"
)

// DemoSheet gathers every code needed to try everything with a scanner or a phone.
func (s *Server) DemoSheet() ([]byte, error) {
	d, err := LoadDemo(s.o.Dir)
	if err != nil {
		return nil, &floor.Error{Kind: floor.Conflict, Code: "not_a_demo", Say: "this warehouse is no demo; start one with --demo in an empty directory"}
	}
	sheet := labels.DemoSheet{Title: "Floorline demo", Intro: "Scan with a handheld, a wedge scanner or a phone. Sign in with a badge first. PIN of " + d.Admin + ": " + d.PIN}
	section := func(title, note string, codes ...labels.DemoCode) {
		if len(codes) > 0 {
			sheet.Sections = append(sheet.Sections, labels.DemoSection{Title: title, Note: note, Codes: codes})
		}
	}
	var badges []labels.DemoCode
	for _, b := range d.Badges {
		badges = append(badges, labels.DemoCode{Code: b.Code, Caption: b.Name + ", " + b.Role})
	}
	section("Badges", "Scan one to sign in on any screen.", badges...)
	groups := commandsIn("en").Groups
	for _, word := range []string{"Skip", "Full", "Finish"} { // of handhelds and docks
		groups[0].Cards = append(groups[0].Cards, labels.CommandCard{Code: "C-" + strings.ToUpper(word), Name: word})
	}
	for i, note := range []string{"Instead of tapping a button.", "Of the question on the screen.", "Which of several open parcels.",
		"Where a number is asked for, such as how many are there."} {
		var codes []labels.DemoCode
		for _, card := range groups[i].Cards {
			codes = append(codes, labels.DemoCode{Code: card.Code, Caption: card.Name})
		}
		section(groups[i].Title, note, codes...)
	}
	s.keeper.View(func(st *floor.State) { sheetOf(st, section) })
	return sheet.PDF(labels.SizeA4, 300)
}

// SheetItems is how many items the sheet has codes for: those of the open orders, the oldest first.
const SheetItems = 300

// onSheet are the things that the open orders need, each once, in the order of their codes.
type onSheet struct {
	orders, items, packs, serials []labels.DemoCode
	bins                          map[floor.BinCode]bool
}

func openOrders(st *floor.State) *onSheet {
	x := &onSheet{bins: map[floor.BinCode]bool{}}
	wanted := map[floor.SKU]bool{}
	for _, id := range sortedKeys(st.Orders) {
		o := st.Orders[floor.OrderID(id)]
		if o.Ended != 0 || len(wanted) >= SheetItems {
			continue
		}
		x.orders = append(x.orders, labels.DemoCode{Code: id, Caption: o.ExternalID})
		for _, l := range o.Lines {
			if st.Items[l.SKU] != nil {
				wanted[l.SKU] = true
			}
		}
	}
	for _, sku := range sortedKeys(wanted) {
		x.item(st, st.Items[floor.SKU(sku)])
	}
	return x
}

func (x *onSheet) item(st *floor.State, it *floor.Item) {
	name := string(it.SKU) + " " + it.Name
	x.items = append(x.items, labels.DemoCode{Code: it.UnitCode(), Caption: name, Symbology: symbologyOf(it.UnitCode())})
	for _, b := range it.Barcodes {
		if b.Qty > 1 {
			x.packs = append(x.packs, labels.DemoCode{Code: b.Code, Caption: fmt.Sprintf("%d x %s", b.Qty, name)})
		}
	}
	for _, r := range st.StockOf(it.SKU) {
		if bin := r.Key.Place.Bin(); bin != "" {
			x.bins[bin] = true
			if r.Key.Serial != "" {
				x.serials = append(x.serials, labels.DemoCode{Code: r.Key.Serial, Caption: name + ", in " + string(bin)})
			}
		}
	}
}

func symbologyOf(code string) string {
	if len(code) == 13 && strings.Trim(code, "0123456789") == "" {
		return "ean13"
	}
	return "code128"
}

// SheetTotes is how many totes are on the sheet; the others' labels are printed from the totes' page.
const SheetTotes = 18

func sheetOf(st *floor.State, section func(string, string, ...labels.DemoCode)) {
	x := openOrders(st)
	var totes, cartons, stages, bins []labels.DemoCode
	for _, c := range sortedKeys(st.Totes) {
		if len(totes) < SheetTotes {
			totes = append(totes, labels.DemoCode{Code: c, Caption: "tote"})
		}
	}
	for _, c := range sortedKeys(st.Cartons) {
		carton := st.Cartons[floor.CartonCode(c)]
		cartons = append(cartons, labels.DemoCode{Code: carton.Label, Caption: carton.Name})
	}
	for _, b := range sortedKeys(st.Bins) {
		bin := st.Bins[floor.BinCode(b)]
		switch {
		case bin.BinKind == "stage":
			stages = append(stages, labels.DemoCode{Code: bin.Label, Caption: b})
		case x.bins[bin.Code]:
			bins = append(bins, labels.DemoCode{Code: bin.Label, Caption: b})
		}
	}
	section("Stages and cartons", "Where picked totes are dropped, and what parcels are packed in.", append(stages, cartons...)...)
	section("Totes", "Empty ones are free to take.", totes...)
	section("Orders", "A bench opens one by its tote, or by these.", x.orders...)
	section("Bins of the open orders", "", bins...)
	section("Items of the open orders", "One scan is one unit.", x.items...)
	section("Packs", "One scan counts as many units as the pack holds.", x.packs...)
	section("Serial numbers", "For lamps, which are picked one by one.", x.serials...)
}

func sortedKeys[K ~string, V any](m map[K]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, string(k))
	}
	sort.Strings(out)
	return out
}

func demoSheet(c *call) error {
	b, err := c.s.DemoSheet()
	var fe *floor.Error
	if errors.As(err, &fe) {
		return c.problem(fe)
	}
	return c.document("application/pdf", "demo-sheet.pdf", b, err)
}

// demoReset brings a demo warehouse back to its first morning. The answer goes out before the server that
// gave it is taken down.
func demoReset(c *call) error {
	var demo bool
	c.view(func(st *floor.State) { demo = st.Site.Demo })
	if !demo || c.s.o.Reset == nil {
		return c.problem(&floor.Error{Kind: floor.Conflict, Code: "not_a_demo", Say: "only a demo warehouse can be reset"})
	}
	go func() { _ = c.s.o.Reset() }()
	return c.json(202, map[string]any{"resetting": true, "retry_s": 3})
}

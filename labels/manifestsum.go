package labels

import (
	"slices"
	"strconv"
)

// What stands under the rows of a manifest: sums by service and by pallet, and who took it over.

// drawServices counts the parcels of each service, where there is more than one.
func (d Manifest) drawServices(f *flow) {
	type sum struct{ parcels, weightG int }
	sums, names := map[string]sum{}, []string{}
	for _, r := range d.Rows {
		if _, known := sums[r.Service]; !known {
			names = append(names, r.Service)
		}
		sums[r.Service] = sum{sums[r.Service].parcels + 1, sums[r.Service].weightG + r.WeightG}
	}
	if len(names) < 2 {
		return
	}
	slices.Sort(names)
	f.heading("By service")
	rows := make([][]cell, len(names))
	for i, name := range names {
		shown := name
		if shown == "" {
			shown = "-"
		}
		rows[i] = []cell{{"", shown}, {"", strconv.Itoa(sums[name].parcels)}, {"", kilos(sums[name].weightG)}}
	}
	f.table([]column{{title: "Service", share: 60}, {title: "Parcels", share: 20, align: right}, {title: "Weight", share: 20, align: right}}, rows)
	f.gap(3 * mm)
}

func (d Manifest) drawPallets(f *flow) {
	f.page().between("pallets", len(d.Pallets), 0, maxRows)
	if len(d.Pallets) == 0 {
		return
	}
	f.heading("Pallets")
	rows := make([][]cell, len(d.Pallets))
	for i, x := range d.Pallets {
		field := "pallets[" + strconv.Itoa(i) + "]."
		f.page().need(field+"sscc", x.SSCC)
		f.page().atLeast(field+"parcels", x.Parcels, 0)
		f.page().atLeast(field+"weight_g", x.WeightG, 0)
		rows[i] = []cell{{field + "code", x.Code}, {field + "sscc", grouped(x.SSCC)}, {"", strconv.Itoa(x.Parcels)}, {"", kilos(x.WeightG)}}
	}
	f.table([]column{{title: "Pallet", share: 24}, {title: "SSCC", share: 36, bold: true}, {title: "Parcels", share: 20, align: right},
		{title: "Gross weight", share: 20, align: right}}, rows)
	f.gap(3 * mm)
}

// drawSigned leaves two lines to sign on, or shows on the driver's what was drawn at the dock.
func (d Manifest) drawSigned(f *flow) {
	const house, driver = "Handed over by (warehouse)", "Taken over by (driver), vehicle"
	if d.Signature == nil {
		f.signatures(house, driver)
		return
	}
	g := d.Signature
	f.page().between("signature.width", g.Width, 1, 10_000)
	f.page().between("signature.height", g.Height, 1, 10_000)
	f.page().between("signature.strokes", len(g.Strokes), 0, maxStrokes)
	if len(f.page().faults) > 0 {
		return
	}
	f.gap(4 * mm)
	a := f.strip(26 * mm)
	leftHalf, rightHalf := a.left(a.w / 2)
	f.signatureLine(leftHalf.pad(0, 0, 6*mm, 0), house, "Name, time, signature")
	at := rightHalf.pad(0, 0, 6*mm, 0)
	f.signatureLine(at, driver, spaced(g.Name, g.At))
	drawing, _ := at.top(17 * mm)
	g.draw(f.page(), drawing)
}

const (
	maxStrokes      = 1000
	pen          um = 450 // how thick a drawn line is
	penStep      um = 150
	maxPenPrints    = 40_000
)

// draw sets strokes as prints of a pen side by side, so that a signature needs no more of a page than rectangles.
func (g *Signature) draw(p *page, a area) {
	scale := func(n int) um { return um(int64(n) * int64(min(a.w*um(g.Height)/um(g.Width), a.h)) / int64(g.Height)) }
	prints := 0
	dab := func(x, y um) {
		if prints++; prints <= maxPenPrints {
			p.fill(area{a.x + x - pen/2, a.y + y - pen/2, pen, pen}, black)
		}
	}
	for _, stroke := range g.Strokes {
		for i, to := range stroke {
			x1, y1 := scale(to[0]), scale(to[1])
			if i == 0 {
				dab(x1, y1)
				continue
			}
			x0, y0 := scale(stroke[i-1][0]), scale(stroke[i-1][1])
			steps := max(max(x1-x0, x0-x1), max(y1-y0, y0-y1))/penStep + 1
			for k := um(1); k <= steps; k++ {
				dab(x0+(x1-x0)*k/steps, y0+(y1-y0)*k/steps)
			}
		}
	}
}

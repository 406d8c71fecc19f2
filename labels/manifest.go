package labels

import "strconv"

// Manifest is the paper that the driver signs: every parcel that went into the truck.
type Manifest struct {
	Code      string           `json:"code"`
	Carrier   string           `json:"carrier"`
	Dock      string           `json:"dock,omitempty"`
	Date      string           `json:"date,omitempty"`
	Vehicle   string           `json:"vehicle,omitempty"` // its plate
	Driver    string           `json:"driver,omitempty"`
	Seal      string           `json:"seal,omitempty"`
	Sender    Address          `json:"sender"`
	Rows      []ManifestRow    `json:"rows"`
	Pallets   []ManifestPallet `json:"pallets,omitempty"`
	Signature *Signature       `json:"signature,omitempty"` // as the driver drew it; none leaves a line to sign on
}

// ManifestRow is one parcel. City is the town it goes to: enough for the driver, and no more of the receiver.
type ManifestRow struct {
	Tracking string `json:"tracking"`
	Order    string `json:"order"`
	City     string `json:"city"`
	Country  string `json:"country,omitempty"`
	WeightG  int    `json:"weight_g"`
	Service  string `json:"service,omitempty"`
	Pallet   string `json:"pallet,omitempty"`
}

// ManifestPallet is one pallet; its weight is that of the whole of it.
type ManifestPallet struct {
	Code    string `json:"code"`
	SSCC    string `json:"sscc"`
	Parcels int    `json:"parcels"`
	WeightG int    `json:"weight_g"`
}

// Signature is what was drawn on a screen: strokes of points within a field.
type Signature struct {
	Name    string     `json:"name"`
	At      string     `json:"at,omitempty"`
	Width   int        `json:"width"`
	Height  int        `json:"height"`
	Strokes [][][2]int `json:"strokes"`
}

// PDF is the manifest on A4, on as many pages as it needs.
func (d Manifest) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Manifest", pages)
}

func (d Manifest) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, spaced("Manifest", d.Code, d.Carrier))
	if err != nil {
		return nil, err
	}
	f.page().need("code", d.Code)
	f.page().need("carrier", d.Carrier)
	f.page().between("rows", len(d.Rows), 0, maxRows)
	weightG := 0
	for _, r := range d.Rows {
		weightG += r.WeightG
	}
	f.title("Manifest", "code", d.Code)
	sender := d.Sender.paragraphs("sender", d.Sender.Country)
	f.addressed("FROM", sender, f.strip(addressHeight(sender, f.base)), f.base)
	f.gap(2 * mm)
	f.facts([]fact{{"Carrier", "carrier", d.Carrier}, {"Dock", "dock", d.Dock}, {"Date", "date", d.Date},
		{"Parcels", "", strconv.Itoa(len(d.Rows))}, {"Weight", "", kilos(weightG)}})
	f.facts([]fact{{"Vehicle", "vehicle", d.Vehicle}, {"Driver", "driver", d.Driver}, {"Seal", "seal", d.Seal}})
	d.drawRows(f)
	f.total(counting(len(d.Rows), "parcel"), weightKilos(weightG)+" kg")
	d.drawServices(f)
	d.drawPallets(f)
	d.drawSigned(f)
	return f.finish()
}

func (d Manifest) drawRows(f *flow) {
	services, pallets := false, false
	for _, r := range d.Rows {
		services, pallets = services || r.Service != "", pallets || r.Pallet != ""
	}
	columns := []column{{title: "#", share: 6, align: right}, {title: "Tracking number", share: 30, bold: true},
		{title: "Order", share: 20}, {title: "To", share: 28}}
	if services {
		columns = append(columns, column{title: "Service", share: 16})
	}
	if pallets {
		columns = append(columns, column{title: "Pallet", share: 18})
	}
	columns = append(columns, column{title: "Weight", share: 14, align: right})
	rows := make([][]cell, len(d.Rows))
	for i, r := range d.Rows {
		field := "rows[" + strconv.Itoa(i) + "]."
		f.page().need(field+"tracking", r.Tracking)
		f.page().atLeast(field+"weight_g", r.WeightG, 0)
		rows[i] = []cell{{"", strconv.Itoa(i + 1)}, {field + "tracking", grouped(r.Tracking)}, {field + "order", r.Order},
			{field + "city", spaced(r.City, r.Country)}}
		if services {
			rows[i] = append(rows[i], cell{field + "service", r.Service})
		}
		if pallets {
			rows[i] = append(rows[i], cell{field + "pallet", r.Pallet})
		}
		rows[i] = append(rows[i], cell{"", weightKilos(r.WeightG) + " kg"})
	}
	f.table(columns, rows)
}

// counting is a number with its noun: 1 parcel, 2 parcels.
func counting(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// total is the last line of a table.
func (f *flow) total(count, sum string) {
	a := f.strip(f.base*3).pad(cellPad, cellPad, cellPad, cellPad)
	st := style{size: f.base * 12 / 10, floor: pt(6), bold: true, valign: atMiddle}
	f.page().text("", "Total: "+count, a, st)
	st.align = right
	f.page().text("", sum, a, st)
}

// signatures are lines to sign on, two beside each other, never apart from one another.
func (f *flow) signatures(captions ...string) {
	f.gap(4 * mm)
	a := f.strip(26 * mm)
	w := a.w / um(len(captions))
	for i, caption := range captions {
		f.signatureLine(area{a.x + um(i)*w, a.y, w, a.h}.pad(0, 0, 6*mm, 0), caption, "Name, time, signature")
	}
}

func (f *flow) signatureLine(at area, caption, below string) {
	f.page().hline(at.x, at.y+16*mm, at.w, 250)
	_, under := at.top(17500)
	f.page().text("", caption, under, style{size: f.base * 9 / 10, floor: pt(5), ink: grey, lines: 2})
	f.page().text("", below, under.pad(0, 4*mm, 0, 0), style{size: f.base * 8 / 10, floor: pt(5), ink: grey, lines: 2})
}

func exampleManifest() Manifest {
	return Manifest{
		Code: "M-0003-U", Carrier: "Alpenpost", Dock: "Dock 2", Date: "23 Nov 2026, 16:40", Sender: exampleShipping().Sender,
		Vehicle: "W-4711 AB", Driver: "Łukasz Nowak", Seal: "CH 0093 447",
		Rows: []ManifestRow{
			{Tracking: "FL000000001236", Order: "O-000123-E", City: "Poznań", Country: "PL", WeightG: 2340, Service: "Parcel", Pallet: "PA-0007-3"},
			{Tracking: "FL000000001243", Order: "O-000123-E", City: "Poznań", Country: "PL", WeightG: 810, Service: "Parcel", Pallet: "PA-0007-3"},
			{Tracking: "FL000000001250", Order: "O-000124-C", City: "Αθήνα", Country: "GR", WeightG: 1205, Service: "Express"},
			{Tracking: "FL000000001267", Order: "O-000125-A", City: "Zürich", Country: "CH", WeightG: 640, Service: "Parcel"},
		},
		Pallets: []ManifestPallet{{Code: "PA-0007-3", SSCC: "095212340000001226", Parcels: 2, WeightG: 18150}},
		Signature: &Signature{Name: "Łukasz Nowak", At: "16:38", Width: 600, Height: 200, Strokes: [][][2]int{
			{{60, 40}, {56, 90}, {54, 150}, {110, 148}}, {{140, 120}, {150, 100}, {172, 104}, {168, 140}, {146, 142}, {140, 122}},
			{{200, 146}, {204, 60}, {250, 146}, {262, 52}, {280, 96}, {300, 128}, {330, 108}, {352, 138}, {400, 100}, {470, 126}, {560, 90}}}},
	}
}

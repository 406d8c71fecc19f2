package labels

import "strconv"

// Manifest is the paper that the driver signs: every parcel that went into the truck.
type Manifest struct {
	Code    string        `json:"code"`
	Carrier string        `json:"carrier"`
	Dock    string        `json:"dock,omitempty"`
	Date    string        `json:"date,omitempty"`
	Sender  Address       `json:"sender"`
	Rows    []ManifestRow `json:"rows"`
}

// ManifestRow is one parcel. City is the town it goes to: enough for the driver, and no more of the receiver.
type ManifestRow struct {
	Tracking string `json:"tracking"`
	Order    string `json:"order"`
	City     string `json:"city"`
	Country  string `json:"country,omitempty"`
	WeightG  int    `json:"weight_g"`
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
	d.drawRows(f)
	f.total(counting(len(d.Rows), "parcel"), weightKilos(weightG)+" kg")
	f.signatures("Handed over by (warehouse)", "Taken over by (driver), vehicle")
	return f.finish()
}

func (d Manifest) drawRows(f *flow) {
	rows := make([][]cell, len(d.Rows))
	for i, r := range d.Rows {
		field := "rows[" + strconv.Itoa(i) + "]."
		f.page().need(field+"tracking", r.Tracking)
		f.page().atLeast(field+"weight_g", r.WeightG, 0)
		rows[i] = []cell{{"", strconv.Itoa(i + 1)}, {field + "tracking", grouped(r.Tracking)}, {field + "order", r.Order},
			{field + "city", spaced(r.City, r.Country)}, {"", weightKilos(r.WeightG) + " kg"}}
	}
	f.table([]column{{title: "#", share: 6, align: right}, {title: "Tracking number", share: 30, bold: true},
		{title: "Order", share: 20}, {title: "To", share: 30}, {title: "Weight", share: 14, align: right}}, rows)
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
		at := area{a.x + um(i)*w, a.y, w, a.h}.pad(0, 0, 6*mm, 0)
		f.page().hline(at.x, at.y+16*mm, at.w, 250)
		_, under := at.top(17500)
		f.page().text("", caption, under, style{size: f.base * 9 / 10, floor: pt(5), ink: grey, lines: 2})
		f.page().text("", "Name, time, signature", under.pad(0, 4*mm, 0, 0), style{size: f.base * 8 / 10, floor: pt(5), ink: grey, lines: 2})
	}
}

func exampleManifest() Manifest {
	return Manifest{
		Code: "M-0003-U", Carrier: "Alpenpost", Dock: "Dock 2", Date: "23 Nov 2026, 16:40", Sender: exampleShipping().Sender,
		Rows: []ManifestRow{
			{Tracking: "FL000000001236", Order: "O-000123-E", City: "Poznań", Country: "PL", WeightG: 2340},
			{Tracking: "FL000000001243", Order: "O-000123-E", City: "Poznań", Country: "PL", WeightG: 810},
			{Tracking: "FL000000001250", Order: "O-000124-C", City: "Αθήνα", Country: "GR", WeightG: 1205},
			{Tracking: "FL000000001267", Order: "O-000125-A", City: "Zürich", Country: "CH", WeightG: 640},
		},
	}
}

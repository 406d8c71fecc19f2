package labels

import "strconv"

// PickList is the list on paper, for the day the Wi-Fi is down: lines in walking order.
type PickList struct {
	Code  string     `json:"code"`
	Wave  string     `json:"wave,omitempty"`
	Date  string     `json:"date,omitempty"`
	Slots []PickSlot `json:"slots,omitempty"`
	Lines []PickLine `json:"lines"`
}

// PickSlot says which tote and order a slot of the cart is for.
type PickSlot struct {
	Slot  string `json:"slot"`
	Tote  string `json:"tote,omitempty"`
	Order string `json:"order"`
}

// PickLine is one stop.
type PickLine struct {
	Bin  string `json:"bin"`
	SKU  string `json:"sku"`
	Name string `json:"name"`
	Lot  string `json:"lot,omitempty"`
	Qty  int    `json:"qty"`
	Slot string `json:"slot,omitempty"`
}

// PDF is the list on A4, on as many pages as it needs.
func (d PickList) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Pick list", pages)
}

func (d PickList) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, "Pick list "+d.Code)
	if err != nil {
		return nil, err
	}
	f.page().need("code", d.Code)
	f.page().between("lines", len(d.Lines), 1, maxRows)
	f.page().between("slots", len(d.Slots), 0, maxRows)
	f.title("Pick list", "code", d.Code)
	units := 0
	for _, l := range d.Lines {
		units += l.Qty
	}
	f.facts([]fact{{"Wave", "wave", d.Wave}, {"Stops", "", strconv.Itoa(len(d.Lines))},
		{"Units", "", strconv.Itoa(units)}, {"Date", "date", d.Date}, {"Picked by", "", blank}})
	d.drawSlots(f)
	d.drawLines(f)
	return f.finish()
}

func (d PickList) drawLines(f *flow) {
	rows, slots := make([][]cell, len(d.Lines)), false
	for i, l := range d.Lines {
		field := "lines[" + strconv.Itoa(i) + "]."
		f.page().need(field+"bin", l.Bin)
		f.page().atLeast(field+"qty", l.Qty, 1)
		goods := l.Name
		if l.Lot != "" {
			goods += "\nLot " + l.Lot
		}
		rows[i] = []cell{{"", strconv.Itoa(i + 1)}, {field + "bin", l.Bin}, {field + "sku", l.SKU},
			{field + "name", goods}, {"", strconv.Itoa(l.Qty)}, {}, {field + "slot", l.Slot}}
		slots = slots || l.Slot != ""
	}
	columns := []column{{title: "#", share: 6, align: right}, {title: "Bin", share: 20, bold: true, size: 145},
		{title: "SKU", share: 19}, {title: "Item", share: 31}, {title: "Qty", share: 9, bold: true, size: 145, align: right},
		{title: "", share: 9, tick: true}}
	if slots {
		columns = append(columns, column{title: "Slot", share: 10, bold: true, size: 145, align: centre})
	}
	if len(d.Slots) > 0 {
		f.heading("Stops")
	}
	f.table(columns, rows)
}

func (d PickList) drawSlots(f *flow) {
	if len(d.Slots) == 0 {
		return
	}
	// The totes are put on the cart before the first stop.
	f.heading("Slots of the cart")
	rows := make([][]cell, len(d.Slots))
	for i, s := range d.Slots {
		field := "slots[" + strconv.Itoa(i) + "]."
		rows[i] = []cell{{field + "slot", s.Slot}, {field + "order", s.Order}, {field + "tote", s.Tote}}
	}
	f.table([]column{{title: "Slot", share: 15, bold: true, size: 125}, {title: "Order", share: 40},
		{title: "Tote", share: 45}}, rows)
	f.gap(5 * mm)
}

func examplePickList() PickList {
	return PickList{
		Code: "PL-0042-2", Wave: "W-0007-X", Date: "23 Nov 2026",
		Slots: []PickSlot{{"1", "T-0001-W", "O-000123-E"}, {"2", "T-0002-U", "O-000124-C"}, {"3", "T-0003-S", "O-000125-A"}},
		Lines: []PickLine{
			{Bin: "A-01-03", SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Lot: "L2611", Qty: 2, Slot: "1"},
			{Bin: "A-01-05", SKU: "TEA-MINT-100", Name: "Peppermint, cut, 100 g", Qty: 1, Slot: "2"},
			{Bin: "A-02-01", SKU: "MUG-STN-03", Name: "Stoneware mug, 0.3 l, sand", Qty: 3, Slot: "1"},
			{Bin: "B-01-04", SKU: "TIN-RND-12", Name: "Round storage tin with a lid that closes tight, 12 cm, brushed steel", Qty: 12, Slot: "3"},
			{Bin: "B-03-11", SKU: "KET-ENM-15", Name: "Enamel kettle, 1.5 l", Qty: 1, Slot: "2"},
		},
	}
}

package intake

import (
	"fmt"
	"strings"
)

var itemSheet = sheet{
	kind: "items",
	columns: []string{"sku", "name", "barcode", "pack_barcode", "pack_qty", "more_barcodes", "length_mm", "width_mm", "height_mm",
		"weight_g", "tracking", "expiry", "cost", "price", "category", "keep_flat", "hazard",
		"hs_code", "origin", "customs_description", "un", "shipping_name", "hazard_class", "packing_group", "hazard_mode", "net_g", "net_ml"},
	must:  []string{"sku", "name"},
	alias: map[string]string{"tariff_number": "hs_code", "country_of_origin": "origin", "un_number": "un", "ean": "barcode", "gtin": "barcode", "upc": "barcode", "description": "name"},
}

// Items reads a CSV table of items.
func Items(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&itemSheet) {
		return c.done()
	}
	var list []once[Item]
	owner := map[string]int{}
	t.each(func(r *row) {
		it := r.item(owner)
		list = append(list, once[Item]{it.SKU, r.line, r.wrong > 0, it})
	}, tornOnce(t, &list, "sku"))
	c.Items = keepOnce(c, "sku", list, func(a, b Item) bool {
		a.Row = b.Row
		return fmt.Sprint(a) == fmt.Sprint(b)
	})
	return c.done()
}

// item reads one row. owner tells which line first gave a barcode: one barcode names one item.
func (r *row) item(owner map[string]int) Item {
	r.ref = shorten(r.cell("sku"))
	it := Item{Row: r.line, SKU: r.mustCode("sku", r.cell("sku"), SKULimit)}
	if r.cell("name") == "" {
		r.bad("name", "required", "is missing")
	}
	it.Name = r.text("name", r.cell("name"), NameLimit)
	r.barcodes(&it, owner)
	for i, side := range []string{"length_mm", "width_mm", "height_mm"} {
		it.SizeMM[i] = r.whole(side, r.cell(side), 0, SizeLimitMM, 0)
	}
	it.WeightG = r.whole("weight_g", r.cell("weight_g"), 0, WeightLimitG, 0)
	it.Tracking = r.oneOf("tracking", r.cell("tracking"), "none", "lot", "serial")
	it.Expiry = r.yes("expiry", r.cell("expiry"))
	it.CostCents = r.money("cost", r.cell("cost"), r.o.DefaultCurrency)
	it.PriceCents = r.money("price", r.cell("price"), r.o.DefaultCurrency)
	it.Category = r.text("category", r.cell("category"), NameLimit)
	it.KeepFlat = r.yes("keep_flat", r.cell("keep_flat"))
	it.Hazard = r.text("hazard", r.cell("hazard"), NameLimit)
	it.Customs = r.customs()
	it.Dangerous = r.dangerous()
	return it
}

// barcodes reads the unit's own, the pack's with its quantity, and any more as code*qty|code*qty.
func (r *row) barcodes(it *Item, owner map[string]int) {
	r.barcode(it, owner, "barcode", r.cell("barcode"), 1)
	pack := r.whole("pack_qty", r.cell("pack_qty"), 1, QtyLimit, 0)
	switch code := r.cell("pack_barcode"); {
	case code == "" && pack > 1:
		r.bad("pack_barcode", "required", "a pack quantity stands without the pack's barcode")
	case code != "" && r.cell("pack_qty") == "":
		r.bad("pack_qty", "required", "a pack barcode stands without the pack's quantity")
	default:
		r.barcode(it, owner, "pack_barcode", code, pack)
	}
	for _, part := range strings.Split(r.cell("more_barcodes"), "|") {
		code, n, counted := strings.Cut(trim(part), "*")
		qty := int64(1)
		if counted {
			qty = r.mustWhole("more_barcodes", trim(n), 1, QtyLimit)
		}
		r.barcode(it, owner, "more_barcodes", trim(code), qty)
	}
	if len(it.Barcodes) > BarcodeLimit {
		r.bad("more_barcodes", "too_many", fmt.Sprintf("%d barcodes; at most %d", len(it.Barcodes), BarcodeLimit))
	}
}

func (r *row) barcode(it *Item, owner map[string]int, field, s string, qty int64) {
	if s == "" {
		return
	}
	code := r.code(field, s, SKULimit)
	if code == "" {
		return
	}
	r.gtin(field, code)
	key := code
	if n := len(code); digits(code) && n >= 12 && n <= 14 {
		key = strings.Repeat("0", 14-n) + code // a UPC is the EAN with its zero left off: one and the same barcode
	}
	if line, taken := owner[key]; taken {
		r.bad(field, "barcode_twice", fmt.Sprintf("%s stands on line %d already; one barcode names one item", code, line))
		return
	}
	owner[key] = r.line
	it.Barcodes = append(it.Barcodes, Barcode{code, qty})
}

// gtin looks at the check digit of what has a GTIN's length. Nine to eleven digits are no GTIN, but with a
// right check digit they are most likely one whose zeros a spreadsheet ate: that is said, and not guessed.
func (r *row) gtin(field, code string) {
	if !digits(code) {
		return
	}
	switch n := len(code); {
	case n >= 12 && n <= 14 && !mod10(code):
		r.bad(field, "check_digit", fmt.Sprintf("%s: the last digit does not fit the others (a lost zero, a wrong digit?); read it from the package again", code))
	case n >= 9 && n <= 11 && mod10(code):
		r.say(field, "lost_zeros", fmt.Sprintf("%s has %d digits and looks like %s without its leading zeros; it is taken as written: format the column as text if it is not", code, n, strings.Repeat("0", 12-n)+code))
	}
}

// mod10 checks the last digit of a GTIN. Source: GS1 General Specifications, section 7.9.1.
func mod10(code string) bool {
	sum, weight := 0, 1
	for i := len(code) - 1; i >= 0; i-- {
		sum += int(code[i]-'0') * weight
		weight = 4 - weight
	}
	return sum%10 == 0
}

package labels

import "strings"

// Item is the label of goods. Barcode is the code to scan: 13 digits with a right check digit are printed
// as EAN-13, 12 as the same with a zero before them (UPC-A), all else as Code 128; empty means the SKU.
type Item struct {
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Barcode string `json:"barcode,omitempty"`
	Lot     string `json:"lot,omitempty"`
	Expiry  string `json:"expiry,omitempty"`
	Price   string `json:"price,omitempty"`
}

// PDF is one item label; on a sheet it is the first of many.
func (d Item) PDF(size Size, dpi int) ([]byte, error) { return ItemLabels([]Item{d}, size, dpi) }

// ZPL is one item label for a thermal printer.
func (d Item) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Item{d}, size, dpi) }

// ItemLabels is a batch: one a page on a roll, many on a sheet.
func ItemLabels(list []Item, size Size, dpi int) ([]byte, error) {
	return pdfOf("Item labels", list, size, dpi)
}

func (d Item) usual() area { return area{w: 70 * mm, h: 37 * mm} }

func (d Item) draw(p *page, a area) {
	p.need("sku", d.SKU)
	a = a.inset(min(2500, a.h*6/100))
	field, code := "barcode", d.Barcode
	if code == "" {
		field, code = "sku", d.SKU
	}
	human, rest := a.bottom(a.h * 14 / 100)
	bars, rest := rest.bottom(a.h * 40 / 100)
	kind, data := goodsCode(code)
	p.bars(field, kind, data, bars, moduleUsual)
	p.text(field, code, human.pad(0, 600, 0, 0), style{size: pt(10), floor: pt(5), align: centre, valign: atBottom})
	rest = rest.pad(mm/2, 0, mm/2, 800)
	sku, name := rest.bottom(rest.h * 34 / 100)
	p.text("name", d.Name, name, style{size: pt(14), floor: pt(6), bold: true, valign: atMiddle, lines: 3})
	facts := d.facts()
	if facts != "" {
		var side area
		side, sku = sku.right(sku.w * 60 / 100)
		p.text("lot, expiry, price", facts, side, style{size: pt(10), floor: pt(5), align: right, valign: atBottom, lines: 2})
	}
	p.text("sku", d.SKU, sku.pad(0, 0, mm, 0), style{size: pt(11), floor: pt(5), valign: atBottom, lines: 2})
}

func (d Item) facts() string {
	var parts []string
	for _, f := range [][2]string{{"Lot ", d.Lot}, {"Exp ", d.Expiry}, {"", d.Price}} {
		if f[1] != "" {
			parts = append(parts, f[0]+f[1])
		}
	}
	return strings.Join(parts, "  ")
}

// goodsCode chooses how a code of goods is printed.
func goodsCode(code string) (symbology, string) {
	whole := code
	if len(code) == 12 {
		whole = "0" + code
	}
	if len(whole) == 13 && validGTIN(whole) {
		return eanBars, whole
	}
	return code128Bars, code
}

// validGTIN checks the digits and the check digit (GS1 General Specifications 7.9: weights 3 and 1 from
// the right).
func validGTIN(s string) bool {
	sum := 0
	for i := range len(s) {
		digit := int(s[i]) - '0'
		if digit < 0 || digit > 9 {
			return false
		}
		if (len(s)-i)%2 == 0 {
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}

func exampleItem() Item {
	return Item{SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Barcode: "9521234000037", Lot: "L2611", Expiry: "2027-10"}
}

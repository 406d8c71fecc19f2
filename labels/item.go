package labels

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Item is the label of goods. Barcode is the code to scan: 13 digits with a right check digit are printed
// as EAN-13, 12 as the same with a zero before them (UPC-A), all else as Code 128; empty means the SKU.
// Lot, expiry and serial are printed for people and, where the barcode is a GTIN and GS1 can carry them, as a
// GS1 DataMatrix beside the bars. For that the expiry is a date: 2027-10-31, or 2027-10 for the end of a month.
type Item struct {
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Barcode string `json:"barcode,omitempty"`
	Lot     string `json:"lot,omitempty"`
	Expiry  string `json:"expiry,omitempty"`
	Serial  string `json:"serial,omitempty"`
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
	kind, data := goodsCode(code)
	a, barsFit := d.drawSquare(p, field, kind, data, a)
	human, rest := a.bottom(a.h * 14 / 100)
	if barsFit {
		var bars area
		bars, rest = rest.bottom(a.h * 40 / 100)
		p.bars(field, kind, data, bars, moduleUsual)
	}
	p.text(field, code, human.pad(0, 600, 0, 0), style{size: pt(10), floor: pt(5), align: centre, valign: atBottom})
	rest = rest.pad(mm/2, 0, mm/2, 800)
	sku, name := rest.bottom(rest.h * 34 / 100)
	p.text("name", d.Name, name, style{size: pt(14), floor: pt(6), bold: true, valign: atMiddle, lines: 3})
	facts := d.facts()
	if facts != "" {
		var side area
		side, sku = sku.right(sku.w * 60 / 100)
		p.text("lot, expiry, serial, price", facts, side, style{size: pt(10), floor: pt(5), align: right, valign: atBottom, lines: 2})
	}
	p.text("sku", d.SKU, sku.pad(0, 0, mm, 0), style{size: pt(11), floor: pt(5), valign: atBottom, lines: 2})
}

// drawSquare sets what GS1 says of the goods at the right, or the code once more where bars are too fine to
// last. It gives the room that is left, and whether bars fit in it.
func (d Item) drawSquare(p *page, field string, kind symbology, data string, a area) (area, bool) {
	most := min(a.h*55/100, 24*mm)
	if elements := d.elements(kind, data); elements != "" {
		square, rest := a.right(most)
		p.matrix("lot, expiry, serial", elements, square)
		return rest, true
	}
	if kind != code128Bars {
		return a, true
	}
	square, rest, fits := p.besideBars(kind, data, a, most, false)
	if square.w > 0 {
		p.square(field, data, square)
	}
	return rest, fits
}

// elements is the GS1 element string of goods (GS1 General Specifications 3.2): the GTIN, the expiry, then what
// is of free length. Empty where there is nothing to say, or where GS1 cannot say it.
func (d Item) elements(kind symbology, gtin string) string {
	if kind != eanBars || d.Lot+d.Expiry+d.Serial == "" || !gs1Text(d.Lot, gs1Free) || !gs1Text(d.Serial, gs1Free) {
		return ""
	}
	group := []element{{ai: "01", value: "0" + gtin, ended: true}}
	if expiry := gs1Date(d.Expiry); expiry != "" {
		group = append(group, element{ai: "17", value: expiry, ended: true})
	}
	for _, x := range []element{{ai: "10", value: d.Lot}, {ai: "21", value: d.Serial}} {
		if x.value != "" {
			group = append(group, x)
		}
	}
	data, _ := joinedElements(group)
	return data
}

func (d Item) facts() string {
	var parts []string
	for _, f := range [][2]string{{"Lot ", d.Lot}, {"Exp ", d.Expiry}, {"SN ", d.Serial}, {"", d.Price}} {
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

func exampleItem() Item {
	return Item{SKU: "TEA-EARL-250", Name: "Earl Grey, loose leaf, 250 g", Barcode: "9521234000037", Lot: "L2611", Expiry: "2027-10"}
}

// ItemCopies is an item's label so many times over, such as one for each unit that came.
type ItemCopies struct {
	Item
	Copies int
}

// PDF is a page, or a label of a sheet, for each copy.
func (d ItemCopies) PDF(size Size, dpi int) ([]byte, error) {
	return ItemLabels(slices.Repeat([]Item{d.Item}, max(d.Copies, 1)), size, dpi)
}

// ZPL is one label, which the printer makes so many of: five hundred as pictures would be megabytes.
func (d ItemCopies) ZPL(size Size, dpi int) ([]byte, error) {
	b, err := d.Item.ZPL(size, dpi)
	if once, ok := bytes.CutSuffix(b, []byte("^PQ1\n^XZ\n")); ok && err == nil && d.Copies > 1 {
		b = fmt.Appendf(bytes.Clone(once), "^PQ%d\n^XZ\n", d.Copies)
	}
	return b, err
}

package labels

// Bin is the label of a place: Code is what people call it, Scan is what the label says to a scanner.
type Bin struct {
	Code string `json:"code"`
	Scan string `json:"scan"`
	Zone string `json:"zone,omitempty"`
}

// PDF is one bin label; on a sheet it is the first of many.
func (d Bin) PDF(size Size, dpi int) ([]byte, error) { return Bins([]Bin{d}, size, dpi) }

// ZPL is one bin label for a thermal printer.
func (d Bin) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Bin{d}, size, dpi) }

// Bins is a batch: one a page on a roll, many on a sheet.
func Bins(list []Bin, size Size, dpi int) ([]byte, error) {
	return pdfOf("Bin labels", list, size, dpi)
}

func (d Bin) usual() area { return area{w: 70 * mm, h: 37 * mm} }

func (d Bin) draw(p *page, a area) {
	p.need("code", d.Code)
	ticket{title: d.Code, corner: d.Zone, code: d.Scan, human: d.Scan}.draw(p, a)
}

func exampleBin() Bin { return Bin{Code: "A-01-03", Scan: "B-A-01-03-X", Zone: "Picking, aisle A"} }

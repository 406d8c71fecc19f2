package labels

// Tote is the label of a tote; its code is what people read and what scanners read.
type Tote struct {
	Code string `json:"code"`
	Note string `json:"note,omitempty"`
}

// PDF is one tote label; on a sheet it is the first of many.
func (d Tote) PDF(size Size, dpi int) ([]byte, error) { return Totes([]Tote{d}, size, dpi) }

// ZPL is one tote label for a thermal printer.
func (d Tote) ZPL(size Size, dpi int) ([]byte, error) { return zplOf([]Tote{d}, size, dpi) }

// Totes is a batch: one a page on a roll, many on a sheet.
func Totes(list []Tote, size Size, dpi int) ([]byte, error) {
	return pdfOf("Tote labels", list, size, dpi)
}

func (d Tote) usual() area { return area{w: 105 * mm, h: 49500} }

func (d Tote) draw(p *page, a area) {
	ticket{title: stem(d.Code), corner: d.Note, code: d.Code, human: d.Code}.draw(p, a)
}

func exampleTote() Tote { return Tote{Code: "T-0001-W"} }

package labels

import "fmt"

// sticker is a label that is a single picture: it draws itself into an area of any page.
type sticker interface {
	draw(p *page, a area)
	// usual is the size of one on a sheet of many.
	usual() area
}

// stickers lays labels out: one a page on a roll, many on a sheet.
func stickers[T sticker](list []T, size Size, dpi int) ([]*page, error) {
	m, err := size.media()
	if err == nil {
		err = checkDPI(dpi)
	}
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || len(list) > maxPages {
		return nil, fmt.Errorf("labels: %d labels in one print, from 1 to %d", len(list), maxPages)
	}
	if unit := list[0].usual(); !m.grid() && m.sheet.w >= 2*unit.w && m.sheet.h >= 2*unit.h {
		// Labels to cut out are all of one size, inside what the printer reaches.
		m.cols, m.rows, m.edge = int(m.sheet.w/unit.w), int(m.sheet.h/unit.h), unprintable
	}
	if most := max(1, m.cols*m.rows); m.used >= most {
		return nil, fmt.Errorf("labels: %s has %d labels: none is free after %d", size, most, m.used)
	}
	var pages []*page
	var faults []error
	for i, label := range list {
		p, a := m.next(&pages, i+m.used, dpi)
		before := len(p.faults)
		label.draw(p, a)
		for _, fault := range p.faults[before:] {
			faults = append(faults, numbered(fault, i, len(list)))
		}
	}
	return pages, joined(faults)
}

// next is the page and the area of the label with number i, the used ones counted.
func (m media) next(pages *[]*page, i, dpi int) (*page, area) {
	per := max(1, m.cols*m.rows)
	if i%per == 0 || len(*pages) == 0 {
		*pages = append(*pages, &page{area: m.sheet, dpi: dpi})
	}
	p := (*pages)[len(*pages)-1]
	if !m.grid() {
		return p, m.sheet
	}
	a := m.cell(i % per)
	p.outline(a)
	return p, a.within(m.sheet.inset(unprintable))
}

// unprintable is the border of a sheet that office printers leave white.
const unprintable = 4500

// outline is a thin grey line to cut along.
func (p *page) outline(a area) {
	const thin = 100
	for _, r := range []area{{a.x, a.y, a.w, thin}, {a.x, a.y + a.h - thin, a.w, thin}, {a.x, a.y, thin, a.h}, {a.x + a.w - thin, a.y, thin, a.h}} {
		p.fill(r, pale)
	}
}

// numbered says which label of many a fault is in.
func numbered(fault error, i, of int) error {
	if of == 1 {
		return fault
	}
	return fmt.Errorf("%w (label %d of %d)", fault, i+1, of)
}

// form fills as many pages as it needs.
type form interface {
	pages(size Size, dpi int) ([]*page, error)
}

// forms lays forms out one after the other.
func forms[T form](list []T, size Size, dpi int) (pages []*page, err error) {
	var faults []error
	for i, f := range list {
		more, err := f.pages(size, dpi)
		if err != nil {
			faults = append(faults, numbered(err, i, len(list)))
		}
		pages = append(pages, more...)
	}
	return pages, joined(faults)
}

// layout makes pages of a batch.
type layout[T any] func(list []T, size Size, dpi int) ([]*page, error)

// rendered is a batch as PDF or, where a thermal printer is wide enough for it, as ZPL.
func rendered[T any](lay layout[T], title string, list []T, zpl bool, size Size, dpi int) ([]byte, error) {
	pages, err := lay(list, size, dpi)
	switch {
	case err != nil:
		return nil, err
	case !zpl:
		return renderPDF(title, pages)
	case len(pages) > 0 && pages[0].w > maxThermal:
		return nil, fmt.Errorf("labels: %s is wider than any thermal printer: ask for the PDF", size)
	}
	return renderZPL(pages)
}

// pdfOf and zplOf are the two ways out of every sticker.
func pdfOf[T sticker](title string, list []T, size Size, dpi int) ([]byte, error) {
	return rendered(stickers[T], title, list, false, size, dpi)
}

func zplOf[T sticker](list []T, size Size, dpi int) ([]byte, error) {
	return rendered(stickers[T], "", list, true, size, dpi)
}

// maxThermal is the widest roll a label printer takes.
const maxThermal = 170 * mm

package labels

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// ink is the area that a text covers, tails left out: they may reach into the white of the next line.
func inkOf(m textMark) area {
	wide := m.wide()
	a := area{m.x, m.y - capHeight(m.size), wide, capHeight(m.size)}
	switch m.align {
	case centre:
		a.x -= wide / 2
	case right:
		a.x -= wide
	}
	return a
}

// cleared is a symbol with its quiet zones.
func (p *page) cleared(s symbolMark) area {
	above := 0
	if s.kind == qrSquares {
		above = s.quiet * s.module
	}
	return area{p.length(s.x - s.quiet*s.module), p.length(s.y - above),
		p.length((s.modules() + s.quiet + s.quietLast) * s.module), p.length(s.height + 2*above)}
}

func overlap(a, b area) bool {
	const touch = 150
	return a.x+touch < b.x+b.w && b.x+touch < a.x+a.w && a.y+touch < b.y+b.h && b.y+touch < a.y+a.h
}

func inside(a, b area) bool {
	return a.x >= b.x && a.y >= b.y && a.x+a.w <= b.x+b.w && a.y+a.h <= b.y+b.h
}

// crowded lists what lies on something else, or beside the paper.
func crowded(p *page) []string {
	var out []string
	places, names := []area{}, []string{}
	for _, m := range p.texts {
		places, names = append(places, inkOf(m)), append(names, fmt.Sprintf("text %q", m.s))
	}
	for _, s := range p.symbols {
		places, names = append(places, p.cleared(s)), append(names, fmt.Sprintf("symbol %q", s.data))
		for _, r := range p.rects {
			if r.ink == black && overlap(r.area, p.cleared(s)) {
				out = append(out, fmt.Sprintf("a rule of %d x %d lies in symbol %q", r.w, r.h, s.data))
			}
		}
	}
	for i, a := range places {
		if !inside(a, area{0, 0, p.w, p.h}) {
			out = append(out, names[i]+" is beside the paper")
		}
		for j := range i {
			if overlap(a, places[j]) {
				out = append(out, names[i]+" lies on "+names[j])
			}
		}
	}
	return out
}

// Nothing lies on anything else, in any kind and any of its sizes, quiet zones included.
func TestNothingOverlaps(t *testing.T) {
	for _, k := range Kinds() {
		for _, size := range append(k.Sizes, "a4") {
			for _, dpi := range []int{203, 300} {
				for n, p := range pagesOf(t, k.Example, size, dpi) {
					for _, fault := range crowded(p) {
						t.Errorf("%s %s at %d dpi, page %d: %s", k.Name, size, dpi, n+1, fault)
					}
				}
			}
		}
	}
}

// words draws the texts that customers have: short, long, one long word, capitals, none.
func words(t *rapid.T, name string) string {
	return rapid.OneOf(rapid.SampledFrom([]string{"", "A", "WWWWWWWWWWWWWWWW", "Müller", "Donaudampfschifffahrtsgesellschaftskapitän"}),
		rapid.StringMatching(`([A-Za-zŁÅé]{1,14} ?){1,6}`)).Draw(t, name)
}

// Whatever the texts of a label are, they fit without lying on anything, or the label is refused.
func TestAnyTextFitsOrIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := exampleShipping()
		d.Receiver.Name, d.Receiver.Company, d.Receiver.City = words(t, "name"), words(t, "company"), words(t, "city")
		d.Receiver.Postcode, d.Receiver.Phone = words(t, "postcode"), words(t, "phone")
		d.Receiver.Country = rapid.SampledFrom([]string{"PL", "CH", "US", "GB", "IT", "XX"}).Draw(t, "country")
		d.Carrier, d.Service, d.Order, d.Sender.Name = words(t, "carrier"), words(t, "service"), words(t, "order"), words(t, "sender")
		size := rapid.SampledFrom([]Size{Size4x6, SizeA6, Size100x150, "a4/2x2"}).Draw(t, "size")
		bin := Bin{Code: words(t, "bin"), Scan: rapid.StringMatching(`[A-Z0-9-]{1,24}`).Draw(t, "scan"), Zone: words(t, "zone")}
		item := Item{SKU: words(t, "sku"), Name: words(t, "item"), Barcode: rapid.StringMatching(`[0-9]{8,14}`).Draw(t, "barcode"), Lot: words(t, "lot")}
		badge := Badge{Name: words(t, "worker"), Code: "UJ4X7Q2MPLK3ZTR5V-A", Site: words(t, "site"), Worker: "U-0003-V", Roles: []string{words(t, "role")}}
		small := rapid.SampledFrom([]Size{Size62x29, Size100x50, SizeCard, SizeA4, "a4/4x10"}).Draw(t, "small")
		for _, label := range []struct {
			sticker
			size Size
		}{{d, size}, {bin, small}, {item, small}, {badge, small}} {
			pages, err := stickers([]sticker{label.sticker}, label.size, 203)
			if err != nil {
				continue
			}
			for _, fault := range crowded(pages[0]) {
				t.Errorf("%T on %s: %s", label.sticker, label.size, fault)
			}
		}
	})
}

// A document of any length keeps all of its rows, on pages that all say which they are.
func TestLongDocumentKeepsEveryRow(t *testing.T) {
	d := exampleManifest()
	d.Rows = nil
	for i := range 1100 {
		d.Rows = append(d.Rows, ManifestRow{Tracking: fmt.Sprintf("FL%012d", i), Order: "O-000001-X", City: strings.Repeat("Llanfair ", i%9), WeightG: i})
	}
	pages, err := d.pages(SizeA4, 300)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for n, p := range pages {
		for _, fault := range crowded(p) {
			t.Errorf("page %d: %s", n+1, fault)
		}
		for _, m := range p.texts {
			seen[m.s]++
		}
	}
	for _, r := range d.Rows {
		if seen[grouped(r.Tracking)] != 1 {
			t.Errorf("%s is printed %d times", r.Tracking, seen[grouped(r.Tracking)])
		}
	}
	if last := fmt.Sprintf("Page %d of %d", len(pages), len(pages)); len(pages) < 10 || seen[last] != 1 {
		t.Errorf("%d pages, %q on %d of them", len(pages), last, seen[last])
	}
}

// The text of a PDF can be searched and read aloud, in every script that the font has.
func TestPDFTextCanBeRead(t *testing.T) {
	tools(t, "pdftotext")
	d := exampleShipping()
	d.Receiver.Name, d.Receiver.Company, d.Sender.Name = "Ελένη Παπαδοπούλου", "Ёлкин и сыновья", "Großhandel Çelik & Søn"
	pdf, err := d.PDF(Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "label.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{d.Receiver.Name, d.Receiver.Company, d.Sender.Name, "POLAND", "(00) " + d.SSCC} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
}

package labels

import (
	"fmt"
	"slices"
	"testing"
)

// A count sheet keeps every line on pages that each begin with the head of the table, says each bin's bars
// again where a page begins in the middle of a bin, and tells nobody what the books say unless asked to.
func TestCountSheetOfManyPages(t *testing.T) {
	var d CountSheet
	many := 7
	for i := range 240 {
		bin := fmt.Sprintf("A-%02d-%02d", i/36, i/3%12)
		d.Lines = append(d.Lines, CountLine{Bin: bin, Scan: "B-" + bin, SKU: fmt.Sprintf("SKU-%03d", i), Name: "Tea"})
	}
	pages, err := d.pages(SizeA4, 203)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for n, p := range pages {
		for _, fault := range crowded(p) {
			t.Errorf("page %d: %s", n+1, fault)
		}
		for _, m := range p.texts {
			rows[m.s]++
		}
	}
	for _, l := range d.Lines {
		if rows[l.SKU] != 1 {
			t.Errorf("%s stands %d times", l.SKU, rows[l.SKU])
		}
	}
	// 80 bins, and one more for every page that begins inside a bin.
	bars := 0
	for _, p := range pages {
		bars += len(p.symbols)
	}
	if len(pages) < 10 || bars < 80 || bars > 80+len(pages) || rows["Expected"] != 0 {
		t.Errorf("%d pages, %d bars, %d heads of what is expected", len(pages), bars, rows["Expected"])
	}
	d.Lines[5].Expected = &many
	if pages, err = d.pages(SizeA4, 203); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(pages[0].texts, func(m textMark) bool { return m.s == "Expected" }) {
		t.Error("a sheet with an expected count does not say which column it is")
	}
}

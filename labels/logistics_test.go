package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A pallet's bars say what the label says: GS1-128 throughout, the SSCC alone and lowest, a separator only after
// what has no length of its own. What does not go into one symbol goes into the next.
func TestLogisticLabelSaysItsData(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg")
	d := exampleLogistics()
	d.GrossWeightG, d.Order = 148500, "4500017"
	want := []string{"CODE-128 GS1 00395212340000001233", "CODE-128 GS1 02095212340000371527103133031485003748",
		"CODE-128 GS1 10L2611\x1d4004500017"}
	for _, dpi := range []int{203, 300} {
		pdf, err := d.PDF(SizeA5, dpi)
		if err != nil {
			t.Fatal(err)
		}
		got := scan(t, raster(t, pdf, dpi, "-mono"))
		if !slices.Equal(got, want) {
			t.Errorf("%d dpi: scanned %q, want %q", dpi, got, want)
		}
	}
	p := pagesOf(t, d, SizeA5, 203)[0]
	lowest := p.symbols[0]
	for _, s := range p.symbols {
		if module, height := p.length(s.module), p.length(s.height); module < 495 || module > 1016 || height < 31700 {
			t.Errorf("%q has modules of %d and bars of %d micrometres: 495 to 1016 and 31750 are asked", s.data, module, height)
		}
		if s.y > lowest.y {
			lowest = s
		}
	}
	if lowest.data != "00"+d.SSCC {
		t.Errorf("the lowest symbol is %q, not the SSCC", lowest.data)
	}
	said := ""
	for _, m := range p.texts {
		said += m.s + "\n"
	}
	for _, want := range []string{"SSCC", "CONTENT", "COUNT", "BATCH/LOT", "BEST BEFORE", "GROSS WEIGHT (kg)", "148.50", "(02)09521234000037(15)271031(3303)148500(37)48", "(10)L2611(400)4500017", "(00)395212340000001233"} {
		if !strings.Contains(said, want+"\n") {
			t.Errorf("nothing says %q in\n%s", want, said)
		}
	}
}

// What GS1 does not allow is refused by the field's name.
func TestLogisticRefusals(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*Logistics)
		size  Size
		want  string
	}{
		{"no SSCC", func(d *Logistics) { d.SSCC = "" }, SizeA5, "sscc is missing"},
		{"SSCC with a wrong digit", func(d *Logistics) { d.SSCC = "395212340000001230" }, SizeA5, "sscc is not 18 digits"},
		{"GTIN with a wrong digit", func(d *Logistics) { d.Content = "9521234000038" }, SizeA5, "content is not a GTIN"},
		{"content without count", func(d *Logistics) { d.Count = 0 }, SizeA5, "content and count go together"},
		{"is and holds", func(d *Logistics) { d.GTIN = d.Content }, SizeA5, "gtin says what the unit is"},
		{"a day that is none", func(d *Logistics) { d.BestBefore = "31.10.2027" }, SizeA5, "best_before is a date"},
		{"the 31st of June", func(d *Logistics) { d.BestBefore = "2027-06-31" }, SizeA5, "best_before is a date"},
		{"the 30th of February", func(d *Logistics) { d.UseBy = "2028-02-30" }, SizeA5, "use_by is a date"},
		{"a lot that GS1 has no sign for", func(d *Logistics) { d.Lot = "L#1" }, SizeA5, `lot holds '#'`},
		{"a long lot", func(d *Logistics) { d.Lot = strings.Repeat("1", 21) }, SizeA5, "lot has 21 characters, at most 20"},
		{"a weight beyond all scales", func(d *Logistics) { d.GrossWeightG = 1_000_000_000 }, SizeA5, "gross_weight_g is 1000000000"},
		{"more than the paper holds", func(d *Logistics) { d.Order, d.GrossWeightG = "4500017123", 1 }, Size4x6, "bars of transport units are 31.75 mm high; take a5"},
		{"a narrow roll", func(d *Logistics) {}, "62x150", "needs 97 mm of width"},
	} {
		d := exampleLogistics()
		c.spoil(&d)
		if _, err := d.PDF(c.size, 203); !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.want)
		}
	}
}

// A weight has as many decimals as six digits leave (GS1 General Specifications 3.6.3).
func TestLogisticWeights(t *testing.T) {
	for _, c := range []struct {
		g    int
		want string
	}{{1, "3303000001"}, {999999, "3303999999"}, {1000000, "3302100000"}, {1000005, "3302100001"}, {999_999_000, "3300999999"}} {
		p := &page{}
		if e := p.weightElement("gross_weight_g", "330", "GROSS WEIGHT (kg)", c.g); e.ai+e.value != c.want || len(p.faults) > 0 {
			t.Errorf("%d g is %s%s (%v), want %s", c.g, e.ai, e.value, p.faults, c.want)
		}
	}
}

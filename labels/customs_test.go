package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The small form is for what is known to be small; all else gets the large one, which is right for any item.
func TestCustomsFormIsChosen(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*Customs)
		want  string
	}{
		{"small", func(d *Customs) {}, "CN 22"},
		{"above 300 SDR", func(d *Customs) { d.Lines[0].ValueCents = 40000 }, "CN 23"},
		{"300 SDR to the cent", func(d *Customs) { d.CN22LimitCents = d.totalCents() }, "CN 22"},
		{"heavier than 2 kg", func(d *Customs) { d.GrossWeightG = 2001 }, "CN 23"},
		{"300 SDR not known", func(d *Customs) { d.CN22LimitCents = 0 }, "CN 23"},
		{"five sorts", func(d *Customs) { d.Lines = slices.Repeat(d.Lines, 3)[:5] }, "CN 23"},
		{"a licence", func(d *Customs) { d.Licence = "EX-1" }, "CN 23"},
		{"asked for", func(d *Customs) { d.Form = FormCN23 }, "CN 23"},
	} {
		d := exampleCustoms()
		d.GrossWeightG = 2000
		c.spoil(&d)
		if said := saidOn(pagesOf(t, d, Size4x6, 203)); !slices.Contains(said, c.want) {
			t.Errorf("%s: no %s in %q", c.name, c.want, said)
		}
	}
}

func saidOn(pages []*page) []string {
	var out []string
	for _, p := range pages {
		for _, m := range p.texts {
			out = append(out, m.s)
		}
	}
	return out
}

// Goods that one sheet cannot hold go on to the next: none is lost, each sheet says which it is and what all are
// worth together.
func TestCustomsOfManySheets(t *testing.T) {
	d := exampleCustoms()
	d.Lines = nil
	for i := range 33 {
		d.Lines = append(d.Lines, CustomsLine{Description: fmt.Sprintf("Thing no. %02d", i), Qty: 1, WeightG: 10, ValueCents: 100 + i, HSCode: "950300", Origin: "CN"})
	}
	for _, size := range []Size{Size4x6, SizeA5, SizeA4} {
		pages := pagesOf(t, d, size, 203)
		said := saidOn(pages)
		for i := range d.Lines {
			if n := strings.Count(strings.Join(said, "\n")+"\n", fmt.Sprintf("1 x Thing no. %02d\n", i)); n != 1 {
				t.Errorf("%s: thing %d stands %d times", size, i, n)
			}
		}
		for i, p := range pages {
			for _, fault := range crowded(p) {
				t.Errorf("%s sheet %d: %s", size, i+1, fault)
			}
			for _, want := range []string{fmt.Sprintf("%d / %d", i+1, len(pages)), "38.28", "2.340"} {
				if len(pages) > 1 && !slices.Contains(saidOn([]*page{p}), want) {
					t.Errorf("%s sheet %d does not say %q", size, i+1, want)
				}
			}
		}
	}
	if len(pagesOf(t, d, Size4x6, 203)) < 4 {
		t.Error("33 sorts of goods on fewer than four sheets of 4x6 inches cannot be read")
	}
}

func TestCustomsRefusals(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*Customs)
		size  Size
		want  string
	}{
		{"no category", func(d *Customs) { d.Category = "" }, Size4x6, "category is gift"},
		{"other, and nothing said", func(d *Customs) { d.Category = "other" }, Size4x6, "explanation is missing"},
		{"nothing in it", func(d *Customs) { d.Lines = nil }, Size4x6, "lines has 0 entries"},
		{"no words", func(d *Customs) { d.Lines[1].Description = "" }, Size4x6, "lines[1].description is missing"},
		{"minus one", func(d *Customs) { d.Lines[1].Qty = -1 }, Size4x6, "lines[1].qty is -1"},
		{"no weight", func(d *Customs) { d.GrossWeightG = 0 }, Size4x6, "gross_weight_g is 0"},
		{"no currency", func(d *Customs) { d.Currency = "" }, Size4x6, "currency is missing"},
		{"a form that is none", func(d *Customs) { d.Form = "CN24" }, Size4x6, `not "CN24"`},
		{"much on the small form", func(d *Customs) { d.Form, d.Lines = FormCN22, slices.Repeat(d.Lines, 3) }, Size4x6, "take CN23"},
		{"a licence on the small form", func(d *Customs) { d.Form, d.Licence = FormCN22, "EX-1" }, Size4x6, "has no place for comments"},
		{"small paper", func(d *Customs) {}, Size62x29, "needs 97 x 140 mm for itself"},
		{"a sheet of small labels", func(d *Customs) {}, "a4/2x2", "for itself, not a4/2x2"},
	} {
		d := exampleCustoms()
		c.spoil(&d)
		if _, err := d.PDF(c.size, 203); !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.want)
		}
	}
}

// Money is written with the decimals of its currency.
func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		coins    int
		currency string
		want     string
	}{{0, "EUR", "0.00"}, {5, "EUR", "0.05"}, {123450, "CHF", "1234.50"}, {-5, "USD", "-0.05"}, {1200, "JPY", "1200"}, {1500, "KWD", "1.500"}, {7, "", "0.07"}} {
		if got := amount(c.coins, c.currency); got != c.want {
			t.Errorf("%d of %q is %q, want %q", c.coins, c.currency, got, c.want)
		}
	}
}

// The invoice adds up: lines, freight and insurance are its total.
func TestInvoiceAddsUp(t *testing.T) {
	d := exampleInvoice()
	d.InsuranceCents = 150
	said := saidOn(pagesOf(t, d, SizeA4, 300))
	for _, want := range []string{"29.80", "59.60", "89.40", "24.50", "1.50", "CHF 115.40", "Total: net 2.000 kg, gross 2.340 kg", "DAP Poznań", "EORI CHE123456789", "VAT PL1234563218"} {
		if !slices.Contains(said, want) {
			t.Errorf("no %q in %q", want, said)
		}
	}
	d.Proforma, d.Reason = true, ""
	if _, err := d.PDF(SizeA4, 300); !strings.Contains(fmt.Sprint(err), "reason is missing") {
		t.Errorf("an invoice without a reason: %v", err)
	}
}

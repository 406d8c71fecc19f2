package labels

import (
	"fmt"
	"strings"
	"testing"
)

// A label that cannot be right is refused, and the refusal names the field and what is wrong with it.
func TestShippingRefusals(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*Shipping)
		want  []string
	}{
		{"emoji", func(d *Shipping) { d.Receiver.Name = "Mia 🎁" }, []string{`unprintable text in receiver.name: "Mia 🎁" (U+1F381)`}},
		{"a script that the font has not", func(d *Shipping) { d.Receiver.City = "東京" }, []string{"unprintable text in receiver.city", "U+6771"}},
		{"control sign", func(d *Shipping) { d.Service = "Fast\x00" }, []string{"unprintable text in service"}},
		{"not UTF-8", func(d *Shipping) { d.Order = "caf\xe9" }, []string{"order is not UTF-8"}},
		{"letter that scanners take for FNC1", func(d *Shipping) { d.Tracking = "FLñ1" }, []string{"tracking cannot be a barcode", "U+00F1"}},
		{"no tracking number", func(d *Shipping) { d.Tracking = "" }, []string{"tracking is missing"}},
		{"long tracking number", func(d *Shipping) { d.Tracking = strings.Repeat("A", 81) }, []string{"tracking is a code of 1 to 80 characters, not 81"}},
		{"wide tracking number", func(d *Shipping) { d.Tracking = strings.Repeat("A", 60) }, []string{"tracking needs a larger barcode"}},
		{"SSCC with a wrong check digit", func(d *Shipping) { d.SSCC = "395212340000001230" }, []string{"sscc is not 18 digits"}},
		{"SSCC of 17", func(d *Shipping) { d.SSCC = "39521234000000123" }, []string{"sscc is not 18 digits"}},
		{"third parcel of two", func(d *Shipping) { d.Parcel = 3 }, []string{"parcels is 2, at least 3"}},
		{"text without end", func(d *Shipping) { d.Receiver.Company = strings.Repeat("Gesellschaft ", 60) }, []string{"does not fit", "receiver.company"}},
		{"more than a field may hold", func(d *Shipping) { d.Receiver.Company = strings.Repeat("x", maxTextRunes+1) }, []string{"receiver.company has 2001 characters"}},
		{"address without end", func(d *Shipping) { d.Receiver.Lines = make([]string, 9) }, []string{"receiver.lines has 9 lines"}},
		{"all that is wrong at once", func(d *Shipping) { *d = Shipping{Carrier: "☃︎"} },
			[]string{"tracking is missing", "receiver.name is missing", "receiver.city is missing", "receiver.country is missing", "parcel is 0", "unprintable text in carrier"}},
	} {
		d := exampleShipping()
		c.spoil(&d)
		_, pdfErr := d.PDF(Size4x6, 203)
		_, zplErr := d.ZPL(Size4x6, 203)
		for _, err := range []error{pdfErr, zplErr} {
			for _, want := range c.want {
				if got := fmt.Sprint(err); !strings.Contains(got, want) {
					t.Errorf("%s: %q, want it to say %q", c.name, got, want)
				}
			}
		}
	}
}

// What only looks odd is printed: accents that came apart, spaces and dashes of any kind, joiners.
func TestCleanText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Wis\u0301niewska", "Wiśniewska"},
		{"Zoe\u0308\u00A0 \t Mu\u0308ller\r\n", "Zoë Müller"},
		{"Jean\u2011Luc\u200B", "Jean-Luc"},
		{"\u0399\u0301\u03B7", "Ίη"},
		{"Ёлка", "Ёлка"},
		{"ΑΘΗΝΑ, Łódź, São Tomé, İzmir, Håkon, Đuro, București", "ΑΘΗΝΑ, Łódź, São Tomé, İzmir, Håkon, Đuro, București"},
	} {
		got, err := clean("name", c.in)
		if err != nil || got != c.want {
			t.Errorf("%q became %q (%v), want %q", c.in, got, err, c.want)
		}
	}
}

// A fault in a batch says in which label it is, and the other labels are not printed either: a batch is
// whole or not at all.
func TestBatchFaultNamesTheLabel(t *testing.T) {
	bad := exampleShipping()
	bad.Tracking = ""
	_, err := Shippings([]Shipping{exampleShipping(), bad, exampleShipping()}, Size4x6, 203)
	if got := fmt.Sprint(err); !strings.Contains(got, "tracking is missing (label 2 of 3)") {
		t.Errorf("%q", got)
	}
}

func TestSizeRefusals(t *testing.T) {
	for _, c := range []struct {
		size Size
		dpi  int
		want string
	}{
		{"a7", 203, `no size "a7"`},
		{"0x0", 203, "outside 15 to 1200 mm"},
		{"99999x5", 203, "no size"},
		{"a4/0x3", 203, "COLUMNSxROWS"},
		{"a4/99x99", 203, "at most 400 cells"},
		{"62x29", 203, "a shipping label needs 97 x 140 mm, not 62 x 29"},
		{"4x6", 72, "no printer of 72 dpi"},
	} {
		_, err := exampleShipping().PDF(c.size, c.dpi)
		if got := fmt.Sprint(err); !strings.Contains(got, c.want) {
			t.Errorf("%s at %d: %q, want it to say %q", c.size, c.dpi, got, c.want)
		}
	}
	if _, err := exampleSlip().PDF(Size62x29, 203); err == nil || !strings.Contains(err.Error(), "too small for a document") {
		t.Errorf("a slip of 62x29: %v", err)
	}
}

// Data is read strictly: a misspelt field would be a label without it.
func TestDataIsStrict(t *testing.T) {
	k, _ := KindNamed("bin")
	for _, c := range []struct{ in, want string }{
		{``, "no data"},
		{`{"code":"A","scan":"B-A","zoone":"x"}`, `unknown field "zoone"`},
		{`{"code":"A","scan":"B-A"} x`, "something follows"},
		{`{"code":1}`, "the data is not right"},
		{`[]`, "0 labels"},
		{`[{"code":"A","scan":"B-A"},{"code":"","scan":"B-B"}]`, "code is missing (label 2 of 2)"},
	} {
		_, err := k.Render([]byte(c.in), false, "", 203)
		if got := fmt.Sprint(err); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want it to say %q", c.in, got, c.want)
		}
	}
}

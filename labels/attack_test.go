package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// anySize draws papers that shops have, twice as often as papers that nobody has: most of those are too small.
func anySize(t *rapid.T) Size {
	shops := rapid.SampledFrom([]Size{Size4x6, SizeA6, SizeA5, SizeA4, "letter", "100x70", "71x71", "150x150", "a4/2x2", "a4/3x8@7", "97x140"})
	return rapid.OneOf(shops, shops,
		rapid.Custom(func(t *rapid.T) Size {
			return Size(fmt.Sprintf("%dx%d", rapid.IntRange(15, 300).Draw(t, "w"), rapid.IntRange(15, 300).Draw(t, "h")))
		})).Draw(t, "size")
}

func anyAddress(t *rapid.T, name string) Address {
	return Address{Name: words(t, name+".name"), Company: words(t, name+".company"), Lines: []string{words(t, name+".line"), words(t, name+".more")},
		City: words(t, name+".city"), Postcode: words(t, name+".postcode"), Country: rapid.SampledFrom([]string{"", "CH", "US", "GB", "XX"}).Draw(t, name+".country"),
		Phone: rapid.SampledFrom([]string{"", "+41 61 555 01 23"}).Draw(t, name+".phone")}
}

func anyNumber(t *rapid.T, name string) int {
	return rapid.OneOf(rapid.SampledFrom([]int{0, 1, -1, 999_999_999}), rapid.IntRange(0, 5000)).Draw(t, name)
}

// anyPages lays out one of the newer kinds with whatever data.
func anyPages(t *rapid.T, size Size, dpi int) ([]*page, error) {
	switch rapid.SampledFrom([]string{"return", "logistics", "customs", "hazard", "countsheet", "invoice", "bin"}).Draw(t, "kind") {
	case "return":
		d := Return{Sender: anyAddress(t, "sender"), Receiver: anyAddress(t, "receiver"), Code: words(t, "code"), Order: words(t, "order"),
			Tracking: rapid.StringMatching(`[A-Z0-9]{0,30}`).Draw(t, "tracking"), Until: words(t, "until"), Note: words(t, "note")}
		for range rapid.IntRange(0, 13).Draw(t, "reasons") {
			d.Reasons = append(d.Reasons, ReturnReason{"1", words(t, "reason")})
		}
		return stickers([]Return{d}, size, dpi)
	case "logistics":
		return stickers([]Logistics{{Sender: anyAddress(t, "sender"), Receiver: anyAddress(t, "receiver"), Carrier: words(t, "carrier"), Description: words(t, "description"),
			SSCC: rapid.SampledFrom([]string{"395212340000001233", "395212340000001233", "1"}).Draw(t, "sscc"), Content: rapid.SampledFrom([]string{"", "9521234000037"}).Draw(t, "content"),
			Count: anyNumber(t, "count"), Lot: rapid.StringMatching(`[A-Z0-9#]{0,21}`).Draw(t, "lot"), BestBefore: rapid.SampledFrom([]string{"", "2027-10-00"}).Draw(t, "best"),
			GrossWeightG: anyNumber(t, "gross"), NetWeightG: anyNumber(t, "net"), Order: rapid.StringMatching(`[0-9]{0,31}`).Draw(t, "order")}}, size, dpi)
	case "customs":
		d := Customs{Form: rapid.SampledFrom([]string{"", "CN22", "CN23"}).Draw(t, "form"), CN22LimitCents: anyNumber(t, "limit"), Operator: words(t, "operator"),
			Tracking: rapid.StringMatching(`[A-Z0-9]{0,20}`).Draw(t, "tracking"), Sender: anyAddress(t, "sender"), Receiver: anyAddress(t, "receiver"),
			SenderReference: words(t, "eori"), Category: rapid.SampledFrom([]string{"sale", "gift", "other", ""}).Draw(t, "category"), Explanation: words(t, "explanation"),
			Currency: "CHF", GrossWeightG: anyNumber(t, "gross"), PostageCents: anyNumber(t, "postage"), Comments: words(t, "comments"), SignedBy: words(t, "signed")}
		for range rapid.IntRange(0, 30).Draw(t, "lines") {
			d.Lines = append(d.Lines, CustomsLine{words(t, "goods"), anyNumber(t, "qty"), anyNumber(t, "weight"), anyNumber(t, "value"), "691200", "PT"})
		}
		return d.pages(size, dpi)
	case "hazard":
		return stickers([]Hazard{{Mark: rapid.SampledFrom([]string{MarkBattery, MarkLimitedQuantity, MarkLimitedQuantityAir, MarkExceptedQuantity, MarkOrientation}).Draw(t, "mark"),
			UN: rapid.SliceOfN(rapid.SampledFrom([]string{"3481", "UN3091", "x"}), 0, 3).Draw(t, "un"), Phone: words(t, "phone"), Class: rapid.SampledFrom([]string{"", "3", "2.1"}).Draw(t, "class"),
			Name: words(t, "name"), SmallPackage: rapid.Bool().Draw(t, "small")}}, size, dpi)
	case "countsheet":
		d := CountSheet{Title: words(t, "title")}
		for range rapid.IntRange(0, 60).Draw(t, "lines") {
			d.Lines = append(d.Lines, CountLine{Bin: words(t, "bin"), Scan: rapid.StringMatching(`[A-Z0-9-]{0,20}`).Draw(t, "scan"), SKU: words(t, "sku"), Name: words(t, "name")})
		}
		return d.pages(size, dpi)
	case "invoice":
		d := Invoice{Number: rapid.StringMatching(`[A-Z0-9-]{0,20}`).Draw(t, "number"), Sender: anyAddress(t, "sender"), Receiver: anyAddress(t, "receiver"), Reason: words(t, "reason"),
			Currency: "JPY", Incoterm: words(t, "incoterm"), FreightCents: anyNumber(t, "freight"), Comments: words(t, "comments")}
		for range rapid.IntRange(0, 60).Draw(t, "lines") {
			d.Lines = append(d.Lines, InvoiceLine{SKU: words(t, "sku"), Description: words(t, "goods"), Qty: anyNumber(t, "qty"), ValueCents: anyNumber(t, "value")})
		}
		return d.pages(size, dpi)
	}
	return stickers([]Bin{{Code: words(t, "bin"), Scan: rapid.StringMatching(`[A-Z0-9-]{1,24}`).Draw(t, "scan"), Zone: words(t, "zone"),
		Level: rapid.IntRange(0, 1000).Draw(t, "level"), Arrow: rapid.SampledFrom([]string{"", "up", "left"}).Draw(t, "arrow")}}, size, dpi)
}

// Whatever is asked of the newer kinds, on whatever paper: it is printed with nothing lying on anything, or it is
// refused, and the refusal says something about it.
func TestAnyPaperIsRightOrRefused(t *testing.T) {
	printed := 0
	rapid.Check(t, func(t *rapid.T) {
		pages, err := anyPages(t, anySize(t), rapid.SampledFrom([]int{203, 300}).Draw(t, "dpi"))
		if err == nil {
			err = proved(pages)
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "labels: ") || len(err.Error()) < 20 {
				t.Errorf("a refusal that says nothing: %v", err)
			}
			return
		}
		printed++
		for n, p := range pages {
			for _, fault := range crowded(p) {
				t.Errorf("page %d: %s", n+1, fault)
			}
		}
	})
	if printed < 5 {
		t.Errorf("only %d papers were printed, the others refused", printed)
	}
}

// What a person wrote comes out of a thermal printer as text, in every kind that it can have.
func TestEveryKindPrintsTextAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evil := rapid.SampledFrom([]string{"^XA~JR", "_5E", "^FS^XZ", `\&`, "~DG", "a_b^FD"}).Draw(t, "evil")
		customs, back, pallet := exampleCustoms(), exampleReturn(), exampleLogistics()
		customs.Lines[0].Description, customs.Receiver.Name, back.Note, back.Reasons[0].Text, pallet.Description = evil, evil, evil, evil, evil
		mark := Hazard{Mark: MarkExceptedQuantity, Class: "3", Name: evil}
		bin := Bin{Code: evil, Scan: "B-1", Zone: evil, Level: 3, Arrow: "down"}
		for _, d := range []interface {
			ZPL(Size, int) ([]byte, error)
		}{customs, back, pallet, mark, bin} {
			size := SizeA5
			if _, isBin := d.(Bin); isBin {
				size = Size100x50
			}
			out, err := d.ZPL(size, 203)
			if err != nil {
				t.Fatalf("%T: %v", d, err)
			}
			found := false
			for _, f := range readZPL(t, out) {
				found = found || strings.Contains(strings.ReplaceAll(f.data, `\\`, `\`), evil)
			}
			if !found {
				t.Fatalf("%T does not print %q", d, evil)
			}
			if n := strings.Count(string(out), "^XA"); n != 1 {
				t.Fatalf("%T: %d formats, want 1", d, n)
			}
		}
	})
}

// Each kind that the contract names is there, in its order.
func TestKindsOfTheContract(t *testing.T) {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	at := -1
	for _, want := range strings.Fields("shipping slip picklist bin tote item badge manifest return logistics customs hazard countsheet") {
		i := slices.Index(names, want)
		if i <= at {
			t.Errorf("%s is not after the others in %q", want, names)
		}
		at = i
	}
}

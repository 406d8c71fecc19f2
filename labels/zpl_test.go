package labels

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/code128"
	"pgregory.net/rapid"
)

// evil are texts that would be obeyed if they were not escaped.
var evil = []string{"^XA~JR", "_5E", "^FS^XZ", `\&`, "~DG", ">:>8", "a_b", "^^~~__", "Łódź ^FD", `C:\`, "^FH^", "~", "^", "_", "_7EJR", "^CC+", "~CT/", "Wiśniewska"}

// choices are values that a program picks from a list; no customer writes them.
var choices = []string{MarkBattery, MarkLimitedQuantity, MarkLimitedQuantityAir, MarkExceptedQuantity, MarkOrientation}

// spoiled is the JSON of a label with every text in it replaced.
func spoiled(v any, text func(was string) string) any {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			v[k] = spoiled(v[k], text)
		}
	case []any:
		for i := range v {
			v[i] = spoiled(v[i], text)
		}
	case string:
		return text(v)
	}
	return v
}

// withTexts is a kind's example with every text in it replaced.
func withTexts(t fails, k Kind, text func(was string) string) any {
	data, err := json.Marshal(k.Example)
	if err != nil {
		t.Fatalf("%v", err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%v", err)
	}
	if data, err = json.Marshal(spoiled(tree, text)); err != nil {
		t.Fatalf("%v", err)
	}
	label := reflect.New(reflect.TypeOf(k.Example))
	if err := json.Unmarshal(data, label.Interface()); err != nil {
		t.Fatalf("%v", err)
	}
	return label.Elem().Interface()
}

// namesOf are the commands that a layout needs, whatever its texts say.
func namesOf(pages []*page) []string {
	var out []string
	for _, p := range pages {
		out = append(out, "^XA", "^CI", "^PW", "^LL", "^LH", "^LS", "^PO")
		for _, r := range p.rects {
			if r.ink != pale {
				out = append(out, "^FO", "^GB", "^FS")
			}
		}
		if len(p.shapes) > 0 {
			out = append(out, "^FO", "^GF", "^FS")
		}
		for _, s := range p.symbols {
			out = append(out, map[symbology][]string{eanBars: {"^FO", "^BY", "^BE", "^FD", "^FS"}, qrSquares: {"^FX", "^FO", "^GF", "^FS"},
				gs1Squares: {"^FX", "^FO", "^GF", "^FS"}, code128Bars: {"^FX", "^FO", "^BY", "^BC", "^FH", "^FD", "^FS"}, gs1Bars: {"^FX", "^FO", "^BY", "^BC", "^FH", "^FD", "^FS"}}[s.kind]...)
		}
		for _, t := range p.texts {
			if asDots(t) {
				if out = append(out, "^FO"); t.ink == white {
					out = append(out, "^FR")
				}
				out = append(out, "^GF", "^FS")
				continue
			}
			out = append(out, "^FT", "^A0")
			if t.align != left {
				out = append(out, "^FB")
			}
			if t.ink == white {
				out = append(out, "^FR")
			}
			out = append(out, "^FH", "^FD", "^FS")
		}
		out = append(out, "^PQ", "^XZ")
	}
	return out
}

// asDots says whether a line is sent as a picture: no text of it reaches the printer.
func asDots(t textMark) bool { return t.drawn != nil || !inFontZero(t.s) }

// Whatever a customer calls himself is printed and never obeyed, in any text of any kind: the printer sees the
// commands of the layout and none besides, and sets every text as it went in.
func TestZPLPrintsTextAsText(t *testing.T) {
	for _, k := range Kinds() {
		if !k.ZPL {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			printed := 0
			rapid.Check(t, func(t *rapid.T) {
				label := withTexts(t, k, func(was string) string {
					if number := strings.Trim(was, "0123456789-") == ""; number || slices.Contains(choices, was) || rapid.IntRange(0, 2).Draw(t, "keep") == 0 { // a number or a choice that is none is refused
						return was
					}
					return rapid.OneOf(rapid.SampledFrom(evil), rapid.StringMatching(`[\^~_\\>:&A-Z0-9 ]{1,12}`)).Draw(t, "text")
				})
				pages, err := layoutOf(label, k.Sizes[0])
				if err != nil {
					return // a code that is no code, an SSCC that is no number: refused, and nothing is printed
				}
				out, err := renderZPL(pages)
				if err != nil {
					t.Fatal(err)
				}
				printed++
				obeyed(t, out, pages)
			})
			if printed < 10 {
				t.Errorf("only %d labels were printed", printed)
			}
		})
	}
}

// layoutOf lays out one label of any kind.
func layoutOf(label any, size Size) ([]*page, error) {
	if d, ok := label.(interface {
		pages(Size, int) ([]*page, error)
	}); ok {
		return d.pages(size, 203)
	}
	return stickers([]sticker{label.(sticker)}, size, 203)
}

// obeyed fails where a printer would do anything but the layout.
func obeyed(t fails, out []byte, pages []*page) {
	t.Helper()
	var names []string
	for _, c := range zplCommands(out) {
		names = append(names, c.name)
	}
	if want := namesOf(pages); !slices.Equal(names, want) {
		t.Fatalf("the printer is told\n%v\nand the layout needs\n%v", names, want)
	}
	var printed []string
	for _, f := range readZPL(t, out) {
		if f.font != nil {
			printed = append(printed, map[bool]string{true: strings.ReplaceAll(f.data, `\\`, `\`), false: f.data}[f.block != nil])
		}
	}
	var want []string
	for _, p := range pages {
		for _, m := range p.texts {
			if !asDots(m) {
				want = append(want, m.s)
			}
		}
	}
	if !slices.Equal(printed, want) {
		t.Fatalf("printed %q, want %q", printed, want)
	}
}

// FuzzZPL puts any text anywhere on a shipping label: the printer does what the layout says, or nothing.
func FuzzZPL(f *testing.F) {
	for _, s := range evil {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, code string) {
		d := exampleShipping()
		d.Receiver.Name, d.Carrier, d.Order, d.Sender.City, d.Tracking = text, text, text, text, code
		pages, err := stickers([]Shipping{d}, Size4x6, 203)
		if err != nil {
			return
		}
		out, err := renderZPL(pages)
		if err != nil {
			t.Fatal(err)
		}
		obeyed(t, out, pages)
	})
}

// The code sets that ^BC is told give the same codewords as the PDF's bars, so both are as wide as planned
// and both scan alike.
func TestZPLBarsAreThePDFsBars(t *testing.T) {
	patterns := code128Patterns(t)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.StringMatching(`[ -~]{0,6}[0-9]{0,9}[ -~]{0,5}[0-9]{0,6}[ -~]`).Draw(t, "data")
		kind := rapid.SampledFrom([]symbology{code128Bars, gs1Bars}).Draw(t, "kind")
		if kind == gs1Bars {
			data = rapid.StringMatching(`[0-9]{1,6}(\x1d?[A-Z0-9]{1,6}){0,4}`).Draw(t, "elements")
		}
		s, err := encode("code", kind, data)
		if err != nil {
			t.Fatal(err)
		}
		var want []int
		for bits := bitsOf(s.rows[0]); len(bits) > 24; bits = bits[11:] {
			want = append(want, patterns[bits[:11]])
		}
		spelt, err := spelled(symbolMark{symbol: s, module: 2, height: 50})
		if err != nil {
			t.Fatal(err)
		}
		if got := codewords(t, spelt); !slices.Equal(got, want) {
			t.Fatalf("%q as %q: codewords %v, want %v", data, spelt, got, want)
		}
	})
	s, err := encode("sscc", gs1Bars, "00395212340000000014")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := spelled(symbolMark{symbol: s, module: 2, height: 50}); got != ">;>800395212340000000014" {
		t.Errorf("SSCC as %q", got)
	}
}

// codewords reads the data of ^BC (ZPL II Programming Guide, "Code 128 subsets").
func codewords(t fails, s string) []int {
	starts := map[string]int{">:": 104, ">;": 105}
	out, inC := []int{starts[s[:2]]}, s[:2] == ">;"
	for s = s[2:]; s != ""; {
		switch {
		case s[0] == '>':
			word, known := map[byte]int{'8': 102, '5': 99, '6': 100, '0': '>' - ' '}[s[1]]
			if !known {
				t.Fatalf("unknown sign %q", s[:2])
			}
			inC = (inC || word == 99) && word != 100
			out, s = append(out, word), s[2:]
		case inC:
			n, err := strconv.Atoi(s[:2])
			if err != nil {
				t.Fatalf("%v", err)
			}
			out, s = append(out, n), s[2:]
		default:
			out, s = append(out, int(s[0]-' ')), s[1:]
		}
	}
	return out
}

// code128Patterns learns the pattern of every codeword from symbols that must hold it.
func code128Patterns(t *testing.T) map[string]int {
	t.Helper()
	bits := func(data string) string {
		code, err := code128.Encode(data)
		if err != nil {
			t.Fatal(err)
		}
		return bitsOf(modulesOf(code)[0])
	}
	patterns := map[string]int{
		bits("a")[:11]: 104, bits("0000")[:11]: 105,
		bits("12345")[33:44]: 100, bits(string(code128.FNC1) + "0000")[11:22]: 102,
	}
	for n := range 100 {
		patterns[bits(fmt.Sprintf("%02d00", n))[11:22]] = n
	}
	if len(patterns) != 104 {
		t.Fatalf("%d patterns, want 104", len(patterns))
	}
	return patterns
}

// A paper kind has no ZPL, and a sheet is no roll: both say so.
func TestZPLRefusesPaper(t *testing.T) {
	slip, _ := KindNamed("slip")
	if _, err := slip.Render([]byte("{}"), true, "", 203); err == nil || !strings.Contains(err.Error(), "no ZPL") {
		t.Errorf("slip as ZPL: %v", err)
	}
	if _, err := exampleBin().ZPL(SizeA4, 203); err == nil || !strings.Contains(err.Error(), "wider than any thermal printer") {
		t.Errorf("A4 as ZPL: %v", err)
	}
}

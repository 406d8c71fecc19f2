package labels

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/code128"
	"pgregory.net/rapid"
)

// zplField is one ^FO or ^FT up to its ^FS, as a printer would read it.
type zplField struct {
	x, y     int
	commands []string
	data     string
}

// readZPL reads formats as a printer does: a command begins at every ^ or ~, whatever stood there before.
func readZPL(t *rapid.T, data []byte) []zplField {
	t.Helper()
	var fields []zplField
	for i, command := range regexp.MustCompile(`[\^~][^\^~]*`).FindAllString(string(data), -1) {
		switch name := command[:min(3, len(command))]; {
		case command[0] == '~':
			t.Fatalf("command %d is %q: nothing we print asks the printer for more than a label", i, command)
		case name == "^FO" || name == "^FT":
			var f zplField
			if _, err := fmt.Sscanf(command[3:], "%d,%d", &f.x, &f.y); err != nil {
				t.Fatalf("%q: %v", command, err)
			}
			fields = append(fields, f)
		case name == "^FD":
			fields[len(fields)-1].data = unescaped(t, command[3:])
		case slices.Contains([]string{"^A0", "^FB", "^FR", "^FH", "^GB", "^BC", "^BY", "^BQ", "^BE", "^GF"}, name):
			last := &fields[len(fields)-1]
			last.commands = append(last.commands, command)
		case !slices.Contains([]string{"^XA", "^CI", "^PW", "^LL", "^LH", "^LS", "^PO", "^FS", "^PQ", "^XZ"}, name):
			t.Fatalf("command %d is %q: nothing that a label needs", i, command)
		}
	}
	return fields
}

// unescaped undoes ^FH.
func unescaped(t *rapid.T, s string) string {
	return regexp.MustCompile(`_..?`).ReplaceAllStringFunc(s, func(pair string) string {
		n, err := strconv.ParseUint(pair[1:], 16, 8)
		if err != nil {
			t.Fatalf("%q is no hex pair in %q", pair, s)
		}
		return string([]byte{byte(n)})
	})
}

// Whatever a customer calls himself is printed and never obeyed: every text of the layout comes out of the
// printer's reading as it went in, and no command comes with it.
func TestZPLPrintsTextAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := exampleShipping()
		evil := rapid.SampledFrom([]string{"^XA~JR", "_5E", "^FS^XZ", `\&`, "~DG", ">:>8", "a_b", "^^~~__", "Łódź ^FD", `C:\`})
		d.Receiver.Name = evil.Draw(t, "name") + " " + evil.Draw(t, "more")
		d.Order, d.Carrier = evil.Draw(t, "order"), evil.Draw(t, "carrier")
		out, err := d.ZPL(Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := stickers([]Shipping{d}, Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, m := range pages[0].texts {
			want = append(want, m.s)
		}
		for _, f := range readZPL(t, out) {
			if len(f.commands) > 0 && strings.HasPrefix(f.commands[0], "^A0") {
				if slices.ContainsFunc(f.commands, func(c string) bool { return strings.HasPrefix(c, "^FB") }) {
					f.data = strings.ReplaceAll(f.data, `\\`, `\`)
				}
				got = append(got, f.data)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("printed %q, want %q", got, want)
		}
		if n := bytes.Count(out, []byte("^XA")); n != 1 {
			t.Fatalf("%d formats, want 1", n)
		}
	})
}

// The code sets that ^BC is told give the same codewords as the PDF's bars, so both are as wide as planned
// and both scan alike.
func TestZPLBarsAreThePDFsBars(t *testing.T) {
	patterns := code128Patterns(t)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.StringMatching(`[ -~]{0,6}[0-9]{0,9}[ -~]{0,5}[0-9]{0,6}[ -~]`).Draw(t, "data")
		s, err := encode("code", code128Bars, data)
		if err != nil {
			t.Fatal(err)
		}
		var want []int
		for bits := bitsOf(s.rows[0]); len(bits) > 24; bits = bits[11:] {
			want = append(want, patterns[bits[:11]])
		}
		if got := codewords(t, codeSets(symbolMark{symbol: s})); !slices.Equal(got, want) {
			t.Fatalf("%q as %q: codewords %v, want %v", data, codeSets(symbolMark{symbol: s}), got, want)
		}
	})
	if got, want := codeSets(symbolMark{symbol: &symbol{kind: gs1Bars, data: "00395212340000000014"}}), ">;>800395212340000000014"; got != want {
		t.Errorf("SSCC as %q, want %q", got, want)
	}
}

// codewords reads the data of ^BC (ZPL II Programming Guide, "Code 128 subsets").
func codewords(t *rapid.T, s string) []int {
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
				t.Fatal(err)
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

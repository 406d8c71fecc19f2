package labels_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"floorline/labels"
)

// What a thermal printer is sent is the drawing dot for dot: the shortened hex reads back as the bitmap.
func TestZPLDotsReadBack(t *testing.T) {
	machine(t)
	for script, words := range texts {
		for _, dpi := range []int{203, 300} {
			rows, field, err := labels.Dots(strings.Join(words, " "), dpi)
			if err != nil {
				t.Fatalf("%s: %v", script, err)
			}
			if len(rows) < 10 {
				t.Fatalf("%s: %d rows, %q", script, len(rows), field)
			}
			if got := readGF(t, field); !slices.Equal(got, rows) {
				t.Errorf("%s at %d dpi reads back as other dots", script, dpi)
			}
		}
	}
}

// readGF reads ^GFA as a printer does (ZPL II Programming Guide, "Alternative Data Compression Scheme").
func readGF(t *testing.T, field string) []string {
	m := regexp.MustCompile(`\^GFA,(\d+),(\d+),(\d+),([^\^]*)\^FS`).FindStringSubmatch(field)
	if m == nil || m[1] != m[2] {
		t.Fatalf("no graphic in %q", field)
	}
	total, _ := strconv.Atoi(m[1])
	stride, _ := strconv.Atoi(m[3])
	var rows []string
	row, count := "", 0
	for _, c := range m[4] {
		switch {
		case c >= 'G' && c <= 'Y':
			count += int(c-'G') + 1
			continue
		case c >= 'g' && c <= 'z':
			count += 20 * (int(c-'g') + 1)
			continue
		case c == ',':
			row += strings.Repeat("0", 2*stride-len(row))
		case c == '!':
			row += strings.Repeat("F", 2*stride-len(row))
		case c == ':':
			row = rows[len(rows)-1]
		default:
			row += strings.Repeat(string(c), max(1, count))
		}
		if count = 0; len(row) > 2*stride {
			t.Fatalf("a row of %d digits, want %d", len(row), 2*stride)
		}
		if len(row) == 2*stride {
			rows, row = append(rows, row), ""
		}
	}
	if len(rows)*stride != total || row != "" {
		t.Fatalf("%d rows of %d bytes and %q left over, want %d bytes", len(rows), stride, row, total)
	}
	return inDots(rows)
}

// inDots spells rows of hex as '#' and '.'.
func inDots(rows []string) []string {
	var out []string
	for _, r := range rows {
		dots := ""
		for _, c := range r {
			n, _ := strconv.ParseUint(string(c), 16, 8)
			dots += strings.NewReplacer("0", ".", "1", "#").Replace(fmt.Sprintf("%04b", n))
		}
		out = append(out, dots)
	}
	return out
}

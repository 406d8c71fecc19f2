package labels

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tools skips a test where a program is not installed, and fails it where everything must be (CI=true).
func tools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is not installed: apt-get install poppler-utils zbar-tools dmtx-utils", name)
			}
			t.Skipf("%s is not installed: apt-get install poppler-utils zbar-tools dmtx-utils", name)
		}
	}
}

// raster prints a PDF as a printer would and gives the files of its pages.
func raster(t *testing.T, pdf []byte, dpi int, mode string) []string {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "label.pdf")
	if err := os.WriteFile(in, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftoppm", "-r", strconv.Itoa(dpi), mode, in, filepath.Join(dir, "page")).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "page*"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	return pages
}

// scanned is what a scanner says of one symbol.
type scanned struct {
	Type      string `xml:"type,attr"`
	Modifiers string `xml:"modifiers,attr"`
	Data      struct {
		Text   string `xml:",chardata"`
		Format string `xml:"format,attr"`
	} `xml:"data"`
}

// String is what was read; zbar writes what holds a control character in base64.
func (s scanned) String() string {
	text := s.Data.Text
	if s.Data.Format == "base64" {
		plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil {
			return err.Error()
		}
		text = string(plain)
	}
	return spaced(s.Type, s.Modifiers, text)
}

// scanEach reads the symbols of each file, sorted and each once: zbar reports a symbol again when it crosses it
// twice.
func scanEach(t *testing.T, files []string) [][]string {
	t.Helper()
	out, err := exec.Command("zbarimg", append([]string{"--nodbus", "-q", "--xml"}, files...)...).Output()
	// Exit 4 says that a page has no symbol: the second page of a slip has none.
	if exit := (&exec.ExitError{}); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 4) {
		t.Fatalf("zbarimg: %v", err)
	}
	var doc struct {
		Sources []struct {
			File    string    `xml:"href,attr"`
			Symbols []scanned `xml:"index>symbol"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	all := make([][]string, len(files))
	for _, source := range doc.Sources {
		i := slices.Index(files, source.File)
		for _, s := range source.Symbols {
			all[i] = append(all[i], s.String())
		}
		slices.Sort(all[i])
		all[i] = slices.Compact(all[i])
	}
	return all
}

// scan reads every symbol of the pages together.
func scan(t *testing.T, pages []string) []string {
	t.Helper()
	read := slices.Concat(scanEach(t, pages)...)
	slices.Sort(read)
	return slices.Compact(read)
}

// said is what a scanner should say of the symbols of pages; this one knows no DataMatrix.
func said(pages []*page) []string {
	names := map[symbology]string{code128Bars: "CODE-128 ", gs1Bars: "CODE-128 GS1 ", eanBars: "EAN-13 ", qrSquares: "QR-Code "}
	var want []string
	for _, p := range pages {
		for _, s := range p.symbols {
			if name, knows := names[s.kind]; knows {
				want = append(want, name+s.data)
			}
		}
	}
	slices.Sort(want)
	return slices.Compact(want)
}

// pagesOf lays out any kind's data.
func pagesOf(t *testing.T, data any, size Size, dpi int) []*page {
	t.Helper()
	var pages []*page
	var err error
	switch d := data.(type) {
	case interface {
		pages(Size, int) ([]*page, error)
	}:
		pages, err = d.pages(size, dpi)
	case sticker:
		pages, err = stickers([]sticker{d}, size, dpi)
	default:
		t.Fatalf("%T is no kind", data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// Every symbol of every kind scans from paper, in every size that the kind is made for, from both kinds of
// printer, and says exactly the data.
func TestEverySymbolScans(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg")
	for _, k := range Kinds() {
		for _, size := range k.Sizes {
			for _, dpi := range []int{203, 300} {
				t.Run(fmt.Sprintf("%s/%s/%d", k.Name, size, dpi), func(t *testing.T) {
					t.Parallel()
					data, err := json.Marshal(k.Example)
					if err != nil {
						t.Fatal(err)
					}
					pdf, err := k.Render(data, false, size, dpi)
					if err != nil {
						t.Fatal(err)
					}
					want := said(pagesOf(t, k.Example, size, dpi))
					modes := []string{"-mono", "-gray"}
					if !soak && size != k.Sizes[0] {
						modes = modes[:1]
					}
					for _, mode := range modes {
						if got := scan(t, raster(t, pdf, dpi, mode)); !slices.Equal(got, want) {
							t.Errorf("%s: scanned\n%s\nprinted\n%s", mode, strings.Join(got, "\n"), strings.Join(want, "\n"))
						}
					}
				})
			}
		}
	}
}

// A label of a parcel says three things: the tracking number twice, and the SSCC as GS1-128.
func TestShippingSaysTrackingAndSSCC(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg")
	d := exampleShipping()
	d.Tracking, d.SSCC = "FL000000009874", "395212340000000014"
	pdf, err := d.PDF(SizeA6, 203)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"CODE-128 FL000000009874", "CODE-128 GS1 00395212340000000014", "QR-Code FL000000009874"}
	if got := scan(t, raster(t, pdf, 203, "-mono")); !slices.Equal(got, want) {
		t.Errorf("scanned %q, want %q", got, want)
	}
}

// Every bar and gap on paper is as many dots wide as the symbol says: a dot more or less is what makes a
// label scan at the bench and fail at the carrier.
func TestBarsAreWholeDots(t *testing.T) {
	tools(t, "pdftoppm")
	for _, size := range []Size{Size4x6, SizeA6, Size100x150} {
		for _, dpi := range []int{203, 300, 600} {
			d := exampleShipping()
			pdf, err := d.PDF(size, dpi)
			if err != nil {
				t.Fatal(err)
			}
			paper := readPaper(t, raster(t, pdf, dpi, "-mono")[0])
			for _, s := range pagesOf(t, d, size, dpi)[0].symbols {
				if wrong := wrongDots(paper, s); wrong != 0 {
					t.Errorf("%s at %d dpi: %d dots of %q are wrong", size, dpi, wrong, s.data)
				}
			}
		}
	}
}

// wrongDots compares paper and symbol dot by dot, quiet zones included.
func wrongDots(on *paper, s symbolMark) int {
	wrong, tall := 0, s.height/len(s.rows)
	for y := range tall * len(s.rows) {
		for x := -s.quiet * s.module; x < (s.modules()+s.quietLast)*s.module; x++ {
			dark := x >= 0 && x/s.module < s.modules() && s.rows[y/tall][x/s.module]
			if on.dark(s.x+x, s.y+y) != dark {
				wrong++
			}
		}
	}
	return wrong
}

// The SSCC starts in code set C and its first codeword is FNC1: that and nothing else makes it GS1-128
// (GS1 General Specifications 5.4.3). The patterns are those of ISO/IEC 15417, table 1.
func TestSSCCBeginsWithFNC1(t *testing.T) {
	s, err := encode("sscc", gs1Bars, "00395212340000000014")
	if err != nil {
		t.Fatal(err)
	}
	const startC, fnc1, pair00 = "11010011100", "11110101110", "11011001100"
	if got, want := bitsOf(s.rows[0]), startC+fnc1+pair00; !strings.HasPrefix(got, want) {
		t.Errorf("begins %s, want %s", got[:33], want)
	}
	if got, want := s.modules(), 11*(1+1+10+1)+13; got != want {
		t.Errorf("%d modules, want %d: one pair of digits a codeword", got, want)
	}
}

func bitsOf(row []bool) string {
	var b strings.Builder
	for _, dark := range row {
		b.WriteByte(map[bool]byte{true: '1', false: '0'}[dark])
	}
	return b.String()
}

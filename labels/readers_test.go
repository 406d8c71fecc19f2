package labels

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// soak is for the long matrix: every size, every resolution, every mode.
var soak = os.Getenv("FLOORLINE_SOAK") != ""

// aims are the symbology identifiers that scanners put before what they read (ISO/IEC 15424): ]C1 and ]d2 say
// that FNC1 stood in the first place, so a GS1 symbol is one.
var aims = map[symbology]string{code128Bars: "]C0", gs1Bars: "]C1", eanBars: "]E0", qrSquares: "]Q1", gs1Squares: "]d2"}

// aimed is what a scanner sends for a symbol.
func aimed(kind symbology, data string) string { return aims[kind] + data }

// zxing reads files with the decoder of the handhelds' cameras: per file what it found, with its identifiers.
func zxing(t *testing.T, files []string) [][]string {
	t.Helper()
	if _, err := os.Stat(filepath.Join("..", "static", "node_modules", "zxing-wasm")); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("zxing-wasm is not installed: make web")
		}
		t.Skip("zxing-wasm is not installed: make web")
	}
	cmd := exec.Command("node", filepath.Join("testdata", "zxing.mjs"))
	cmd.Stdin, cmd.Stderr = strings.NewReader(strings.Join(files, "\n")+"\n"), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("zxing: %v", err)
	}
	var all [][]string
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var found []struct{ ID, Text, Error string }
		if err := json.Unmarshal(lines.Bytes(), &found); err != nil {
			t.Fatalf("zxing: %v", err)
		}
		var read []string
		for _, f := range found {
			if f.Error == "" {
				read = append(read, f.ID+f.Text)
			}
		}
		all = append(all, read)
	}
	if len(all) != len(files) {
		t.Fatalf("zxing read %d files of %d", len(all), len(files))
	}
	return all
}

// zbar reads files: per file what it found.
func zbar(t *testing.T, files []string) [][]string {
	t.Helper()
	names := map[string]symbology{"CODE-128 ": code128Bars, "CODE-128 GS1 ": gs1Bars, "EAN-13 ": eanBars, "QR-Code ": qrSquares}
	all := make([][]string, len(files))
	for i, found := range scanEach(t, files) {
		for _, s := range found {
			for name, kind := range names {
				if data, is := strings.CutPrefix(s, name); is && !(kind == code128Bars && strings.HasPrefix(data, "GS1 ")) {
					all[i] = append(all[i], aimed(kind, data))
				}
			}
		}
	}
	return all
}

// dmtx reads DataMatrix: FNC1 comes out as the group separator, before the data too.
func dmtx(t *testing.T, files []string) [][]string {
	t.Helper()
	all := make([][]string, len(files))
	for i, file := range files {
		out, err := exec.Command("dmtxread", "-G", "29", "-N1", "-m", "4000", file).Output()
		if err == nil {
			all[i] = []string{aims[gs1Squares] + strings.TrimPrefix(string(out), groupSeparator)}
		}
	}
	return all
}

// readable lists the readers of a symbology that share nothing with us or with one another.
func readable(kind symbology) map[string]func(*testing.T, []string) [][]string {
	if kind == gs1Squares {
		return map[string]func(*testing.T, []string) [][]string{"dmtxread": dmtx, "zxing": zxing}
	}
	return map[string]func(*testing.T, []string) [][]string{"zbarimg": zbar, "zxing": zxing}
}

// cut is the part of a paper that a symbol takes, with its quiet zone, as a file.
func (p *paper) cut(t *testing.T, s symbolMark, name string) string {
	t.Helper()
	above := 0
	if s.kind.square() {
		above = s.quiet * s.module
	}
	x, y, w, h := s.x-s.quiet*s.module, s.y-above, (s.modules()+s.quiet+s.quietLast)*s.module, s.height+2*above
	out := newPaper(w, h)
	for dy := range h {
		for dx := range w {
			if p.dark(x+dx, y+dy) {
				out.ink(dx, dy, 'B')
			}
		}
	}
	return out.save(t, name)
}

// prints are a paper as it should be, and from a head that is a dot too cold or too hot.
func (p *paper) prints() map[string]*paper {
	return map[string]*paper{"as it should be": p, "a dot too pale": p.pale(), "a dot too dark": p.bold()}
}

// specimen is one symbol cut from one print.
type specimen struct {
	what, file, want string
	mark             symbolMark
}

// specimens cuts every symbol of a kind out of its prints, from the PDF and, for thermal printers, from the ZPL.
func specimens(t *testing.T, k Kind, size Size, dpi int) []specimen {
	t.Helper()
	pages := pagesOf(t, k.Example, size, dpi)
	pdf, err := renderPDF(k.Name, pages)
	if err != nil {
		t.Fatal(err)
	}
	var papers []*paper
	for _, file := range raster(t, pdf, dpi, "-mono") {
		papers = append(papers, readPaper(t, file))
	}
	var out []specimen
	for i, p := range pages {
		for name, print := range papers[i].prints() {
			for n, s := range p.symbols {
				if s.module < sturdyDots && name != "as it should be" {
					continue // TestNarrowLabelsOutliveAPalePrint says what such a label has instead
				}
				what := fmt.Sprintf("%s %s at %d dpi, page %d, %s %q (%d dots a module of %s), %s", k.Name, size, dpi, i+1, p.wanted[n].field, s.data, s.module, aims[s.kind], name)
				out = append(out, specimen{what, print.cut(t, s, fmt.Sprint(n)), aimed(s.kind, s.data), s})
			}
		}
	}
	return out
}

// Every symbol of every kind reads with readers that other people wrote, at 203 and 300 dpi, printed as it
// should be and a dot too pale or too dark on every edge; and a GS1-128 says ]C1.
func TestEverySymbolReadsPaleAndDark(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg", "dmtxread", "node")
	for _, k := range Kinds() {
		sizes := k.Sizes
		if !soak {
			sizes = slices.DeleteFunc(slices.Clone(sizes), func(s Size) bool { return s != k.Sizes[0] && (s == SizeA4 || s == SizeA5) })
		}
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			byReader, files := map[string][]specimen{}, map[string][]string{}
			for _, size := range sizes {
				for _, dpi := range []int{203, 300} {
					for _, s := range specimens(t, k, size, dpi) {
						for name := range readable(s.mark.kind) {
							byReader[name], files[name] = append(byReader[name], s), append(files[name], s.file)
						}
					}
				}
			}
			for name, of := range byReader {
				for i, found := range readable(of[0].mark.kind)[name](t, files[name]) {
					if !slices.Contains(found, of[i].want) {
						t.Errorf("%s: %s reads %q", of[i].what, name, found)
					}
				}
			}
		})
	}
}

// floorLabels are what people scan all day, in the sizes of rolls: usual codes, and some that are too long for bars.
func floorLabels(each func(label sticker, size Size, dpi int)) {
	for _, label := range []sticker{exampleShipping(), exampleBin(), exampleTote(), exampleItem(), exampleBadge(),
		Item{SKU: "TEA-EARL-250", Name: "Earl Grey"}, Item{SKU: "KETTLE-ENAMEL-1500-SAND", Name: "Kettle"},
		Bin{Code: "A-101-03-02-B", Scan: "B-A-101-03-02-B-X"}, Tote{Code: "T-123456-W"}} {
		for _, size := range []Size{Size4x6, Size100x50, Size62x29} {
			if _, isShipping := label.(Shipping); isShipping && size != Size4x6 {
				continue
			}
			for _, dpi := range []int{203, 300} {
				each(label, size, dpi)
			}
		}
	}
}

// A label for the floor outlives a pale and a dark print: whatever its size and resolution, each of its codes is
// in a symbol of three dots a module or more.
func TestNarrowLabelsOutliveAPalePrint(t *testing.T) {
	floorLabels(func(label sticker, size Size, dpi int) {
		pages, err := stickers([]sticker{label}, size, dpi)
		if err != nil {
			t.Errorf("%T on %s at %d dpi: %v", label, size, dpi, err)
			return
		}
		sturdy := map[string]bool{}
		for _, s := range pages[0].symbols {
			sturdy[s.data] = sturdy[s.data] || s.module >= sturdyDots
		}
		for data, is := range sturdy {
			if !is {
				t.Errorf("%T on %s at %d dpi: %q has only modules that a pale print loses", label, size, dpi, data)
			}
		}
	})
}

// Room for a square is never taken from bars that need it: a bin prints on every roll that its bars fit.
func TestSquaresLeaveRoomForBars(t *testing.T) {
	for _, dpi := range []int{203, 300, 600} {
		for w := 50; w <= 110; w++ {
			for _, h := range []int{25, 30, 50} {
				size := Size(fmt.Sprintf("%dx%d", w, h))
				if _, err := exampleBin().ZPL(size, dpi); err != nil {
					t.Errorf("%s at %d dpi: %v", size, dpi, err)
				}
			}
		}
	}
}

// Even with a dot gone from every edge, or added to it, each code of a label for the floor is read from one of
// the symbols that carry it; an EAN-13 is not, but what GS1 says beside it is.
func TestFloorLabelsOutliveADotOnEveryEdge(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg", "dmtxread")
	type code struct{ data, what string }
	files, of, read := map[bool][]string{}, map[bool][]code{}, map[code]bool{}
	floorLabels(func(label sticker, size Size, dpi int) {
		pages, err := stickers([]sticker{label}, size, dpi)
		if err != nil {
			t.Fatal(err)
		}
		zpl, err := renderZPL(pages)
		if err != nil {
			t.Fatal(err)
		}
		out := runZPL(t, zpl, dpi).print[0]
		for what, print := range map[string]*paper{"faint": out.faint(), "smudged": out.smudged()} {
			for _, s := range pages[0].symbols {
				if s.kind == eanBars {
					continue
				}
				c := code{s.data, fmt.Sprintf("%T on %s at %d dpi, %s", label, size, dpi, what)}
				read[c] = read[c] || false
				files[s.kind == gs1Squares] = append(files[s.kind == gs1Squares], print.cut(t, s, "s"))
				of[s.kind == gs1Squares] = append(of[s.kind == gs1Squares], c)
			}
		}
	})
	for isMatrix, reader := range map[bool]func(*testing.T, []string) [][]string{false: zbar, true: dmtx} {
		for i, found := range reader(t, files[isMatrix]) {
			c := of[isMatrix][i]
			read[c] = read[c] || slices.ContainsFunc(found, func(s string) bool { return s[3:] == c.data })
		}
	}
	for c, is := range read {
		if !is {
			t.Errorf("%s: nobody reads %q", c.what, c.data)
		}
	}
}

// What comes out of a thermal printer, texts and all, is read as a whole label too.
func TestZPLLabelsScan(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg", "node")
	t.Parallel()
	var files, names []string
	var printed []*page
	for _, r := range rolls(t) {
		pages := pagesOf(t, r.Example, r.size, r.dpi)
		out, err := renderZPL(pages)
		if err != nil {
			t.Fatal(err)
		}
		file := printZPL(t, out, r.dpi)[0].save(t, r.Name)
		look(t, file, r.name()+".pbm")
		files, names, printed = append(files, file), append(names, r.name()), append(printed, pages[0])
	}
	bars, all := zbar(t, files), zxing(t, files)
	for i, p := range printed {
		got := append(bars[i], all[i]...)
		for _, s := range p.symbols {
			if !slices.Contains(got, aimed(s.kind, s.data)) {
				t.Errorf("%s: %q is not read; read were %q", names[i], aimed(s.kind, s.data), got)
			}
		}
	}
}

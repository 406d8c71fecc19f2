package labels

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The labels of a layout as other programs are given them: everything is placed already, in points, so that they
// only draw what we draw, encode what we encode, and embed the fonts that we embed.
type layoutFile struct {
	Fonts  []string      `json:"fonts"`
	Labels []layoutLabel `json:"labels"`
}

type layoutLabel struct {
	W       float64        `json:"w"`
	H       float64        `json:"h"`
	Rects   []layoutRect   `json:"rects"`
	Texts   []layoutText   `json:"texts"`
	Symbols []layoutSymbol `json:"symbols"`
}

type layoutRect struct {
	X   float64 `json:"x"`
	Y   float64 `json:"y"`
	W   float64 `json:"w"`
	H   float64 `json:"h"`
	Ink ink     `json:"ink"`
}

type layoutText struct {
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	Size float64 `json:"size"`
	Bold bool    `json:"bold"`
	Ink  ink     `json:"ink"`
	S    string  `json:"s"`
}

type layoutSymbol struct {
	Kind   string  `json:"kind"`
	Data   string  `json:"data"`
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Module float64 `json:"module"`
	Height float64 `json:"height"`
}

// laidOut is a page for other programs.
func laidOut(p *page) layoutLabel {
	l := layoutLabel{W: points(p.w), H: points(p.h), Rects: []layoutRect{}, Texts: []layoutText{}, Symbols: []layoutSymbol{}}
	for _, r := range p.rects {
		l.Rects = append(l.Rects, layoutRect{points(r.x), points(r.y), points(r.w), points(r.h), r.ink})
	}
	for _, t := range p.texts {
		l.Texts = append(l.Texts, layoutText{points(t.inked().x), points(t.y), points(t.size), t.bold, t.ink, t.s})
	}
	names := map[symbology]string{code128Bars: "code128", gs1Bars: "gs1", eanBars: "ean13", qrSquares: "qr", gs1Squares: "datamatrix"}
	for _, s := range p.symbols {
		l.Symbols = append(l.Symbols, layoutSymbol{names[s.kind], s.data, points(p.length(s.x)), points(p.length(s.y)),
			float64(s.module) * 72 / float64(p.dpi), float64(s.height) * 72 / float64(p.dpi)})
	}
	return l
}

// addressed are receivers in the scripts of the embedded font.
var addressed = map[string]Address{
	"Latin":    {Name: "Zofia Wiśniewska", Company: "Księgarnia Pod Aniołem", Lines: []string{"ul. Świętego Marcina 24/7"}, Postcode: "61-805", City: "Poznań", Country: "PL"},
	"Cyrillic": {Name: "Олена Ковальчук", Company: "Книгарня Є", Lines: []string{"вул. Хрещатик 22, кв. 7"}, Postcode: "01001", City: "Київ", Country: "UA"},
	"Greek":    {Name: "Ελένη Παπαδοπούλου", Company: "Βιβλιοπωλείο Πολιτεία", Lines: []string{"Ασκληπιού 1-3"}, Postcode: "106 79", City: "Αθήνα", Country: "GR"},
}

// numberedLabels are a hundred labels of a kind, no two with the same code, in a script.
func numberedLabels(k Kind, script string) []sticker {
	var out []sticker
	for i := range 100 {
		switch d := k.Example.(type) {
		case Shipping:
			d.Receiver, d.Tracking = addressed[script], fmt.Sprintf("FL%012d", 7919*i)
			out = append(out, d)
		case Bin:
			d.Code = fmt.Sprintf("A-%02d-%02d", i/10, i%10)
			d.Scan, d.Zone = "B-"+d.Code+"-X", addressed[script].City
			out = append(out, d)
		case Tote:
			d.Code, d.Note = fmt.Sprintf("T-%04d-W", i), addressed[script].City
			out = append(out, d)
		case Item:
			d.Lot, d.Name = fmt.Sprintf("L%04d", i), addressed[script].Company
			out = append(out, d)
		case Badge:
			d.Code, d.Name = fmt.Sprintf("UJ4X7Q2MPLK3ZTR%03d-A", i), addressed[script].Name
			out = append(out, d)
		}
	}
	return out
}

// benchSeconds is this process's own time: what else runs on the machine does not count.
func benchSeconds() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// rate is how many labels a second a job makes.
func rate(labels int, job func(i int) error) (float64, error) {
	if err := job(0); err != nil {
		return 0, err
	}
	begin, made := benchSeconds(), 0
	for i := 0; benchSeconds()-begin < 1; i++ {
		if err := job(i); err != nil {
			return 0, err
		}
		made += labels
	}
	return float64(made) / (benchSeconds() - begin), nil
}

// ours are labels a second of a list: one PDF each, one ZPL each, and all of them in one PDF.
func ours(t *testing.T, list []sticker, size Size) (pdf, zpl, batch float64) {
	t.Helper()
	var errs [3]error
	pdf, errs[0] = rate(1, func(i int) error { _, err := pdfOf("label", list[i%len(list):][:1], size, 203); return err })
	zpl, errs[1] = rate(1, func(i int) error { _, err := zplOf(list[i%len(list):][:1], size, 203); return err })
	batch, errs[2] = rate(len(list), func(int) error { _, err := pdfOf("labels", list, size, 203); return err })
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return pdf, zpl, batch
}

// theirs runs another program over a layout; 0 where it cannot draw it.
func theirs(t *testing.T, sample string, argv ...string) float64 {
	t.Helper()
	out, err := exec.Command(argv[0], argv[1:]...).Output()
	if err != nil {
		return 0
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		t.Fatalf("%s says %q", argv, out)
	}
	if made, err := os.ReadFile(sample); err != nil || !strings.HasPrefix(string(made), "%PDF-") {
		t.Fatalf("%s made no PDF", argv)
	}
	return n
}

// TestBenchLabels prints labels a second on one core for each kind and script, beside pdfkit + bwip-js and
// reportlab, which draw the same label in the same run: the same texts in the same embedded font, the same symbols.
// Run it through make bench, which pins it to one core.
func TestBenchLabels(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("make bench")
	}
	dir := t.TempDir()
	var fonts []string
	for _, f := range []*face{regular(), bold()} {
		file := filepath.Join(dir, f.family+".ttf")
		if err := os.WriteFile(file, f.data, 0o600); err != nil {
			t.Fatal(err)
		}
		fonts = append(fonts, file)
	}
	with := filepath.Join("..", "static", "tests", "bench", "labels")
	fmt.Printf("labels a second on one core, 203 dpi, embedded font   (times = how many times ours, PDF against PDF)\n%-9s %-9s %8s %8s %8s | %8s %6s | %9s %6s | batch of 100: %8s %6s\n",
		"kind", "script", "ZPL", "PDF", "in 100s", "pdfkit", "times", "reportlab", "times", "pdfkit", "times")
	for _, k := range Kinds() {
		for _, script := range []string{"Latin", "Cyrillic", "Greek"} {
			list := numberedLabels(k, script)
			if len(list) == 0 || !k.ZPL {
				continue
			}
			benchLabels(t, k, script, list, fonts, with)
		}
	}
}

func benchLabels(t *testing.T, k Kind, script string, list []sticker, fonts []string, with string) {
	t.Helper()
	size, layout := k.Sizes[0], layoutFile{Fonts: fonts}
	pages, err := stickers(list, size, 203)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		layout.Labels = append(layout.Labels, laidOut(p))
	}
	data, err := json.Marshal(layout)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "layout.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	pdf, zpl, batch := ours(t, list, size)
	sample := filepath.Join(dir, "sample.pdf")
	node := theirs(t, sample, "node", filepath.Join(with, "draw.mjs"), file, sample)
	look(t, sample, k.Name+"-"+script+"-pdfkit.pdf")
	nodeBatch := theirs(t, sample, "node", filepath.Join(with, "draw.mjs"), file, sample, "--batch")
	python := theirs(t, sample, "/usr/bin/python3", filepath.Join(with, "draw.py"), file, sample)
	look(t, sample, k.Name+"-"+script+"-reportlab.pdf")
	fmt.Printf("%-9s %-9s %8.0f %8.0f %8.0f | %8s %6s | %9s %6s |               %8s %6s\n", k.Name, script, zpl, pdf, batch,
		shown(node), times(pdf, node), shown(python), times(pdf, python), shown(nodeBatch), times(batch, nodeBatch))
}

func shown(n float64) string {
	if n == 0 {
		return "cannot"
	}
	return fmt.Sprintf("%.0f", n)
}

func times(our, their float64) string {
	if their == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", our/their)
}

// look keeps what another program drew, for people to compare.
func look(t *testing.T, file, name string) {
	t.Helper()
	if dir := os.Getenv("LABELS_LOOK"); dir != "" {
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

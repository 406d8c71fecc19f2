package labels_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"floorline/devices/fonts"
	"floorline/labels"

	"pgregory.net/rapid"
)

// machine lends the labels the fonts that `make tools` laid beside the build, as a machine that has them.
func machine(t testing.TB) {
	t.Helper()
	dirs := filepath.SplitList(os.Getenv(fonts.Variable))
	if len(dirs) == 0 {
		dirs = []string{filepath.Join("..", "bin", "fonts")}
	}
	if _, err := os.Stat(dirs[0]); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no fonts in %s: make tools", dirs[0])
		}
		t.Skipf("no fonts in %s: run make tools, or set %s", dirs[0], fonts.Variable)
	}
	labels.UseFonts(fonts.Finder(dirs))
	t.Cleanup(func() { labels.UseFonts(nil) })
}

// bare is a machine without any fonts.
func bare(t testing.TB) {
	labels.UseFonts(nil)
	t.Cleanup(func() { labels.UseFonts(nil) })
}

// texts are words of every script that shaping can get wrong: joins, marks above and below, letters that
// stand before the one they follow, conjuncts, ligatures.
var texts = map[string][]string{
	"Arab": {"محمد", "السلام", "لا إله", "الرياض", "شَارِعُ", "می‌خواهم", "پاکستان", "مؤسسة"},
	"Hebr": {"שלום", "רחוב", "בְּרֵאשִׁית", "תל אביב"},
	"Deva": {"क्षेत्र", "स्ट्रीट", "राजेश", "हिन्दी", "र्कि", "श्री", "फ़्लैट", "द्वारा"},
	"Thai": {"ที่นั่น", "น้ำผึ้ง", "กตัญญู", "ถนนสุขุมวิท", "ป้ำ"},
	"Beng": {"কলকাতা", "ক্ষেত্র"}, "Taml": {"சென்னை", "கொழும்பு"}, "Khmr": {"ភ្នំពេញ"}, "Mymr": {"မြန်မာ"},
	"Hani": {"東京都", "北京市", "直骨海"}, "Hira": {"ひらがな"}, "Kana": {"カタカナ"}, "Hang": {"서울특별시", "한국"},
	"Latn": {"Nguyễn", "Ệ", "Țepeș"}, "Grek": {"ᾗ", "Ἀλέξανδρος", "ᾠδεῖον"}, "Cyrl": {"Ѓорѓи", "Ўладзь", "Ґудзь"},
}

// The glyphs and their places are those of HarfBuzz itself, in both weights.
func TestShapingIsHarfBuzz(t *testing.T) {
	machine(t)
	if _, err := exec.LookPath("hb-shape"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no hb-shape: make tools")
		}
		t.Skip("no hb-shape: make tools")
	}
	compared := 0
	for script, words := range texts {
		for _, word := range words {
			for _, bold := range []bool{false, true} {
				runs, err := labels.Runs(word, bold)
				if err != nil {
					t.Fatalf("%s %q: %v", script, word, err)
				}
				for _, r := range runs {
					file, index, _ := strings.Cut(r.Font, "#")
					if index == "" || len(runs) > 1 {
						continue // an embedded font, or a word that two fonts share
					}
					compared++
					if want := harfbuzz(t, file, index, script, word, r.Blank); !slices.Equal(r.Glyphs, want) {
						t.Errorf("%s %q in %s: %v, HarfBuzz says %v", script, word, filepath.Base(file), r.Glyphs, want)
					}
				}
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d runs were compared", compared)
	}
	t.Logf("%d runs are HarfBuzz's own", compared)
}

// harfbuzz asks the original for the glyphs with ink and where they stand.
func harfbuzz(t *testing.T, file, index, script, word string, blank func(int) bool) []labels.Placed {
	lang := map[string]string{"Hira": "ja", "Kana": "ja", "Hang": "ko"}[script]
	if lang == "" {
		lang = "und"
	}
	out, err := exec.Command("hb-shape", "--no-glyph-names", "--no-clusters", "--font-file="+file, "--face-index="+index, "--script="+script,
		"--language="+lang, word).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var list []labels.Placed
	pen := 0
	for _, m := range regexp.MustCompile(`(\d+)(?:@(-?\d+),(-?\d+))?\+(-?\d+)`).FindAllStringSubmatch(string(out), -1) {
		n := make([]int, 5)
		for i := range n[1:] {
			n[i+1], _ = strconv.Atoi(m[i+1])
		}
		if !blank(n[1]) {
			list = append(list, labels.Placed{ID: n[1], X: pen + n[2], Y: n[3]})
		}
		pen += n[4]
	}
	return list
}

// Arabic, Latin and digits in one line stand as a reader expects them: the sentence from the right, the
// foreign words and the numbers from the left (Unicode Annex 9).
func TestMixedTextStandsInReadingOrder(t *testing.T) {
	machine(t)
	for _, c := range []struct{ text, paper string }{
		{"فندق Hilton غرفة 512", "512 ةفرغ Hilton قدنف"},
		{"Flat 3, دبي مدينة, Building 7", "Flat 3, ةنيدم يبد, Building 7"},
		{"רחוב הרצל 12, דירה 4", "4 הריד ,12 לצרה בוחר"},
		{"مكتب Müller GmbH رقم 12", "12 مقر Müller GmbH بتكم"},
	} {
		runs, err := labels.Runs(c.text, false)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range runs {
			got += r.Text
		}
		if got != c.paper {
			t.Errorf("%q stands as %q, want %q", c.text, got, c.paper)
		}
	}
}

func shipping() labels.Shipping {
	k, _ := labels.KindNamed("shipping")
	return k.Example.(labels.Shipping)
}

// Where no font of the machine has a script, the label is refused by the field, the script and what to
// install; it never prints an empty box. Arabic and Hebrew are in an embedded font.
func TestScriptWithoutFontIsRefused(t *testing.T) {
	bare(t)
	for _, c := range []struct{ name, script, install string }{
		{"山田太郎", "Chinese characters", "fonts-noto-cjk"}, {"ひらがな", "Japanese", "fonts-noto-cjk"}, {"김민수", "Korean", "fonts-noto-cjk"},
		{"राजेश", "Hindi (Devanagari)", "fonts-noto-core"}, {"สมชาย", "Thai", "fonts-noto-core"}, {"កម្ពុជា", "Khmr", "fonts-noto-core"},
	} {
		d := shipping()
		d.Receiver.Company = c.name
		_, pdf := d.PDF(labels.Size4x6, 203)
		_, zpl := d.ZPL(labels.Size4x6, 203)
		for _, err := range []error{pdf, zpl} {
			for _, want := range []string{"receiver.company", c.name, c.script, c.install} {
				if !strings.Contains(fmt.Sprint(err), want) {
					t.Errorf("%s: %v, want it to say %q", c.name, err, want)
				}
			}
		}
	}
}

// The country stands in the sender's language and in English; where the machine cannot print that language,
// in English, and the label is not held up by a word that nobody wrote.
func TestCountryInALanguageWithoutFont(t *testing.T) {
	d := shipping()
	d.Sender.Country = "IN"
	read := func() string {
		zpl, err := d.ZPL(labels.Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		return string(zpl)
	}
	bare(t)
	if s := read(); !strings.Contains(s, "^FDPOLAND^FS") {
		t.Errorf("no POLAND in %s", s)
	}
	machine(t)
	if s := read(); strings.Contains(s, "^FDPOLAND^FS") || !strings.Contains(s, "^GFA") {
		t.Errorf("no Hindi in %s", s)
	}
}

// Letters of European languages need no font of the machine.
func TestEuropeanLettersAreEmbedded(t *testing.T) {
	bare(t)
	for _, s := range []string{"Nguyễn Thị Ánh Tuyết Đống Đa", "İstanbul Ğ Ş ı", "Łódź ąęśćżź", "Țepeș București Șș", "Ѓорѓи Љубиша Џаџић Ђорђе", "Їжак Ґудзь Єва", "Ўладзь",
		"Ἀλέξανδρος ᾠδεῖον ᾗ", "Þórður Ærø Œuvre", "Հայկ Սարգսյան", "გიორგი ბერიძე", "Ǌ ǆ ẞ Ỹ ỳ"} {
		d := shipping()
		d.Receiver.Name = s
		for _, make := range []func(labels.Size, int) ([]byte, error){d.PDF, d.ZPL} {
			if _, err := make(labels.Size4x6, 203); err != nil {
				t.Errorf("%s: %v", s, err)
			}
		}
	}
}

// Pictures, blanks that pose as letters, and signs that turn text round are refused by the field.
func TestTextThatIsNoWritingIsRefused(t *testing.T) {
	machine(t)
	for _, s := range []string{"Mia 🎁", "👨‍👩‍👧", "🇨🇭", "1️⃣", "☃", "❤️", "\u3164\u3164", "\u202Eevil", "\uE000", "\U0010FFFF", "a\u0007", "ﷺ🎁"} {
		d := shipping()
		d.Receiver.Name = s
		if _, err := d.PDF(labels.Size4x6, 203); err == nil || !strings.Contains(err.Error(), "receiver.name") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// The text of a drawn label can be searched and copied, from right to left as well.
func TestDrawnTextCanBeRead(t *testing.T) {
	machine(t)
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext: make tools")
	}
	for _, s := range []string{"山田太郎", "김민수", "राजेश कुमार शर्मा", "สมชาย ใจดี", "محمد بن عبد الله", "יוסי כהן", "Nguyễn Thị Ánh"} {
		d := shipping()
		d.Receiver.Name = s
		pdf, err := d.PDF(labels.Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		read := exec.Command("pdftotext", "-", "-")
		read.Stdin = bytes.NewReader(pdf)
		text, err := read.Output()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), s) {
			t.Errorf("the PDF does not say %q:\n%s", s, text)
		}
	}
}

// Whatever script the texts of a label are in, and however long, they fit without lying on anything, or the
// label is refused by the field.
func TestAnyScriptFitsOrIsRefused(t *testing.T) {
	machine(t)
	scripts := slices.Sorted(maps.Keys(texts))
	printed, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			words := rapid.SliceOfN(rapid.SampledFrom(texts[rapid.SampledFrom(scripts).Draw(t, name+" script")]), 0, 12).Draw(t, name)
			return strings.Join(words, rapid.SampledFrom([]string{" ", "", " 12, "}).Draw(t, name+" between"))
		}
		d := shipping()
		d.Receiver.Name, d.Receiver.Company, d.Receiver.City, d.Receiver.Lines = "X"+text("name"), text("company"), text("city"), []string{text("line"), text("line 2")}
		d.Sender.Name, d.Carrier, d.Order = text("sender"), text("carrier"), text("order")
		d.Receiver.Country = rapid.SampledFrom([]string{"JP", "SA", "TH", "IN", "DE"}).Draw(t, "country")
		faults, err := labels.Crowded(d, rapid.SampledFrom([]labels.Size{labels.Size4x6, labels.SizeA6, "a4/2x2"}).Draw(t, "size"))
		if err != nil {
			if refused++; !strings.Contains(err.Error(), "does not fit") {
				t.Fatal(err)
			}
			return
		}
		printed++
		for _, fault := range faults {
			t.Error(fault)
		}
	})
	if printed < 20 {
		t.Errorf("%d labels were printed and %d refused", printed, refused)
	}
}

// A label that is drawn is the same bytes again, from many sessions at once and with another label between.
func TestDrawnLabelsAreTheSameBytes(t *testing.T) {
	machine(t)
	d := shipping()
	d.Receiver.Name, d.Receiver.Company, d.Receiver.City = "محمد بن عبد الله", "株式会社 หจก.", "नई दिल्ली"
	first, err := d.PDF(labels.Size4x6, 300)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for n := range 6 {
		wait.Go(func() {
			other := shipping()
			other.Receiver.Name = fmt.Sprintf("ที่นั่น %d", n)
			if _, err := other.ZPL(labels.Size4x6, 203); err != nil {
				t.Error(err)
			}
			if again, err := d.PDF(labels.Size4x6, 300); err != nil || !bytes.Equal(first, again) {
				t.Errorf("%d bytes, then %d other bytes, error %v", len(first), len(again), err)
			}
		})
	}
	wait.Wait()
}

// BenchmarkScripts is a shipping label for a receiver in each script, no two with the same name.
func BenchmarkScripts(b *testing.B) {
	machine(b)
	for _, script := range []string{"Latn", "Cyrl", "Arab", "Hebr", "Deva", "Thai", "Hani", "Hang"} {
		for _, kind := range []string{"PDF", "ZPL"} {
			b.Run(script+"/"+kind, func(b *testing.B) {
				d := shipping()
				words := texts[script]
				d.Receiver.Company, d.Receiver.City = words[0]+" "+words[1], words[1]
				for n := range b.N {
					d.Receiver.Name = words[n%len(words)] + " " + strconv.Itoa(n)
					d.Receiver.Lines = []string{words[(n+1)%len(words)] + " " + strconv.Itoa(n%900)}
					var err error
					if kind == "PDF" {
						_, err = d.PDF(labels.Size4x6, 203)
					} else {
						_, err = d.ZPL(labels.Size4x6, 203)
					}
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "labels/s")
			})
		}
	}
}

// FuzzText puts any text anywhere: it is printed or refused by the field's name, and nothing panics. Where
// there are fonts of the machine they are used, as most scripts only shape with them.
func FuzzText(f *testing.F) {
	seeds := []string{"Zofia", "^XA~JR", "a\u0301", "🎁", "\xff", "x\n\ny", strings.Repeat("long ", 99), "\u202Eabc", "ñ", "A\u0000",
		"مكتب Müller رقم 12", "\u2067a\u2069", "क्\u200d", "\u200f\u200f", "가\u1100\u1161", "辻\U000E0100", "\u0E33\u0E33", strings.Repeat("\u0301", 50), "ﷺ"}
	for _, words := range texts {
		seeds = append(seeds, strings.Join(words, " "))
	}
	for _, s := range seeds {
		f.Add(s, s)
	}
	if dir := filepath.Join("..", "bin", "fonts"); os.Getenv(fonts.Variable) == "" {
		labels.UseFonts(fonts.Finder([]string{dir}))
	} else {
		labels.UseFonts(fonts.Finder(filepath.SplitList(os.Getenv(fonts.Variable))))
	}
	f.Cleanup(func() { labels.UseFonts(nil) })
	f.Fuzz(func(t *testing.T, name, code string) {
		d := shipping()
		d.Receiver.Name, d.Receiver.City, d.Receiver.Postcode, d.Order, d.Tracking = name, name, code, name, code
		d.Receiver.Lines, d.Receiver.Country = []string{code, name}, "JP"
		pdf, err := d.PDF(labels.Size4x6, 203)
		if err == nil && !strings.HasPrefix(string(pdf), "%PDF-") {
			t.Errorf("%q is no PDF", pdf[:min(20, len(pdf))])
		}
		if err != nil && !strings.Contains(err.Error(), "receiver.") && !strings.Contains(err.Error(), "order") && !strings.Contains(err.Error(), "tracking") {
			t.Errorf("the error names no field: %v", err)
		}
		if _, zplErr := d.ZPL(labels.Size4x6, 203); (err == nil) != (zplErr == nil) {
			t.Errorf("PDF says %v, ZPL says %v", err, zplErr)
		}
	})
}

package devices

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"floorline/floor"
)

// bigPNG is the head of a PNG of so many points, with so many bytes of nothing behind it.
func bigPNG(w, h uint32, rest int) []byte {
	b := bomb()
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return append(b, make([]byte, rest)...)
}

// atReturns is a return with one unit in the hand at the bench.
func (f *front) atReturns() (photos string, unit func() floor.ReturnUnit) {
	f.t.Helper()
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
	order := f.sentOut("10")
	var r floor.ReturnView
	f.want(201, "POST", "/api/v1/returns", `{"order":"`+string(order.ID)+`","lines":[{"sku":"MUG","qty":1,"reason":"damaged"}]}`).json(f.t, &r)
	d := f.pair("returns")
	d.hello("")
	d.scan(f.worker("Ira", "inspector", ""))
	d.expect(d.scan(string(r.ID)), "opened")
	d.scan("MUG")
	return "/api/v1/returns/" + string(r.ID) + "/photos", func() floor.ReturnUnit {
		f.want(200, "GET", "/api/v1/returns/"+string(r.ID), "").json(f.t, &r)
		return r.Units[0]
	}
}

// Items 79 to 82 of the list of bad inputs: photos of what came back. Each is answered by name, quickly, and of what is
// refused no file is left.
func TestBadInputs79to82(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	path, unit := f.atReturns()
	good := jpegOf(t, scenery(64, 32))
	svg := `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
	heic := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
	files := func() []string {
		list, _ := filepath.Glob(filepath.Join(f.dir, "files", "*", "*"))
		return list
	}
	for _, tt := range []struct {
		n      int
		what   string
		body   []byte
		said   string // Content-Type
		status int
		code   string
	}{
		{79, "60000 x 60000 points", bigPNG(60_000, 60_000, 0), "image/png", 422, "photo_too_many_pixels"},
		{79, "one row of four thousand million points", bigPNG(0xffffffff, 1, 0), "image/png", 422, "photo_broken"},
		{79, "a point a megabyte", bigPNG(2, 2, 4<<20), "image/png", 422, "photo_not_whole"},
		{79, "more bytes than a photo has", bigPNG(2, 2, PhotoBytes), "image/png", 413, "too_large"},
		{79, "more points than a camera of twelve megapixels makes", pngOf(t, image.NewGray(image.Rect(0, 0, 4200, 3100))), "image/png", 422, "photo_too_many_pixels"},
		{80, "a JPEG that was cut off", good[:len(good)-30], "image/jpeg", 422, "photo_not_whole"},
		{80, "a PNG under the name of a JPEG", pngOf(t, scenery(8, 8)), "image/jpeg", 415, "photo_misnamed"},
		{80, "a JPEG under the name of a HEIC", good, "image/heic", 415, "photo_misnamed"},
		{80, "SVG", []byte(svg), "image/svg+xml", 422, "not_a_photo"},
		{80, "SVG under the name of a JPEG", []byte(svg), "image/jpeg", 422, "not_a_photo"},
		{80, "HEIC", []byte(heic), "image/heic", 422, "not_a_photo"},
		{80, "PDF", []byte("%PDF-1.7\n"), "image/jpeg", 422, "not_a_photo"},
		{80, "a PDF behind a JPEG", append(bytes.Clone(good), "%PDF-1.7\n%%EOF"...), "image/jpeg", 422, "photo_not_whole"},
		{80, "a PDF before a JPEG", append([]byte("%PDF-1.7\n"), good...), "image/jpeg", 422, "not_a_photo"},
		{80, "a zip behind a PNG", append(pngOf(t, scenery(8, 8)), "PK\x03\x04"...), "image/png", 422, "photo_not_whole"},
		{80, "nothing", nil, "image/jpeg", 422, "photo_empty"},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.n, tt.what), func(t *testing.T) {
			start := time.Now()
			if r := f.call("POST", path, string(tt.body), "Content-Type", tt.said); r.status != tt.status || r.code() != tt.code {
				t.Errorf("%d %s, want %d %s", r.status, r.code(), tt.status, tt.code)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("it took %v", took)
			}
			if list := files(); len(list) != 0 {
				t.Errorf("left are %v", list)
			}
		})
	}
	t.Run("81 where the camera was", func(t *testing.T) {
		f.want(201, "POST", path, string(withEXIF(good, 6)), "Content-Type", "image/jpeg")
		kept := f.want(200, "GET", path+"/"+unit().Photos[0], "").body
		if m, err := jpeg.Decode(bytes.NewReader(kept)); err != nil || m.Bounds().Dx() != 32 || bytes.Contains(kept, []byte("GPS")) || bytes.Contains(kept, []byte("Exif")) {
			t.Errorf("what the camera wrote is still in it, or it lies on its side: %v", err)
		}
	})
	generated := regexp.MustCompile(`^[0-9a-f]{64}$`)
	for i, name := range []string{"../../x", `..\..\x`, "CON", "NUL.jpg", strings.Repeat("n", 300), "a\x00b.jpg", "/etc/passwd"} {
		t.Run(fmt.Sprintf("82 a name: %.20q", name), func(t *testing.T) {
			said := strings.NewReplacer("\x00", "%00").Replace(name)
			f.want(201, "POST", path+"?name="+strings.NewReplacer("/", "%2f", `\`, "%5c", "\x00", "%00").Replace(name), string(jpegOf(t, scenery(40+i, 20))), "Content-Type", "image/jpeg", "Content-Disposition", `attachment; filename="`+said+`"`)
			all := unit().Photos
			if hash := all[len(all)-1]; len(all) != i+2 || !generated.MatchString(hash) {
				t.Errorf("%v", all)
			}
			for _, file := range files() {
				if !generated.MatchString(filepath.Base(filepath.Dir(file))+filepath.Base(file)) && !generated.MatchString(filepath.Base(file)) {
					t.Errorf("a file is called %s", file)
				}
			}
		})
	}
	for _, name := range []string{"..%2f..%2fkeys", "%2fetc%2fpasswd", strings.Repeat("a", 300), "CON", "%00"} {
		if r := f.call("GET", path+"/"+name, ""); r.status != 404 && r.status != 400 {
			t.Errorf("82 %s: %d", name, r.status)
		}
	}
}

// Items 83 to 86: files. A zip is no table and no photo, wherever bytes come in; a bad table is told row by row and a good
// row of it goes in whole or not at all; what goes out is text to a spreadsheet; what a spreadsheet has spoilt is not
// guessed at.
func TestBadInputs83to86(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(200, "PUT", "/api/v1/items/MUG", `{"name":"Mug","barcodes":[{"code":"MUG","qty":1}],"price_cents":1290}`)
	path, _ := f.atReturns()
	const head = "return,order,channel,sku,qty,reason\n"
	zip := "PK\x03\x04\x14\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 16) + "../../etc/cron.d/x"
	if r := f.want(422, "POST", path, zip, "Content-Type", "image/jpeg"); r.code() != "not_a_photo" {
		t.Errorf("83 %s", r.code())
	}
	wide := func(s string) string {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		return string(b)
	}
	many := strings.Builder{}
	many.WriteString(head)
	for range 200_001 {
		many.WriteString("M,,,MUG,1,\n")
	}
	for _, tt := range []struct {
		n       int
		what    string
		file    string
		created int
		faults  []string // "row code"
		notes   []string
	}{
		{83, "a zip with a way out", zip, 0, []string{"0 not_text"}, nil},
		{83, "a workbook", "PK\x03\x04" + strings.Repeat("x", 100), 0, []string{"0 not_text"}, nil},
		{84, "UTF-16 with its mark", wide(head + "A1,,,MUG,1,damaged\n"), 1, nil, nil},
		{84, "UTF-16 that lost it", wide(head + "A2,,,MUG,1,\n")[2:], 0, []string{"0 not_text"}, nil},
		{84, "Latin-1 with an ł that it has not", head + "A3,,,MUG,1,\nA9,,,MUG,1,ma\xb3y\n", 1, []string{"3 bad_code"}, []string{"0 encoding"}},
		{84, "semicolons", strings.ReplaceAll(head, ",", ";") + "A4;;;MUG;1;\n", 1, nil, nil},
		{84, "a line break in quotes is one row", head + "A5,,,MUG,1,\"too\r\nbig\"\r\nA0,,,MUG,1,late\r\n", 1, []string{"2 bad_text"}, nil},
		{84, "a quote that never closes", head + "A6,,,MUG,1,\nA7,,,\"MUG,1,\nA8,,,MUG,1,\n", 1, []string{"3 unclosed_quote"}, nil},
		{84, "ten thousand columns", strings.Repeat("a,", 10_000) + "b\n1\n", 0, []string{"1 too_many_columns"}, nil},
		{84, "more rows than a file has", many.String(), 0, []string{"200002 too_many_rows"}, nil},
		{84, "an empty header", "\n\n", 0, []string{"0 empty_file"}, nil},
		{84, "a header twice", "return,order,sku,sku,qty\nB1,,MUG,MUG,1\n", 0, []string{"1 duplicate_column"}, nil},
		{84, "no header at all", "B2,,,MUG,1,\n", 0, []string{"1 missing_column"}, nil},
		{84, "one item twice in a return: both count", head + "B3,,,MUG,1,\nB3,,,MUG,2,\n", 1, nil, nil},
		{84, "one return of two orders", head + "B4,10,web,MUG,1,\nB4,11,web,MUG,1,\n", 0, []string{"3 conflict"}, nil},
		{84, "a formula for a cell", head + "B5,,,=1+1,1,\nB6,,,MUG,=1,\nB7,,,MUG,1,\n", 1, []string{"2 formula", "3 bad_number"}, nil},
		{84, "a row too short, one too long", head + "B8,,\nB9,,,MUG,1,,,,\nC1,,,MUG,1,\n", 1, []string{"2 wrong_columns", "3 wrong_columns"}, nil},
		{84, "a bad line keeps its whole return out", head + "C2,,,MUG,1,\nC2,,,MUG,0,\nC3,,,MUG,1,\n", 1, []string{"3 out_of_range"}, nil},
		{84, "more than was sent, an order that is none", head + "C4,10,web,MUG,99,\nC5,404,web,MUG,1,\n", 0, []string{"2 more_than_sent", "3 unknown_order"}, nil},
		{86, "1.2E+11 for an item", head + "D1,,,1.2E+11,1,\n", 0, []string{"2 excel_number"}, nil},
		{86, "1.2E+11 for a return", head + "1.2E+11,,,MUG,1,\n", 0, []string{"2 excel_number"}, nil},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.n, tt.what), func(t *testing.T) {
			before := f.returnCount()
			v := f.send("/returns", tt.file)
			told := func(list []floor.RowFault) (out []string) {
				for _, x := range list {
					out = append(out, fmt.Sprint(x.Row, " ", x.Code))
				}
				return out
			}
			has := func(list, want []string) bool {
				for _, w := range want {
					if !contains(list, w) {
						return false
					}
				}
				return len(want) > 0 || len(list) == 0
			}
			if v.Created != tt.created || f.returnCount()-before != tt.created || !has(told(v.Errors), tt.faults) || len(tt.notes) > 0 && !has(told(v.Notes), tt.notes) {
				t.Errorf("%d made, told %v, noted %v", v.Created, told(v.Errors), told(v.Notes))
			}
			for _, x := range v.Errors {
				if x.Detail == "" {
					t.Errorf("%s says nothing of what to do", x.Code)
				}
			}
		})
	}
	t.Run("85 what goes out", func(t *testing.T) {
		for i, name := range []string{`=HYPERLINK("http://x","y")`, "+1", "-1", "@SUM(A1)"} {
			f.do(floor.SaveItem{Item: floor.Item{SKU: floor.SKU(fmt.Sprint("F", i)), Name: name}})
		}
		rows, err := csv.NewReader(bytes.NewReader(f.want(200, "GET", "/api/v1/reorder.csv", "").body)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatal(err, rows)
		}
		for _, row := range rows {
			for _, cell := range row {
				if number := regexp.MustCompile(`^-?[0-9.]+$`); cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) && !number.MatchString(cell) {
					t.Errorf("%q is a formula to a spreadsheet", cell)
				}
			}
		}
	})
	t.Run("86 lost noughts are said and not guessed", func(t *testing.T) {
		v := f.send("/items", "sku,name,barcode\nZ1,Z,36000291452\n")
		if len(v.Notes) != 1 || v.Notes[0].Code != "lost_zeros" {
			t.Errorf("%+v", v)
		}
	})
}

func (f *front) returnCount() (n int) {
	f.k.View(func(s *floor.State) { n = len(s.Returns) })
	return n
}

// Items 87 and 88: where this server goes by itself. A printer and a shop's hook are in the house's networks or outside,
// never this machine; no redirect is followed; an answer without end is cut.
func TestBadInputs87to88(t *testing.T) {
	t.Parallel()
	f := openFront(t, func(o *Options) { o.Loopback = false })
	for _, address := range []string{"127.0.0.1:22", "[::1]:9100", "0.0.0.0:9100", "169.254.169.254:9100", "2130706433:9100", "localhost:9100", "8.8.8.8:9100", "192.168.1.9:22"} {
		if r := f.call("PUT", "/api/v1/printers/z1", `{"kind":"zpl","address":"`+address+`"}`); r.status != 422 {
			t.Errorf("87 %s: %d", address, r.status)
		}
	}
	own := append([]string{"127.0.0.1:8080", "[::1]:8080", "0.0.0.0", "169.254.169.254", "[::ffff:127.0.0.1]"}, ownHosts()...)
	for _, host := range own {
		r := f.call("PUT", "/api/v1/channels/web", `{"platform":"own","secret":"shh","hook_url":"http://`+host+`/api/v1/orders"}`)
		if r.status != 422 || r.code() != "bad_url" {
			t.Errorf("88 %s: %d %s", host, r.status, r.body)
		}
	}
	out := newOutgoing(false)
	out.dial.own = ownAddrs
	for _, name := range []string{"localhost", "2130706433"} { // a name is known only when it is looked up
		if ip, why, err := out.dial.resolve(t.Context(), name); err == nil && why == "" {
			t.Errorf("88 %s is called at %s", name, ip)
		}
	}

	g := openFront(t)
	asked := make(chan string, 8)
	lan := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked <- "the LAN" }))
	defer lan.Close()
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, lan.URL, http.StatusTemporaryRedirect)
		case "/endless":
			_, _ = io.Copy(w, endless{})
			asked <- "the end"
		}
	}))
	defer shop.Close()
	if err := g.s.teller.tell(word{id: "RT-1", url: shop.URL + "/redirect", secret: "s", body: []byte("{}")}); err == nil {
		t.Error("88 a redirect counts as heard")
	}
	start := time.Now()
	if err := g.s.teller.tell(word{id: "RT-1", url: shop.URL + "/endless", secret: "s", body: []byte("{}")}); time.Since(start) > TellWithin+2*time.Second {
		t.Errorf("88 an answer without end is listened to for ever: %v", err)
	}
	select {
	case who := <-asked:
		if who == "the LAN" {
			t.Error("88 a redirect was followed into the house")
		}
	case <-time.After(TellWithin):
		t.Error("88 the endless answer was never cut")
	}
}

// ownHosts are this machine's own addresses as they stand in a URL.
func ownHosts() (out []string) {
	for _, ip := range ownAddrs() {
		if ip = ip.Unmap(); ip.Is4() && !ip.IsLoopback() {
			out = append(out, ip.String())
		}
	}
	return out
}

// endless is an answer of zeros without end.
type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

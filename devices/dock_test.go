package devices

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"flag"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"floorline/floor"
	"floorline/store"
)

var rewriteManifest = flag.Bool("rewrite-manifest", false, "write what is into testdata/manifest.csv, to be read")

// loaded brings orders through the house onto a truck that is not closed yet, with a pallet, and gives the manifest's
// address and its dock.
func (f *front) loaded(city string) (path string, dock *dev) {
	f.t.Helper()
	f.stock()
	f.want(201, "PUT", "/api/v1/services/standard", `{"carrier":"swift","name":"Swift Parcel"}`)
	hand, bench, dock := f.pair("handheld"), f.pair("bench"), f.pair("dock")
	for d, badge := range map[*dev]string{hand: f.worker("Mia", "picker", ""), bench: f.worker("Ben", "packer", ""), dock: f.worker("Ana", "lead", "")} {
		d.hello("")
		d.scan(badge)
	}
	for _, ext := range []string{"1", "2", "3"} {
		var o floor.OrderView
		f.want(201, "POST", "/api/v1/orders", strings.Replace(orderBodyOf(ext), "Köln", city, 1)).json(f.t, &o)
		f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
		hand.follow(hand.doing("start", `"job":"pick"`))
		bench.follow(bench.doing("start", `"job":"pack"`))
	}
	v := dock.expect(dock.doing("start", `"job":"load"`), "started")
	id := v["next"].(map[string]any)["job"].(map[string]any)["id"].(string)
	v = dock.expect(dock.doing("pallet", ""), "pallet_opened")
	dock.expect(dock.scan(firstWant(v)), "pallet_filled")
	v = dock.expect(dock.doing("close", ""), "pallet_closed")
	for range 3 {
		v = dock.scan(firstWant(v))
	}
	dock.expect(v, "all_loaded")
	return "/api/v1/manifests/" + id, dock
}

func firstWant(v map[string]any) string {
	return v["next"].(map[string]any)["want"].([]any)[0].(map[string]any)["code"].(string)
}

// The truck's papers: the table is as it was read in review, a town that a spreadsheet would run as a formula is a text
// there, and the PDF has the driver's signature in it.
func TestManifestPapers(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	path, dock := f.loaded("=HYPERLINK(0)")
	f.want(200, "POST", path+"/vehicle", `{"vehicle":"W-4711 AB","driver":"Łukasz Nowak","seal":"S 9"}`)
	before := len(f.want(200, "GET", path+".pdf", "").body)
	f.want(422, "POST", path+"/signature", `{"name":"","width":600,"height":200,"strokes":[[[1,1],[50,60],[90,20],[120,90]]]}`)
	f.want(201, "POST", path+"/signature", `{"name":"Łukasz Nowak","width":600,"height":200,"strokes":[[[1,1],[50,60],[90,20],[120,90]]]}`)
	dock.expect(dock.doing("close", ""), "departed")
	if after := len(f.want(200, "GET", path+".pdf", "").body); after <= before {
		t.Errorf("the signature is not on the paper: %d bytes before, %d after", before, after)
	}
	var m floor.ManifestView
	f.want(200, "GET", path, "").json(t, &m)
	if m.Driver != "Łukasz Nowak" || m.Signer != "Łukasz Nowak" || m.Vehicle != "W-4711 AB" || len(m.Pallets) != 1 || m.Loaded != 3 {
		t.Errorf("%+v", m)
	}
	if b := f.want(200, "GET", path+"/signature.svg", "").body; !bytes.Contains(b, []byte("M1 1")) {
		t.Errorf("%s", b)
	}
	table := f.want(200, "GET", path+".csv", "").body
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v: %s", err, table)
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("column %s begins a formula: %s", rows[0][i], cell)
			}
		}
		row[10] = "when" // the one thing that differs each time
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if *rewriteManifest {
		if err := os.WriteFile("testdata/manifest.csv", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("testdata/manifest.csv"); err != nil || !bytes.Equal(want, out.Bytes()) {
		t.Errorf("the table is not as in testdata/manifest.csv (%v):\n%s", err, out.Bytes())
	}
	f.want(404, "GET", "/api/v1/manifests/M-9.csv", "")
	f.secretsNowhere("Łukasz")
}

// A pallet by its id or its SSCC; its label is drawn once it is closed, where the build has that kind.
func TestPalletsOverTheAPI(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	var p floor.PalletView
	f.want(201, "POST", "/api/v1/pallets", `{"carrier":"swift","tare_g":18000,"place":"STAGE"}`).json(t, &p)
	f.want(200, "GET", "/api/v1/pallets/"+p.SSCC, "")
	f.want(200, "GET", "/api/v1/pallets?status=open", "")
	f.want(409, "GET", "/api/v1/pallets/"+string(p.ID)+"/label.pdf", "")
	f.want(404, "GET", "/api/v1/pallets/PA-9/label.pdf", "")
	f.want(422, "POST", "/api/v1/pallets", `{"carrier":"","place":"NOWHERE"}`)
	f.want(200, "POST", "/api/v1/pallets/"+string(p.ID)+"/reopen", "{}")
	if r := f.want(404, "GET", "/api/v1/pallets/none", ""); r.code() != "no_pallet" {
		t.Error(r.code())
	}
}

// scenery is a small photo: dark on the left, light on the right.
func scenery(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{30, 30, 30, 255}
			if x >= w/2 {
				c = color.RGBA{230, 230, 230, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts a place on earth and the way the camera was held into a JPEG, as a phone does.
func withEXIF(b []byte, how uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00\x02\x00")
	tiff = append(tiff, 0x12, 1, 3, 0, 1, 0, 0, 0, byte(how), byte(how>>8), 0, 0)
	tiff = append(tiff, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0)
	tiff = append(tiff, []byte("\x00\x00\x00\x00GPSLatitude 47 33 34")...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(body)+2))
	return append(append(head, body...), b[2:]...)
}

// bomb is a PNG whose head promises more pixels than any memory has.
func bomb() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	head := append([]byte("IHDR"), 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 6, 0, 0, 0)
	b = append(binary.BigEndian.AppendUint32(b, 13), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

// What is no whole, decent photo is refused, each with its own word, and no file is left of it.
func TestBadPhotos(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	path, _ := f.loaded("Köln")
	good := jpegOf(t, scenery(64, 32))
	for name, tt := range map[string]struct {
		status int
		code   string
		body   []byte
	}{
		"no bytes":           {422, "photo_empty", nil},
		"no picture":         {422, "not_a_photo", []byte("GIF89a and more")},
		"a page":             {422, "not_a_photo", []byte("<svg onload=alert(1)>")},
		"a head alone":       {422, "photo_broken", good[:20]},
		"cut in the middle":  {422, "photo_not_whole", good[:len(good)-40]},
		"a zip behind it":    {422, "photo_not_whole", append(bytes.Clone(good), []byte("PK\x03\x04 evil.exe")...)},
		"a page behind PNG":  {422, "photo_not_whole", append(pngOf(t, scenery(8, 8)), []byte("<script>")...)},
		"a bomb":             {422, "photo_too_many_pixels", bomb()},
		"13 megapixels":      {422, "photo_too_many_pixels", pngOf(t, image.NewGray(image.Rect(0, 0, 4200, 3100)))},
		"more than 8 MB":     {413, "too_large", append(bytes.Clone(good), make([]byte, PhotoBytes)...)},
		"broken in the scan": {422, "photo_broken", append(append(bytes.Clone(good[:len(good)-60]), make([]byte, 40)...), 0xff, 0xd9)},
	} {
		r := f.call("POST", path+"/photos", string(tt.body), "Content-Type", "image/jpeg")
		if r.status != tt.status || r.code() != tt.code {
			t.Errorf("%s: %d %s, want %d %s", name, r.status, r.code(), tt.status, tt.code)
		}
	}
	f.want(415, "POST", path+"/photos", string(good), "Content-Type", "image/gif")
	f.want(404, "POST", "/api/v1/manifests/M-9/photos", string(good), "Content-Type", "image/jpeg")
	f.want(413, "POST", path+"/vehicle", `{"vehicle":"`+strings.Repeat("x", BodyLimit)+`"}`)
	if files, _ := filepath.Glob(filepath.Join(f.dir, "files", "*", "*")); len(files) != 0 {
		t.Errorf("of refused photos these are left: %v", files)
	}
}

// A photo is kept upright, small and without what the camera wrote into it; on disk it is sealed; only those with the
// right see it; a load has six.
func TestPhotoIsMadeAnew(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	path, dock := f.loaded("Köln")
	photo := withEXIF(jpegOf(t, scenery(3200, 1600)), 6) // held upright: what was left is at the top
	if !bytes.Contains(photo, []byte("GPSLatitude")) {
		t.Fatal("the photo to send has no place in it")
	}
	f.want(201, "POST", path+"/photos", string(photo), "Content-Type", "image/jpeg", "Authorization", "Bearer "+dock.token)
	r := f.want(200, "GET", path+"/photos/1.jpg", "")
	m, err := jpeg.Decode(bytes.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if size := m.Bounds().Size(); size != (image.Point{800, 1600}) {
		t.Fatalf("it is %v", size)
	}
	top, _, _, _ := m.At(400, 100).RGBA()
	foot, _, _, _ := m.At(400, 1500).RGBA()
	if top>>8 > 60 || foot>>8 < 200 {
		t.Errorf("it is not upright: %d at the top, %d at the foot", top>>8, foot>>8)
	}
	if bytes.Contains(r.body, []byte("Exif")) || bytes.Contains(r.body, []byte("GPS")) {
		t.Error("it still says where it was taken")
	}
	f.want(404, "GET", path+"/photos/2", "")
	f.want(404, "GET", path+"/photos/x", "")
	f.token("t-picker", floor.RolePicker)
	f.want(403, "GET", path+"/photos/1", "", "Authorization", "Bearer t-picker")
	files, _ := filepath.Glob(filepath.Join(f.dir, "files", "*", "*"))
	if len(files) != 1 {
		t.Fatalf("files %v", files)
	}
	if b, err := os.ReadFile(files[0]); err != nil || bytes.Contains(b, []byte("\xff\xd8\xff")) {
		t.Errorf("it lies open on the disk: %v", err)
	}
	for i := range floor.PhotoLimit - 1 {
		f.want(201, "POST", path+"/photos", string(pngOf(t, scenery(10+i, 10))), "Content-Type", "image/png")
	}
	if r := f.want(422, "POST", path+"/photos", string(pngOf(t, scenery(30, 10))), "Content-Type", "image/png"); r.code() != "too_many" {
		t.Error(r.code())
	}
	if r := f.k.Verify(); !r.Clean() || r.Files.Files != floor.PhotoLimit+1 || r.Files.Orphans != 1 {
		t.Errorf("the one that was too many harms nothing, and is counted: %+v", r)
	}
	if err := os.WriteFile(files[0], []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.k.File(filepath.Base(files[0])); err == nil || !strings.Contains(err.Error(), store.ErrDamaged.Error()) {
		t.Errorf("a changed file is read: %v", err)
	}
	if r := f.k.Verify(); r.Clean() {
		t.Error("a verification does not see a changed file")
	}
}

// What is no signature is refused.
func TestBadSignatures(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	path, _ := f.loaded("Köln")
	line := `[[1,1],[2,2],[3,3],[4,4]]`
	for name, body := range map[string]string{
		"nothing drawn":    `"width":600,"height":200,"strokes":[]`,
		"a dot":            `"width":600,"height":200,"strokes":[[[1,1]]]`,
		"outside":          `"width":600,"height":200,"strokes":[[[1,1],[700,2],[3,3],[4,4]]]`,
		"no field":         `"width":0,"height":0,"strokes":[` + line + `]`,
		"too many strokes": `"width":600,"height":200,"strokes":[` + strings.Repeat(line+",", StrokeLimit) + line + `]`,
		"too many points":  `"width":600,"height":200,"strokes":[[` + strings.Repeat("[1,1],", PointLimit) + `[1,1]]]`,
	} {
		if r := f.call("POST", path+"/signature", `{"name":"Jo",`+body+`}`); r.status != 422 {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
}

// Whatever bytes come as a photo: no panic, and what is taken is a JPEG of ours, upright and small.
func FuzzTakePhoto(f *testing.F) {
	small := jpegOf(f, scenery(16, 8))
	for _, b := range [][]byte{nil, small, withEXIF(small, 6), withEXIF(small, 9), small[:30], pngOf(f, scenery(8, 4)), bomb(), append(bytes.Clone(small), "PK"...), []byte("\xff\xd8\xff\xe1\x00\x00"), []byte("\x89PNG\r\n\x1a\n")} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		out, refused := takePhoto(b)
		if refused != nil {
			if refused.Code == "" || refused.Say == "" || out != nil {
				t.Fatalf("a refusal says what is wrong: %+v", refused)
			}
			return
		}
		m, err := jpeg.Decode(bytes.NewReader(out))
		if err != nil || max(m.Bounds().Dx(), m.Bounds().Dy()) > photoEdge {
			t.Fatalf("what is kept: %v, %v", err, m)
		}
		if again := orientation(out); again != 1 {
			t.Fatalf("what is kept says it is turned: %d", again)
		}
	})
}

package devices

import (
	"bytes"
	"image/jpeg"
	"strings"
	"testing"

	"floorline/floor"
)

// A photo of a unit in the hand is made anew, kept by the house, and shown to those alone who may see the return, as a photo
// of that return and of no other.
func TestReturnPhoto(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
	order := f.sentOut("1")
	var r, other floor.ReturnView
	f.want(201, "POST", "/api/v1/returns", `{"order":"`+string(order.ID)+`","lines":[{"sku":"MUG","qty":1,"reason":"damaged"}],"wanted":"refund"}`).json(t, &r)
	f.want(201, "POST", "/api/v1/returns", `{"lines":[{"sku":"MUG","qty":1}]}`).json(t, &other)
	path := "/api/v1/returns/" + string(r.ID) + "/photos"
	photo := withEXIF(jpegOf(t, scenery(64, 32)), 6)
	if r := f.want(409, "POST", path, string(photo)); r.code() != "no_unit" {
		t.Error(r.code())
	}

	d := f.pair("returns")
	d.hello("")
	d.scan(f.worker("Ira", "inspector", ""))
	d.expect(d.scan(string(r.ID)), "opened")
	d.scan("MUG")
	f.want(201, "POST", path, string(photo)).json(t, &r)
	if len(r.Units) == 0 || len(r.Units[0].Photos) != 1 {
		t.Fatalf("%+v", r.Units)
	}
	kept := f.want(200, "GET", path+"/"+r.Units[0].Photos[0], "").body
	m, err := jpeg.Decode(bytes.NewReader(kept))
	if err != nil || m.Bounds().Dx() != 32 || bytes.Contains(kept, []byte("GPSLatitude")) {
		t.Errorf("%v, %v", m.Bounds(), err)
	}
	f.want(422, "POST", path, "GIF89a and more")
	f.want(404, "POST", "/api/v1/returns/RT-9/photos", string(photo))
	f.want(404, "GET", path+"/"+strings.Repeat("0", 64), "")
	f.want(404, "GET", "/api/v1/returns/"+string(other.ID)+"/photos/"+r.Units[0].Photos[0], "")
	f.want(401, "GET", path+"/"+r.Units[0].Photos[0], "", "Authorization", "")
}

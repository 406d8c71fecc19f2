package devices

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// A return is found days after its order left memory: by its number, by its customer's link, and at the bench; and what
// came back before still counts.
func TestArchivedReturnIsFound(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	o := store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}
	var order floor.OrderView
	var r floor.ReturnView
	var link struct{ Path string }
	t.Run("the day", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.stock()
		f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
		order = f.sentOut("1")
		f.want(200, "POST", "/api/v1/parcels/"+order.Parcels[0].Tracking+"/tracking-events", `{"status":"delivered"}`)
		f.want(201, "POST", "/api/v1/orders/"+string(order.ID)+"/return-link", "").json(t, &link)
		f.want(201, "POST", "/api/v1/returns", `{"order":"`+string(order.ID)+`","lines":[{"sku":"MUG","qty":1,"reason":"late"}]}`).json(t, &r)
		d := f.pair("returns")
		d.hello("")
		d.scan(f.worker("Ira", "inspector", ""))
		d.follow(d.expect(d.scan(r.Code), "opened"))
		f.want(200, "POST", "/api/v1/returns/"+string(r.ID)+"/settle", `{"verb":"refuse"}`)
		ahead.Store(int64(4 * 24 * time.Hour))
		f.do(floor.Tick{})
	})
	t.Run("days later", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.k.View(func(s *floor.State) {
			if s.Orders[order.ID] != nil || s.Returns[r.ID] != nil {
				t.Fatal("they are in memory still")
			}
		})
		f.want(200, "GET", "/api/v1/returns/"+string(r.ID), "").json(t, &r)
		if r.Status != floor.ReturnClosed || r.Units[0].Disposition != floor.Restock {
			t.Errorf("%+v", r)
		}
		f.want(200, "GET", r.Label, "")
		page := string(f.want(200, "GET", link.Path, "", "Authorization", "").body)
		if !strings.Contains(page, string(r.ID)) {
			t.Errorf("the customer does not see what they sent back: %s", page)
		}
		f.want(422, "POST", "/api/v1/returns", `{"order":"`+string(order.ID)+`","lines":[{"sku":"MUG","qty":2}]}`)
		d := f.pair("returns")
		d.hello("")
		d.scan(f.worker("Ivo", "inspector", ""))
		d.follow(d.expect(d.scan(order.Parcels[0].Tracking), "opened")) // the rest came back in its own parcel
	})
}

// A blind return leaves memory days after its end, is found again by its number, its photo and the shop's number for it,
// and verify agrees with all of it.
func TestArchivedBlindReturnIsFound(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	o := store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}
	var r floor.ReturnView
	body := `{"external_id":"RMA-9","lines":[{"sku":"MUG","qty":1,"reason":"late"}]}`
	t.Run("the day", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.stock()
		f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
		f.want(201, "POST", "/api/v1/returns", body).json(t, &r)
		d := f.pair("returns")
		d.hello("")
		d.scan(f.worker("Ira", "inspector", ""))
		d.expect(d.scan(r.Code), "opened")
		d.scan("MUG")
		f.want(201, "POST", "/api/v1/returns/"+string(r.ID)+"/photos", string(jpegOf(t, scenery(32, 32))), "Content-Type", "image/jpeg").json(t, &r)
		d.follow(d.expect(d.scan("MUG"), "answer_first"))
		f.want(200, "POST", "/api/v1/returns/"+string(r.ID)+"/settle", `{"verb":"refuse"}`)
		ahead.Store(int64(4 * 24 * time.Hour))
		f.do(floor.Tick{})
	})
	t.Run("days later", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.k.View(func(s *floor.State) {
			if s.Returns[r.ID] != nil {
				t.Fatal("it is in memory still")
			}
		})
		photo := r.Units[0].Photos[0]
		f.want(200, "GET", "/api/v1/returns/"+string(r.ID), "").json(t, &r)
		if r.Status != floor.ReturnClosed || r.Units[0].Disposition != floor.Restock {
			t.Errorf("%+v", r)
		}
		f.want(200, "GET", "/api/v1/returns/"+string(r.ID)+"/photos/"+photo, "")
		f.want(404, "GET", "/api/v1/orders/"+string(r.ID), "")
		var again floor.ReturnView
		if f.want(200, "POST", "/api/v1/returns", body).json(t, &again); again.ID != r.ID {
			t.Errorf("the same number made another return: %s", again.ID)
		}
		if rep := f.k.Verify(); !rep.Clean() {
			t.Errorf("%+v", rep.Problems)
		}
	})
}

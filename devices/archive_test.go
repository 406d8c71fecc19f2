package devices

import (
	"bytes"
	"sync/atomic"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// An order that left memory days after its delivery still shows itself, its parcel, its label and its slip,
// by every name it had.
func TestArchivedOrderIsFound(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	o := store.Options{Dir: t.TempDir(), Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}
	var order floor.OrderView
	var paths []string
	var before [][]byte
	t.Run("the day", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.stock()
		f.want(200, "PUT", "/api/v1/site", `{"name":"House","public_url":"https://track.example"}`) // else the link has this day's port
		f.want(201, "POST", "/api/v1/orders", orderBodyOf("1")).json(t, &order)
		f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(order.ID)+`"]}`)
		for _, step := range [][3]string{{"handheld", "picker", "pick"}, {"bench", "packer", "pack"}, {"dock", "picker", "load"}} {
			d := f.pair(step[0])
			d.hello("")
			d.scan(f.worker(step[0], step[1], ""))
			d.follow(d.send(`"type":"do","action":"start","args":{"job":"` + step[2] + `"}`))
		}
		f.want(200, "GET", "/api/v1/orders/"+string(order.ID), "").json(t, &order)
		p := order.Parcels[0]
		f.want(200, "POST", "/api/v1/parcels/"+p.Tracking+"/tracking-events", `{"status":"delivered","at":"2026-11-23T10:00:00Z"}`)
		paths = []string{"/orders/" + string(order.ID), "/parcels/" + string(p.ID), "/parcels/" + p.Tracking,
			"/parcels/" + p.Tracking + "/label.pdf", "/parcels/" + string(p.ID) + "/label.zpl", "/orders/" + string(order.ID) + "/slip.pdf"}
		for _, path := range paths {
			before = append(before, f.want(200, "GET", "/api/v1"+path, "").body)
		}
		ahead.Store(int64(4 * 24 * time.Hour))
		f.do(floor.Tick{})
	})
	t.Run("days later", func(t *testing.T) {
		f := openFrontOn(t, o)
		f.k.View(func(st *floor.State) {
			if st.Orders[order.ID] != nil {
				t.Fatal("the order is still in memory, so this proves nothing")
			}
		})
		for i, path := range paths {
			if after := f.want(200, "GET", "/api/v1"+path, "").body; !bytes.Equal(before[i], after) {
				t.Errorf("%s was\n%.300s\nand is\n%.300s", path, before[i], after)
			}
		}
		f.want(404, "GET", "/api/v1/orders/O-009999-X", "")
		f.want(404, "GET", "/api/v1/parcels/FL999999999999", "")
	})
}

package devices

import (
	"fmt"

	"floorline/floor"
)

type waveBody struct {
	Orders       []string    `json:"orders"`
	Filter       *waveFilter `json:"filter"`
	Method       string      `json:"method"`
	MaxOrders    int         `json:"max_orders"`
	MaxWeightG   int64       `json:"max_weight_g"`
	MaxVolumeCM3 int64       `json:"max_volume_cm3"`
	Partial      bool        `json:"partial"`
	Pass         bool        `json:"pass"` // zone: one list handed on from zone to zone
}

// waveFilter chooses received orders; what is empty chooses all.
type waveFilter struct {
	Status  string `json:"status"`
	Channel string `json:"channel"`
	Service string `json:"service"`
	Carrier string `json:"carrier"`
	ShipBy  string `json:"ship_by"`
	DueBy   string `json:"due_by"` // their truck comes until then
	Zone    string `json:"zone"`   // all of it lies in this zone
	Limit   int    `json:"limit"`
}

func releaseWave(c *call) error {
	var b waveBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	v := floor.ReleaseWave{Method: b.Method, MaxOrders: b.MaxOrders, MaxWeightG: b.MaxWeightG, MaxVolumeCM3: b.MaxVolumeCM3, Partial: b.Partial, Pass: b.Pass}
	for _, id := range b.Orders {
		v.Orders = append(v.Orders, floor.OrderID(id))
	}
	if f := b.Filter; f != nil {
		if f.Status != "" && f.Status != floor.OrderReceived {
			return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_value", Say: "not accepted", About: []floor.Fault{{
				Pointer: "/filter/status", Code: "bad_value", Detail: "only orders that are received can be released"}}})
		}
		by, err := instant("/filter/ship_by", f.ShipBy)
		if err != nil {
			return c.problem(err)
		}
		due, err := instant("/filter/due_by", f.DueBy)
		if err != nil {
			return c.problem(err)
		}
		v.Filter = &floor.OrderFilter{DueBy: due, Zone: f.Zone, Channel: f.Channel, Service: f.Service, Carrier: f.Carrier, ShipBy: by, Limit: f.Limit}
	}
	return c.run(c.s.thoughtOut(v), 201)
}

// thoughtOut gives a release its plan, made while the floor works on; it is checked when it goes in.
func (s *Server) thoughtOut(v floor.ReleaseWave) floor.ReleaseWave {
	var draft *floor.WaveDraft
	s.keeper.View(func(st *floor.State) { draft = st.DraftWave(v) })
	if draft != nil {
		v.Plan = draft.Solve()
	}
	return v
}

type waveOrders struct {
	Orders []string `json:"orders"`
}

func addToWave(c *call) error {
	var b waveOrders
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	v := floor.AddToWave{Wave: floor.WaveID(c.Params("id"))}
	for _, id := range b.Orders {
		v.Orders = append(v.Orders, floor.OrderID(id))
	}
	return c.run(v, 200)
}

func takeFromWave(c *call) error {
	return c.run(floor.TakeFromWave{Wave: floor.WaveID(c.Params("id")), Order: floor.OrderID(c.Params("order"))}, 200)
}

func getAutoRelease(c *call) error {
	var rule floor.AutoRelease
	c.view(func(st *floor.State) { rule = st.Site.Auto })
	return c.json(200, rule)
}

func putAutoRelease(c *call) error {
	var rule floor.AutoRelease
	if err := c.decode(&rule); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetAutoRelease{Rule: rule}, 200)
}

func listWaves(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, w := range st.Waves {
			if (q.status == "" || w.Status == q.status) && q.matches(string(id)) {
				out = append(out, entry{string(id), func() any { return st.WaveView(w) }})
			}
		}
		return out
	})
}

// one answers with one thing of the state, or 404.
func one(c *call, what string, get func(st *floor.State, id string) any) error {
	id := c.Params("id")
	var v any
	c.view(func(st *floor.State) { v = get(st, id) })
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_" + what, Say: fmt.Sprintf("no %s %s", what, clip(id))})
	}
	return c.json(200, v)
}

func getWave(c *call) error {
	return one(c, "wave", func(st *floor.State, id string) any {
		if w := st.Waves[floor.WaveID(id)]; w != nil {
			return st.WaveView(w)
		}
		return nil
	})
}

func listPickLists(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.PickListID]*floor.PickList { return st.PickLists },
		func(q query, id floor.PickListID, l *floor.PickList) bool {
			return (q.status == "" || l.Status == q.status) && q.matches(string(id), string(l.Wave))
		}, func(st *floor.State, l *floor.PickList) any { return st.PickListView(l, false) })
}

func getPickList(c *call) error {
	return one(c, "picklist", func(st *floor.State, id string) any {
		if l := st.PickLists[floor.PickListID(id)]; l != nil {
			return st.PickListView(l, true)
		}
		return nil
	})
}

func listParcels(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.ParcelID]*floor.Parcel { return st.Parcels },
		func(q query, id floor.ParcelID, p *floor.Parcel) bool {
			return (q.status == "" || p.Status == q.status) && q.matches(string(id), p.Tracking, string(p.Order), p.Carrier)
		}, func(_ *floor.State, p *floor.Parcel) any { return p.View() })
}

func getParcel(c *call) error {
	var v parcelWithPapers
	found, err := c.parcel(func(st *floor.State, o *floor.Order, p *floor.Parcel) {
		v = parcelWithPapers{p.View(), papersOf(st, o, p)}
	})
	if err != nil {
		return err
	}
	if !found {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_parcel", Say: "no parcel " + clip(c.Params("id"))})
	}
	return c.json(200, v)
}

type trackingBody struct {
	Status string `json:"status"`
	At     string `json:"at"`
}

func trackParcel(c *call) error {
	var b trackingBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	at, err := instant("/at", b.At)
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.TrackParcel{Parcel: c.Params("id"), Status: b.Status, At: at}, 200)
}

// exceptionRow is an exception as the API shows it.
type exceptionRow struct {
	ID     floor.ExceptionID `json:"id"`
	At     string            `json:"at"`
	Kind   string            `json:"kind"`
	Say    string            `json:"say"`
	About  aboutRow          `json:"about"`
	Worker floor.WorkerID    `json:"worker"`
	Device floor.DeviceID    `json:"device,omitempty"`
	Made   string            `json:"made_at,omitempty"` // when it was scanned, where that was out of reach of the floor
}

// aboutRow is what an exception is about.
type aboutRow struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func exceptionView(x *floor.Exception) exceptionRow {
	return exceptionRow{x.ID, x.At.String(), x.What, x.Say, aboutRow{x.About.Kind, x.About.Code}, x.Worker, x.Device, x.Made.String()}
}

func listExceptions(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, x := range st.Exceptions {
			if q.matches(x.What, x.Say) {
				out = append(out, entry{string(id), func() any { return exceptionView(x) }})
			}
		}
		return out
	})
}

type noteBody struct {
	Note string `json:"note"`
}

func closeException(c *call) error {
	var b noteBody
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
	}
	return c.run(floor.CloseException{ID: floor.ExceptionID(c.Params("id")), Note: b.Note}, 204)
}

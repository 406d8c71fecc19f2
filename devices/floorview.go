package devices

import (
	"encoding/json"
	"sort"
	"strconv"

	"floorline/floor"
)

// floorOverview is the live floor as one answer.
type floorOverview struct {
	Orders     map[string]int `json:"orders"`
	Parcels    map[string]int `json:"parcels"`
	PickLists  []any          `json:"picklists"`
	Waves      []any          `json:"waves"`
	Stations   []any          `json:"stations"`
	Manifests  []any          `json:"manifests"`
	Exceptions []any          `json:"exceptions"`
	Prints     map[string]int `json:"prints"`
	Journal    struct {
		Epoch uint64 `json:"epoch"`
		Seq   uint64 `json:"seq"`
	} `json:"journal"`
	Space any `json:"space"`
}

// OverviewLimit is how many of each thing the live floor shows; the lists show all.
const OverviewLimit = 60

func floorView(c *call) error {
	v := floorOverview{Orders: map[string]int{}, Parcels: map[string]int{}, Prints: map[string]int{}, PickLists: []any{}, Waves: []any{},
		Stations: []any{}, Manifests: []any{}, Exceptions: []any{}, Space: c.s.keeper.Space()}
	c.view(func(st *floor.State) {
		v.count(st)
		v.PickLists = newest(st.PickLists, func(l *floor.PickList) bool { return l.Status != floor.ListDone && l.Status != floor.ListCancelled },
			func(l *floor.PickList) any {
				x := st.PickListView(l, false)
				return struct {
					*floor.PickListView
					Name string `json:"worker_name"`
				}{x, name(st, x.Worker)}
			})
		v.Waves = newest(st.Waves, func(w *floor.Wave) bool { return w.Status != floor.WaveDone }, func(w *floor.Wave) any { return st.WaveView(w) })
		v.Manifests = newest(st.Manifests, func(m *floor.Manifest) bool { return m.Status == floor.ManifestOpen }, func(m *floor.Manifest) any { return st.ManifestView(m, false) })
		v.Exceptions = newest(st.Exceptions, func(*floor.Exception) bool { return true }, func(x *floor.Exception) any { return exceptionView(x) })
		v.Stations = newest(st.Devices, func(*floor.Device) bool { return true }, func(d *floor.Device) any {
			x := st.DeviceView(d)
			online, _ := c.s.hub.seen(d.ID)
			return map[string]any{"device": d.ID, "name": d.Name, "kind": d.DeviceKind, "online": online, "worker": name(st, d.Worker), "job": x.Job,
				"condition": c.s.hub.conditionOf(d.ID)}
		})
		h := c.s.keeper.Head()
		v.Journal.Epoch, v.Journal.Seq = h.Epoch, h.Seq
	})
	return c.json(200, v)
}

func name(st *floor.State, id floor.WorkerID) string {
	if w := st.Workers[id]; w != nil {
		return w.Name
	}
	return string(id)
}

func (v *floorOverview) count(st *floor.State) {
	for _, s := range []string{"received", "held", "released", "picking", "picked", "packing", "packed", "dispatched", "delivered", "cancelled"} {
		v.Orders[s] = 0
	}
	for _, o := range st.Orders {
		v.Orders[o.Status]++
	}
	for _, p := range st.Parcels {
		v.Parcels[p.Status]++
	}
	for _, p := range st.Prints {
		v.Prints[p.Status]++
	}
}

// newest gives the last few of a map that count, in the order of their ids.
func newest[K ~string, V any](m map[K]*V, counts func(*V) bool, show func(*V) any) []any {
	var keys []string
	for k, x := range m {
		if counts(x) {
			keys = append(keys, string(k))
		}
	}
	sort.Strings(keys)
	if len(keys) > OverviewLimit {
		keys = keys[len(keys)-OverviewLimit:]
	}
	out := []any{}
	for _, k := range keys {
		out = append(out, show(m[K(k)]))
	}
	return out
}

// EventsLimit is how many records one page of the journal has.
const EventsLimit = 1000

type eventView struct {
	Seq     uint64          `json:"seq"`
	Epoch   uint64          `json:"epoch"`
	At      string          `json:"at"`
	Device  floor.DeviceID  `json:"device,omitempty"`
	Worker  floor.WorkerID  `json:"worker,omitempty"`
	Command string          `json:"command,omitempty"`
	Kind    string          `json:"kind"`
	Topic   string          `json:"topic,omitempty"`
	Data    json.RawMessage `json:"data"`
	Origin  string          `json:"origin,omitempty"`
	Allowed floor.WorkerID  `json:"authorised_by,omitempty"`
}

// listEvents shows the journal after a seq, without personal data.
func listEvents(c *call) error {
	since, err := strconv.ParseUint(c.Query("since", "0"), 10, 64)
	if err != nil {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_since", Say: "since is a seq"})
	}
	limit, err := strconv.Atoi(c.Query("limit", "200"))
	if err != nil || limit < 1 {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_limit", Say: "limit is a number from 1 to 1000"})
	}
	limit = min(limit, EventsLimit)
	records, err := c.s.keeper.Read(since+1, limit)
	if err != nil {
		return err
	}
	items := []any{}
	next := ""
	for _, r := range records {
		items = append(items, eventView{r.Seq, r.Epoch, r.At.String(), r.Device, r.Worker, r.Command, r.Body.Kind().String(), r.Body.Kind().Topic(), eventData(r.Event), r.Origin, r.AuthorisedBy})
		next = strconv.FormatUint(r.Seq, 10)
	}
	if len(records) < limit {
		next = ""
	}
	return c.json(200, map[string]any{"items": items, "next": next})
}

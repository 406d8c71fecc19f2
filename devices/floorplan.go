package devices

import (
	"slices"
	"strings"

	"floorline/floor"
)

// floorplanView is the floor seen from above.
type floorplanView struct {
	Layout  layoutBody     `json:"layout"`
	Blocked []int          `json:"blocked"` // aisles that nobody can walk just now
	ETag    string         `json:"etag"`    // of the layout
	Bins    []planBin      `json:"bins"`
	More    bool           `json:"more"` // there are bins beyond the limit
	Workers []planWorker   `json:"workers"`
	Lists   []planPickList `json:"picklists"`
}

// planBin is a bin with its place and how many lines were begun from it.
type planBin struct {
	Code       floor.BinCode `json:"code"`
	Kind       string        `json:"kind"`
	Aisle      int           `json:"aisle"`
	Cell       int           `json:"cell"`
	Level      int           `json:"level"`
	Zone       string        `json:"zone"`
	MaxWeightG int64         `json:"max_weight_g"`
	Placed     bool          `json:"placed"` // somebody gave it a place
	Picks24H   int64         `json:"picks_24h"`
	Picks7D    int64         `json:"picks_7d"`
	ETag       string        `json:"etag"`
}

// planWorker is a worker on a device and where a scan of theirs was last taken; bin is empty where none was yet.
type planWorker struct {
	ID   floor.WorkerID  `json:"id"`
	Name string          `json:"name"`
	Bin  floor.BinCode   `json:"bin"`
	At   string          `json:"at"`
	Job  *floor.JobBrief `json:"job"`
}

// planPickList is a pick list that is not ended, to be drawn on the plan.
type planPickList struct {
	ID     floor.PickListID `json:"id"`
	Status string           `json:"status"`
	Worker string           `json:"worker_name"`
	Done   int64            `json:"done"`
	Total  int64            `json:"total"`
}

// PlanBinLimit is how many bins one picture shows.
const PlanBinLimit = 20_000

func floorplan(c *call) error {
	v := floorplanView{Bins: []planBin{}, Workers: []planWorker{}, Lists: []planPickList{}}
	var bins map[floor.BinCode]*floor.Bin
	c.view(func(st *floor.State) {
		v.Blocked = append([]int{}, st.Site.Blocked...)
		v.Layout, v.ETag, bins = layoutView(st.Site.Layout), etag(st.Site.Layout.Rev+1), st.Bins
		v.Workers = planWorkers(st)
		v.Lists = planLists(st)
	})
	found := first(c, PlanBinLimit, "", bins, func(*floor.State, floor.BinCode, *floor.Bin) bool { return true })
	if v.More = len(found) > PlanBinLimit; v.More {
		found = found[:PlanBinLimit]
	}
	now := c.s.now()
	for piece := range slices.Chunk(found, PieceSize) {
		c.view(func(*floor.State) {
			for _, x := range piece {
				v.Bins = append(v.Bins, planBinOf(x.it, now))
			}
		})
	}
	return c.json(200, v)
}

func planBinOf(b *floor.Bin, now floor.Time) planBin {
	return planBin{b.Code, b.BinKind, b.Aisle, b.Cell, b.Level, b.Zone, b.MaxWeightG, b.Placed(), b.PicksIn(24, now), b.PicksIn(floor.HeatHours, now), etag(b.Rev)}
}

// planWorkers are those who are signed in on a device, by name.
func planWorkers(st *floor.State) []planWorker {
	out := []planWorker{}
	for _, d := range st.Devices {
		if d.Worker == "" {
			continue
		}
		w := planWorker{ID: d.Worker, Name: name(st, d.Worker), Job: st.DeviceView(d).Job}
		if at, ok := st.SeenAt(d.Worker); ok {
			w.Bin, w.At = at.Bin, at.At.String()
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b planWorker) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return out
}

// planLists are the lists being walked first, then those waiting, as many as the live floor shows.
func planLists(st *floor.State) []planPickList {
	out := []planPickList{}
	for _, l := range st.PickLists {
		if l.Status == floor.ListDone || l.Status == floor.ListCancelled {
			continue
		}
		x := st.PickListView(l, false)
		out = append(out, planPickList{l.ID, l.Status, name(st, l.Lease.Worker), x.Done, x.Total})
	}
	slices.SortFunc(out, func(a, b planPickList) int {
		if (a.Worker == "") != (b.Worker == "") {
			return strings.Compare(b.Worker, a.Worker)
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out[:min(len(out), OverviewLimit)]
}

// walkView is a pick list's walk, in the layout's own unit.
type walkView struct {
	ID       floor.PickListID `json:"id"`
	Distance float64          `json:"distance"`
	ByName   float64          `json:"by_name"`
	Saved    float64          `json:"saved"` // by_name less distance
	At       floor.BinCode    `json:"at"`    // the bin the picker stands at
	Path     []walkPoint      `json:"path"`
	Stops    []walkStop       `json:"stops"`
	Unplaced []floor.BinCode  `json:"unplaced"` // bins that are not on the grid
}

type walkPoint struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

type walkStop struct {
	N     int           `json:"n"`
	Bin   floor.BinCode `json:"bin"`
	Lines int           `json:"lines"`
	Done  bool          `json:"done"`
	Aisle int           `json:"aisle"`
	Cell  int           `json:"cell"`
	walkPoint
}

// walkOf shows the walk of a pick list; 409 where the house has no grid to walk on.
func walkOf(c *call) error {
	id := floor.PickListID(c.Params("id"))
	var l *floor.PickList
	var w *floor.Walk
	var at floor.BinCode
	c.view(func(st *floor.State) {
		if l = st.PickLists[id]; l != nil {
			w, at = st.WalkOf(l), l.At
		}
	})
	switch {
	case l == nil:
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_picklist", Say: "no picklist " + clip(string(id))})
	case w == nil:
		return c.problem(&floor.Error{Kind: floor.Conflict, Code: "no_layout", Say: "no layout is set; draw one on the Layout page, or PUT /layout"})
	}
	v := walkView{ID: id, Distance: unit(w.Length), ByName: unit(w.ByName), Saved: unit(w.ByName - w.Length), At: at,
		Path: []walkPoint{}, Stops: []walkStop{}, Unplaced: w.Unplaced}
	for _, p := range w.Path {
		v.Path = append(v.Path, walkPoint{unit(p[0]), unit(p[1])})
	}
	for i, s := range w.Stops {
		v.Stops = append(v.Stops, walkStop{i + 1, s.Bin, s.Lines, s.Done, s.Aisle, s.Cell, walkPoint{unit(s.X), unit(s.Y)}})
	}
	return c.json(200, v)
}

// unit turns the floor's hundredths into the layout's unit.
func unit(hundredths int64) float64 { return float64(hundredths) / 100 }

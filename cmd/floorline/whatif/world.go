package whatif

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"floorline/floor"
)

// World is a warehouse as it stands before the day, kept as rows, so that every run begins with one of its own.
type World struct {
	Name string

	rows    []worldRow
	seq     uint64
	now     floor.Time
	demand  []demand
	weights float64
	service string
}

type worldRow struct {
	key  floor.RowKey
	data []byte
}

// demand is how often an item is ordered, beside the others.
type demand struct {
	sku    floor.SKU
	weight float64
}

// WorldOf copies a warehouse. What is asked for is drawn as its bins were picked from in the last week; where nothing
// was picked yet, each item that lies on a shelf alike. Orders are sent by the service named, else by the one
// that most orders go by.
func WorldOf(s *floor.State, service string) (*World, error) {
	w := &World{Name: s.Site.Name, seq: s.Seq, now: s.Now, service: service}
	if err := w.chooseService(s); err != nil {
		return nil, err
	}
	if s.Site.Layout.Aisles == 0 || s.Site.Layout.Cells == 0 {
		return nil, errors.New("this warehouse has no layout, so nobody knows how far its bins are: draw one on the Plan page first")
	}
	w.demand = demandOf(s)
	if len(w.demand) == 0 {
		return nil, errors.New("nothing lies on its shelves, so there is nothing to order")
	}
	for _, d := range w.demand {
		w.weights += d.weight
	}
	for _, k := range s.Keys() {
		data, err := cbor.Marshal(s.Row(k))
		if err != nil {
			return nil, err
		}
		w.rows = append(w.rows, worldRow{k, data})
	}
	return w, nil
}

func (w *World) chooseService(s *floor.State) error {
	codes := slices.Sorted(maps.Keys(s.Services))
	if w.service != "" && s.Services[w.service] == nil {
		return fmt.Errorf("there is no service %q; there are %s", w.service, strings.Join(codes, ", "))
	}
	if w.service != "" {
		return nil
	}
	used := map[string]int{}
	for _, o := range s.Orders {
		used[o.Service]++
	}
	w.service = "standard" // what the floor takes where an order says none
	for i, c := range codes {
		if i == 0 || used[c] > used[w.service] {
			w.service = c
		}
	}
	return nil
}

func demandOf(s *floor.State) (out []demand) {
	picked := map[floor.SKU]float64{}
	var sum float64
	for _, sku := range slices.Sorted(maps.Keys(s.Items)) {
		free, picks := int64(0), int64(0)
		for _, r := range s.StockOf(sku) {
			if b := s.Bins[r.Key.Place.Bin()]; b != nil && (b.BinKind == "pick" || b.BinKind == "reserve") {
				free += r.OnHand - r.Reserved
				picks += b.PicksIn(floor.HeatHours, s.Now)
			}
		}
		if free > 0 {
			out = append(out, demand{sku, 1})
			picked[sku] = float64(picks)
			sum += float64(picks)
		}
	}
	for i := range out {
		if sum > 0 { // an item nobody picked yet is still ordered now and then
			out[i].weight = picked[out[i].sku] + 0.1
		}
	}
	return out
}

// open gives a warehouse of its own to a run.
func (w *World) open() (*floor.State, error) {
	s := floor.New()
	for _, r := range w.rows {
		row := floor.NewRow(r.key.Table)
		if err := cbor.Unmarshal(r.data, row); err != nil {
			return nil, err
		}
		s.PutRow(r.key, row)
	}
	s.Seq, s.Now = w.seq, w.now
	s.Rebuild()
	return s, nil
}

// draw gives an item, those asked for often more often.
func (w *World) draw(r chance) floor.SKU {
	left := r.Float64() * w.weights
	for _, d := range w.demand {
		if left -= d.weight; left < 0 {
			return d.sku
		}
	}
	return w.demand[len(w.demand)-1].sku
}

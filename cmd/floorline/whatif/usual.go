package whatif

import (
	"fmt"

	"floorline/floor"
)

// The warehouse that stands in where no real one is given: the one on which the literature measures walks (Henn and
// Waescher 2012), 10 aisles of 45 cells, 5 m from aisle to aisle, cut in two blocks; its demand in three classes, those
// asked for most nearest to the depot.
const (
	usualAisles = 10
	usualCells  = 45
)

// classes are shares of the items with their share of the demand: a fifth of the items makes half of the lines.
var classes = []struct{ items, demand float64 }{{0.1, 0.52}, {0.3, 0.36}, {0.6, 0.12}}

// UsualWorld is that warehouse, filled. It has one service, standard.
func UsualWorld(service string) (*World, error) {
	b := &builder{s: floor.New(), now: 1_767_571_200_000} // 2026-01-05, a Monday
	b.do(floor.SaveSite{Site: floor.Site{Name: "the usual warehouse", GS1Prefix: "9521234", TimeZone: "UTC"}})
	b.do(floor.SaveLayout{Layout: floor.Layout{Aisles: usualAisles, Cells: usualCells, AislePitch: 500, CellPitch: 100, EndGap: 100,
		CrossAisles: []int{0, 23, usualCells}}})
	b.do(floor.SaveService{Service: floor.Service{Code: "standard", Carrier: "swift", Name: "Swift Parcel"}})
	b.do(floor.MakeTotes{Count: 600})
	b.do(floor.SaveWall{Code: "W1", Slots: 48})
	b.do(floor.SaveCarton{Carton: floor.Carton{Code: "S", Name: "Small", InnerMM: []int64{250, 200, 150}, TareG: 70, MaxGrossG: 10_000}})
	b.do(floor.SaveCarton{Carton: floor.Carton{Code: "M", Name: "Medium", InnerMM: []int64{350, 300, 250}, TareG: 140, MaxGrossG: 20_000}})
	b.do(floor.SaveCarton{Carton: floor.Carton{Code: "L", Name: "Large", InnerMM: []int64{600, 400, 400}, TareG: 400, MaxGrossG: 30_000}})
	for _, x := range []floor.Bin{{Code: "STAGE", BinKind: "stage"}, {Code: "DOCK", BinKind: "dock"}, {Code: "QA", BinKind: "quarantine"}} {
		b.do(floor.SaveBin{Bin: x})
	}
	b.shelves()
	if b.err != nil {
		return nil, b.err
	}
	w, err := WorldOf(b.s, service)
	if err != nil {
		return nil, err
	}
	w.classed()
	return w, nil
}

// classed gives the items their demand. They were numbered from the depot outwards.
func (w *World) classed() {
	w.weights = 0
	n := float64(len(w.demand))
	for i := range w.demand {
		at, edge := (float64(i)+0.5)/n, 0.0
		for _, c := range classes {
			if edge += c.items; at < edge {
				w.demand[i].weight = c.demand / (c.items * n)
				break
			}
		}
		w.weights += w.demand[i].weight
	}
}

// builder fills a warehouse by the floor's own verbs and remembers the first refusal.
type builder struct {
	s   *floor.State
	now floor.Time
	err error
}

func (b *builder) do(v floor.Verb) any {
	if b.err != nil {
		return nil
	}
	a := b.s.Do(&floor.Command{Now: b.now, Verb: v})
	if a.Err != nil {
		b.err = fmt.Errorf("%T: %w", v, a.Err)
	}
	return a.Result
}

// shelves puts an item in every bin, and more of it in the next, so that a short pick finds some elsewhere.
func (b *builder) shelves() {
	var bins []floor.BinCode
	for a := range usualAisles {
		for c := range usualCells {
			code := floor.BinCode(fmt.Sprintf("%02d-%02d", a+1, c+1))
			bins = append(bins, code)
			b.do(floor.SaveBin{Bin: floor.Bin{Code: code, BinKind: "pick", Aisle: a, Cell: c, Level: 1, Zone: string(rune('A' + a/5))}})
		}
	}
	for i, bin := range bins {
		sku := floor.SKU(fmt.Sprintf("W-%03d", i+1))
		it := floor.Item{SKU: sku, Name: fmt.Sprintf("Article %d", i+1), WeightG: int64(80 + i*37%900), PriceCents: 1000,
			SizeMM: []int64{int64(60 + i*13%120), int64(50 + i*7%90), int64(30 + i*11%60)}}
		b.do(floor.SaveItem{Item: it})
		b.do(floor.AdjustStock{Bin: bin, SKU: sku, Qty: 2000, Reason: "opening stock"})
		b.do(floor.AdjustStock{Bin: bins[(i+1)%len(bins)], SKU: sku, Qty: 2000, Reason: "opening stock"})
	}
}

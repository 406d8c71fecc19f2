package devices

import (
	"time"

	"floorline/floor"
	"floorline/floor/forecast"
)

// ClassesEvery is how often is looked whether a new day began: classes are of a year and do not change within one.
const ClassesEvery = time.Minute

// start has the classes of items reckoned once a day, and noted where they changed: where goods are put away hangs on them.
func (b *forecaster) start() {
	known := ""
	b.every(ClassesEvery, func() {
		if day := b.s.now().Day(); day != known {
			b.noteClasses()
			known = day
		}
	})
}

// classesOf are the ABC classes of items, by what their demand of a year is worth.
func classesOf(items []floor.ToBuy) []string {
	worth := make([]float64, len(items))
	for i, it := range items {
		worth[i] = float64(yearOf(it.Daily)) * float64(max(it.CostCents, 1))
	}
	return forecast.ABC(worth)
}

func (b *forecaster) noteClasses() {
	items, _ := b.snapshot()
	class := classesOf(items)
	var rows []floor.ItemClass
	b.s.keeper.View(func(st *floor.State) {
		for i, it := range items {
			if d := st.Demand[it.SKU]; d != nil && d.ABC != class[i] {
				rows = append(rows, floor.ItemClass{SKU: it.SKU, ABC: class[i]})
			}
		}
	})
	chunks(rows, func(part []floor.ItemClass, _ int) {
		if a := b.s.keeper.Do(&floor.Command{Verb: floor.NoteClasses{Rows: part}}); a.Err != nil {
			b.s.log.Info("classes were not noted", "why", a.Err.Say)
		}
	})
}

// classes are the demo's, so that its first put-away goes by them.
func (f *filler) classes() {
	var items []floor.ToBuy
	f.k.View(func(st *floor.State) {
		for _, sku := range f.skus {
			items = append(items, st.ToBuy(st.Items[sku], f.now, nil, nil))
		}
	})
	var rows []floor.ItemClass
	for i, class := range classesOf(items) {
		rows = append(rows, floor.ItemClass{SKU: items[i].SKU, ABC: class})
	}
	chunks(rows, func(part []floor.ItemClass, _ int) { f.do(floor.NoteClasses{Rows: part}) })
}

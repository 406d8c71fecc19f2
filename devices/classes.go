package devices

import (
	"slices"
	"strings"
	"time"

	"floorline/floor"
	"floorline/floor/forecast"
)

// ClassesEvery is how often is looked whether a new day began: classes are of a year and do not change within one.
const ClassesEvery = time.Minute

// start has the classes of items reckoned once a day, and noted where they changed: where goods are put away hangs on them.
func (b *forecaster) start() {
	b.done.Add(1)
	go func() {
		defer b.done.Done()
		known := ""
		for t := time.NewTicker(ClassesEvery); ; {
			select {
			case <-t.C:
				if day := b.s.now().Day(); day != known {
					b.noteClasses()
					known = day
				}
			case <-b.ctx.Done():
				t.Stop()
				return
			}
		}
	}()
}

func (b *forecaster) noteClasses() {
	class := b.s.classes()
	var rows []floor.ItemClass
	b.s.keeper.View(func(st *floor.State) {
		for sku, d := range st.Demand {
			if class[sku] != "" && class[sku] != d.ABC {
				rows = append(rows, floor.ItemClass{SKU: sku, ABC: class[sku]})
			}
		}
	})
	slices.SortFunc(rows, func(x, y floor.ItemClass) int { return strings.Compare(string(x.SKU), string(y.SKU)) })
	chunks(rows, func(part []floor.ItemClass, _ int) {
		if a := b.s.keeper.Do(&floor.Command{Verb: floor.NoteClasses{Rows: part}}); a.Err != nil {
			b.s.log.Info("classes were not noted", "why", a.Err.Say)
		}
	})
}

// classes are the demo's, so that its first put-away goes by them.
func (f *filler) classes() {
	var rows []floor.ItemClass
	f.k.View(func(st *floor.State) {
		var worth []float64
		for _, sku := range f.skus {
			b := st.ToBuy(st.Items[sku], f.now, nil, nil)
			worth = append(worth, float64(yearOf(b.Daily))*float64(max(b.CostCents, 1)))
		}
		for i, class := range forecast.ABC(worth) {
			rows = append(rows, floor.ItemClass{SKU: f.skus[i], ABC: class})
		}
	})
	chunks(rows, func(part []floor.ItemClass, _ int) { f.do(floor.NoteClasses{Rows: part}) })
}

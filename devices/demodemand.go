package devices

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"floorline/floor"
)

// DemoWeeks is how far back the demo knows what was asked for.
const DemoWeeks = 160

// demand is three years of what was asked for, a day of each week for all of it: some items go steadily, some have a season,
// some grow, some are asked for now and then, and one in nine is not asked for any more.
func (f *filler) demand() {
	var rows []floor.DemandRow
	for i, sku := range f.skus {
		h := fnv.New64a()
		h.Write([]byte(sku))
		r := rand.New(rand.NewPCG(h.Sum64(), 11))
		level := 4 + r.Float64()*40
		for w := range DemoWeeks {
			qty := level * (1 + 0.15*r.NormFloat64())
			switch i % 9 {
			case 1, 2:
				qty *= 1 + 0.6*math.Cos(2*math.Pi*float64(w)/52)
			case 3:
				qty *= 0.4 + float64(w)/DemoWeeks
			case 4, 5:
				if r.IntN(5) > 0 {
					qty = 0
				}
			case 6:
				if w < DemoWeeks*2/3 {
					qty = 0 // new a year ago
				}
			case 8:
				if w > DemoWeeks*2/3 {
					qty = 0
				}
			}
			day := time.UnixMilli(int64(f.now)).UTC().AddDate(0, 0, -7*(DemoWeeks-w))
			if n := int64(math.Round(max(qty, 0))); n > 0 {
				rows = append(rows, floor.DemandRow{SKU: sku, Day: day.Format("2006-01-02"), Qty: n})
			}
		}
	}
	chunks(rows, func(part []floor.DemandRow, _ int) {
		f.do(floor.NoteDemand{Rows: part, Lines: make([]int, len(part))})
	})
}

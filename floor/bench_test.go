package floor

import (
	"fmt"
	"os"
	"testing"
	"time"

	"floorline/floor/rates"
)

// How long a release of 500 orders holds the writer, with what was thought out beside it and without.
func TestBenchRelease(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a benchmark: FLOORLINE_BENCH=1 runs it")
	}
	run := func(planned bool) (hold, think time.Duration) {
		f := newShift(t)
		f.must(SaveLayout{Layout: Layout{Aisles: 10, Cells: 40, AislePitch: 300, CellPitch: 100, EndGap: 100, CrossAisles: []int{0, 20, 40}}})
		f.must(SaveCarton{Carton{Code: "C1", InnerMM: []int64{300, 200, 100}}})
		f.must(SaveCarton{Carton{Code: "C2", InnerMM: []int64{400, 300, 200}}})
		for i := range 400 {
			bin, sku := BinCode(fmt.Sprintf("B%02d-%02d", i/40, i%40)), SKU(fmt.Sprintf("P%03d", i))
			f.must(SaveBin{Bin: Bin{Code: bin, BinKind: "pick", Aisle: i / 40, Cell: i % 40, Zone: "B"}})
			f.must(SaveItem{Item: Item{SKU: sku, Name: string(sku), SizeMM: []int64{60 + int64(i%40), 50, 40}, WeightG: 200}})
			f.stock(bin, sku, 500)
		}
		for i := range 500 {
			f.order(fmt.Sprint(i), fmt.Sprintf("P%03d", i*7%400), 1+i%2, fmt.Sprintf("P%03d", i*31%400), 1, fmt.Sprintf("P%03d", i*57%400), 2)
		}
		v := ReleaseWave{Filter: &OrderFilter{Limit: 500}, Method: Cluster}
		begun := time.Now()
		if planned {
			v.Plan = f.s.DraftWave(v).Solve()
		}
		think = time.Since(begun)
		begun = time.Now()
		f.must(v)
		return time.Since(begun), think
	}
	for range 3 {
		with, think := run(true)
		without, _ := run(false)
		t.Logf("500 orders released: the writer is held %.1f ms with a plan (thought out in %.0f ms beside it), %.1f ms without; ratio %.2f",
			with.Seconds()*1000, think.Seconds()*1000, without.Seconds()*1000, with.Seconds()/without.Seconds())
	}
}

// What it costs to choose among twelve services with cards of a thousand prices, as at the scale.
func BenchmarkChooseService(b *testing.B) {
	f := newShift(b)
	for i := range 12 {
		code := fmt.Sprintf("S%02d", i)
		f.must(SaveService{Service{Code: code, Carrier: code, Zones: []rates.Zone{{Code: "all"}}, Rules: &rates.Rules{MaxWeightG: 30_000}}})
		card := rates.Card{Service: code, From: "2020-01-01", Currency: "EUR"}
		for j := range 1000 {
			card.Rows = append(card.Rows, rates.Row{Zone: "all", FromG: int64(j) * 30, ToG: int64(j+1) * 30, PriceCents: int64(100 + i + j)})
		}
		f.must(SaveCard{Card: card})
	}
	w := &wish{Parcel: rates.Parcel{WeightG: 12_345, Country: "DE", Postcode: "10115"}, parcels: 1}
	for b.Loop() {
		offers := f.s.offers(w, f.now)
		if i := f.s.chooseService(Cheapest, offers); offers[i].Service != "S00" {
			b.Fatal(offers[i].Service)
		}
	}
}

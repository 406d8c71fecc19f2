package floor

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Days at the scale, seed by seed: parcels that weigh about what they should and ones that do not, recounts, undone
// steps, goods whose weight nobody wrote down. After every command the ledger is sound; after every restart what was
// learned is the same from the journal, from rows and in memory.
func TestDaysAtTheScale(t *testing.T) {
	learned, refused, recounts := 0, 0, 0
	for seed := uint64(1); seed <= 12; seed++ {
		d := bareDay(t, rand.New(rand.NewPCG(seed, 11)))
		d.must(SaveItem{Item: Item{SKU: "PAN", Name: "Pan", Barcodes: []Barcode{{Code: ean(9), Qty: 1}}}})
		d.stock("A0-00", "MUG", 4000)
		d.stock("A0-01", "BOX", 4000)
		d.stock("A0-02", "PAN", 4000)
		d.watch = func(f *shift) {
			d.ledger.reads(f)
			f.sound()
		}
		for i := range 14 {
			ben := d.toWeigh(fmt.Sprint("w", i), []string{"MUG", "BOX", "PAN"}[d.r.IntN(3)], 1+d.r.IntN(4), "PAN", 1)
			for ben.next().Job != nil {
				d.atScale(ben)
				if d.r.IntN(25) == 0 {
					d.restart(seed)
				}
			}
		}
		d.restart(seed)
		for _, e := range d.all {
			switch e.Body.(type) {
			case *WeightLearned:
				learned++
			case *WeightRefused:
				refused++
			case *ParcelRecounted:
				recounts++
			}
		}
	}
	if learned < 50 || refused < 10 || recounts < 10 {
		t.Errorf("the days are too quiet: %d learned, %d refused, %d recounted", learned, refused, recounts)
	}
}

// atScale does one thing at the bench, sensible or not.
func (d *day) atScale(ben *hand) {
	n := ben.next()
	if n.Step != "weigh" {
		ben.plain(n)
		return
	}
	truth := int64(50)
	for _, l := range n.Show.Lines {
		truth += l.Done * map[SKU]int64{"MUG": 101, "BOX": 398, "PAN": 1250}[l.SKU]
	}
	switch d.r.IntN(8) {
	case 0:
		ben.act(Act{Action: "recount"})
	case 1:
		ben.act(Act{Action: "undo"})
	case 2:
		ben.weigh(truth + int64(d.r.IntN(900)-450))
	default:
		ben.weigh(truth + int64(d.r.IntN(9)-4))
	}
}

package whatif

import "testing"

// A day of 500 orders with 8 pickers.
func BenchmarkDay(b *testing.B) {
	w, q := usualWorld(b), Usual()
	q.Orders = 500
	for b.Loop() {
		d, err := newDay(&q, w, 0, 8)
		if err != nil {
			b.Fatal(err)
		}
		if err := d.run(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(d.s.Seq-w.seq), "events/op")
	}
}

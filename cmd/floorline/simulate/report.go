package simulate

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// Report is what a simulated day came to. Its JSON is the object of the contract. Times are in ms, unless
// their name says otherwise.
type Report struct {
	Seed         uint64  `json:"seed"`
	Workers      int     `json:"workers"`
	Orders       int     `json:"orders"`
	Dispatched   int     `json:"dispatched"`
	Explained    int     `json:"explained"` // not dispatched, for a reason: short, held, cancelled
	Lines        int     `json:"lines"`
	Scans        int     `json:"scans"`
	Verdicts     int     `json:"verdicts"`
	Lost         int     `json:"lost"`       // acknowledged verdicts that the journal does not hold
	Doubled      int     `json:"doubled"`    // commands decided, or units moved, more than once
	Mismatched   int     `json:"mismatched"` // everything else that differs
	VerdictP50MS float64 `json:"verdict_p50_ms"`
	VerdictP99MS float64 `json:"verdict_p99_ms"`
	VerdictMaxMS float64 `json:"verdict_max_ms"`
	PushP50MS    float64 `json:"push_p50_ms"`
	PushP99MS    float64 `json:"push_p99_ms"`
	OrdersPerS   float64 `json:"orders_per_s"`
	LinesPerS    float64 `json:"lines_per_s"`
	ScansPerS    float64 `json:"scans_per_s"`
	ElapsedS     float64 `json:"elapsed_s"`

	Unexplained int         `json:"-"`
	Problems    []string    `json:"-"` // in words, the first of them
	Resends     int         `json:"-"` // gaps the floor asked about
	Replays     int         `json:"-"` // verdicts given a second time
	Landings    int         `json:"-"` // devices that came back with nothing outstanding
	Goods       careTally   `json:"-"` // whole jobs about goods
	Mix         string      `json:"-"` // verdicts by code
	Faults      [faults]int `json:"-"`
	Closes      map[int]int `json:"-"` // sockets that the server closed, by code
}

// Clean says that nothing was lost, doubled or different, and that every order is gone or explained.
func (r *Report) Clean() bool {
	return r.Lost == 0 && r.Doubled == 0 && r.Mismatched == 0 && r.Unexplained == 0 && r.Dispatched+r.Explained == r.Orders
}

// WriteJSON writes the one object of the contract.
func (r *Report) WriteJSON(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

// Write writes the report as words.
func (r *Report) Write(w io.Writer) {
	fmt.Fprintf(w, "%d orders: %d dispatched, %d explained, %d neither\n", r.Orders, r.Dispatched, r.Explained, r.Unexplained)
	fmt.Fprintf(w, "%d deliveries received, %d times put away, %d bins counted, %d filled up, %d returns judged\n", r.Goods.receipts, r.Goods.putAway, r.Goods.counts, r.Goods.brought, r.Goods.returns)
	fmt.Fprintf(w, "%d scans and actions, %d verdicts in %.1f s: %.0f scans/s, %.1f lines/s, %.1f orders/s\n", r.Scans, r.Verdicts, r.ElapsedS, r.ScansPerS, r.LinesPerS, r.OrdersPerS)
	fmt.Fprintf(w, "verdict p50 %.2f ms, p99 %.2f ms, max %.1f ms; push p50 %.2f ms, p99 %.2f ms\n", r.VerdictP50MS, r.VerdictP99MS, r.VerdictMaxMS, r.PushP50MS, r.PushP99MS)
	fmt.Fprintf(w, "verdicts: %s\n", r.Mix)
	f := r.Faults
	fmt.Fprintf(w, "faults: %d dropped before and %d after sending, %d sent twice, %d out of order, %d answers lost, %d saved offline; %d resends asked, %d replays, %d landings\n",
		f[faultDropBefore], f[faultDropAfter], f[faultTwice], f[faultReorder], f[faultLoseAnswer], f[faultOffline], r.Resends, r.Replays, r.Landings)
	if len(r.Closes) > 0 {
		fmt.Fprintf(w, "sockets closed by the server, by code: %v\n", r.Closes)
	}
	fmt.Fprintf(w, "lost %d, doubled %d, mismatched %d\n", r.Lost, r.Doubled, r.Mismatched)
	for _, p := range r.Problems {
		fmt.Fprintln(w, "  "+p)
	}
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

package whatif

import (
	"fmt"
	"slices"
	"strings"
)

// Question is what is asked of a day. Clock times are in minutes since midnight.
type Question struct {
	Pickers []int // each is a day of its own, under the same orders
	Packers int
	Loaders int

	StartMin  int // when people begin
	CutoffMin int // orders that come later need not be on the truck
	TruckMin  int // when it departs

	Orders   int // that come during the day
	Backlog  int // of these, already there at the start
	Lines    float64
	Arrivals Curve

	Method string
	Slots  int // orders on one cart

	WalkMS  float64 // metres a second
	CellM   float64 // metres that a unit of the layout is long
	PickS   float64 // seconds to find and take one unit
	ScanS   float64
	PackS   float64 // seconds a parcel, beside the scans of its units
	LoadS   float64 // seconds to carry a parcel on board
	Spread  float64 // how much times vary: standard deviation over mean
	Errors  float64 // share of bin and item scans that are wrong at first
	Shorts  float64 // share of pick lines with a unit missing
	Damaged float64 // share of pick lines with a damaged unit

	Service string // that new orders are sent by; "" is the first there is
	Seed    uint64
	Runs    int
}

// Limits of a question: what is past them is a slip of the hand, or takes all day to think through.
const (
	CountLimit  = 200 // pickers, packers or loaders
	PlansLimit  = 8   // picker counts of one question
	OrdersLimit = 5000
	RunsLimit   = 1000
)

// Usual is a question with the figures that hold where nobody measured.
func Usual() Question {
	q := Question{Pickers: []int{3, 4}, Packers: 3, Loaders: 1, StartMin: 8 * 60, CutoffMin: 15 * 60, TruckMin: 16 * 60, Orders: 600,
		Lines: 4, Method: "cluster", Slots: 6, WalkMS: 1.2, CellM: 1, PickS: 10, ScanS: 2, PackS: 60, LoadS: 10, Spread: 0.3,
		Errors: 0.01, Shorts: 0.002, Damaged: 0.001, Seed: 1, Runs: 5}
	q.Arrivals, _ = CurveNamed("morning")
	return q
}

// Faults is everything that is wrong with a question.
type Faults []string

func (f Faults) Error() string { return strings.Join(f, "\n") }

func (f *Faults) add(format string, a ...any) { *f = append(*f, fmt.Sprintf(format, a...)) }

func (f *Faults) count(flag string, n, least, most int) {
	if n < least || n > most {
		f.add("--%s goes from %d to %d, not %d", flag, least, most, n)
	}
}

func (f *Faults) number(flag string, v, least, most float64) {
	if !(v >= least && v <= most) { // a NaN is refused too
		f.add("--%s goes from %g to %g, not %g", flag, least, most, v)
	}
}

// Check names everything that is wrong with a question, or gives nil.
func (q *Question) Check() error {
	var f Faults
	q.checkPeople(&f)
	q.checkHours(&f)
	f.count("orders", q.Orders, 0, OrdersLimit)
	f.count("backlog", q.Backlog, 0, max(q.Orders, 0))
	f.number("lines", q.Lines, 1, 50)
	f.count("slots", q.Slots, 1, 24)
	f.count("runs", q.Runs, 1, RunsLimit)
	f.number("walk-m-s", q.WalkMS, 0.1, 10)
	f.number("cell-m", q.CellM, 0.05, 100)
	f.number("pick-s", q.PickS, 0.1, 3600)
	f.number("scan-s", q.ScanS, 0.1, 600)
	f.number("pack-s", q.PackS, 0.1, 7200)
	f.number("load-s", q.LoadS, 0.1, 3600)
	f.number("spread", q.Spread, 0, 2)
	f.number("error-rate", q.Errors, 0, 0.5)
	f.number("short-rate", q.Shorts, 0, 0.5)
	f.number("damage-rate", q.Damaged, 0, 0.5)
	if !slices.Contains(methods, q.Method) {
		f.add("--method is one of %s, not %q", strings.Join(methods, ", "), q.Method)
	}
	if len(q.Arrivals.shape) == 0 {
		f.add("--arrivals is one of %s, or a CSV file of time,orders", strings.Join(CurveNames(), ", "))
	}
	if f == nil {
		return nil
	}
	return f
}

var methods = []string{"discrete", "cluster", "batch", "zone"}

func (q *Question) checkPeople(f *Faults) {
	if len(q.Pickers) == 0 || len(q.Pickers) > PlansLimit {
		f.add("--pickers takes 1 to %d counts, such as 6,8", PlansLimit)
	}
	for i, n := range q.Pickers {
		f.count("pickers", n, 1, CountLimit)
		if slices.Contains(q.Pickers[:i], n) {
			f.add("--pickers names %d twice", n)
		}
	}
	f.count("packers", q.Packers, 1, CountLimit)
	f.count("loaders", q.Loaders, 1, CountLimit)
}

func (q *Question) checkHours(f *Faults) {
	day := func(flag string, min int) bool {
		if min < 0 || min >= 24*60 {
			f.add("--%s is a time of day such as 16:00", flag)
			return false
		}
		return true
	}
	start, truck := day("start", q.StartMin), day("truck", q.TruckMin)
	if start && truck && q.TruckMin <= q.StartMin {
		f.add("--truck %s is not after --start %s", Clock(q.TruckMin), Clock(q.StartMin))
	}
	if day("cutoff", q.CutoffMin) && start && truck && (q.CutoffMin > q.TruckMin || q.CutoffMin < q.StartMin) {
		f.add("--cutoff %s is not between --start %s and --truck %s", Clock(q.CutoffMin), Clock(q.StartMin), Clock(q.TruckMin))
	}
}

// Clock is a time of day as people write it; what lies past midnight is marked.
func Clock(min int) string {
	if d := min / (24 * 60); d > 0 {
		return fmt.Sprintf("%02d:%02d+%d", min/60%24, min%60, d)
	}
	return fmt.Sprintf("%02d:%02d", min/60, min%60)
}

// ParseClock reads a time of day such as 16:00; -1 where it is none.
func ParseClock(s string) int {
	var h, m int
	if n, err := fmt.Sscanf(s, "%d:%d", &h, &m); n != 2 || err != nil || h < 0 || h > 23 || m < 0 || m > 59 || len(s) > 5 {
		return -1
	}
	return h*60 + m
}

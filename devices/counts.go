package devices

import (
	"slices"

	"floorline/floor"
)

// countsView is the plan of counts: what is being counted, what waits for a word, what is due, and how right the books were.
type countsView struct {
	Rule     floor.Counting     `json:"rule"`
	Open     []*floor.CountView `json:"open"`
	Due      []dueBin           `json:"due"`
	DueCount int                `json:"due_count"`
	Accuracy []floor.FigureDay  `json:"accuracy"` // rows counted (n) and rows that were right (sum), by day
}

// dueBin is a bin that has not been counted for as long as its class may go.
type dueBin struct {
	Bin     floor.BinCode `json:"bin"`
	Class   string        `json:"class"`
	Counted string        `json:"counted_at,omitempty"`
	Days    int64         `json:"days_over"`
}

// CountEvery is how many days a bin may go uncounted, by the best class of what lies in it.
var CountEvery = map[string]int64{"A": 30, "B": 90, "C": 180}

// Limits of the plan of counts.
const (
	CountsShown  = 200
	AccuracyDays = 91
)

func counts(c *call) error {
	v := countsView{Open: []*floor.CountView{}, Accuracy: []floor.FigureDay{}}
	due := c.s.dueBins()
	v.DueCount, v.Due = len(due), due[:min(len(due), CountsShown)]
	now := c.s.now()
	c.view(func(st *floor.State) {
		v.Rule = st.Counting()
		for _, x := range st.Counts {
			if x.Status != floor.CountDone && x.Status != floor.CountCancelled || now-x.Ended < floor.DayMS {
				v.Open = append(v.Open, st.CountView(x, true))
			}
		}
		v.Accuracy = append(v.Accuracy, st.FiguresOf("count", now, AccuracyDays)...)
	})
	slices.SortFunc(v.Open, func(a, b *floor.CountView) int {
		if d := slices.Index(countUrgency, a.Status) - slices.Index(countUrgency, b.Status); d != 0 {
			return d
		}
		return int(slices.Compare([]byte(a.ID), []byte(b.ID)))
	})
	v.Open = v.Open[:min(len(v.Open), CountsShown)]
	return c.json(200, v)
}

// countUrgency is the order of the list.
var countUrgency = []string{floor.CountDiffers, floor.CountAgain, floor.CountOpen, floor.CountDone, floor.CountCancelled}

// dueBins are the bins with goods whose count is due and not planned, those longest over first.
func (s *Server) dueBins() []dueBin {
	class := s.classes()
	now := s.now()
	out := []dueBin{}
	s.keeper.View(func(st *floor.State) {
		for code, b := range st.Bins {
			rows := st.StockAt(floor.InBin(code))
			if b.BinKind != "pick" && b.BinKind != "reserve" || len(rows) == 0 || st.BeingCounted(code) {
				continue
			}
			best := "C"
			for _, r := range rows {
				best = min(best, class[r.Key.SKU])
			}
			last, counted := b.Counted, ""
			if last == 0 { // since its goods came
				for _, r := range rows {
					last = max(last, r.Since)
				}
			} else {
				counted = last.String()
			}
			if over := int64(now-last)/floor.DayMS - CountEvery[best]; over >= 0 {
				out = append(out, dueBin{code, best, counted, over})
			}
		}
	})
	slices.SortFunc(out, func(a, b dueBin) int {
		if a.Days != b.Days {
			return int(b.Days - a.Days)
		}
		return slices.Compare([]byte(a.Bin), []byte(b.Bin))
	})
	return out
}

// classes are the ABC classes of all items.
func (s *Server) classes() map[floor.SKU]string {
	items, _ := s.forecasts.snapshot()
	abc, out := classesOf(items), map[floor.SKU]string{}
	for i, it := range items {
		out[it.SKU] = abc[i]
	}
	return out
}

type planCountsBody struct {
	Bins []string `json:"bins"`
	SKU  string   `json:"sku"` // all bins in which it lies, instead of bins
	Due  int      `json:"due"` // so many of those that are due, instead of bins
	Why  string   `json:"why"`
}

func planCounts(c *call) error {
	var b planCountsBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	v := floor.PlanCounts{Why: b.Why}
	for _, bin := range b.Bins {
		v.Bins = append(v.Bins, floor.BinCode(bin))
	}
	if b.SKU != "" && len(v.Bins) == 0 {
		v.SKU = floor.SKU(b.SKU)
	}
	if len(v.Bins) == 0 && v.SKU == "" {
		for _, d := range c.s.dueBins() {
			if len(v.Bins) < min(b.Due, floor.CountPlanLimit) {
				v.Bins = append(v.Bins, d.Bin)
			}
		}
	}
	return c.run(v, 201)
}

// countList is what was planned.
type countList struct {
	Items []*floor.CountView `json:"items"`
}

type judgeBody struct {
	Verb string `json:"verb"`
}

func judgeCount(c *call) error {
	var b judgeBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.JudgeCount{ID: floor.CountID(c.Params("id")), Verb: b.Verb}, 200)
}

func putCounting(c *call) error {
	rule := floor.UsualCounting
	if err := c.decode(&rule); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetCounting{Rule: rule}, 200)
}

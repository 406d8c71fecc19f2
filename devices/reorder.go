package devices

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"floorline/floor"
	"floorline/floor/forecast"
)

// forecaster reckons what is to be bought. How fast each item goes is forecast once a day, beside the writer; what is there and
// what is owed is looked up at each question.
type forecaster struct {
	background
	s *Server

	mu      sync.Mutex
	paces   map[floor.SKU]itemPace
	running bool
}

// itemPace is how fast an item goes, as forecast on a day for so many days ahead.
type itemPace struct {
	forecast.Pace
	until, ahead int64
	days         uint64         // of which demand: days before may be brought in at any time
	held         *forecast.Held // nil: too few days are known to hold any back
}

func newForecaster(s *Server) *forecaster {
	return &forecaster{background: newBackground(), s: s, paces: map[floor.SKU]itemPace{}}
}

// reorderLine is one item of the buyer's list.
type reorderLine struct {
	SKU       floor.SKU `json:"sku"`
	Name      string    `json:"name"`
	Category  string    `json:"category,omitempty"`
	ABC       string    `json:"abc"`
	XYZ       string    `json:"xyz"`
	OnHand    int64     `json:"on_hand"`
	Owed      int64     `json:"owed"`
	OnOrder   int64     `json:"on_order"`
	LeadDays  int64     `json:"lead_time_days"`
	CostCents int64     `json:"cost_cents"`
	forecast.Need
}

// reorderList is the buyer's list; Pending counts items whose forecast is still being reckoned.
type reorderList struct {
	Policy  floor.Buying   `json:"policy"`
	Counts  map[string]int `json:"counts"` // by advice
	Items   []reorderLine  `json:"items"`
	Pending int            `json:"pending"`

	Accuracy *accuracy `json:"accuracy,omitempty"`
}

// accuracy is how far off the forecasts of all items were over days that were held back from them, in percent of what came;
// Naive is what "as the last time" comes to, which they are to beat.
type accuracy struct {
	Items   int     `json:"items"`
	Days    int64   `json:"days"` // at most, of an item
	Percent float64 `json:"off_percent"`
	Naive   float64 `json:"naive_off_percent"`
}

// weigh adds items' misses up.
func (a *accuracy) weigh(all []forecast.Held) *accuracy {
	came := 0.0
	for _, h := range all {
		off, naive := h.Off()
		a.Percent, a.Naive, came = a.Percent+off, a.Naive+naive, came+h.Came
		a.Items, a.Days = a.Items+1, max(a.Days, h.Days)
	}
	if came == 0 {
		return nil
	}
	a.Percent, a.Naive = rounded(100*a.Percent/came), rounded(100*a.Naive/came)
	return a
}

// ReorderLimit is how many items one answer lists; the counts are of all.
const ReorderLimit = 500

// snapshot copies what the buyer looks at, some items at a time, so that the writer may write in between.
func (b *forecaster) snapshot() (items []floor.ToBuy, rule floor.Buying) {
	var skus []floor.SKU
	var owed, coming map[floor.SKU]int64
	now := b.s.now()
	b.s.keeper.View(func(st *floor.State) {
		rule, owed, coming = st.Buying(), st.Owed(), st.OnOrder()
		skus = make([]floor.SKU, 0, len(st.Items))
		for sku := range st.Items {
			skus = append(skus, sku)
		}
	})
	slices.Sort(skus)
	for part := range slices.Chunk(skus, PageLimit) {
		b.s.keeper.View(func(st *floor.State) {
			for _, sku := range part {
				if it := st.Items[sku]; it != nil {
					items = append(items, st.ToBuy(it, now, owed, coming))
				}
			}
		})
	}
	return items, rule
}

func ahead(it floor.ToBuy, rule floor.Buying) int64 { return leadOf(it, rule) + rule.ReviewDays }

func leadOf(it floor.ToBuy, rule floor.Buying) int64 {
	if it.Reorder.LeadTimeDays > 0 {
		return it.Reorder.LeadTimeDays
	}
	return rule.LeadTimeDays
}

// paceOf is an item's pace as known; false while it is being reckoned.
func (b *forecaster) paceOf(it floor.ToBuy, rule floor.Buying) (itemPace, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p, ok := b.paces[it.SKU]
	return p, ok && p.until == it.Until && p.ahead == ahead(it, rule) && p.days == daysSum(it.Daily)
}

// daysSum tells one demand of days from another.
func daysSum(daily []int32) uint64 {
	sum := uint64(len(daily))
	for _, u := range daily {
		sum = sum*1_099_511_628_211 + uint64(u)
	}
	return sum
}

// reckon forecasts what is not known yet, one item after the other; one such run at a time.
func (b *forecaster) reckon(items []floor.ToBuy, rule floor.Buying) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running || b.ctx.Err() != nil {
		return
	}
	b.running = true
	b.done.Go(func() {
		for _, it := range items {
			if _, known := b.paceOf(it, rule); known || b.ctx.Err() != nil {
				continue
			}
			p := itemPace{Pace: forecast.PaceOf(it.Daily, ahead(it, rule)), until: it.Until, ahead: ahead(it, rule), days: daysSum(it.Daily)}
			if held, ok := forecast.HoldBack(it.Daily, p.ahead); ok {
				p.held = &held
			}
			b.mu.Lock()
			b.paces[it.SKU] = p
			b.mu.Unlock()
		}
		b.mu.Lock()
		b.running = false
		b.mu.Unlock()
	})
}

// list is what every item needs, the most pressing and the most valuable first.
func (b *forecaster) list() reorderList {
	items, rule := b.snapshot()
	out := reorderList{Policy: rule, Counts: map[string]int{}, Items: []reorderLine{}}
	policy := forecast.Policy{ServiceLevel: float64(rule.ServicePermille) / 1000, ReviewDays: rule.ReviewDays, OrderCostCents: rule.OrderCostCents,
		HoldingYear: float64(rule.HoldingPercent) / 100, OverDays: rule.OverstockDays, DeadDays: rule.DeadDays}
	abc := classesOf(items)
	var held []forecast.Held
	for i, it := range items {
		p, known := b.paceOf(it, rule)
		if !known {
			out.Pending++
			continue
		}
		shelf := forecast.Shelf{Daily: it.Daily, OnHand: it.OnHand, Owed: it.Owed, OnOrder: it.OnOrder, LeadDays: leadOf(it, rule), CostCents: it.CostCents,
			Fixed: forecast.Fixed{Point: it.Reorder.PointQty, Qty: it.Reorder.OrderQty}}
		line := reorderLine{SKU: it.SKU, Name: it.Name, Category: it.Category, ABC: abc[i], XYZ: forecast.XYZ(it.Daily), OnHand: it.OnHand, Owed: it.Owed, OnOrder: it.OnOrder,
			LeadDays: leadOf(it, rule), CostCents: it.CostCents, Need: shelf.Need(policy, p.Pace)}
		if p.held != nil {
			held = append(held, *p.held)
		}
		line.MeanDay, line.SDDay = rounded(line.MeanDay), rounded(line.SDDay)
		out.Counts[line.Advice]++
		if line.RunsOut {
			out.Counts[RunsOut]++
		}
		out.Items = append(out.Items, line)
	}
	out.Accuracy = new(accuracy).weigh(held)
	if out.Pending > 0 {
		b.reckon(items, rule)
	}
	slices.SortStableFunc(out.Items, func(x, y reorderLine) int {
		if d := slices.Index(urgency, x.Advice) - slices.Index(urgency, y.Advice); d != 0 {
			return d
		}
		if d := strings.Compare(x.ABC, y.ABC); d != 0 {
			return d
		}
		return int(x.DaysLeft - y.DaysLeft)
	})
	return out
}

// RunsOut asks for the items that will be out of stock before what is ordered today comes, whatever is advised.
const RunsOut = "runs_out"

// urgency is the order of the list.
var urgency = []string{forecast.OrderNow, forecast.OrderSoon, forecast.Dead, forecast.Overstock, forecast.Enough, forecast.Unasked}

func rounded(v float64) float64 { return math.Round(v*1000) / 1000 }

// yearOf is what was asked for in the last year.
func yearOf(daily []int32) (n int64) {
	for _, u := range daily[max(len(daily)-365, 0):] {
		n += int64(u)
	}
	return n
}

// ReorderWait is how long a question waits for forecasts that are being reckoned.
const ReorderWait = 1500 * time.Millisecond

// waited is the list once all of it is reckoned, or as it is after the wait.
func (b *forecaster) waited() reorderList {
	out := b.list()
	for until := time.Now().Add(ReorderWait); out.Pending > 0 && time.Now().Before(until); out = b.list() {
		time.Sleep(50 * time.Millisecond)
	}
	return out
}

func reorderView(c *call) error {
	out := c.s.forecasts.waited()
	out.Items = c.chosenReorder(out.Items)
	out.Items = out.Items[:min(len(out.Items), ReorderLimit)]
	return c.json(200, out)
}

// chosenReorder keeps what ?advice=, ?abc= and ?q= ask for.
func (c *call) chosenReorder(all []reorderLine) []reorderLine {
	q, advice, class := strings.ToLower(c.Query("q")), c.Query("advice"), c.Query("abc")
	kept := all[:0]
	for _, l := range all {
		if (advice == "" || l.Advice == advice || advice == RunsOut && l.RunsOut) && (class == "" || l.ABC == class) &&
			(q == "" || strings.Contains(strings.ToLower(string(l.SKU)+" "+l.Name), q)) {
			kept = append(kept, l)
		}
	}
	return kept
}

func reorderCSV(c *call) error {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return c.csv("reorder", func(w *csv.Writer) {
		_ = w.Write([]string{"sku", "name", "advice", "order_qty", "on_hand", "owed", "on_order", "reorder_point", "safety_stock", "order_quantity", "demand_mean", "demand_sd",
			"days_left", "idle_days", "lead_time_days", "abc", "xyz", "cost_cents", "method", "formula", "base_stock", "runs_out"})
		for _, l := range c.chosenReorder(c.s.forecasts.waited().Items) {
			_ = w.Write([]string{harmless(string(l.SKU)), harmless(l.Name), l.Advice, n(l.OrderQty), n(l.OnHand), n(l.Owed), n(l.OnOrder), n(l.ReorderPoint), n(l.SafetyStock), n(l.OrderQuantity),
				fmt.Sprint(l.MeanDay), fmt.Sprint(l.SDDay), n(l.DaysLeft), n(l.IdleDays), n(l.LeadDays), l.ABC, l.XYZ, n(l.CostCents), l.Method, l.Formula, n(l.BaseStock), strconv.FormatBool(l.RunsOut)})
		}
	})
}

func putBuying(c *call) error {
	rule := floor.UsualBuying
	if err := c.decode(&rule); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetBuying{Rule: rule}, 200)
}

// demandView is what was asked for of an item, week by week, and what is expected.
type demandView struct {
	SKU   floor.SKU         `json:"sku"`
	From  string            `json:"from"` // the first day of the first week
	Weeks []float64         `json:"weeks"`
	Ahead forecast.Forecast `json:"ahead"` // of the next weeks
	Need  *reorderLine      `json:"need,omitempty"`
}

// DemandAhead is how many weeks an item's picture looks ahead.
const DemandAhead = 13

func itemDemand(c *call) error {
	sku := floor.SKU(c.Params("sku"))
	var it *floor.ToBuy
	now := c.s.now()
	c.view(func(st *floor.State) {
		if x := st.Items[sku]; x != nil {
			b := st.ToBuy(x, now, nil, nil)
			it = &b
		}
	})
	if it == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "unknown_item", Say: "no item " + clip(string(sku))})
	}
	v := demandView{SKU: sku, Weeks: forecast.Weekly(it.Daily)}
	v.From = time.Unix((it.Until-int64(len(v.Weeks)*7))*86400, 0).UTC().Format("2006-01-02")
	if len(v.Weeks) > 0 {
		v.Ahead = forecast.Next(v.Weeks, 52, DemandAhead, "auto")
	}
	for _, l := range c.s.forecasts.waited().Items {
		if l.SKU == sku {
			v.Need = &l
		}
	}
	return c.json(200, v)
}

package forecast

import (
	"math"
	"sort"
)

// Shelf is an item as the buyer sees it: what was asked for day by day (the last day is yesterday), and what there is.
type Shelf struct {
	Daily     []int32
	OnHand    int64 // units in the house that may be sold
	Owed      int64 // units promised that are not here
	OnOrder   int64 // units bought and not yet here
	LeadDays  int64
	CostCents int64
	Fixed     Fixed
}

// Fixed are the reorder point and quantity that somebody set by hand; 0 where they are reckoned.
type Fixed struct{ Point, Qty int64 }

// Policy is how a house buys.
type Policy struct {
	ServiceLevel   float64 // the chance that a cycle passes without running out
	ReviewDays     int64   // between two looks
	OrderCostCents int64   // of one order
	HoldingYear    float64 // of a unit's cost, to keep it for a year
	OverDays       int64   // so many days' stock and more is too much
	DeadDays       int64   // without demand so long is dead stock
}

// What a shelf needs.
const (
	OrderNow  = "order_now"
	OrderSoon = "order_soon" // before the next look
	Enough    = "enough"
	Overstock = "overstock"
	Dead      = "dead"
	Unasked   = "no_demand" // too new, or never asked for
)

// Need is what a shelf needs, and why.
type Need struct {
	Advice        string  `json:"advice"`
	OrderQty      int64   `json:"order_qty"`
	MeanDay       float64 `json:"demand_mean"`
	SDDay         float64 `json:"demand_sd"`
	ReorderPoint  int64   `json:"reorder_point"`
	SafetyStock   int64   `json:"safety_stock"`
	OrderQuantity int64   `json:"order_quantity"`
	BaseStock     int64   `json:"base_stock"` // order up to this
	RunsOut       bool    `json:"runs_out"`   // before what is ordered today comes, and nothing is on its way
	DaysLeft      int64   `json:"days_left"`  // until nothing is left at this pace; -1: nobody asks for it
	IdleDays      int64   `json:"idle_days"`  // since it was last asked for
	Method        string  `json:"method"`
	Formula       string  `json:"formula"`
}

// week is the bucket that demand is forecast in: days of one item are mostly nought, months too coarse to buy by.
const week = 7

// seasonWeeks is the season of a year, looked for where three of them are there.
const seasonWeeks = 52

// Weekly sums days into weeks that end with the last day; an incomplete first week is left out.
func Weekly(daily []int32) []float64 {
	weeks := make([]float64, len(daily)/week)
	for i, n := range daily[len(daily)-len(weeks)*week:] {
		weeks[i/week] += float64(n)
	}
	return weeks
}

// Need reckons what a shelf needs at a pace of AheadOf its days.
func (s Shelf) Need(p Policy, pace Pace) Need {
	n := Need{Advice: Unasked, DaysLeft: -1, IdleDays: idle(s.Daily), MeanDay: pace.Mean, SDDay: pace.SD, Method: pace.Method}
	st := Stock{Mean: n.MeanDay, SD: n.SDDay, LeadTime: float64(s.LeadDays), ReviewPeriod: float64(p.ReviewDays), ServiceLevel: p.ServiceLevel,
		OrderCost: float64(p.OrderCostCents), HoldingCost: float64(s.CostCents) * p.HoldingYear / 365}
	r := st.Order()
	n.ReorderPoint, n.SafetyStock, n.Formula = up(r.ReorderPoint), up(r.SafetyStock), r.Formula
	n.OrderQuantity, n.BaseStock = max(up(r.OrderQuantity), 1), up(r.BaseStock)
	if s.Fixed.Point > 0 {
		n.ReorderPoint, n.Formula = s.Fixed.Point, "set by hand"
	}
	if s.Fixed.Qty > 0 {
		n.OrderQuantity = s.Fixed.Qty
	}
	if s.Fixed.Point > 0 || s.Fixed.Qty > 0 {
		n.BaseStock = max(n.BaseStock, n.ReorderPoint+n.OrderQuantity)
	}
	if n.MeanDay > 0 {
		n.DaysLeft = max(int64(float64(s.OnHand-s.Owed)/n.MeanDay), 0)
		n.RunsOut = n.DaysLeft < s.LeadDays && s.OnOrder == 0
	}
	s.advise(&n, p)
	return n
}

// advise compares what there is and will be with what should be.
func (s Shelf) advise(n *Need, p Policy) {
	position := s.OnHand - s.Owed + s.OnOrder
	asked := n.MeanDay > 0 || s.Owed > 0 || s.Fixed.Point > 0
	switch {
	case n.IdleDays >= p.DeadDays && s.OnHand > 0 && s.Owed == 0 && s.Fixed.Point == 0:
		n.Advice = Dead
	case !asked:
	case position < n.ReorderPoint || position < 0:
		n.Advice = OrderNow
		short := n.ReorderPoint - position
		n.OrderQty = (short + n.OrderQuantity - 1) / n.OrderQuantity * n.OrderQuantity
	case float64(position-n.ReorderPoint) < n.MeanDay*float64(max(p.ReviewDays, 1)):
		n.Advice = OrderSoon
	case n.DaysLeft > p.OverDays:
		n.Advice = Overstock
	default:
		n.Advice = Enough
	}
}

// Pace is the mean and the standard deviation of a day's demand, and the method that says so.
type Pace struct {
	Mean, SD float64
	Method   string
}

// PaceOf forecasts the days ahead from days past; it is the part of a need that takes time.
func PaceOf(daily []int32, days int64) Pace {
	weeks, mean, sd := Weekly(daily), 0.0, 0.0
	if len(weeks) < 4 { // too young: all days alike
		total, square, n := 0.0, 0.0, float64(len(daily))
		for _, u := range daily {
			total, square = total+float64(u), square+float64(u)*float64(u)
		}
		if n == 0 {
			return Pace{Method: "none"}
		}
		return Pace{total / n, math.Sqrt(max(square/n-total*total/n/n, 0)), "mean"}
	}
	horizon := int(max(days+week-1, week) / week)
	f := Next(weeks, seasonWeeks, min(horizon, HorizonLimit), "auto")
	for h, v := range f.Forecast {
		mean += v
		off := (f.High[h] - v) / z80
		sd += off * off
	}
	n := float64(len(f.Forecast))
	return Pace{mean / n / week, math.Sqrt(sd / n / week), f.Method}
}

// idle counts the days since the last demand.
func idle(daily []int32) int64 {
	for i := len(daily) - 1; i >= 0; i-- {
		if daily[i] > 0 {
			return int64(len(daily) - 1 - i)
		}
	}
	return int64(len(daily))
}

func up(v float64) int64 { return int64(math.Ceil(v - 1e-9)) }

// ABC parts items by what their demand is worth: A are those that make the first 80 %, B the next 15, C the rest (Dickie
// 1951, by Pareto). Values are of a year, in the order of the answer.
func ABC(values []float64) []string {
	order, all := make([]int, len(values)), 0.0
	for i, v := range values {
		order[i] = i
		all += v
	}
	sort.SliceStable(order, func(i, j int) bool { return values[order[i]] > values[order[j]] })
	out, sum := make([]string, len(values)), 0.0
	for _, i := range order {
		switch {
		case sum < 0.8*all && values[i] > 0:
			out[i] = "A"
		case sum < 0.95*all && values[i] > 0:
			out[i] = "B"
		default:
			out[i] = "C"
		}
		sum += values[i]
	}
	return out
}

// XYZ says how steady a demand is: X varies by no more than half its mean from week to week, Y by no more than all of it,
// Z by more (the coefficient of variation, as Scholz-Reiter et al. 2012 part it).
func XYZ(daily []int32) string {
	weeks := Weekly(daily)
	if len(weeks) == 0 {
		return "Z"
	}
	middle, sum := mean(weeks), 0.0
	for _, v := range weeks {
		sum += (v - middle) * (v - middle)
	}
	switch cv := math.Sqrt(sum/float64(len(weeks))) / max(middle, 1e-9); {
	case cv <= 0.5:
		return "X"
	case cv <= 1:
		return "Y"
	}
	return "Z"
}

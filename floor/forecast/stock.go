package forecast

import "math"

// Stock is what a reorder is reckoned from. Times are in one unit, days here, and rates and costs per that same unit.
type Stock struct {
	Mean, SD     float64 // of the demand in one unit of time
	LeadTime     float64 // from ordering to the shelf
	LeadTimeSD   float64
	ReviewPeriod float64 // between two looks at the shelf; 0 for a shelf that is always looked at
	ServiceLevel float64 // the chance that a cycle passes without running out, 0.5 to below 1
	OrderCost    float64 // of an order, whatever its size
	HoldingCost  float64 // of a unit for one unit of time
}

// Reorder is when to order and how much. Formula names what was used.
type Reorder struct {
	ReorderPoint  float64 `json:"reorder_point"`
	SafetyStock   float64 `json:"safety_stock"`
	OrderQuantity float64 `json:"order_quantity"`
	BaseStock     float64 `json:"base_stock"` // order up to this
	Cost          float64 `json:"cost_per_period,omitempty"`
	Formula       string  `json:"formula"`
}

// Order reckons a reorder. Demand over the time at risk (the lead time, and the review period where there is one) is
// taken as normal: Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th ed., 6.7 for (s,Q),
// 6.9 for (R,S), 6.10 for a lead time that varies. The quantity is Harris' economic one (1913), where its costs are known,
// else what is asked for between two looks.
func (s Stock) Order() Reorder {
	risk := s.LeadTime + s.ReviewPeriod
	r := Reorder{Formula: "reorder point (s,Q): mean demand of the lead time + z x its standard deviation"}
	if s.ReviewPeriod > 0 {
		r.Formula = "order up to (R,S): mean demand of lead time and review period + z x its standard deviation"
	}
	r.SafetyStock = Quantile(s.ServiceLevel) * math.Sqrt(risk*s.SD*s.SD+s.Mean*s.Mean*s.LeadTimeSD*s.LeadTimeSD)
	r.ReorderPoint = s.Mean*risk + r.SafetyStock
	if s.OrderCost > 0 && s.HoldingCost > 0 {
		r.OrderQuantity, r.Cost = EOQ(s.OrderCost, s.HoldingCost, s.Mean)
		r.Formula += "; economic order quantity"
	} else {
		r.OrderQuantity = s.Mean * max(s.ReviewPeriod, 1)
		r.Formula += "; the demand between two looks"
	}
	r.BaseStock = r.ReorderPoint
	if s.ReviewPeriod == 0 {
		r.BaseStock += r.OrderQuantity
	}
	return r
}

// EOQ is Harris' economic order quantity, sqrt(2KD/h), and what ordering and holding then cost, sqrt(2KDh), per unit of time.
func EOQ(order, holding, demand float64) (quantity, cost float64) {
	return math.Sqrt(2 * order * demand / holding), math.Sqrt(2 * order * demand * holding)
}

// BaseStock is the level of a newsvendor whose demand is normal: mean + z(p/(p+h)) x sd, p what a missing unit costs and
// h a unit too many (Silver, Pyke and Thomas, 9.2).
func BaseStock(mean, sd, missing, tooMany float64) float64 {
	return mean + Quantile(missing/(missing+tooMany))*sd
}

// Quantile is how many standard deviations above the mean hold a part p of a normal distribution.
func Quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

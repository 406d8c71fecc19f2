package floor

// Buying is how a house decides when to buy what, and how much.
type Buying struct {
	ServicePermille int64 `cbor:"1,keyasint,omitempty" json:"service_permille"` // cycles of a thousand that pass without running out
	ReviewDays      int64 `cbor:"2,keyasint,omitempty" json:"review_days"`      // between two looks at the list
	OrderCostCents  int64 `cbor:"3,keyasint,omitempty" json:"order_cost_cents"` // what an order costs, whatever its size
	HoldingPercent  int64 `cbor:"4,keyasint,omitempty" json:"holding_percent"`  // of a unit's cost, to keep it for a year
	OverstockDays   int64 `cbor:"5,keyasint,omitempty" json:"overstock_days"`   // stock for longer is too much
	DeadDays        int64 `cbor:"6,keyasint,omitempty" json:"dead_days"`        // without demand for longer is dead stock
	LeadTimeDays    int64 `cbor:"7,keyasint,omitempty" json:"lead_time_days"`   // of items that name none
}

// UsualBuying is how a house buys that has said nothing.
var UsualBuying = Buying{ServicePermille: 950, ReviewDays: 7, HoldingPercent: 20, OverstockDays: 180, DeadDays: 180, LeadTimeDays: 7}

// Buying is the house's rule, or the usual one.
func (s *State) Buying() Buying {
	if s.Site.Buying.ServicePermille == 0 {
		return UsualBuying
	}
	return s.Site.Buying
}

// SetBuying sets it.
type SetBuying struct{ Rule Buying }

func (v SetBuying) do(t *turn) (any, *Error) {
	var f faults
	checkRange(&f, "/service_permille", v.Rule.ServicePermille, 500, 999)
	checkRange(&f, "/review_days", v.Rule.ReviewDays, 0, 365)
	checkRange(&f, "/order_cost_cents", v.Rule.OrderCostCents, 0, MoneyLimit)
	checkRange(&f, "/holding_percent", v.Rule.HoldingPercent, 0, 200)
	checkRange(&f, "/overstock_days", v.Rule.OverstockDays, 1, LeadTimeLimitDays)
	checkRange(&f, "/dead_days", v.Rule.DeadDays, 1, DemandDays)
	checkRange(&f, "/lead_time_days", v.Rule.LeadTimeDays, 0, LeadTimeLimitDays)
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(&BuyingSet{v.Rule})
	return v.Rule, nil
}

// BuyingSet says how the house buys.
type BuyingSet struct {
	Rule Buying `cbor:"1,keyasint"`
}

// KindBuyingSet numbers it.
const KindBuyingSet Kind = 191

var _ = kind(KindBuyingSet, "buying_set", "stock", func() Body { return new(BuyingSet) })

func (*BuyingSet) Kind() Kind { return KindBuyingSet }

func (b *BuyingSet) apply(s *State, _ *Event) {
	s.Site.Buying = b.Rule
	s.touch(TableSite, "site")
}

// ToBuy is an item as the buyer looks at it: what is there, what is owed, and the days it was asked for up to yesterday.
type ToBuy struct {
	SKU       SKU
	Name      string
	Category  string
	CostCents int64
	Reorder   Reorder
	OnHand    int64 // in bins, promised or not
	OnOrder   int64 // bought and not here
	Owed      int64 // ordered, not shipped and not promised from stock that is here
	Daily     []int32
	Until     int64 // the day after the last of Daily
}

// ToBuy copies an item for the buyer, with its last so many days.
func (s *State) ToBuy(it *Item, now Time, owed, coming map[SKU]int64) ToBuy {
	b := ToBuy{SKU: it.SKU, Name: it.Name, Category: it.Category, CostCents: it.CostCents, Reorder: it.Reorder, Owed: owed[it.SKU], OnOrder: coming[it.SKU], Until: now.day()}
	for _, row := range s.StockOf(it.SKU) {
		if row.Key.Place.Bin() != "" && !row.Doubt {
			b.OnHand += row.OnHand
		}
	}
	if d := s.Demand[it.SKU]; d != nil && d.First < b.Until {
		b.Daily = make([]int32, min(b.Until-d.First, DemandDays)) // days after the last demand are days without
		copy(b.Daily, d.Units)
	}
	return b
}

// Owed is what open orders still want of each item.
func (s *State) Owed() map[SKU]int64 {
	owed := map[SKU]int64{}
	for _, o := range s.Orders {
		if oneOf(o.Status, []string{OrderCancelled, OrderDispatched, OrderDelivered, OrderPacked}) {
			continue
		}
		for _, l := range o.Lines {
			owed[l.SKU] += max(l.Ordered-l.Picked-l.Short-l.Cancelled-l.Shipped, 0)
		}
	}
	return owed
}

package floor

import (
	"slices"
	"strconv"
	"strings"
)

// What returns come to, day by day: by item, reason, channel, packer and lot.

// tallyReturn counts a judged unit, or takes it off again.
func (s *State) tallyReturn(r *Return, u *ReturnUnit, packer WorkerID, e *Event, sign int64) {
	day, cents := e.At.day(), sign*(u.CostCents-u.WorthCents)
	count := func(by, what string) {
		if what != "" {
			s.figure("return_"+by+"/"+strings.ReplaceAll(what, "/", "\u2215"), day, sign, cents)
		}
	}
	count("item", string(u.SKU))
	count("reason", u.Reason)
	count("channel", r.Channel)
	count("packer", string(packer))
	if u.Lot != "" {
		count("lot", string(u.SKU)+" "+u.Lot)
	}
	count("disposition", u.Disposition)
	count("grade", u.Grade)
}

// ReturnCount is how many units came back of one thing, and what they cost on balance.
type ReturnCount struct {
	What      string `json:"what"`
	Units     int64  `json:"units"`
	CostCents int64  `json:"cost_cents"`         // handling, less what the goods are still worth
	Asked     int64  `json:"asked,omitempty"`    // by item: units that were ordered meanwhile
	Permille  int64  `json:"permille,omitempty"` // of them came back
}

// ReturnReport is the returns of the last so many days.
type ReturnReport struct {
	Days  int64                    `json:"days"`
	By    map[string][]ReturnCount `json:"by"`
	Often []OftenReturned          `json:"serial_returners"`
}

// OftenReturned is an order whose person sends much back, by what is at hand: flagged, not judged.
type OftenReturned struct {
	Order   OrderID    `json:"order"` // the latest
	Returns []ReturnID `json:"returns"`
}

// ReturnReportLimit is how many things of each kind a report names, those that came back most.
const ReturnReportLimit = 50

// ReturnReport works it out of the tallies that are kept.
func (s *State) ReturnReport(now Time, days int64) *ReturnReport {
	rep := &ReturnReport{Days: days, By: map[string][]ReturnCount{}, Often: s.oftenReturned()}
	sums := map[string]map[string]*ReturnCount{}
	for key, f := range s.Figures {
		name, ok := strings.CutPrefix(key, "return_")
		parts := strings.Split(name, "/")
		if !ok || len(parts) != 3 {
			continue
		}
		if day, err := strconv.ParseInt(parts[2], 10, 64); err != nil || day <= now.day()-days || day > now.day() {
			continue
		}
		if sums[parts[0]] == nil {
			sums[parts[0]] = map[string]*ReturnCount{}
		}
		c := sums[parts[0]][parts[1]]
		if c == nil {
			c = &ReturnCount{What: strings.ReplaceAll(parts[1], "\u2215", "/")}
			sums[parts[0]][parts[1]] = c
		}
		c.Units, c.CostCents = c.Units+f.N, c.CostCents+f.Sum
	}
	for _, by := range []string{"item", "reason", "channel", "packer", "lot", "disposition", "grade"} {
		rep.By[by] = s.mostReturned(by, sums[by], now, days)
	}
	rep.By["supplier"] = s.mostReturned("supplier", s.bySupplier(sums["item"]), now, days)
	return rep
}

// bySupplier adds up items by who delivered them last.
func (s *State) bySupplier(items map[string]*ReturnCount) map[string]*ReturnCount {
	last, out := map[SKU]*PurchaseOrder{}, map[string]*ReturnCount{}
	for _, p := range s.PurchaseOrders {
		for _, l := range p.Lines {
			if have := last[l.SKU]; l.Received > 0 && (have == nil || have.ID < p.ID) {
				last[l.SKU] = p
			}
		}
	}
	for sku, n := range items {
		p := last[SKU(sku)]
		if p == nil || p.Supplier == "" {
			continue
		}
		if out[p.Supplier] == nil {
			out[p.Supplier] = &ReturnCount{What: p.Supplier}
		}
		out[p.Supplier].Units += n.Units
		out[p.Supplier].CostCents += n.CostCents
	}
	return out
}

func (s *State) mostReturned(by string, of map[string]*ReturnCount, now Time, days int64) []ReturnCount {
	out := []ReturnCount{}
	for _, c := range of {
		if d := s.Demand[SKU(c.What)]; by == "item" && d != nil {
			for day := now.day() - days + 1; day <= now.day(); day++ {
				c.Asked += int64(d.on(day))
			}
			if c.Asked > 0 {
				c.Permille = c.Units * 1000 / c.Asked
			}
		}
		if c.Units > 0 {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b ReturnCount) int {
		if a.Units != b.Units {
			return int(b.Units - a.Units)
		}
		return stringOrder(a.What, b.What)
	})
	return out[:min(len(out), ReturnReportLimit)]
}

// OftenReturns is how many returns of one person are told.
const OftenReturns = 3

// oftenReturned finds persons with several returns at hand, by their e-mail address, which is not shown.
func (s *State) oftenReturned() []OftenReturned {
	by := map[string][]*Return{}
	for _, r := range s.Returns {
		if o := s.Orders[r.Order]; o != nil && o.ShipTo != nil && o.ShipTo.Person != nil && o.ShipTo.Person.Email != "" {
			mail := strings.ToLower(o.ShipTo.Person.Email)
			by[mail] = append(by[mail], r)
		}
	}
	out := []OftenReturned{}
	for _, list := range by {
		if len(list) < OftenReturns {
			continue
		}
		slices.SortFunc(list, func(a, b *Return) int { return stringOrder(string(a.ID), string(b.ID)) })
		o := OftenReturned{Order: list[len(list)-1].Order}
		for _, r := range list {
			o.Returns = append(o.Returns, r.ID)
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b OftenReturned) int { return stringOrder(string(a.Order), string(b.Order)) })
	return out[:min(len(out), ReturnReportLimit)]
}

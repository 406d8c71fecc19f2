package floor

import (
	"slices"
	"strconv"
	"strings"
)

// What returns come to, day by day: by item, supplier, channel, packer and lot, how often and why.

// tallyReturn counts a judged unit, or takes it off again.
func (s *State) tallyReturn(r *Return, u *ReturnUnit, from tallied, e *Event, sign int64) {
	day, cents := e.At.day(), sign*(u.CostCents-u.WorthCents)
	lot := ""
	if u.Lot != "" {
		lot = string(u.SKU) + " " + u.Lot
	}
	for _, x := range []struct{ by, what string }{{"item", string(u.SKU)}, {"supplier", from.supplier}, {"channel", r.Channel}, {"packer", string(from.packer)}, {"lot", lot}} {
		if x.what == "" {
			continue
		}
		s.figure("return_"+x.by+"/"+slashless(x.what), day, sign, cents)
		if from.reasons && u.Reason != "" {
			s.figure("return_why/"+slashless(x.by+"\x1f"+x.what+"\x1f"+u.Reason), day, sign, cents)
		}
	}
	for _, x := range []struct{ by, what string }{{"reason", u.Reason}, {"disposition", u.Disposition}, {"grade", u.Grade}} {
		if x.what != "" {
			s.figure("return_"+x.by+"/"+slashless(x.what), day, sign, cents)
		}
	}
}

// tallied is whose unit came back.
type tallied struct {
	packer   WorkerID
	supplier string
	reasons  bool // its reason counts for each of them too
}

// slashless is a name within a key whose parts slashes keep apart.
func slashless(s string) string { return strings.ReplaceAll(s, "/", "\u2215") }

// SentCount is so many units that left: of a supplier, for a channel, by a packer, or of a lot. It is what units that came
// back are held against.
type SentCount struct {
	By   string `cbor:"1,keyasint"`
	What string `cbor:"2,keyasint"`
	N    int64  `cbor:"3,keyasint"`
}

// sentCounts are what parcels tell of what leaves in them.
func (s *State) sentCounts(parcels []ParcelID) (out []SentCount) {
	sums := map[SentCount]int64{}
	for _, id := range parcels {
		p := s.Parcels[id]
		o := s.Orders[p.Order]
		if o.Back != "" { // nobody bought it
			continue
		}
		for _, u := range p.Units {
			k := u.Key
			defaultText(&k.Lot, u.Lot)
			sums[SentCount{By: "channel", What: o.Channel}] += u.Qty
			sums[SentCount{By: "packer", What: string(s.packerOf(o.ID))}] += u.Qty
			sums[SentCount{By: "supplier", What: s.supplierOf(k)}] += u.Qty
			if k.Lot != "" {
				sums[SentCount{By: "lot", What: string(k.SKU) + " " + k.Lot}] += u.Qty
			}
		}
	}
	for x, n := range sums {
		if x.N = n; x.What != "" {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b SentCount) int { return stringOrder(a.By+"/"+a.What, b.By+"/"+b.What) })
	return out
}

// sentDays is over how many days what was sent is added up: of lots there are many, so they are counted by the month.
func sentDays(by string, day int64) int64 {
	if by == "lot" {
		return day - day%30
	}
	return day
}

// tallySent counts what left, or takes it off again. Called from Apply.
func (s *State) tallySent(list []SentCount, day, sign int64) {
	for _, x := range list {
		s.figure("sent_"+x.By+"/"+slashless(x.What), sentDays(x.By, day), sign*x.N, 0)
	}
}

// ReturnCount is how many units came back of one thing, and what they cost on balance.
type ReturnCount struct {
	What      string `json:"what"`
	Units     int64  `json:"units"`
	CostCents int64  `json:"cost_cents"`         // handling, less what the goods are still worth
	Asked     int64  `json:"asked,omitempty"`    // units that were ordered (of an item) or sent (of the others) meanwhile
	Permille  int64  `json:"permille,omitempty"` // of them came back
}

// ReturnReport is the returns of the last so many days.
type ReturnReport struct {
	Days  int64                    `json:"days"`
	By    map[string][]ReturnCount `json:"by"`
	Often []OftenReturned          `json:"serial_returners"`
	Odd   []OddReturn              `json:"mismatches"`

	Reasons map[string]map[string][]ReasonCount `json:"reasons"` // why, by what is returned: reasons.supplier.Mill
}

// ReasonCount is how many units came back for one reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	Units  int64  `json:"units"`
}

// ReturnReportLimit is how many things of each kind a report names, those that came back most.
const ReturnReportLimit = 50

// ReturnReport works it out of the tallies that are kept.
func (s *State) ReturnReport(now Time, days int64) *ReturnReport {
	rep := &ReturnReport{Days: days, By: map[string][]ReturnCount{}, Reasons: map[string]map[string][]ReasonCount{}}
	rep.Often, rep.Odd = s.oftenReturned(now.plus(-days * DayMS))
	back, sent := map[string]map[string]*ReturnCount{}, map[string]map[string]*ReturnCount{}
	for key, f := range s.Figures {
		parts := strings.Split(key, "/")
		if len(parts) != 3 {
			continue
		}
		day, err := strconv.ParseInt(parts[2], 10, 64)
		if by, ok := strings.CutPrefix(parts[0], "return_"); ok && err == nil && day > now.day()-days && day <= now.day() {
			addTo(back, by, parts[1], f)
		}
		if by, ok := strings.CutPrefix(parts[0], "sent_"); ok && err == nil && day > sentDays(by, now.day()-days+1)-1 && day <= now.day() {
			addTo(sent, by, parts[1], f)
		}
	}
	for _, by := range []string{"item", "supplier", "reason", "channel", "packer", "lot", "disposition", "grade"} {
		rep.By[by] = s.mostReturned(by, back[by], sent[by], now, days)
	}
	rep.why(back["why"])
	return rep
}

func addTo(sums map[string]map[string]*ReturnCount, by, what string, f *Figure) {
	if sums[by] == nil {
		sums[by] = map[string]*ReturnCount{}
	}
	what = strings.ReplaceAll(what, "\u2215", "/")
	c := sums[by][what]
	if c == nil {
		c = &ReturnCount{What: what}
		sums[by][what] = c
	}
	c.Units, c.CostCents = c.Units+f.N, c.CostCents+f.Sum
}

// why sorts the reasons of each item, supplier, channel, packer and lot that the report names, the commonest first.
func (rep *ReturnReport) why(of map[string]*ReturnCount) {
	for _, c := range of {
		parts := strings.Split(c.What, "\x1f")
		if len(parts) != 3 || c.Units <= 0 || !slices.ContainsFunc(rep.By[parts[0]], func(n ReturnCount) bool { return n.What == parts[1] }) {
			continue
		}
		if rep.Reasons[parts[0]] == nil {
			rep.Reasons[parts[0]] = map[string][]ReasonCount{}
		}
		rep.Reasons[parts[0]][parts[1]] = append(rep.Reasons[parts[0]][parts[1]], ReasonCount{parts[2], c.Units})
	}
	for _, by := range rep.Reasons {
		for _, list := range by {
			slices.SortFunc(list, func(a, b ReasonCount) int {
				if a.Units != b.Units {
					return int(b.Units - a.Units)
				}
				return stringOrder(a.Reason, b.Reason)
			})
		}
	}
}

func (s *State) mostReturned(by string, of, sent map[string]*ReturnCount, now Time, days int64) []ReturnCount {
	out := []ReturnCount{}
	for _, c := range of {
		if d := s.Demand[SKU(c.What)]; by == "item" && d != nil {
			for day := now.day() - days + 1; day <= now.day(); day++ {
				c.Asked += int64(d.on(day))
			}
		}
		if left := sent[c.What]; left != nil {
			c.Asked = left.Units
		}
		if c.Asked > 0 {
			c.Permille = c.Units * 1000 / c.Asked
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

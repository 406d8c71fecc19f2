package witness

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// A simulated day at three benches: what the witness finds of the mistakes that were seeded, and how often it stops a
// parcel that was right, beside the rule that stood before it (50 g and 10 %).

type good struct {
	id         string
	trueMG     float64
	spread     float64 // of a unit, as a share
	catalogueG int64   // 0: nobody wrote it down
	seen       []Sample
	wrong      bool // the catalogue is, by 12 in a hundred
}

type box struct {
	id      string
	tareG   int64
	humid   float64 // today's share of water more or less
	fillG   float64 // the paper that goes in, on average
	seen    []Sample
	trueMG  float64
	biggest int
}

type house struct {
	r     *rand.Rand
	goods []*good
	boxes []*box
	steps []int64 // of each bench's scale
}

func newHouse(seed uint64) *house {
	h := &house{r: rand.New(rand.NewPCG(seed, 5)), steps: []int64{1_000, 5_000, 10_000}}
	for i := range 240 {
		g := &good{id: fmt.Sprintf("I%03d", i), spread: 0.004 + 0.02*h.r.Float64()}
		g.trueMG = 8_000 * pow(250, h.r.Float64()) // 8 g to 2 kg
		wrong := 0.012 * h.r.NormFloat64()
		switch {
		case i%25 == 0:
			g.catalogueG = 0
		case i%25 == 1:
			wrong, g.wrong = 0.12, true
			fallthrough
		default:
			g.catalogueG = max(1, int64(g.trueMG*(1+wrong)/1000+0.5))
		}
		if i%12 == 3 { // its neighbour on the shelf weighs the same: another colour
			g.trueMG, g.catalogueG = h.goods[i-1].trueMG, h.goods[i-1].catalogueG
		}
		h.goods = append(h.goods, g)
	}
	for i, tare := range []int64{35, 90, 180, 320, 540} {
		h.boxes = append(h.boxes, &box{id: fmt.Sprintf("C%d", i), tareG: tare, humid: 0.03 * h.r.NormFloat64(), fillG: float64(5 + 9*i)})
	}
	return h
}

func pow(base, x float64) float64 { // base to the power of x, without the mathematics package's surprises
	out, term := 1.0, 1.0
	ln := 0.0
	for b := base; b > 1; b /= 1.0001 {
		ln += 0.000099995
	}
	for i := 1; i < 40; i++ {
		term *= ln * x / float64(i)
		out += term
	}
	return out
}

type packed struct {
	goods []*good
	qty   []int64
	box   *box
	mg    int64
}

// pack fills a parcel rightly, and gives what it weighs on a bench after a mishap.
func (h *house) pack() *packed {
	p := &packed{}
	lines := 1 + h.r.IntN(2)*h.r.IntN(4)
	units := int64(0)
	for range lines {
		g := h.goods[int(float64(len(h.goods))*h.r.Float64()*h.r.Float64())]
		if containsGood(p.goods, g) {
			continue
		}
		q := int64(1)
		if h.r.IntN(3) == 0 {
			q += int64(h.r.IntN(8))
		}
		p.goods, p.qty = append(p.goods, g), append(p.qty, q)
		units += q
	}
	p.box = h.boxes[min(len(h.boxes)-1, int(units/3)+h.r.IntN(2))]
	return p
}

func containsGood(all []*good, g *good) bool {
	for _, x := range all {
		if x == g {
			return true
		}
	}
	return false
}

func (h *house) unit(g *good) float64 { return g.trueMG * (1 + g.spread*h.r.NormFloat64()) }

func (h *house) boxed(b *box) float64 {
	tare := float64(b.tareG) * 1000 * (1 + b.humid + 0.015*h.r.NormFloat64())
	return tare + b.fillG*1000*(0.5+h.r.Float64())
}

// mishaps are what a hand does wrong.
var mishaps = []string{"one too few", "one too many", "another item", "an item of the same weight", "another carton"}

// weigh is the reading of the scale; what truly lies on it depends on the mishap. It gives the cause that would be right.
func (h *house) weigh(p *packed, mishap string) (Cause, bool) {
	var sum float64
	b := p.box
	k := h.r.IntN(len(p.goods))
	g := p.goods[k]
	var right Cause
	for i, x := range p.goods {
		for range p.qty[i] {
			sum += h.unit(x)
		}
	}
	switch mishap {
	case "one too few":
		if len(p.goods) == 1 && p.qty[0] == 1 {
			return right, false // an empty parcel is seen
		}
		sum -= h.unit(g)
		right = Cause{What: TooFew, ID: g.id, Count: 1}
	case "one too many":
		sum += h.unit(g)
		right = Cause{What: TooMany, ID: g.id, Count: 1}
	case "another item":
		other := h.near(g)[0]
		if other.trueMG == g.trueMG {
			other = h.near(g)[1]
		}
		if other.trueMG == g.trueMG || containsGood(p.goods, other) {
			return right, false
		}
		sum += h.unit(other) - h.unit(g)
		right = Cause{What: InPlace, ID: g.id, Other: other.id, Count: 1}
	case "an item of the same weight":
		sum += h.unit(g) - h.unit(g)
		right = Cause{What: InPlace, ID: g.id, Count: 1}
	case "another carton":
		b = h.boxes[h.r.IntN(len(h.boxes))]
		if b == p.box {
			return right, false
		}
		right = Cause{What: Carton, ID: p.box.id, Other: b.id, Count: 1}
	}
	sum += h.boxed(b) + 2_000*(2*h.r.Float64()-1)
	step := h.steps[h.r.IntN(len(h.steps))]
	p.mg = (int64(sum) + step/2) / step * step
	return right, true
}

// near are the goods beside one on its shelf.
func (h *house) near(g *good) []*good {
	for i, x := range h.goods {
		if x == g {
			return []*good{h.goods[(i+1)%len(h.goods)], h.goods[(i+len(h.goods)-1)%len(h.goods)]}
		}
	}
	return nil
}

func (g *good) part(qty int64) Part {
	p, ok := Learned(g.seen)
	if !ok {
		p = FromCatalogue(g.catalogueG)
	}
	p.ID, p.Qty = g.id, qty
	return p
}

func (b *box) part() Part {
	p, ok := Learned(b.seen)
	if !ok {
		p = Tare(b.tareG)
	}
	p.ID, p.Qty = b.id, 1
	return p
}

func (p *packed) parts() []Part {
	parts := []Part{p.box.part()}
	for i, g := range p.goods {
		parts = append(parts, g.part(p.qty[i]))
	}
	return parts
}

func (h *house) causes(p *packed) []Cause {
	e := Else{Near: map[string][]Part{}}
	for _, b := range h.boxes {
		if b != p.box {
			e.Cartons = append(e.Cartons, b.part())
		}
	}
	for _, g := range p.goods {
		for _, x := range h.near(g) {
			e.Near[g.id] = append(e.Near[g.id], x.part(1))
		}
	}
	return Causes(p.parts(), 0, e, p.mg)
}

// teach has a parcel that passed tell what its parts weigh.
func (p *packed) teach() {
	parts := p.parts()
	if s, ok := Teach(parts, 0, p.mg); ok || s.MG > 0 && TeachesTare(s, parts[0].MG) {
		defer func() { p.box.seen = Add(p.box.seen, s) }()
	}
	for i, g := range p.goods {
		if s, ok := Teach(parts, i+1, p.mg); ok {
			defer func() { g.seen = Add(g.seen, s) }()
		}
	}
}

// old is the rule that stood before: 50 g and 10 %.
func (p *packed) old() bool {
	expected := p.box.tareG
	for i, g := range p.goods {
		if g.catalogueG == 0 {
			return false
		}
		expected += g.catalogueG * p.qty[i]
	}
	off := abs(p.mg/1000 - expected)
	return off > 50 && off*100 > expected*10
}

// miswritten is true where the catalogue is to blame.
func (p *packed) miswritten() bool {
	for _, g := range p.goods {
		if g.wrong {
			return true
		}
	}
	return false
}

// correct is what the desk does overnight about goods whose parcels a lead had to let pass.
func (h *house) correct() {
	for _, g := range h.goods {
		if g.wrong {
			g.wrong, g.catalogueG, g.seen = false, int64(g.trueMG/1000+0.5), nil
		}
	}
}

// tally is what came of the parcels of one kind.
type tally struct{ n, found, old, said, first, right, catalogue int }

func (a tally) String() string {
	pct := func(part, of int) string {
		if of == 0 {
			return "    -"
		}
		return fmt.Sprintf("%4.0f%%", 100*float64(part)/float64(of))
	}
	return fmt.Sprintf("%5d   %s   %s   %s   %s   %s", a.n, pct(a.found, a.n), pct(a.old, a.n), pct(a.said, a.found), pct(a.first, a.said), pct(a.right, a.said))
}

// day packs parcels, one in twelve of them wrongly, and counts.
func (h *house) day(parcels int) map[string]*tally {
	out := map[string]*tally{"": {}}
	for _, m := range mishaps {
		out[m] = &tally{}
	}
	for i := range parcels {
		mishap := ""
		if i%12 == 0 {
			mishap = mishaps[i/12%len(mishaps)]
		}
		p := h.pack()
		right, ok := h.weigh(p, mishap)
		if !ok {
			continue
		}
		t := out[mishap]
		t.n++
		if p.old() {
			t.old++
		}
		if !Judge(p.parts()).Off(p.mg) {
			p.teach()
			continue
		}
		t.found++
		if p.miswritten() {
			t.catalogue++
		}
		t.name(h.causes(p), right)
	}
	return out
}

func (a *tally) name(causes []Cause, right Cause) {
	if len(causes) == 0 {
		return
	}
	a.said++
	for i, c := range causes {
		if c.same(right) {
			a.right++
			if i == 0 {
				a.first++
			}
		}
	}
}

func report(days ...map[string]*tally) string {
	var b strings.Builder
	for i, d := range days {
		clean := d[""]
		fmt.Fprintf(&b, "day %d: %d right parcels: stopped wrongly %.1f of 1000, %.1f of them for a wrong weight in the catalogue (50 g / 10 %%: %.1f)\n", i+1, clean.n,
			1000*float64(clean.found)/float64(clean.n), 1000*float64(clean.catalogue)/float64(clean.n), 1000*float64(clean.old)/float64(clean.n))
		fmt.Fprintf(&b, "%-28s %5s   %5s   %5s   %5s   %5s   %5s\n", "wrong by", "n", "found", "old", "named", "first", "among")
		for _, m := range mishaps {
			fmt.Fprintf(&b, "%-28s %s\n", m, d[m])
		}
	}
	return b.String()
}

// TestBenchWeight prints what the witness finds, for `make bench`.
func TestBenchWeight(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("FLOORLINE_BENCH=1 prints it")
	}
	h := newHouse(1)
	first, second := h.day(6000), h.day(6000)
	h.correct()
	t.Logf("catalogue weights on the first day, learned ones on the second; in the night after it the desk corrects what it was told of; scales of 1, 5 and 10 g\n%s",
		report(first, second, h.day(6000)))
}

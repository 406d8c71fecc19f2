package route

import (
	"container/heap"
	"fmt"
	"strings"
)

// Graph is a floor that is no grid: ways between named places, some of them one-way or blocked, with lifts and stairs
// between levels as ways like any other. A walk begins at one of Depots and ends at one of Ends, which are the depots
// where none are named; which, is part of the plan.
type Graph struct {
	Ways   []Way    `json:"ways"`
	Depots []string `json:"depots"`
	Ends   []string `json:"ends"`
}

// Way leads between two places, in both directions unless it is one-way.
type Way struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	Length  float64 `json:"length"`
	OneWay  bool    `json:"one_way"`
	Blocked bool    `json:"blocked"`
}

// WayLimit is how many ways a graph has at most.
const WayLimit = 200_000

// graphStopLimit is how many places of a graph are visited at most: the ways from each of them are searched.
const graphStopLimit = 500

// Check names everything that is wrong with a graph and the stops in it, or gives nil.
func (g Graph) Check(stops []Stop) Faults {
	var f Faults
	if len(g.Ways) == 0 || len(g.Ways) > WayLimit {
		f.add("/graph/ways", "from 1 to %d ways", WayLimit)
		return f
	}
	known := map[string]bool{}
	for i, w := range g.Ways {
		at := fmt.Sprintf("/graph/ways/%d", i)
		if w.From == "" || w.To == "" {
			f.add(at, "a way leads from a named place to a named place")
		}
		length(&f, at+"/length", w.Length)
		known[w.From], known[w.To] = true, true
	}
	if len(g.Depots) == 0 {
		f.add("/graph/depots", "a walk needs a depot to begin at")
	}
	place := func(pointer, name string) {
		if !known[name] {
			f.add(pointer, "no way leads to %q", name)
		}
	}
	for i, d := range g.Depots {
		place(fmt.Sprintf("/graph/depots/%d", i), d)
	}
	for i, d := range g.Ends {
		place(fmt.Sprintf("/graph/ends/%d", i), d)
	}
	if len(stops) > graphStopLimit {
		f.add("/stops", "at most %d stops", graphStopLimit)
	}
	seen := map[string]bool{}
	for i, s := range stops {
		at := fmt.Sprintf("/stops/%d", i)
		if s.ID == "" || seen[s.ID] {
			f.add(at+"/id", "a stop needs an id of its own, not %q", s.ID)
		}
		seen[s.ID] = true
		place(at+"/node", s.Node)
	}
	return f
}

// Solve gives the shortest walk through all stops: exact up to 12 places, else improved with a lower bound. It refuses
// stops that no open way leads to and back from, and names them. Graph and stops must have passed Check.
func (g Graph) Solve(stops []Stop) (Tour, error) {
	t := Tour{Order: []string{}, Method: Exact}
	if len(stops) == 0 {
		return t, nil
	}
	places, at := []string{}, map[string]int{}
	for _, s := range stops {
		if _, ok := at[s.Node]; !ok {
			at[s.Node] = len(places)
			places = append(places, s.Node)
		}
	}
	m, err := g.matrix(places, stops)
	if err != nil {
		return t, err
	}
	var order []int
	if exact := len(places) <= heldKarpLimit; exact {
		order = m.heldKarp()
	} else {
		order, t.Method = m.tour(tourWork), Heuristic
	}
	t.Distance = m.walk(order)
	if t.Distance >= noWay {
		return t, Faults{{"/stops", "no walk leads through all stops: the one-way and blocked ways forbid every order"}}
	}
	for _, p := range order {
		for _, s := range stops {
			if s.Node == places[p] {
				t.Order = append(t.Order, s.ID)
			}
		}
	}
	t.LowerBound = t.Distance
	if t.Method == Heuristic {
		t.LowerBound = min(t.Distance, m.bound(t.Distance))
	}
	return t, nil
}

// noWay stands for the length of a way that is not there: longer than any walk, and still fit to add up.
const noWay = 1e13

// walk is the length of an order of places, from the depot and back.
func (m *matrix) walk(order []int) float64 {
	at, sum := 0, 0.0
	for _, p := range order {
		sum, at = sum+m.at(at, p+1), p+1
	}
	return Tidy(sum + m.at(at, 0))
}

// net is a graph by numbers.
type net struct {
	number map[string]int
	out    [][]arc
}

type arc struct {
	to     int
	length float64
}

func (g Graph) net(turned bool) *net {
	n := &net{number: map[string]int{}}
	node := func(name string) int {
		k, ok := n.number[name]
		if !ok {
			k = len(n.out)
			n.number[name] = k
			n.out = append(n.out, nil)
		}
		return k
	}
	for _, w := range g.Ways {
		a, b := node(w.From), node(w.To)
		if turned {
			a, b = b, a
		}
		if w.Blocked {
			continue
		}
		n.out[a] = append(n.out[a], arc{b, w.Length})
		if !w.OneWay {
			n.out[b] = append(n.out[b], arc{a, w.Length})
		}
	}
	return n
}

// matrix gives the shortest ways: from the nearest depot to every place, between places, and on to the nearest end.
func (g Graph) matrix(places []string, stops []Stop) (*matrix, error) {
	ahead, back := g.net(false), g.net(true)
	ends := g.Ends
	if len(ends) == 0 {
		ends = g.Depots
	}
	m := &matrix{n: len(places) + 1}
	m.d = make([]float64, m.n*m.n)
	begin, end := ahead.from(g.Depots...), back.from(ends...)
	lost := map[string]bool{}
	for i, p := range places {
		k := ahead.number[p]
		m.d[i+1], m.d[(i+1)*m.n] = begin[k], end[k]
		lost[p] = begin[k] >= noWay || end[k] >= noWay
		ways := ahead.from(p)
		for j, q := range places {
			m.d[(i+1)*m.n+j+1] = ways[ahead.number[q]]
		}
	}
	var f Faults
	for i, s := range stops {
		if lost[s.Node] {
			f.add(fmt.Sprintf("/stops/%d", i), "no open way leads to %s and back", strings.TrimSpace(s.ID+" at "+s.Node))
		}
	}
	if len(f) > 0 {
		return nil, f
	}
	return m, nil
}

// from gives the shortest way from the nearest of some places to every place (Dijkstra 1959).
func (n *net) from(names ...string) []float64 {
	far := make([]float64, len(n.out))
	for i := range far {
		far[i] = noWay
	}
	q := &queue{}
	for _, name := range names {
		k := n.number[name]
		far[k] = 0
		heap.Push(q, arc{k, 0})
	}
	for q.Len() > 0 {
		at := heap.Pop(q).(arc)
		if at.length > far[at.to] {
			continue
		}
		for _, a := range n.out[at.to] {
			if d := at.length + a.length; d < far[a.to] {
				far[a.to] = d
				heap.Push(q, arc{a.to, d})
			}
		}
	}
	return far
}

// queue gives the nearest place first.
type queue []arc

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].length < q[j].length }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(arc)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

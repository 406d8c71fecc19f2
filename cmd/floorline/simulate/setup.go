package simulate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
)

// setup makes what a simulated day needs on the server, under a prefix that nobody else uses.
type setup struct {
	o      Options
	api    *api
	prefix string
	r      *rand.Rand
	room   *stockroom
	url    string
	book   *book
	board  *board
}

// abreast is how many requests are under way at once while things are made.
const abreast = 8

// each runs jobs abreast and gives their errors.
func each(ctx context.Context, jobs []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	todo, failed := make(chan func(context.Context) error), make(chan error, len(jobs))
	var done sync.WaitGroup
	for range abreast {
		done.Go(func() {
			for job := range todo {
				if err := job(ctx); err != nil {
					failed <- err
					cancel()
				}
			}
		})
	}
	for _, job := range jobs {
		if ctx.Err() != nil {
			break
		}
		todo <- job
	}
	close(todo)
	done.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return ctx.Err()
	}
}

// findPrefix gives the first prefix of the seed that this server has not seen.
func (s *setup) findPrefix(ctx context.Context) error {
	for run := 1; ; run++ {
		s.prefix = fmt.Sprintf("S%d", s.o.Seed)
		if run > 1 {
			s.prefix = fmt.Sprintf("S%dR%d", s.o.Seed, run)
		}
		_, err := s.api.do(ctx, call{method: "GET", path: "/api/v1/items/" + s.prefix + "-0001"})
		var p *problem
		if errors.As(err, &p) && p.Status == 404 {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (s *setup) put(path string, body any) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := s.api.do(ctx, call{method: "PUT", path: "/api/v1" + path, body: body})
		return err
	}
}

// warehouse makes carriers, items, bins, cartons, totes and stock.
func (s *setup) warehouse(ctx context.Context) error {
	if err := s.findPrefix(ctx); err != nil {
		return err
	}
	s.invent()
	var jobs []func(context.Context) error
	for i := range s.room.carriers {
		jobs = append(jobs, s.put("/services/"+s.service(i), map[string]any{"carrier": s.room.carriers[i], "name": "Simulated service"}))
	}
	for i, a := range s.room.articles {
		jobs = append(jobs, s.put("/items/"+a.sku, s.itemBody(i, a)))
	}
	bins := make([]string, len(s.room.articles)+2)
	for i := range bins {
		jobs = append(jobs, s.bin(i, &bins[i]))
	}
	s.room.cartons = make([]string, 2)
	for i := range s.room.cartons {
		jobs = append(jobs, s.carton(i, &s.room.cartons[i]))
	}
	jobs = append(jobs, s.goodsBins()...)
	jobs = append(jobs, func(ctx context.Context) error { return s.totes(ctx, s.toteCount()) }, s.wall)
	if err := each(ctx, jobs); err != nil {
		return err
	}
	s.room.bins, s.room.stages = bins[2:], bins[:2]
	s.room.index()
	return each(ctx, append(s.fill(), s.highUp()...))
}

// invent decides which items there are: mostly plain ones, some with a pack, a lot or a serial.
func (s *setup) invent() {
	for i := range min(200, max(12, s.o.Orders/2)) {
		a := article{sku: fmt.Sprintf("%s-%04d", s.prefix, i+1), tracking: "none", weightG: 20 + s.r.Int64N(900)}
		a.code = a.sku + "-U"
		switch {
		case i%25 == 7:
			a.tracking = "serial"
		case i%10 == 3:
			a.tracking = "lot"
		case i%3 == 0:
			a.pack = a.sku + "-X6"
		}
		s.room.articles = append(s.room.articles, a)
	}
	for i := range s.docks() {
		s.room.carriers = append(s.room.carriers, fmt.Sprintf("%s-carrier-%d", s.prefix, i+1))
	}
}

func (s *setup) service(i int) string { return fmt.Sprintf("%s-service-%d", s.prefix, i+1) }

// docks is how many doors there are: one carrier each.
func (s *setup) docks() int { return max(1, s.o.Workers/12) }

func (s *setup) toteCount() int { return min(1000, 30+6*s.o.Workers) }

func (s *setup) itemBody(i int, a article) any {
	codes := []map[string]any{{"code": a.code, "qty": 1}}
	if a.pack != "" {
		codes = append(codes, map[string]any{"code": a.pack, "qty": PackQty})
	}
	body := map[string]any{"name": fmt.Sprintf("Simulated thing %d", i+1), "barcodes": codes, "weight_g": a.weightG,
		"size_mm": []int{120, 80, 40}, "tracking": a.tracking, "expiry": a.tracking == "lot", "price_cents": 499, "category": "simulated"}
	for _, f := range s.room.faces() {
		if f.sku == a.sku { // more than is there: some of it is brought from reserve, and some as it is picked
			body["face"] = map[string]int64{"min_qty": 2*s.opening() + 20, "max_qty": 2*s.opening() + 40}
		}
	}
	return body
}

// bin makes the i-th bin; the first two are stages.
func (s *setup) bin(i int, label *string) func(context.Context) error {
	body := map[string]any{"kind": "pick", "aisle": i % 10, "cell": i / 10, "zone": fmt.Sprintf("%s-%d", s.prefix, i%10/5)}
	if i < 2 {
		body = map[string]any{"kind": "stage"}
	}
	return func(ctx context.Context) error {
		var made struct{ Label string }
		_, err := s.api.do(ctx, call{method: "PUT", path: "/api/v1/bins/" + s.binCode(i), body: body, into: &made})
		*label = made.Label
		return err
	}
}

func (s *setup) binCode(i int) string { return fmt.Sprintf("%s-B%03d", s.prefix, i) }

func (s *setup) carton(i int, label *string) func(context.Context) error {
	body := map[string]any{"name": fmt.Sprintf("Simulated box %d", i+1), "tare_g": 80 + 40*i, "inner_mm": []int{400, 300, 200}, "outer_mm": []int{410, 310, 210}}
	return func(ctx context.Context) error {
		var made struct{ Label string }
		_, err := s.api.do(ctx, call{method: "PUT", path: fmt.Sprintf("/api/v1/cartons/%s-%d", s.prefix, i+1), body: body, into: &made})
		*label = made.Label
		return err
	}
}

func (s *setup) totes(ctx context.Context, count int) error {
	_, err := s.api.do(ctx, call{method: "POST", path: "/api/v1/totes", body: map[string]int{"count": count}, key: s.prefix + "-totes"})
	return err
}

// wall is where batches are sorted; when its slots are taken, orders go into totes.
func (s *setup) wall(ctx context.Context) error {
	_, err := s.api.do(ctx, call{method: "PUT", path: "/api/v1/walls/" + s.prefix + "W", body: map[string]int{"slots": 12}})
	return err
}

// opening is how much of an item lies in each of its two bins.
func (s *setup) opening() int64 { return int64(40 + 8*s.o.Orders*s.o.Lines/len(s.room.articles)) }

// fill brings every item into two bins, with several times the stock that the orders are likely to want.
func (s *setup) fill() []func(context.Context) error {
	each := s.opening()
	var jobs []func(context.Context) error
	for i, a := range s.room.articles {
		for half := range 2 {
			bin := s.binCode(2 + (i+half*7)%len(s.room.articles))
			body := map[string]any{"bin": bin, "sku": a.sku, "qty": each, "reason": "simulated opening"}
			switch a.tracking {
			case "lot":
				body["lot"], body["expiry"] = fmt.Sprintf("L%d", half+1), fmt.Sprintf("203%d-06-30", 5+half)
			case "serial":
				var serials []string
				for n := range each {
					serials = append(serials, fmt.Sprintf("%s-N%d-%04d", a.sku, half+1, n+1))
				}
				body["serials"] = serials
			}
			key := fmt.Sprintf("%s-stock-%d", a.sku, half)
			jobs = append(jobs, func(ctx context.Context) error {
				_, err := s.api.do(ctx, call{method: "POST", path: "/api/v1/stock/adjustments", body: body, key: key})
				return err
			})
		}
	}
	return jobs
}

// hire makes the workers, their badges and their devices.
func (s *setup) hire(ctx context.Context) ([]*worker, error) {
	people := make([]*worker, s.o.Workers)
	p := &pace{rate: s.o.Rate}
	var jobs []func(context.Context) error
	for i := range people {
		r := rand.New(rand.NewPCG(s.o.Seed, uint64(i)+1))
		w := &worker{name: fmt.Sprintf("%s worker %d", s.prefix, i+1), lead: i%4 == 0, r: r, book: s.book, board: s.board,
			pace: cadence{pace: p, r: r}, faults: s.o.Faults}
		people[i] = w
		jobs = append(jobs, func(ctx context.Context) error { return s.employ(ctx, i, w) })
	}
	if err := each(ctx, jobs); err != nil {
		return nil, err
	}
	for _, w := range people {
		w.people = people
	}
	return people, nil
}

func (s *setup) employ(ctx context.Context, i int, w *worker) error {
	roles := []string{"picker", "packer", "inspector"}
	if w.lead {
		roles = append(roles, "lead")
	}
	var made struct{ Badge string }
	if _, err := s.api.do(ctx, call{method: "POST", path: "/api/v1/workers", body: map[string]any{"name": w.name, "roles": roles}, into: &made}); err != nil {
		return err
	}
	w.badge = made.Badge
	posts := s.posts(i)
	if s.o.Faults && i%3 == 0 {
		posts = append(posts, posts[0]) // a spare, for when a battery dies
	}
	for n, kind := range posts {
		d, err := s.pair(ctx, kind, fmt.Sprintf("%s %s %d-%d", s.prefix, kind, i+1, n+1), uint64(i)<<8|uint64(n))
		if err != nil {
			return err
		}
		w.posts = append(w.posts, d)
	}
	return nil
}

// posts says where the i-th worker works: about one bench for two handhelds, one door for each twelve
// people; a few people do all the work between them.
func (s *setup) posts(i int) []string {
	n, docks := s.o.Workers, s.docks()
	switch {
	case n == 1:
		return []string{"handheld", "bench", "dock", "returns"}
	case n == 2:
		return [][]string{{"handheld"}, {"bench", "dock", "returns"}}[i]
	case i < docks:
		return []string{"dock", "returns"}
	case i < docks+max(1, (n-docks)*2/5):
		return []string{"bench"}
	}
	return []string{"handheld"}
}

// pair makes a device. A pairing code that was spent by a call whose answer was lost is made anew.
func (s *setup) pair(ctx context.Context, kind, name string, n uint64) (*device, error) {
	var err error
	for range 3 {
		var open struct{ Code string }
		if _, err = s.api.do(ctx, call{method: "POST", path: "/api/v1/devices/pairings", body: map[string]string{"kind": kind, "name": name}, into: &open}); err != nil {
			continue
		}
		d := &device{kind: kind, label: name, url: s.url, api: s.api, book: s.book, codes: map[string]string{}, ids: chanceFor(s.o.Seed, n, kind)}
		if _, err = s.api.do(ctx, call{method: "POST", path: "/api/v1/devices", body: map[string]string{"pairing_code": open.Code, "name": name, "kind": kind}, into: d}); err == nil {
			return d, nil
		}
	}
	return nil, err
}

// chanceFor is the chance that a device makes its ids from. The time in an id keeps two runs of one seed apart.
func chanceFor(seed, n uint64, kind string) *rand.ChaCha8 {
	var key [32]byte
	copy(key[:], fmt.Sprintf("%d/%d/%s", seed, n, kind))
	return rand.NewChaCha8(key)
}

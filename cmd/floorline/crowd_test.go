package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// crowd is a whole floor of handhelds on TLS sockets to a server in a process of its own.
type crowd struct {
	t      testing.TB
	server *child
	roots  *x509.CertPool
	all    []*handheld
	busy   []*handheld // those that scan

	round    atomic.Int64
	landings chan landing
	parked   sync.WaitGroup // who waits at the gate
	mu       sync.Mutex
	gate     chan struct{}

	refused, slow, replays, anew atomic.Int64
}

var leadTopics = []string{"job", "picklists", "waves", "parcels", "prints", "stock", "returns", "workers"}

// gather pairs the devices; every fourth has a pick list under way. One in a hundred sockets is a lead's screen.
func gather(t testing.TB, size int) *crowd {
	s := newChild(t)
	s.tls = "on"
	if _, err := s.start(); err != nil {
		t.Fatal(err)
	}
	c := &crowd{t: t, server: s, roots: x509.NewCertPool(), landings: make(chan landing, 8*size)}
	ca, err := os.ReadFile(filepath.Join(s.dir, "tls", "ca.pem"))
	if err != nil || !c.roots.AppendCertsFromPEM(ca) {
		t.Fatalf("the authority: %v", err)
	}
	badge := s.rpc("POST", "/api/v1/workers", map[string]any{"name": "Mia", "roles": []string{"picker"}})["badge"].(string)
	lists, totes, bin := c.work(size / 4)
	c.all = make([]*handheld, size)
	each(size, func(i int) {
		h := &handheld{crowd: c, token: adminToken, topics: leadTopics, cache: tls.NewLRUClientSessionCache(2),
			chance: rand.New(rand.NewPCG(uint64(i), 1)), pongs: make(chan struct{}, 1)}
		c.all[i] = h
		if i%100 == 1 {
			return
		}
		code := s.rpc("POST", "/api/v1/devices/pairings", map[string]any{"kind": "handheld"})["code"]
		d := s.rpc("POST", "/api/v1/devices", map[string]any{"pairing_code": code, "name": fmt.Sprint("Gun ", i), "kind": "handheld"})
		h.token, h.device, h.topics = d["token"].(string), d["id"].(string), []string{"job"}
		g := &gunner{t: t, ids: dice{h.chance}}
		g.open(s, h.token)
		defer g.ws.Close()
		g.send(map[string]any{"type": "scan", "code": badge})
		if i%4 == 0 {
			g.send(map[string]any{"type": "do", "action": "start", "args": map[string]any{"job": "pick", "id": lists[i/4]}})
			g.send(map[string]any{"type": "scan", "code": totes[i/4]})
			g.send(map[string]any{"type": "scan", "code": bin})
		}
		h.n = g.n
	})
	for i := 0; i < size; i += 4 {
		c.busy = append(c.busy, c.all[i])
	}
	return c
}

// work is a pick list and a tote for each of so many, and the bin that all of them pick from.
func (c *crowd) work(size int) (lists, totes []string, bin string) {
	s := c.server
	s.rpc("PUT", "/api/v1/items/ITEM", map[string]any{"name": "Item", "weight_g": 100})
	bin = s.rpc("PUT", "/api/v1/bins/BIN", map[string]any{"kind": "pick"})["label"].(string)
	s.rpc("POST", "/api/v1/stock/adjustments", map[string]any{"bin": "BIN", "sku": "ITEM", "qty": 5 * size, "reason": "opening"})
	for _, code := range s.rpc("POST", "/api/v1/totes", map[string]any{"count": size})["codes"].([]any) {
		totes = append(totes, code.(string))
	}
	orders := make([]any, size)
	each(size, func(i int) {
		orders[i] = s.rpc("POST", "/api/v1/orders", map[string]any{"channel": "rig", "external_id": fmt.Sprint(i),
			"ship_to": map[string]any{"name": "Ada"}, "lines": []any{map[string]any{"sku": "ITEM", "qty": 5}}})["id"]
	})
	for part := range slices.Chunk(orders, 100) {
		for _, id := range s.rpc("POST", "/api/v1/waves", map[string]any{"orders": part, "method": "discrete"})["picklists"].([]any) {
			lists = append(lists, id.(string))
		}
	}
	return lists, totes, bin
}

// each calls fn for all of so many, a few at a time.
func each(size int, fn func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < size; i = int(next.Add(1)) - 1 {
				fn(i)
			}
		})
	}
	wg.Wait()
}

// enter has everybody connect at once.
func (c *crowd) enter(ctx context.Context) *sync.WaitGroup {
	var gone sync.WaitGroup
	for _, h := range c.all {
		gone.Go(func() { h.live(ctx) })
	}
	return &gone
}

// scanAway has the busy ones scan once a second, each by its own clock, whether or not there is a floor to scan to.
func (c *crowd) scanAway(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	for i, h := range c.busy {
		wg.Go(func() {
			due := time.NewTimer(time.Second * time.Duration(i) / time.Duration(len(c.busy)))
			for {
				select {
				case <-ctx.Done():
					return
				case <-due.C:
					h.scanOn()
					due.Reset(time.Second)
				}
			}
		})
	}
	return func() { cancel(); wg.Wait() }
}

func (c *crowd) gateNow() chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gate
}

// fall ends every connection, and gives the moment from which they may come back.
func (c *crowd) fall(cut, gated bool) time.Time {
	var gate chan struct{}
	if gated {
		gate = make(chan struct{})
		c.parked.Add(len(c.all))
	}
	c.mu.Lock()
	c.gate = gate
	c.mu.Unlock()
	c.round.Add(1)
	if cut {
		c.server.kill()
		took, err := c.server.start()
		if err != nil {
			c.t.Fatal(err)
		}
		c.t.Logf("the server was back after %v", took.Round(time.Millisecond))
	} else {
		c.hang()
	}
	if gated {
		c.parked.Wait()
		defer close(gate)
	}
	return time.Now()
}

// hang drops every connection as a dead access point does: no close frame, no goodbye.
func (c *crowd) hang() {
	for _, h := range c.all {
		h.mu.Lock()
		if h.ws != nil {
			_ = h.ws.NetConn().Close()
		}
		h.mu.Unlock()
	}
}

// settle waits until everybody has been welcomed in this round.
func (c *crowd) settle() map[*handheld]landing {
	late := time.After(2 * time.Minute)
	landed := map[*handheld]landing{}
	for len(landed) < len(c.all) {
		select {
		case l := <-c.landings:
			if _, there := landed[l.who]; !there && l.round == int(c.round.Load()) {
				landed[l.who] = l
			}
		case <-late:
			c.t.Fatalf("%d of %d came back in two minutes; %d tries were refused", len(landed), len(c.all), c.refused.Load())
		}
	}
	return landed
}

// quieten waits until every scan has its verdict and everything on its way was heard.
func (c *crowd) quieten() {
	late := time.Now().Add(time.Minute)
	for _, h := range c.all {
		for !h.idle() {
			if time.Now().After(late) {
				c.t.Fatalf("device %q waits on: %+v, %d tries refused", h.device, h.state(), c.refused.Load())
			}
			h.askAgain()
			time.Sleep(20 * time.Millisecond) // a look now and then; the deadline judges
		}
	}
	c.server.rpc("PUT", "/api/v1/site", map[string]any{"name": "Rig"}) // what was told before this commit is told
	each(len(c.all), func(i int) {
		if !c.all[i].barrier() {
			c.t.Errorf("%q does not answer", c.all[i].device)
		}
	})
}

// taking is what the server's process takes.
type taking struct{ rssKB, fds int }

var rssLine = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

func usageOf(s *child) (u taking) {
	proc := filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid))
	if b, err := os.ReadFile(filepath.Join(proc, "status")); err == nil {
		if m := rssLine.FindSubmatch(b); m != nil {
			u.rssKB, _ = strconv.Atoi(string(m[1]))
		}
	}
	fds, _ := os.ReadDir(filepath.Join(proc, "fd"))
	u.fds = len(fds)
	return u
}

func (c *crowd) report(name string, was taking, began time.Time, landed map[*handheld]landing) {
	var welcomes, shakes []time.Duration
	resumed, recovered, honest := 0, 0, 0
	for h, l := range landed {
		welcomes, shakes = append(welcomes, l.at.Sub(began)), append(shakes, l.shook.Sub(began))
		if l.resumed {
			resumed++
		}
		if l.recovered {
			recovered++
		} else if h.device != "" {
			honest++
		}
	}
	is, ms := usageOf(c.server), time.Millisecond
	c.t.Logf("%s: %d sockets, welcome p50 %v, p99 %v, last %v; %.0f TLS handshakes/s (%d resumed); recovered %d; RSS %d MB before, %d MB after (%.0f KB a socket); fds %d, then %d",
		name, len(landed), part(welcomes, 0.5).Round(ms), part(welcomes, 0.99).Round(ms), part(welcomes, 1).Round(ms),
		float64(len(landed))/part(shakes, 1).Seconds(), resumed, recovered, was.rssKB>>10, is.rssKB>>10, float64(is.rssKB-was.rssKB)/float64(len(landed)), was.fds, is.fds)
	if c.round.Load() > 0 && honest > 0 {
		c.t.Errorf("%s: %d devices were not given what they missed", name, honest)
	}
}

// journal is what the floor wrote.
type journal struct {
	answered map[string]int // by command
	seqs     []noted
}

type noted struct {
	Seq                    uint64
	Device, Command, Topic string
	Kind                   string
}

func (c *crowd) journal() *journal {
	j := &journal{answered: map[string]int{}}
	for since := ""; ; {
		page := c.server.rpc("GET", "/api/v1/events?limit=1000&since="+since, nil)
		b, err := json.Marshal(page["items"])
		var list []noted
		if err == nil {
			err = json.Unmarshal(b, &list)
		}
		if err != nil {
			c.t.Fatal(err)
		}
		for _, e := range list {
			if e.Kind == "answered" {
				j.answered[e.Command]++
			}
			if e.Topic != "" {
				j.seqs = append(j.seqs, e)
			}
		}
		if since, _ = page["next"].(string); since == "" {
			return j
		}
	}
}

// check holds everything that everybody heard against the journal.
func (c *crowd) check(j *journal) {
	scans, heard := 0, 0
	for _, h := range c.all {
		for _, lie := range h.lies {
			c.t.Errorf("device %q: %s", h.device, lie)
		}
		var want []uint64
		for _, e := range j.seqs {
			mine := h.device != "" && e.Device == h.device || h.device == "" && slices.Contains(h.topics, e.Topic)
			if mine && e.Seq > h.first && !slices.ContainsFunc(h.missing, func(m [2]uint64) bool { return m[0] < e.Seq && e.Seq <= m[1] }) {
				want = append(want, e.Seq)
			}
		}
		if !slices.Equal(want, h.events) {
			c.t.Errorf("device %q heard %d events, the journal has %d for it: %v, want %v", h.device, len(h.events), len(want), tail(h.events), tail(want))
		}
		for _, id := range h.sent {
			if j.answered[id] != 1 {
				c.t.Errorf("scan %s of %q is in the journal %d times", id, h.device, j.answered[id])
			}
		}
		scans, heard = scans+len(h.sent), heard+len(want)
	}
	c.t.Logf("%d scans and %d events, each once; sent again %d scans that had a verdict and %d new to the floor; %d tries refused, %d sockets too slow",
		scans, heard, c.replays.Load(), c.anew.Load(), c.refused.Load(), c.slow.Load())
	if scans < len(c.busy) || heard < scans || c.replays.Load()+c.anew.Load() == 0 {
		c.t.Error("too little happened to show anything")
	}
}

func tail(list []uint64) []uint64 { return list[max(0, len(list)-5):] }

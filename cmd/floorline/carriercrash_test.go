package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"floorline/cmd/floorline/simulate"
)

// shop sells labels in the documented shape, and hangs up now and then: before it hears, or after it sold.
type shop struct {
	mu     sync.Mutex
	chance *rand.Rand
	made   map[string]*sale
	order  []*sale
	once   map[string]*sale
}

type sale struct {
	ID        string           `json:"id"`
	Reference string           `json:"reference"`
	Status    string           `json:"status"`
	Rates     []map[string]any `json:"rates"`
	Tracking  string           `json:"tracking_code"`
	Label     []byte           `json:"label"`
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	trouble := s.chance.IntN(100)
	if trouble < 8 {
		panic(http.ErrAbortHandler) // nothing has happened
	}
	v := s.answer(r)
	if trouble < 20 {
		panic(http.ErrAbortHandler) // it has, and nobody is told
	}
	_ = json.NewEncoder(w).Encode(v)
}

func (s *shop) answer(r *http.Request) any {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.Method == "GET":
		found := []*sale{}
		for _, x := range s.order {
			if x.Reference == r.URL.Query().Get("reference") {
				found = append(found, x)
			}
		}
		return map[string]any{"shipments": found}
	case len(parts) == 1:
		var in struct{ Reference, Service string }
		_ = json.NewDecoder(r.Body).Decode(&in)
		x := &sale{ID: fmt.Sprintf("s%d", len(s.made)+1), Reference: in.Reference, Status: "created",
			Rates: []map[string]any{{"id": "r", "service": in.Service, "amount_cents": 500, "currency": "EUR"}}}
		s.made[x.ID], s.order = x, append(s.order, x)
		return x
	case parts[2] == "void":
		s.made[parts[1]].Status = "voided"
		return s.made[parts[1]]
	}
	key := r.Header.Get("Idempotency-Key")
	if x := s.once[key]; x != nil {
		return x
	}
	x := s.made[parts[1]]
	s.once[key] = x
	x.Status, x.Tracking, x.Label = "bought", fmt.Sprintf("SHOP%06d", len(s.once)), []byte("^XA^XZ")
	return x
}

// The power goes while labels are bought from a seller that itself hangs up, again and again. In the end each parcel has one
// label that was paid for, each label that was paid for is on a parcel, and what nobody wanted was given back.
func TestCrashWhileBuying(t *testing.T) {
	cuts, orders := 8, 40
	if testing.Short() {
		cuts, orders = 2, 12
	}
	seed := uint64(time.Now().UnixNano()) % 1_000_000
	t.Logf("seed %d", seed)
	s := &shop{chance: rand.New(rand.NewPCG(seed, 1)), made: map[string]*sale{}, once: map[string]*sale{}}
	at := httptest.NewServer(s)
	defer at.Close()
	server := newChild(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		server.put(fmt.Sprintf("/api/v1/carriers/S%d-carrier-%d", seed, i+1), `{"kind":"http","url":"`+at.URL+`","secret":"k"}`)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	done := make(chan bool, 1)
	go func() { done <- powerCuts(t, server, rand.New(rand.NewPCG(seed, 0)), cuts) }()
	r, err := simulate.Run(ctx, simulate.Options{Server: server.url, Token: adminToken, Workers: 8, Orders: orders, Lines: 2, Seed: seed})
	if !<-done || err != nil {
		t.Fatal(err)
	}
	if !r.Clean() {
		t.Errorf("lost %d, doubled %d, mismatched %d: %v", r.Lost, r.Doubled, r.Mismatched, r.Problems)
	}
	server.agrees(s)
	if err := server.stop(); err != nil {
		t.Error(err)
	}
	server.verify()
}

// agrees holds the parcels of the house against what the seller sold.
func (c *child) agrees(s *shop) {
	c.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) { // what is still open settles by itself
		if open := c.list("/api/v1/label-purchases?status=open"); len(open) == 0 {
			break
		}
		time.Sleep(200 * time.Millisecond) // the world's time: the buyer waits between its questions
	}
	on := map[string]int{}
	for _, p := range c.list("/api/v1/parcels?limit=200") {
		if tracking, _ := p["tracking"].(string); tracking != "" && p["status"] != "cancelled" {
			on[tracking]++
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	standing := 0
	for _, x := range s.order {
		if x.Status != "bought" {
			continue
		}
		if standing++; on[x.Tracking] != 1 {
			c.t.Errorf("%s was paid for %s and is on %d parcels", x.Tracking, x.Reference, on[x.Tracking])
		}
	}
	c.t.Logf("%d labels were sold, %d stand, %d parcels", len(s.once), standing, len(on))
	if standing != len(on) || standing == 0 {
		c.t.Errorf("%d labels stand for %d parcels", standing, len(on))
	}
}

func (c *child) put(path, body string) {
	c.t.Helper()
	c.answer("PUT", path, body, nil)
}

func (c *child) list(path string) []map[string]any {
	c.t.Helper()
	var page struct{ Items []map[string]any }
	c.answer("GET", path, "", &page)
	return page.Items
}

func (c *child) answer(method, path, body string, into any) {
	c.t.Helper()
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+adminToken)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode > 299 {
		c.t.Fatalf("%s %s: %s", method, path, res.Status)
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		c.t.Fatal(err)
	}
}

package devices

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const sellerKey = "the-sellers-key"

// seller is an aggregator that sells labels, and breaks wherever a test wants it to. What it sold it remembers.
type seller struct {
	t    testing.TB
	http *httptest.Server

	mu     sync.Mutex
	made   map[string]*soldShipment // by id
	once   map[string]string        // Idempotency-Key -> id: of purchases
	faults []fault                  // of the next calls, one after the other
	calls  []string
	pdf    bool
	number string // of every label it sells, else each has its own
	label  []byte // what it sells in place of a label
	events []trackEvent
	gone   bool // it answers nothing at all
	heard  chan string
}

// fault is what the seller does wrong with one call of a path's end.
type fault struct {
	path string // buy, make, find or void
	how  string // before, after, cut, silent, stall, twice, 500, 429, garbage, refuse, noid
}

func newSeller(t testing.TB) *seller {
	s := &seller{t: t, made: map[string]*soldShipment{}, once: map[string]string{}, heard: make(chan string, 256)}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.http.Close)
	return s
}

func (s *seller) breaks(faults ...fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// fails gives what is to go wrong with this call.
func (s *seller) fails(path string) string {
	for i, f := range s.faults {
		if f.path == path {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f.how
		}
	}
	return ""
}

func (s *seller) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+sellerKey {
		http.Error(w, `{"error":"wrong key"}`, 401)
		return
	}
	path := strings.Trim(r.URL.Path, "/")
	word := map[string]string{"GET": "find", "POST": "make"}[r.Method]
	if i := strings.LastIndex(path, "/"); i > 0 && r.Method == "POST" {
		word = path[i+1:]
	}
	if strings.HasPrefix(path, "trackers") {
		word = "track"
	}
	s.calls = append(s.calls, word)
	defer func() {
		select {
		case s.heard <- word:
		default:
		}
	}()
	how := s.fails(word)
	if s.gone {
		how = "before"
	}
	switch how {
	case "before":
		hangUp(w)
		return
	case "500", "429":
		http.Error(w, "out of order", map[string]int{"500": 500, "429": 429}[how])
		return
	case "refuse":
		http.Error(w, `{"error":{"code":"address","message":"the receiver's address is not complete: postcode 00000 is not known"}}`, 422)
		return
	}
	if how == "silent" {
		s.stall(r)
		return
	}
	v, status := s.answer(word, path, r)
	switch how {
	case "stall": // it has happened, and it says nothing until nobody listens any more
		s.stall(r)
		return
	case "twice": // it sold the very same again under another number
		x := *s.made[strings.Split(path, "/")[1]]
		x.ID, x.TrackingCode = "shp_again", "SWAGAIN"
		s.made[x.ID] = &x
		s.once["again"] = x.ID
		hangUp(w)
		return
	case "after": // it has happened, and nobody is told
		hangUp(w)
		return
	case "cut":
		b, _ := json.Marshal(v)
		w.Header().Set("Content-Length", fmt.Sprint(len(b)))
		_, _ = w.Write(b[:len(b)/2])
		hangUp(w)
		return
	case "garbage":
		_, _ = w.Write([]byte("<html>welcome to the hotel's network</html>"))
		return
	case "noid":
		v = map[string]any{"id": "x"}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *seller) stall(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // else nobody sees the caller go
	s.mu.Unlock()
	select {
	case <-r.Context().Done():
	case <-time.After(5 * time.Second): // never: the caller has a time limit of its own
	}
	s.mu.Lock()
}

func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
}

func (s *seller) answer(word, path string, r *http.Request) (any, int) {
	id, _, _ := strings.Cut(strings.TrimPrefix(path, "shipments/"), "/")
	switch word {
	case "make":
		var in shipment
		_ = json.NewDecoder(r.Body).Decode(&in)
		made := &soldShipment{ID: fmt.Sprintf("shp_%d", len(s.made)+1), Reference: in.Reference, Status: "created",
			Rates: []sellerRate{{ID: "r1", Service: "ground", AmountCents: 512, Currency: "EUR"}, {ID: "r2", Service: "express", AmountCents: 1290, Currency: "EUR"}}}
		s.made[made.ID] = made
		return made, 201
	case "buy":
		key := r.Header.Get("Idempotency-Key")
		if was, again := s.once[key]; again && key != "" {
			return s.made[was], 200
		}
		x := s.made[id]
		var in struct{ Rate string }
		_ = json.NewDecoder(r.Body).Decode(&in)
		for i := range x.Rates {
			if x.Rates[i].ID == in.Rate {
				x.Rate = &x.Rates[i]
			}
		}
		s.once[key] = id
		x.Status, x.TrackingCode, x.Barcode = "bought", fmt.Sprintf("SW%07d", len(s.once)), fmt.Sprintf("42012345SW%07d", len(s.once))
		if s.number != "" {
			x.TrackingCode, x.Barcode = s.number, ""
		}
		x.LabelFormat, x.Label = "zpl", []byte("^XA^FO10,10^FDsold "+x.TrackingCode+"^FS^XZ")
		if s.pdf {
			x.LabelFormat, x.Label = "pdf", []byte("%PDF-1.4 sold "+x.TrackingCode)
		}
		if s.label != nil {
			x.LabelFormat, x.Label = "zpl", s.label
		}
		return x, 200
	case "find":
		found := []*soldShipment{}
		for _, x := range s.made {
			if x.Reference == r.URL.Query().Get("reference") {
				found = append(found, x)
			}
		}
		return map[string]any{"shipments": found}, 200
	case "void":
		s.made[id].Status = "voided"
		return s.made[id], 200
	case "track":
		return map[string]any{"events": s.events}, 200
	}
	return nil, 404
}

// sold is how many labels are paid for and not given back, and how many were ever sold.
func (s *seller) sold() (standing, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.made {
		if x.Status == "bought" {
			standing++
		}
	}
	return standing, len(s.once)
}

// A label that lies elsewhere is fetched where the seller itself is, which an admin named, or from the open network: no
// seller has this server call another machine of the house, and none but the seller is shown its key.
func TestALabelIsNotFetchedFromAnotherMachineOfTheHouse(t *testing.T) {
	t.Parallel()
	var called []string
	answers := func(name string) *httptest.Server {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			called = append(called, name+" "+r.Header.Get("Authorization"))
			_, _ = io.WriteString(w, "^XA^XZ")
		}))
		t.Cleanup(s.Close)
		return s
	}
	ours, other := answers("seller"), answers("other")
	a := &aggregator{out: newOutgoing(true), base: ours.URL + "/v1", key: "k"}
	if b, err := a.fetch(t.Context(), ours.URL+"/labels/1?x=y"); err != nil || string(b) != "^XA^XZ" {
		t.Fatalf("%q, %v", b, err)
	}
	for _, address := range []string{other.URL + "/labels/1", "http://192.168.1.20:8000/x", "https://10.0.0.4/x", "https://[fd00::7]/x", "https://100.64.0.1/x", "https://localhost/x", "https://169.254.169.254/x"} {
		if _, err := a.fetch(t.Context(), address); err == nil || !strings.Contains(err.Error(), "does not call") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if len(called) != 1 || called[0] != "seller Bearer k" {
		t.Errorf("called: %q", called)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"

	"floorline/cmd/floorline/simulate"
)

// What `make bench` prints of the whole program: real sockets to a server in a process of its own. Each is a
// ratio of two things measured in one run, because machines are noisy.

func benchOnly(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a measurement: run make bench")
	}
}

// gunner is one device whose holder scans a unit, and takes it back, for ever.
type gunner struct {
	t     testing.TB
	ws    *websocket.Conn
	n     uint64
	taken int
	ids   io.Reader
	wire  *wire
	said  bytes.Buffer
	loose bool // takes refusals too

	scanFrame []byte
}

// wire gathers the frames of a burst: the clients share the machine with what is measured, so they must
// cost little.
type wire struct {
	net.Conn
	burst bool
	held  []byte
}

func (w *wire) Write(b []byte) (int, error) {
	if !w.burst {
		return w.Conn.Write(b)
	}
	w.held = append(w.held, b...)
	return len(b), nil
}

func (w *wire) flush() error {
	w.burst = false
	_, err := w.Conn.Write(w.held)
	w.held = w.held[:0]
	return err
}

// rpc is one call of the API that must succeed.
func (c *child) rpc(method, path string, body any, headers ...string) map[string]any {
	c.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader(b))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+adminToken)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s %v", method, path, res.Status, said, err)
	}
	out := map[string]any{}
	if len(said) > 0 {
		if err := json.Unmarshal(said, &out); err != nil {
			c.t.Fatal(err)
		}
	}
	return out
}

// gunners are so many pickers, each before a bin of their own with an item in it.
func gunners(t testing.TB, c *child, size int) []*gunner {
	c.rpc("POST", "/api/v1/totes", map[string]any{"count": size})
	badge := c.rpc("POST", "/api/v1/workers", map[string]any{"name": "Bench", "roles": []string{"picker"}})["badge"].(string)
	out := make([]*gunner, size)
	for i := range out {
		sku, bin := fmt.Sprintf("ITEM-%04d", i), fmt.Sprintf("BIN-%04d", i)
		c.rpc("PUT", "/api/v1/items/"+sku, map[string]any{"name": "Item", "weight_g": 100})
		label := c.rpc("PUT", "/api/v1/bins/"+bin, map[string]any{"kind": "pick", "cell": i})["label"].(string)
		c.rpc("POST", "/api/v1/stock/adjustments", map[string]any{"bin": bin, "sku": sku, "qty": 1000, "reason": "opening"})
		order := c.rpc("POST", "/api/v1/orders", map[string]any{"channel": "bench", "external_id": sku,
			"ship_to": map[string]any{"name": "Ada"}, "lines": []any{map[string]any{"sku": sku, "qty": 5}}})["id"]
		list := c.rpc("POST", "/api/v1/waves", map[string]any{"orders": []any{order}})["picklists"].([]any)[0]
		code := c.rpc("POST", "/api/v1/devices/pairings", map[string]any{"kind": "handheld"})["code"]
		token := c.rpc("POST", "/api/v1/devices", map[string]any{"pairing_code": code, "name": "Gun " + sku, "kind": "handheld"})["token"].(string)
		g := &gunner{t: t, scanFrame: []byte(`{"type":"scan","code":"` + sku + `"}`), ids: rand.NewChaCha8([32]byte{byte(i), byte(i >> 8)})}
		g.open(c, token)
		g.send(map[string]any{"type": "scan", "code": badge})
		said := g.send(map[string]any{"type": "do", "action": "start", "args": map[string]any{"job": "pick", "id": list}})
		var started struct {
			Next struct{ Want []struct{ Code string } }
		}
		if err := json.Unmarshal(said, &started); err != nil {
			t.Fatal(err)
		}
		g.send(map[string]any{"type": "scan", "code": started.Next.Want[0].Code})
		g.send(map[string]any{"type": "scan", "code": label})
		out[i] = g
	}
	return out
}

func (g *gunner) open(c *child, token string) {
	dialer := websocket.Dialer{Subprotocols: []string{"floorline.v1"}, NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, addr)
		g.wire = &wire{Conn: conn}
		return g.wire, err
	}}
	ws, _, err := dialer.DialContext(c.t.Context(), "ws"+strings.TrimPrefix(c.url, "http")+"/api/v1/socket", nil)
	if err != nil {
		g.t.Fatal(err)
	}
	g.ws = ws
	if err := ws.WriteJSON(map[string]any{"type": "hello", "token": token, "topics": []string{}}); err != nil {
		g.t.Fatal(err)
	}
	if _, _, err := ws.ReadMessage(); err != nil {
		g.t.Fatal(err)
	}
}

var verdictFrame, refusedFrame = []byte(`"type":"verdict"`), []byte(`"class":"refused"`)

// send sends one frame and waits for its verdict, which must not be a refusal.
func (g *gunner) send(f map[string]any) []byte {
	b, err := json.Marshal(f)
	if err != nil || !g.write(b) || !g.verdict() {
		return nil
	}
	return g.said.Bytes()
}

// write sends a frame, given without its id, its counter and where it comes from.
func (g *gunner) write(f []byte) bool {
	g.n++
	b := fmt.Appendf(make([]byte, 0, 160), `{"id":"%s","n":%d,"origin":"wedge",%s`, ulid.MustNew(ulid.Now(), g.ids), g.n, f[1:])
	if err := g.ws.WriteMessage(websocket.TextMessage, b); err != nil {
		g.t.Error(err)
		return false
	}
	return true
}

// verdict waits for one, and leaves it in said.
func (g *gunner) verdict() bool {
	for {
		_, r, err := g.ws.NextReader()
		if err == nil {
			g.said.Reset()
			_, err = g.said.ReadFrom(r)
		}
		if err != nil {
			g.t.Error(err)
			return false
		}
		head := g.said.Bytes()[:min(g.said.Len(), 200)]
		if !bytes.Contains(head, verdictFrame) {
			continue
		}
		if bytes.Contains(head, refusedFrame) && !g.loose {
			g.t.Errorf("refused: %s", g.said.Bytes())
		}
		return true
	}
}

// scan is one scan, or its undo once three units are out.
func (g *gunner) scan() bool { return g.write(g.one()) && g.verdict() }

// burst is several at once, as a device sends them that has been out of reach; it waits for all verdicts.
func (g *gunner) burst(size int) bool {
	g.wire.burst = true
	for range size {
		if !g.write(g.one()) {
			return false
		}
	}
	if err := g.wire.flush(); err != nil {
		g.t.Error(err)
		return false
	}
	for range size {
		if !g.verdict() {
			return false
		}
	}
	return true
}

func (g *gunner) one() []byte {
	if g.taken++; g.taken <= 3 {
		return g.scanFrame
	}
	if g.taken == 6 {
		g.taken = 0
	}
	return undoFrame
}

var undoFrame = []byte(`{"type":"do","action":"undo","args":{}}`)

func benchChild(t *testing.T, size int) (*child, []*gunner) {
	c := newChild(t)
	if _, err := c.start(); err != nil {
		t.Fatal(err)
	}
	return c, gunners(t, c, size)
}

// Durable verdicts a second over sockets, clients and all on this machine, against the raw group commit of
// the same records, as the store's own bench measures it in this very run. Aim: 0.25.
func TestBenchSockets(t *testing.T) {
	benchOnly(t)
	_, crew := benchChild(t, 128)
	for range 3 {
		volley(crew, time.Second, 1) // warm
		one := volley(crew, 5*time.Second, 1)
		many := volley(crew, 5*time.Second, 24)
		raw := rawCommits(t)
		t.Logf("%d sockets: %.0f durable verdicts/s with one frame under way on each, ratio %.2f; %.0f/s with 24, ratio %.2f; raw group commit: %.0f/s",
			len(crew), one, one/raw, many, many/raw, raw)
	}
}

// volley has everybody scan as fast as verdicts come, so many frames at a time, and gives verdicts a second.
func volley(crew []*gunner, long time.Duration, size int) float64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for _, g := range crew {
		wg.Go(func() {
			for time.Since(start) < long && g.burst(size) {
				n.Add(int64(size))
			}
		})
	}
	wg.Wait()
	return float64(n.Load()) / time.Since(start).Seconds()
}

var rawFigure = regexp.MustCompile(`raw group commit of the same records: (\d+)/s`)

// rawCommits asks the store's bench, so that Badger stays in its room.
func rawCommits(t *testing.T) float64 {
	t.Helper()
	cmd := exec.Command("go", "test", "-count=1", "-v", "-run", "^TestBenchKeeperAgainstRawJournal$", "../../store")
	cmd.Env = append(os.Environ(), "FLOORLINE_BENCH=1")
	out, err := cmd.CombinedOutput()
	found := rawFigure.FindSubmatch(out)
	if err != nil || found == nil {
		t.Fatalf("the store's bench: %v\n%s", err, out)
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// p99 of a verdict over sockets at 500 scans a second offered, from the moment each was due, against p99 of
// appending 2 KB to a file on the same disk and syncing it. Aim: at most 15.
func TestBenchSocketTail(t *testing.T) {
	benchOnly(t)
	c, crew := benchChild(t, 100)
	for range 3 {
		waits := offered(crew, 500, 10*time.Second)
		plain := appends(t, filepath.Join(filepath.Dir(c.dir), "plain"), 2000)
		t.Logf("500 scans/s offered: verdict p50 %v, p99 %v, max %v; append+fsync of 2 KB: p50 %v, p99 %v; ratio of p99 %.1f",
			part(waits, 0.5), part(waits, 0.99), part(waits, 1), part(plain, 0.5), part(plain, 0.99), float64(part(waits, 0.99))/float64(part(plain, 0.99)))
	}
}

// offered has the crew scan by a schedule that waits for nobody.
func offered(crew []*gunner, rate int, long time.Duration) []time.Duration {
	gap := time.Second / time.Duration(rate)
	waits := make([]time.Duration, int(long/gap))
	start := time.Now()
	var wg sync.WaitGroup
	for i, g := range crew {
		wg.Go(func() {
			for n := i; n < len(waits); n += len(crew) {
				due := start.Add(time.Duration(n) * gap)
				time.Sleep(time.Until(due))
				if !g.scan() {
					return
				}
				waits[n] = time.Since(due)
			}
		})
	}
	wg.Wait()
	return waits
}

func appends(t *testing.T, path string, count int) []time.Duration {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, out := make([]byte, 2048), make([]time.Duration, count)
	for i := range out {
		start := time.Now()
		if _, err := f.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			t.Fatal(err)
		}
		out[i] = time.Since(start)
	}
	return out
}

func part(list []time.Duration, p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

// A whole day of whole jobs, as an operator would see it.
func TestBenchDay(t *testing.T) {
	benchOnly(t)
	c := newChild(t)
	if _, err := c.start(); err != nil {
		t.Fatal(err)
	}
	r, err := simulate.Run(t.Context(), simulate.Options{Server: c.url, Token: adminToken, Workers: 50, Orders: 500, Lines: 3, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Clean() {
		t.Errorf("not clean: %+v", r)
	}
	var said strings.Builder
	r.Write(&said)
	t.Log(said.String())
}

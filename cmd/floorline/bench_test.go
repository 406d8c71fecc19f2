package main

import (
	"context"
	"crypto/sha256"
	big "encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"

	"floorline/devices"
	"floorline/floor"
	"floorline/store"
)

// wire is a picker on a real socket, before a bin, picking a unit and undoing it for ever.
type wire struct {
	ws   *websocket.Conn
	n    uint64
	code string
	out  int
}

// TestBenchSockets measures durable verdicts end to end: JSON frame in, decided, on disk, JSON verdict out,
// over 256 sockets of one process, and the tail at 500 scans a second offered. Beside it, in the
// same run: raw group-commit appends of the very same bytes.
func TestBenchSockets(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a measurement: run make bench")
	}
	dir := t.TempDir()
	k, err := store.Open(store.Options{Dir: dir, TickEvery: -1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := devices.New(devices.Options{Keeper: k, FramesPerSec: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l, nil, false) }()
	wires := make([]*wire, 256)
	for i := range wires {
		wires[i] = newWire(t, k, l.Addr().String(), i)
	}
	const verdicts = 100_000
	took := race(t, wires, verdicts).Seconds()
	tail(t, wires)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	<-served
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	raw := rawAppends(t, lastRecords(t, dir, 20_000), 4*time.Second)
	t.Logf("end to end over 256 sockets: %.0f durable verdicts/s; raw group-commit appends of the same bytes, 256 waiting: %.0f/s; ratio %.2f",
		verdicts/took, raw, verdicts/took/raw)
}

// lastRecords reads the bytes of the journal's last records, two for each verdict.
func lastRecords(t *testing.T, dir string, n int) [][]byte {
	db, err := badger.Open(badger.DefaultOptions(filepath.Join(dir, "badger")).WithLogger(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out [][]byte
	err = db.View(func(txn *badger.Txn) error {
		o := badger.DefaultIteratorOptions
		o.Reverse, o.Prefix = true, []byte("j")
		it := txn.NewIterator(o)
		defer it.Close()
		for it.Seek([]byte("j\xff\xff\xff\xff\xff\xff\xff\xff")); it.Valid() && len(out) < n; it.Next() {
			b, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			out = append(out, b)
		}
		return nil
	})
	if err != nil || len(out) < n {
		t.Fatalf("%d records, %v", len(out), err)
	}
	return out
}

// rawAppends is a journal that does nothing but append: 256 writers hand in a verdict's two records each and
// wait; one goroutine writes what is queued in one synced transaction. It gives verdicts' worth a second.
func rawAppends(t *testing.T, records [][]byte, long time.Duration) float64 {
	db, err := badger.Open(badger.DefaultOptions(t.TempDir()).WithSyncWrites(true).WithDetectConflicts(false).
		WithMemTableSize(16 << 20).WithNumCompactors(2).WithCompression(options.None).WithLogger(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	queue, stop := make(chan chan struct{}, 1024), make(chan struct{})
	var writers sync.WaitGroup
	var done atomic.Int64
	for range 256 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			ack := make(chan struct{}, 1)
			for {
				select {
				case <-stop:
					return
				case queue <- ack:
					<-ack
					done.Add(1)
				}
			}
		}()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		seq := uint64(0)
		for ack := range queue {
			acks := []chan struct{}{ack}
			for more := true; more && len(acks) < 256; {
				select {
				case a := <-queue:
					acks = append(acks, a)
				default:
					more = false
				}
			}
			if err := db.Update(func(txn *badger.Txn) error {
				for range 2 * len(acks) {
					seq++
					if err := txn.Set(big.BigEndian.AppendUint64([]byte("j"), seq), records[seq%uint64(len(records))]); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				panic(err)
			}
			for _, a := range acks {
				a <- struct{}{}
			}
		}
	}()
	start := time.Now()
	time.Sleep(long)
	n, took := done.Load(), time.Since(start)
	close(stop)
	writers.Wait()
	close(queue)
	<-ended
	return float64(n) / took.Seconds()
}

func newWire(t *testing.T, k *store.Keeper, addr string, i int) *wire {
	t.Helper()
	do := func(v floor.Verb) any {
		a := k.Do(&floor.Command{Verb: v})
		if a.Err != nil {
			t.Fatalf("%T: %v", v, a.Err)
		}
		return a.Result
	}
	sku, bin := floor.SKU(fmt.Sprintf("ITEM-%04d", i)), floor.BinCode(fmt.Sprintf("BIN-%04d", i))
	worker := do(floor.SaveWorker{Worker: floor.Worker{Name: fmt.Sprint("Picker ", i), Roles: floor.RolePicker}}).(*floor.WorkerView).ID
	do(floor.MakeTotes{Count: 1})
	do(floor.SaveItem{Item: floor.Item{SKU: sku, Name: "Item", WeightG: 100}})
	do(floor.SaveBin{Bin: floor.Bin{Code: bin, BinKind: "pick", Cell: i}})
	do(floor.AdjustStock{Bin: bin, SKU: sku, Qty: 1000, Reason: "opening"})
	o := do(floor.CreateOrder{Order: floor.NewOrder{Channel: "bench", ExternalID: fmt.Sprint(i), Lines: []floor.NewLine{{SKU: sku, Qty: 5}}}}).(*floor.OrderView).ID
	list := do(floor.ReleaseWave{Orders: []floor.OrderID{o}}).(*floor.WaveView).PickLists[0]
	token := fmt.Sprintf("token-%d", i)
	sum := sha256.Sum256([]byte(token))
	do(floor.MakePairing{Pairing: floor.Pairing{Digest: token}})
	d := do(floor.Pair{Code: token, Token: hex.EncodeToString(sum[:]), Name: "Handheld", Kind: "handheld"}).(*floor.DeviceView).ID
	for n, v := range []floor.Verb{floor.SignIn{Worker: worker}, floor.Act{Action: "start", Job: "pick", ID: string(list)}} {
		k.Do(&floor.Command{ID: fmt.Sprintf("%s/%d", d, n), N: uint64(n + 1), Device: d, Worker: worker, Roles: floor.RolePicker, Verb: v})
	}
	ws, _, err := websocket.DefaultDialer.Dial("ws://"+addr+"/api/v1/socket", nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{ws: ws, n: 2, code: string(sku)}
	if err := ws.WriteJSON(map[string]any{"type": "hello", "token": token, "topics": []string{}}); err != nil {
		t.Fatal(err)
	}
	var welcome struct {
		Type string
		Next struct{ Want []struct{ Code string } }
	}
	if err := ws.ReadJSON(&welcome); err != nil || welcome.Type != "welcome" {
		t.Fatalf("%v %+v", err, welcome)
	}
	w.send(t, "scan", welcome.Next.Want[0].Code)
	w.send(t, "scan", string(bin))
	return w
}

// send sends a frame and waits for its verdict.
func (w *wire) send(t *testing.T, kind, code string) {
	w.n++
	f := map[string]any{"type": kind, "id": ulid.Make().String(), "n": w.n}
	if kind == "scan" {
		f["code"] = code
	} else {
		f["action"] = code
	}
	b, _ := json.Marshal(f)
	if err := w.ws.WriteMessage(websocket.TextMessage, b); err != nil {
		t.Error(err)
		return
	}
	for {
		_, b, err := w.ws.ReadMessage()
		if err != nil {
			t.Error(err)
			return
		}
		var v struct{ Type, Class, Code string }
		if err := json.Unmarshal(b, &v); err != nil || v.Class == "refused" || v.Class == "stop" {
			t.Errorf("%v %s", err, b)
		}
		if v.Type == "verdict" {
			return
		}
	}
}

func (w *wire) next(t *testing.T) {
	if w.out < 3 {
		w.out++
		w.send(t, "scan", w.code)
		return
	}
	w.out--
	w.send(t, "do", "undo")
}

func race(t *testing.T, wires []*wire, verdicts int64) time.Duration {
	var left atomic.Int64
	left.Store(verdicts)
	start := time.Now()
	var wg sync.WaitGroup
	for _, w := range wires {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for left.Add(-1) >= 0 {
				w.next(t)
			}
		}()
	}
	wg.Wait()
	return time.Since(start)
}

// tail offers 500 scans a second and measures each from when it was due.
func tail(t *testing.T, wires []*wire) {
	const scans, gap = 5000, 2 * time.Millisecond
	waits := make([]time.Duration, scans)
	start := time.Now()
	var wg sync.WaitGroup
	for i, w := range wires {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := i; n < scans; n += len(wires) {
				due := start.Add(time.Duration(n) * gap)
				time.Sleep(time.Until(due))
				w.next(t)
				waits[n] = time.Since(due)
			}
		}()
	}
	wg.Wait()
	plain := plainSyncs(t, t.TempDir(), 2000)
	t.Logf("a verdict at 500 scans/s: p50 %v, p99 %v; append+fsync of 2 KB: p50 %v, p99 %v; ratio of p99 %.1f",
		at(waits, 50), at(waits, 99), at(plain, 50), at(plain, 99), float64(at(waits, 99))/float64(at(plain, 99)))
}

func plainSyncs(t *testing.T, dir string, n int) []time.Duration {
	f, err := os.Create(dir + "/plain")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, out := make([]byte, 2048), make([]time.Duration, n)
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

func at(waits []time.Duration, percent int) time.Duration {
	s := append([]time.Duration(nil), waits...)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	return s[min(len(s)-1, len(s)*percent/100)]
}

package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"floorline/floor"
)

// chance is the same for every run of a test: a stream of hashes.
type chance struct{ n uint64 }

func (c *chance) Read(p []byte) (int, error) {
	for i := range p {
		sum := sha256.Sum256([]byte(fmt.Sprint(c.n)))
		p[i] = sum[0]
		c.n++
	}
	return len(p), nil
}

// wall is a clock that a test moves by hand.
type wall struct {
	mu sync.Mutex
	t  time.Time
}

func newWall() *wall { return &wall{t: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)} }

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.t
}

func (w *wall) move(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.t = w.t.Add(d)
}

func testOptions(dir string, w *wall) Options {
	return Options{Dir: dir, Clock: w.now, Chance: &chance{}, TickEvery: -1, CheckpointRows: 40,
		Space: SpaceOptions{LowBytes: 1, BallastBytes: 1 << 12}}
}

func mustOpen(t testing.TB, o Options) *Keeper {
	t.Helper()
	k, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mustClose(t testing.TB, k *Keeper) {
	t.Helper()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, k *Keeper, v floor.Verb) any {
	t.Helper()
	a := k.Do(&floor.Command{Verb: v})
	if a.Err != nil {
		t.Fatalf("%T: %v", v, a.Err)
	}
	return a.Result
}

// script is a command log: a small warehouse and orders through it.
func script(n int) []floor.Verb {
	out := []floor.Verb{floor.SaveSite{Site: floor.Site{Name: "House"}},
		floor.SaveBin{Bin: floor.Bin{Code: "A", BinKind: "pick"}}, floor.MakeTotes{Count: 5}}
	for i := range n {
		sku := floor.SKU(fmt.Sprint("SKU", i))
		out = append(out, floor.SaveItem{Item: floor.Item{SKU: sku, Name: "Item", Attributes: map[string]string{"b": "2", "a": "1"}}},
			floor.AdjustStock{Bin: "A", SKU: sku, Qty: 10, Reason: "opening"},
			floor.CreateOrder{Order: floor.NewOrder{Channel: "web", ExternalID: fmt.Sprint(i), Lines: []floor.NewLine{{SKU: sku, Qty: 1}},
				ShipTo: floor.Person{Name: "Zebulon Quickfinger", City: "Utrecht", Country: "NL"}}},
			floor.ReleaseWave{Filter: &floor.OrderFilter{}})
	}
	return out
}

func journalBytes(t testing.TB, k *Keeper) []byte {
	t.Helper()
	var all bytes.Buffer
	if err := k.journal.read(1, func(_ uint64, b []byte) (bool, error) { all.Write(b); return true, nil }); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// The same commands at the same times with the same chance give the same journal, byte for byte, whether
// or not the program was started anew in between.
func TestSameCommandsSameJournal(t *testing.T) {
	run := func(restart bool) []byte {
		w, dir, c := newWall(), t.TempDir(), &chance{}
		open := func() *Keeper { o := testOptions(dir, w); o.Chance = c; return mustOpen(t, o) }
		k := open()
		for i, v := range script(30) {
			w.move(time.Second)
			must(t, k, v)
			if restart && i%17 == 16 {
				mustClose(t, k)
				k = open()
			}
		}
		defer mustClose(t, k)
		return journalBytes(t, k)
	}
	if a, b := run(false), run(true); len(a) < 1000 || !bytes.Equal(a, b) {
		t.Fatalf("two runs differ: %d and %d bytes", len(a), len(b))
	}
}

// After a stop and after a crash the warehouse is where it was, and the replay of the whole journal agrees
// with the stored rows.
func TestRestart(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(100) {
		w.move(time.Second)
		must(t, k, v)
	}
	head := k.Head()
	crashed := t.TempDir()
	if err := copyFiles(dir, crashed); err != nil { // as kill -9 leaves it
		t.Fatal(err)
	}
	mustClose(t, k)
	for name, d := range map[string]string{"stop": dir, "crash": crashed} {
		r, err := Verify(d)
		if err != nil || !r.Clean() || r.Head != head {
			t.Fatalf("after a %s: %+v, %v; want head %d", name, r, err, head.Seq)
		}
		k := mustOpen(t, testOptions(d, w))
		if k.Head() != head {
			t.Fatalf("after a %s the head is %d, not %d", name, k.Head().Seq, head.Seq)
		}
		k.View(func(s *floor.State) {
			if len(s.Orders) != 100 || s.Orders[firstOrder(s)].ShipTo.Person.Name != "Zebulon Quickfinger" {
				t.Errorf("after a %s: %d orders", name, len(s.Orders))
			}
		})
		must(t, k, floor.SaveBin{Bin: floor.Bin{Code: "B"}})
		if r := k.Verify(); !r.Clean() || r.Rows == 0 {
			t.Errorf("after a %s: %+v", name, r)
		}
		mustClose(t, k)
	}
}

func firstOrder(s *floor.State) (first floor.OrderID) {
	for id := range s.Orders {
		if first == "" || id < first {
			first = id
		}
	}
	return first
}

// Nobody's name is on the disk in the clear, and without the bucket's key nobody can read it.
func TestPersonsAreSealed(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(20) {
		must(t, k, v)
	}
	mustClose(t, k)
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte("Quickfinger")) {
			t.Errorf("%s holds a name in the clear", path)
		}
		return nil
	})
	for _, name := range []string{"keys", "keys.2"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	k.View(func(s *floor.State) {
		if p := s.Orders[firstOrder(s)].ShipTo.Person; p != nil {
			t.Errorf("erased, and yet %+v", p)
		}
	})
	if r := k.Verify(); !r.Clean() {
		t.Errorf("the chain covers the sealed text, so it still verifies: %v", r.Problems)
	}
}

// One copy of the bucket file may be lost or damaged; both may not.
func TestBucketFileIsKeptTwice(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	for _, v := range script(2) {
		must(t, k, v)
	}
	mustClose(t, k)
	damage := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("junk"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damage("keys")
	k = mustOpen(t, testOptions(dir, w))
	k.View(func(s *floor.State) {
		if s.Orders[firstOrder(s)].ShipTo.Person == nil {
			t.Error("the second copy opens it")
		}
	})
	mustClose(t, k)
	damage("keys.2") // the first is whole again
	mustClose(t, mustOpen(t, testOptions(dir, w)))
	damage("keys")
	damage("keys.2")
	if _, err := Open(testOptions(dir, w)); err == nil || !strings.Contains(err.Error(), "What to do") {
		t.Fatalf("both copies damaged: %v", err)
	}
}

// A repeat long after memory forgot its answer gets the stored one from disk.
func TestRepeatAfterMemoryForgot(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	command := func() *floor.Command {
		return &floor.Command{ID: "key-1", Keep: true, Verb: floor.MakeTotes{Count: 2}}
	}
	first := k.Do(command())
	if first.Err != nil || len(first.Body) == 0 {
		t.Fatalf("%+v", first)
	}
	for i := range floor.AnswersKept + 10 {
		k.Do(&floor.Command{ID: fmt.Sprint("other", i), Keep: true, Verb: floor.SaveBin{Bin: floor.Bin{Code: "A"}}})
	}
	mustClose(t, k)
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	again := k.Do(command())
	if !again.Replayed || !bytes.Equal(again.Body, first.Body) {
		t.Fatalf("got %s, replayed %v; want %s", again.Body, again.Replayed, first.Body)
	}
	other := command()
	other.Hash[0] = 1
	if a := k.Do(other); a.Err == nil || a.Err.Code != "idempotency_key_reused" {
		t.Fatalf("%+v", a.Err)
	}
}

// Many at once: each gets its own answer, the journal has no gap, and a view never shows what is not on disk.
func TestManyAtOnce(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	var told []uint64
	k.Listen(func(rs []Record) {
		for _, r := range rs {
			told = append(told, r.Seq)
		}
	})
	var wg sync.WaitGroup
	stop := make(chan struct{})
	viewing := make(chan struct{})
	go func() {
		defer close(viewing)
		for {
			select {
			case <-stop:
				return
			default:
			}
			k.View(func(s *floor.State) {
				if s.Seq != k.Head().Seq {
					t.Errorf("a view shows record %d while %d is on disk", s.Seq, k.Head().Seq)
				}
			})
		}
	}()
	for i := range 32 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 50 {
				id := fmt.Sprintf("%d/%d", i, j)
				a := k.Do(&floor.Command{ID: id, Keep: true, Verb: floor.SaveItem{Item: floor.Item{SKU: floor.SKU(id), Name: id}}})
				if a.Err != nil || !strings.Contains(string(a.Body), id) {
					t.Errorf("%s got %s, %v", id, a.Body, a.Err)
				}
			}
		}()
	}
	wg.Wait()
	close(stop)
	<-viewing
	mustClose(t, k)
	for i, seq := range told {
		if seq != uint64(i+1) {
			t.Fatalf("the listener was told %d at place %d", seq, i+1)
		}
	}
	if r, err := Verify(dir); err != nil || !r.Clean() || int(r.Records) != len(told) {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestTwoProcesses(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	if _, err := Open(testOptions(dir, w)); err == nil || !strings.Contains(err.Error(), "held by another") {
		t.Fatalf("%v", err)
	}
	var r Report
	if held, err := Ask(dir, "verify", &r); !held || err != nil || !r.Clean() {
		t.Fatalf("asked over the control socket: %v %v %+v", held, err, r)
	}
	var h Health
	if held, err := Ask(dir, "health", &h); !held || err != nil || !h.Running {
		t.Fatalf("%v %v %+v", held, err, h)
	}
}

func TestHistoryAndRead(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	for _, v := range script(5) {
		must(t, k, v)
	}
	for i := range 7 {
		must(t, k, floor.AdjustStock{Bin: "A", SKU: "SKU1", Qty: int64(i + 1)})
	}
	h, err := k.History("item/SKU1", 0, 3)
	if err != nil || len(h) != 3 || h[0].Seq < h[1].Seq || h[0].Body.(floor.Mover).Movements()[0].Qty != 7 {
		t.Fatalf("%v %v", h, err)
	}
	if h, _ := k.History("item/SKU1", h[2].Seq, 100); len(h) != 5 {
		t.Fatalf("%d older ones", len(h))
	}
	rs, err := k.Read(3, 4)
	if err != nil || len(rs) != 4 || rs[0].Seq != 3 {
		t.Fatalf("%v %v", rs, err)
	}
	if last, _ := k.Read(k.Head().Seq, 10); len(last) != 1 || last[0].Hash != k.Head().Hash {
		t.Fatal("the last record's hash is the head's")
	}
}

// A clock that was set back before start moves no time back.
func TestClockSetBack(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	k := mustOpen(t, testOptions(dir, w))
	must(t, k, floor.MakeTotes{Count: 1})
	mustClose(t, k)
	w.move(-2 * time.Hour)
	k = mustOpen(t, testOptions(dir, w))
	defer mustClose(t, k)
	must(t, k, floor.MakeTotes{Count: 1})
	rs, _ := k.Read(1, 10)
	if rs[1].At < rs[0].At || k.Health().ClockLate == "" {
		t.Fatalf("%d then %d; late %q", rs[0].At, rs[1].At, k.Health().ClockLate)
	}
}

// A scan whose rule breaks off is answered, once and for all, and what is scanned behind it goes on; a person
// is told.
func TestScanThatBreaksARule(t *testing.T) {
	k := mustOpen(t, testOptions(t.TempDir(), newWall()))
	defer mustClose(t, k)
	must(t, k, floor.MakePairing{Pairing: floor.Pairing{Digest: "p"}})
	d := must(t, k, floor.Pair{Code: "p", Token: "t", Name: "Handheld", Kind: "handheld"}).(*floor.DeviceView).ID
	send := func(id string, n uint64, v floor.Verb) *floor.Answer {
		return k.Do(&floor.Command{ID: id, N: n, Device: d, Verb: v})
	}
	broken := floor.Recall{} // without an order: its rule panics
	for try := range 2 {
		a := send("one", 1, broken)
		if a.Err != nil || a.Verdict == nil || a.Verdict.Code != floor.CodeFault || a.Verdict.Replayed != (try == 1) {
			t.Fatalf("try %d: %+v %+v", try, a.Verdict, a.Err)
		}
	}
	if a := send("two", 2, floor.Scan{Code: "X"}); a.Verdict == nil || a.Resend != 0 || a.Verdict.Code == floor.CodeFault {
		t.Errorf("%+v %+v", a.Verdict, a.Err)
	}
	k.View(func(s *floor.State) {
		if len(s.Exceptions) != 1 {
			t.Errorf("%d exceptions", len(s.Exceptions))
		}
	})
	if a := k.Do(&floor.Command{Verb: broken}); a.Err == nil || a.Err.Code != "internal" {
		t.Errorf("an API call is told that it failed: %+v", a.Err)
	}
	if r := k.Verify(); !r.Clean() {
		t.Error(r.Problems)
	}
}

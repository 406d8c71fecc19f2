package store

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"floorline/floor"
)

// What `make bench` prints. All of them compare two things of one run, because the machines are noisy.

func benchOnly(t *testing.T) {
	if os.Getenv("FLOORLINE_BENCH") == "" {
		t.Skip("a measurement: run make bench")
	}
}

// crew is a warehouse with many pickers, each before a bin, who pick a unit and undo it for ever.
type crew struct {
	k       *Keeper
	devices []floor.DeviceID
	codes   []string
	n       []uint64
	open    []int // units taken since the last undo
}

func newCrew(t testing.TB, k *Keeper, size int) *crew {
	t.Helper()
	c := &crew{k: k, n: make([]uint64, size), open: make([]int, size)}
	must(t, k, floor.SaveSite{Site: floor.Site{Name: "Bench"}})
	w := must(t, k, floor.SaveWorker{Worker: floor.Worker{Name: "Picker", Roles: floor.RolePicker}}).(*floor.WorkerView).ID
	must(t, k, floor.MakeTotes{Count: size})
	for i := range size {
		sku := floor.SKU(fmt.Sprintf("ITEM-%04d", i))
		bin := floor.BinCode(fmt.Sprintf("BIN-%04d", i))
		must(t, k, floor.SaveItem{Item: floor.Item{SKU: sku, Name: "Item", WeightG: 100}})
		must(t, k, floor.SaveBin{Bin: floor.Bin{Code: bin, BinKind: "pick", Cell: i}})
		must(t, k, floor.AdjustStock{Bin: bin, SKU: sku, Qty: 1000, Reason: "opening"})
		o := must(t, k, floor.CreateOrder{Order: floor.NewOrder{Channel: "bench", ExternalID: fmt.Sprint(i), Lines: []floor.NewLine{{SKU: sku, Qty: 5}}}}).(*floor.OrderView).ID
		list := must(t, k, floor.ReleaseWave{Orders: []floor.OrderID{o}}).(*floor.WaveView).PickLists[0]
		must(t, k, floor.MakePairing{Pairing: floor.Pairing{Digest: fmt.Sprint("p", i)}})
		d := must(t, k, floor.Pair{Code: fmt.Sprint("p", i), Token: fmt.Sprint("t", i), Name: "Handheld", Kind: "handheld"}).(*floor.DeviceView).ID
		c.devices, c.codes = append(c.devices, d), append(c.codes, string(sku))
		c.send(t, i, floor.SignIn{Worker: w})
		c.send(t, i, floor.Act{Action: "start", Job: "pick", ID: string(list)})
		var next *floor.Next
		k.View(func(s *floor.State) { next = s.NextFor(d) })
		c.send(t, i, floor.Scan{Code: next.Want[0].Code})
		c.send(t, i, floor.Scan{Code: string(bin)})
	}
	return c
}

func (c *crew) send(t testing.TB, i int, v floor.Verb) *floor.Answer {
	c.n[i]++
	a := c.k.Do(&floor.Command{ID: fmt.Sprintf("%s/%d", c.devices[i], c.n[i]), N: c.n[i], Device: c.devices[i], Roles: floor.RolePicker, Verb: v})
	if a.Verdict == nil || a.Verdict.Class() == floor.Refused {
		t.Fatalf("device %d: %+v %+v", i, a.Verdict, a.Err)
	}
	return a
}

// one is a single scan, or its undo once three units are out.
func (c *crew) one(i int) floor.Verb {
	if c.open[i] < 3 {
		c.open[i]++
		return floor.Scan{Code: c.codes[i]}
	}
	c.open[i]--
	return floor.Act{Action: "undo"}
}

// work has everybody scan until so many scans are done, and gives the time.
func (c *crew) work(t testing.TB, scans int) time.Duration {
	var left atomic.Int64
	left.Store(int64(scans))
	start := time.Now()
	var wg sync.WaitGroup
	for i := range c.devices {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for left.Add(-1) >= 0 {
				c.send(t, i, c.one(i))
			}
		}()
	}
	wg.Wait()
	return time.Since(start)
}

// benchOpen is the real thing: synced, with its default checkpoints.
func benchOpen(t testing.TB, dir string) *Keeper {
	return mustOpen(t, Options{Dir: dir, TickEvery: -1, Space: SpaceOptions{LowBytes: 1, BallastBytes: 1 << 12}})
}

// The keeper's verdicts a second against raw appends of the same records in groups of the same size.
func TestBenchKeeperAgainstRawJournal(t *testing.T) {
	benchOnly(t)
	k := benchOpen(t, t.TempDir())
	c := newCrew(t, k, 256)
	before := k.Head().Seq
	const scans = 60_000
	took := c.work(t, scans)
	verdicts := float64(scans) / took.Seconds()
	records, err := k.Read(before+1, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, k)
	raw := rawAppends(t, records, 3*time.Second)
	t.Logf("keeper, 256 outstanding: %.0f durable verdicts/s; raw group commit of the same records: %.0f/s; ratio %.2f", verdicts, raw, verdicts/raw)
}

// rawAppends has 256 writers append one command's records at a time and wait until they are durable, through
// a group commit that does nothing else. It gives commands a second.
func rawAppends(t testing.TB, records []Record, long time.Duration) float64 {
	k := benchOpen(t, t.TempDir())
	defer mustClose(t, k)
	groups := sealedCommands(t, k, records)
	type ask struct {
		records [][]byte
		done    chan struct{}
	}
	queue, stop := make(chan ask, 1024), make(chan struct{})
	var wg sync.WaitGroup
	var done atomic.Int64
	for w := range 256 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ack := make(chan struct{}, 1)
			for i := w; ; i++ {
				select {
				case <-stop:
					return
				case queue <- ask{groups[i%len(groups)], ack}:
					<-ack
					done.Add(1)
				}
			}
		}()
	}
	go func() {
		seq := uint64(0)
		for a := range queue {
			batch, acks := append([][]byte(nil), a.records...), []chan struct{}{a.done}
			for more := true; more && len(acks) < GroupCommands; {
				select {
				case b := <-queue:
					batch, acks = append(batch, b.records...), append(acks, b.done)
				default:
					more = false
				}
			}
			if err := k.journal.append(Head{Epoch: 1, Seq: seq}, batch, nil); err != nil {
				panic(err)
			}
			seq += uint64(len(batch))
			for _, ack := range acks {
				ack <- struct{}{}
			}
		}
	}()
	start := time.Now()
	time.Sleep(long)
	n, took := done.Load(), time.Since(start)
	close(stop)
	wg.Wait()
	close(queue)
	return float64(n) / took.Seconds()
}

// sealedCommands gives records as bytes, those of one command together.
func sealedCommands(t testing.TB, k *Keeper, records []Record) [][][]byte {
	head := Head{Epoch: 1}
	var out [][][]byte
	last := ""
	for _, r := range records {
		b, next, err := k.record(r.Event, head)
		if err != nil {
			t.Fatal(err)
		}
		head = next
		if r.Command != last || len(out) == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], b)
		last = r.Command
	}
	return out
}

// p99 of a verdict at 500 scans a second offered, against p99 of appending 2 KB to a file and syncing it.
func TestBenchTailAt500(t *testing.T) {
	benchOnly(t)
	dir := t.TempDir()
	k := benchOpen(t, dir)
	defer mustClose(t, k)
	c := newCrew(t, k, 100)
	const scans, gap = 5000, 2 * time.Millisecond
	waits := make([]time.Duration, scans)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range c.devices {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := i; n < scans; n += len(c.devices) {
				due := start.Add(time.Duration(n) * gap)
				time.Sleep(time.Until(due))
				c.send(t, i, c.one(i))
				waits[n] = time.Since(due)
			}
		}()
	}
	wg.Wait()
	plain := plainSyncs(t, dir, 2000)
	t.Logf("verdict at 500/s: p50 %v, p99 %v, max %v; append+fsync of 2 KB: p50 %v, p99 %v; ratio of p99 %.1f",
		at(waits, 50), at(waits, 99), at(waits, 100), at(plain, 50), at(plain, 99), float64(at(waits, 99))/float64(at(plain, 99)))
}

func plainSyncs(t testing.TB, dir string, n int) []time.Duration {
	f, err := os.Create(filepath.Join(dir, "plain"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 2048)
	out := make([]time.Duration, n)
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
	return s[min(len(s)-1, len(s)*percent/100)].Round(100 * time.Nanosecond)
}

// The cost of a scan with two million records behind it against ten thousand, and how long both take to start.
func TestBenchHistory(t *testing.T) {
	benchOnly(t)
	dir := t.TempDir()
	k := benchOpen(t, dir)
	c := newCrew(t, k, 64)
	for k.Head().Seq < 10_000 {
		c.work(t, 1000)
	}
	young, youngMean := c.windows(t)
	k, youngStart := reopen(t, k, dir)
	c.k = k
	for k.Head().Seq < 2_000_000 {
		c.work(t, 20_000)
	}
	old, oldMean := c.windows(t)
	head := k.Head().Seq
	k, oldStart := reopen(t, k, dir)
	mustClose(t, k)
	t.Logf("a scan: %v with few records behind it, %v with %d; ratio %.2f; start %v and %v",
		young, old, head, float64(old)/float64(young), youngStart, oldStart)
	t.Logf("at full speed for minutes Badger's compactions take the processor from it at times; with them a scan is %v and %v; ratio %.2f",
		youngMean, oldMean, float64(oldMean)/float64(youngMean))
}

// windows measures a scan as the median of many windows, and as the mean of all.
func (c *crew) windows(t testing.TB) (median, mean time.Duration) {
	const windows, scans = 20, 10_000
	var each []time.Duration
	for range windows {
		each = append(each, c.work(t, scans)/scans)
		mean += each[len(each)-1] / windows
	}
	return at(each, 50), mean
}

func reopen(t testing.TB, k *Keeper, dir string) (*Keeper, time.Duration) {
	mustClose(t, k)
	start := time.Now()
	k = benchOpen(t, dir)
	return k, time.Since(start).Round(time.Millisecond)
}

// Memory with a hundred thousand items, fifty thousand bins and ten thousand open orders, in a process of
// its own that has done nothing but start.
func TestBenchMemory(t *testing.T) {
	benchOnly(t)
	if dir := os.Getenv("FLOORLINE_BENCH_DIR"); dir != "" {
		k := benchOpen(t, dir)
		debug.FreeOSMemory()
		fmt.Println("STATUS", rss(t))
		mustClose(t, k)
		return
	}
	dir := t.TempDir()
	k := benchOpen(t, dir)
	fillLarge(t, k)
	mustClose(t, k)
	cmd := exec.Command(os.Args[0], "-test.run", "TestBenchMemory$", "-test.v")
	cmd.Env = append(os.Environ(), "FLOORLINE_BENCH_DIR="+dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if s, ok := strings.CutPrefix(line, "STATUS "); ok {
			t.Logf("100,000 items, 50,000 bins, 10,000 open orders: %s", s)
		}
	}
}

func fillLarge(t testing.TB, k *Keeper) {
	for at := 0; at < 100_000; at += floor.RowLimit {
		v := floor.ImportItems{}
		for i := at; i < at+floor.RowLimit; i++ {
			v.Items = append(v.Items, floor.Item{SKU: floor.SKU(fmt.Sprintf("SKU-%06d", i)), Name: fmt.Sprintf("Item number %d", i), WeightG: 100,
				Barcodes: []floor.Barcode{{Code: fmt.Sprintf("CODE%08d", i), Qty: 1}}, SizeMM: []int64{100, 100, 50}})
			v.Rows = append(v.Rows, i)
		}
		must(t, k, v)
	}
	for at := 0; at < 50_000; at += floor.RowLimit {
		v := floor.ImportBins{}
		for i := at; i < at+floor.RowLimit; i++ {
			v.Bins = append(v.Bins, floor.Bin{Code: floor.BinCode(fmt.Sprintf("A-%05d", i)), BinKind: "pick", Aisle: i / 500, Cell: i % 500})
			v.Rows = append(v.Rows, i)
		}
		must(t, k, v)
	}
	for at := 0; at < 10_000; at += floor.RowLimit {
		v := floor.ImportOrders{}
		for i := at; i < at+floor.RowLimit; i++ {
			n := floor.NewOrder{Row: i, Channel: "bench", ExternalID: fmt.Sprint(i), ShipTo: floor.Person{Name: "Somebody Somewhere", Lines: []string{"A street 5"}, City: "A town", Postcode: "12345", Country: "DE"}}
			for j := range 3 {
				n.Lines = append(n.Lines, floor.NewLine{SKU: floor.SKU(fmt.Sprintf("SKU-%06d", (i*7+j*131)%100_000)), Qty: 2})
			}
			v.Orders = append(v.Orders, n)
		}
		must(t, k, v)
	}
}

// rss is what the kernel says of this process.
func rss(t testing.TB) string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	var out []string
	for _, line := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "RssAnon") || strings.HasPrefix(line, "VmHWM") {
			out = append(out, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(out, ", ")
}

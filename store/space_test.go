package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"floorline/floor"
)

// smallDisk is a disk of its own, of 128 MB.
func smallDisk(t *testing.T) string {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=128m"); err != nil {
		if os.Getenv("CI") == "true" && !errors.Is(err, unix.EPERM) {
			t.Fatal(err)
		}
		t.Skipf("a disk of one's own needs root: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

func smallDiskOptions(dir string) Options {
	return Options{Dir: filepath.Join(dir, "data"), CheckpointRows: 500,
		Space: SpaceOptions{LowBytes: 40 << 20, BallastBytes: 4 << 20, Every: 20 * time.Millisecond}}
}

// diskWorker is the warehouse of TestFullDisk, in a process of its own since a full disk kills a Badger
// that is not guarded. It adds to the stock for ever and says each acknowledged record, each stop and each
// resumption.
func diskWorker(dir string) {
	k, err := Open(smallDiskOptions(dir))
	if err != nil {
		fmt.Println("refused", err)
		return
	}
	k.Do(&floor.Command{Verb: floor.SaveBin{Bin: floor.Bin{Code: "A"}}})
	k.Do(&floor.Command{Verb: floor.SaveItem{Item: floor.Item{SKU: "S", Name: "Item"}}})
	fmt.Println("open")
	stopped := false
	for i := 0; ; i++ {
		a := k.Do(&floor.Command{ID: fmt.Sprint(os.Getpid(), "/", i), Keep: true, Verb: floor.AdjustStock{Bin: "A", SKU: "S", Qty: 1, Reason: "found"}})
		switch {
		case a.Err == nil:
			if stopped {
				fmt.Println("resumed")
			}
			stopped = false
			fmt.Println("ack", a.Seq)
		case a.Err.Code != "disk_full":
			fmt.Println("refused", a.Err)
			return
		case !stopped:
			stopped = true
			fmt.Println("stopped")
		}
		if stopped {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// worker is a diskWorker and what it says.
type worker struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	acked uint64
	last  string
}

func startWorker(t *testing.T, dir string) *worker {
	cmd := exec.Command(os.Args[0], "-test.run", "TestFullDisk$")
	cmd.Env = append(os.Environ(), "FLOORLINE_DISK="+dir)
	out, err := cmd.StdoutPipe()
	must0(t, err)
	cmd.Stderr = os.Stderr
	must0(t, cmd.Start())
	late := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() }) // so that a worker that hangs fails the test
	t.Cleanup(func() { late.Stop() })
	return &worker{cmd: cmd, lines: bufio.NewScanner(out)}
}

// until reads what the worker says until a word comes; false when it ended before.
func (w *worker) until(word string) bool {
	for w.lines.Scan() {
		w.last = w.lines.Text()
		_, _ = fmt.Sscanf(w.last, "ack %d", &w.acked) // other lines leave it
		if strings.HasPrefix(w.last, word) {
			return true
		}
	}
	return false
}

// kill ends it as a power cut does, and reads what it had said before.
func (w *worker) kill() {
	_ = w.cmd.Process.Kill()
	w.until("nothing says this")
	_ = w.cmd.Wait()
}

// fillTo writes until so much is free, as another program on the same disk does.
func fillTo(t *testing.T, dir string, leave int64) (path string) {
	path = filepath.Join(dir, "somebody-elses")
	f, err := os.Create(path)
	must0(t, err)
	defer f.Close()
	b := make([]byte, 256<<10)
	for {
		free, err := freeBytes(dir)
		must0(t, err)
		if free <= leave {
			return path
		}
		if _, err := f.Write(b[:min(int64(len(b)), free-leave)]); err != nil {
			return path
		}
	}
}

// fillUp takes the very last byte.
func fillUp(t *testing.T, path string) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	must0(t, err)
	defer f.Close()
	if n, err := io.Copy(f, zeros{}); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("%d bytes more, then %v", n, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A disk that another program fills up, to the last byte: work stops before the store breaks and goes on by
// itself when there is room. After a power cut on the full disk start says so, and once there is room
// everything that was acknowledged is there.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv("FLOORLINE_DISK"); dir != "" {
		diskWorker(dir)
		return
	}
	disk := smallDisk(t)
	w := startWorker(t, disk)
	defer func() { w.kill() }()
	filler := ""
	for round := range 3 {
		if !w.until("ack") {
			t.Fatalf("it ended: %s", w.last)
		}
		filler = fillTo(t, disk, 39<<20)
		if !w.until("stopped") {
			t.Fatalf("it ended on a filling disk: %s", w.last)
		}
		fillUp(t, filler)
		if round == 2 {
			break
		}
		must0(t, os.Remove(filler))
		if !w.until("resumed") {
			t.Fatalf("it ended: %s", w.last)
		}
	}
	w.kill()
	acked := w.acked
	w = startWorker(t, disk)
	if !w.until("refused") || !strings.Contains(w.last, "the disk of") || !strings.Contains(w.last, "What to do") {
		t.Fatalf("started on a full disk: %q", w.last)
	}
	w.kill()
	must0(t, os.Remove(filler))
	w = startWorker(t, disk)
	if !w.until("open") || !w.until("ack") {
		t.Fatalf("there is room, and it said %q", w.last)
	}
	w.kill()
	r, err := Verify(smallDiskOptions(disk).Dir)
	if err != nil || !r.Clean() || r.Head.Seq < acked || acked < 20 {
		t.Fatalf("%+v %v; acknowledged %d", r, err, acked)
	}
	t.Logf("acknowledged record %d before the last stop; now %d", acked, r.Head.Seq)
}

// On a nearly full disk work stops politely, and goes on by itself when there is room.
func TestDiskFull(t *testing.T) {
	w, dir := newWall(), t.TempDir()
	var mu sync.Mutex
	free := int64(1 << 30)
	o := testOptions(dir, w)
	o.Space = SpaceOptions{LowBytes: 1 << 20, BallastBytes: 1 << 16, Every: time.Hour, Free: func(string) (int64, error) {
		mu.Lock()
		defer mu.Unlock()
		return free, nil
	}}
	k := mustOpen(t, o)
	defer mustClose(t, k)
	set := func(n int64) { mu.Lock(); free = n; mu.Unlock(); k.space.look() }
	ballast := func() bool { _, err := os.Stat(filepath.Join(dir, "ballast")); return err == nil }
	if !ballast() {
		t.Fatal("no ballast")
	}
	set(1<<20 - 1)
	if a := k.Do(&floor.Command{Verb: floor.MakeTotes{Count: 1}}); a.Err == nil || a.Err.Code != "disk_full" || a.Err.Kind != floor.Stopped {
		t.Fatalf("%+v", a.Err)
	}
	if ballast() || !k.Space().Stopped {
		t.Fatal("the ballast is let go")
	}
	set(1<<20 + 1)
	if !k.Space().Stopped {
		t.Fatal("a little room is not enough: no flicker")
	}
	set(1 << 30)
	must(t, k, floor.MakeTotes{Count: 1})
	if !ballast() {
		t.Fatal("the ballast is laid in again")
	}
}

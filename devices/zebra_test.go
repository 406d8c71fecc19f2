package devices

import (
	"bytes"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"floorline/floor"
)

// zebra is a ZPL printer that answers ~HS. A test opens its head, takes its paper, and looks at what it printed.
type zebra struct {
	mu       sync.Mutex
	l        net.Listener
	addr     string
	paperOut bool
	paused   bool
	headOpen bool
	sticks   bool           // it takes labels and prints none of them, and says nothing is wrong
	silent   bool           // it hears, and answers nothing
	at       func(z *zebra) // when a label has come in, before it is printed
	waiting  []string       // labels in its buffer
	printed  []string
	open     map[net.Conn]bool
}

func newZebra(t *testing.T) *zebra {
	z := &zebra{open: map[net.Conn]bool{}}
	z.listen(t, "127.0.0.1:0")
	return z
}

func (z *zebra) listen(t *testing.T, addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	z.l, z.addr = l, l.Addr().String()
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			z.mu.Lock()
			z.open[c] = true
			z.mu.Unlock()
			go z.serve(c)
		}
	}()
}

func (z *zebra) serve(c net.Conn) {
	defer c.Close()
	var in []byte
	buf := make([]byte, 512)
	for {
		n, err := c.Read(buf)
		in = append(in, buf[:n]...)
		in = z.take(c, in)
		if err != nil {
			return
		}
	}
}

// take reads commands and whole labels off the front of what came in.
func (z *zebra) take(c net.Conn, in []byte) []byte {
	for {
		in = bytes.TrimLeft(in, "\r\n")
		if rest, ok := bytes.CutPrefix(in, []byte("~HS")); ok {
			if said := z.status(); !z.isSilent() {
				_, _ = c.Write([]byte(said))
			}
			in = rest
			continue
		}
		end := bytes.Index(in, []byte("^XZ"))
		if !bytes.HasPrefix(in, []byte("^XA")) || end < 0 {
			return in
		}
		z.mu.Lock()
		z.waiting = append(z.waiting, string(in[:end+3]))
		at := z.at
		z.mu.Unlock()
		if at != nil {
			at(z)
		}
		in = in[end+3:]
		z.run()
	}
}

// run prints what is in the buffer, where nothing is in the way.
func (z *zebra) run() {
	z.mu.Lock()
	defer z.mu.Unlock()
	if !z.paperOut && !z.paused && !z.headOpen && !z.sticks {
		z.printed, z.waiting = append(z.printed, z.waiting...), nil
	}
}

func (z *zebra) set(change func(z *zebra)) {
	z.mu.Lock()
	change(z)
	z.mu.Unlock()
	z.run()
}

func (z *zebra) labels() []string {
	z.mu.Lock()
	defer z.mu.Unlock()
	return append([]string(nil), z.printed...)
}

func (z *zebra) isSilent() bool {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.silent
}

func (z *zebra) status() string {
	z.mu.Lock()
	defer z.mu.Unlock()
	bit := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return fmt.Sprintf("\x02030,%d,%d,1245,%03d,0,0,0,000,0,0,0\x03\r\n\x02001,0,%d,0,1,2,6,0,%08d,1,000\x03\r\n\x021234,0\x03\r\n",
		bit(z.paperOut), bit(z.paused || z.paperOut || z.headOpen), len(z.waiting), bit(z.headOpen), len(z.waiting))
}

// dies drops its connections as a pulled cable does, and is gone.
func (z *zebra) dies() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.l.Close()
	for c := range z.open {
		_ = c.(*net.TCPConn).SetLinger(0)
		c.Close()
	}
}

// printer sets a printer up at an address.
func (f *front) printer(code, address, rest string) {
	f.t.Helper()
	if rest == "" {
		rest = `"kind":"zpl","uses":["labels"]`
	}
	if r := f.call("PUT", "/api/v1/printers/"+code, `{"address":"`+address+`",`+rest+`}`); r.status != 201 && r.status != 200 {
		f.t.Fatalf("PUT printer %s: %d %s", code, r.status, r.body)
	}
}

// job is a print as the API shows it.
func (f *front) job(id floor.PrintID) floor.PrintView {
	f.t.Helper()
	var list struct{ Items []floor.PrintView }
	f.want(200, "GET", "/api/v1/prints?limit=200", "").json(f.t, &list)
	for _, p := range list.Items {
		if p.ID == id {
			return p
		}
	}
	f.t.Fatalf("no print %s", id)
	return floor.PrintView{}
}

// ask has something printed and gives the job.
func (f *front) askFor(body string) floor.PrintView {
	f.t.Helper()
	var made floor.PrintsAsked
	f.want(201, "POST", "/api/v1/prints", body).json(f.t, &made)
	return *made.Items[0]
}

// until waits for something to become so; it asks the house again and again, and sleeps at no time.
func (f *front) until(what string, so func() bool) {
	f.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !so(); {
		if time.Now().After(deadline) {
			var list struct{ Items []floor.PrintView }
			f.want(200, "GET", "/api/v1/prints?limit=200", "").json(f.t, &list)
			f.t.Fatalf("never: %s; jobs are %+v", what, list.Items)
		}
	}
}

// comesTo waits until a job has a status, and a trouble.
func (f *front) comesTo(id floor.PrintID, status, trouble string) floor.PrintView {
	f.t.Helper()
	var p floor.PrintView
	f.until(fmt.Sprintf("%s is %s %s", id, status, trouble), func() bool {
		p = f.job(id)
		return p.Status == status && p.Trouble == trouble
	})
	return p
}

func openPrints(t *testing.T) *front {
	f := openFront(t)
	f.s.printer.pace = quick
	f.stock()
	return f
}

package devices

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"floorline/floor"
	"floorline/labels"
	"floorline/store"
)

// printers drives raw printers on port 9100: one queue and one connection at a time for each. A printer
// never says that paper came out, so a sent label is "sent" until somebody scans it.
type printers struct {
	s      *Server
	mu     sync.Mutex
	queues map[string]chan floor.PrintID
	ending chan struct{}
	done   sync.WaitGroup
}

// Limits of a printer.
const (
	PrintQueueLimit = 500
	DialWithin      = 5 * time.Second
	PrintWithin     = 20 * time.Second
)

func newPrinters(s *Server) *printers {
	return &printers{s: s, queues: map[string]chan floor.PrintID{}, ending: make(chan struct{})}
}

// told is called by the writer: a label is to be printed.
func (p *printers) told(records []store.Record) {
	for i := range records {
		switch b := records[i].Body.(type) {
		case *floor.PrintAsked:
			p.queue(b.Print.Printer, b.Print.ID)
		case *floor.PrintMoved:
			if b.Verb == "retry" {
				go p.requeue(b.Print)
			}
		}
	}
}

func (p *printers) requeue(id floor.PrintID) {
	var printer string
	p.s.keeper.View(func(st *floor.State) {
		if pr := st.Prints[id]; pr != nil {
			printer = pr.Printer
		}
	})
	if printer != "" {
		p.queue(printer, id)
	}
}

// start goes on after a restart: what was queued is sent; what was being sent may or may not have come out,
// and only a person can tell.
func (p *printers) start() {
	var queued, lost []floor.Print
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.Prints {
			switch pr.Status {
			case floor.PrintQueued:
				queued = append(queued, *pr)
			case floor.PrintSending:
				lost = append(lost, *pr)
			}
		}
	})
	for _, pr := range lost {
		p.move(pr.ID, "lose", "the server stopped while it was being sent: scan the label, or print it again")
	}
	for _, pr := range queued {
		p.queue(pr.Printer, pr.ID)
	}
}

func (p *printers) queue(printer string, id floor.PrintID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := p.queues[printer]
	if q == nil {
		q = make(chan floor.PrintID, PrintQueueLimit)
		p.queues[printer] = q
		p.done.Add(1)
		go p.drive(printer, q)
	}
	select {
	case q <- id:
	default: // it stays queued on the floor, and is sent at the next start or retry
	}
}

func (p *printers) drive(printer string, q chan floor.PrintID) {
	defer p.done.Done()
	for {
		select {
		case id := <-q:
			p.print(printer, id)
		case <-p.ending:
			return
		}
	}
}

func (p *printers) stop() {
	close(p.ending)
	p.done.Wait()
}

func (p *printers) move(id floor.PrintID, verb, why string) bool {
	return p.s.keeper.Do(&floor.Command{Verb: floor.MovePrint{ID: id, Verb: verb, Why: why}}).Err == nil
}

func (p *printers) print(printer string, id floor.PrintID) {
	var d labels.Shipping
	ready := false
	p.s.keeper.View(func(st *floor.State) {
		if pr := st.Prints[id]; pr != nil && pr.Status == floor.PrintQueued {
			if parcel := st.Parcels[pr.Parcel]; parcel != nil {
				d, ready = shippingLabel(st, parcel)
			}
		}
	})
	if !ready || !p.move(id, "send", "") {
		return
	}
	zpl, err := d.ZPL(labels.Size4x6, 203)
	if err != nil {
		p.move(id, "fail", "the label cannot be drawn: "+err.Error())
		return
	}
	sent, err := p.send(printer, zpl)
	switch {
	case err == nil:
		p.move(id, "sent", "")
	case sent == 0:
		p.move(id, "fail", "the printer cannot be reached: is it on, and is its cable in?")
	default:
		p.move(id, "lose", "the printer went away in the middle: scan the label if one came out, or print it again")
	}
}

// send writes to a raw printer and gives how many bytes it took.
func (p *printers) send(printer string, b []byte) (int, error) {
	if err := p.allowed(printer); err != nil {
		return 0, err
	}
	conn, err := net.DialTimeout("tcp", printer, DialWithin)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(PrintWithin))
	n, err := conn.Write(b)
	if err != nil {
		return n, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		if err := tcp.CloseWrite(); err != nil {
			return n, err
		}
	}
	// A printer closes when it has read everything; one that stalls or resets has perhaps not.
	buf := make([]byte, 256)
	for {
		if _, err := conn.Read(buf); err != nil {
			var ne net.Error
			if errors.As(err, &ne) && !ne.Timeout() {
				return n, err
			}
			if errors.As(err, &ne) && ne.Timeout() {
				return n, fmt.Errorf("the printer did not finish: %w", err)
			}
			return n, nil
		}
	}
}

// allowed limits printers to raw ports on private addresses, so that nobody can have this server speak to
// anything else. Loopback only where the server itself is a loopback one.
func (p *printers) allowed(printer string) *floor.Error {
	bad := &floor.Error{Kind: floor.Invalid, Code: "bad_printer", Say: "not accepted", About: []floor.Fault{{Pointer: "/printer",
		Code: "bad_printer", Detail: "a printer is a private address and a port from 9100 to 9109, such as 192.168.1.50:9100"}}}
	host, port, err := net.SplitHostPort(printer)
	if err != nil {
		return bad
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return bad
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return bad
	}
	if addr.IsLoopback() {
		if !p.s.o.Loopback || n < 1024 {
			return bad
		}
		return nil
	}
	if !addr.IsPrivate() || n < 9100 || n > 9109 {
		return bad
	}
	return nil
}

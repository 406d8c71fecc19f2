package devices

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"time"

	"floorline/floor"
	"floorline/labels"
	"floorline/store"
)

// printers drives raw printers on port 9100: one line of waiting labels and one connection at a time for
// each. The line itself is the floor's; here is only who works it off. A printer never says that paper came
// out, so a sent label is "sent" until somebody scans it.
type printers struct {
	s      *Server
	within time.Duration // to take one label
	mu     sync.Mutex
	wakes  map[string]chan struct{}
	ctx    context.Context
	end    context.CancelFunc
	done   sync.WaitGroup
}

// Limits of a printer.
const (
	DialWithin  = 5 * time.Second
	PrintWithin = 20 * time.Second
	AskAgain    = time.Second // when the floor cannot take a word about a label just now
)

func newPrinters(s *Server) *printers {
	p := &printers{s: s, within: PrintWithin, wakes: map[string]chan struct{}{}}
	p.ctx, p.end = context.WithCancel(context.Background())
	return p
}

// told is called by the writer: a label is to be printed, for the first time or again.
func (p *printers) told(records []store.Record) {
	for i := range records {
		switch b := records[i].Body.(type) {
		case *floor.PrintAsked:
			p.wake(b.Print.Printer)
		case *floor.PrintMoved:
			if b.Verb == "retry" {
				p.wakeAll()
			}
		}
	}
}

// start goes on after a restart: what was queued is sent; what was being sent may or may not have come out,
// and only a person can tell.
func (p *printers) start() {
	var queued []string
	var lost []floor.PrintID
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.Prints {
			switch pr.Status {
			case floor.PrintQueued:
				queued = append(queued, pr.Printer)
			case floor.PrintSending:
				lost = append(lost, pr.ID)
			}
		}
	})
	slices.Sort(lost)
	for _, id := range lost {
		p.move(id, "lose", "the server stopped while it was being sent: scan the label, or print it again")
	}
	for _, printer := range queued {
		p.wake(printer)
	}
}

// wake has a printer's driver look for work, and makes the driver where there is none yet.
func (p *printers) wake(printer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx.Err() != nil {
		return
	}
	w := p.wakes[printer]
	if w == nil {
		w = make(chan struct{}, 1)
		p.wakes[printer] = w
		p.done.Add(1)
		go p.drive(printer, w)
	}
	select {
	case w <- struct{}{}:
	default: // it is awake
	}
}

func (p *printers) wakeAll() {
	var all []string
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.Prints {
			if pr.Status == floor.PrintQueued && !slices.Contains(all, pr.Printer) {
				all = append(all, pr.Printer)
			}
		}
	})
	for _, printer := range all {
		p.wake(printer)
	}
}

func (p *printers) drive(printer string, wake chan struct{}) {
	defer p.done.Done()
	for {
		select {
		case <-wake:
		case <-p.ctx.Done():
			return
		}
		for id, ok := p.oldest(printer); ok && p.ctx.Err() == nil; id, ok = p.oldest(printer) {
			if !p.print(printer, id) {
				time.AfterFunc(AskAgain, func() { p.wake(printer) })
				break
			}
		}
	}
}

// oldest is the label that has waited longest for a printer.
func (p *printers) oldest(printer string) (id floor.PrintID, ok bool) {
	p.s.keeper.View(func(st *floor.State) {
		for _, pr := range st.Prints {
			if pr.Printer == printer && pr.Status == floor.PrintQueued && (!ok || pr.ID < id) {
				id, ok = pr.ID, true
			}
		}
	})
	return id, ok
}

// stop breaks off what is being sent, which becomes unknown, and waits for the drivers.
func (p *printers) stop() {
	p.mu.Lock()
	p.end()
	p.mu.Unlock()
	p.done.Wait()
}

func (p *printers) move(id floor.PrintID, verb, why string) bool {
	return p.s.keeper.Do(&floor.Command{Verb: floor.MovePrint{ID: id, Verb: verb, Why: why}}).Err == nil
}

// settle notes how the sending ended. What happened has happened, so it insists while the floor is busy or
// the disk is full; a label that was proved or voided meanwhile stays so.
func (p *printers) settle(id floor.PrintID, verb, why string) bool {
	for {
		a := p.s.keeper.Do(&floor.Command{Verb: floor.MovePrint{ID: id, Verb: verb, Why: why}})
		if a.Err == nil || a.Err.Code != "busy" && a.Err.Kind != floor.Stopped {
			return true
		}
		select {
		case <-time.After(AskAgain):
		case <-p.ctx.Done():
			return false // the next start finds it as being sent, and says so
		}
	}
}

// print sends one label and says what is known of it. False: the floor took no word about it just now.
func (p *printers) print(printer string, id floor.PrintID) bool {
	var d labels.Shipping
	var ready, sold bool
	var bytes []byte
	var kind string
	p.s.keeper.View(func(st *floor.State) {
		if pr := st.Prints[id]; pr != nil {
			if parcel := st.Parcels[pr.Parcel]; parcel != nil {
				d, ready = shippingLabel(st, st.Orders[parcel.Order], parcel)
				bytes, kind, sold = st.BoughtLabel(parcel)
			}
		}
	})
	if !p.move(id, "send", "") {
		return false
	}
	if !ready {
		return p.settle(id, "fail", "the parcel has no label any more")
	}
	zpl, err := d.ZPL(labels.Size4x6, 203)
	if sold { // the carrier's own label goes out as it is
		zpl, err = bytes, nil
		if kind != "zpl" || len(bytes) == 0 {
			err = errors.New("the carrier sold it as " + cmp.Or(kind, "a label that is gone") + ": print it from the screen")
		}
	}
	if err != nil {
		return p.settle(id, "fail", "the label cannot be drawn: "+err.Error())
	}
	sent, err := p.send(printer, zpl)
	switch {
	case err == nil:
		return p.settle(id, "sent", "")
	case sent == 0 && p.ctx.Err() != nil: // the printer saw nothing of it: it goes out at the next start
		return p.settle(id, "fail", "the server stopped before it was sent") && p.move(id, "retry", "")
	case sent == 0:
		return p.settle(id, "fail", "the printer cannot be reached: is it on, and is its cable in?")
	}
	return p.settle(id, "lose", "the printer went away in the middle: scan the label if one came out, or print it again")
}

// send writes to a raw printer and gives how many bytes it took.
func (p *printers) send(printer string, b []byte) (int, error) {
	if err := p.allowed(printer); err != nil {
		return 0, err
	}
	dialer := net.Dialer{Timeout: min(DialWithin, p.within)}
	conn, err := dialer.DialContext(p.ctx, "tcp", printer)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(p.within)); err != nil {
		return 0, err
	}
	defer context.AfterFunc(p.ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	n, err := conn.Write(b)
	if err != nil {
		return n, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		if err := tcp.CloseWrite(); err != nil {
			return n, err
		}
	}
	return n, readOut(conn)
}

// readOut waits until the printer closes, as it does when it has read everything; one that stalls or resets
// has perhaps not. What it says meanwhile is no proof of anything.
func readOut(conn net.Conn) error {
	n, err := io.Copy(io.Discard, io.LimitReader(conn, SayLimit))
	if err == nil && n == SayLimit {
		return errors.New("the printer talks without end: is it one?")
	}
	return err
}

// SayLimit is how many bytes a printer may answer to a label.
const SayLimit = 64 << 10

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

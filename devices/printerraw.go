package devices

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"time"

	"floorline/floor"
)

// rawLink is a connection to a raw printer on port 9100. A ZPL printer is asked how it is (~HS) before a job
// and until it is done with it; one that does not answer prints all the same, and what it prints is "sent"
// once it has read everything and closed.
type rawLink struct {
	p    *printers
	j    *job
	conn net.Conn
	asks bool // it is to be asked, and has answered so far
	free func() bool
}

// SayLimit is how many bytes a printer may answer to a job.
const SayLimit = 64 << 10

var (
	errMute   = errors.New("it does not answer ~HS")
	errBabble = errors.New("it talks without end: is it a printer?")
)

func (p *printers) reachRaw(j *job, addr netip.AddrPort) (link, error) {
	dialer := net.Dialer{Timeout: p.pace.dial}
	conn, err := dialer.DialContext(p.ctx, "tcp", addr.String())
	if err != nil {
		return nil, err
	}
	l := &rawLink{p: p, j: j, conn: conn, asks: j.rec.Language == floor.PrinterZPL && !p.isMute(j.printer)}
	l.free = context.AfterFunc(p.ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return l, nil
}

func (l *rawLink) close() {
	l.free()
	_ = l.conn.Close()
}

// ready asks a printer how it is. One that closes at the question is reached once more and not asked.
func (l *rawLink) ready() (string, error) {
	if !l.asks {
		return "", nil
	}
	s, err := l.ask()
	switch {
	case err == nil:
		return s.trouble(), nil
	case l.p.ctx.Err() != nil:
		return "", err
	}
	l.p.muted(l.j.printer)
	l.asks = false
	if errors.Is(err, errMute) {
		return "", nil
	}
	return "", l.again()
}

// again reaches the printer anew, after it closed at a question it does not know.
func (l *rawLink) again() error {
	addr := l.conn.RemoteAddr().String()
	l.close()
	conn, err := (&net.Dialer{Timeout: l.p.pace.dial}).DialContext(l.p.ctx, "tcp", addr)
	if err != nil {
		l.free = func() bool { return true }
		return err
	}
	l.conn = conn
	l.free = context.AfterFunc(l.p.ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return nil
}

// ask sends ~HS and reads its three lines.
func (l *rawLink) ask() (hostStatus, error) {
	l.until(l.p.pace.answer)
	if _, err := l.conn.Write([]byte("~HS\r\n")); err != nil {
		return hostStatus{}, err
	}
	var got []byte
	buf := make([]byte, 256)
	for bytes.Count(got, []byte{0x03}) < 3 {
		n, err := l.conn.Read(buf)
		got = append(got, buf[:n]...)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return hostStatus{}, errMute
		case err != nil:
			return hostStatus{}, err
		case len(got) > 512:
			return hostStatus{}, errMute
		}
	}
	s, err := parseHostStatus(got)
	if err != nil {
		return s, errMute
	}
	return s, nil
}

// until sets how long the connection may take, unless the server stops first.
func (l *rawLink) until(d time.Duration) {
	_ = l.conn.SetDeadline(time.Now().Add(d))
	if l.p.ctx.Err() != nil {
		_ = l.conn.SetDeadline(time.Unix(1, 0))
	}
}

func (l *rawLink) send(b []byte) outcome {
	l.until(l.p.pace.take)
	n, err := l.conn.Write(b)
	switch {
	case err != nil && n == 0: // the printer saw nothing of it
		return outcome{verb: "wait", trouble: floor.TroubleUnreachable}
	case err != nil:
		return outcome{verb: "lose", trouble: floor.TroubleLost}
	case l.asks:
		return l.watch()
	}
	if tcp, ok := l.conn.(*net.TCPConn); ok {
		if err := tcp.CloseWrite(); err != nil {
			return outcome{verb: "lose", trouble: floor.TroubleLost}
		}
	}
	if err := l.readOut(); errors.Is(err, os.ErrDeadlineExceeded) {
		return outcome{verb: "lose", trouble: floor.TroubleStalled}
	} else if err != nil {
		return outcome{verb: "lose", trouble: floor.TroubleLost}
	}
	return outcome{verb: "sent"}
}

// readOut waits until the printer closes, as it does when it has read everything; one that stalls or resets
// has perhaps not. What it says meanwhile is no proof of anything.
func (l *rawLink) readOut() error {
	n, err := io.Copy(io.Discard, io.LimitReader(l.conn, SayLimit))
	if err == nil && n == SayLimit {
		return errBabble
	}
	return err
}

// watch asks a printer until it has nothing left to print. While it says that it is out of paper or paused it is waited for,
// however long, and goes on by itself when somebody has seen to it.
func (l *rawLink) watch() outcome {
	moved := time.Now()
	var last hostStatus
	for {
		s, err := l.ask()
		mute := errors.Is(err, errMute)
		switch {
		case mute: // it has answered before: it is at work, unless it stays silent
			s = last
		case err != nil:
			return outcome{verb: "lose", trouble: floor.TroubleLost}
		case s.trouble() == "" && s.done():
			l.p.see(l.j.printer, floor.PrinterReady)
			return outcome{verb: "sent"}
		}
		if l.p.still(l.j.id) != floor.PrintSending {
			return outcome{}
		}
		l.note(s.trouble())
		if s != last || s.trouble() != "" && !mute {
			last, moved = s, time.Now()
		}
		if time.Since(moved) > l.p.pace.stall {
			return outcome{verb: "lose", trouble: floor.TroubleStalled}
		}
		select {
		case <-time.After(l.p.pace.poll):
		case <-l.p.ctx.Done():
			return outcome{verb: "lose", trouble: floor.TroubleStopped}
		}
	}
}

// note says what a printer at work waits for.
func (l *rawLink) note(trouble string) {
	state := trouble
	if state == "" {
		state = floor.PrinterReady
	}
	l.p.see(l.j.printer, state)
	l.p.move(floor.MovePrint{ID: l.j.id, Verb: "note", Trouble: trouble})
}

func (p *printers) isMute(printer string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	since, ok := p.mute[printer]
	return ok && time.Since(since) < MuteFor
}

func (p *printers) muted(printer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mute[printer] = time.Now()
}

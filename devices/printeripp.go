package devices

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/OpenPrinting/goipp"

	"floorline/floor"
)

// ippLink speaks IPP with a printer or CUPS (RFC 8010, 8011). Messages are goipp's; the way there is ours:
// the address that was checked is the one that is dialled, nothing is redirected, and every answer has an end.
type ippLink struct {
	p       *printers
	j       *job
	uri     string // as the printer is told it is called
	url     string
	client  *http.Client
	reached atomic.Bool // a connection was made since the last request began
	ids     uint32
	format  string
	formats []string // that the printer says it takes
}

// IPPAnswerLimit is how many bytes an IPP answer may have.
const IPPAnswerLimit = 256 << 10

func newIPP(p *printers, j *job, t target, addr netip.AddrPort) *ippLink {
	scheme, web := "ipp", "http"
	if t.tls {
		scheme, web = "ipps", "https"
	}
	host := net.JoinHostPort(t.host, fmt.Sprint(t.port))
	l := &ippLink{p: p, j: j, uri: scheme + "://" + host + t.path, url: web + "://" + host + t.path, format: pdfFile}
	l.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 16 << 10,
			TLSHandshakeTimeout: p.pace.dial, ResponseHeaderTimeout: p.pace.take, TLSClientConfig: pinned(t.host, j.rec.Pin),
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				conn, err := (&net.Dialer{Timeout: p.pace.dial}).DialContext(ctx, network, addr.String())
				l.reached.Store(l.reached.Load() || err == nil)
				return conn, err
			}},
	}
	return l
}

var errPin = errors.New("the printer shows another certificate than the one pinned")

// pinned trusts one certificate by its digest, for printers that made their own; without a pin the machine's
// authorities are trusted.
func pinned(host, pin string) *tls.Config {
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if pin != "" {
		c.InsecureSkipVerify = true // the digest below is stricter than any chain
		c.VerifyConnection = func(s tls.ConnectionState) error {
			sum := sha256.Sum256(s.PeerCertificates[0].Raw)
			if hex.EncodeToString(sum[:]) != pin {
				return errPin
			}
			return nil
		}
	}
	return c
}

func (l *ippLink) close() { l.client.CloseIdleConnections() }

// request begins a message as every IPP request begins: RFC 8011, 4.1.4 and 4.1.5.
func (l *ippLink) request(op goipp.Op) *goipp.Message {
	l.ids++
	m := goipp.NewRequest(goipp.MakeVersion(1, 1), op, l.ids)
	m.Operation.Add(goipp.MakeAttribute("attributes-charset", goipp.TagCharset, goipp.String("utf-8")))
	m.Operation.Add(goipp.MakeAttribute("attributes-natural-language", goipp.TagLanguage, goipp.String("en")))
	m.Operation.Add(goipp.MakeAttribute("printer-uri", goipp.TagURI, goipp.String(l.uri)))
	return m
}

func wants(m *goipp.Message, names ...string) {
	a := goipp.Attribute{Name: "requested-attributes"}
	for _, n := range names {
		a.Values.Add(goipp.TagKeyword, goipp.String(n))
	}
	m.Operation.Add(a)
}

func named(m *goipp.Message) {
	m.Operation.Add(goipp.MakeAttribute("requesting-user-name", goipp.TagName, goipp.String("floorline")))
}

// do sends a message, with a document behind it, and reads the answer.
func (l *ippLink) do(ctx context.Context, m *goipp.Message, document []byte) (*goipp.Message, error) {
	head, err := m.EncodeBytes()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, l.p.pace.take)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", l.url, io.MultiReader(bytes.NewReader(head), bytes.NewReader(document)))
	if err != nil {
		return nil, err
	}
	r.ContentLength = int64(len(head) + len(document))
	r.Header.Set("Content-Type", goipp.ContentType)
	r.Header.Set("User-Agent", "Floorline")
	l.reached.Store(false)
	resp, err := l.client.Do(r)
	var stranger *tls.CertificateVerificationError
	switch {
	case errors.As(err, &stranger) || errors.Is(err, errPin):
		return nil, &refusal{floor.TroubleRefused, "nobody here trusts the certificate it shows: set its pin to that certificate's SHA-256"}
	case err != nil:
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 && resp.StatusCode < 500 { // elsewhere, or not for us: nothing was taken
		return nil, &refusal{floor.TroubleRefused, fmt.Sprintf("HTTP status %d", resp.StatusCode)}
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP status %d", resp.StatusCode)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, IPPAnswerLimit+1))
	if err != nil {
		return nil, err
	}
	if len(b) > IPPAnswerLimit {
		return nil, errBabble
	}
	out := &goipp.Message{}
	if err := out.DecodeBytes(b); err != nil {
		return nil, err
	}
	if out.RequestID != m.RequestID {
		return nil, errors.New("the answer is to another request")
	}
	return out, nil
}

// ready asks the printer for its state and what it takes.
func (l *ippLink) ready() (string, error) {
	trouble, err := l.look(l.p.ctx)
	if err != nil || trouble != "" {
		return trouble, err
	}
	return "", l.choose()
}

func (l *ippLink) look(ctx context.Context) (string, error) {
	m := l.request(goipp.OpGetPrinterAttributes)
	wants(m, "printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "document-format-supported")
	r, err := l.do(ctx, m, nil)
	if err != nil {
		return "", err
	}
	if s := goipp.Status(r.Code); s >= goipp.StatusErrorBadRequest {
		return ippBusy(s)
	}
	l.formats = texts(r.Printer, "document-format-supported")
	return ippTrouble(whole(r.Printer, "printer-state"), texts(r.Printer, "printer-state-reasons"), texts(r.Printer, "printer-is-accepting-jobs")), nil
}

// choose finds the format that the job's language is sent in, among those that the printer takes.
func (l *ippLink) choose() error {
	takes := []string{pdfFile}
	if l.j.rec.Language == floor.PrinterZPL {
		takes = []string{"application/vnd.zebra-zpl", "application/vnd.cups-raw", "application/octet-stream"}
	}
	if len(l.formats) == 0 { // it does not say: it will refuse what it does not take
		l.format = takes[0]
		return nil
	}
	for _, f := range takes {
		for _, g := range l.formats {
			if strings.EqualFold(f, g) {
				l.format = f
				return nil
			}
		}
	}
	return &refusal{floor.TroubleRefused, "it takes " + strings.Join(l.formats[:min(len(l.formats), 8)], ", ") + ", and not " + takes[0]}
}

// ippBusy parts answers that pass by themselves from those that do not. Neither made a job of it.
func ippBusy(s goipp.Status) (string, error) {
	switch s {
	case goipp.StatusErrorBusy, goipp.StatusErrorTooManyJobs, goipp.StatusErrorTemporary, goipp.StatusErrorServiceUnavailable:
		return floor.TroubleBusy, nil
	case goipp.StatusErrorNotAcceptingJobs:
		return floor.TroublePaused, nil
	case goipp.StatusErrorDevice:
		return floor.TroubleHelp, nil
	}
	return "", &refusal{floor.TroubleRefused, s.String()}
}

// send gives the printer the job and waits for its end.
func (l *ippLink) send(b []byte) outcome {
	m := l.request(goipp.OpPrintJob)
	named(m)
	m.Operation.Add(goipp.MakeAttribute("job-name", goipp.TagName, goipp.String(string(l.j.id))))
	m.Operation.Add(goipp.MakeAttribute("document-format", goipp.TagMimeType, goipp.String(l.format)))
	r, err := l.do(l.p.ctx, m, b)
	var no *refusal
	switch {
	case errors.As(err, &no):
		return outcome{verb: "fail", trouble: no.trouble, why: no.why}
	case err != nil && !l.reached.Load(): // nothing went out
		return outcome{verb: "wait", trouble: floor.TroubleUnreachable}
	case err != nil:
		return outcome{verb: "lose", trouble: floor.TroubleLost}
	}
	if s := goipp.Status(r.Code); s >= goipp.StatusErrorBadRequest {
		trouble, err := ippBusy(s)
		if errors.As(err, &no) {
			return outcome{verb: "fail", trouble: no.trouble, why: no.why}
		}
		return outcome{verb: "wait", trouble: trouble}
	}
	n := whole(r.Job, "job-id")
	if n == 0 {
		return outcome{verb: "lose", trouble: floor.TroubleLost}
	}
	l.p.move(floor.MovePrint{ID: l.j.id, Verb: "note", Job: int64(n)})
	return l.wait(int64(n))
}

// wait asks for a job until it has ended, as long as the printer answers: it may wait behind other people's. A server that stops leaves it to the next start, by its number.
func (l *ippLink) wait(n int64) outcome {
	heard := time.Now()
	for {
		state, done := l.jobState(n)
		if done.verb != "" {
			return done
		}
		if state != 0 {
			heard = time.Now()
		}
		switch l.p.still(l.j.id) {
		case floor.PrintSending:
		case floor.PrintVoid:
			l.cancel(n)
			return outcome{}
		default:
			return outcome{}
		}
		if time.Since(heard) > l.p.pace.stall {
			return outcome{verb: "lose", trouble: floor.TroubleStalled}
		}
		if state != 0 {
			l.note(n)
		}
		select {
		case <-time.After(l.p.pace.poll):
		case <-l.p.ctx.Done():
			return outcome{}
		}
	}
}

// The states of a job: RFC 8011, 5.3.7.
const (
	jobCanceled  = 7
	jobAborted   = 8
	jobCompleted = 9
)

// jobState asks once. Zero: the printer said nothing just now.
func (l *ippLink) jobState(n int64) (int, outcome) {
	m := l.request(goipp.OpGetJobAttributes)
	m.Operation.Add(goipp.MakeAttribute("job-id", goipp.TagInteger, goipp.Integer(n)))
	named(m)
	wants(m, "job-state", "job-state-reasons", "job-impressions-completed")
	r, err := l.do(l.p.ctx, m, nil)
	if err != nil {
		return 0, outcome{}
	}
	if s := goipp.Status(r.Code); s >= goipp.StatusErrorBadRequest {
		if s == goipp.StatusErrorNotFound || s == goipp.StatusErrorGone { // it keeps no history, or was switched off and on
			return 0, outcome{verb: "lose", trouble: floor.TroubleStalled}
		}
		return 0, outcome{}
	}
	state := whole(r.Job, "job-state")
	why := strings.Join(texts(r.Job, "job-state-reasons"), ", ")
	switch {
	case state == jobCompleted:
		l.p.see(l.j.printer, floor.PrinterReady)
		return state, outcome{verb: "sent"}
	case (state == jobAborted || state == jobCanceled) && whole(r.Job, "job-impressions-completed") > 0:
		return state, outcome{verb: "lose", trouble: floor.TroubleLost, why: why}
	case state == jobAborted:
		return state, outcome{verb: "fail", trouble: floor.TroubleRefused, why: why}
	case state == jobCanceled:
		return state, outcome{verb: "fail", trouble: floor.TroubleCancelled, why: why}
	}
	return state, outcome{}
}

// note says what a printer with our job in it waits for.
func (l *ippLink) note(n int64) {
	trouble, err := l.look(l.p.ctx)
	if err != nil {
		return
	}
	state := trouble
	if state == "" {
		state = floor.PrinterReady
	}
	l.p.see(l.j.printer, state)
	l.p.move(floor.MovePrint{ID: l.j.id, Verb: "note", Trouble: trouble, Job: n})
}

func (l *ippLink) cancel(n int64) {
	m := l.request(goipp.OpCancelJob)
	m.Operation.Add(goipp.MakeAttribute("job-id", goipp.TagInteger, goipp.Integer(n)))
	named(m)
	_, _ = l.do(l.p.ctx, m, nil) // a printer that has it printed already refuses, and that is as well
}

// texts gives the values of an attribute as text.
func texts(all goipp.Attributes, name string) []string {
	var out []string
	for _, a := range all {
		if a.Name == name {
			for _, v := range a.Values {
				out = append(out, v.V.String())
			}
		}
	}
	return out
}

// whole gives a number; 0 where there is none.
func whole(all goipp.Attributes, name string) int {
	for _, a := range all {
		if a.Name == name && len(a.Values) > 0 {
			if n, ok := a.Values[0].V.(goipp.Integer); ok {
				return int(n)
			}
		}
	}
	return 0
}

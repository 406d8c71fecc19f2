package devices

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/OpenPrinting/goipp"

	"floorline/floor"
)

// office is an IPP printer whose state a test changes, and which keeps what it was sent.
type office struct {
	mu       sync.Mutex
	state    int
	reasons  []string
	formats  []string
	refuses  goipp.Status // of Print-Job
	jobState int          // that a new job comes to
	pages    int
	forgets  bool // it keeps no history
	jobs     []officeJob
	canceled []int
	web      int // an HTTP status instead of an answer
	srv      *httptest.Server
}

type officeJob struct {
	name, format string
	document     []byte
}

func newOffice(t *testing.T) *office {
	o := &office{state: 3, formats: []string{"image/urf", pdfFile}, jobState: jobCompleted}
	o.srv = httptest.NewServer(o)
	t.Cleanup(o.srv.Close)
	return o
}

func (o *office) uri() string { return "ipp" + strings.TrimPrefix(o.srv.URL, "http") + "/ipp/print" }

func (o *office) set(change func(o *office)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	change(o)
}

func (o *office) sent() []officeJob {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]officeJob(nil), o.jobs...)
}

func (o *office) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if o.web != 0 {
		w.Header().Set("Location", "http://169.254.169.254/")
		w.WriteHeader(o.web)
		return
	}
	in := bytes.NewReader(b)
	m := &goipp.Message{}
	if r.Method != "POST" || r.URL.Path != "/ipp/print" || r.Header.Get("Content-Type") != goipp.ContentType || m.Decode(in) != nil {
		w.WriteHeader(400)
		return
	}
	answer := o.answer(m, b[len(b)-in.Len():])
	w.Header().Set("Content-Type", goipp.ContentType)
	out, _ := answer.EncodeBytes()
	_, _ = w.Write(out)
}

func (o *office) answer(m *goipp.Message, document []byte) *goipp.Message {
	a := goipp.NewResponse(goipp.MakeVersion(1, 1), goipp.StatusOk, m.RequestID)
	a.Operation.Add(goipp.MakeAttribute("attributes-charset", goipp.TagCharset, goipp.String("utf-8")))
	a.Operation.Add(goipp.MakeAttribute("attributes-natural-language", goipp.TagLanguage, goipp.String("en")))
	id := whole(m.Operation, "job-id")
	switch op := goipp.Op(m.Code); {
	case op == goipp.OpGetPrinterAttributes:
		a.Printer.Add(goipp.MakeAttribute("printer-state", goipp.TagEnum, goipp.Integer(o.state)))
		a.Printer.Add(goipp.MakeAttribute("printer-is-accepting-jobs", goipp.TagBoolean, goipp.Boolean(true)))
		a.Printer.Add(valuesOf("printer-state-reasons", goipp.TagKeyword, o.reasons))
		a.Printer.Add(valuesOf("document-format-supported", goipp.TagMimeType, o.formats))
	case op == goipp.OpPrintJob && o.refuses != 0:
		a.Code = goipp.Code(o.refuses)
	case op == goipp.OpPrintJob:
		o.jobs = append(o.jobs, officeJob{texts(m.Operation, "job-name")[0], texts(m.Operation, "document-format")[0], document})
		a.Job.Add(goipp.MakeAttribute("job-id", goipp.TagInteger, goipp.Integer(len(o.jobs))))
		a.Job.Add(goipp.MakeAttribute("job-state", goipp.TagEnum, goipp.Integer(3)))
	case op == goipp.OpGetJobAttributes && (o.forgets || id < 1 || id > len(o.jobs)):
		a.Code = goipp.Code(goipp.StatusErrorNotFound)
	case op == goipp.OpGetJobAttributes:
		a.Job.Add(goipp.MakeAttribute("job-state", goipp.TagEnum, goipp.Integer(o.jobState)))
		a.Job.Add(goipp.MakeAttribute("job-impressions-completed", goipp.TagInteger, goipp.Integer(o.pages)))
		a.Job.Add(valuesOf("job-state-reasons", goipp.TagKeyword, []string{"none"}))
	case op == goipp.OpCancelJob:
		o.canceled = append(o.canceled, id)
	default:
		a.Code = goipp.Code(goipp.StatusErrorOperationNotSupported)
	}
	return a
}

func valuesOf(name string, tag goipp.Tag, values []string) goipp.Attribute {
	if len(values) == 0 {
		values = []string{"none"}
	}
	a := goipp.Attribute{Name: name}
	for _, v := range values {
		a.Values.Add(tag, goipp.String(v))
	}
	return a
}

func (f *front) laser(o *office) {
	f.t.Helper()
	f.printer("laser", o.uri(), `"kind":"pdf","uses":["labels","documents"],"size":"a4","name":"Laser"`)
}

// A slip goes to the office printer as the PDF that we drew, to the byte.
func TestIPPPrints(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	o := newOffice(t)
	f.laser(o)
	f.packToLabel("laser")
	var order struct{ Items []struct{ ID string } }
	f.want(200, "GET", "/api/v1/orders", "").json(t, &order)
	job := f.askFor(`{"what":"slip","id":"` + order.Items[0].ID + `","printer":"laser"}`)
	v := f.comesTo(job.ID, floor.PrintSent, "")
	var got officeJob
	for _, j := range o.sent() {
		if j.name == string(job.ID) {
			got = j
		}
	}
	sum := sha256.Sum256(got.document)
	if hex.EncodeToString(sum[:]) != v.Digest || got.format != pdfFile {
		t.Errorf("%d bytes as %s arrived, other than were drawn", len(got.document), got.format)
	}
	if want := f.want(200, "GET", "/api/v1/orders/"+order.Items[0].ID+"/slip.pdf", "").body; !bytes.Equal(got.document, want) {
		t.Errorf("the printer has %d bytes, the page shows %d", len(got.document), len(want))
	}
}

// What an office printer says becomes the same plain words, and the job waits for it.
func TestIPPStates(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	o := newOffice(t)
	f.laser(o)
	for reason, trouble := range map[string]string{"media-empty-error": floor.TroublePaper, "media-needed": floor.TroublePaper, "cover-open-error": floor.TroubleOpen,
		"media-jam-error": floor.TroubleJam, "toner-empty": floor.TroubleToner, "paused": floor.TroublePaused, "offline-error": floor.TroubleUnreachable, "strange-error": floor.TroubleHelp} {
		o.set(func(o *office) { o.state, o.reasons = printerStopped, []string{"toner-low-warning", reason} })
		job := f.askFor(`{"what":"test","printer":"laser"}`)
		before := len(o.sent())
		f.comesTo(job.ID, floor.PrintQueued, trouble)
		o.set(func(o *office) { o.state, o.reasons = 3, []string{"media-low-report"} })
		f.comesTo(job.ID, floor.PrintSent, "")
		if n := len(o.sent()) - before; n != 1 {
			t.Fatalf("%s: %d jobs arrived", reason, n)
		}
	}
}

// What an office printer refuses fails with its reason, passes by itself, or is not known to have come out.
func TestIPPRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		is              func(o *office)
		status, trouble string
	}{
		"no PDF":              {func(o *office) { o.formats = []string{"image/urf"} }, floor.PrintFailed, floor.TroubleRefused},
		"format refused":      {func(o *office) { o.refuses = goipp.StatusErrorDocumentFormatNotSupported }, floor.PrintFailed, floor.TroubleRefused},
		"busy":                {func(o *office) { o.refuses = goipp.StatusErrorBusy }, floor.PrintQueued, floor.TroubleBusy},
		"no jobs":             {func(o *office) { o.refuses = goipp.StatusErrorNotAcceptingJobs }, floor.PrintQueued, floor.TroublePaused},
		"aborted":             {func(o *office) { o.jobState = jobAborted }, floor.PrintFailed, floor.TroubleRefused},
		"aborted half":        {func(o *office) { o.jobState, o.pages = jobAborted, 1 }, floor.PrintUnknown, floor.TroubleLost},
		"cancelled there":     {func(o *office) { o.jobState = jobCanceled }, floor.PrintFailed, floor.TroubleCancelled},
		"no history":          {func(o *office) { o.forgets = true }, floor.PrintUnknown, floor.TroubleStalled},
		"sends us elsewhere":  {func(o *office) { o.web = 302 }, floor.PrintFailed, floor.TroubleRefused},
		"is no IPP printer":   {func(o *office) { o.web = 404 }, floor.PrintFailed, floor.TroubleRefused},
		"its server is broke": {func(o *office) { o.web = 503 }, floor.PrintQueued, floor.TroubleUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openPrints(t)
			o := newOffice(t)
			o.set(c.is)
			f.laser(o)
			job := f.askFor(`{"what":"test","printer":"laser"}`)
			f.comesTo(job.ID, c.status, c.trouble)
			if n := len(o.sent()); n > 1 {
				t.Errorf("it was sent %d times", n)
			}
		})
	}
}

// Void while the printer has it: it is cancelled there too.
func TestIPPVoidCancels(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	o := newOffice(t)
	o.jobState = 5
	f.laser(o)
	job := f.askFor(`{"what":"test","printer":"laser"}`)
	f.until("the printer has it", func() bool { return f.job(job.ID).Job == 1 })
	f.want(200, "POST", "/api/v1/prints/"+string(job.ID)+"/void", "")
	f.until("it is cancelled there", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return fmt.Sprint(o.canceled) == "[1]"
	})
	if v := f.job(job.ID); v.Status != floor.PrintVoid {
		t.Errorf("%+v", v)
	}
}

// The server stops with a job in the printer: the next start asks for it by its number, and sends nothing again.
func TestIPPGoesOnAfterAStop(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	o := newOffice(t)
	o.jobState = 5
	f.laser(o)
	job := f.askFor(`{"what":"test","printer":"laser"}`)
	behind := f.askFor(`{"what":"test","printer":"laser"}`)
	f.until("the printer has it", func() bool { return f.job(job.ID).Job == 1 })
	f.s.printer.stop()
	if v := f.job(job.ID); v.Status != floor.PrintSending {
		t.Fatalf("after the stop it is %s", v.Status)
	}
	o.set(func(o *office) { o.jobState = jobCompleted })
	p := newPrinters(f.s)
	p.pace = quick
	p.start()
	defer p.stop()
	f.comesTo(job.ID, floor.PrintSent, "")
	p.wake("laser")
	f.comesTo(behind.ID, floor.PrintSent, "")
	if n := len(o.sent()); n != 2 {
		t.Errorf("%d jobs arrived, want 2", n)
	}
}

// An answer without end, or of another request, is none.
func TestIPPAnswersEnd(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	}))
	t.Cleanup(srv.Close)
	f.printer("endless", "ipp"+strings.TrimPrefix(srv.URL, "http")+"/", `"kind":"pdf"`)
	job := f.askFor(`{"what":"test","printer":"endless"}`)
	f.comesTo(job.ID, floor.PrintQueued, floor.TroubleUnreachable)
}

// A printer that made its own certificate is trusted by that certificate's digest, and by nothing else.
func TestIPPPinsCertificates(t *testing.T) {
	t.Parallel()
	f := openPrints(t)
	o := &office{state: 3, formats: []string{pdfFile}, jobState: jobCompleted}
	srv := httptest.NewTLSServer(o)
	t.Cleanup(srv.Close)
	address := "ipps" + strings.TrimPrefix(srv.URL, "https") + "/ipp/print"
	sum := sha256.Sum256(srv.Certificate().Raw)
	for _, c := range []struct{ pin, status string }{
		{hex.EncodeToString(sum[:]), floor.PrintSent}, {strings.Repeat("0", 64), floor.PrintFailed}, {"", floor.PrintFailed},
	} {
		f.printer("safe", address, `"kind":"pdf","pin":"`+c.pin+`"`)
		job := f.askFor(`{"what":"test","printer":"safe"}`)
		trouble := ""
		if c.status == floor.PrintFailed {
			trouble = floor.TroubleRefused
		}
		if v := f.comesTo(job.ID, c.status, trouble); c.status == floor.PrintFailed && !strings.Contains(v.Why, "set its pin") {
			t.Errorf("with pin %q: %q", c.pin, v.Why)
		}
	}
	if n := len(o.sent()); n != 1 {
		t.Errorf("%d jobs arrived", n)
	}
}

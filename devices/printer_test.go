package devices

import (
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"floorline/floor"
	"floorline/store"
)

// paper is a printer whose behaviour a test changes from label to label.
type paper struct {
	addr    string
	behave  chan func(net.Conn)
	printed chan string
}

func newPaper(t *testing.T) *paper {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{l.Addr().String(), make(chan func(net.Conn), 8), make(chan string, 8)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			(<-p.behave)(c)
		}
	}()
	return p
}

func (p *paper) prints(c net.Conn) {
	b, _ := io.ReadAll(c)
	c.Close()
	p.printed <- string(b)
}

// breaksOff takes a little of a label and is gone, as when its cable is pulled.
func (p *paper) breaksOff(c net.Conn) {
	for b, all := make([]byte, 1), ""; !strings.Contains(all, "^XA"); all += string(b) {
		if _, err := c.Read(b); err != nil {
			break
		}
	}
	_ = c.(*net.TCPConn).SetLinger(0)
	c.Close()
}

// stalls takes the connection and then nothing more, as when it is out of paper.
func (p *paper) stalls(net.Conn) {}

// quick is a pace at which a test does not wait.
var quick = pace{dial: 2 * time.Second, answer: 100 * time.Millisecond, take: 500 * time.Millisecond, poll: 15 * time.Millisecond,
	stall: 700 * time.Millisecond, first: 15 * time.Millisecond, most: 60 * time.Millisecond}

// moves hears what becomes of prints. Call it before what is to be heard happens.
func (f *front) moves() func(want string) floor.PrintMoved {
	heard := make(chan floor.PrintMoved, 64)
	f.k.Listen(func(records []store.Record) {
		for _, r := range records {
			if b, ok := r.Body.(*floor.PrintMoved); ok {
				heard <- *b
			}
		}
	})
	return func(want string) floor.PrintMoved {
		f.t.Helper()
		deadline := time.After(10 * time.Second)
		for {
			select {
			case b := <-heard:
				if b.Verb == want {
					return b
				}
			case <-deadline:
				f.t.Fatalf("no print came to %q", want)
			}
		}
	}
}

// packToLabel has an order picked and packed at a bench with this printer, up to the label.
func (f *front) packToLabel(printer string) *dev {
	f.t.Helper()
	var o floor.OrderView
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("P")).json(f.t, &o)
	f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
	hand, bench := f.pair("handheld"), f.pair("bench")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"printer":"`+printer+`"}`)
	hand.hello("")
	hand.scan(f.worker("Mia", "picker", ""))
	hand.follow(hand.send(`"type":"do","action":"start","args":{"job":"pick"}`))
	bench.hello("")
	bench.scan(f.worker("Ben", "packer", ""))
	v := bench.send(`"type":"do","action":"start","args":{"job":"pack"}`)
	for range 20 {
		n := v["next"].(map[string]any)
		if n["step"] == "label" {
			return bench
		}
		want, _ := n["want"].([]any)
		switch {
		case n["step"] == "weigh":
			g, _ := json.Marshal(n["show"].(map[string]any)["expected_weight_g"])
			v = bench.send(`"type":"do","action":"weigh","args":{"weight_g":` + string(g) + `}`)
		case len(want) > 0:
			v = bench.scan(want[0].(map[string]any)["code"].(string))
		default:
			v = bench.send(`"type":"do","action":"close","args":{}`)
		}
	}
	f.t.Fatal("the parcel never comes to its label")
	return nil
}

// A label's print says no more than is known: gone in the middle or stalled is unknown, taken whole is sent,
// and only the scan of the label proves it.
func TestPrintStates(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.s.printer.pace = quick
	p, moved := newPaper(t), f.moves()
	p.behave <- p.breaksOff
	bench := f.packToLabel(p.addr)
	job := string(moved("lose").Print)
	p.behave <- p.stalls
	f.want(200, "POST", "/api/v1/prints/"+job+"/retry", "")
	moved("lose")
	var rows struct{ Items []floor.PrintView }
	f.want(200, "GET", "/api/v1/prints?status=unknown", "").json(t, &rows)
	if len(rows.Items) != 1 || !strings.Contains(rows.Items[0].Why, "scan the label") {
		t.Errorf("a person is not told what to do: %+v", rows.Items)
	}
	p.behave <- p.prints
	f.want(200, "POST", "/api/v1/prints/"+job+"/retry", "")
	moved("sent")
	var zpl string
	select {
	case zpl = <-p.printed:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was printed")
	}
	var parcels struct{ Items []floor.ParcelView }
	f.want(200, "GET", "/api/v1/parcels", "").json(t, &parcels)
	if tracking := parcels.Items[0].Tracking; !strings.Contains(zpl, tracking) {
		t.Fatalf("the label of %s says %.200s", tracking, zpl)
	} else {
		bench.expect(bench.scan(tracking), "order_packed")
	}
	if r := f.want(409, "POST", "/api/v1/prints/"+job+"/retry", ""); r.code() != "print_proved" {
		t.Fatalf("%s", r.body)
	}
}

// A stop while a label is on its way leaves it unknown; what still waits goes out at the next start.
func TestStopWhilePrinting(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	p, moved := newPaper(t), f.moves()
	f.s.printer.pace.answer = 50 * time.Millisecond
	reached := make(chan struct{})
	p.behave <- func(c net.Conn) {
		_, _ = io.ReadFull(c, make([]byte, len("~HS\r\n^XA"))) // so that some of it is on its way
		close(reached)
	}
	f.packToLabel(p.addr)
	<-reached
	begun := time.Now()
	f.s.printer.stop()
	job := moved("lose").Print
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("the stop took %v", took)
	}
	f.do(floor.MovePrint{ID: job, Verb: "retry"}) // queued while nobody drives
	p.behave <- p.prints
	again := newPrinters(f.s)
	again.start()
	defer again.stop()
	if b := moved("sent"); b.Print != job {
		t.Fatalf("%s was sent, want %s", b.Print, job)
	}
}

// A stop before the first byte has left takes nothing away: the label waits for the next start.
func TestStopBeforePrinting(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	p, moved := newPaper(t), f.moves()
	f.s.printer.stop() // nobody drives while the label comes into the line
	f.packToLabel(p.addr)
	var job floor.PrintID
	f.k.View(func(st *floor.State) {
		for id := range st.Prints {
			job = id
		}
	})
	stopped := newPrinters(f.s)
	stopped.stop()
	j, ok := stopped.next(p.addr)
	if !ok || j.id != job {
		t.Fatalf("%+v waits, want %s", j, job)
	}
	stopped.attempt(j)
	f.k.View(func(st *floor.State) {
		if status := st.Prints[job].Status; status != floor.PrintQueued {
			t.Fatalf("the label is %s", status)
		}
	})
	p.behave <- p.prints
	again := newPrinters(f.s)
	again.start()
	defer again.stop()
	if b := moved("sent"); b.Print != job {
		t.Fatalf("%s was sent, want %s", b.Print, job)
	}
}

package devices

import (
	"net"
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// scaleBox is a serial scale behind a box that speaks TCP; it takes one connection after another.
type scaleBox struct {
	t     *testing.T
	l     net.Listener
	conns chan net.Conn
}

func newBox(t *testing.T) *scaleBox {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &scaleBox{t, l, make(chan net.Conn, 8)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b.conns <- c
		}
	}()
	return b
}

func (b *scaleBox) conn() net.Conn {
	b.t.Helper()
	select {
	case c := <-b.conns:
		b.t.Cleanup(func() { c.Close() })
		return c
	case <-time.After(15 * time.Second):
		b.t.Fatal("nobody connects to the scale")
		return nil
	}
}

// says has a scale say a line until its screen was told of it.
func (d *dev) told(c net.Conn, line string, is func(f map[string]any) bool) {
	d.f.t.Helper()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		tick := time.NewTicker(30 * time.Millisecond)
		defer tick.Stop()
		for {
			if _, err := c.Write([]byte(line)); err != nil {
				return
			}
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	for range 100 {
		if f := frameOf(d.f.t, d.ws, "scale"); is(f) {
			return
		}
	}
	d.f.t.Fatalf("the screen is never told %q", line)
}

// A bench hears its own scale, also after the connection broke; nobody else hears it, and nothing of it is journalled.
func TestScaleOnTheNetwork(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	scale := newBox(t)
	bench, other := f.pair("bench"), f.pair("bench")
	bench.hello("")
	other.hello("")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"scale":"`+scale.l.Addr().String()+`"}`)
	if d := frameOf(t, bench.ws, "device"); d["device"].(map[string]any)["scale"] != scale.l.Addr().String() {
		t.Errorf("the bench is not told of its scale: %v", d)
	}
	before := f.k.Head().Seq
	c := scale.conn()
	bench.told(c, "ST,GS,+0001.250kg\r\n", func(f map[string]any) bool {
		return f["state"] == "reading" && f["mg"] == 1250e3 && f["stable"] == true
	})
	bench.told(c, "OL,GS,+9999.999kg\r\n", func(f map[string]any) bool { return f["said"] == "over" })
	c.Close()
	bench.told(scale.conn(), "US,GS,+0000.100kg\r\n", func(f map[string]any) bool { return f["mg"] == 100e3 && f["stable"] == false })
	if now := f.k.Head().Seq; now != before {
		t.Errorf("readings are journalled: %d events", now-before)
	}
	_ = other.ws.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	for {
		_, b, err := other.ws.ReadMessage()
		if err != nil {
			break
		}
		if strings.Contains(string(b), `"type":"scale"`) {
			t.Fatalf("another bench hears it: %s", b)
		}
	}
}

// A scale that says nothing by itself is asked, in the way that it knows.
func TestScaleThatWantsToBeAsked(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	scale := newBox(t)
	bench := f.pair("bench")
	bench.hello("")
	f.want(200, "PUT", "/api/v1/devices/"+string(bench.id), `{"scale":"`+scale.l.Addr().String()+`"}`)
	c := scale.conn()
	go func() {
		buf := make([]byte, 64)
		for {
			n, err := c.Read(buf)
			if err != nil {
				return
			}
			if strings.HasPrefix(string(buf[:n]), "Q") { // A&D's word; SI says nothing to it
				_, _ = c.Write([]byte("ST,+00730.00  g\r\n"))
			}
		}
	}()
	for range 100 {
		if fr := frameOf(t, bench.ws, "scale"); fr["state"] == "reading" && fr["mg"] == 730e3 {
			return
		}
	}
	t.Fatal("it was asked and never heard")
}

// A scale that is switched off is said to be silent; taken away from the bench, nobody speaks to it any more.
func TestScaleThatIsGone(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	scale := newBox(t)
	bench := f.pair("bench")
	bench.hello("")
	at := "/api/v1/devices/" + string(bench.id)
	f.want(200, "PUT", at, `{"scale":"`+scale.l.Addr().String()+`"}`)
	c := scale.conn()
	for frameOf(t, bench.ws, "scale")["state"] != "silent" {
	}
	f.want(200, "PUT", at, `{"scale":""}`)
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	for buf := make([]byte, 64); ; {
		if _, err := c.Read(buf); err != nil {
			if nerr, ok := err.(net.Error); ok && nerr.Timeout() {
				t.Fatal("the connection stays open")
			}
			return
		}
	}
}

// A scale's address is a private one, on a port that no system service has, so that nobody can have this server speak to
// anything else.
func TestWhereAScaleMayBe(t *testing.T) {
	for addr, ok := range map[string]bool{
		"192.168.1.60:4001": true, "10.0.0.9:10001": true, "127.0.0.1:4001": true, "[fd00::1]:4001": true, "8.8.8.8:4001": false,
		"192.168.1.60:22": false, "192.168.1.60": false, "scale.example:4001": false, "169.254.169.254:8000": false, "192.168.1.60:99999": false, "": false,
		"[fd00:ec2::254]:4001": false, "[fd00::1%eth0]:4001": false, "[::ffff:8.8.8.8]:4001": false,
	} {
		if err := scaleAllowed(&Server{o: Options{Loopback: true}}, addr); (err == nil) != ok {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if scaleAllowed(&Server{}, "127.0.0.1:4001") == nil {
		t.Error("loopback from outside")
	}
	f := openFront(t)
	bench := f.pair("bench")
	f.want(422, "PUT", "/api/v1/devices/"+string(bench.id), `{"scale":"8.8.8.8:4001"}`)
}

// The list of what clean parcels contradict is that, and says what they found.
func TestItemsThatWeighOtherwise(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(422, "GET", "/api/v1/items?weight=much", "")
	var page struct {
		Items []struct {
			SKU     string
			WeightG int64 `json:"weight_g"`
			Learned *floor.LearnedView
		}
	}
	f.want(200, "GET", "/api/v1/items?weight=differs", "").json(t, &page)
	if len(page.Items) != 0 {
		t.Fatalf("%+v", page)
	}
	hand, bench := f.pair("handheld"), f.pair("bench")
	hand.hello("")
	hand.scan(f.worker("Mia", "picker", ""))
	bench.hello("")
	bench.scan(f.worker("Ben", "packer", ""))
	for i := range 6 {
		var o floor.OrderView
		f.want(201, "POST", "/api/v1/orders", orderBodyOf(string(rune('a'+i)))).json(t, &o)
		f.want(201, "POST", "/api/v1/waves", `{"orders":["`+string(o.ID)+`"]}`)
		hand.follow(hand.send(`"type":"do","action":"start","args":{"job":"pick"}`))
		bench.followTo("weigh", bench.send(`"type":"do","action":"start","args":{"job":"pack"}`))
		v := bench.expect(bench.send(`"type":"do","action":"weigh","args":{"weight_g":695,"source":"scale"}`), "scan_label") // 50 and two of 322
		bench.follow(v)
	}
	f.want(200, "GET", "/api/v1/items?weight=differs", "").json(t, &page)
	if len(page.Items) != 1 || page.Items[0].Learned == nil || page.Items[0].Learned.WeightG <= page.Items[0].WeightG {
		t.Fatalf("%+v", page)
	}
}

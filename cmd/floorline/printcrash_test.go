package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// press is a label printer that answers ~HS. At a moment of a job that a test names, the power of the server goes.
type press struct {
	mu      sync.Mutex
	addr    string
	printed []string
	moment  string
	cut     func()
}

func newPress(t *testing.T) *press {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &press{addr: l.Addr().String()}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
	return p
}

// at has the power cut the first time that a moment comes.
func (p *press) at(moment string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moment == moment {
		p.moment = ""
		p.cut()
	}
}

const pressWell = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

func (p *press) serve(c net.Conn) {
	defer c.Close()
	p.at("connected")
	var in []byte
	buf := make([]byte, 256)
	asked := 0
	for {
		n, err := c.Read(buf)
		in = append(in, buf[:n]...)
		if bytes.Contains(in, []byte("^XA")) {
			p.at("first bytes")
		}
		if end := bytes.Index(in, []byte("^XZ")); end >= 0 {
			p.mu.Lock()
			p.printed = append(p.printed, string(in[:end]))
			p.mu.Unlock()
			in = in[end+3:]
			p.at("printed")
		}
		if bytes.Contains(in, []byte("~HS")) {
			p.at([]string{"asked before", "asked after"}[min(asked, 1)])
			asked++
			in = in[:0]
			_, _ = c.Write([]byte(pressWell))
		}
		if err != nil {
			return
		}
	}
}

func (p *press) times(job string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, label := range p.printed {
		if strings.Contains(label, job) {
			n++
		}
	}
	return n
}

// The power goes at every moment of a job's way to its printer. After the start each job is sent, or says that nobody
// knows; what was not begun comes out once, and nothing comes out twice by itself.
func TestPrintCrash(t *testing.T) {
	server, p := newChild(t), newPress(t)
	if _, err := server.start(); err != nil {
		t.Fatal(err)
	}
	server.api("PUT", "/printers/z1", fmt.Sprintf(`{"kind":"zpl","address":%q}`, p.addr))
	for _, moment := range []string{"connected", "asked before", "first bytes", "printed", "asked after"} {
		dead := make(chan struct{})
		p.mu.Lock()
		p.moment, p.cut = moment, func() { server.cut(); close(dead) }
		p.mu.Unlock()
		jobs := server.askTests(3, dead)
		select {
		case <-dead:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s never came", moment)
		}
		server.kill()
		if _, err := server.start(); err != nil {
			t.Fatal(err)
		}
		for i, id := range jobs {
			status := server.settled(id)
			n := p.times(id)
			switch {
			case n > 1 || status == "sent" && n != 1 || status != "sent" && status != "unknown":
				t.Errorf("power cut when %s: job %d is %s and came out %d times", moment, i, status, n)
			case status == "unknown" && (i > 0 || moment == "connected" || moment == "asked before"):
				t.Errorf("power cut when %s: job %d is unknown, though nothing of it was sent", moment, i)
			}
		}
		t.Logf("power cut when %s: %d jobs, the first is %s", moment, len(jobs), server.settled(jobs[0]))
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	server.verify()
}

// askTests asks for trials of the printer, as far as the server lives to answer.
func (c *child) askTests(n int, dead chan struct{}) (jobs []string) {
	c.t.Helper()
	out, err := c.ask("POST", "/prints", fmt.Sprintf(`{"what":"test","printer":"z1","copies":%d}`, n))
	if err != nil { // it died before it answered: the jobs are in the journal
		<-dead
		c.kill()
		if _, err := c.start(); err != nil {
			c.t.Fatal(err)
		}
		out = c.api("GET", "/prints?limit=200", "")
	}
	for _, m := range regexp.MustCompile(`"id":"(J-[^"]+)"`).FindAllSubmatch(out, -1) {
		jobs = append(jobs, string(m[1]))
	}
	return jobs[max(0, len(jobs)-n):]
}

// settled waits until a job waits for nothing any more.
func (c *child) settled(id string) string {
	c.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		var page struct{ Items []struct{ ID, Status string } }
		if err := json.Unmarshal(c.api("GET", "/prints?q="+id, ""), &page); err != nil {
			c.t.Fatal(err)
		}
		if len(page.Items) == 1 && page.Items[0].Status != "queued" && page.Items[0].Status != "sending" {
			return page.Items[0].Status
		}
	}
	c.t.Fatalf("%s never settles", id)
	return ""
}

func (c *child) api(method, path, body string) []byte {
	c.t.Helper()
	out, err := c.ask(method, path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

func (c *child) ask(method, path, body string) ([]byte, error) {
	r, err := http.NewRequest(method, c.url+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+adminToken)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode > 299 {
		return nil, fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, out)
	}
	return out, err
}

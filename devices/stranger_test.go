package devices

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// A body that says it is compressed is turned away unopened, also where a second header says otherwise: a few
// kilobytes of a stranger's would unfold to more than the machine has.
func TestBombStaysPacked(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 8*BodyLimit))
	_ = z.Close()
	if packed.Len() > BodyLimit {
		t.Fatal("the bomb is no bomb")
	}
	for name, encodings := range map[string]string{
		"one header":      "Content-Encoding: gzip\r\n",
		"behind identity": "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n",
		"before identity": "Content-Encoding: gzip\r\nContent-Encoding: identity\r\n",
	} {
		if status := f.rawPost("/api/v1/sessions", encodings, packed.Bytes()); status != 415 {
			t.Errorf("%s: %d", name, status)
		}
	}
}

// Who has no PIN has none that could be known: no word in the program opens a session with a badge alone.
func TestNoPINIsNoPIN(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	badge := f.worker("Lea", "lead", "")
	for _, pin := range []string{"no worker has this", "", " ", "0"} {
		if r := f.call("POST", "/api/v1/sessions", `{"badge":"`+badge+`","pin":"`+pin+`"}`, "Authorization", ""); r.status != 401 {
			t.Errorf("%q: %d %s", pin, r.status, r.body)
		}
	}
}

// Guesses made all at once are not more than guesses made one by one.
func TestGuessesAtOnce(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.worker("Lea", "lead", "86427531")
	statuses := make([]int, 32)
	var all sync.WaitGroup
	for i := range statuses {
		all.Go(func() {
			statuses[i] = f.call("POST", "/api/v1/sessions", `{"name":"Lea","pin":"97531246"}`, "Authorization", "").status
		})
	}
	all.Wait()
	count := map[int]int{}
	for _, s := range statuses {
		count[s]++
	}
	if count[401] != TriesFree || count[401]+count[429] != len(statuses) {
		t.Errorf("of 32 guesses at once, %d were looked at: %v", count[401], count)
	}
}

// rawPost sends a body under headers that a client of HTTP would not send twice.
func (f *front) rawPost(path, headers string, body []byte) int {
	f.t.Helper()
	conn, err := net.Dial("tcp", f.addr)
	if err != nil {
		f.t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n", path, f.addr, headers, len(body))
	_, _ = conn.Write(body)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

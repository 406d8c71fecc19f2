package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// The scale that does not exist says what was put on it, in each of its languages, when it has come to rest.
func TestPretendedScale(t *testing.T) {
	for protocol, want := range map[string]string{"sics": "S S      1.250 kg", "cas": "ST,GS,+0001.250kg", "toledo": "\x02-0   1250     0"} {
		stdin, put := io.Pipe()
		said, out := io.Pipe()
		ended := make(chan int, 1)
		go func() {
			ended <- run([]string{"scale", "--protocol", protocol, "--settle-ms", "50", "--noise-g", "0.1", "--step-g", "10"}, stdin, out, io.Discard)
		}()
		first, err := bufio.NewReader(said).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		c, err := net.Dial("tcp", strings.TrimSpace(strings.TrimPrefix(first, "scale on ")))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(put, "1250\n")
		_ = c.SetDeadline(time.Now().Add(10 * time.Second))
		lines := bufio.NewReader(c)
		for got := ""; strings.TrimRight(got, "\r\n") != want; {
			if protocol == "sics" {
				_, _ = io.WriteString(c, "SI\r\n")
			}
			end := byte('\r')
			if got, err = lines.ReadString(end); err != nil {
				t.Fatalf("%s never says %q but %q: %v", protocol, want, got, err)
			}
			got = strings.TrimLeft(got, "\n")
		}
		_ = put.Close()
		if code := <-ended; code != 0 {
			t.Errorf("%s ends with %d", protocol, code)
		}
		_ = c.Close()
	}
}

// Asked wrongly it says how to ask.
func TestPretendedScaleMisuse(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"scale", "--help"}, nil, &out, &errs); code != 0 || !strings.Contains(out.String(), "floorline scale") {
		t.Errorf("%d %q", code, out.String())
	}
	for _, args := range [][]string{{"--protocol", "smoke"}, {"--step-g", "0"}, {"more"}} {
		if code := run(append([]string{"scale"}, args...), nil, &out, &errs); code != 2 {
			t.Errorf("%q: %d", args, code)
		}
	}
}

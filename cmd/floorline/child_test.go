package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// adminToken is the first token of every server that a test starts.
const adminToken = "test-token-of-the-first-admin"

// binaryDir holds the binary that the tests built, once one of them needed it.
var binaryDir string

var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "floorline-bin-")
	if err != nil {
		return "", err
	}
	binaryDir = dir
	path := filepath.Join(dir, "floorline")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// TestMain removes the binary that the tests built.
func TestMain(m *testing.M) {
	code := m.Run()
	if binaryDir != "" {
		_ = os.RemoveAll(binaryDir)
	}
	os.Exit(code)
}

// child is a real server in a process of its own, so that it can be killed.
type child struct {
	t    testing.TB
	path string
	dir  string
	url  string // fixed by the first start
	tls  string // the HTTPS listener's, where it has one; "on" asks for one at the first start
	env  []string
	cmd  *exec.Cmd
	log  *os.File
}

func newChild(t testing.TB) *child {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	log, err := os.Create(filepath.Join(dir, "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	c := &child{t: t, path: path, dir: filepath.Join(dir, "data"), log: log}
	t.Cleanup(func() {
		c.kill()
		if t.Failed() {
			if said, err := os.ReadFile(log.Name()); err == nil {
				t.Logf("the server said:\n%s", said[max(0, len(said)-4000):])
			}
		}
		_ = log.Close()
	})
	return c
}

// start starts the server on the address it had before, waits until it is ready and gives how long that took.
func (c *child) start() (time.Duration, error) {
	began := time.Now()
	c.cmd = c.serve(c.again(c.url))
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := c.cmd.Start(); err != nil {
		return 0, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		url, ok := strings.CutPrefix(lines.Text(), "listening ")
		if !ok {
			continue
		}
		if c.url == "" {
			c.url = url
		}
		if url == c.url && c.tls != "" {
			continue // HTTPS listens next
		}
		if c.tls == "on" {
			c.tls = url
		}
		err := c.ready()
		return time.Since(began), err
	}
	return 0, fmt.Errorf("the server ended before it listened: %w", c.cmd.Wait())
}

// again is the address of a listener that may have been there before.
func (c *child) again(url string) string {
	if _, addr, ok := strings.Cut(url, "://"); ok {
		return addr
	}
	return "127.0.0.1:0"
}

func (c *child) serve(addr string) *exec.Cmd {
	args := []string{"serve", "--data", c.dir, "--http", addr}
	if c.tls != "" {
		args = append(args, "--https", c.again(c.tls))
	}
	cmd := exec.Command(c.path, args...)
	cmd.Env = append(append(os.Environ(), "FLOORLINE_TOKEN="+adminToken), c.env...)
	cmd.Stderr = c.log
	return cmd
}

// startAndKill is the power coming and going again while the server starts.
func (c *child) startAndKill(after time.Duration) error {
	c.cmd = c.serve("127.0.0.1:0")
	if err := c.cmd.Start(); err != nil {
		return err
	}
	time.Sleep(after)
	c.kill()
	return nil
}

func (c *child) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", c.url+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != 200 {
		return fmt.Errorf("readyz says %s after the server said it listens", res.Status)
	}
	return nil
}

// kill is the power going: no signal handler runs.
func (c *child) kill() {
	if c.cmd != nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		c.cmd = nil
	}
}

// cut is the power going while the test still speaks with the server: what it hears after cut, no server hears.
func (c *child) cut() {
	pid := c.cmd.Process.Pid
	_ = c.cmd.Process.Kill()
	for { // until it is dead; kill gathers it up
		err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			return
		}
	}
}

// stop ends the server as an operator does.
func (c *child) stop() error {
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	err := c.cmd.Wait()
	c.cmd = nil
	return err
}

// verify replays the whole journal and compares.
func (c *child) verify() {
	c.t.Helper()
	out, err := exec.Command(c.path, "verify", "--data", c.dir).CombinedOutput()
	if err != nil {
		c.t.Errorf("floorline verify: %v\n%s", err, out)
	}
}

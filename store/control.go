package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"floorline/floor"
)

// control is the socket DIR/control, through which a second process asks the one that holds the directory.
type control struct {
	k       *Keeper
	l       net.Listener
	serving sync.WaitGroup
}

func listenControl(k *Keeper) (*control, error) {
	c := &control{k: k}
	if k.o.Dir == "" {
		return c, nil
	}
	path := filepath.Join(k.o.Dir, "control")
	_ = os.Remove(path) // left by a process that was killed; the lock says nobody else is here
	l, err := net.Listen("unix", path)
	if err != nil {
		k.o.Log.Warn("no control socket: verify and doctor cannot ask this server", "err", err)
		return c, nil
	}
	c.l = l
	if err := os.Chmod(path, 0o600); err != nil {
		return c, errors.Join(err, l.Close())
	}
	c.serving.Add(1)
	go c.serve()
	return c, nil
}

func (c *control) serve() {
	defer c.serving.Done()
	for {
		conn, err := c.l.Accept()
		if err != nil {
			return
		}
		c.serving.Add(1)
		go func() {
			defer c.serving.Done()
			defer conn.Close()
			c.answer(conn)
		}()
	}
}

// answer takes one line of JSON, {"ask":"verify"} or {"ask":"health"}, and gives one back.
func (c *control) answer(conn net.Conn) {
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	var q struct{ Ask string }
	if err := json.NewDecoder(conn).Decode(&q); err != nil {
		return
	}
	var reply any
	switch q.Ask {
	case "verify":
		reply = c.k.Verify()
	case "health":
		reply = c.k.Health()
	default:
		reply = map[string]string{"error": "unknown question " + q.Ask}
	}
	_ = json.NewEncoder(conn).Encode(reply)
}

func (c *control) close() {
	if c.l != nil {
		_ = c.l.Close()
		c.serving.Wait()
	}
}

// Ask puts a question to the server that holds a directory; held is false when none does.
func Ask(dir, question string, reply any) (held bool, err error) {
	conn, err := net.DialTimeout("unix", filepath.Join(dir, "control"), 2*time.Second)
	if err != nil {
		return false, nil
	}
	defer conn.Close()
	if err := json.NewEncoder(conn).Encode(map[string]string{"ask": question}); err != nil {
		return true, err
	}
	if err := json.NewDecoder(conn).Decode(reply); err != nil {
		return true, fmt.Errorf("the server gave no answer: %w", err)
	}
	return true, nil
}

// Health is how a warehouse is, for the doctor.
type Health struct {
	Running   bool   `json:"running"`
	Epoch     uint64 `json:"epoch"`
	Seq       uint64 `json:"seq"`
	FreeBytes int64  `json:"free_bytes"`
	Stopped   bool   `json:"stopped"`
	ClockLate string `json:"clock_late,omitempty"`
	Orders    int    `json:"orders"`
	Devices   int    `json:"devices"`
	Demo      bool   `json:"demo"`
	Damage    string `json:"damage,omitempty"`

	Files FileCount `json:"files"`
}

// Health tells how the warehouse is.
func (k *Keeper) Health() Health {
	h := Health{Running: true, Epoch: k.Head().Epoch, Seq: k.Head().Seq, FreeBytes: k.Space().FreeBytes, Stopped: k.Space().Stopped}
	h.Files = k.files.count()
	if k.clock.behind > 0 {
		h.ClockLate = k.clock.behind.Round(time.Second).String()
	}
	if err := k.damage.Load(); err != nil {
		h.Damage = (*err).Error()
	}
	k.View(func(s *floor.State) { h.Orders, h.Devices, h.Demo = len(s.Orders), len(s.Devices), s.Site.Demo })
	return h
}

package devices

import (
	queue "container/list" // list is what answers lists here
	"crypto/tls"
	"net"
	"sync"
	"time"
)

// Limits of connections that ask for nothing. A whole floor that comes back at once stands at the door from one address
// behind a router, so the limit is above it; who stands there longest goes first, since whoever means it has asked by then.
const (
	SpeakWithin = 10 * time.Second // to shake hands and begin a request
	SilentLimit = 2500             // of one address, IPv6 by its /64
)

// door counts the connections of each address that nothing is done for, so that nobody uses up what the process may open.
type door struct {
	net.Listener
	most int
	mu   sync.Mutex
	of   map[string]*queue.List // of *knock, the longest there first
}

func newDoor(l net.Listener) *door {
	return &door{Listener: l, most: SilentLimit, of: map[string]*queue.List{}}
}

// knock is one connection that came through the door.
type knock struct {
	net.Conn
	door  *door
	from  string
	timer *time.Timer

	place *queue.Element // where it waits; nil while something is done for it
}

// Accept lets one more in. Its time to speak runs from now.
func (d *door) Accept() (net.Conn, error) {
	c, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	k := &knock{Conn: c, door: d, from: c.RemoteAddr().String()}
	if host, _, err := net.SplitHostPort(k.from); err == nil {
		k.from = network(host)
	}
	k.timer = time.AfterFunc(SpeakWithin, func() { _ = k.Close() })
	k.waits()
	return k, nil
}

// Close is for good.
func (k *knock) Close() error {
	k.served()
	k.timer.Stop()
	return k.Conn.Close()
}

// waits has it stand at the door, and sends away who has stood there longest where there are too many.
func (k *knock) waits() {
	d := k.door
	d.mu.Lock()
	l := d.of[k.from]
	if l == nil {
		l = queue.New()
		d.of[k.from] = l
	}
	if k.place == nil {
		k.place = l.PushBack(k)
	}
	var oldest *knock
	if l.Len() > d.most {
		oldest = l.Front().Value.(*knock)
	}
	d.mu.Unlock()
	if oldest != nil {
		_ = oldest.Close()
	}
}

// served takes it away from those who stand at the door.
func (k *knock) served() {
	d := k.door
	d.mu.Lock()
	defer d.mu.Unlock()
	if k.place == nil {
		return
	}
	l := d.of[k.from]
	l.Remove(k.place)
	if k.place = nil; l.Len() == 0 {
		delete(d.of, k.from)
	}
}

// knockOf finds what came through the door under what is spoken on it; nil for a listener without one.
func knockOf(c net.Conn) *knock {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	k, _ := c.(*knock)
	return k
}

package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// certificate is what this server shows on HTTPS: a leaf of the house's own authority, or one that was brought. It is
// looked at again while the server runs, so that neither a renewal nor a new address needs a restart.
type certificate struct {
	now  func() time.Time
	load func(now time.Time) (*tls.Certificate, error) // the one to show from now on; the same one where nothing changed

	shown atomic.Pointer[tls.Certificate]
	said  string // the fault that was said last
	stop  chan struct{}
	done  sync.WaitGroup
}

// LookEvery is how often the files, the addresses and the days left are looked at.
const LookEvery = time.Minute

func newCertificate(now func() time.Time, load func(time.Time) (*tls.Certificate, error)) (*certificate, error) {
	c := &certificate{now: now, load: load, stop: make(chan struct{})}
	return c, c.look()
}

func (c *certificate) look() error {
	cert, err := c.load(c.now())
	if err != nil {
		return err
	}
	c.shown.Store(cert)
	return nil
}

// watch looks again until close. What cannot be renewed is said, and the old one is shown on.
func (c *certificate) watch(log *slog.Logger) {
	c.done.Add(1)
	go func() {
		defer c.done.Done()
		for tick := time.NewTicker(LookEvery); ; {
			select {
			case <-c.stop:
				tick.Stop()
				return
			case <-tick.C:
				c.lookAgain(log)
			}
		}
	}()
}

// lookAgain says what fails once, not every minute until somebody comes.
func (c *certificate) lookAgain(log *slog.Logger) {
	err := c.look()
	if err == nil {
		c.said = ""
		return
	}
	if c.said != err.Error() {
		c.said = err.Error()
		log.Error("the certificate of HTTPS could not be renewed; the old one is shown on", "error", err)
	}
}

func (c *certificate) close() {
	close(c.stop)
	c.done.Wait()
}

func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.shown.Load(), nil }}
}

// brought is a certificate of the customer's own, read again whenever its files change.
func brought(certFile, keyFile string) func(time.Time) (*tls.Certificate, error) {
	var was [2]time.Time
	var last *tls.Certificate
	return func(now time.Time) (*tls.Certificate, error) {
		is, err := changed(certFile, keyFile)
		if err == nil && last != nil && is == was && now.Before(last.Leaf.NotAfter) {
			return last, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w. What to do: name the PEM files of the certificate with its chain and of its key with --tls-cert and --tls-key", err)
		}
		pair, err := tls.LoadX509KeyPair(certFile, keyFile)
		if err != nil {
			return nil, fmt.Errorf("%s with %s: %w. What to do: bring the PEM files of one certificate, its chain and its key", certFile, keyFile, err)
		}
		switch leaf := pair.Leaf; {
		case now.After(leaf.NotAfter):
			return nil, fmt.Errorf("%s ran out on %s. What to do: renew it, or leave --tls-cert out and use the house's own authority", certFile, leaf.NotAfter.Format(time.DateOnly))
		case now.Before(leaf.NotBefore):
			return nil, fmt.Errorf("%s holds only from %s on. What to do: look at this machine's clock", certFile, leaf.NotBefore.Format(time.DateOnly))
		case len(leaf.DNSNames)+len(leaf.IPAddresses) == 0:
			return nil, fmt.Errorf("%s names no host and no address, so no browser takes it. What to do: have one issued for the name that devices open", certFile)
		}
		was, last = is, &pair
		return last, nil
	}
}

func changed(certFile, keyFile string) (at [2]time.Time, err error) {
	for i, f := range []string{certFile, keyFile} {
		s, e := os.Stat(f)
		if e != nil {
			return at, e
		}
		at[i] = s.ModTime()
	}
	return at, nil
}

// ownNames are the names and private addresses by which devices reach this machine, and those asked for by --host.
func ownNames(hosts []string) (names []string, addrs []net.IP) {
	names, addrs = []string{"localhost"}, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if name, err := os.Hostname(); err == nil && name != "" && !strings.Contains(name, ".") {
		names = append(names, strings.ToLower(name)+".local")
	}
	addrs = append(addrs, lanAddrs()...)
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			addrs = append(addrs, ip)
		} else if h != "" {
			names = append(names, strings.ToLower(h))
		}
	}
	return names, addrs
}

// lanAddrs are the private addresses of this machine, IPv4 first: that is what other devices can open.
func lanAddrs() (out []net.IP) {
	addrs, _ := net.InterfaceAddrs()
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() {
			out = append(out, n.IP)
		}
	}
	slices.SortStableFunc(out, func(a, b net.IP) int {
		switch four, other := a.To4() != nil, b.To4() != nil; {
		case four == other:
			return strings.Compare(a.String(), b.String())
		case four:
			return -1
		}
		return 1
	})
	return out
}

// permitted parts what an authority may sign from what it may not: one name outside its constraints would make
// browsers refuse the whole certificate.
func permitted(ca *x509.Certificate, names []string, addrs []net.IP) (okNames []string, okAddrs []net.IP, out []string) {
	for _, n := range names {
		within := slices.ContainsFunc(ca.PermittedDNSDomains, func(d string) bool { return n == d || strings.HasSuffix(n, "."+d) })
		if within {
			okNames = append(okNames, n)
		} else {
			out = append(out, n)
		}
	}
	for _, a := range addrs {
		if slices.ContainsFunc(ca.PermittedIPRanges, func(r *net.IPNet) bool { return r.Contains(a) }) {
			okAddrs = append(okAddrs, a)
		} else {
			out = append(out, a.String())
		}
	}
	return okNames, okAddrs, out
}

var errLostAuthority = errors.New("the authority that the devices trust is damaged or not whole. What to do: restore DIR/tls from a copy; or remove DIR/tls, start again and have every device trust the new authority; --https off serves without it meanwhile")

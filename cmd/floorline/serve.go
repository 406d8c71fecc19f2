package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"floorline/devices"
	"floorline/floor"
	"floorline/store"
)

// house is everything of one running server that a demo reset takes down and builds anew.
type house struct {
	data   string
	demo   bool
	hosts  []string
	nets   []netip.Prefix // where printers stand; none: in any private network
	cert   *certificate   // nil without HTTPS
	own    bool           // the certificate was brought: there is nothing to trust by hand
	local  bool
	log    *slog.Logger
	out    io.Writer
	keeper *store.Keeper
	server *devices.Server
	resets chan struct{}
}

// serveFlags are the flags of serve.
type serveFlags struct {
	data, http, https string
	demo              bool
	hosts             string
	printers          string
	networks          []netip.Prefix
	cert, key         string
}

func parseServe(args []string, out, errs io.Writer) (*serveFlags, int) {
	f := &serveFlags{}
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.StringVar(&f.data, "data", "", "the directory that holds the warehouse (required)")
	fs.StringVar(&f.http, "http", ":8080", "address for HTTP; port 0 picks one")
	fs.StringVar(&f.https, "https", "", "address for HTTPS, or off (default :8443; off when --http is a loopback address)")
	fs.BoolVar(&f.demo, "demo", false, "fill an empty directory with a small demo warehouse")
	fs.StringVar(&f.hosts, "host", "", "further names this server answers to, separated by commas")
	fs.StringVar(&f.printers, "printer-networks", "", "where printers stand, such as 192.168.1.0/24, separated by commas (default: any private network)")
	fs.StringVar(&f.cert, "tls-cert", "", "a certificate of your own with its chain, as PEM; read again when the file changes")
	fs.StringVar(&f.key, "tls-key", "", "the key of --tls-cert, as PEM")
	if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
		fs.SetOutput(out)
		fs.Usage()
		return nil, 0
	}
	if err := fs.Parse(args); err != nil {
		return nil, 2
	}
	if f.data == "" || fs.NArg() > 0 {
		fmt.Fprintln(errs, "floorline serve: name the data directory: --data DIR")
		return nil, 2
	}
	var err error
	if f.networks, err = devices.PrinterNetworks(f.printers); err != nil {
		fmt.Fprintln(errs, "floorline serve: --printer-networks:", err)
		return nil, 2
	}
	if (f.cert == "") != (f.key == "") {
		fmt.Fprintln(errs, "floorline serve: --tls-cert and --tls-key go together")
		return nil, 2
	}
	if f.https == "" {
		f.https = ":8443"
		if loopback(f.http) {
			f.https = "off"
		}
	}
	return f, -1
}

func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// serve runs until SIGTERM, SIGINT, a reset that fails, or a journal that cannot be written.
func serve(args []string, out, errs io.Writer) int {
	f, code := parseServe(args, out, errs)
	if f == nil {
		return code
	}
	log := slog.New(slog.NewTextHandler(errs, nil))
	h := &house{data: f.data, demo: f.demo, log: log, out: out, nets: f.networks, local: loopback(f.http), resets: make(chan struct{}, 1)}
	var bad string
	if h.hosts, bad = hostNames(f.hosts); bad != "" {
		fmt.Fprintf(errs, "floorline serve: --host %q is no host name. What to do: write names as certificates do, in plain ASCII (münchen.lan is xn--mnchen-3ya.lan), parted by commas\n", bad)
		return 2
	}
	listeners, err := listen(f, h)
	if err != nil {
		fmt.Fprintln(errs, "floorline:", err)
		return 1
	}
	if h.cert != nil {
		h.cert.watch(log)
		defer h.cert.close()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	for first := true; ; first = false {
		again, err := h.session(listeners, first, stop)
		if err != nil {
			fmt.Fprintln(errs, "floorline:", err)
			return 1
		}
		if !again {
			return 0
		}
		if listeners, err = relisten(listeners, f, h); err != nil {
			fmt.Fprintln(errs, "floorline:", err)
			return 1
		}
	}
}

// hostNames parts the names of --host, and gives the first that no certificate could carry.
func hostNames(list string) (names []string, bad string) {
	for _, n := range strings.Split(list, ",") {
		n = strings.TrimSpace(n)
		if n == "" {
			continue
		}
		if net.ParseIP(n) == nil && slices.ContainsFunc(strings.Split(n, "."), unnameable) {
			return nil, n
		}
		names = append(names, n)
	}
	return names, ""
}

// unnameable is true of a part between two dots that no host name has.
func unnameable(label string) bool {
	return label == "" || strings.ContainsFunc(label, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// listener is one address with how it is spoken on.
type listener struct {
	net.Listener
	tls  *tls.Config
	name string
}

func listen(f *serveFlags, h *house) ([]listener, error) {
	l, err := net.Listen("tcp", f.http)
	if err != nil {
		return nil, fmt.Errorf("%w. What to do: choose another --http, or stop what has it", err)
	}
	out := []listener{{l, nil, "http"}}
	if f.https == "off" {
		return out, nil
	}
	if err := h.certify(f); err != nil {
		return nil, fmt.Errorf("HTTPS: %w", err)
	}
	s, err := net.Listen("tcp", f.https)
	if err != nil {
		return nil, fmt.Errorf("%w. What to do: choose another --https, or --https off", err)
	}
	return append(out, listener{s, h.cert.config(), "https"}), nil
}

// certify makes the certificate ready that HTTPS shows, once; a reset keeps it.
func (h *house) certify(f *serveFlags) (err error) {
	if h.cert != nil {
		return nil
	}
	if f.cert != "" {
		h.own = true
		h.cert, err = newCertificate(time.Now, brought(f.cert, f.key))
		return err
	}
	if err := os.MkdirAll(h.data, 0o700); err != nil {
		return err
	}
	a, err := openAuthority(filepath.Join(h.data, "tls"), h.hosts, time.Now())
	if err != nil {
		return err
	}
	if a.bared {
		fmt.Fprintf(h.out, "%s could be read by others on this machine; it is closed now. "+
			"What to do: if somebody may have copied it, remove that folder, start again and have every device trust the new authority\n", filepath.Join(h.data, "tls", "ca.key"))
	}
	names, addrs := ownNames(h.hosts)
	if _, _, out := permitted(a.cert, names, addrs); len(out) > 0 {
		fmt.Fprintf(h.out, "HTTPS does not cover %s: the house's own authority speaks for private addresses and names in .local, .lan and .home.arpa alone. "+
			"What to do: bring a certificate for it with --tls-cert and --tls-key\n", strings.Join(out, ", "))
	}
	h.cert, err = newCertificate(time.Now, a.leaf)
	return err
}

// relisten opens the very same addresses again after a reset.
func relisten(old []listener, f *serveFlags, h *house) ([]listener, error) {
	again := *f
	again.http = old[0].Addr().String()
	if len(old) > 1 {
		again.https = old[1].Addr().String()
	}
	return listen(&again, h)
}

func (l listener) url() string {
	if addr := l.Addr().(*net.TCPAddr); !addr.IP.IsUnspecified() {
		return l.at(addr.IP)
	}
	return l.at(net.IPv4(127, 0, 0, 1))
}

// reach is the address by which other devices open it: a private one of this machine where it listens on all.
func (l listener) reach() string {
	if lan := lanAddrs(); l.Addr().(*net.TCPAddr).IP.IsUnspecified() && len(lan) > 0 {
		return l.at(lan[0])
	}
	return l.url()
}

func (l listener) at(ip net.IP) string {
	return l.name + "://" + net.JoinHostPort(ip.String(), fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
}

// session runs one server on one open warehouse. It gives true when a reset asked for another.
func (h *house) session(listeners []listener, first bool, stop chan os.Signal) (again bool, err error) {
	if h.keeper, err = store.Open(store.Options{Dir: h.data, Log: h.log}); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, h.keeper.Close()) }()
	if err := h.prepare(); err != nil {
		return false, err
	}
	if h.server, err = devices.New(devices.Options{Keeper: h.keeper, Dir: h.data, Hosts: slices.Concat(h.hosts, h.names()), Loopback: h.local, PrinterNetworks: h.nets, Log: h.log, Reset: h.reset,
		Reach: func() string { return h.reach(listeners) }, HTTPS: h.safely(listeners)}); err != nil {
		return false, err
	}
	var serving sync.WaitGroup
	broken := make(chan error, len(listeners))
	for _, l := range listeners {
		serving.Add(1)
		go func() {
			defer serving.Done()
			if err := h.server.Serve(l.Listener, l.tls, l.name == "http" && len(listeners) > 1 && !h.local); err != nil {
				broken <- err
			}
		}()
		if first {
			fmt.Fprintln(h.out, "listening", l.url())
		}
	}
	if first {
		h.welcome(h.reach(listeners))
		if len(listeners) > 1 {
			h.trust(listeners[0].reach())
		} else if !h.local {
			fmt.Fprintln(h.out, "plain HTTP, as asked: anybody on this network can read along; no camera and no work out of reach of the network")
		}
	}
	select {
	case <-stop:
	case <-h.resets:
		again = true
	case err = <-broken:
	case <-h.keeper.Failed():
		err = fmt.Errorf("the journal could not be written: %w. Nothing unwritten was confirmed; free space or repair the disk and start again", h.keeper.Failure())
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err = errors.Join(err, h.server.Shutdown(ctx))
	serving.Wait()
	if again && err == nil {
		err = errors.Join(h.keeper.Close(), h.clear())
	}
	return again, err
}

// prepare does what a first start needs: the demo, or the first admin's token.
func (h *house) prepare() error {
	if h.demo {
		if err := devices.FillDemo(h.keeper, h.data); err != nil {
			return err
		}
	}
	token := os.Getenv("FLOORLINE_TOKEN")
	if token == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(token))
	digest := hex.EncodeToString(sum[:])
	var known, fresh bool
	h.keeper.View(func(s *floor.State) {
		fresh = true
		for _, c := range s.Credentials {
			if c.What == "token" {
				fresh = false
			}
		}
		known = s.Credentials[digest] != nil
	})
	if known || !fresh {
		return nil
	}
	a := h.keeper.Do(&floor.Command{Verb: floor.MakeCredential{Credential: floor.Credential{Digest: digest, What: "token", Name: "first", Roles: floor.RoleAdmin}}})
	if a.Err != nil {
		return a.Err
	}
	return nil
}

// welcome says on the console how to get in.
func (h *house) welcome(url string) {
	var demo, claimed, admins bool
	h.keeper.View(func(s *floor.State) {
		demo, claimed = s.Site.Demo, s.Site.Claimed
		admins = len(s.Credentials) > 0
	})
	if demo {
		if d, err := devices.LoadDemo(h.data); err == nil {
			fmt.Fprintf(h.out, "demo: open %s/floor and sign in as %s with PIN %s; codes to scan: %s/api/v1/demo/sheet.pdf\n", url, d.Admin, d.PIN, url)
		}
		return
	}
	if claimed || admins {
		return
	}
	claim := url + "/claim#" + h.server.ClaimCode()
	fmt.Fprintf(h.out, "claim this warehouse: %s\n%s", claim, devices.QRText(claim))
}

// trust says on the console how devices come to trust this server.
func (h *house) trust(url string) {
	if ca, err := os.ReadFile(filepath.Join(h.data, "tls", "ca.pem")); err == nil && !h.own {
		fmt.Fprintf(h.out, "trust this server on each device: %s/ with the fingerprint %s\n", url, devices.Fingerprint(ca))
	}
}

// reset is asked for by a demo's page.
func (h *house) reset() error {
	select {
	case h.resets <- struct{}{}:
	default:
	}
	return nil
}

// clear empties a demo directory. It looks at the mark once more: nothing else is ever cleared.
func (h *house) clear() error {
	if _, err := devices.LoadDemo(h.data); err != nil {
		return fmt.Errorf("not a demo directory, so it is not cleared: %w", err)
	}
	for _, name := range []string{"badger", "keys", "keys.2", "mark", "imports"} {
		if err := os.RemoveAll(filepath.Join(h.data, name)); err != nil {
			return err
		}
	}
	h.demo = true
	return nil
}

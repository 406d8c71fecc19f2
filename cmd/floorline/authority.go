package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Lifetimes of certificates. Phones refuse a leaf of more than 398 days, counted from its first moment, which lies an
// hour back for clocks that are behind.
const (
	authorityLife = 3650 * 24 * time.Hour
	leafLife      = 397 * 24 * time.Hour
	clocksBehind  = time.Hour
)

// authority is the house's own, made at the first start. It is constrained to local names and private addresses, so
// that a stolen one can sign nobody else.
type authority struct {
	dir   string
	cert  *x509.Certificate
	key   *ecdsa.PrivateKey
	hosts []string
	last  *tls.Certificate
	bared bool // others on this machine could read its key, until it was opened
}

func openAuthority(dir string, hosts []string, now time.Time) (*authority, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	certPEM, err1 := os.ReadFile(filepath.Join(dir, "ca.pem"))
	keyPEM, err2 := os.ReadFile(filepath.Join(dir, "ca.key"))
	_, err4 := os.Stat(filepath.Join(dir, "leaf.pem"))
	if errors.Is(err1, fs.ErrNotExist) && errors.Is(err4, fs.ErrNotExist) { // also where the power went in the first start
		return newAuthority(dir, hosts, now)
	}
	cert, key, err3 := parsePair(certPEM, keyPEM)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, fmt.Errorf("%w: %w", err, errLostAuthority)
	}
	if now.After(cert.NotAfter) {
		return nil, fmt.Errorf("the authority ran out on %s: %w", cert.NotAfter.Format(time.DateOnly), errLostAuthority)
	}
	a := &authority{dir: dir, cert: cert, key: key, hosts: hosts}
	return a, a.closeKey()
}

// closeKey takes the key away from others on this machine: a copy that came back from a backup is often open to all.
func (a *authority) closeKey() error {
	name := filepath.Join(a.dir, "ca.key")
	is, err := os.Stat(name)
	if err != nil || is.Mode().Perm()&0o077 == 0 {
		return err
	}
	a.bared = true
	return os.Chmod(name, 0o600)
}

func newAuthority(dir string, hosts []string, now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	var ranges []*net.IPNet
	for _, r := range []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7"} {
		_, n, _ := net.ParseCIDR(r)
		ranges = append(ranges, n)
	}
	t := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: "Floorline warehouse"}, NotBefore: now.Add(-clocksBehind),
		NotAfter: now.Add(authorityLife), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, PermittedDNSDomainsCritical: true,
		PermittedDNSDomains: []string{"local", "lan", "home.arpa", "localhost"}, PermittedIPRanges: ranges}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	cert, err1 := x509.ParseCertificate(der)
	a := &authority{dir: dir, cert: cert, key: key, hosts: hosts}
	return a, errors.Join(err1, a.writeKey("ca.key", key), a.write("ca.pem", pemOf("CERTIFICATE", der), 0o644))
}

// leaf gives the certificate to show: the kept one, unless a third of its life or less is left or this machine has
// other names or addresses by now.
func (a *authority) leaf(now time.Time) (*tls.Certificate, error) {
	if a.last == nil {
		if kept, err := tls.LoadX509KeyPair(filepath.Join(a.dir, "leaf.pem"), filepath.Join(a.dir, "leaf.key")); err == nil {
			a.last = &kept
		}
	}
	names, addrs := ownNames(a.hosts)
	names, addrs, _ = permitted(a.cert, names, addrs)
	if a.last != nil && a.serves(a.last.Leaf, now, names, addrs) {
		return a.last, nil
	}
	made, err := a.newLeaf(now, names, addrs)
	if err == nil {
		a.last = made
	}
	return made, err
}

func (a *authority) serves(leaf *x509.Certificate, now time.Time, names []string, addrs []net.IP) bool {
	left, life := leaf.NotAfter.Sub(now), leaf.NotAfter.Sub(leaf.NotBefore)
	return left > life/3 && !now.Before(leaf.NotBefore) && leaf.CheckSignatureFrom(a.cert) == nil &&
		slices.Equal(leaf.DNSNames, names) && slices.EqualFunc(leaf.IPAddresses, addrs, net.IP.Equal)
}

func (a *authority) newLeaf(now time.Time, names []string, addrs []net.IP) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	from := now.Add(-clocksBehind)
	until := from.Add(leafLife)
	if until.After(a.cert.NotAfter) {
		until = a.cert.NotAfter
	}
	t := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: "Floorline"}, NotBefore: from, NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, DNSNames: names, IPAddresses: addrs}
	der, err := x509.CreateCertificate(rand.Reader, t, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	chain := append(pemOf("CERTIFICATE", der), pemOf("CERTIFICATE", a.cert.Raw)...)
	if err := errors.Join(a.writeKey("leaf.key", key), a.write("leaf.pem", chain, 0o644)); err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key, Leaf: leaf}, err
}

func (a *authority) writeKey(name string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return a.write(name, pemOf("EC PRIVATE KEY", der), 0o600)
}

// write puts a file in place whole or not at all, also when the power goes.
func (a *authority) write(name string, b []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(a.dir, name+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(a.dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func parsePair(certPEM, keyPEM []byte) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	c, _ := pem.Decode(certPEM)
	k, _ := pem.Decode(keyPEM)
	if c == nil || k == nil {
		return nil, nil, errors.New("ca.pem or ca.key holds no PEM")
	}
	cert, err1 := x509.ParseCertificate(c.Bytes)
	key, err2 := x509.ParseECPrivateKey(k.Bytes)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, err
	}
	if pub, ok := cert.PublicKey.(*ecdsa.PublicKey); !ok || !pub.Equal(&key.PublicKey) {
		return nil, nil, errors.New("ca.key is not the key of ca.pem")
	}
	return cert, key, nil
}

func pemOf(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // no randomness, no certificates
	}
	return n
}

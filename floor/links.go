package floor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// A customer's link opens the page of one order and says nothing to who guesses. It holds the order's number, hidden, and
// 128 bits that only the house's key makes: no list of links is kept, and one that is not ours is known by itself.

// Links is the key of the customers' links.
type Links struct {
	Key Secret `cbor:"1,keyasint"`
}

// Secrets gives the key, for sealing.
func (l *Links) Secrets() []*Secret {
	l.Key.Owner = "links"
	return []*Secret{&l.Key}
}

// KeyLinks sets the key, once; chance comes in with the command.
type KeyLinks struct{ Key string }

func (v KeyLinks) do(t *turn) (any, *Error) {
	if l := t.LinkKeys["links"]; l != nil && l.Key.Plain != "" {
		return nil, nil
	}
	if len(v.Key) < 32 {
		return nil, refuse(Invalid, "bad_value", "a key of links has at least 32 characters")
	}
	t.emit(&LinksKeyed{Links{Key: Secret{Plain: v.Key}}})
	return nil, nil
}

// LinksKeyed says the key of the customers' links was made.
type LinksKeyed struct {
	Links Links `cbor:"1,keyasint"`
}

// KindLinksKeyed numbers it for ever.
const KindLinksKeyed Kind = 159

var _ = kind(KindLinksKeyed, "links_keyed", "", func() Body { return new(LinksKeyed) })

func (*LinksKeyed) Kind() Kind { return KindLinksKeyed }

// Secrets gives the key, for sealing.
func (b *LinksKeyed) Secrets() []*Secret { return b.Links.Secrets() }

func (b *LinksKeyed) apply(s *State, _ *Event) {
	l := b.Links
	s.LinkKeys["links"] = &l
	s.touch(TableLinks, "links")
}

var linkCode = base32.StdEncoding.WithPadding(base32.NoPadding)

// LinkLength is how many characters a link's token has: 16 bytes that prove it, and 4 that hide a number.
const LinkLength = 32

// OrderLink is the token of an order's page; "" while there is no key.
func (s *State) OrderLink(id OrderID) string {
	key := s.linkKey()
	n, ok := orderNumber(id)
	if key == nil || !ok {
		return ""
	}
	proof := linkSum(key, "proof", binary.BigEndian.AppendUint32(nil, n))[:16]
	hidden := binary.BigEndian.AppendUint32(nil, n^binary.BigEndian.Uint32(linkSum(key, "hide", proof)))
	return strings.ToLower(linkCode.EncodeToString(append(proof, hidden...)))
}

// LinkedOrder is the order that a token opens; false for one that is not ours.
func (s *State) LinkedOrder(token string) (OrderID, bool) {
	key := s.linkKey()
	if key == nil || len(token) != LinkLength {
		return "", false
	}
	raw, err := linkCode.DecodeString(strings.ToUpper(token))
	if err != nil {
		return "", false
	}
	n := binary.BigEndian.Uint32(raw[16:]) ^ binary.BigEndian.Uint32(linkSum(key, "hide", raw[:16]))
	if !hmac.Equal(raw[:16], linkSum(key, "proof", binary.BigEndian.AppendUint32(nil, n))[:16]) {
		return "", false
	}
	return OrderID(withCheck(fmt.Sprintf("O-%06d", n))), true
}

func (s *State) linkKey() []byte {
	if l := s.LinkKeys["links"]; l != nil && l.Key.Plain != "" {
		return []byte(l.Key.Plain)
	}
	return nil
}

func linkSum(key []byte, what string, about []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(append([]byte(what+"\x00"), about...))
	return m.Sum(nil)
}

// orderNumber is the number within an order's id, such as 42 of O-000042-K.
func orderNumber(id OrderID) (uint32, bool) {
	body, ok := checked(string(id))
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(body, "O-"), 10, 32)
	return uint32(n), err == nil && n > 0
}

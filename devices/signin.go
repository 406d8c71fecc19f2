package devices

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/crypto/argon2"

	"floorline/floor"
)

// The cost of a PIN's digest: OWASP's second choice for argon2id (19 MiB, two passes). It is worked out
// outside the writer, and no more than PINsAtOnce at a time.
const (
	pinTime    = 2
	pinMemory  = 19 << 10
	pinThreads = 1
	PINsAtOnce = 4
)

var pinGate = make(chan struct{}, PINsAtOnce)

var errBadPIN = errors.New("a PIN has 4 to 64 characters and is not one that everybody tries first")

// commonPINs are tried first by everybody who guesses.
var commonPINs = map[string]bool{"0000": true, "1111": true, "1234": true, "4321": true, "1212": true, "2222": true,
	"123456": true, "000000": true, "111111": true, "654321": true, "password": true}

// hashPIN gives the argon2id digest of a PIN.
func hashPIN(pin string) (string, error) {
	if n := len([]rune(pin)); n < 4 || n > 64 || commonPINs[pin] {
		return "", errBadPIN
	}
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return "argon2id$" + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(stretch(pin, salt)), nil
}

func stretch(pin string, salt []byte) []byte {
	pinGate <- struct{}{}
	defer func() { <-pinGate }()
	return argon2.IDKey([]byte(pin), salt, pinTime, pinMemory, pinThreads, 32)
}

// noPIN is checked where there is no PIN to check, so that it takes as long as a wrong one. Nobody knows what it is
// the digest of.
var noPIN = func() string { h, _ := hashPIN(newSecret(20)); return h }()

func checkPIN(stored, pin string) bool {
	p := strings.Split(stored, "$")
	if len(p) != 3 || len(pin) > 64 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(p[1])
	want, err2 := base64.RawStdEncoding.DecodeString(p[2])
	return err1 == nil && err2 == nil && subtle.ConstantTimeCompare(stretch(pin, salt), want) == 1
}

// The second line against guessing: a person whose PIN was guessed at wrongly so often, wherever that was, is
// answered later, and let in all the same. It may slow a guesser with many devices; it can never lock anybody out.
const (
	SlowAfter = 10
	SlowBy    = 2 * time.Second
)

// pinIs checks a person's PIN.
func (s *Server) pinIs(who floor.WorkerID, stored, pin string) bool {
	where := "worker/" + string(who)
	if who != "" && s.tries.wrongs(where) >= SlowAfter {
		time.Sleep(SlowBy)
	}
	if !checkPIN(stored, pin) {
		if who != "" {
			s.tries.wrong(where)
		}
		return false
	}
	s.tries.right(where)
	return true
}

// newSecret is a random text of 8 bits a byte, in base32 so that it can be printed and read aloud.
func newSecret(bytes int) string {
	b := make([]byte, bytes)
	if _, err := rand.Read(b); err != nil {
		panic(err) // the machine has no randomness: nothing of ours can be trusted
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}

// newBadge is the code of a new badge: U, 80 random bits, and a check character.
func newBadge() string {
	b := "U" + strings.ToUpper(newSecret(10))
	return b + "-" + string(floor.CheckChar(b))
}

// badgeOf gives the badge that a scan can only be, on whatever screen it is scanned. A scanner may send its
// symbology first, turn capitals round or add blanks: a badge that is not known for one here would be taken
// for goods, and stand in the journal for all to read.
func badgeOf(scanned string) (badge string, ok bool) {
	code := strings.ToUpper(strings.Join(strings.Fields(scanned), ""))
	if len(code) == 22 && code[0] == ']' {
		code = code[3:]
	}
	if len(code) != 19 || code[0] != 'U' || code[17] != '-' {
		return "", false
	}
	return code, code[18] == floor.CheckChar(code[:17])
}

// tries counts wrong secrets, by device or address: five in a row wait 30 s, then twice as long each time;
// ten are locked for 15 minutes. It counts where the try came from first, so that a stranger cannot lock a
// whole shift out.
type tries struct {
	mu sync.Mutex
	of map[string]*tried
}

type tried struct {
	wrong int
	until time.Time
	last  time.Time
}

// Limits of guessing.
const (
	TriesFree   = 5
	TriesLocked = 10
	TryWait     = 30 * time.Second
	TryLock     = 15 * time.Minute
	TriesKept   = 10_000
	TryForgot   = 12 * time.Hour // wrong tries count no longer: a shift's mistakes are not the next one's
)

func newTries() *tries { return &tries{of: map[string]*tried{}} }

// locked says whether a place must wait, and how long.
func (t *tries) locked(where string) (time.Duration, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.of[where]; x != nil {
		if left := time.Until(x.until); left > 0 {
			return left, true
		}
	}
	return 0, false
}

func (t *tries) wrong(where string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.of) >= TriesKept {
		for k, x := range t.of {
			if time.Since(x.last) > TryLock {
				delete(t.of, k)
			}
		}
	}
	x := t.of[where]
	if x == nil {
		if len(t.of) >= TriesKept {
			return
		}
		x = &tried{}
		t.of[where] = x
	}
	if time.Since(x.last) > TryForgot {
		x.wrong = 0
	}
	x.wrong++
	x.last = time.Now()
	switch {
	case x.wrong >= TriesLocked:
		x.until = x.last.Add(TryLock)
	case x.wrong >= TriesFree:
		x.until = x.last.Add(TryWait << (x.wrong - TriesFree))
	}
}

// wrongs is how many wrong tries count against a place now.
func (t *tries) wrongs(where string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.of[where]; x != nil && time.Since(x.last) <= TryLock {
		return x.wrong
	}
	return 0
}

func (t *tries) right(where string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.of, where)
}

// SessionHours is how long a browser stays signed in.
const SessionHours = 12

type signInBody struct {
	Name     string `json:"name"`
	Badge    string `json:"badge"`
	PIN      string `json:"pin"`
	Password string `json:"password"`
}

// signIn lets a person in at a browser: a name or a badge, and the PIN. A name alone lets nobody in.
func signIn(c *call) error {
	var b signInBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if b.PIN == "" {
		b.PIN = b.Password
	}
	where := "ip/" + c.from()
	// One after another: guesses made at once would all pass before the first of them counts.
	turn := c.s.turns.of(where)
	turn.Lock()
	defer turn.Unlock()
	if wait, locked := c.s.tries.locked(where); locked {
		return c.mustWait(wait)
	}
	w := c.s.personBy(b)
	stored, id := noPIN, floor.WorkerID("")
	if w != nil && w.PIN != "" {
		stored, id = w.PIN, w.ID
	}
	if ok := c.s.pinIs(id, stored, b.PIN); !ok || id == "" {
		c.s.tries.wrong(where)
		return c.problem(&floor.Error{Kind: "unauthorized", Code: "wrong", Say: "that name, badge or PIN is not right"})
	}
	c.s.tries.right(where)
	return c.startSession(w.ID, 201)
}

// mustWait answers who guessed too often, with how long to leave it.
func (c *call) mustWait(wait time.Duration) error {
	c.Set("Retry-After", fmt.Sprint(int(wait.Seconds())+1))
	return c.problem(&floor.Error{Kind: "too_many", Code: "locked", Say: "too many wrong tries from here; wait"})
}

func (s *Server) personBy(b signInBody) (found *floor.Worker) {
	s.keeper.View(func(st *floor.State) {
		if b.Badge != "" {
			badge, _ := badgeOf(b.Badge)
			found = copyOf(st.WorkerByBadge(digest(badge)))
			return
		}
		for _, w := range st.Workers {
			if b.Name != "" && strings.EqualFold(w.Name, b.Name) && !w.Disabled && w.PIN != "" && (found == nil || w.ID < found.ID) {
				found = copyOf(w)
			}
		}
	})
	return found
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// startSession gives the browser a cookie.
func (c *call) startSession(w floor.WorkerID, status int) error {
	secret := newSecret(20)
	until := c.s.now() + floor.Time(SessionHours*floor.HourMS)
	a := c.s.keeper.Do(&floor.Command{Worker: w, Verb: floor.MakeCredential{Credential: floor.Credential{
		Digest: digest(secret), What: "session", Worker: w, Until: until}}})
	if a.Err != nil {
		return c.problem(a.Err)
	}
	c.setCookie(secret, SessionHours*3600)
	var view *floor.WorkerView
	c.view(func(st *floor.State) { view = st.Workers[w].View() })
	return c.json(status, map[string]any{"worker": view})
}

func (c *call) setCookie(secret string, seconds int) {
	cookie := &fiber.Cookie{Name: c.cookieName(), Value: secret, Path: "/", HTTPOnly: true, SameSite: "Strict",
		Secure: c.Secure(), MaxAge: seconds}
	if seconds < 0 {
		cookie.Expires = time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

func signOut(c *call) error {
	if c.who.what == "session" {
		if a := c.s.keeper.Do(&floor.Command{Verb: floor.DropCredential{Digest: c.who.digest}}); a.Err != nil {
			return c.problem(a.Err)
		}
		c.setCookie("", -1)
	}
	return c.SendStatus(204)
}

type meView struct {
	Worker *floor.WorkerView `json:"worker"`
	Device *floor.DeviceView `json:"device"`
	Roles  []string          `json:"roles"`
	Site   floor.Site        `json:"site"`
	Demo   bool              `json:"demo"`
	Epoch  uint64            `json:"epoch"`
	Seq    uint64            `json:"seq"`
}

func me(c *call) error {
	var out meView
	c.view(func(st *floor.State) {
		if w := st.Workers[c.who.worker]; w != nil {
			out.Worker = w.View()
		}
		if d := st.Devices[c.who.device]; d != nil {
			out.Device = st.DeviceView(d)
		}
		out.Site, out.Demo, out.Roles = st.Site, st.Site.Demo, c.who.roles.Names()
	})
	h := c.s.keeper.Head()
	out.Epoch, out.Seq = h.Epoch, h.Seq
	return c.json(200, out)
}

func (s *Server) now() floor.Time {
	return floor.Time(time.Now().UnixMilli())
}

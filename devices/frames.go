package devices

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/oklog/ulid/v2"

	"floorline/floor"
	"floorline/store"
)

// deviceFrame is a scan or an action as a device sends it, over the socket or in a list after time offline.
type deviceFrame struct {
	Type   string    `json:"type"`
	ID     string    `json:"id"`
	N      uint64    `json:"n"`
	Code   string    `json:"code"`
	Origin string    `json:"origin"`
	Action string    `json:"action"`
	Args   frameArgs `json:"args"`
	At     string    `json:"at"`
	Late   *bool     `json:"late"` // saved on the device while it could not reach the floor; a device that says false is believed
}

// frameArgs are the arguments of all actions.
type frameArgs struct {
	Job     string      `json:"job"`
	ID      string      `json:"id"`
	Qty     json.Number `json:"qty"`
	Found   json.Number `json:"found"`
	Reason  string      `json:"reason"`
	WeightG json.Number `json:"weight_g"`
	Source  string      `json:"source,omitempty"` // of a weight: scale or typed
	Ask     string      `json:"ask"`
	Value   any         `json:"value"`

	// vehicle, seal. What a frame leaves out is no part of what tells two frames apart.
	Plate  string `json:"plate,omitempty"`
	Driver string `json:"driver,omitempty"`
	Seal   string `json:"seal,omitempty"`
}

// check says what is wrong with a frame.
func (f *deviceFrame) check() *floor.Error {
	var about []floor.Fault
	add := func(pointer, code, detail string) {
		about = append(about, floor.Fault{Pointer: pointer, Code: code, Detail: detail})
	}
	if _, err := ulid.ParseStrict(f.ID); err != nil {
		add("/id", "bad_id", "an id is a ULID of 26 characters")
	}
	if f.N == 0 {
		add("/n", "bad_counter", "the counter begins at 1")
	}
	if f.Type == "do" && f.Action == "" {
		add("/action", "required", "is missing")
	}
	if len(f.Action) > 32 || len(f.Args.Reason) > floor.NameLimit || len(f.Origin) > 16 || len(f.Args.Source) > 16 {
		add("", "too_long", "a text is too long")
	}
	if f.Origin != "" && !slices.Contains(floor.Origins, f.Origin) {
		add("/origin", "bad_origin", "a scan comes by "+strings.Join(floor.Origins, ", "))
	}
	for name, n := range map[string]json.Number{"qty": f.Args.Qty, "found": f.Args.Found, "weight_g": f.Args.WeightG} {
		if _, err := n.Int64(); n != "" && err != nil {
			add("/args/"+name, "not_whole", clip(string(n))+" is no whole number")
		}
	}
	if len(about) > 0 {
		return malformed(about...)
	}
	return nil
}

// hash is over what makes two frames of one id the same: type, code, action and arguments. A secret answer
// is not part of it.
func (f *deviceFrame) hash(secret bool) (out [16]byte) {
	h := sha256.New()
	put := func(s string) {
		_ = binary.Write(h, binary.BigEndian, uint32(len(s)))
		h.Write([]byte(s))
	}
	put(f.Type)
	if !secret {
		put(f.Code)
		put(f.Action)
		args, _ := json.Marshal(f.Args)
		put(string(args))
	}
	copy(out[:], h.Sum(nil))
	return out
}

// from is how the code came, where that is not a scanner.
func (f *deviceFrame) from() string {
	if f.Type != "scan" || f.Origin == floor.OriginWedge {
		return ""
	}
	return f.Origin
}

// verb is what the frame asks of the floor.
func (f *deviceFrame) verb() floor.Verb {
	if f.Type == "scan" {
		return floor.Scan{Code: f.Code, Origin: f.Origin}
	}
	a := f.Args
	whole := func(n json.Number) int64 { i, _ := n.Int64(); return i }
	value := ""
	if a.Value != nil {
		value = fmt.Sprint(a.Value)
	}
	return floor.Act{Action: f.Action, Job: a.Job, ID: a.ID, Qty: whole(a.Qty), Found: whole(a.Found), Reason: a.Reason,
		WeightG: whole(a.WeightG), Source: a.Source, Ask: a.Ask, Value: value, Plate: a.Plate, Driver: a.Driver, Seal: a.Seal}
}

// frame takes one frame of the socket; false ends it.
func (x *session) frame(data []byte) bool {
	var f deviceFrame
	if err := json.Unmarshal(data, &f); err != nil {
		return x.strange("", "the frame is not the JSON it should be")
	}
	switch f.Type {
	case "scan", "do":
	case "ping":
		x.under.Wait()
		if !x.behind() { // a flood of pings ends as a flood, not as a client that is slow
			x.send(map[string]any{"type": "pong"})
		}
		return true
	case "condition":
		return x.condition(data)
	default:
		return x.strange("", "there is no frame type "+clip(f.Type))
	}
	if x.who.what != "device" {
		return x.strange("", "only a paired device scans")
	}
	if err := f.check(); err != nil {
		return x.strange(f.ID, err.Error())
	}
	x.unknown = 0
	x.judge(&f)
	return true
}

// underWay is a frame on its way to its verdict.
type underWay struct {
	frame   *deviceFrame
	begun   time.Time
	pending store.Pending
}

// judge has a frame decided. The next one need not wait for its verdict: they are decided in the order they
// came, and answered in that order. A badge or a PIN is worked on here, when all before it is answered.
func (x *session) judge(f *deviceFrame) {
	begun := time.Now()
	if !x.signsIn(f) {
		x.over = nil
		x.asking.Store(false)
		x.under.Add(1)
		x.asked <- underWay{f, begun, x.s.keeper.Begin(x.command(f))}
		return
	}
	x.under.Wait()
	a, v := x.signInFrame(f)
	x.asking.Store(x.pin != "" || x.over != nil)
	if v == nil { // else a PIN asked for or refused, with its prompt
		v = x.answerFrame(a, f)
	}
	x.answered(v, begun)
}

// answer waits for verdict after verdict.
func (x *session) answer() {
	one := func(a underWay) {
		defer x.under.Done()
		defer func() {
			if fault := recover(); fault != nil {
				x.s.log.Error("a verdict could not be told; the device asks again", "device", x.who.device, "fault", fault, "stack", string(debug.Stack()))
				x.close(websocket.CloseInternalServerErr, "ask again")
			}
		}()
		answer := a.pending.Answer()
		x.noteRefused(answer, a.frame)
		x.answered(x.answerFrame(answer, a.frame), a.begun)
	}
	for a := range x.asked {
		one(a)
	}
}

func (x *session) answered(v any, begun time.Time) {
	x.s.meter.note(v, time.Since(begun))
	x.send(v)
}

// command is what a frame asks of the floor. Who works on the device the floor knows: looking here would
// wait for the commit under way.
func (x *session) command(f *deviceFrame) *floor.Command {
	late, made := x.clock.late(f, time.Now())
	return &floor.Command{ID: f.ID, N: f.N, Hash: f.hash(false), Device: x.who.device, Late: late, At: made, Verb: f.verb()}
}

// strange answers what cannot be understood; twenty in a row end the socket. With the frame's id, where it has one, a
// device knows which of its scans will never be taken, and does not send it again for ever.
func (x *session) strange(id, say string) bool {
	x.unknown++
	x.under.Wait()
	told := map[string]any{"type": "error", "code": "bad_frame", "say": say}
	if id != "" {
		told["id"] = clip(id)
	}
	x.send(told)
	if x.unknown >= UnknownLimit {
		x.close(closeTooMany, "too many frames that cannot be understood")
		return false
	}
	return true
}

func (x *session) answerFrame(a *floor.Answer, f *deviceFrame) any {
	at := store.Head{Epoch: a.Epoch, Seq: a.Seq, Hash: a.Hash}
	switch {
	case a.Resend != 0:
		return map[string]any{"type": "resend", "from": a.Resend}
	case a.Verdict != nil:
		if a.Verdict.Code == floor.CodeSignedOut && !a.Verdict.Replayed {
			x.lang = x.own // the device's again, for whoever comes next
		}
		frame := x.verdictFrame(a.Verdict, at, f.ID)
		frame.Origin = f.from()
		frame.Override = frame.Override && !f.saidLate() && !frame.Replayed // a lead speaks of what is refused now
		return frame
	}
	code := floor.CodeBusy
	if a.Err != nil && a.Err.Kind == floor.Stopped {
		code = floor.CodeDiskFull
	}
	v := &floor.Verdict{ID: f.ID, Code: code}
	x.s.keeper.View(func(st *floor.State) { v.Next = st.NextIn(x.who.device, x.own) })
	frame := x.verdictFrame(v, at, f.ID)
	frame.Undecided = true
	return frame
}

// signsIn is true of a badge, and of the PIN after it, also of one that was typed where scans are typed.
func (x *session) signsIn(f *deviceFrame) bool {
	if f.Type == "scan" {
		_, ok := badgeOf(f.Code)
		return ok || f.Origin == floor.OriginTyped && (x.pin != "" || x.over.asksPIN())
	}
	switch f.Action {
	case "answer":
		return f.Args.Ask == "pin" || f.Args.Ask == AskOverride
	case ActOverride:
		return true
	}
	return f.Action == ActBack && x.over != nil
}

// signInFrame checks a badge or a PIN outside the writer. The floor learns who signed in, or that somebody
// did not; the code itself goes no further than here.
func (x *session) signInFrame(f *deviceFrame) (*floor.Answer, any) {
	where := "device/" + string(x.who.device)
	if _, locked := x.s.tries.locked(where); locked {
		return x.step(f, floor.CodeLocked), nil
	}
	if x.over != nil || f.Action == ActOverride || f.Args.Ask == AskOverride {
		return x.overrideFrame(f, where)
	}
	x.refused = nil
	pin := fmt.Sprint(f.Args.Value)
	if f.Type == "scan" {
		if _, ok := badgeOf(f.Code); ok {
			return x.badge(f, where)
		}
		pin = f.Code
	}
	id := x.pin
	x.pin = ""
	var stored string
	x.s.keeper.View(func(st *floor.State) {
		if w := st.Workers[id]; w != nil && !w.Disabled {
			stored = w.PIN
		}
	})
	if id == "" || !x.s.pinIs(id, stored, pin) {
		x.s.tries.wrong(where)
		return x.step(f, floor.CodePinWrong), nil
	}
	return x.signIn(f, id, where), nil
}

func (x *session) badge(f *deviceFrame, where string) (*floor.Answer, any) {
	var w *floor.Worker
	code, _ := badgeOf(f.Code)
	x.s.keeper.View(func(st *floor.State) { w = copyOf(st.WorkerByBadge(digest(code))) })
	x.pin = ""
	if w == nil {
		checkPIN(noPIN, "0") // as long as a wrong PIN takes
		x.s.tries.wrong(where)
		return x.step(f, floor.CodeUnknownWho), nil
	}
	if w.PIN == "" {
		return x.signIn(f, w.ID, where), nil
	}
	a := x.step(f, floor.CodePinNeeded)
	if a.Verdict == nil || a.Verdict.Code != floor.CodePinNeeded {
		return a, nil
	}
	x.pin = w.ID // the question is in the language of who is asked; the session's stays that of who is signed in
	frame := verdictOf(a.Verdict, store.Head{Epoch: a.Epoch, Seq: a.Seq, Hash: a.Hash}, f.ID, x.languageOf(w))
	next := &floor.Next{Step: "pin", Expects: []string{}, Want: []floor.Want{}, Title: floor.Phrase("Your PIN, {worker}", w.Name), Actions: []string{"answer"},
		Ask: &floor.Ask{ID: "pin", Text: "PIN", Kind: "secret", Options: []floor.Option{}}}
	frame.Next = next.In(x.languageOf(w))
	return nil, frame
}

func (x *session) signIn(f *deviceFrame, id floor.WorkerID, where string) *floor.Answer {
	x.s.tries.right(where)
	a := x.s.keeper.Do(&floor.Command{ID: f.ID, N: f.N, Hash: f.hash(true), Device: x.who.device, Worker: id, Verb: floor.SignIn{Worker: id}})
	x.s.keeper.View(func(st *floor.State) {
		if w := st.Workers[id]; w != nil {
			x.lang = x.languageOf(w)
		}
	})
	return a
}

func (x *session) step(f *deviceFrame, code floor.Code) *floor.Answer {
	return x.s.keeper.Do(&floor.Command{ID: f.ID, N: f.N, Hash: f.hash(true), Device: x.who.device, Verb: floor.SignInStep{Code: code}})
}

// ScansLimit is how many frames a device hands in at once after time offline.
const ScansLimit = 500

// scans takes a device's queue: verdict after verdict, up to the first gap, and says where that is.
func scans(c *call) error {
	if err := c.isJSON(); err != nil {
		return c.problem(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(c.Body(), &raw); err != nil || raw == nil {
		return c.problem(malformed(floor.Fault{Code: "bad_json", Detail: "send a list of scan and do frames"}))
	}
	if len(raw) > ScansLimit {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "too_many", Say: "at most 500 frames at once; send the rest after"})
	}
	x := &session{s: c.s, who: c.who}
	c.s.keeper.View(func(st *floor.State) { x.lang = st.LanguageAt(c.who.device, "") })
	frames := make([]deviceFrame, len(raw))
	for i := range raw {
		if err := decodeJSON(raw[i], &frames[i]); err != nil {
			return c.problem(prefixed(err, i))
		}
		if f := &frames[i]; f.Type != "scan" && f.Type != "do" {
			return c.problem(malformed(floor.Fault{Pointer: fmt.Sprintf("/%d/type", i), Code: "bad_type", Detail: "scan or do"}))
		} else if err := f.check(); err != nil {
			return c.problem(prefixed(err, i))
		}
	}
	out := []any{}
	for i := range frames {
		if x.signsIn(&frames[i]) {
			return c.problem(malformed(floor.Fault{Pointer: fmt.Sprintf("/%d", i), Code: "sign_in_live", Detail: "a badge or PIN is never queued; sign in over the socket"}))
		}
	}
	late := true // a list is a queue
	for i := range frames {
		frames[i].Late = &late
		a := x.s.keeper.Do(x.command(&frames[i]))
		out = append(out, x.answerFrame(a, &frames[i]))
		if a.Resend != 0 || a.Err != nil {
			break
		}
	}
	return c.json(200, out)
}

func prefixed(e *floor.Error, i int) *floor.Error {
	for j := range e.About {
		e.About[j].Pointer = fmt.Sprintf("/%d%s", i, e.About[j].Pointer)
	}
	return e
}

package devices

import (
	"cmp"
	"encoding/json"
	"errors"
	"sort"
	"time"

	"github.com/gorilla/websocket"

	"floorline/floor"
	"floorline/store"
)

// allTopics are the live topics there are.
var allTopics = []string{"job", "orders", "picklists", "waves", "parcels", "prints", "stock", "returns", "workers", "manifests", "exceptions"}

type helloFrame struct {
	Type   string   `json:"type"`
	Token  string   `json:"token"`
	Epoch  uint64   `json:"epoch"`
	Seq    *uint64  `json:"seq"`
	Topics []string `json:"topics"`
	Clock  string   `json:"clock"` // what the device's clock shows: it may be a day wrong
	// Language is the device's own, for who has not signed in yet: a tag such as de or pt-BR.
	Language string `json:"language"`
}

// hello takes the first frame and answers it; false when the socket must close.
func (x *session) hello(cookie bool) bool {
	_ = x.ws.SetReadDeadline(time.Now().Add(HelloWithin))
	_, data, err := x.message()
	if err != nil {
		var ce *websocket.CloseError
		if !errors.As(err, &ce) && !errors.Is(err, websocket.ErrReadLimit) && !errors.Is(err, errTooLarge) {
			x.close(closeSignIn, "say hello within 5 seconds")
		}
		return false
	}
	var h helloFrame
	if json.Unmarshal(data, &h) != nil || h.Type != "hello" {
		x.close(closeSignIn, "say hello first")
		return false
	}
	if h.Token != "" || !cookie {
		who, ok := x.s.callerOf(digest(h.Token))
		if !ok || h.Token == "" || who.what == "session" {
			x.close(closeSignIn, "this token is not good; pair or sign in again")
			return false
		}
		x.who = who
	}
	x.clock, x.own, x.lang = clockOf(h.Clock, time.Now()), h.Language, h.Language
	return x.begin(h)
}

// begin subscribes first and then reads, so that nothing falls between the state and the events.
func (x *session) begin(h helloFrame) bool {
	x.whole = x.who.what == "token" && x.who.roles.Has(floor.RoleAdmin|floor.RoleIntegration|floor.RoleLead) ||
		x.who.what == "session" && x.who.roles.Has(floor.RoleLead|floor.RoleAdmin)
	for _, t := range h.Topics {
		if !contains(allTopics, t) {
			x.close(closeForbidden, "there is no topic "+clip(t))
			return false
		}
		if t != "job" && !x.whole && x.who.what != "device" {
			x.close(closeForbidden, "topics are for leads")
			return false
		}
		x.topics[t] = true
	}
	x.taking.Lock() // the next connection waits for this one, as this one for the last
	defer x.taking.Unlock()
	old, ok := x.s.hub.enter(x)
	if !ok {
		x.close(closeTooMany, "too many connections")
		return false
	}
	if _, ok := x.s.callerOf(x.who.digest); !ok { // it ended before the hub could know whom to tell
		x.close(closeSignIn, "sign in again")
		return false
	}
	if old != nil {
		old.settle()
	}
	x.welcome(h)
	return true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

type welcomeFrame struct {
	Type string `json:"type"`
	head
	Recovered  bool              `json:"recovered"`
	N          uint64            `json:"n"`
	Device     *floor.DeviceView `json:"device"`
	Worker     *floor.WorkerView `json:"worker"`
	Next       *floor.Next       `json:"next"`
	HeartbeatS int               `json:"heartbeat_s"`
	ServerTime string            `json:"server_time"`
}

func (x *session) welcome(h helloFrame) {
	w := welcomeFrame{Type: "welcome", HeartbeatS: HeartbeatS, ServerTime: time.Now().UTC().Format(time.RFC3339Nano)}
	var at store.Head
	x.s.keeper.View(func(st *floor.State) {
		at = x.s.keeper.Head()
		x.fill(&w, st)
	})
	w.head = headOf(at)
	missed, ok := x.missed(h, at)
	w.Recovered = ok
	snapshot := []any{}
	if !ok && h.Seq != nil || h.Seq == nil && len(x.topics) > 0 && x.whole {
		snapshot = x.snapshot(at)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.welcoming = true
	defer func() { x.welcoming = false }()
	x.pushJSON(w)
	x.last = at.Seq
	if ok && h.Seq != nil {
		x.last = *h.Seq
	}
	for _, f := range snapshot {
		x.pushJSON(f)
	}
	x.started = true
	for _, r := range missed {
		x.replay(r)
	}
	x.base = at.Seq
	for _, r := range worth(x.held) {
		x.replay(r)
	}
	x.held = nil
	if h.Seq != nil && *h.Seq > at.Seq && h.Epoch == at.Epoch {
		x.s.log.Error("a device remembers more than this journal holds: data was lost", "device", x.who.device, "its_seq", *h.Seq, "head", at.Seq)
		v := &floor.Verdict{Code: floor.CodeDamage, Next: w.Next}
		x.pushJSON(x.verdictFrame(v, at, ""))
	}
}

func (x *session) pushJSON(v any) {
	if b, err := json.Marshal(v); err == nil {
		x.push(b)
	}
}

func (x *session) replay(r *recalled) {
	if x.listens(&r.Record, r.topic) {
		x.eventLocked(&r.Record, r.topic, r.Body.Kind().String(), r.data())
	}
}

func (x *session) fill(w *welcomeFrame, st *floor.State) {
	if d := st.Devices[x.who.device]; d != nil {
		w.N, w.Device = d.N, st.DeviceView(d)
		w.Device.Online = true
		if p := st.Workers[d.Worker]; p != nil {
			w.Worker, x.lang = p.View(), x.languageOf(p)
		}
		w.Next = st.NextIn(d.ID, x.own)
		return
	}
	if p := st.Workers[x.who.worker]; p != nil {
		w.Worker, x.lang = p.View(), x.languageOf(p)
	}
}

// languageOf is a person's own language, else the device's.
func (x *session) languageOf(w *floor.Worker) string { return cmp.Or(w.Language, x.own) }

// missed gives what a session did not hear: everything, or nothing and an honest false.
func (x *session) missed(h helloFrame, at store.Head) ([]*recalled, bool) {
	if h.Seq == nil || h.Epoch != at.Epoch || *h.Seq > at.Seq {
		return nil, false
	}
	if *h.Seq == at.Seq {
		return nil, true
	}
	since, ok := x.s.recall.between(*h.Seq, at.Seq)
	var out []*recalled
	for _, r := range since {
		if x.listens(&r.Record, r.topic) {
			out = append(out, r)
		}
	}
	return out, ok && len(out) <= ResumeLimit
}

type snapshotFrame struct {
	Type  string `json:"type"`
	Topic string `json:"topic"`
	Seq   uint64 `json:"seq"`
	Epoch uint64 `json:"epoch"`
	Items []any  `json:"items"`
	Last  bool   `json:"last"`
}

// snapshot gives the present state of every topic that the session listens to, a page a frame.
func (x *session) snapshot(at store.Head) []any {
	var frames []any
	topics := []string{}
	for t := range x.topics {
		topics = append(topics, t)
	}
	sort.Strings(topics)
	for _, topic := range topics {
		items := []any{}
		if x.whole {
			x.s.keeper.View(func(st *floor.State) { items = topicItems(st, topic) })
		}
		for {
			n := min(len(items), SnapshotFrames)
			frames = append(frames, snapshotFrame{"snapshot", topic, at.Seq, at.Epoch, items[:n], n == len(items)})
			if items = items[n:]; len(items) == 0 {
				break
			}
		}
	}
	return frames
}

// SnapshotLimit is how many items of a topic a snapshot holds; lists show the rest.
const SnapshotLimit = 400

func topicItems(st *floor.State, topic string) []any {
	var all []entry
	switch topic {
	case "orders":
		for id, o := range st.Orders {
			all = append(all, entry{string(id), func() any { return orderLine(st, o) }})
		}
	case "picklists":
		for id, l := range st.PickLists {
			all = append(all, entry{string(id), func() any { return st.PickListView(l, false) }})
		}
	case "waves":
		for id, w := range st.Waves {
			all = append(all, entry{string(id), func() any { return st.WaveView(w) }})
		}
	case "parcels":
		for id, p := range st.Parcels {
			all = append(all, entry{string(id), func() any { return p.View() }})
		}
	case "manifests":
		for id, m := range st.Manifests {
			all = append(all, entry{string(id), func() any { return st.ManifestView(m, false) }})
		}
	case "workers":
		for id, d := range st.Devices {
			all = append(all, entry{string(id), func() any { return st.DeviceView(d) }})
		}
	case "prints":
		for id, p := range st.Prints {
			all = append(all, entry{string(id), func() any { return st.PrintView(p) }})
		}
	case "exceptions":
		for id, e := range st.Exceptions {
			all = append(all, entry{string(id), func() any { return exceptionView(e) }})
		}
	}
	q := query{limit: SnapshotLimit - 1}
	out := []any{}
	for _, l := range page(all, &q) {
		out = append(out, l.view)
	}
	return out
}

type verdictFrame struct {
	Type string      `json:"type"`
	ID   string      `json:"id"`
	N    uint64      `json:"n,omitempty"`
	Code floor.Code  `json:"code"`
	Kind floor.Class `json:"class"`
	Say  string      `json:"say"`

	Scanned *floor.Thing `json:"scanned"`
	Wanted  *floor.Thing `json:"wanted"`
	Belongs *floor.Thing `json:"belongs"`
	Qty     int64        `json:"qty,omitempty"`
	Next    *floor.Next  `json:"next"`
	Origin  string       `json:"origin,omitempty"` // typed, camera or tapped, as the device said
	head
	Replayed bool `json:"replayed"`
	// Override: a lead may set this refusal aside, with the action of that name.
	Override bool `json:"override,omitempty"`
	// Undecided: the floor could not take it just now; keep it and send it again.
	Undecided bool `json:"undecided,omitempty"`
}

func (x *session) verdictFrame(v *floor.Verdict, at store.Head, id string) verdictFrame {
	return verdictOf(v, at, id, x.lang)
}

func verdictOf(v *floor.Verdict, at store.Head, id, lang string) verdictFrame {
	if v.ID == "" {
		v.ID = id
	}
	v = v.In(lang)
	return verdictFrame{Type: "verdict", ID: v.ID, Code: v.Code, Kind: v.Class(), Say: floor.Say(lang, v), Scanned: v.Scanned,
		Wanted: v.Wanted, Belongs: v.Belongs, Qty: v.Qty, Next: v.Next, head: headOf(at), Replayed: v.Replayed, Override: v.Override}
}

package devices

import (
	"encoding/json"
	"time"

	"floorline/floor"
	"floorline/store"
)

// What a session is told that it did not ask for: the events that concern it, and its next when something from outside
// changed it.

// listens says whether an event concerns this session: its own job's, or a topic it may hear whole.
func (x *session) listens(r *store.Record, topic string) bool {
	if r.Device != "" && r.Device == x.who.device {
		return x.topics["job"] || x.topics[topic]
	}
	return x.whole && x.topics[topic]
}

type eventFrame struct {
	Type    string          `json:"type"`
	Epoch   uint64          `json:"epoch"`
	Seq     uint64          `json:"seq"`
	Prev    uint64          `json:"prev"`
	Topic   string          `json:"topic"`
	Kind    string          `json:"kind"`
	At      string          `json:"at"`
	Data    json.RawMessage `json:"data"`
	Who     floor.WorkerID  `json:"worker,omitempty"`
	By      floor.DeviceID  `json:"device,omitempty"`
	From    string          `json:"origin,omitempty"`
	Allowed floor.WorkerID  `json:"authorised_by,omitempty"` // a lead who set a refusal aside
}

// event hands an event on. Each carries the seq of the one before it, so that a hole is seen.
func (x *session) event(r *store.Record, topic, kind string, data json.RawMessage) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.eventLocked(r, topic, kind, data)
}

func (x *session) eventLocked(r *store.Record, topic, kind string, data json.RawMessage) {
	if r.Seq <= x.last || r.Seq <= x.base {
		return
	}
	if !x.started {
		x.held = append(x.held, *r)
		return
	}
	f := eventFrame{"event", r.Epoch, r.Seq, x.last, topic, kind, r.At.String(), data, r.Worker, r.Device, r.Origin, r.AuthorisedBy}
	b, err := json.Marshal(f)
	if err != nil {
		return
	}
	x.last = r.Seq
	x.push(b)
}

// PokeAfter is how long a change from outside is waited on before a device is told, so that a hundred of
// them are told as one.
const PokeAfter = 150 * time.Millisecond

// poke has the device told its present next soon, when something from outside may have changed it.
func (x *session) poke() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pokeLocked()
}

func (x *session) pokeLocked() {
	if !x.started || x.poked || x.ending {
		return
	}
	x.poked = true
	time.AfterFunc(PokeAfter, x.tellNext)
}

// tellNext tells the device its present next, unless that is what it was told last, or a newer verdict has
// told it more: a screen must never go back to a step that is done.
func (x *session) tellNext() {
	x.mu.Lock()
	x.poked = false
	x.mu.Unlock()
	if x.asking.Load() {
		return // the answer to that tells the next
	}
	var next *floor.Next
	var at uint64
	x.s.keeper.View(func(st *floor.State) { next, at = st.NextIn(x.who.device, x.own), st.Seq })
	if next == nil {
		return
	}
	b, err := json.Marshal(map[string]any{"type": "next", "next": next})
	if err != nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if told := string(b); told != x.told && at >= x.decided {
		x.told, x.toldAt = told, at
		x.push(b)
	}
}

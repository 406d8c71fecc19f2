package devices

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// hub knows every live socket. The writer tells it what is on disk; it hands each session what concerns it
// and never waits for one.
type hub struct {
	s  *Server
	mu sync.RWMutex
	// all sessions that have been welcomed
	sessions map[*session]struct{}
	// those of them that may hear whole topics
	wide map[*session]struct{}
	// the newest connection of each paired device
	devices  map[floor.DeviceID]*session
	lastSeen map[floor.DeviceID]time.Time
	// what each device last said of its battery and signal; of a device that is there, or was
	conditions map[floor.DeviceID]condition
	telling    bool // the desks are about to hear of devices
	closing    bool
	ended      sync.WaitGroup
}

// SessionLimit is how many sockets are open at once.
const SessionLimit = 5000

func newHub(s *Server) *hub {
	return &hub{s: s, sessions: map[*session]struct{}{}, wide: map[*session]struct{}{}, devices: map[floor.DeviceID]*session{}, lastSeen: map[floor.DeviceID]time.Time{},
		conditions: map[floor.DeviceID]condition{}}
}

// begin counts a socket that is about to be served, so that the drain waits for it; false once the server goes away.
func (h *hub) begin() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closing {
		h.ended.Add(1)
	}
	return !h.closing
}

// enter lets a session in; an older connection of the same device is shut, and given back: what it was in the middle
// of is not over yet.
func (h *hub) enter(x *session) (old *session, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing || len(h.sessions) >= SessionLimit {
		return nil, false
	}
	if id := x.who.device; id != "" {
		if old = h.devices[id]; old != nil {
			old.close(closeReplaced, "a newer connection of this device took over")
		}
		h.devices[id] = x
		h.lastSeen[id] = time.Now()
		delete(h.conditions, id) // it may be other hardware now; it says anew how it is
		h.devicesChanged()
	}
	h.sessions[x] = struct{}{}
	if x.whole {
		h.wide[x] = struct{}{}
	}
	return old, true
}

func (h *hub) leave(x *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, x)
	delete(h.wide, x)
	if id := x.who.device; id != "" {
		h.lastSeen[id] = time.Now()
		if h.devices[id] == x {
			delete(h.devices, id)
			h.devicesChanged()
		}
	}
}

// seen says whether a device is connected and when it last was.
func (h *hub) seen(id floor.DeviceID) (online bool, last string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if t, ok := h.lastSeen[id]; ok {
		last = t.UTC().Format(time.RFC3339)
	}
	return h.devices[id] != nil, last
}

func (h *hub) count() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.sessions)
}

// told is called by the writer after each commit.
func (h *hub) told(records []store.Record) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for i := range records {
		r := &records[i]
		kind := r.Body.Kind()
		topic := kind.Topic()
		var data json.RawMessage
		tell := func(x *session) {
			if topic == "" || !x.listens(r, topic) {
				return
			}
			if data == nil {
				data = eventData(r.Event)
			}
			x.event(r, topic, kind.String(), data)
		}
		for x := range h.wide {
			tell(x)
		}
		if x := h.devices[r.Device]; x != nil && !x.whole {
			tell(x)
		}
		h.revoke(r)
	}
}

// revoke shuts sockets whose right to be open has just ended.
func (h *hub) revoke(r *store.Record) {
	switch b := r.Body.(type) {
	case *floor.DeviceTold:
		if x := h.devices[b.Device]; x != nil {
			x.poke()
		}
	case *floor.DeviceSaved:
		if x := h.devices[b.Device.ID]; x != nil && r.Device != b.Device.ID {
			time.AfterFunc(PokeAfter, x.tellDevice)
		}
	case *floor.PrintMoved:
		h.pokeOne(b.Device)
	case *floor.PrintRerouted:
		h.pokeOne(b.Device)
	case *floor.PrinterSeen:
		h.poke("") // whoever waits for it
	case *floor.ScannerSet:
		if x := h.devices[b.Device]; x != nil && r.Device != b.Device {
			time.AfterFunc(PokeAfter, x.tellDevice)
		}
	case *floor.DeviceRemoved:
		if x := h.devices[b.Device]; x != nil {
			x.close(closeForbidden, "this device was removed")
		}
	case *floor.CredentialDropped:
		h.closeBy(func(x *session) bool { return x.who.digest == b.Digest })
	case *floor.WorkerSaved:
		h.closeBy(func(x *session) bool {
			return x.who.worker == b.Worker.ID && x.who.what == "session" && (b.Worker.Disabled || b.Worker.Roles != x.who.roles)
		})
		h.poke(r.Device) // who was signed out, or may do other work now, sees it
	case *floor.TimeRanOut:
		for _, what := range b.What {
			if digest, ok := strings.CutPrefix(what, "credential/"); ok {
				h.closeBy(func(x *session) bool { return x.who.digest == digest })
			}
		}
		h.poke(r.Device)
	case *floor.JobTaken, *floor.PromisesSwapped, *floor.OrderMoved, *floor.WaveReleased, *floor.PickListMoved, *floor.ListStaged,
		*floor.PackLeft, *floor.ParcelMoved, *floor.ParcelOnBoard, *floor.ManifestOpened, *floor.ManifestLeft, *floor.Departed,
		*floor.ParcelUnloaded, *floor.PalletOpened, *floor.PalletFilled, *floor.PalletEmptied, *floor.PalletMoved, *floor.PalletLeft,
		*floor.VehicleNoted, *floor.ManifestDocked, *floor.ProofTaken, *floor.ManifestReopened, *floor.ParcelsPlanned, *floor.ParcelRerouted:
		h.poke(r.Device)
	}
}

// pokeOne has one device told what it is asked for, where it is here.
func (h *hub) pokeOne(id floor.DeviceID) {
	if x := h.devices[id]; x != nil {
		x.poke()
	}
}

// poke has all devices but one told what they are asked for, where somebody else's work may have changed it.
func (h *hub) poke(but floor.DeviceID) {
	for id, x := range h.devices {
		if id != but {
			x.poke()
		}
	}
}

func (h *hub) closeBy(match func(*session) bool) {
	for x := range h.sessions {
		if match(x) {
			x.close(closeSignIn, "sign in again")
		}
	}
}

// drain tells every session that the server goes away, and waits until they have gone.
func (h *hub) drain(ctx context.Context) {
	h.mu.Lock()
	h.closing = true
	for x := range h.sessions {
		x.send(map[string]any{"type": "drain", "retry_s": 3})
		x.close(closeGoingAway, "the server is stopping; come back soon")
	}
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { h.ended.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// eventData is an event's body as JSON, by the names of its Go fields in snake case; personal data is not
// in it, because Private shows nothing.
func eventData(e *floor.Event) json.RawMessage {
	b, err := json.Marshal(snake(e.Body))
	if err != nil {
		return json.RawMessage(`{}`)
	}
	return b
}

package devices

import (
	"time"

	"floorline/floor"
)

// follower asks carriers that send no webhooks where their parcels are: each parcel no more often than was set, a few a
// minute, and less and less often a carrier that does not answer.
type follower struct {
	background
	s      *Server
	asked  map[floor.ParcelID]time.Time
	rest   map[string]time.Time     // a carrier is left alone until then
	pause  map[string]time.Duration // and then as long again, doubled
	looks  time.Duration
	minute time.Duration // what a carrier's minutes are
}

// Limits of following.
const (
	FollowEvery  = 30 * time.Second
	FollowAtOnce = 20 // parcels of one round
	FollowPause  = time.Hour
	FollowedKept = 200_000
)

func newFollower(s *Server) *follower {
	return &follower{background: newBackground(), s: s, asked: map[floor.ParcelID]time.Time{}, rest: map[string]time.Time{},
		pause: map[string]time.Duration{}, looks: FollowEvery, minute: time.Minute}
}

func (w *follower) start() { w.every(w.looks, w.round) }

// due is one parcel to ask after.
type due struct {
	parcel   floor.ParcelID
	tracking string
	carrier  floor.Carrier
}

// round asks after the parcels that are due.
func (w *follower) round() {
	now := time.Now()
	var list []due
	w.s.keeper.View(func(st *floor.State) {
		st.Underway(FollowAtOnce, func(p *floor.Parcel) bool {
			c := st.Carriers[p.Carrier]
			if c == nil || c.CarrierKind != floor.CarrierHTTP || c.PollMinutes == 0 || p.Purchase == "" || now.Before(w.rest[c.Code]) ||
				now.Sub(w.asked[p.ID]) < time.Duration(c.PollMinutes)*w.minute {
				return false
			}
			list = append(list, due{p.ID, p.Tracking, *c})
			return true
		})
	})
	if len(w.asked) > FollowedKept {
		clear(w.asked)
	}
	for _, d := range list {
		if w.ctx.Err() != nil || time.Now().Before(w.rest[d.carrier.Code]) {
			continue
		}
		w.ask(d)
	}
}

func (w *follower) ask(d due) {
	w.asked[d.parcel] = time.Now()
	events, err := w.s.seller(&d.carrier).Track(w.ctx, d.tracking)
	if err != nil && !saidNo(err) {
		pause := min(max(2*w.pause[d.carrier.Code], 2*w.looks), FollowPause)
		w.pause[d.carrier.Code], w.rest[d.carrier.Code] = pause, time.Now().Add(pause)
		w.s.log.Info("a carrier does not say where its parcels are", "carrier", d.carrier.Code, "err", err, "again_in", pause.String())
		return
	}
	delete(w.pause, d.carrier.Code)
	if told := toldEvents(events); len(told) > 0 {
		w.s.keeper.Do(&floor.Command{Verb: floor.CarrierTold{Carrier: d.carrier.Code, Tracking: d.tracking, Events: told}})
	}
}

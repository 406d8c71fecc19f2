package devices

import (
	"time"

	"floorline/floor"
)

// releaser keeps pickers at work: it asks the floor again and again whether a release is due, thinks the wave out
// beside the writer, and releases it like anybody at a desk.
type releaser struct {
	background
	s *Server
}

// AutoEvery is how often is looked whether a release is due. Orders that come in together go out together.
const AutoEvery = 2 * time.Second

func newReleaser(s *Server) *releaser {
	return &releaser{background: newBackground(), s: s}
}

func (r *releaser) start() { r.every(AutoEvery, r.look) }

// look releases what is due. What the floor refuses, because somebody at a desk was quicker, is due again or not.
func (r *releaser) look() {
	var due *floor.ReleaseWave
	now := r.s.now()
	r.s.keeper.View(func(st *floor.State) { due = st.ReleaseDue(now) })
	if due == nil {
		return
	}
	if a := r.s.keeper.Do(&floor.Command{Verb: r.s.thoughtOut(*due)}); a.Err != nil {
		r.s.log.Info("an automatic release was not taken", "why", a.Err.Say)
	}
}

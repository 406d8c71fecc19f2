package devices

import (
	"fmt"
	"time"

	"floorline/floor"
	"floorline/store"
)

// What the frames of an override are called.
const (
	ActOverride = "override" // do: somebody asks a lead to allow what was refused last
	ActBack     = "back"     // do: they think better of it
	AskOverride = "override" // answer: the lead's PIN
)

// OverrideWithin is how long a lead has from the question to the PIN: what was refused longer ago is not what they see.
const OverrideWithin = 2 * time.Minute

// override is what a lead is about to allow on this socket. It is good for the one thing that was refused, once, and
// is gone with the socket, with the next scan of anything else, and with its time.
type override struct {
	verb  floor.Verb
	lead  floor.WorkerID // has shown the badge and not yet the PIN
	until time.Time
}

func (o *override) asksPIN() bool { return o != nil && o.lead != "" }

// noteRefused remembers what a lead may set aside. What was decided of a queue is past.
func (x *session) noteRefused(a *floor.Answer, f *deviceFrame) {
	x.refused = nil
	if v := a.Verdict; v != nil && v.Override && !v.Replayed && !f.saidLate() {
		x.refused = f.verb()
	}
}

// overrideFrame takes a step of an override: the question, the lead's badge, the lead's PIN. The badge and the PIN go
// no further than here; the floor learns who allowed what, or that nobody did.
func (x *session) overrideFrame(f *deviceFrame, where string) (*floor.Answer, any) {
	if f.Action == ActOverride {
		x.over = nil
		if x.refused == nil {
			return x.step(f, floor.CodeNoAction), nil
		}
		return x.askLead(f, floor.CodeLeadNeeded, &override{verb: x.refused, until: time.Now().Add(OverrideWithin)})
	}
	o := x.over
	x.over = nil
	if o == nil || f.Action == ActBack || time.Now().After(o.until) {
		x.refused = nil
		return x.step(f, floor.CodeNotAsked), nil
	}
	if f.Type == "scan" {
		if badge, ok := badgeOf(f.Code); ok {
			return x.leadsBadge(f, o, badge, where)
		}
		return x.leadsPIN(f, o, f.Code, where)
	}
	if f.Args.Ask != AskOverride {
		x.refused = nil
		return x.step(f, floor.CodeNotAsked), nil
	}
	return x.leadsPIN(f, o, fmt.Sprint(f.Args.Value), where)
}

// askLead asks for a lead's badge, with what was just said of it.
func (x *session) askLead(f *deviceFrame, code floor.Code, o *override) (*floor.Answer, any) {
	o.lead = ""
	return x.askOf(f, code, o, &floor.Next{Step: "override", Expects: []string{"badge"}, Want: []floor.Want{},
		Title: floor.Phrase("A lead's badge"), Actions: []string{ActBack}})
}

// askOf asks on; where the frame was not taken, as one sent twice is not, nothing is asked.
func (x *session) askOf(f *deviceFrame, code floor.Code, o *override, next *floor.Next) (*floor.Answer, any) {
	a := x.step(f, code)
	if a.Verdict == nil || a.Verdict.Code != code {
		return a, nil
	}
	x.over = o
	frame := x.verdictFrame(a.Verdict, store.Head{Epoch: a.Epoch, Seq: a.Seq, Hash: a.Hash}, f.ID)
	frame.Next = next.In(x.lang)
	return nil, frame
}

func (x *session) leadsBadge(f *deviceFrame, o *override, badge, where string) (*floor.Answer, any) {
	var w *floor.Worker
	x.s.keeper.View(func(st *floor.State) { w = copyOf(st.WorkerByBadge(digest(badge))) })
	if w == nil {
		checkPIN(noPIN, "0") // as long as a wrong PIN takes
		x.s.tries.wrong(where)
		return x.askLead(f, floor.CodeUnknownWho, o)
	}
	if !w.MayAuthorise() {
		return x.askLead(f, floor.CodeNotALead, o)
	}
	o.lead = w.ID
	return x.askOf(f, floor.CodePinNeeded, o, &floor.Next{Step: "override", Expects: []string{}, Want: []floor.Want{},
		Title: floor.Phrase("Your PIN, {worker}", w.Name), Actions: []string{"answer", ActBack},
		Ask: &floor.Ask{ID: AskOverride, Text: "PIN", Kind: "secret", Options: []floor.Option{}}})
}

// leadsPIN has the refused thing decided again, once, with the lead's word for it.
func (x *session) leadsPIN(f *deviceFrame, o *override, pin, where string) (*floor.Answer, any) {
	lead, stored := o.lead, noPIN
	x.s.keeper.View(func(st *floor.State) {
		if w := st.Workers[lead]; w != nil && w.MayAuthorise() {
			stored = w.PIN
		}
	})
	if !x.s.pinIs(lead, stored, pin) {
		x.s.tries.wrong(where)
		return x.askLead(f, floor.CodePinWrong, o)
	}
	x.s.tries.right(where)
	x.refused = nil
	a := x.s.keeper.Do(&floor.Command{ID: f.ID, N: f.N, Hash: f.hash(true), Device: x.who.device, AuthorisedBy: lead, Verb: o.verb})
	return a, nil
}

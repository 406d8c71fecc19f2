package floor

import (
	"slices"
	"strings"
)

// What carriers say of parcels on their way: by hand at the desk, by their webhooks, or when they are asked. They say it
// late, twice and out of order.

// TrackParcel takes a carrier's word about a parcel on its way, as somebody at the desk has it.
type TrackParcel struct {
	Parcel string // id or tracking number
	Status string // in_transit, delivered, exception or returned_to_sender
	At     Time
}

// TrackLimit is how many tracking events a parcel keeps.
const TrackLimit = 100

// trackWords are the words for where a parcel is, and the step of its life that each is.
var trackWords = map[string]string{"in_transit": "in_transit", "out_for_delivery": "in_transit", "available_for_pickup": "in_transit",
	"delivered": "delivered", "exception": "exception", "returned_to_sender": "returned_to_sender"}

func (v TrackParcel) do(t *turn) (any, *Error) {
	p := t.Parcel(v.Parcel)
	if p == nil {
		return nil, refuse(NotFound, "no_parcel", "no parcel "+v.Parcel)
	}
	if trackWords[v.Status] != v.Status || v.Status == "" {
		return nil, &Error{Invalid, "bad_value", "not accepted", []Fault{{"/status", "bad_value", "in_transit, delivered, exception or returned_to_sender"}}}
	}
	if parcelLife.to(p.Status, v.Status) == "" {
		if p.Status == ParcelDelivered || p.Status == ParcelReturned {
			return p.View(), nil // a late or repeated word changes nothing
		}
		return nil, refuse(Conflict, "parcel_"+p.Status, "the parcel is "+p.Status+"; it has not left the house")
	}
	if len(p.Track) >= TrackLimit && v.Status != "delivered" {
		return nil, refuse(Full, "too_many", "this parcel has 100 tracking events already")
	}
	at := v.At
	if at == 0 {
		at = t.c.Now
	}
	t.tracked(p, &ParcelTracked{Parcel: p.ID, Status: v.Status, At: at})
	return p.View(), nil
}

// CarrierTold takes what a carrier itself says of one of its parcels. What it said before changes nothing; what comes late
// is kept in its place and moves nothing back.
type CarrierTold struct {
	Carrier  string
	Tracking string
	Events   []TrackEvent
}

// TrackEvent is one thing that a carrier says.
type TrackEvent struct {
	Word string // of trackWords
	At   Time
	Say  string // why, as a short word of the carrier's such as address_unknown: free text may name a neighbour, and is not kept
	Town string // where
}

// Told is what came of a carrier's word.
type Told struct {
	Known bool `json:"known"` // the parcel is one of ours, and the carrier's
	New   int  `json:"new"`
}

// Names lets the keeper bring back an order that left memory.
func (v CarrierTold) Names() []string { return []string{v.Tracking} }

func (v CarrierTold) do(t *turn) (any, *Error) {
	var p *Parcel
	for _, its := range t.parcelsBy(v.Tracking) { // another carrier may have given out the same number
		if its.Carrier == v.Carrier && its.Tracking == v.Tracking {
			p = its
		}
	}
	if p == nil {
		return Told{}, nil
	}
	out := Told{Known: true}
	events := slices.Clone(v.Events)
	slices.SortStableFunc(events, func(a, b TrackEvent) int { return int(a.At - b.At) })
	for _, e := range events {
		verb := trackWords[e.Word]
		say := clipText(e.Say, NameLimit)
		if verb == "" || e.At <= 0 || e.At > t.c.Now+DayMS || p.heard(e.Word, e.At) || len(p.Track) >= TrackLimit && verb != "delivered" {
			continue
		}
		out.New++
		t.tracked(p, &ParcelTracked{Parcel: p.ID, Status: verb, At: e.At, Word: e.Word, Say: say, Town: clipText(e.Town, CodeLimit), Sorted: true, Late: p.outpaced(e.At, verb)})
	}
	return out, nil
}

func (p *Parcel) heard(word string, at Time) bool {
	return slices.ContainsFunc(p.Track, func(s Stamp) bool { return s.What == word && s.At == at })
}

// outpaced is true of a word that is older than what is known already, or that the parcel's life has no step for: it is
// written down, and moves nothing. An end is an end whenever it is told.
func (p *Parcel) outpaced(at Time, verb string) bool {
	if parcelLife.to(p.Status, verb) == "" {
		return true
	}
	if verb == "delivered" || verb == "returned_to_sender" {
		return false
	}
	return slices.ContainsFunc(p.Track, func(s Stamp) bool { return s.At > at })
}

// tracked lets a word count: people are told of what needs them, and an order that arrived has arrived.
func (t *turn) tracked(p *Parcel, b *ParcelTracked) {
	t.emit(b)
	if b.Late {
		return
	}
	say := b.Say
	defaultText(&say, "no more was said")
	switch b.Status {
	case "exception":
		t.raise("parcel_exception", string(p.ID), t.carrierName(p.Carrier)+" has trouble with parcel "+p.Tracking+" of order "+string(p.Order)+": "+say, "parcel")
	case "returned_to_sender":
		t.seenTo("parcel_exception", string(p.ID), "it comes back")
		t.raise("parcel_returned", string(p.ID), t.carrierName(p.Carrier)+" brings parcel "+p.Tracking+" of order "+string(p.Order)+" back: "+say, "parcel")
	case "delivered":
		t.seenTo("parcel_exception", string(p.ID), "delivered")
	}
	if o := t.Orders[p.Order]; b.Status == "delivered" && t.allDelivered(o) {
		t.moveOrder(o, "deliver", "")
	}
}

func (s *State) allDelivered(o *Order) bool {
	if o == nil || o.Status != OrderDispatched {
		return false
	}
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && !oneOf(p.Status, []string{ParcelDelivered, ParcelCancelled, ParcelInner}) {
			return false
		}
	}
	return true
}

// ParcelTracked says what a carrier told about a parcel.
type ParcelTracked struct {
	Parcel ParcelID `cbor:"1,keyasint"`
	Status string   `cbor:"2,keyasint"`
	At     Time     `cbor:"3,keyasint"`

	Word   string `cbor:"150,keyasint,omitempty"` // the finer word, such as out_for_delivery
	Say    string `cbor:"151,keyasint,omitempty"`
	Sorted bool   `cbor:"152,keyasint,omitempty"` // it goes to its place by time
	Town   string `cbor:"154,keyasint,omitempty"`
	Late   bool   `cbor:"153,keyasint,omitempty"` // it is only written down
}

var _ = kind(KindParcelTracked, "parcel_tracked", "parcels", func() Body { return new(ParcelTracked) })

func (*ParcelTracked) Kind() Kind { return KindParcelTracked }

func (b *ParcelTracked) apply(s *State, e *Event) {
	p := s.Parcels[b.Parcel]
	if !b.Late {
		p.Status = parcelLife.must(p.Status, b.Status)
	}
	word := b.Word
	defaultText(&word, b.Status)
	p.Track = append(p.Track, Stamp{At: b.At, What: word, About: b.Say, Town: b.Town})
	if b.Sorted {
		slices.SortStableFunc(p.Track, func(a, b Stamp) int { return int(a.At - b.At) })
	}
	s.saveParcel(p)
	if o := s.Orders[p.Order]; o != nil && !b.Late && (b.Status == "returned_to_sender" || b.Status == "exception" && b.Sorted) {
		o.stamp(e, "parcel_"+b.Status, strings.TrimSpace(string(p.ID)+" "+b.Say))
		s.touch(TableOrder, string(o.ID))
	}
}

// Underway gives some parcels that a carrier has, at most so many, in no order.
func (s *State) Underway(most int, yes func(*Parcel) bool) (out []*Parcel) {
	for id := range s.index.underway {
		if p := s.Parcels[id]; p != nil && yes(p) {
			if out = append(out, p); len(out) == most {
				break
			}
		}
	}
	return out
}

package floor

import (
	"cmp"
	"slices"
)

// What a truck still waits for, and where each parcel of it was seen last.

// LastSeen is who last scanned a parcel, where.
type LastSeen struct {
	At     Time     `cbor:"1,keyasint"`
	Device DeviceID `cbor:"2,keyasint,omitempty"`
	Worker WorkerID `cbor:"3,keyasint,omitempty"`
	Bin    BinCode  `cbor:"4,keyasint,omitempty"` // where it was put down
}

// sawParcel notes that a parcel was under somebody's scanner, whatever the floor said to it.
func (s *State) sawParcel(b *Answered, e *Event) {
	if b.Scan == nil || b.Scan.Kind != "parcel" {
		return
	}
	p := s.Parcels[ParcelID(b.Scan.Code)]
	if p == nil {
		return
	}
	if !oneOf(p.Status, []string{ParcelClosed, ParcelPacked, ParcelLoaded}) {
		return
	}
	p.Seen = &LastSeen{At: e.At, Device: e.Device, Worker: e.Worker}
	s.touch(TableParcel, string(p.ID))
}

// waiting is what a manifest expects and has not: how many parcels, and the first of them.
type waiting struct {
	count int
	list  []*Parcel
}

// waitingKept is how many of them are looked at closely: enough to choose the likeliest from, few enough to sort at each
// scan.
const waitingKept = 200

// expected are the parcels that a manifest waits for; those that an earlier truck left behind come first.
func (s *State) expected(m *Manifest) *waiting {
	w := &waiting{}
	all := s.index.toLoad[m.Carrier]
	if all == nil {
		return w
	}
	var late, rest []*Parcel
	no := s.refusals(m)
	for _, id := range *all {
		p := s.Parcels[id]
		if no(p) != "" {
			continue
		}
		w.count++
		switch {
		case p.LeftBy != "" && len(late) < waitingKept:
			late = append(late, p)
		case len(rest) < waitingKept:
			rest = append(rest, p)
		}
	}
	w.list = append(late, rest...)
	w.list = w.list[:min(len(w.list), waitingKept)]
	return w
}

// want gives the codes that a load accepts now: parcels, and in place of those on a pallet the pallet's own.
func (w *waiting) want(s *State, m *Manifest, n *Next) {
	seen, pallets := map[PalletID]bool{}, 0
	for _, p := range w.list {
		if len(n.Want) == looseLimit {
			break
		}
		on := s.Pallets[p.Pallet]
		switch {
		case p.Tracking == "": // its label is still being made
		case on == nil:
			n.Want = append(n.Want, Want{"parcel", p.Tracking})
		case seen[on.ID]:
		default:
			if seen[on.ID] = true; s.palletReady(on, m) {
				pallets++
				n.Want = append(n.Want, Want{"pallet", on.SSCC})
			}
		}
	}
	if pallets > 0 {
		n.Expects = append(n.Expects, "pallet")
	}
	n.Show.Missing = true
	n.Show.Parcels = s.dockBriefs(w.likeliest(s, m))
}

// palletReady is true of a pallet that can go with a truck, and that nobody else is still building.
func (s *State) palletReady(p *Pallet, m *Manifest) bool {
	return (!p.Lease.held() || p.Lease.Worker == m.Lease.Worker) && len(s.palletTroubles(p, m)) == 0
}

// likeliest are the parcels most easily found first: on a pallet that stands at this dock, then on any pallet, then the
// ones seen last.
func (w *waiting) likeliest(s *State, m *Manifest) []*Parcel {
	list := slices.Clone(w.list)
	near := func(p *Parcel) int {
		on := s.Pallets[p.Pallet]
		switch {
		case on != nil && m.Dock != "" && string(on.Place) == m.Dock:
			return 0
		case p.LeftBy != "":
			return 1
		case on != nil && on.Place != "":
			return 2
		case on != nil:
			return 3
		case p.Seen == nil:
			return 5
		}
		return 4
	}
	slices.SortStableFunc(list, func(a, b *Parcel) int {
		return cmp.Or(near(a)-near(b), cmp.Compare(b.seenAt(), a.seenAt()), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), looseLimit)]
}

func (p *Parcel) seenAt() Time {
	if p.Seen == nil {
		return 0
	}
	return p.Seen.At
}

// seenText says where a parcel was last.
func (s *State) seenText(p *Parcel) string {
	on, at := s.Pallets[p.Pallet], p.Seen
	switch {
	case on != nil && on.Place != "":
		return phrase("on pallet {pallet} in {bin}", string(on.ID), string(on.Place))
	case on != nil:
		return phrase("on pallet {pallet}", string(on.ID))
	case at == nil:
		return phrase("not scanned since it was packed")
	case at.Bin != "":
		return phrase("put down in {bin} at {time} by {worker}", string(at.Bin), s.moment(at.At), s.workerName(at.Worker))
	}
	return phrase("last at {device}, {time}, {worker}", s.deviceName(at.Device), s.moment(at.At), s.workerName(at.Worker))
}

// moment is a time as people say it: the clock, and the day too where that is not today.
func (s *State) moment(t Time) string {
	if day := s.Day(t); day != s.Day(s.Now) {
		return day + " " + s.clock(t)
	}
	return s.clock(t)
}

// dockBriefs are what a dock shows of parcels: what each is, where it was, until when it must leave.
func (s *State) dockBriefs(list []*Parcel) (out []ParcelBrief) {
	times := s.timetable(s.Now)
	for _, p := range list {
		b := *p.brief()
		b.Carrier, b.Service, b.Due, b.Seen, b.Pallet, b.LeftBy = p.Carrier, s.serviceName(p.Service), times.parcel(p).String(), s.seenText(p), p.Pallet, p.LeftBy
		out = append(out, b)
	}
	return out
}

// carriersWaiting gives the carriers that have packed parcels which no open manifest takes, sorted.
func (s *State) carriersWaiting() []string {
	var out []string
	for carrier, list := range s.index.toLoad {
		if len(*list) > 0 && s.untaken(carrier, *list) {
			out = append(out, carrier)
		}
	}
	return sortedStrings(out)
}

// untaken is true where a parcel of a carrier is for none of its open manifests.
func (s *State) untaken(carrier string, list sorted[ParcelID]) bool {
	var open []func(*Parcel) Code
	for _, id := range s.index.manifests {
		if m := s.Manifests[id]; m.Carrier == carrier {
			if len(m.Services) == 0 && m.Collection == 0 {
				return false // it takes all of them
			}
			open = append(open, s.refusals(m))
		}
	}
	return slices.ContainsFunc(list, func(id ParcelID) bool {
		p := s.Parcels[id]
		if s.index.stopped.has(p.Order) {
			return false
		}
		return !slices.ContainsFunc(open, func(no func(*Parcel) Code) bool { return no(p) == "" })
	})
}

// waitingFor is how many parcels of a carrier are packed and not loaded.
func (s *State) waitingFor(carrier string) int {
	if list := s.index.toLoad[carrier]; list != nil {
		return len(*list)
	}
	return 0
}

// manifestOf is the open manifest that a packed parcel goes with, where there is one.
func (s *State) manifestOf(p *Parcel) *Manifest {
	for _, id := range s.index.manifests {
		if m := s.Manifests[id]; s.notFor(p, m) == "" {
			return m
		}
	}
	return nil
}

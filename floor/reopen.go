package floor

import "slices"

// ReopenMS is how long after its closing a manifest can be opened again. Later the truck is on the road, and what came
// back is a return.
const ReopenMS = 30 * MinuteMS

// ReopenManifest takes back the closing of a truck that still stands there.
type ReopenManifest struct {
	ID     ManifestID
	Reason string
}

func (v ReopenManifest) do(t *turn) (any, *Error) {
	m := t.Manifests[v.ID]
	if m == nil {
		return nil, refuse(NotFound, "no_manifest", "no manifest "+string(v.ID))
	}
	var f faults
	checkText(&f, "/reason", v.Reason, 1, NameLimit)
	if err := f.err(); err != nil {
		return nil, err
	}
	if m.Status == ManifestOpen {
		return t.ManifestView(m, false), nil
	}
	if t.c.Now > m.Closed.plus(ReopenMS) {
		return nil, refuse(Conflict, "reopen_too_late", "it was closed more than 30 minutes ago and has left: what comes back is received as a return; what stayed here goes with the next truck")
	}
	b := &ManifestReopened{Manifest: m.ID, Reason: v.Reason}
	for _, id := range m.Parcels {
		p := t.Parcels[id]
		if p == nil || p.Status != ParcelDispatched {
			return nil, refuse(Conflict, "parcel_moved_on", "the carrier has spoken of parcel "+string(id)+" already: this truck has left")
		}
		for _, u := range p.Units {
			b.Moves = append(b.Moves, Movement{Key: u.Key.at(Customer), To: InParcel(p.ID), Qty: u.Qty, Reason: "reopened"})
			b.Into = append(b.Into, u.Key.at(InParcel(p.ID)))
		}
		if back := t.backFrom(p); back != "" {
			return nil, refuse(Conflict, "comes_back", "return "+string(back)+" is about goods of parcel "+string(id)+", which came to the customer then: cancel that return first, if it is none")
		}
	}
	t.emit(b)
	seen := map[OrderID]bool{}
	for _, id := range m.Parcels {
		o := t.Orders[t.Parcels[id].Order]
		if !seen[o.ID] && o.Status == OrderDispatched {
			t.moveOrder(o, "recall", string(m.ID))
		}
		seen[o.ID] = true
	}
	return t.ManifestView(m, false), nil
}

// backFrom is a return about goods of a parcel's order, or "".
func (s *State) backFrom(p *Parcel) ReturnID {
	for _, id := range s.index.returnsOf[p.Order] {
		r := s.Returns[id]
		for _, u := range r.Units {
			sent := slices.ContainsFunc(p.Units, func(x ParcelUnit) bool { return x.Key.SKU == u.SKU })
			back := u.Status != UnitMissing && (r.counts() || u.Status != UnitExpected) // what came is here, whatever became of its return
			if sent && back && !oneOf(FlagNotSent, u.Flags) {
				return id
			}
		}
	}
	return ""
}

// ManifestReopened says a truck was closed by mistake: what is on board has not left the house. Outside, lots and serials
// are not told apart, so Into says what each movement's units are in here.
type ManifestReopened struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Reason   string     `cbor:"2,keyasint"`
	Moves    []Movement `cbor:"3,keyasint,omitempty"`
	Into     []StockKey `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindManifestReopened, "manifest_reopened", "manifests", func() Body { return new(ManifestReopened) })

func (*ManifestReopened) Kind() Kind              { return KindManifestReopened }
func (b *ManifestReopened) Movements() []Movement { return b.Moves }
func (b *ManifestReopened) About() []string       { return aboutPassages(b) }

func (b *ManifestReopened) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	for i, move := range b.Moves {
		s.put(move.Key, -move.Qty)
		s.put(b.Into[i], move.Qty)
	}
	for _, id := range m.Parcels {
		p := s.Parcels[id]
		p.Status = parcelLife.must(p.Status, "recall")
		o := s.Orders[p.Order]
		for _, u := range p.Units {
			o.Lines[u.Line].Shipped -= u.Qty
		}
		o.stamp(e, "reopened", string(m.ID))
		s.touch(TableOrder, string(o.ID))
		s.saveParcel(p)
	}
	for _, id := range m.Pallets {
		p := s.Pallets[id]
		p.Status = palletLife.must(p.Status, "recall")
		s.savePallet(p)
	}
	for _, id := range m.LeftBehind {
		if p := s.Parcels[id]; p != nil && p.LeftBy == m.ID {
			p.LeftBy, p.Due = "", 0
			s.saveParcel(p)
		}
	}
	s.tallySent(m.Sent, m.Closed.day(), -1)
	m.Status, m.Closed, m.Reopened, m.LeftBehind, m.Leaving, m.Sent = ManifestOpen, 0, e.At, nil, false, nil
	s.saveManifest(m)
}

package floor

import "slices"

// A truck leaves, and something is not on board: it is planned for its service's next collection, its order's timeline
// says so, the cut-off board counts it there, and the next truck of its carrier expects it first.

// CollectionEarlyMS is how long before a collection time a truck that leaves is that collection's.
const CollectionEarlyMS = 3 * HourMS

// dueParcel is the latest collection that parcels of an order were planned for, after they missed one; 0 for none.
func (s *State) dueParcel(o *Order) (due Time, left bool) {
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil && p.Status == ParcelPacked && p.LeftBy != "" {
			due, left = max(due, p.Due), true
		}
	}
	return due, left
}

// leaveBehind plans what a truck leaves without. Parcels of held orders stay with their orders.
func (t *turn) leaveBehind(m *Manifest) {
	all := t.index.toLoad[m.Carrier]
	if all == nil {
		return
	}
	b := &LeftBehind{Manifest: m.ID}
	no, times := t.refusals(m), t.timetable(t.c.Now)
	for _, id := range *all {
		p := t.Parcels[id]
		if no(p) != "" {
			continue
		}
		b.Parcels, b.Due = append(b.Parcels, id), append(b.Due, times.after(m, p.Service))
	}
	if len(b.Parcels) > 0 {
		t.emit(b)
	}
}

// LeftBehind says which parcels a truck left without, and for which collection each is planned now (0: nobody knows).
type LeftBehind struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Parcels  []ParcelID `cbor:"2,keyasint"`
	Due      []Time     `cbor:"3,keyasint"`
}

var _ = kind(KindLeftBehind, "parcels_left_behind", "parcels", func() Body { return new(LeftBehind) })

func (*LeftBehind) Kind() Kind { return KindLeftBehind }

func (b *LeftBehind) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	m.LeftBehind = slices.Clone(b.Parcels)
	s.saveManifest(m)
	for i, id := range b.Parcels {
		p := s.Parcels[id]
		p.Due, p.LeftBy, p.Planned = b.Due[i], b.Manifest, ""
		s.saveParcel(p)
		if o := s.Orders[p.Order]; o != nil {
			o.stamp(e, "left_behind", string(b.Manifest))
			s.touch(TableOrder, string(o.ID))
		}
	}
}

// PlanParcels gives packed parcels to a manifest: no other truck takes them while it is open.
type PlanParcels struct {
	Manifest ManifestID
	Parcels  []string // ids or tracking numbers
}

func (v PlanParcels) do(t *turn) (any, *Error) {
	m := t.Manifests[v.Manifest]
	if m == nil || m.Status != ManifestOpen {
		return nil, refuse(NotFound, "no_manifest", "no open manifest "+string(v.Manifest))
	}
	var f faults
	if len(v.Parcels) == 0 || len(v.Parcels) > ManifestLimit {
		f.add("/parcels", "out_of_range", "1 to 3000 parcels")
	}
	b := &ParcelsPlanned{Manifest: m.ID}
	for i, code := range v.Parcels {
		at := "/parcels/" + itoa(int64(i))
		p := t.Parcel(code)
		switch {
		case p == nil:
			f.add(at, "no_parcel", "no parcel "+clip(code))
		case p.Status != ParcelPacked:
			f.add(at, "parcel_"+p.Status, "it is "+p.Status+", not packed")
		case p.Carrier != m.Carrier:
			f.add(at, string(CodeWrongTruck), "it goes with "+p.Carrier)
		default:
			b.Parcels = append(b.Parcels, p.ID)
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t.emit(b)
	return t.ManifestView(m, false), nil
}

// ParcelsPlanned says parcels wait for one truck alone.
type ParcelsPlanned struct {
	Manifest ManifestID `cbor:"1,keyasint"`
	Parcels  []ParcelID `cbor:"2,keyasint"`
}

var _ = kind(KindParcelsPlanned, "parcels_planned", "parcels", func() Body { return new(ParcelsPlanned) })

func (*ParcelsPlanned) Kind() Kind { return KindParcelsPlanned }

func (b *ParcelsPlanned) apply(s *State, _ *Event) {
	for _, id := range b.Parcels {
		p := s.Parcels[id]
		p.Planned = b.Manifest
		s.saveParcel(p)
	}
}

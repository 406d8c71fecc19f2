package floor

import "slices"

// Pallet is a load unit: parcels of one carrier under one label, scanned and loaded as one thing.
type Pallet struct {
	ID       PalletID   `cbor:"1,keyasint"`
	SSCC     string     `cbor:"2,keyasint"`
	Carrier  string     `cbor:"3,keyasint"`
	Status   string     `cbor:"4,keyasint"`
	Parcels  []ParcelID `cbor:"5,keyasint,omitempty"`
	TareG    int64      `cbor:"6,keyasint,omitempty"` // the pallet itself
	GrossG   int64      `cbor:"7,keyasint,omitempty"` // as weighed; 0: nobody did since it was changed
	Manifest ManifestID `cbor:"8,keyasint,omitempty"`
	Place    BinCode    `cbor:"9,keyasint,omitempty"` // where it was put down
	Lease    Lease      `cbor:"10,keyasint"`
	Back     ManifestID `cbor:"11,keyasint,omitempty"` // the load whose device builds it, and goes on with then
	Removing bool       `cbor:"12,keyasint,omitempty"` // what is scanned comes off again
	Created  Time       `cbor:"13,keyasint"`
	Closed   Time       `cbor:"14,keyasint,omitempty"`
	Undo     []ParcelID `cbor:"15,keyasint,omitempty"`
}

// The status words of a pallet.
const (
	PalletOpen     = "open"
	PalletClosed   = "closed"
	PalletLoaded   = "loaded"
	PalletDeparted = "departed"
	PalletVoid     = "void"
)

var palletLife = life{"pallet", []move{
	{PalletOpen, "close", PalletClosed},
	{PalletClosed, "reopen", PalletOpen},
	{PalletClosed, "load", PalletLoaded},
	{PalletLoaded, "unload", PalletClosed},
	{PalletLoaded, "depart", PalletDeparted},
	{PalletDeparted, "recall", PalletLoaded},
	{PalletOpen, "take", PalletOpen},
	{PalletOpen, "drop", PalletVoid},
}}

// Limits of pallets: parcels on one, and pallets in the house that have not left.
const (
	PalletParcelLimit = 500
	PalletLimit       = 2000
)

// MakePallet begins a pallet for a carrier, to be filled at a stage or a dock.
type MakePallet struct {
	Carrier string
	TareG   int64
	Place   BinCode
}

func (v MakePallet) do(t *turn) (any, *Error) {
	var f faults
	checkText(&f, "/carrier", v.Carrier, 1, CodeLimit)
	checkRange(&f, "/tare_g", v.TareG, 0, WeightLimitG)
	if v.Place != "" && t.Bins[v.Place] == nil {
		f.add("/place", "unknown_bin", "no bin "+string(v.Place))
	}
	if len(t.index.pallets) >= PalletLimit {
		f.add("", "too_many", "2000 pallets are in the house; load or drop those first")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	p := t.newPallet(Pallet{Carrier: v.Carrier, TareG: v.TareG, Place: v.Place})
	return t.PalletView(p), nil
}

// newPallet gives a pallet its number: an SSCC from the serials that parcels have too, so that no two are alike.
func (t *turn) newPallet(p Pallet) *Pallet {
	var last uint64
	if n := t.Counters["label"]; n != nil {
		last = n.Last
	}
	p.ID, p.SSCC, p.Status = PalletID(t.following("pallet", "PA-%04d", 0)), t.sscc(last+1), PalletOpen
	t.emit(&PalletOpened{p})
	return t.Pallets[p.ID]
}

// PalletOpened says a pallet is being filled.
type PalletOpened struct {
	Pallet Pallet `cbor:"1,keyasint"`
}

var _ = kind(KindPalletOpened, "pallet_opened", "manifests", func() Body { return new(PalletOpened) })

func (*PalletOpened) Kind() Kind { return KindPalletOpened }

func (b *PalletOpened) apply(s *State, e *Event) {
	s.number("pallet")
	s.number("label")
	p := b.Pallet
	p.Created = e.At
	s.Pallets[p.ID] = &p
	s.savePallet(&p)
}

func (s *State) savePallet(p *Pallet) {
	s.index.setPallet(p)
	s.touch(TablePallet, string(p.ID))
}

func (x *index) setPallet(p *Pallet) {
	gone := p.Status == PalletVoid || p.Status == PalletDeparted
	x.pallets.set(p.ID, !gone)
	x.palletBy[p.SSCC] = p.ID
	x.lease("load/"+string(p.ID), p.Lease)
}

// Pallet finds a pallet by its id or its SSCC.
func (s *State) Pallet(code string) *Pallet { return s.palletOf(code) }

// palletOf finds a pallet by its id or its SSCC, with or without the (00) before it.
func (s *State) palletOf(code string) *Pallet {
	if p := s.Pallets[PalletID(code)]; p != nil {
		return p
	}
	return s.Pallets[s.index.palletBy[BareSSCC(code)]]
}

// PalletFilled says a parcel stands on a pallet.
type PalletFilled struct {
	Pallet PalletID `cbor:"1,keyasint"`
	Parcel ParcelID `cbor:"2,keyasint"`
}

var _ = kind(KindPalletFilled, "pallet_filled", "manifests", func() Body { return new(PalletFilled) })

func (*PalletFilled) Kind() Kind { return KindPalletFilled }

func (b *PalletFilled) apply(s *State, e *Event) {
	p, x := s.Pallets[b.Pallet], s.Parcels[b.Parcel]
	p.Parcels = append(p.Parcels[:len(p.Parcels):len(p.Parcels)], x.ID)
	p.GrossG = 0
	if p.Undo = append(p.Undo[:len(p.Undo):len(p.Undo)], x.ID); len(p.Undo) > UndoSteps {
		p.Undo = p.Undo[1:]
	}
	p.Lease.renew(e)
	x.Pallet = p.ID
	s.saveParcel(x)
	s.savePallet(p)
}

// PalletEmptied says a parcel was taken off a pallet; where the pallet was on board, off the truck too.
type PalletEmptied struct {
	Pallet PalletID `cbor:"1,keyasint"`
	Parcel ParcelID `cbor:"2,keyasint"`
}

var _ = kind(KindPalletEmptied, "pallet_emptied", "manifests", func() Body { return new(PalletEmptied) })

func (*PalletEmptied) Kind() Kind { return KindPalletEmptied }

func (b *PalletEmptied) apply(s *State, e *Event) {
	p, x := s.Pallets[b.Pallet], s.Parcels[b.Parcel]
	s.offPallet(p, x)
	p.Lease.renew(e)
	if m := s.Manifests[x.Manifest]; m != nil && x.Status == ParcelLoaded {
		m.drop(x.ID)
		m.Lease.renew(e)
		x.Status, x.Manifest, x.LoadedAt, x.LoadedBy = parcelLife.must(x.Status, "unload"), "", 0, ""
		s.tookOff(m, x.ID)
	}
	s.saveParcel(x)
	s.emptied(p)
}

// emptied keeps a pallet; one with nothing on it is open again, and on no truck.
func (s *State) emptied(p *Pallet) {
	if len(p.Parcels) == 0 && p.Status == PalletLoaded {
		if m := s.Manifests[p.Manifest]; m != nil {
			m.dropPallet(p.ID)
			s.saveManifest(m)
		}
		p.Status, p.Manifest = palletLife.must(p.Status, "unload"), ""
	}
	if len(p.Parcels) == 0 && p.Status == PalletClosed {
		p.Status = palletLife.must(p.Status, "reopen")
	}
	s.savePallet(p)
}

// offPallet parts a parcel from its pallet, whose weight nobody knows any more.
func (s *State) offPallet(p *Pallet, x *Parcel) {
	p.Parcels, p.Undo = removed(p.Parcels, x.ID), removed(p.Undo, x.ID)
	p.GrossG, x.Pallet = 0, ""
}

// PalletMoved says a pallet took a step of its life. Its parcels take the step with it.
type PalletMoved struct {
	Pallet   PalletID   `cbor:"1,keyasint"`
	Verb     string     `cbor:"2,keyasint"` // take, close, reopen, load, unload or drop
	Manifest ManifestID `cbor:"3,keyasint,omitempty"`
	GrossG   int64      `cbor:"4,keyasint,omitempty"` // close: as weighed
}

var _ = kind(KindPalletMoved, "pallet_moved", "manifests", func() Body { return new(PalletMoved) })

func (*PalletMoved) Kind() Kind { return KindPalletMoved }

func (b *PalletMoved) apply(s *State, e *Event) {
	p := s.Pallets[b.Pallet]
	p.Status = palletLife.must(p.Status, b.Verb)
	switch b.Verb {
	case "close":
		p.Closed, p.GrossG, p.Removing, p.Undo = e.At, b.GrossG, false, nil
		s.dropJob(&p.Lease, p.ref())
	case "take":
		p.Back = b.Manifest
	case "drop":
		s.dropJob(&p.Lease, p.ref())
		delete(s.Pallets, p.ID)
		delete(s.index.palletBy, p.SSCC)
		s.index.lease("load/"+string(p.ID), Lease{})
		s.index.pallets.drop(p.ID)
		s.touch(TablePallet, string(p.ID))
		return
	case "load":
		s.loadPallet(p, s.Manifests[b.Manifest], e)
	case "unload":
		s.unloadPallet(p, s.Manifests[p.Manifest], e)
	}
	s.savePallet(p)
}

func (p *Pallet) ref() JobRef { return JobRef{"load", string(p.ID)} }

func (s *State) loadPallet(p *Pallet, m *Manifest, e *Event) {
	p.Manifest, p.Place = m.ID, ""
	m.Pallets = append(m.Pallets[:len(m.Pallets):len(m.Pallets)], p.ID)
	for _, id := range p.Parcels {
		s.loadParcel(s.Parcels[id], m, e)
	}
	m.Undo = pushUndo(m.Undo, Undoable{At: e.At, What: "loaded", Pallet: p.ID})
	m.Lease.renew(e)
	s.saveManifest(m)
}

func (s *State) unloadPallet(p *Pallet, m *Manifest, e *Event) {
	p.Manifest = ""
	m.dropPallet(p.ID)
	for _, id := range p.Parcels {
		if x := s.Parcels[id]; x.Status == ParcelLoaded {
			s.unloadParcel(x, m)
		}
	}
	m.Lease.renew(e)
	s.saveManifest(m)
}

// PalletLeft says a device put a pallet aside, to be gone on with.
type PalletLeft struct {
	Pallet PalletID `cbor:"1,keyasint"`
}

var _ = kind(KindPalletLeft, "pallet_left", "manifests", func() Body { return new(PalletLeft) })

func (*PalletLeft) Kind() Kind { return KindPalletLeft }

func (b *PalletLeft) apply(s *State, _ *Event) {
	p := s.Pallets[b.Pallet]
	p.Removing, p.Undo = false, nil
	s.dropJob(&p.Lease, p.ref())
	s.savePallet(p)
}

// UnloadTurned says what is scanned at a load or on a pallet comes off again, or goes on again.
type UnloadTurned struct {
	Manifest ManifestID `cbor:"1,keyasint,omitempty"`
	Pallet   PalletID   `cbor:"2,keyasint,omitempty"`
	Off      bool       `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindUnloadTurned, "unload_turned", "manifests", func() Body { return new(UnloadTurned) })

func (*UnloadTurned) Kind() Kind { return KindUnloadTurned }

func (b *UnloadTurned) apply(s *State, e *Event) {
	if p := s.Pallets[b.Pallet]; p != nil {
		p.Removing = b.Off
		p.Lease.renew(e)
		s.savePallet(p)
		return
	}
	m := s.Manifests[b.Manifest]
	m.Unloading, m.TakenOff = b.Off, nil
	m.Lease.renew(e)
	s.saveManifest(m)
}

// PutDown says where a pallet, or parcels that were taken off a truck, lie now.
type PutDown struct {
	Bin     BinCode    `cbor:"1,keyasint"`
	Pallet  PalletID   `cbor:"2,keyasint,omitempty"`
	Parcels []ParcelID `cbor:"3,keyasint,omitempty"`

	Manifest ManifestID `cbor:"4,keyasint,omitempty"` // off which they came: what comes off next is put down anew
}

var _ = kind(KindPutDown, "put_down", "manifests", func() Body { return new(PutDown) })

func (*PutDown) Kind() Kind { return KindPutDown }

func (b *PutDown) apply(s *State, e *Event) {
	if p := s.Pallets[b.Pallet]; p != nil {
		p.Place = b.Bin
		p.Lease.renew(e)
		s.savePallet(p)
	}
	for _, id := range b.Parcels {
		if x := s.Parcels[id]; x != nil {
			x.Seen = &LastSeen{At: e.At, Device: e.Device, Worker: e.Worker, Bin: b.Bin}
			s.saveParcel(x)
		}
	}
	if m := s.Manifests[b.Manifest]; m != nil {
		s.placePallets(b)
		m.TakenOff = nil
		s.saveManifest(m)
	}
}

// placePallets notes where pallets stand that came off a truck whole. Called from Apply.
func (s *State) placePallets(b *PutDown) {
	for _, id := range b.Parcels {
		if x := s.Parcels[id]; x != nil && s.Pallets[x.Pallet] != nil {
			p := s.Pallets[x.Pallet]
			p.Place = b.Bin
			s.savePallet(p)
		}
	}
}

// waits is true of a pallet that is in the house, and on no truck.
func (p *Pallet) waits() bool { return p.Status == PalletOpen || p.Status == PalletClosed }

// palletTroubles are the parcels that keep a pallet from being loaded: cancelled, held, or of another truck.
func (s *State) palletTroubles(p *Pallet, m *Manifest) (out []*Parcel) {
	no := s.refusals(m)
	for _, id := range p.Parcels {
		if x := s.Parcels[id]; x.Status != ParcelPacked || no(x) != "" {
			out = append(out, x)
		}
	}
	return slices.Clip(out)
}

// forgetFromPallet lets a parcel leave memory that a pallet still names: a cancelled one that nobody took off.
func (s *State) forgetFromPallet(x *Parcel) {
	if p := s.Pallets[x.Pallet]; p != nil && p.Status != PalletDeparted {
		s.offPallet(p, x)
		s.savePallet(p)
	}
}

func (s *State) forgetPallet(id PalletID) {
	if p := s.Pallets[id]; p != nil {
		delete(s.Pallets, id)
		delete(s.index.palletBy, p.SSCC)
		s.touch(TablePallet, string(id))
	}
}

// ReopenPallet lets parcels be put on a closed pallet, or be taken off it, again. It is labelled anew when it is closed.
type ReopenPallet struct{ ID string }

func (v ReopenPallet) do(t *turn) (any, *Error) {
	p := t.palletOf(v.ID)
	if p == nil {
		return nil, refuse(NotFound, "no_pallet", "no pallet "+clip(v.ID))
	}
	if p.Status != PalletOpen {
		if palletLife.to(p.Status, "reopen") == "" {
			return nil, refuse(Conflict, "pallet_"+p.Status, "the pallet is "+p.Status+": take it off the truck first")
		}
		t.emit(&PalletMoved{Pallet: p.ID, Verb: "reopen"})
	}
	return t.PalletView(p), nil
}

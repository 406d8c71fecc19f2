package floor

// Photos of what came back are files beside the journal; the floor knows them by the hash of the file.

// ReturnPhotoLimit is how many photos one unit has.
const ReturnPhotoLimit = 8

// AddReturnPhoto notes a photo of a unit, or, with unit 0, of the one in the hand.
type AddReturnPhoto struct {
	ID   ReturnID
	Unit int
	Hash string
}

// Names gives the return.
func (v AddReturnPhoto) Names() []string { return []string{string(v.ID)} }

func (v AddReturnPhoto) do(t *turn) (any, *Error) {
	r := t.Returns[v.ID]
	if r == nil {
		return nil, refuse(NotFound, "no_return", "no return "+string(v.ID))
	}
	u := r.unit(v.Unit)
	if v.Unit == 0 {
		u = r.inHand()
	}
	switch {
	case u == nil || u.Status == UnitExpected || u.Status == UnitMissing:
		return nil, refuse(Conflict, "no_unit", "scan the unit first: a photo is of one that is here")
	case oneOf(v.Hash, u.Photos):
		return t.ReturnView(r), nil
	case len(u.Photos) >= ReturnPhotoLimit:
		return nil, refuse(Full, "too_many", "a unit has at most 8 photos")
	}
	t.emit(&ReturnPhotoKept{r.ID, u.N, v.Hash})
	return t.ReturnView(r), nil
}

// ReturnPhotoKept says a unit was photographed.
type ReturnPhotoKept struct {
	Return ReturnID `cbor:"1,keyasint"`
	Unit   int      `cbor:"2,keyasint"`
	Hash   string   `cbor:"3,keyasint"`
}

var _ = kind(KindReturnPhotoKept, "return_photo_kept", "returns", func() Body { return new(ReturnPhotoKept) })

func (*ReturnPhotoKept) Kind() Kind        { return KindReturnPhotoKept }
func (b *ReturnPhotoKept) Files() []string { return []string{b.Hash} }
func (b *ReturnPhotoKept) About() []string { return []string{"return/" + string(b.Return)} }

func (b *ReturnPhotoKept) apply(s *State, e *Event) {
	r := s.ret(b.Return, e)
	u := r.unit(b.Unit)
	u.Photos = append(u.Photos[:len(u.Photos):len(u.Photos)], b.Hash)
	s.saveReturn(r)
}

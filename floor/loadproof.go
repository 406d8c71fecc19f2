package floor

import "slices"

// A load is proved by photos and by the driver's signature. The pictures lie in files of the store, named by their hash;
// the floor knows the hashes alone.

// PhotoLimit is how many photos one load has.
const PhotoLimit = 6

// ProveLoad adds a photo or the driver's signature to a load that is open, or that left a moment ago.
type ProveLoad struct {
	Manifest  ManifestID
	Photo     string // the file's hash
	Signature string // the file's hash
	Signer    string // the driver's name
}

func (v ProveLoad) do(t *turn) (any, *Error) {
	m := t.Manifests[v.Manifest]
	if m == nil {
		return nil, refuse(NotFound, "no_manifest", "no manifest "+string(v.Manifest))
	}
	if m.Status == ManifestClosed && t.c.Now > m.Closed.plus(ReopenMS) {
		return nil, refuse(Conflict, "manifest_closed", "this truck left at "+m.Closed.String()+"; its papers are closed")
	}
	var f faults
	if v.Signature != "" {
		checkText(&f, "/name", v.Signer, 1, NameLimit)
	}
	if v.Photo != "" && len(m.Photos) >= PhotoLimit {
		f.add("", "too_many", "a load has at most 6 photos")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	b := &ProofTaken{Manifest: m.ID, Photo: v.Photo, Signature: v.Signature}
	if v.Signature != "" {
		b.Signer = &Private{Owner: string(m.ID), Person: &Person{Name: v.Signer}}
	}
	t.emit(b)
	return t.ManifestView(m, false), nil
}

// ProofTaken says a load has a photo more, or the driver's signature.
type ProofTaken struct {
	Manifest  ManifestID `cbor:"1,keyasint"`
	Photo     string     `cbor:"2,keyasint,omitempty"`
	Signature string     `cbor:"3,keyasint,omitempty"`
	Signer    *Private   `cbor:"4,keyasint,omitempty"`
}

var _ = kind(KindProofTaken, "load_proved", "manifests", func() Body { return new(ProofTaken) })

func (*ProofTaken) Kind() Kind             { return KindProofTaken }
func (b *ProofTaken) Privates() []*Private { return []*Private{b.Signer} }

// Files gives the hashes of the files that the event speaks of.
func (b *ProofTaken) Files() []string {
	var photos []string
	if b.Photo != "" {
		photos = []string{b.Photo}
	}
	return filesOf(photos, b.Signature)
}

func (b *ProofTaken) apply(s *State, e *Event) {
	m := s.Manifests[b.Manifest]
	if b.Photo != "" && !slices.Contains(m.Photos, b.Photo) {
		m.Photos = append(m.Photos[:len(m.Photos):len(m.Photos)], b.Photo)
	}
	if b.Signature != "" {
		m.Signature, m.Signer, m.Signed = b.Signature, b.Signer, e.At
	}
	m.Lease.renew(e)
	s.saveManifest(m)
}

// Filed is a body or a record that speaks of files beside the journal, by their hash.
type Filed interface {
	Files() []string
}

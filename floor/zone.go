package floor

// A list that is handed on goes from zone to zone: who picked the last line of a zone puts the tote down at a stage,
// and the list waits there for somebody of the next zone.

// atEdge says whether the next line lies in another zone than the list is in.
func (j *pickJob) atEdge(s *State, p *PickLine) bool {
	return j.Pass && s.zoneOf(p.From.Place.Bin()) != j.Zone
}

func (j *pickJob) passStep(s *State, p *PickLine) *Next {
	n := j.stageStep(s)
	zone := s.zoneOf(p.From.Place.Bin())
	n.Step, n.Title, n.Show.Zone = "pass", phrase("Hand on to zone {zone}", zone), zone
	return n
}

func (j *pickJob) scanPass(t *turn, r *seen, n *Next) *Verdict {
	if r.bin == nil {
		return j.refuse(t, CodeWrongKind, r, n)
	}
	if r.bin.BinKind != "stage" {
		return j.refuse(t, CodeWrongBin, r, n)
	}
	return j.pass(t, r.bin.Code).scanned(r.thing())
}

func (j *pickJob) pass(t *turn, bin BinCode) *Verdict {
	zone := t.zoneOf(j.line().From.Place.Bin())
	t.emit(&ListPassed{List: j.ID, Bin: bin, Zone: zone})
	return verdict(CodePassed).belongs(&Thing{"zone", zone, zone})
}

// ListPassed says a list's totes stand at a bin and wait for somebody of another zone.
type ListPassed struct {
	List PickListID `cbor:"1,keyasint"`
	Bin  BinCode    `cbor:"2,keyasint,omitempty"`
	Zone string     `cbor:"3,keyasint"`
}

var _ = kind(KindListPassed, "list_passed", "picklists", func() Body { return new(ListPassed) })

func (*ListPassed) Kind() Kind { return KindListPassed }

func (b *ListPassed) apply(s *State, e *Event) {
	l := s.PickLists[b.List]
	l.Status, l.Zone = listLife.must(l.Status, "leave"), b.Zone
	l.At, l.Serial, l.Undo, l.Odd, l.Zero = "", false, nil, nil, ""
	s.saw(e, b.Bin)
	for _, slot := range l.Totes {
		for _, code := range slot.all() {
			if t := s.Totes[code]; t != nil && t.List == l.ID {
				t.Bin = b.Bin
				s.touch(TableTote, string(t.Code))
			}
		}
	}
	s.dropJob(&l.Lease, JobRef{"pick", string(l.ID)})
	s.saveList(l)
}

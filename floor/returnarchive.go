package floor

// Returns leave memory with their order. One that nobody knows the order of leaves by itself, some days after its end.

// comesBack is true of an order with a return that is not over: its goods are not judged, or its money is not decided.
func (s *State) comesBack(o *Order) bool {
	for _, id := range s.index.returnsOf[o.ID] {
		if r := s.Returns[id]; r.live() || r.Money.Status == MoneyProposed || r.Money.Status == MoneyApproved {
			return true
		}
	}
	return false
}

func (s *State) forgetReturn(r *Return) {
	delete(s.Returns, r.ID)
	delete(s.index.returnsExt, r.Ext)
	s.index.returns.drop(r.ID)
	s.index.untold.drop(r.ID)
	s.index.blinds.drop(r.ID)
	s.touch(TableReturn, string(r.ID))
}

// returnName is what the archive calls a return by the number that a shop or a file gave it.
func returnName(ext string) string { return "return/" + ext }

// archiveBlind lets blind returns that ended long ago leave memory. One whose money was never decided on stays longer: it
// was bought nowhere that we know of, so its proposal is mostly nothing.
func (t *turn) archiveBlind() {
	var b ReturnsArchived
	for _, id := range t.index.blinds {
		r := t.Returns[id]
		after := Time(ArchiveAfterMS)
		if oneOf(r.Money.Status, []string{MoneyProposed, MoneyApproved}) {
			after = ArchiveDispatchedMS
		}
		if r.Money.Status == MoneyApproved && r.Money.AmountCents > 0 || r.Closed+after >= t.c.Now {
			continue // what was promised is sent first
		}
		if b.Returns = append(b.Returns, id); len(b.Returns) == ArchiveAtOnce {
			break
		}
	}
	if len(b.Returns) > 0 {
		t.emit(&b)
	}
}

// ReturnsArchived says blind returns left memory.
type ReturnsArchived struct {
	Returns []ReturnID `cbor:"1,keyasint"`
}

// KindReturnsArchived numbers it.
const KindReturnsArchived Kind = 253

var _ = kind(KindReturnsArchived, "returns_archived", "", func() Body { return new(ReturnsArchived) })

func (*ReturnsArchived) Kind() Kind { return KindReturnsArchived }

func (b *ReturnsArchived) apply(s *State, _ *Event) {
	for _, id := range b.Returns {
		r := s.Returns[id]
		s.forgetReturn(r)
		s.gone = append(s.gone, &Archived{Returns: []*Return{r}})
	}
}

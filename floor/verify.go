package floor

import "hash/fnv"

// How closely a bench looks is a rule of the house, of a shop or of an item: every unit is scanned, or the first ones of
// a line are and the rest may be counted by number. Who counts, says so: the parcel notes what nobody looked at.

// The rules of verification.
const (
	VerifyEvery  = "every" // also where nothing is said
	VerifySample = "sample"
)

// Verifying is one rule. SamplePercent of the orders are looked at unit by unit all the same; in the others the first
// units of a line, SampleFirst of them, are scanned: one where nothing is said.
type Verifying struct {
	Verify        string `cbor:"120,keyasint,omitempty" json:"verify,omitempty"`
	SampleFirst   int64  `cbor:"121,keyasint,omitempty" json:"sample_first,omitempty"`
	SamplePercent int64  `cbor:"122,keyasint,omitempty" json:"sample_percent,omitempty"`
}

func (v Verifying) check(f *faults) {
	if v.Verify != "" && v.Verify != VerifyEvery && v.Verify != VerifySample {
		f.add("/verify", "bad_value", "every or sample")
	}
	checkRange(f, "/sample_first", v.SampleFirst, 0, QtyLimit)
	checkRange(f, "/sample_percent", v.SamplePercent, 0, 100)
}

// verifying is the rule for an item of an order: the item's own, else its shop's, else the house's.
func (s *State) verifying(o *Order, it *Item) Verifying {
	if it.Verify != "" {
		return it.Verifying
	}
	if c := s.Channels[o.Channel]; c != nil && c.Verify != "" {
		return c.Verifying
	}
	return s.Site.Verifying
}

// draw is a number below 100 that decides whether an order is of the sample. It comes from the command's id, so that it
// is the same at every replay and no packer can foresee it.
func (t *turn) draw(id OrderID) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(t.c.ID + "/" + string(id)))
	return int64(h.Sum32() % 100)
}

// qtyAllowed gives the item that was verified last, when more units of it may be counted by number.
func (j *packJob) qtyAllowed(s *State, o *Order) *Item {
	if len(j.Undo) == 0 || j.Every {
		return nil
	}
	u := j.Undo[len(j.Undo)-1]
	it := s.Items[u.Key.SKU]
	if u.What != "packed" || it == nil || it.Tracking != "none" || len(s.inTotes(o, it.SKU)) == 0 {
		return nil
	}
	rule := s.verifying(o, it)
	if rule.Verify != VerifySample || j.Draw < rule.SamplePercent || j.looked(s, o, u.Line) < max(rule.SampleFirst, 1) {
		return nil
	}
	return it
}

// looked is how many units of a line were scanned one by one.
func (j *packJob) looked(s *State, o *Order, line int) int64 {
	n := o.Lines[line].Packed
	for _, id := range o.Parcels {
		if p := s.Parcels[id]; p != nil {
			for _, u := range p.Units {
				if u.Line == line {
					n -= u.Unverified
				}
			}
		}
	}
	return n
}

func (j *packJob) countQty(t *turn, a *Act) *Verdict {
	o := t.Orders[j.Order]
	it := j.qtyAllowed(t.State, o)
	if it == nil || j.next(t.State).Step != "item" {
		return verdict(CodeEveryUnit).wanted(wanted(j.next(t.State)))
	}
	if a.Qty < 1 || a.Qty > QtyLimit {
		return badQty()
	}
	return j.put(t, o, &seen{item: it, qty: a.Qty, text: string(it.SKU), counted: true}, t.inTotes(o, it.SKU))
}

// sampleFailed turns an order back to every unit when one was scanned that is wrong in it: where one is, more may be.
func (j *packJob) sampleFailed(t *turn, v *Verdict) {
	if j.Every || t.Packings[j.Order] == nil || !oneOf(string(v.Code), []string{string(CodeNotInOrder), string(CodeTooMany), string(CodeWrongLot), string(CodeExpiryOff)}) {
		return
	}
	o := t.Orders[j.Order]
	for i := range o.Lines {
		if it := t.Items[o.Lines[i].SKU]; it != nil && t.verifying(o, it).Verify == VerifySample {
			t.emit(&BenchNoted{Order: o.ID, What: notedEvery, Text: string(v.Code)})
			return
		}
	}
}

// unverified is how many units of a parcel were counted by number.
func (p *Parcel) unverified() (n int64) {
	for _, u := range p.Units {
		n += u.Unverified
	}
	return n
}

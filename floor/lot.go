package floor

import (
	"fmt"
	"slices"
	"strings"

	"floorline/floor/gs1"
)

// Where several lots of an item lie in one place, a code without a lot does not say which one is in the hand. The step
// wants the code with the lot; whoever scans another is asked, the planned one first. Where one lot lies there, nothing
// is asked.

// Unsure is what was scanned while its lot is asked for.
type Unsure struct {
	SKU     SKU    `cbor:"1,keyasint"`
	Qty     int64  `cbor:"2,keyasint"`
	WeightG int64  `cbor:"3,keyasint,omitempty"`
	Lot     string `cbor:"4,keyasint,omitempty"` // as far as the code says it
	Expiry  string `cbor:"5,keyasint,omitempty"`

	Untold bool `cbor:"120,keyasint,omitempty"` // the books have no lot of it: the one on the goods is asked for
}

// byLot is true of an item whose lots must not be taken for one another.
func (it *Item) byLot() bool { return it.Tracking == "lot" || it.Tracking == "none" && it.Expiry }

// lotsOf are the lots of an item among rows of stock, each once and without its place, less what was taken ahead.
func lotsOf(rows []*Stock, sku SKU, taken map[StockKey]int64) (out []StockKey) {
	for _, row := range rows {
		k := StockKey{SKU: sku, Lot: row.Key.Lot, Expiry: row.Key.Expiry}
		if row.Key.SKU == sku && row.OnHand > taken[row.Key] && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// lots are those that lie where a pick line takes from.
func (j *pickJob) lots(s *State, p *PickLine) []StockKey {
	return lotsOf(s.StockAt(p.From.Place), p.SKU, j.taken)
}

// among are the lots that a scan may be of. Where the books keep no lot or day, a code may say any.
func (r *seen) among(lots []StockKey) []StockKey {
	return slices.DeleteFunc(slices.Clone(lots), func(k StockKey) bool {
		if r.told {
			return k.Lot != r.lot || k.Expiry != r.expiry
		}
		return r.lot != "" && k.Lot != "" && k.Lot != r.lot || r.expiry != "" && k.Expiry != "" && k.Expiry != r.expiry
	})
}

// ofAnother is true of a scan that can only be of another lot than the planned one.
func (r *seen) ofAnother(lots []StockKey, planned StockKey) bool {
	of := r.among(lots)
	return len(of) == 1 && (of[0].Lot != planned.Lot || of[0].Expiry != planned.Expiry)
}

// ofNone refuses a scan that can be of none of the lots there: another lot, or a day that the books do not have for it.
func (r *seen) ofNone(lots []StockKey) *Verdict {
	dayless := *r
	dayless.expiry = ""
	if of := dayless.among(lots); len(of) > 0 && !r.told {
		return verdict(CodeExpiryOff).scanned(&Thing{"expiry", r.expiry, r.expiry}).wanted(&Thing{"expiry", of[0].Expiry, of[0].Expiry})
	}
	return verdict(CodeWrongLot).scanned(&Thing{"lot", r.lot, r.item.Name}).wanted(&Thing{"lot", lots[0].Lot, lotText(lots[0])})
}

// lotWants are the codes of one unit of a lot, as scanners send them, and whether a device may go on at them by itself.
// A bare code is among them only where no other lot lies there, or where the item has no GTIN to write a lot behind.
func (s *State) lotWants(it *Item, k StockKey, sure bool) (out []Want, offline bool) {
	var written []Want
	for _, code := range lotCodes(it, k) {
		r := s.resolve(code)
		if r.names(it) && r.qty == 1 && r.lot == k.Lot && (r.expiry == "" || r.expiry == k.Expiry) {
			written = append(written, Want{"item", code})
		}
	}
	switch {
	case sure:
		return append(s.unitWants(it), written...), true
	case len(written) > 0:
		return written, true
	}
	return s.unitWants(it), false
}

// lotCodes write a lot behind an item's GTIN in the ways that packages are printed: with the day it expires before the
// lot, without it, and with it behind.
func lotCodes(it *Item, k StockKey) []string {
	gtin := it.gtin()
	if gtin == "" {
		return nil
	}
	code, expiry, lot := "01"+gtin, "", ""
	if k.Expiry != "" {
		expiry = "17" + k.Expiry[2:4] + k.Expiry[5:7] + k.Expiry[8:]
	}
	if k.Lot != "" {
		lot = "10" + k.Lot
	}
	switch {
	case lot == "" && expiry == "":
		return nil
	case lot == "":
		return []string{code + expiry}
	case expiry == "":
		return []string{code + lot}
	}
	return []string{code + expiry + lot, code + lot, code + lot + string(gs1.GS) + expiry}
}

// gtin is the GTIN of one unit, as fourteen digits.
func (it *Item) gtin() string {
	for _, b := range it.Barcodes {
		if b.Qty == 1 && isGTIN(b.Code) {
			return barcodeKey(b.Code)
		}
	}
	return ""
}

// askLot asks of which lot the units in the hand are.
func (t *turn) askLot(job JobRef, r *seen) *Verdict {
	t.emit(&LotAsked{Job: job, Unsure: Unsure{SKU: r.item.SKU, Qty: r.qty, WeightG: r.weightG, Lot: r.lot, Expiry: r.expiry}})
	j := t.jobOf(t.Devices[t.c.Device])
	to := wanted(j.next(t.State))
	to.Text = phrase("the code with its lot, or say which lot it is")
	return verdict(CodeAmbiguous).scanned(r.thing()).wanted(to).belongs(&Thing{"lot", "", phrase("any lot of {item}", r.item.Name)})
}

// lotAsk is the question, the planned lot first.
func lotAsk(lots []StockKey, planned StockKey) *Ask {
	a := &Ask{ID: "lot", Text: phrase("Which lot is it?"), Kind: "choice"}
	for _, k := range lots {
		o := Option{lotID(k), lotText(k)}
		if k.Lot == planned.Lot && k.Expiry == planned.Expiry {
			a.Options = append([]Option{o}, a.Options...)
		} else {
			a.Options = append(a.Options, o)
		}
	}
	return a
}

func lotText(k StockKey) string {
	text := phrase("lot {lot}", k.Lot)
	if k.Lot == "" {
		text = phrase("no lot")
	}
	if k.Expiry != "" {
		text = phrase("{lot}, expires {day}", text, k.Expiry)
	}
	return text
}

func lotID(k StockKey) string { return fmt.Sprintf("%s|%s", k.Lot, k.Expiry) }

// told is the scan that was asked about, with the lot that was answered; nil where there is no such lot.
func (u *Unsure) told(s *State, lots []StockKey, answer string) *seen {
	for _, k := range lots {
		if lotID(k) == answer {
			return &seen{text: string(u.SKU), item: s.Items[u.SKU], qty: u.Qty, weightG: u.WeightG, lot: k.Lot, expiry: k.Expiry, told: true}
		}
	}
	return nil
}

// answered takes the answer of a job: the question is over, and the scan is the lot's. No such lot asks on.
func (u *Unsure) answered(t *turn, job JobRef, lots []StockKey, a *Act) (*seen, *Verdict) {
	r := u.told(t.State, lots, a.Value)
	if r == nil {
		return nil, verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("one of the lots")})
	}
	t.emit(&LotAsked{Job: job})
	return r, nil
}

// unsureOf is the line whose units are asked about, while the list still stands there.
func (j *pickJob) unsureOf(n *Next) *PickLine {
	if p := j.line(); j.Unsure != nil && n.Step == "item" && p.SKU == j.Unsure.SKU {
		return p
	}
	return nil
}

func (j *pickJob) answerLot(t *turn, a *Act) *Verdict {
	p := j.unsureOf(j.step(t.State))
	if p == nil {
		return verdict(CodeNoAction).wanted(wanted(j.step(t.State)))
	}
	r, none := j.Unsure.answered(t, j.ref(), j.lots(t.State, p), a)
	if none != nil {
		return none
	}
	return j.scanItem(t, r, j.step(t.State))
}

func (j *sortJob) answer(t *turn, a *Act) *Verdict {
	n := j.next(t.State)
	if j.Unsure == nil || n.Step != "item" || a.Ask != "lot" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	r, none := j.Unsure.answered(t, j.ref(), lotsOf(t.StockAt(InTote(j.Tote)), j.Unsure.SKU, nil), a)
	if none != nil {
		return none
	}
	return j.scanItem(t, r, n)
}

func (j *putBackJob) answer(t *turn, a *Act) *Verdict {
	n := j.next(t.State)
	if j.Unsure == nil || n.Step != "item" || a.Ask != "lot" {
		return verdict(CodeNoAction).wanted(wanted(n))
	}
	r, none := j.Unsure.answered(t, j.ref(), lotsOf(j.rows(t.State), j.Unsure.SKU, nil), a)
	if none != nil {
		return none
	}
	return j.scan(t, r)
}

// LotAsked says a worker is asked of which lot the units in the hand are; without units, that it was answered.
type LotAsked struct {
	Job    JobRef `cbor:"1,keyasint"`
	Unsure Unsure `cbor:"2,keyasint"`
}

var _ = kind(KindLotAsked, "lot_asked", "picklists", func() Body { return new(LotAsked) })

func (*LotAsked) Kind() Kind { return KindLotAsked }

func (b *LotAsked) apply(s *State, e *Event) {
	unsure := &b.Unsure
	if unsure.Qty == 0 {
		unsure = nil
	}
	switch b.Job.Kind {
	case "pick":
		l := s.list(PickListID(b.Job.ID), e)
		l.Unsure = unsure
		s.saveList(l)
	case "sort":
		x := s.sorting(PickListID(b.Job.ID), e)
		x.Unsure = unsure
		s.saveSorting(x)
	case "putback":
		x := s.puttingBack(OrderID(b.Job.ID), e)
		x.Unsure = unsure
		s.savePutBack(x)
	case "singles":
		if d := s.Devices[DeviceID(b.Job.ID)]; d.Singles != nil {
			d.Singles.Unsure = unsure
			s.touch(TableDevice, string(d.ID))
		}
	case "pack":
		p := s.Packings[OrderID(b.Job.ID)]
		p.Unsure, p.Lot = unsure, ""
		if unsure != nil && unsure.Untold {
			p.Lot = unsure.SKU
		}
		p.Lease.renew(e)
		s.savePacking(p)
	}
}

// serialWants are the codes of one unit kept by serial: the serial alone, or behind its item's GTIN.
func (s *State) serialWants(it *Item, serial string) []Want {
	out := []Want{{"serial", serial}}
	if gtin := it.gtin(); gtin != "" && serial != "" {
		code := "01" + gtin + "21" + serial
		if r := s.resolve(code); r.names(it) && r.serial == serial {
			out = append(out, Want{"serial", code})
		}
	}
	return out
}

// newSerialOf is the serial of a unit that comes in; "" where the code of an item, or of something else of the house, was
// scanned by mistake: most often the item's own, once more.
func (r *seen) newSerialOf(sku SKU) string {
	serial := r.serialOf(sku)
	if serial == r.text && len(r.units) == 0 && r.isThing() {
		return ""
	}
	return serial
}

// newLotOf is the lot of units that come in, and their day where the code says it; "" as above.
func (r *seen) newLotOf(sku SKU) (lot, expiry string) {
	switch {
	case r.item != nil && r.item.SKU == sku && r.lot != "":
		return r.lot, r.expiry
	case r.isThing():
		return "", ""
	}
	return r.text, ""
}

// isThing is true of a code that is an item's or of something else of the house, be it one that is not there yet.
func (r *seen) isThing() bool {
	return r.item != nil || r.bin != nil || r.tote != nil || r.carton != nil || r.parcel != nil || r.pallet != nil || r.manifest != nil || r.list != nil || isPrinted(r.text)
}

// isPrinted is true of a number as this house gives them out: its kind, a number, and the character that checks both.
func isPrinted(text string) bool {
	kind, rest, _ := strings.Cut(text, "-")
	number, check, _ := strings.Cut(rest, "-")
	return oneOf(kind, []string{"P", "PA", "PL", "O", "M", "T", "S", "W", "D", "U", "RT", "RC", "PO", "CT", "RP"}) && len(number) >= 4 && allDigits(number) && len(check) == 1 &&
		withCheck(kind+"-"+number) == text
}

// serialOf is the serial that was scanned where an item's is due: all of the code, or what a GS1 code has of it.
func (r *seen) serialOf(sku SKU) string {
	if r.item != nil && r.item.SKU == sku && r.serial != "" && len(r.units) == 0 {
		return r.serial
	}
	return r.text
}

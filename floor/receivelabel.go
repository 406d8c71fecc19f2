package floor

import "slices"

// Labels at the door: what has no code of its own, or one without its lot, gets one where it is counted, so that the next
// scan carries them. A pallet without an SSCC gets one with what is on it.

// PrintedGoods is what a label of goods says beside the item, and how many are printed.
type PrintedGoods struct {
	Lot    string `cbor:"1,keyasint,omitempty" json:"lot,omitempty"`
	Expiry string `cbor:"2,keyasint,omitempty" json:"expiry,omitempty"`
	Serial string `cbor:"3,keyasint,omitempty" json:"serial,omitempty"`
	Copies int64  `cbor:"4,keyasint" json:"copies"`
}

// ReceivedPallet is what came on a pallet: one that was announced, or one that got its SSCC at the door.
type ReceivedPallet struct {
	SSCC  string        `cbor:"1,keyasint" json:"sscc"`
	Lines []ReceiptLine `cbor:"2,keyasint" json:"-"`
}

// Limits of labels at the door: of one scan or tap, and kinds of goods that one label tells of.
const (
	GoodsLabelLimit  = 500
	PalletKindsLimit = 50
)

// labelsFirst are the actions for labels, where the station of the job prints them.
func (j *receiveJob) labelsFirst(s *State, n *Next) {
	if s.stationPrinter(s.Devices[j.Lease.Device], PrintItem) == "" {
		return
	}
	if j.lastUnit() != nil {
		n.Show.Also = append(n.Show.Also, "labels")
	}
	if len(j.loose()) > 0 {
		n.Show.Also = append(n.Show.Also, "label_pallet")
	}
	n.Show.Note = s.labelTrouble(j.Lease.Device)
}

// labelTrouble says why the labels that a door asked for last do not come out, or "" where they do.
func (s *State) labelTrouble(d DeviceID) string {
	for _, id := range slices.Backward(s.index.loose) {
		if p := s.Prints[id]; p.Device == d && oneOf(p.what(), []string{PrintItem, PrintLogistics}) {
			if oneOf(p.Status, []string{PrintQueued, PrintFailed, PrintUnknown}) {
				return s.printWhy(p)
			}
			return ""
		}
	}
	return ""
}

// labels prints labels for the kind counted last: as many as were asked for, else those that its units still lack.
func (j *receiveJob) labels(t *turn, a *Act) *Verdict {
	k := j.lastUnit()
	switch {
	case k == nil || j.Due != nil || j.Unknown != "":
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	case a.Qty < 0 || a.Qty > GoodsLabelLimit:
		return badQty()
	case a.Qty > 0:
		return j.printLabels(t, *k, a.Qty)
	}
	return j.printLabels(t, *k, min(max(j.unlabelled(*k), 1), GoodsLabelLimit))
}

// unlabelled is how many units of a kind have no label of ours yet.
func (j *receiveJob) unlabelled(k StockKey) int64 {
	k.Place, k.Condition = "", ""
	return qtyOf(j.Lines, k) - qtyOf(j.Labelled, k)
}

func qtyOf(lines []ReceiptLine, k StockKey) int64 {
	for _, l := range lines {
		if l.Key == k {
			return l.Qty
		}
	}
	return 0
}

// printLabels sends labels of a kind to the station's printer.
func (j *receiveJob) printLabels(t *turn, k StockKey, copies int64) *Verdict {
	p := Print{What: PrintItem, Subject: string(k.SKU), Goods: &PrintedGoods{k.Lot, k.Expiry, k.Serial, copies}}
	if no := t.printHere(p); no != nil {
		return no
	}
	k.Place, k.Condition = "", ""
	t.emit(&ReceiptLabelled{Receipt: j.ID, Key: k, Qty: copies})
	return verdict(CodeLabelling).qty(copies).scanned(&Thing{"item", string(k.SKU), t.Items[k.SKU].Name})
}

// printHere has something printed at the station, or says why it cannot be.
func (t *turn) printHere(p Print) *Verdict {
	d := t.Devices[t.c.Device]
	if p.Printer = t.stationPrinter(d, p.What); p.Printer == "" {
		return verdict(CodeNoPrinter)
	}
	printer := t.printerNamed(p.Printer)
	switch err := t.printable(p, 1); {
	case err != nil && err.Kind == Full:
		return verdict(CodePrintWaits).belongs(&Thing{"printer", p.Printer, printer.called()})
	case err != nil:
		return verdict(CodeNoPrinter)
	}
	t.emit(&PrintAsked{t.copyOf(p)})
	return nil
}

// labelByItself prints what the house wants printed for units just counted. A printer that does not take it holds nobody up:
// the button says why.
func (j *receiveJob) labelByItself(t *turn, k StockKey, qty int64) {
	apart := k.Lot != "" || k.Expiry != "" || k.Serial != ""
	switch rule := t.Receiving(); {
	case rule.Labels == LabelUnit:
		j.printLabels(t, k, min(qty, GoodsLabelLimit))
	case rule.Labels == LabelLot && apart:
		j.printLabels(t, k, 1)
	}
}

// loose is what came and stands on no pallet that has a label, without what is broken.
func (r *Receipt) loose() (out []ReceiptLine) {
	for _, l := range r.Lines {
		qty := l.Qty
		for _, p := range r.Pallets {
			qty -= qtyOf(p.Lines, l.Key)
		}
		if qty > 0 && l.Key.Condition == "" {
			out = append(out, ReceiptLine{l.Key, qty})
		}
	}
	return out
}

// labelPallet gives what came since the last pallet an SSCC of ours, and prints its label.
func (j *receiveJob) labelPallet(t *turn) *Verdict {
	lines := j.loose()
	switch {
	case j.Due != nil || j.Unknown != "" || len(lines) == 0:
		return verdict(CodeNoAction).wanted(wanted(j.next(t.State)))
	case len(lines) > PalletKindsLimit:
		return verdict(CodeTooMany)
	}
	var last uint64
	if n := t.Counters["label"]; n != nil {
		last = n.Last
	}
	b := &PalletLabelled{Receipt: j.ID, SSCC: t.sscc(last + 1), Lines: lines}
	if no := t.printHere(Print{What: PrintLogistics, Subject: b.SSCC}); no != nil {
		return no
	}
	t.emit(b)
	return verdict(CodePalletLabel).scanned(&Thing{"pallet", b.SSCC, b.SSCC}).qty(unitsOn(lines))
}

func unitsOn(lines []ReceiptLine) (n int64) {
	for _, l := range lines {
		n += l.Qty
	}
	return n
}

// ReceivedPallet is the pallet that came under an SSCC, and the delivery it came with.
func (s *State) ReceivedPallet(code string) (*ReceivedPallet, *Receipt) {
	sscc := BareSSCC(code)
	r := s.Receipts[s.index.palletsIn[sscc]]
	if r == nil {
		return nil, nil
	}
	i := slices.IndexFunc(r.Pallets, func(p ReceivedPallet) bool { return p.SSCC == sscc })
	return &r.Pallets[i], r
}

// dropPallet undoes the label of a pallet: nothing stands on it any more, and its number is used for nothing else.
func (j *receiveJob) dropPallet(t *turn, sscc string) *Verdict {
	for _, id := range slices.Clone(t.index.loose) {
		if p := t.Prints[id]; p != nil && p.What == PrintLogistics && p.Subject == sscc && printLife.to(p.Status, "void") != "" {
			t.emit(&PrintMoved{Print: id, Verb: "void", Device: p.Device, Printer: p.Printer})
		}
	}
	t.emit(&PalletUnlabelled{Receipt: j.ID, SSCC: sscc})
	return verdict(CodeUndone)
}

// ReceiptLabelled says labels of a kind were asked for.
type ReceiptLabelled struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
	Key     StockKey  `cbor:"2,keyasint"`
	Qty     int64     `cbor:"3,keyasint"`
}

var _ = kind(KindReceiptLabelled, "receipt_labelled", "stock", func() Body { return new(ReceiptLabelled) })

func (*ReceiptLabelled) Kind() Kind { return KindReceiptLabelled }

func (b *ReceiptLabelled) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	r.Labelled = addLine(r.Labelled, b.Key, b.Qty)
	s.saveReceipt(r)
}

// PalletLabelled says what came since the last pallet stands on one now that has an SSCC of ours.
type PalletLabelled struct {
	Receipt ReceiptID     `cbor:"1,keyasint"`
	SSCC    string        `cbor:"2,keyasint"`
	Lines   []ReceiptLine `cbor:"3,keyasint"`
}

var _ = kind(KindPalletLabelled, "pallet_labelled", "stock", func() Body { return new(PalletLabelled) })

func (*PalletLabelled) Kind() Kind { return KindPalletLabelled }

func (b *PalletLabelled) apply(s *State, e *Event) {
	s.number("label")
	r := s.receipt(b.Receipt, e)
	r.Pallets = append(slices.Clone(r.Pallets), ReceivedPallet{b.SSCC, b.Lines})
	r.Undo = pushUndo(r.Undo, Undoable{At: e.At, What: "pallet", SSCC: b.SSCC})
	s.saveReceipt(r)
}

// PalletUnlabelled says the label of a pallet was a mistake.
type PalletUnlabelled struct {
	Receipt ReceiptID `cbor:"1,keyasint"`
	SSCC    string    `cbor:"2,keyasint"`
}

var _ = kind(KindPalletUnlabelled, "pallet_unlabelled", "stock", func() Body { return new(PalletUnlabelled) })

func (*PalletUnlabelled) Kind() Kind { return KindPalletUnlabelled }

func (b *PalletUnlabelled) apply(s *State, e *Event) {
	r := s.receipt(b.Receipt, e)
	if n := len(r.Undo); n > 0 {
		r.Undo = r.Undo[:n-1]
	}
	s.dropReceived(r, b.SSCC)
	s.saveReceipt(r)
}

// dropReceived forgets that a pallet came.
func (s *State) dropReceived(r *Receipt, sscc string) {
	r.Pallets = slices.DeleteFunc(slices.Clone(r.Pallets), func(p ReceivedPallet) bool { return p.SSCC == sscc })
	delete(s.index.palletsIn, sscc)
}

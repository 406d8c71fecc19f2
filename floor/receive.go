package floor

import "strings"

// Receipt is one delivery being taken in: what a truck brought of a purchase, or of nothing that anybody announced.
type Receipt struct {
	ID            ReceiptID       `cbor:"1,keyasint"`
	PurchaseOrder PurchaseOrderID `cbor:"2,keyasint,omitempty"` // "" is a blind receipt
	Bin           BinCode         `cbor:"3,keyasint,omitempty"` // where the goods are put down
	Status        string          `cbor:"4,keyasint"`
	Lease         Lease           `cbor:"5,keyasint"`
	Lines         []ReceiptLine   `cbor:"6,keyasint,omitempty"`
	Due           *ReceivedUnit   `cbor:"7,keyasint,omitempty"` // units in the hand whose lot, expiry or serial is still due
	Unknown       string          `cbor:"8,keyasint,omitempty"` // a code that no item has: whose is it?
	Undo          []Undoable      `cbor:"9,keyasint,omitempty"`
	Asked         bool            `cbor:"10,keyasint,omitempty"` // whether more comes later
	Created       Time            `cbor:"11,keyasint"`
	Closed        Time            `cbor:"12,keyasint,omitempty"`

	Labelled []ReceiptLine    `cbor:"190,keyasint,omitempty"` // labels printed for each kind
	Pallets  []ReceivedPallet `cbor:"191,keyasint,omitempty"`
}

// ReceiptLine is what came of one kind.
type ReceiptLine struct {
	Key StockKey `cbor:"1,keyasint"` // without its place
	Qty int64    `cbor:"2,keyasint"`
}

// ReceivedUnit is what a scan at the door said of some units.
type ReceivedUnit struct {
	SKU    SKU    `cbor:"1,keyasint"`
	Qty    int64  `cbor:"2,keyasint"`
	Lot    string `cbor:"3,keyasint,omitempty"`
	Expiry string `cbor:"4,keyasint,omitempty"`
	Serial string `cbor:"5,keyasint,omitempty"`
}

// The status words of a receipt.
const (
	ReceiptOpen   = "open"
	ReceiptClosed = "closed"
)

// ReceiptLineLimit is how many kinds of goods one delivery holds.
const ReceiptLineLimit = 5000

// blind is what is started where nothing was announced.
const blind = "blind"

// receiveJob is the door: unit by unit or pallet by pallet, with lot and expiry where the item is kept by them.
type receiveJob struct{ *Receipt }

func init() {
	works = append(works, work{
		kind: "receive", roles: RolePicker | RoleInspector | RoleLead | RoleAdmin, devices: []string{"handheld", "dock", "returns"},
		find: func(s *State, id string) job {
			if r := s.Receipts[ReceiptID(id)]; r != nil {
				return &receiveJob{r}
			}
			return nil
		},
		offers: receiveOffers, start: startReceive, opens: openReceive,
	})
}

func (j *receiveJob) ref() JobRef                { return JobRef{"receive", string(j.ID)} }
func (j *receiveJob) lease() *Lease              { return &j.Lease }
func (j *receiveJob) orders() []OrderID          { return nil }
func (j *receiveJob) begun(*State, *Event, bool) { j.Due, j.Unknown = nil, "" }
func (j *receiveJob) keep(s *State)              { s.saveReceipt(j.Receipt) }

func (j *receiveJob) purchase(s *State) *PurchaseOrder { return s.PurchaseOrders[j.PurchaseOrder] }

func receiveOffers(s *State, d *Device) (out []JobOffer) {
	for _, id := range s.index.receipts {
		r := s.Receipts[id]
		if len(out) == OfferLimit || !r.Lease.offeredTo(d) {
			continue
		}
		v := (&receiveJob{r}).view(s)
		out = append(out, JobOffer{Job: "receive", ID: string(id), Title: s.receiptTitle(r), Detail: string(r.Bin), Done: v.Done, Total: v.Total, Worker: s.holder(r.Lease)})
	}
	for _, id := range s.index.coming {
		if p := s.PurchaseOrders[id]; len(out) < OfferLimit && s.openReceiptOf(id) == nil {
			offer := JobOffer{Job: "receive", ID: string(id), Title: phrase("Receive {purchase}", p.External), Total: p.left(),
				Detail: phrase("{supplier}, due {day}", orDash(p.Supplier), orDash(p.Due))}
			if s.Site.Receiving.Blind {
				offer.Total = 0
			}
			out = append(out, offer)
		}
	}
	if len(s.index.doors) > 0 {
		out = append(out, JobOffer{Job: "receive", ID: blind, Title: phrase("Goods that nobody announced")})
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (s *State) receiptTitle(r *Receipt) string {
	if p := s.PurchaseOrders[r.PurchaseOrder]; p != nil {
		return phrase("Receive {purchase}", p.External)
	}
	return phrase("Goods that nobody announced")
}

// startReceive goes on with the receipt named, or begins one for the purchase named or for goods that nobody announced;
// without a name for the purchase that is due first.
func startReceive(t *turn, d *Device, a *Act) (job, *Verdict) {
	if r := t.Receipts[ReceiptID(a.ID)]; r != nil && r.Status == ReceiptOpen {
		return &receiveJob{r}, nil
	}
	if a.ID == blind {
		return t.openReceipt("")
	}
	if a.ID != "" {
		if !t.index.coming.has(PurchaseOrderID(a.ID)) {
			return nil, verdict(CodeNoWork).wanted(&Thing{"purchase", a.ID, phrase("nothing of that number is to come")})
		}
		return t.receiptFor(PurchaseOrderID(a.ID))
	}
	for _, id := range t.index.receipts {
		if r := t.Receipts[id]; r.Lease.Worker == d.Worker {
			return &receiveJob{r}, nil
		}
	}
	var first *PurchaseOrder
	for _, id := range t.index.coming {
		if p := t.PurchaseOrders[id]; t.openReceiptOf(id) == nil && (first == nil || p.Due < first.Due) {
			first = p
		}
	}
	if first == nil {
		return nil, verdict(CodeNoWork)
	}
	return t.receiptFor(first.ID)
}

// receiptFor is the delivery of a purchase that is being taken in, or a new one.
func (t *turn) receiptFor(id PurchaseOrderID) (job, *Verdict) {
	if r := t.openReceiptOf(id); r != nil {
		return &receiveJob{r}, nil
	}
	return t.openReceipt(id)
}

func (t *turn) openReceipt(id PurchaseOrderID) (job, *Verdict) {
	if len(t.index.doors) == 0 {
		return nil, verdict(CodeNotReady).wanted(&Thing{"bin", "", phrase("a bin of kind dock, where goods are put down: have one set up")})
	}
	b := &ReceiptOpened{ID: ReceiptID(t.following("receipt", "RC-%05d", 0)), PurchaseOrder: id}
	if len(t.index.doors) == 1 {
		b.Bin = t.index.doors[0]
	}
	t.emit(b)
	return &receiveJob{t.Receipts[b.ID]}, nil
}

func openReceive(t *turn, _ *Device, r *seen) (job, *Verdict) {
	switch {
	case r.purchase != nil && t.index.coming.has(r.purchase.ID):
		return t.receiptFor(r.purchase.ID)
	case r.came != nil && r.inbound == "":
		return nil, verdict(CodeAlreadyIn).scanned(r.thing())
	case r.purchase != nil:
		return nil, verdict(CodeGone).belongs(&Thing{"purchase", string(r.purchase.ID), phrase("all of it has come")})
	case r.inbound != "":
		return t.receiptFor(r.inbound)
	}
	return nil, nil
}

// The next step.

func (j *receiveJob) view(s *State) *JobView {
	v := &JobView{Kind: "receive", ID: string(j.ID)}
	for _, l := range j.Lines {
		v.Done += l.Qty
	}
	v.Total = v.Done
	if p := j.purchase(s); p != nil && !s.Site.Receiving.Blind {
		v.Total += p.left()
	}
	return v
}

func (j *receiveJob) next(s *State) *Next {
	n := &Next{Job: j.view(s), Want: []Want{}, Actions: []string{"finish", "leave"}}
	if len(j.Undo) > 0 {
		n.Actions = append(n.Actions, "undo")
	}
	n.Show.Bin = j.Bin
	switch {
	case j.Asked:
		n.Step, n.Title, n.Expects, n.Actions = "finish", s.receiptTitle(j.Receipt), []string{}, []string{}
		n.Ask = &Ask{ID: "rest", Text: phrase("Not all of it is here. Does the rest come later?"), Kind: "choice",
			Options: []Option{{"later", phrase("Yes, the rest comes later")}, {"all", phrase("No, that is all of it")}}}
		if s.Site.Receiving.Blind { // that it is not all is nobody's to know
			n.Ask.Text = phrase("Does more of it come later?")
		}
	case j.Bin == "":
		n.Step, n.Expects, n.Title = "bin", []string{"bin"}, phrase("Where are the goods put down?")
		n.Actions = []string{"leave"}
		for _, b := range s.index.doors {
			n.Want = append(n.Want, Want{"bin", s.binCode(b)})
		}
	case j.Unknown != "":
		n.Step, n.Expects, n.Title = "link", []string{"item"}, phrase("Which item has this code? {code}", visible(clip(j.Unknown)))
		n.Actions = []string{"skip", "leave"}
		if p := j.purchase(s); p != nil {
			n.Want = s.unitWants(s.Items[p.Lines[0].SKU])[:1]
		}
	case j.Due != nil:
		j.dueStep(s, n)
	default:
		j.itemStep(s, n)
	}
	return n
}

// dueStep asks for what is still missing of the units in the hand. What it wants is only an example.
func (j *receiveJob) dueStep(s *State, n *Next) {
	it, u := s.Items[j.Due.SKU], j.Due
	n.Show.Item, n.Show.Qty, n.Show.Lot = it.brief(), u.Qty, u.Lot
	n.Actions = []string{"undo", "leave"}
	switch {
	case it.Tracking == "serial":
		n.Step, n.Title, n.Want = "serial", phrase("Scan the serial"), []Want{{"serial", s.newSerial(u.SKU, string(j.ID), n.Job.Done+1)}}
	case it.Tracking == "lot" && u.Lot == "":
		n.Step, n.Title, n.Want = "lot", phrase("Which lot?"), []Want{{"lot", "L" + strings.ReplaceAll(s.Now.Day(), "-", "")}}
	default:
		n.Step, n.Title, n.Want = "expiry", phrase("Best before? Year, month, day: 2027-03-31"), []Want{{"expiry", s.Now.plus(365 * DayMS).Day()}}
	}
	n.Expects = []string{n.Step}
}

// newSerial is an example of a serial that is not in the house, for clients that only follow.
func (s *State) newSerial(sku SKU, of string, n int64) string {
	for s.serialHere(sku, of+"-"+itoa(n)) {
		n++
	}
	return of + "-" + itoa(n)
}

func (j *receiveJob) itemStep(s *State, n *Next) {
	n.Step, n.Expects, n.Title = "item", []string{"item"}, phrase("Scan what came")
	p := j.purchase(s)
	if u := j.lastUnit(); u != nil && u.Serial == "" {
		n.Actions = append([]string{"qty", "damaged"}, n.Actions...)
	}
	j.labelsFirst(s, n)
	if p == nil {
		return
	}
	for _, l := range p.Lines {
		if l.Received < l.Ordered && len(n.Want) < 20 {
			n.Want = append(n.Want, s.unitWants(s.Items[l.SKU])[0])
			n.Show.Lines = append(n.Show.Lines, LineBrief{l.SKU, s.Items[l.SKU].Name, l.Ordered, l.Received})
		}
	}
	switch {
	case s.Site.Receiving.Blind: // what is wanted is for clients that only follow: no screen shows it
		n.Show.Lines = j.came(s)
	case len(n.Want) == 0:
		n.Step, n.Title, n.Actions = "finish", phrase("All of it is here: finish"), []string{"finish"}
	}
	if len(n.Want) == 0 {
		n.Actions = []string{"finish"}
	}
}

// came are the kinds counted so far, which is all that a blind count shows.
func (j *receiveJob) came(s *State) (out []LineBrief) {
	for _, l := range j.Lines {
		if len(out) < 20 {
			out = append(out, LineBrief{l.Key.SKU, s.itemName(l.Key.SKU), l.Qty, l.Qty})
		}
	}
	return out
}

// lastUnit is the last that was counted, or nil.
func (j *receiveJob) lastUnit() *StockKey {
	if n := len(j.Undo); n > 0 && j.Undo[n-1].What == "received" {
		return &j.Undo[n-1].Key
	}
	return nil
}

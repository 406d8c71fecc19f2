package floor

// PickList is one walk: what to take from where, for whom.
type PickList struct {
	ID       PickListID `cbor:"1,keyasint"`
	Wave     WaveID     `cbor:"2,keyasint"`
	Method   string     `cbor:"3,keyasint"`
	Status   string     `cbor:"4,keyasint"`
	Lease    Lease      `cbor:"5,keyasint"`
	Totes    []CartSlot `cbor:"6,keyasint"`
	Lines    []PickLine `cbor:"7,keyasint"`
	At       BinCode    `cbor:"8,keyasint,omitempty"` // the bin the picker stands at
	Serial   bool       `cbor:"9,keyasint,omitempty"` // the item was scanned; its serial is due
	Undo     []Undoable `cbor:"10,keyasint,omitempty"`
	Priority int        `cbor:"11,keyasint,omitempty"`
	Due      Time       `cbor:"12,keyasint,omitempty"`
	Created  Time       `cbor:"13,keyasint"`
	Ended    Time       `cbor:"14,keyasint,omitempty"`

	Zone       string  `cbor:"20,keyasint,omitempty"` // whose lines it has, or, handed on from zone to zone, where it is
	Pass       bool    `cbor:"21,keyasint,omitempty"` // it is handed on from zone to zone
	Walk       int64   `cbor:"22,keyasint,omitempty"` // from the depot and back, in hundredths of the layout's unit
	Odd        *Odd    `cbor:"24,keyasint,omitempty"` // what the last refused scan makes possible
	Zero       BinCode `cbor:"25,keyasint,omitempty"` // the bin of which was asked whether it is empty
	Unsure     *Unsure `cbor:"26,keyasint,omitempty"` // units in the hand whose lot is asked for
	WalkByName int64   `cbor:"23,keyasint,omitempty"` // the same bins in the order of their names
}

// CartSlot is a place on the cart: the order it is for and the tote that stands there.
type CartSlot struct {
	Slot  int        `cbor:"1,keyasint" json:"slot"`
	Order OrderID    `cbor:"2,keyasint" json:"order"`
	Tote  ToteCode   `cbor:"3,keyasint,omitempty" json:"tote,omitempty"`
	Off   bool       `cbor:"4,keyasint,omitempty" json:"off,omitempty"`  // its order was cancelled
	Full  []ToteCode `cbor:"5,keyasint,omitempty" json:"full,omitempty"` // totes of this slot that are full
}

// PickLine is one stop's take and the reservation behind it: Qty-Picked-Short units at From are promised.
type PickLine struct {
	N         int      `cbor:"1,keyasint"`
	Order     OrderID  `cbor:"2,keyasint"`
	OrderLine int      `cbor:"3,keyasint"`
	SKU       SKU      `cbor:"4,keyasint"`
	From      StockKey `cbor:"5,keyasint"`
	Qty       int64    `cbor:"6,keyasint"`
	Picked    int64    `cbor:"7,keyasint,omitempty"`
	Short     int64    `cbor:"8,keyasint,omitempty"`
	Slot      int      `cbor:"9,keyasint,omitempty"`
	Status    string   `cbor:"10,keyasint"`
	Why       string   `cbor:"11,keyasint,omitempty"`
	Rank      int      `cbor:"12,keyasint"`
	Placed    int64    `cbor:"13,keyasint,omitempty"` // units confirmed in their slot
	Reason    string   `cbor:"14,keyasint,omitempty"`
}

// The status words of a pick list and of its lines.
const (
	ListOpen      = "released"
	ListPicking   = "picking"
	ListPaused    = "paused"
	ListDone      = "done"
	ListCancelled = "cancelled"

	LineOpen      = "open"
	LineDone      = "picked"
	LineShort     = "short"
	LineCancelled = "cancelled"
)

var listLife = life{"pick list", []move{
	{ListOpen, "start", ListPicking},
	{ListPaused, "start", ListPicking},
	{ListPicking, "start", ListPicking}, // on another device
	{ListPicking, "leave", ListPaused},
	{ListPicking, "stage", ListDone},
	{ListOpen, "cancel", ListCancelled},
	{ListPaused, "cancel", ListCancelled},
	{ListPicking, "cancel", ListCancelled},
}}

// Undoable is a step that can be taken back for a while.
type Undoable struct {
	At     Time     `cbor:"1,keyasint"`
	What   string   `cbor:"2,keyasint"` // picked, tote, skipped, placed, short
	Line   int      `cbor:"3,keyasint,omitempty"`
	Qty    int64    `cbor:"4,keyasint,omitempty"`
	Key    StockKey `cbor:"5,keyasint,omitempty"`
	Slot   int      `cbor:"6,keyasint,omitempty"`
	Rank   int      `cbor:"7,keyasint,omitempty"`
	Parcel ParcelID `cbor:"8,keyasint,omitempty"`
	Heat   bool     `cbor:"9,keyasint,omitempty"`  // the pick counted for its bin
	Added  []int    `cbor:"10,keyasint,omitempty"` // short: the lines that came in its place
	To     Place    `cbor:"12,keyasint,omitempty"` // damaged: where the units went
	Short  int64    `cbor:"13,keyasint,omitempty"` // damaged: units that were sought elsewhere
	Doubt  bool     `cbor:"15,keyasint,omitempty"` // short: it put what is left there in doubt
	Cont   bool     `cbor:"14,keyasint,omitempty"` // it is one step with the one before: one scan for several lines
	Final  int64    `cbor:"11,keyasint,omitempty"` // short: units that were found nowhere else

	Condition string   `cbor:"190,keyasint,omitempty"` // received: of the units that came damaged
	SSCC      string   `cbor:"191,keyasint,omitempty"` // received: the pallet they came on
	Pallet    PalletID `cbor:"165,keyasint,omitempty"`

	Among []string `cbor:"192,keyasint,omitempty"` // picked, sorted, packed: other lots that the units may be of

	WeightG int64 `cbor:"16,keyasint,omitempty"` // picked, packed: what the units weigh, where their code said it

	Unit  *ParcelUnit  `cbor:"120,keyasint,omitempty"` // packed: as it lies in the parcel
	Units []ParcelUnit `cbor:"121,keyasint,omitempty"` // moved, nested: what went from one parcel into another
}

// UndoMS is how long a step can be taken back; later it is a task.
const UndoMS = 10 * MinuteMS

// UndoSteps is how many steps back are kept.
const UndoSteps = 20

func pushUndo(list []Undoable, u Undoable) []Undoable {
	if len(list) >= UndoSteps {
		list = append(list[:0:0], list[1:]...)
	}
	return append(list, u)
}

func (l *PickList) progress() (done, total int64) {
	for i := range l.Lines {
		if p := &l.Lines[i]; p.Status != LineCancelled {
			done += p.Picked + p.Short
			total += p.Qty
		}
	}
	return done, total
}

// line is the next open line in the order of the walk, or nil when nothing is left to pick.
func (l *PickList) line() *PickLine {
	var best *PickLine
	for i := range l.Lines {
		if p := &l.Lines[i]; p.Status == LineOpen && (best == nil || p.Rank < best.Rank) {
			best = p
		}
	}
	return best
}

// unplaced is the line whose units are in the hand: done, but not yet confirmed in their slot.
func (l *PickList) unplaced() *PickLine {
	if !l.slotted() {
		return nil
	}
	for i := range l.Lines {
		if p := &l.Lines[i]; p.Status != LineOpen && p.Status != LineCancelled && p.Placed < p.Picked {
			return p
		}
	}
	return nil
}

// slotted says whether units are confirmed slot by slot: only where there is more than one tote to err between.
func (l *PickList) slotted() bool {
	if l.shared() {
		return false
	}
	n := 0
	for _, t := range l.Totes {
		if !t.Off {
			n++
		}
	}
	return n > 1
}

// needsTote is the first slot without a tote, or nil.
func (l *PickList) needsTote() *CartSlot {
	for i := range l.Totes {
		if t := &l.Totes[i]; t.Tote == "" && !t.Off {
			return t
		}
	}
	return nil
}

func (l *PickList) slot(n int) *CartSlot { return &l.Totes[n-1] }

// PickListView is a pick list as the API shows it.
type PickListView struct {
	ID       PickListID     `json:"id"`
	Wave     WaveID         `json:"wave"`
	Status   string         `json:"status"`
	Method   string         `json:"method"`
	Worker   WorkerID       `json:"worker,omitempty"`
	Device   DeviceID       `json:"device,omitempty"`
	Lapsed   bool           `json:"lapsed,omitempty"`
	Until    string         `json:"lease_until,omitempty"`
	Orders   []OrderID      `json:"orders"`
	Totes    []CartSlot     `json:"totes"`
	Done     int64          `json:"done"`
	Total    int64          `json:"total"`
	Priority int            `json:"priority"`
	Lines    []PickLineView `json:"lines,omitempty"`

	Zone       string `json:"zone,omitempty"`
	Walk       int64  `json:"walk_hundredths"` // in hundredths of the layout's unit; 0 without a grid
	WalkByName int64  `json:"walk_by_name_hundredths"`
}

// PickLineView is a pick line as the API shows it.
type PickLineView struct {
	Line   int     `json:"line"`
	Order  OrderID `json:"order"`
	SKU    SKU     `json:"sku"`
	Name   string  `json:"name"`
	Bin    BinCode `json:"bin"`
	Lot    string  `json:"lot,omitempty"`
	Expiry string  `json:"expiry,omitempty"`
	Serial string  `json:"serial,omitempty"`
	Qty    int64   `json:"qty"`
	Picked int64   `json:"picked"`
	Short  int64   `json:"short"`
	Slot   int     `json:"slot"`
	Status string  `json:"status"`
	Reason string  `json:"reason,omitempty"`
	Why    string  `json:"why"`
}

// PickListView shows a pick list, with its lines where asked.
func (s *State) PickListView(l *PickList, lines bool) *PickListView {
	done, total := l.progress()
	v := &PickListView{ID: l.ID, Wave: l.Wave, Status: l.Status, Method: l.Method, Worker: l.Lease.Worker,
		Device: l.Lease.Device, Lapsed: l.Lease.Lapsed, Until: l.Lease.Until.String(), Orders: []OrderID{},
		Totes: append([]CartSlot{}, l.Totes...), Done: done, Total: total, Priority: l.Priority,
		Zone: l.Zone, Walk: l.Walk, WalkByName: l.WalkByName}
	for _, t := range l.Totes {
		v.Orders = append(v.Orders, t.Order)
	}
	if !lines {
		return v
	}
	for i := range l.Lines {
		p := &l.Lines[i]
		name := ""
		if it := s.Items[p.SKU]; it != nil {
			name = it.Name
		}
		v.Lines = append(v.Lines, PickLineView{p.N, p.Order, p.SKU, name, p.From.Place.Bin(), p.From.Lot, p.From.Expiry,
			p.From.Serial, p.Qty, p.Picked, p.Short, p.Slot, p.Status, p.Reason, p.Why})
	}
	return v
}

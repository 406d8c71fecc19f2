package floor

import "floorline/floor/rates"

// State is the warehouse in memory. Only Apply changes it. It is not safe for concurrent use: the store's
// Keeper owns it and lends it for reading.
type State struct {
	Seq  uint64 // of the last event applied
	Now  Time   // of the last event applied
	Site Site

	Items          map[SKU]*Item
	Bins           map[BinCode]*Bin
	Totes          map[ToteCode]*Tote
	Cartons        map[CartonCode]*Carton
	Services       map[string]*Service
	Channels       map[string]*Channel
	Orders         map[OrderID]*Order
	Waves          map[WaveID]*Wave
	PickLists      map[PickListID]*PickList
	Sortings       map[PickListID]*Sorting
	PutBacks       map[OrderID]*PuttingBack
	Packings       map[OrderID]*Packing
	Parcels        map[ParcelID]*Parcel
	Manifests      map[ManifestID]*Manifest
	Prints         map[PrintID]*Print
	Workers        map[WorkerID]*Worker
	Devices        map[DeviceID]*Device
	Credentials    map[string]*Credential
	Pairings       map[string]*Pairing
	Exceptions     map[ExceptionID]*Exception
	Imports        map[string]*Import
	Counters       map[string]*Counter
	Demand         map[SKU]*Demand
	PurchaseOrders map[PurchaseOrderID]*PurchaseOrder
	Receipts       map[ReceiptID]*Receipt
	Putaways       map[BinCode]*Putaway
	Counts         map[CountID]*Count
	Figures        map[string]*Figure
	Replenishes    map[ReplenishID]*Replenish
	Returns        map[ReturnID]*Return
	Adjustments    map[AdjustmentID]*AskedAdjustment
	Returners      map[string]*Returner // by the mark of a person
	stock          map[StockKey]*Stock
	Pallets        map[PalletID]*Pallet
	Learned        map[string]*LearnedWeight // what clean parcels taught, by item/SKU and carton/CODE
	Printers       map[PrinterCode]*Printer
	LinkKeys       map[string]*Links
	Carriers       map[string]*Carrier
	Purchases      map[string]*Purchase
	RateCards      map[string]*rates.Card  // by service and first day
	Ranges         map[string]*NumberRange // of allotted tracking numbers

	answers answers
	index   index
	dirty   map[RowKey]struct{}
	gone    []*Archived
}

// New is an empty warehouse.
func New() *State {
	s := &State{
		Items: map[SKU]*Item{}, Bins: map[BinCode]*Bin{}, Totes: map[ToteCode]*Tote{},
		Cartons: map[CartonCode]*Carton{}, Services: map[string]*Service{}, Channels: map[string]*Channel{},
		Orders: map[OrderID]*Order{}, Waves: map[WaveID]*Wave{}, PickLists: map[PickListID]*PickList{},
		Sortings: map[PickListID]*Sorting{}, PutBacks: map[OrderID]*PuttingBack{},
		Packings: map[OrderID]*Packing{}, Parcels: map[ParcelID]*Parcel{}, Manifests: map[ManifestID]*Manifest{}, Pallets: map[PalletID]*Pallet{},
		Prints: map[PrintID]*Print{}, Workers: map[WorkerID]*Worker{}, Devices: map[DeviceID]*Device{},
		Credentials: map[string]*Credential{}, Pairings: map[string]*Pairing{},
		Exceptions: map[ExceptionID]*Exception{}, Imports: map[string]*Import{},
		Counters: map[string]*Counter{}, Printers: map[PrinterCode]*Printer{}, Learned: map[string]*LearnedWeight{},
		LinkKeys: map[string]*Links{}, Carriers: map[string]*Carrier{}, Purchases: map[string]*Purchase{}, RateCards: map[string]*rates.Card{}, Ranges: map[string]*NumberRange{},
		Demand: map[SKU]*Demand{}, PurchaseOrders: map[PurchaseOrderID]*PurchaseOrder{}, Receipts: map[ReceiptID]*Receipt{},
		Putaways: map[BinCode]*Putaway{}, Counts: map[CountID]*Count{}, Figures: map[string]*Figure{}, Replenishes: map[ReplenishID]*Replenish{}, Returns: map[ReturnID]*Return{}, Adjustments: map[AdjustmentID]*AskedAdjustment{}, Returners: map[string]*Returner{}, stock: map[StockKey]*Stock{},
		dirty: map[RowKey]struct{}{},
	}
	s.Site = Site{Name: "Warehouse", GS1Prefix: "9521234", TimeZone: "UTC", Currency: "EUR", Units: "metric"}
	s.answers.init()
	s.index.init()
	return s
}

// Do decides one command. The events in the answer are applied already; the caller makes them durable
// before it tells anybody. The same command id gives the stored answer again, marked Replayed.
func (s *State) Do(c *Command) *Answer {
	if a := s.repeated(c); a != nil {
		return a
	}
	if a := s.outOfTurn(c); a != nil {
		return a
	}
	if d := s.Devices[c.Device]; d != nil && c.N != 0 && c.Worker == "" { // a device's frame is its worker's
		c.Worker, c.Roles = d.Worker, d.Roles
	}
	t := &turn{State: s, c: c}
	result, err := c.Verb.do(t)
	a := &Answer{Result: result}
	if v, ok := result.(*Verdict); ok {
		t.lateRefused(v)
		a.Verdict, a.Result = v, nil
		v.Next = s.nextFor(c.Device)
	}
	if err != nil {
		a.Err, a.Result = err, nil
	}
	if t.existing {
		a.Status = 200
	}
	if t.accepted {
		a.Status = 202
	}
	t.remember(a)
	a.Events, a.Seq = t.events, s.Seq
	return a
}

// Apply changes the state by one event that has happened. It never fails: what could fail was checked
// before the event was made.
func (s *State) Apply(e *Event) {
	s.Seq, s.Now = e.Seq, e.At
	e.Body.apply(s, e)
}

// turn is one command being decided: the state to read and the events made so far.
type turn struct {
	*State
	c        *Command
	events   []*Event
	existing bool // what was to be made was there already
	accepted bool // it was noted, and is not done yet
}

// emit makes an event and applies it at once, so that what follows in the same command sees it.
func (t *turn) emit(b Body) {
	e := &Event{Seq: t.Seq + 1, At: t.c.Now, Device: t.c.Device, Worker: t.c.Worker, Command: t.c.ID, Origin: t.c.origin(), Body: b}
	if t.authorised() {
		e.AuthorisedBy = t.c.AuthorisedBy
	}
	t.Apply(e)
	t.events = append(t.events, e)
}

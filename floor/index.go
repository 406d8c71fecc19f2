package floor

import "sort"

// index is what can be worked out from the records: never stored, rebuilt at start.
type index struct {
	barcodes    map[string]barcodeRef
	bins        map[string]BinCode // by printed code
	external    map[string]OrderID // by channel and the shop's number
	tracking    map[string]sorted[ParcelID]
	serials     map[string][]*Stock      // rows of single units, by their serial
	heldFor     map[SKU]*sorted[OrderID] // orders waiting for an item to exist
	byPlace     map[Place][]*Stock
	bySKU       map[SKU][]*Stock
	freeTotes   sorted[ToteCode]
	cartons     sorted[CartonCode]
	stages      sorted[BinCode]
	doors       sorted[BinCode] // bins of kind dock: trucks stand there, and goods come in
	quarantines sorted[BinCode]
	shelves     sorted[BinCode]             // pick bins
	walls       map[string]sorted[ToteCode] // the slots of each put wall
	freeSlots   sorted[ToteCode]
	sortings    sorted[PickListID]
	drawing     map[PickListID]int // benches that draw single units from a batch
	putBacks    sorted[OrderID]
	pace        map[paceKey]int64
	paceNow     int64
	actedAt     map[WorkerID]Time  // when each last scanned or tapped anything
	lists       sorted[PickListID] // not ended
	picked      sorted[OrderID]    // waiting for a bench
	packing     sorted[OrderID]
	toLoad      map[string]*sorted[ParcelID] // packed parcels, by carrier
	manifests   sorted[ManifestID]           // not closed
	pallets     sorted[PalletID]             // not departed
	palletBy    map[string]PalletID          // by SSCC
	voids       map[string]ParcelID          // numbers of labels that were replaced
	leased      map[string]Time              // what holds a lease, until when
	stopped     sorted[OrderID]              // held although packed: their parcels stay
	ending      sorted[OrderID]              // closed orders still in memory
	backorders  sorted[OrderID]              // waiting for stock
	keepers     sorted[OrderID]              // with stock set aside
	seenAt      map[WorkerID]Sighting        // where each worker was last
	bought      map[string]PurchaseOrderID   // by supplier and number
	inbound     map[string]PurchaseOrderID   // pallets that are to come, by SSCC
	palletsIn   map[string]ReceiptID         // pallets that came, by SSCC
	coming      sorted[PurchaseOrderID]      // purchases that are not ended
	receipts    sorted[ReceiptID]            // deliveries being taken in
	replenishes sorted[ReplenishID]          // not ended
	filling     map[SKU]ReplenishID          // the one of an item
	reserves    sorted[BinCode]              // reserve bins
	counts      sorted[CountID]              // to be counted
	counting    map[BinCode]CountID          // counts that are not ended
	returnBins  sorted[BinCode]              // where goods that came back stand
	returns     sorted[ReturnID]             // that are not ended
	untold      sorted[ReturnID]             // whose shop has not heard what they came to
	adjustments sorted[AdjustmentID]         // that wait for a second person
	adjusted    sorted[AdjustmentID]         // that had one
	blinds      sorted[ReturnID]             // that are ended, and of no order
	returnsOf   map[OrderID]sorted[ReturnID]
	sources     map[StockKey]source   // of lots and serials
	delivered   map[SKU][]string      // suppliers
	returners   sorted[string]        // marks of persons, by the day of their latest return
	links       map[string]OrderID    // by the digest of their customers' links
	returnsExt  map[string]ReturnID   // by what a shop calls them
	prints      sorted[PrintID]       // that wait or are being sent
	loose       sorted[PrintID]       // of no parcel
	underway    map[ParcelID]struct{} // left, and not arrived
	buys        sorted[string]        // purchases that the house still has to do something about
}

type barcodeRef struct {
	SKU SKU
	Qty int64
}

func (x *index) init() {
	*x = index{underway: map[ParcelID]struct{}{}, barcodes: map[string]barcodeRef{}, bins: map[string]BinCode{}, external: map[string]OrderID{},
		tracking: map[string]sorted[ParcelID]{}, drawing: map[PickListID]int{}, serials: map[string][]*Stock{}, heldFor: map[SKU]*sorted[OrderID]{}, byPlace: map[Place][]*Stock{},
		bySKU: map[SKU][]*Stock{}, toLoad: map[string]*sorted[ParcelID]{}, leased: map[string]Time{}, walls: map[string]sorted[ToteCode]{}, seenAt: map[WorkerID]Sighting{}, pace: map[paceKey]int64{}, actedAt: map[WorkerID]Time{},
		palletBy: map[string]PalletID{}, voids: map[string]ParcelID{}, bought: map[string]PurchaseOrderID{}, inbound: map[string]PurchaseOrderID{}, palletsIn: map[string]ReceiptID{}, counting: map[BinCode]CountID{}, filling: map[SKU]ReplenishID{},
		returnsOf: map[OrderID]sorted[ReturnID]{}, returnsExt: map[string]ReturnID{}, links: map[string]OrderID{}, sources: map[StockKey]source{}, delivered: map[SKU][]string{}}
}

// Rebuild works out the index from the records; the Keeper calls it after loading rows.
func (s *State) Rebuild() {
	x := &s.index
	x.init()
	s.rebuildHouse()
	s.rebuildWork()
	enter(s.Orders, x.addOrder)
	enter(s.Parcels, x.setParcel)
	enter(s.Manifests, x.setManifest)
	enter(s.PurchaseOrders, x.setPurchaseOrder)
	enter(s.Receipts, func(r *Receipt) { x.setReceipt(r); s.cameBy(r, "") })
	enter(s.Counts, x.setCount)
	enter(s.Replenishes, x.setReplenish)
	enter(s.Returns, x.setReturn)
	enter(s.Adjustments, x.setAdjustment)
	for mark, r := range s.Returners {
		x.returners.add(r.place(mark))
	}
	enter(s.Pallets, x.setPallet)
	for id, p := range s.Prints {
		x.prints.set(id, p.Status == PrintQueued || p.Status == PrintSending)
		x.loose.set(id, p.Parcel == "")
	}
	for id, pu := range s.Purchases {
		x.buys.set(id, pu.Open())
	}
}

// enter puts every record of a kind into the index.
func enter[K comparable, R any](all map[K]R, in func(R)) {
	for _, r := range all {
		in(r)
	}
}

// rebuildHouse enters what stands in the house: items, places, totes and stock.
func (s *State) rebuildHouse() {
	enter(s.Items, s.index.addItem)
	for _, b := range s.Bins {
		b.Label = BinLabel(b.Code)
		s.index.addBin(b)
	}
	for _, c := range s.Cartons {
		c.Label = CartonLabel(c.Code)
		s.index.cartons.add(c.Code)
	}
	for c, t := range s.Totes {
		if t.Wall != "" {
			s.index.addSlot(t)
		} else if t.Order == "" && t.List == "" {
			s.index.freeTotes.add(c)
		}
	}
	rows := make([]*Stock, 0, len(s.stock))
	for _, r := range s.stock {
		rows = append(rows, r)
	}
	sort.Slice(rows, func(i, j int) bool { return stockBefore(rows[i].Key, rows[j].Key) })
	for _, r := range rows {
		s.index.addStock(r)
	}
}

// rebuildWork enters the jobs between shelf and bench, and who holds them.
func (s *State) rebuildWork() {
	for _, l := range s.PickLists {
		s.index.setList(l)
		if l.At != "" && l.Lease.Worker != "" {
			s.index.seenAt[l.Lease.Worker] = Sighting{l.At, l.Lease.Until.plus(-LeaseMS)}
		}
	}
	for id, x := range s.Sortings {
		s.index.sortings.add(id)
		s.index.lease("sort/"+string(id), x.Lease)
	}
	for _, d := range s.Devices {
		if d.Singles != nil {
			s.index.drawing[d.Singles.List]++
		}
	}
	for id, x := range s.Packings {
		s.index.lease("pack/"+string(id), x.Lease)
	}
	for id, x := range s.PutBacks {
		s.index.putBacks.add(id)
		s.index.lease("putback/"+string(id), x.Lease)
	}
	for _, p := range s.Putaways {
		s.index.lease("putaway/"+string(p.Bin), p.Lease)
	}
}

func (x *index) addItem(it *Item) {
	for _, b := range it.Barcodes {
		x.barcodes[barcodeKey(b.Code)] = barcodeRef{it.SKU, b.Qty}
	}
}

func (x *index) dropItem(it *Item) {
	for _, b := range it.Barcodes {
		delete(x.barcodes, barcodeKey(b.Code))
	}
}

func (x *index) addBin(b *Bin) {
	x.bins[b.Label] = b.Code
	if b.BinKind == "stage" {
		x.stages.add(b.Code)
	}
	x.doors.set(b.Code, b.BinKind == "dock")
	x.quarantines.set(b.Code, b.BinKind == "quarantine")
	x.shelves.set(b.Code, b.BinKind == "pick")
	x.returnBins.set(b.Code, b.BinKind == "returns")
	x.reserves.set(b.Code, b.BinKind == "reserve")
}

func (x *index) dropBin(b *Bin) {
	delete(x.bins, b.Label)
	x.stages.drop(b.Code)
	x.doors.drop(b.Code)
	x.quarantines.drop(b.Code)
	x.shelves.drop(b.Code)
	x.returnBins.drop(b.Code)
	x.reserves.drop(b.Code)
}

func (x *index) addStock(r *Stock) {
	x.byPlace[r.Key.Place] = insertStock(x.byPlace[r.Key.Place], r)
	x.bySKU[r.Key.SKU] = insertStock(x.bySKU[r.Key.SKU], r)
	if r.Key.Serial != "" {
		x.serials[r.Key.Serial] = insertStock(x.serials[r.Key.Serial], r)
	}
}

func (x *index) dropStock(r *Stock) {
	if x.byPlace[r.Key.Place] = removeStock(x.byPlace[r.Key.Place], r); len(x.byPlace[r.Key.Place]) == 0 {
		delete(x.byPlace, r.Key.Place)
	}
	x.bySKU[r.Key.SKU] = removeStock(x.bySKU[r.Key.SKU], r)
	if x.serials[r.Key.Serial] = removeStock(x.serials[r.Key.Serial], r); len(x.serials[r.Key.Serial]) == 0 {
		delete(x.serials, r.Key.Serial)
	}
}

func externalKey(channel, id string) string { return channel + "\x1f" + id }

func (x *index) addOrder(o *Order) {
	x.external[externalKey(o.Channel, o.ExternalID)] = o.ID
	x.setLink(o)
	x.setOrder(o)
	if o.Status == OrderHeld && o.HoldReason == HoldUnknownItem {
		for _, l := range o.Lines {
			if l.Unknown {
				x.heldOn(l.SKU).add(o.ID)
			}
		}
	}
}

func (x *index) heldOn(sku SKU) *sorted[OrderID] {
	if x.heldFor[sku] == nil {
		x.heldFor[sku] = &sorted[OrderID]{}
	}
	return x.heldFor[sku]
}

func (x *index) setOrder(o *Order) {
	x.picked.set(o.ID, o.Status == OrderPicked)
	x.stopped.set(o.ID, o.Status == OrderHeld && len(o.Parcels) > 0)
	x.packing.set(o.ID, o.Status == OrderPacking)
	x.backorders.set(o.ID, o.Status == OrderReceived && o.Lacking || o.Status == OrderHeld && o.HoldReason == HoldShort)
	x.keepers.set(o.ID, len(o.Kept) > 0)
	x.ending.set(o.ID, o.Status == OrderDelivered || o.Status == OrderCancelled || o.Status == OrderDispatched)
}

func (x *index) setList(l *PickList) {
	x.lists.set(l.ID, l.Status != ListDone && l.Status != ListCancelled)
	x.lease("pick/"+string(l.ID), l.Lease)
}

func (x *index) setParcel(p *Parcel) {
	if p.Tracking != "" {
		x.track(p.Tracking, p.ID)
		x.track(p.SSCC, p.ID)
		x.track(p.Barcode, p.ID)
	}
	for _, number := range p.Void {
		x.voids[number] = p.ID
	}
	if x.toLoad[p.Carrier] == nil {
		x.toLoad[p.Carrier] = &sorted[ParcelID]{}
	}
	x.toLoad[p.Carrier].set(p.ID, p.Status == ParcelPacked)
	if oneOf(p.Status, []string{ParcelDispatched, ParcelTransit, ParcelException}) {
		x.underway[p.ID] = struct{}{}
	} else {
		delete(x.underway, p.ID)
	}
}

func (x *index) track(number string, id ParcelID) {
	if number == "" {
		return
	}
	list := x.tracking[number]
	list.add(id)
	x.tracking[number] = list
}

func (x *index) untrack(number string, id ParcelID) {
	list := x.tracking[number]
	if list.drop(id); len(list) == 0 {
		delete(x.tracking, number)
	} else {
		x.tracking[number] = list
	}
}

func (x *index) setManifest(m *Manifest) {
	x.manifests.set(m.ID, m.Status != ManifestClosed)
	x.lease("load/"+string(m.ID), m.Lease)
}

func (x *index) lease(what string, l Lease) {
	if l.Until == 0 {
		delete(x.leased, what)
	} else {
		x.leased[what] = l.Until
	}
}

// sorted is a small set in order.
type sorted[K ~string] []K

func (s *sorted[K]) find(k K) (int, bool) {
	i := sort.Search(len(*s), func(i int) bool { return (*s)[i] >= k })
	return i, i < len(*s) && (*s)[i] == k
}

func (s *sorted[K]) has(k K) bool { _, ok := s.find(k); return ok }

func (s *sorted[K]) add(k K) {
	i, ok := s.find(k)
	if ok {
		return
	}
	*s = append(*s, k)
	copy((*s)[i+1:], (*s)[i:])
	(*s)[i] = k
}

func (s *sorted[K]) drop(k K) {
	if i, ok := s.find(k); ok {
		*s = append((*s)[:i], (*s)[i+1:]...)
	}
}

func (s *sorted[K]) set(k K, in bool) {
	if in {
		s.add(k)
	} else {
		s.drop(k)
	}
}

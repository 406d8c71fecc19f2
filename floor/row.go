package floor

import (
	"sort"

	"floorline/floor/rates"
)

// Table names a kind of checkpoint row. Numbers are append-only.
type Table uint8

// The tables of checkpoint rows.
const (
	TableSite Table = iota + 1
	TableItem
	TableBin
	TableTote
	TableCarton
	TableService
	TableChannel
	TableStock
	TableOrder
	TableWave
	TablePickList
	TablePacking
	TableParcel
	TableManifest
	TablePrint
	TableWorker
	TableDevice
	TableCredential
	TablePairing
	TableException
	TableImport
	TableCounter
	TableSorting
	TablePutBack
	TablePrinter
)

// The tables of carriers.
const (
	TableRateCard Table = iota + 150
	TableRange
	TableCarrier
	TablePurchase
	TableLinks
)

// Tables from here on have numbers of their own, so that branches of work do not collide.
const (
	TableDemand Table = iota + 60
	TablePurchaseOrder
	TableReceipt
	TablePutaway
	TableCount
	TableFigure
	TableReplenish
)

// TableReturn has a number of its own, so that branches of work do not collide.
const TableReturn Table = 80

// TableReturner is of who sent goods back.
const TableReturner Table = 81

// RowKey names one checkpoint row.
type RowKey struct {
	Table Table
	ID    string
}

// touch marks a record as changed since the last cut.
func (s *State) touch(t Table, id string) { s.dirty[RowKey{t, id}] = struct{}{} }

// Dirty is how many records changed since the last Cut.
func (s *State) Dirty() int { return len(s.dirty) }

// Cut gives the keys of all records changed since the last cut, sorted, and begins a new one.
func (s *State) Cut() []RowKey {
	keys := make([]RowKey, 0, len(s.dirty))
	for k := range s.dirty {
		keys = append(keys, k)
	}
	sortKeys(keys)
	clear(s.dirty)
	return keys
}

// Keys gives the keys of all records there are, sorted.
func (s *State) Keys() []RowKey {
	var keys []RowKey
	for t, tab := range tables {
		for _, id := range tab.ids(s) {
			keys = append(keys, RowKey{t, id})
		}
	}
	sortKeys(keys)
	return keys
}

func sortKeys(keys []RowKey) {
	sort.Slice(keys, func(i, j int) bool {
		if keys[i].Table != keys[j].Table {
			return keys[i].Table < keys[j].Table
		}
		return keys[i].ID < keys[j].ID
	})
}

// Row gives a record as it is to be stored, or nil when it is no more. Encode it before the state moves on.
func (s *State) Row(k RowKey) any { return tables[k.Table].get(s, k.ID) }

// NewRow gives an empty record of a table to decode into; nil for a table this version does not know.
func NewRow(t Table) any {
	if tab, ok := tables[t]; ok {
		return tab.empty()
	}
	return nil
}

// PutRow loads a record at start. After the last one call Rebuild.
func (s *State) PutRow(k RowKey, row any) { tables[k.Table].put(s, k.ID, row) }

// RowPrivates gives the personal data inside a stored record, for the store to seal and open.
func RowPrivates(row any) []*Private {
	if p, ok := row.(Personal); ok {
		return p.Privates()
	}
	return nil
}

type table struct {
	ids   func(*State) []string
	get   func(*State, string) any
	put   func(*State, string, any)
	empty func() any
}

func rows[K ~string, R any](of func(*State) map[K]*R) table {
	return table{
		ids: func(s *State) []string {
			var out []string
			for id := range of(s) {
				out = append(out, string(id))
			}
			return out
		},
		get: func(s *State, id string) any {
			if r := of(s)[K(id)]; r != nil {
				return r
			}
			return nil
		},
		put:   func(s *State, id string, r any) { of(s)[K(id)] = r.(*R) },
		empty: func() any { return new(R) },
	}
}

var tables = map[Table]table{
	TableSite: {
		ids:   func(*State) []string { return []string{"site"} },
		get:   func(s *State, _ string) any { return &s.Site },
		put:   func(s *State, _ string, r any) { s.Site = *r.(*Site) },
		empty: func() any { return new(Site) },
	},
	TableStock: {
		ids: func(s *State) []string {
			var out []string
			for k := range s.stock {
				out = append(out, k.String())
			}
			return out
		},
		get: func(s *State, id string) any {
			if r := s.stock[stockKeyOf(id)]; r != nil {
				return r
			}
			return nil
		},
		put:   func(s *State, id string, r any) { s.stock[stockKeyOf(id)] = r.(*Stock) },
		empty: func() any { return new(Stock) },
	},
	TableItem:          rows(func(s *State) map[SKU]*Item { return s.Items }),
	TableBin:           rows(func(s *State) map[BinCode]*Bin { return s.Bins }),
	TableTote:          rows(func(s *State) map[ToteCode]*Tote { return s.Totes }),
	TableCarton:        rows(func(s *State) map[CartonCode]*Carton { return s.Cartons }),
	TableService:       rows(func(s *State) map[string]*Service { return s.Services }),
	TableChannel:       rows(func(s *State) map[string]*Channel { return s.Channels }),
	TableOrder:         rows(func(s *State) map[OrderID]*Order { return s.Orders }),
	TableWave:          rows(func(s *State) map[WaveID]*Wave { return s.Waves }),
	TablePickList:      rows(func(s *State) map[PickListID]*PickList { return s.PickLists }),
	TableSorting:       rows(func(s *State) map[PickListID]*Sorting { return s.Sortings }),
	TablePutBack:       rows(func(s *State) map[OrderID]*PuttingBack { return s.PutBacks }),
	TablePacking:       rows(func(s *State) map[OrderID]*Packing { return s.Packings }),
	TableParcel:        rows(func(s *State) map[ParcelID]*Parcel { return s.Parcels }),
	TableManifest:      rows(func(s *State) map[ManifestID]*Manifest { return s.Manifests }),
	TablePrint:         rows(func(s *State) map[PrintID]*Print { return s.Prints }),
	TableWorker:        rows(func(s *State) map[WorkerID]*Worker { return s.Workers }),
	TableDevice:        rows(func(s *State) map[DeviceID]*Device { return s.Devices }),
	TableCredential:    rows(func(s *State) map[string]*Credential { return s.Credentials }),
	TablePairing:       rows(func(s *State) map[string]*Pairing { return s.Pairings }),
	TableException:     rows(func(s *State) map[ExceptionID]*Exception { return s.Exceptions }),
	TableImport:        rows(func(s *State) map[string]*Import { return s.Imports }),
	TablePurchaseOrder: rows(func(s *State) map[PurchaseOrderID]*PurchaseOrder { return s.PurchaseOrders }),
	TableReceipt:       rows(func(s *State) map[ReceiptID]*Receipt { return s.Receipts }),
	TablePutaway:       rows(func(s *State) map[BinCode]*Putaway { return s.Putaways }),
	TableCount:         rows(func(s *State) map[CountID]*Count { return s.Counts }),
	TableFigure:        rows(func(s *State) map[string]*Figure { return s.Figures }),
	TableReplenish:     rows(func(s *State) map[ReplenishID]*Replenish { return s.Replenishes }),
	TableReturn:        rows(func(s *State) map[ReturnID]*Return { return s.Returns }),
	TableReturner:      rows(func(s *State) map[string]*Returner { return s.Returners }),
	TableDemand:        rows(func(s *State) map[SKU]*Demand { return s.Demand }),
	TableCounter:       rows(func(s *State) map[string]*Counter { return s.Counters }),
	TableLinks:         rows(func(s *State) map[string]*Links { return s.LinkKeys }),
	TableCarrier:       rows(func(s *State) map[string]*Carrier { return s.Carriers }),
	TablePurchase:      rows(func(s *State) map[string]*Purchase { return s.Purchases }),
	TableRateCard:      rows(func(s *State) map[string]*rates.Card { return s.RateCards }),
	TableRange:         rows(func(s *State) map[string]*NumberRange { return s.Ranges }),
	TablePrinter:       rows(func(s *State) map[PrinterCode]*Printer { return s.Printers }),
}

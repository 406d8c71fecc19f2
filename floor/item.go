package floor

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Item is a thing the warehouse keeps. A SKU names it; barcodes are how scanners see it.
type Item struct {
	SKU        SKU               `cbor:"1,keyasint" json:"sku"`
	Name       string            `cbor:"2,keyasint" json:"name"`
	Barcodes   []Barcode         `cbor:"3,keyasint,omitempty" json:"barcodes"`
	SizeMM     []int64           `cbor:"4,keyasint,omitempty" json:"size_mm"` // length, width, height
	WeightG    int64             `cbor:"5,keyasint,omitempty" json:"weight_g"`
	Tracking   string            `cbor:"6,keyasint,omitempty" json:"tracking"` // none, lot or serial
	Expiry     bool              `cbor:"7,keyasint,omitempty" json:"expiry"`
	CostCents  int64             `cbor:"8,keyasint,omitempty" json:"cost_cents"`
	PriceCents int64             `cbor:"9,keyasint,omitempty" json:"price_cents"`
	Category   string            `cbor:"10,keyasint,omitempty" json:"category"`
	Attributes map[string]string `cbor:"11,keyasint,omitempty" json:"attributes"`
	KeepFlat   bool              `cbor:"12,keyasint,omitempty" json:"keep_flat"`
	Hazard     string            `cbor:"13,keyasint,omitempty" json:"hazard"`
	Reorder    Reorder           `cbor:"14,keyasint,omitempty" json:"reorder"`
	Rev        uint64            `cbor:"15,keyasint,omitempty" json:"-"`
	Allocation Allocation        `cbor:"16,keyasint,omitempty" json:"allocation"`
	Face       Face              `cbor:"190,keyasint,omitempty" json:"face"`
	Customs    ItemCustoms       `cbor:"180,keyasint,omitempty" json:"customs"`
	Dangerous  Dangerous         `cbor:"181,keyasint,omitempty" json:"dangerous"`

	Verifying
	Instructions string `cbor:"123,keyasint,omitempty" json:"instructions,omitempty"` // to the packer, as a sentence
	Fragile      bool   `cbor:"124,keyasint,omitempty" json:"fragile,omitempty"`
}

// Barcode is one code of an item; scanning it counts as Qty units.
type Barcode struct {
	Code string `cbor:"1,keyasint" json:"code"`
	Qty  int64  `cbor:"2,keyasint" json:"qty"`
}

// Allocation is how stock of an item is chosen where several places hold it. What expires first always goes first.
type Allocation struct {
	StopDays   int64  `cbor:"1,keyasint,omitempty" json:"stop_days,omitempty"`   // with so many days left, or fewer, it is no longer sent
	WholePacks bool   `cbor:"2,keyasint,omitempty" json:"whole_packs,omitempty"` // packs, of the sizes its barcodes count, are taken whole before one is opened
	Prefer     string `cbor:"3,keyasint,omitempty" json:"prefer,omitempty"`      // among what expires alike: oldest ("" too), emptying or nearest
}

// What stock is preferred.
const (
	Oldest   = "oldest"   // what came first, pick bins before reserve
	Emptying = "emptying" // the bins with least, so that they become free
	Nearest  = "nearest"  // bins near where the walk goes anyway
)

// StopDaysLimit is the longest stop period: ten years.
const StopDaysLimit = 3650

// Reorder is when and how much to buy.
type Reorder struct {
	PointQty     int64 `cbor:"1,keyasint,omitempty" json:"point_qty,omitempty"`
	OrderQty     int64 `cbor:"2,keyasint,omitempty" json:"order_qty,omitempty"`
	LeadTimeDays int64 `cbor:"3,keyasint,omitempty" json:"lead_time_days,omitempty"`
}

// SaveItem creates or replaces an item. IfRev, where given, must be the revision now stored.
type SaveItem struct {
	Item  Item
	IfRev *uint64
}

func (v SaveItem) do(t *turn) (any, *Error) {
	it := v.Item
	if err := t.checkItem(&it); err != nil {
		return nil, err
	}
	var rev uint64
	reweighed := false
	if old := t.Items[it.SKU]; old != nil {
		rev, reweighed = old.Rev, old.WeightG != it.WeightG
	}
	if v.IfRev != nil && *v.IfRev != rev {
		return nil, refuse(Changed, "changed", "the item was changed by somebody else; read it again")
	}
	it.Rev = rev + 1
	t.emit(&ItemSaved{it})
	t.freeHeld(it.SKU)
	if reweighed {
		t.seenTo("item_weight", string(it.SKU), "its weight was corrected")
	}
	return t.Items[it.SKU], nil
}

func (s *State) checkItem(it *Item) *Error {
	var f faults
	checkCode(&f, "/sku", string(it.SKU))
	checkText(&f, "/name", it.Name, 1, NameLimit)
	defaultText(&it.Tracking, "none")
	if it.Tracking != "none" && it.Tracking != "lot" && it.Tracking != "serial" {
		f.add("/tracking", "bad_value", "tracking is none, lot or serial")
	}
	if n := len(it.SizeMM); n != 0 && n != 3 {
		f.add("/size_mm", "bad_value", "a size is three numbers: length, width, height")
	}
	for i, mm := range it.SizeMM {
		checkRange(&f, fmt.Sprintf("/size_mm/%d", i), mm, 0, SizeLimitMM)
	}
	checkRange(&f, "/weight_g", it.WeightG, 0, WeightLimitG)
	checkRange(&f, "/cost_cents", it.CostCents, 0, MoneyLimit)
	checkRange(&f, "/price_cents", it.PriceCents, 0, MoneyLimit)
	checkText(&f, "/category", it.Category, 0, NameLimit)
	checkText(&f, "/hazard", it.Hazard, 0, NameLimit)
	it.Verifying.check(&f)
	checkNote(&f, "/instructions", it.Instructions)
	checkRange(&f, "/reorder/point_qty", it.Reorder.PointQty, 0, QtyLimit)
	checkRange(&f, "/reorder/order_qty", it.Reorder.OrderQty, 0, QtyLimit)
	checkRange(&f, "/reorder/lead_time_days", it.Reorder.LeadTimeDays, 0, LeadTimeLimitDays)
	checkRange(&f, "/face/min_qty", it.Face.MinQty, 0, QtyLimit)
	checkRange(&f, "/face/max_qty", it.Face.MaxQty, it.Face.MinQty, QtyLimit)
	checkRange(&f, "/allocation/stop_days", it.Allocation.StopDays, 0, StopDaysLimit)
	if p := it.Allocation.Prefer; p != "" && !oneOf(p, []string{Oldest, Emptying, Nearest}) {
		f.add("/allocation/prefer", "bad_value", "oldest, emptying or nearest")
	}
	checkAttributes(&f, it.Attributes)
	checkCustoms(&f, "/customs", it.Customs)
	checkDangerous(&f, it.Dangerous)
	s.checkBarcodes(&f, it)
	return f.err()
}

func checkAttributes(f *faults, attributes map[string]string) {
	if len(attributes) > AttributeLimit {
		f.add("/attributes", "too_many", fmt.Sprintf("%d attributes; at most %d", len(attributes), AttributeLimit))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) { // faults come in the same order at each replay
		checkText(f, "/attributes", name, 1, CodeLimit)
		checkText(f, "/attributes/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), attributes[name], 0, NameLimit)
	}
}

func (s *State) checkBarcodes(f *faults, it *Item) {
	if len(it.Barcodes) > BarcodeLimit {
		f.add("/barcodes", "too_many", fmt.Sprintf("%d barcodes; at most %d", len(it.Barcodes), BarcodeLimit))
	}
	seen := map[string]bool{}
	for i := range it.Barcodes {
		b, at := &it.Barcodes[i], fmt.Sprintf("/barcodes/%d", i)
		if b.Qty == 0 {
			b.Qty = 1
		}
		checkRange(f, at+"/qty", b.Qty, 1, QtyLimit)
		checkCode(f, at+"/code", b.Code)
		key := barcodeKey(b.Code)
		if seen[key] {
			f.add(at+"/code", "twice", "stands twice on this item")
		}
		seen[key] = true
		if n := len(b.Code); (n == 12 || n == 13 || n == 14) && allDigits(b.Code) && !isGTIN(b.Code) {
			f.add(at+"/code", "check_digit", "the check digit is wrong; read it from the package again")
		}
		if other := s.index.barcodes[key]; other.SKU != "" && other.SKU != it.SKU {
			f.add(at+"/code", "barcode_taken", "belongs to "+string(other.SKU)+"; one barcode names one item")
		}
	}
}

// ItemSaved says what an item is now.
type ItemSaved struct {
	Item Item `cbor:"1,keyasint"`
}

var _ = kind(KindItemSaved, "item_saved", "stock", func() Body { return new(ItemSaved) })

func (*ItemSaved) Kind() Kind { return KindItemSaved }

func (b *ItemSaved) apply(s *State, _ *Event) {
	it := b.Item
	if old := s.Items[it.SKU]; old != nil {
		s.index.dropItem(old)
		if old.WeightG != it.WeightG {
			s.forgetWeight(itemWeight(it.SKU))
		}
	}
	s.Items[it.SKU] = &it
	s.index.addItem(&it)
	s.touch(TableItem, string(it.SKU))
}

// UnitCode is the code that a scanner reads off one unit: its single-unit barcode, else the SKU itself.
func (it *Item) UnitCode() string {
	for _, b := range it.Barcodes {
		if b.Qty == 1 {
			return b.Code
		}
	}
	return string(it.SKU)
}

// GTIN is that code in the fourteen digits that GS1 gives it, or "" where it is no GTIN.
func (it *Item) GTIN() string {
	if code := it.UnitCode(); isGTIN(code) {
		return barcodeKey(code)
	}
	return ""
}

func (it *Item) brief() *ItemBrief {
	return &ItemBrief{it.SKU, it.Name, it.WeightG, it.Hazard, it.Fragile, it.KeepFlat}
}

package floor

import (
	"slices"
	"strings"

	"floorline/floor/gs1"
)

// seen is what a scan can mean. A code may mean several things; the step takes the one that it expects.
type seen struct {
	raw, text string // as it came, and without the scanner's own marks
	bad       Code   // unreadable, misread or unknown, when it means nothing

	bin      *Bin
	tote     *Tote
	item     *Item
	qty      int64 // units that the item's code stands for
	lot      string
	expiry   string
	serial   string
	weightG  int64    // what all of them weigh, where the code says it
	told     bool     // a person said of which lot it is
	units    []*Stock // single units by their own serial, one for each item that has such a one
	order    *Order
	list     *PickList
	parcel   *Parcel
	manifest *Manifest
	pallet   *Pallet
	void     *Parcel // whose label this was, before it got another
	carton   *Carton
	purchase *PurchaseOrder
	ret      *Return
	inbound  PurchaseOrderID // of an announced pallet, by its SSCC
	came     *ReceivedPallet // a pallet that came in, by its SSCC
	command  string          // a printed command, such as "undo"
	number   int64           // a printed number card
	digits   string          // as it is printed: noughts before and all
	counted  bool            // a person's number, in place of scans
	lotTold  string          // a lot that nobody noted before, told at the bench
	caught   string          // and such a serial

	also []*seen // further items and parcels that the same code names just as well
}

// resolve works out what a scan means.
func (s *State) resolve(raw string) *seen {
	r := &seen{raw: raw}
	symbology, text := splitAIM(strings.Trim(raw, " \r\n\t"))
	r.text = text
	if text == "" || len(raw) > ScanLimit || strings.ContainsFunc(text, func(c rune) bool { return c != gs1.GS && unprintable(c) }) {
		r.bad = CodeUnreadable
		return r
	}
	s.resolveOwn(r)
	s.resolveItem(r, symbology)
	s.resolveUnit(r)
	if r.means() == 0 { // a house may have called a bin C-01 or an item N-2 long before we printed commands
		r.resolvePrinted()
	}
	if r.means() == 0 && strings.ContainsRune(text, ' ') { // typed as it is printed, in groups
		if closed := s.resolve(strings.ReplaceAll(text, " ", "")); closed.means() > 0 {
			closed.raw = raw
			return closed
		}
	}
	switch {
	case r.means() > 0:
		r.bad = ""
	case r.bad != "":
	case misread(text):
		r.bad = CodeMisread
	case s.glued(text):
		r.bad = CodeTwoCodes
	default:
		r.bad = CodeUnknown
	}
	return r
}

// splitAIM takes the scanner's symbology identifier off, such as "]C1" before a GS1-128.
func splitAIM(s string) (symbology, text string) {
	if len(s) > 3 && s[0] == ']' && s[1] >= 'A' && s[1] <= 'z' && s[2] >= '0' && s[2] <= '9' {
		return s[:3], s[3:]
	}
	return "", s
}

func (s *State) resolveOwn(r *seen) {
	r.bin = s.Bins[BinCode(r.text)]
	if code, ok := s.index.bins[r.text]; ok && r.bin == nil {
		r.bin = s.Bins[code]
	} else if ok { // a bin is called as another's label reads
		r.also = append(r.also, &seen{raw: r.raw, text: r.text, bin: s.Bins[code]})
	}
	r.tote = s.Totes[ToteCode(r.text)]
	r.order = s.Orders[OrderID(r.text)]
	r.list = s.PickLists[PickListID(r.text)]
	r.manifest = s.Manifests[ManifestID(r.text)]
	r.purchase = s.PurchaseOrders[PurchaseOrderID(r.text)]
	r.ret = s.Returns[ReturnID(r.text)]
	r.inbound = s.index.inbound[BareSSCC(r.text)]
	r.came, _ = s.ReceivedPallet(r.text)
	r.pallet = s.palletOf(r.text)
	for _, p := range s.parcelsBy(r.text) {
		if r.parcel == nil {
			r.parcel = p
		} else {
			r.also = append(r.also, &seen{raw: r.raw, text: r.text, parcel: p})
		}
	}
	if r.parcel == nil {
		r.void = s.voidOf(r.text)
	}
	if body, ok := checked(r.text); ok {
		if c, ok := strings.CutPrefix(body, "K-"); ok {
			r.carton = s.Cartons[CartonCode(c)]
		}
	}
}

// parcelsBy finds the parcels of an id, a tracking number or an SSCC, with or without the (00) before it. Two carriers
// may give the same number to two of them.
func (s *State) parcelsBy(code string) []*Parcel {
	ids := s.index.tracking[code]
	if sscc := BareSSCC(code); sscc != code {
		ids = append(ids[:len(ids):len(ids)], s.index.tracking[sscc]...)
	}
	var out []*Parcel
	if p := s.Parcels[ParcelID(code)]; p != nil {
		out = append(out, p)
	}
	for _, id := range ids {
		if p := s.Parcels[id]; p != nil && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// BareSSCC is a serial shipping container code without the (00) before it; any other code is as it is.
func BareSSCC(code string) string {
	if sscc, ok := strings.CutPrefix(strings.Replace(code, "(00)", "00", 1), "00"); ok && len(sscc) == 18 {
		return sscc
	}
	return code
}

// Parcel finds a parcel by id or tracking number; nil where a number is that of several.
func (s *State) Parcel(code string) *Parcel {
	if list := s.parcelsBy(code); len(list) == 1 {
		return list[0]
	}
	return nil
}

// ItemLabel is the code of an item that is never another's: for one whose package shows nothing of the kind.
func ItemLabel(sku SKU) string { return withCheck("I-" + string(sku)) }

func (s *State) resolveItem(r *seen, symbology string) {
	r.qty = 1
	for _, ref := range s.itemsBy(r.text) {
		r.addItem(&seen{raw: r.raw, text: r.text, item: s.Items[ref.SKU], qty: ref.Qty})
	}
	if !isGTIN(r.text) { // a bare number was looked up already
		code := gs1.Lenient(symbology + r.text)
		if symbology != "" && len(code.Elements) == 0 { // an element string printed without FNC1 is still one
			code = gs1.Lenient(r.text)
		}
		s.takeReading(r, code)
	}
}

// itemsBy gives the items that a code names as it stands: by a barcode, by the SKU, where that is a GTIN in any of its
// lengths, and by our own label. Each comes once, and a barcode says how many units it stands for.
func (s *State) itemsBy(code string) (out []barcodeRef) {
	add := func(sku SKU, qty int64) {
		if s.Items[sku] != nil && !slices.ContainsFunc(out, func(b barcodeRef) bool { return b.SKU == sku }) {
			out = append(out, barcodeRef{sku, qty})
		}
	}
	if ref, ok := s.index.barcodes[barcodeKey(code)]; ok {
		add(ref.SKU, ref.Qty)
	}
	add(SKU(code), 1)
	if isGTIN(code) {
		key := barcodeKey(code)
		for _, n := range []int{14, 13, 12, 8} {
			if strings.Trim(key[:14-n], "0") == "" {
				add(SKU(key[14-n:]), 1)
			}
		}
	}
	if strings.HasPrefix(code, "I-") {
		if body, ok := checked(code); ok {
			add(SKU(body[2:]), 1)
		}
	}
	return out
}

// addItem notes an item that a code names. What names the same item again may only say more of it, such as its lot.
func (r *seen) addItem(one *seen) {
	for _, have := range append([]*seen{r}, r.also...) {
		if have.item == one.item {
			have.lot, have.expiry, have.serial, have.weightG = one.lot, one.expiry, one.serial, one.weightG
			return
		}
	}
	if r.item != nil {
		r.also = append(r.also, one)
		return
	}
	r.item, r.qty, r.lot, r.expiry, r.serial, r.weightG = one.item, one.qty, one.lot, one.expiry, one.serial, one.weightG
}

// resolveUnit finds the units in the house that have a serial of this text, one for each item.
func (s *State) resolveUnit(r *seen) {
	for _, row := range s.index.serials[r.text] {
		if row.OnHand > 0 && !slices.ContainsFunc(r.units, func(u *Stock) bool { return u.Key.SKU == row.Key.SKU }) {
			r.units = append(r.units, row)
		}
	}
}

// takeReading takes what a GS1 code says. One identifier that nobody knows does not spoil the rest; a wrong
// check digit does, and a lot that may have swallowed what followed it is only taken where it lies in a bin.
func (s *State) takeReading(r *seen, code gs1.Reading) {
	for _, f := range code.Faults {
		if f.Code == gs1.CheckDigit {
			r.bad = CodeMisread
			return
		}
	}
	gtin := code.Value("01")
	if gtin == "" {
		gtin = code.Value("02")
	}
	if gtin == "" {
		return
	}
	for _, ref := range s.itemsBy(gtin) {
		one := &seen{raw: r.raw, text: r.text, item: s.Items[ref.SKU], qty: ref.Qty, lot: code.Value("10"), serial: code.Value("21")}
		if code.Doubt && !s.sureOf(one) {
			r.bad = CodeSeparator
			continue
		}
		one.expiry, _ = gs1.Date(code.Value("17"), atoi(s.Now.Day()[:4]))
		if n, ok := code.Count(); ok && n <= QtyLimit/max(one.qty, 1) {
			one.qty *= n
		}
		if g, ok := code.WeightG(); ok && g <= WeightLimitG {
			one.weightG = g
		}
		r.addItem(one)
	}
}

// sureOf is true of a lot or serial in doubt that lies in the house as it was read, where none lies there of which only
// the beginning was.
func (s *State) sureOf(one *seen) (sure bool) {
	for _, row := range s.StockOf(one.item.SKU) {
		k := row.Key
		if row.OnHand <= 0 {
			continue
		}
		if k.Lot != "" && k.Lot != one.lot && strings.HasPrefix(one.lot, k.Lot) || k.Serial != "" && k.Serial != one.serial && strings.HasPrefix(one.serial, k.Serial) {
			return false
		}
		sure = sure || one.lot != "" && k.Lot == one.lot || one.serial != "" && k.Serial == one.serial
	}
	return sure
}

// glued is true of two known codes in one scan: the scanner ends its codes with nothing, and two came at once.
func (s *State) glued(text string) bool {
	for i := 3; i <= len(text)-3 && len(text) <= CodeLimit; i++ {
		if s.knows(text[:i]) && s.knows(text[i:]) {
			return true
		}
	}
	return false
}

// knows is true of a code that means something as it stands.
func (s *State) knows(text string) bool {
	r := &seen{text: text}
	s.resolveOwn(r)
	r.resolvePrinted()
	_, barcode := s.index.barcodes[barcodeKey(text)]
	return barcode || r.means() > 0
}

// misread is true of a code that is nearly one of ours, or nearly a GTIN: the check character is wrong.
func misread(text string) bool {
	if n := len(text); (n == 8 || n == 12 || n == 13 || n == 14) && allDigits(text) {
		return !isGTIN(text)
	}
	for _, p := range []string{"B-", "T-", "S-", "PL-", "PA-", "P-", "O-", "M-", "K-", "W-", "D-", "PO-", "RT-"} {
		if strings.HasPrefix(text, p) && strings.Count(text, "-") >= 2 {
			_, ok := checked(text)
			return !ok
		}
	}
	return false
}

func (r *seen) means() int {
	n := 0
	for _, yes := range []bool{r.bin != nil, r.tote != nil, r.item != nil, r.order != nil, r.list != nil,
		r.parcel != nil, r.manifest != nil, r.pallet != nil, r.void != nil, r.carton != nil, r.purchase != nil, r.ret != nil, r.inbound != "", r.came != nil, len(r.units) > 0, r.command != "", r.digits != ""} {
		if yes {
			n++
		}
	}
	return n
}

// thing names what was scanned, for the verdict.
func (r *seen) thing() *Thing {
	code := clip(r.text)
	switch {
	case r.bin != nil:
		return &Thing{"bin", string(r.bin.Code), ""}
	case r.item != nil:
		return &Thing{"item", string(r.item.SKU), r.item.Name}
	case r.tote != nil:
		return &Thing{"tote", code, ""}
	case r.order != nil:
		return &Thing{"order", code, ""}
	case r.list != nil:
		return &Thing{"picklist", code, ""}
	case r.parcel != nil:
		return &Thing{"parcel", string(r.parcel.ID), r.parcel.Tracking}
	case r.manifest != nil:
		return &Thing{"manifest", code, ""}
	case r.pallet != nil:
		return &Thing{"pallet", string(r.pallet.ID), r.pallet.SSCC}
	case r.void != nil:
		return &Thing{"label", code, ""}
	case r.carton != nil:
		return &Thing{"carton", string(r.carton.Code), r.carton.Name}
	case r.purchase != nil:
		return &Thing{"purchase", code, r.purchase.External}
	case r.ret != nil:
		return &Thing{"return", code, ""}
	case r.inbound != "" || r.came != nil:
		return &Thing{"pallet", code, ""}
	case len(r.units) > 0:
		return &Thing{"serial", code, phrase("serial {serial} of {item}", code, string(r.units[0].Key.SKU))}
	case r.command != "":
		return &Thing{"command", code, ""}
	case r.digits != "":
		return &Thing{"number", code, ""}
	}
	return &Thing{"code", visible(code), ""}
}

// visible shows control characters, and those that nobody sees, instead of sending them on.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unprintable(r) || r == '\uFFFD' || r >= 0x200B && r <= 0x200F || r >= 0x2060 && r <= 0x2064 {
			return '\u00b7'
		}
		return r
	}, s)
}

// belongs says where a scanned thing belongs, so that a refusal helps.
func (s *State) belongs(r *seen) *Thing {
	switch {
	case r.tote != nil && r.tote.Order != "":
		return &Thing{"order", string(r.tote.Order), phrase("tote of order {order}", string(r.tote.Order))}
	case r.parcel != nil:
		return s.parcelBelongs(r.parcel)
	case r.pallet != nil:
		return s.palletBelongs(r.pallet)
	case r.void != nil:
		return s.parcelBelongs(r.void)
	case r.item != nil:
		for _, row := range s.StockOf(r.item.SKU) {
			if b := row.Key.Place.Bin(); b != "" && row.OnHand > 0 {
				return &Thing{"bin", string(b), phrase("kept in {bin}", string(b))}
			}
		}
	case r.bin != nil && r.bin.Zone != "":
		return &Thing{"zone", r.bin.Zone, phrase("zone {zone}", r.bin.Zone)}
	case r.order != nil:
		return &Thing{"order", string(r.order.ID), phrase("order is " + r.order.Status)}
	case len(r.units) > 0:
		if b := r.units[0].Key.Place.Bin(); b != "" {
			return &Thing{"bin", string(b), phrase("kept in {bin}", string(b))}
		}
	case r.bad == CodeUnknown:
		return s.hint(r.text)
	}
	return nil
}

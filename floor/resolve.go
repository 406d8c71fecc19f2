package floor

import (
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
	order    *Order
	list     *PickList
	parcel   *Parcel
	manifest *Manifest
	carton   *Carton
	command  string // a printed command, such as "undo"
	number   int64  // a printed number card
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
	if code, ok := s.index.bins[r.text]; ok {
		r.bin = s.Bins[code]
	} else {
		r.bin = s.Bins[BinCode(r.text)]
	}
	r.tote = s.Totes[ToteCode(r.text)]
	r.order = s.Orders[OrderID(r.text)]
	r.list = s.PickLists[PickListID(r.text)]
	r.manifest = s.Manifests[ManifestID(r.text)]
	r.parcel = s.parcelBy(r.text)
	if body, ok := checked(r.text); ok {
		if c, ok := strings.CutPrefix(body, "K-"); ok {
			r.carton = s.Cartons[CartonCode(c)]
		}
	}
	if r.bin != nil { // a house may have called a bin C-01 or N-2 long before we printed commands
		return
	}
	if c, ok := strings.CutPrefix(r.text, "C-"); ok && oneOf(strings.ToLower(c), commands) {
		r.command = strings.ToLower(c)
	}
	if n, ok := strings.CutPrefix(r.text, "N-"); ok && len(n) < 8 && allDigits(n) {
		r.number = int64(atoi(n))
	}
}

// commands are the actions that are printed as codes. The others need an argument that no code carries.
var commands = []string{"undo", "skip", "close", "finish", "leave", "full", "signout", "reprint"}

// parcelBy finds a parcel by its id, its tracking number or its SSCC, with or without the (00) before it.
func (s *State) parcelBy(code string) *Parcel {
	if p := s.Parcels[ParcelID(code)]; p != nil {
		return p
	}
	if id, ok := s.index.tracking[code]; ok {
		return s.Parcels[id]
	}
	sscc, ok := strings.CutPrefix(code, "(00)")
	if !ok {
		sscc, ok = strings.CutPrefix(code, "00")
	}
	if ok && len(sscc) == 18 {
		if id, ok := s.index.tracking[sscc]; ok {
			return s.Parcels[id]
		}
	}
	return nil
}

// Parcel finds a parcel by id or tracking number.
func (s *State) Parcel(code string) *Parcel { return s.parcelBy(code) }

func (s *State) resolveItem(r *seen, symbology string) {
	r.qty = 1
	if ref, ok := s.index.barcodes[barcodeKey(r.text)]; ok {
		r.item, r.qty = s.Items[ref.SKU], ref.Qty
		return
	}
	if it := s.Items[SKU(r.text)]; it != nil {
		r.item = it
		return
	}
	s.takeReading(r, gs1.Lenient(symbology+r.text))
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
	ref, ok := s.index.barcodes[barcodeKey(gtin)]
	if !ok || gtin == "" {
		return
	}
	lot, serial := code.Value("10"), code.Value("21")
	if code.Doubt && !s.keeps(ref.SKU, lot, serial) {
		r.bad = CodeSeparator
		return
	}
	r.item, r.qty, r.lot, r.serial = s.Items[ref.SKU], ref.Qty, lot, serial
	r.expiry, _ = gs1.Date(code.Value("17"), atoi(s.Now.Day()[:4]))
	if n, ok := code.Count(); ok && n <= QtyLimit/max(r.qty, 1) {
		r.qty *= n
	}
}

// keeps is true of a lot or serial that the warehouse holds of an item.
func (s *State) keeps(sku SKU, lot, serial string) bool {
	for _, row := range s.StockOf(sku) {
		if row.OnHand > 0 && (lot != "" && row.Key.Lot == lot || serial != "" && row.Key.Serial == serial) {
			return true
		}
	}
	return false
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
	_, barcode := s.index.barcodes[barcodeKey(text)]
	return barcode || r.means() > 0
}

// misread is true of a code that is nearly one of ours, or nearly a GTIN: the check character is wrong.
func misread(text string) bool {
	if n := len(text); (n == 8 || n == 12 || n == 13 || n == 14) && allDigits(text) {
		return !isGTIN(text)
	}
	for _, p := range []string{"B-", "T-", "S-", "PL-", "P-", "O-", "M-", "K-", "W-", "D-"} {
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
		r.parcel != nil, r.manifest != nil, r.carton != nil, r.command != "", r.number > 0} {
		if yes {
			n++
		}
	}
	return n
}

// thing names what was scanned, for the verdict.
func (r *seen) thing() *Thing {
	code := r.text
	if len(code) > CodeLimit {
		code = code[:CodeLimit]
	}
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
	case r.carton != nil:
		return &Thing{"carton", string(r.carton.Code), r.carton.Name}
	case r.command != "":
		return &Thing{"command", code, ""}
	case r.number > 0:
		return &Thing{"number", code, ""}
	}
	return &Thing{"code", visible(code), ""}
}

// visible shows control characters instead of sending them on.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unprintable(r) || r == '\uFFFD' {
			return '\u00b7'
		}
		return r
	}, s)
}

// belongs says where a scanned thing belongs, so that a refusal helps.
func (s *State) belongs(r *seen) *Thing {
	switch {
	case r.tote != nil && r.tote.Order != "":
		return &Thing{"order", string(r.tote.Order), "tote of order " + string(r.tote.Order)}
	case r.parcel != nil:
		return s.parcelBelongs(r.parcel)
	case r.item != nil:
		for _, row := range s.StockOf(r.item.SKU) {
			if b := row.Key.Place.Bin(); b != "" && row.OnHand > 0 {
				return &Thing{"bin", string(b), "kept in " + string(b)}
			}
		}
	case r.bin != nil && r.bin.Zone != "":
		return &Thing{"zone", r.bin.Zone, "zone " + r.bin.Zone}
	case r.order != nil:
		return &Thing{"order", string(r.order.ID), "order is " + r.order.Status}
	}
	return nil
}

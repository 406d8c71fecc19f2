package floor

import "unicode/utf8"

// Scanner is how the scanner of a device types, as its calibration learned it: three printed codes whose
// text is known, compared with what arrived. The screens undo with it what a wrong keyboard does to a code;
// the floor only keeps it, so that a lead sees it and new hardware under an old name has it at once.
type Scanner struct {
	Terminator string `cbor:"1,keyasint" json:"terminator"` // what ends a code: enter, tab or none
	Delivery   string `cbor:"2,keyasint" json:"delivery"`   // keys, or text into a field
	Decode     string `cbor:"3,keyasint" json:"decode"`     // key: the characters are right; position: keys by their place; map: From to To
	Layout     string `cbor:"4,keyasint,omitempty" json:"layout,omitempty"`
	From       string `cbor:"5,keyasint,omitempty" json:"from,omitempty"` // these characters arrive
	To         string `cbor:"6,keyasint,omitempty" json:"to,omitempty"`   // where these are meant, one for one
	Prefix     string `cbor:"7,keyasint,omitempty" json:"prefix,omitempty"`
	Suffix     string `cbor:"8,keyasint,omitempty" json:"suffix,omitempty"`
	AIM        bool   `cbor:"9,keyasint,omitempty" json:"aim"`
	Caps       bool   `cbor:"10,keyasint,omitempty" json:"caps"` // Caps Lock was on when it learned this
	GS         string `cbor:"11,keyasint,omitempty" json:"gs,omitempty"`
	GSLost     bool   `cbor:"12,keyasint,omitempty" json:"gs_lost"`
	GapMS      int64  `cbor:"13,keyasint,omitempty" json:"gap_ms"` // the longest wait between two characters
	Learned    Time   `cbor:"14,keyasint,omitempty" json:"-"`
	Drift      string `cbor:"15,keyasint,omitempty" json:"drift,omitempty"` // what changed since, in a word
}

// Limits of a scanner's profile. A map holds the printable signs of a keyboard, a gap is what the slowest
// setting of a scanner waits, and then some.
const (
	ScannerMapLimit   = 200
	ScannerAffixLimit = 20
	ScannerGapMaxMS   = 1000
)

var (
	scannerEnds    = []string{"enter", "tab", "none"}
	scannerWays    = []string{"keys", "text"}
	scannerDecodes = []string{"key", "position", "map"}
	scannerLayouts = []string{"", "us", "uk", "fr", "fr-mac", "de"}
)

// ScannerDrifts are what can contradict a profile.
var ScannerDrifts = []string{"terminator", "aim", "prefix", "keyboard", "caps"}

func (x *Scanner) check(f *faults) {
	word := func(pointer, s string, of []string, detail string) {
		if !oneOf(s, of) {
			f.add(pointer, "bad_value", detail)
		}
	}
	word("/terminator", x.Terminator, scannerEnds, "enter, tab or none")
	word("/delivery", x.Delivery, scannerWays, "keys or text")
	word("/decode", x.Decode, scannerDecodes, "key, position or map")
	word("/layout", x.Layout, scannerLayouts, "us, uk, fr or de")
	checkText(f, "/from", x.From, 0, ScannerMapLimit)
	checkText(f, "/to", x.To, 0, ScannerMapLimit)
	checkText(f, "/prefix", x.Prefix, 0, ScannerAffixLimit)
	checkText(f, "/suffix", x.Suffix, 0, ScannerAffixLimit)
	checkText(f, "/gs", x.GS, 0, ScannerAffixLimit)
	if utf8.RuneCountInString(x.From) != utf8.RuneCountInString(x.To) {
		f.add("/to", "bad_value", "has one character for each of from")
	}
	seen := map[rune]bool{}
	for _, r := range x.From {
		if seen[r] {
			f.add("/from", "bad_value", "holds "+string(r)+" twice")
		}
		seen[r] = true
	}
	if x.Decode == "map" && x.From == "" {
		f.add("/from", "required", "a map has characters")
	}
	if x.Decode == "position" && x.Layout == "" {
		f.add("/layout", "required", "a place on a keyboard is of a layout")
	}
	if x.GapMS < 0 || x.GapMS > ScannerGapMaxMS {
		f.add("/gap_ms", "bad_value", "from 0 to 1000")
	}
}

// SetScanner keeps what a calibration learned; nil forgets it.
type SetScanner struct {
	Device  DeviceID
	Scanner *Scanner
}

func (v SetScanner) do(t *turn) (any, *Error) {
	if t.Devices[v.Device] == nil {
		return nil, refuse(NotFound, "no_device", "no device "+string(v.Device))
	}
	b := &ScannerSet{Device: v.Device}
	if v.Scanner != nil {
		var f faults
		v.Scanner.check(&f)
		if err := f.err(); err != nil {
			return nil, err
		}
		x := *v.Scanner
		x.Learned, x.Drift = t.c.Now, ""
		b.Scanner = &x
	}
	t.emit(b)
	t.seenTo("scanner_drift", string(v.Device), "its scanner was set up anew")
	return t.DeviceView(t.Devices[v.Device]), nil
}

// ScannerSet says how a device's scanner types from now on.
type ScannerSet struct {
	Device  DeviceID `cbor:"1,keyasint"`
	Scanner *Scanner `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindScannerSet, "scanner_set", "workers", func() Body { return new(ScannerSet) })

func (*ScannerSet) Kind() Kind { return KindScannerSet }

func (b *ScannerSet) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	d.Scanner = nil
	if b.Scanner != nil {
		x := *b.Scanner
		d.Scanner = &x
	}
	s.touch(TableDevice, string(d.ID))
}

// driftSays is what each drift is to a lead.
var driftSays = map[string]string{
	"terminator": "it ends its codes otherwise",
	"aim":        "its AIM identifiers were switched",
	"prefix":     "its prefix is gone",
	"keyboard":   "it types on another keyboard",
	"caps":       "Caps Lock is on",
}

// DriftScanner says that a scanner contradicted its profile several times in a row; no drift, that it agrees
// with it again: Caps Lock was let go.
type DriftScanner struct {
	Device DeviceID
	Drift  string
}

func (v DriftScanner) do(t *turn) (any, *Error) {
	d := t.Devices[v.Device]
	switch {
	case d == nil:
		return nil, refuse(NotFound, "no_device", "no device "+string(v.Device))
	case d.Scanner == nil:
		return nil, refuse(Conflict, "not_calibrated", "the scanner of "+string(v.Device)+" was never calibrated")
	}
	var f faults
	if v.Drift != "" && !oneOf(v.Drift, ScannerDrifts) {
		f.add("/drift", "bad_value", "terminator, aim, prefix, keyboard or caps")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if d.Scanner.Drift != v.Drift {
		t.emit(&ScannerDrifted{v.Device, v.Drift})
		t.seenTo("scanner_drift", string(v.Device), "its scanner agrees again")
		if v.Drift != "" {
			t.raise("scanner_drift", string(v.Device), "the scanner of "+d.Name+" no longer types as it was set up ("+driftSays[v.Drift]+"): set it up anew from the device's menu", "device")
		}
	}
	return t.DeviceView(t.Devices[v.Device]), nil
}

// ScannerDrifted says a scanner no longer types as it was calibrated, or with no word that it does again.
type ScannerDrifted struct {
	Device DeviceID `cbor:"1,keyasint"`
	Drift  string   `cbor:"2,keyasint"`
}

var _ = kind(KindScannerDrifted, "scanner_drifted", "workers", func() Body { return new(ScannerDrifted) })

func (*ScannerDrifted) Kind() Kind { return KindScannerDrifted }

// apply makes a new profile of the old: who reads a view of the device must not see it change.
func (b *ScannerDrifted) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	x := *d.Scanner
	x.Drift = b.Drift
	d.Scanner = &x
	s.touch(TableDevice, string(d.ID))
}

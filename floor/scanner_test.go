package floor

import (
	"slices"
	"strings"
	"testing"
)

// A device keeps what its calibration learned, through a rename and new hardware; drift is told once, and a
// new calibration ends it.
func TestScannerStaysWithItsDevice(t *testing.T) {
	f := newShift(t)
	hand := f.device(1)
	learned := Scanner{Terminator: "tab", Delivery: "keys", Decode: "map", From: "à&", To: "01", Prefix: "~", AIM: true, GapMS: 40}
	f.must(SetScanner{hand, &learned})
	name := "Hand"
	f.must(ChangeDevice{ID: hand, Name: &name})
	f.must(MakePairing{Pairing{Digest: "again", Device: hand}})
	f.must(Pair{Code: "again", Token: "again"})
	got := f.s.DeviceView(f.s.Devices[hand]).Scanner
	if got == nil || got.From != "à&" || got.To != "01" || got.Learned == 0 || got.Drift != "" {
		t.Fatalf("%+v", got)
	}
	f.must(DriftScanner{hand, "terminator"})
	if got.Drift != "" {
		t.Error("a view that was given out changed")
	}
	before := f.s.Seq
	f.must(DriftScanner{hand, "terminator"})
	if f.s.Seq != before {
		t.Error("the same drift is told twice")
	}
	if d := f.s.Devices[hand].Scanner.Drift; d != "terminator" {
		t.Errorf("drift is %q", d)
	}
	f.must(SetScanner{hand, &learned})
	if d := f.s.Devices[hand].Scanner.Drift; d != "" {
		t.Errorf("calibrated, and still drifting: %q", d)
	}
	f.must(SetScanner{Device: hand})
	if f.s.Devices[hand].Scanner != nil {
		t.Error("it is not forgotten")
	}
}

// Everything that is wrong with a profile is said at once, and nothing of it is kept.
func TestScannerRefusals(t *testing.T) {
	f := newShift(t)
	hand := f.device(1)
	long := strings.Repeat("a", ScannerAffixLimit+1)
	bad := &Scanner{Terminator: "F8", Delivery: "mail", Decode: "guess", Layout: "dvorak", From: "aa", To: "b",
		Prefix: long, Suffix: "\x00", GS: long, GapMS: ScannerGapMaxMS + 1}
	for _, c := range []struct {
		verb Verb
		code string
		at   []string
	}{
		{SetScanner{"D-0099-X", &Scanner{}}, "no_device", nil},
		{SetScanner{hand, bad}, "", []string{"/terminator", "/delivery", "/decode", "/layout", "/prefix", "/suffix", "/gs", "/to", "/from", "/gap_ms"}},
		{SetScanner{hand, &Scanner{Terminator: "tab", Delivery: "keys", Decode: "map"}}, "", []string{"/from"}},
		{SetScanner{hand, &Scanner{Terminator: "tab", Delivery: "keys", Decode: "position"}}, "", []string{"/layout"}},
		{SetScanner{hand, &Scanner{Terminator: "tab", Delivery: "keys", Decode: "map", From: strings.Repeat("é", ScannerMapLimit+1), To: "b"}}, "", []string{"/from", "/to"}},
		{DriftScanner{"D-0099-X", "aim"}, "no_device", nil},
		{DriftScanner{hand, "aim"}, "not_calibrated", nil},
	} {
		a := f.do(&Command{Verb: c.verb})
		if a.Err == nil || len(a.Events) > 0 || c.code != "" && a.Err.Code != c.code {
			t.Errorf("%+v: %v, %d events", c.verb, a.Err, len(a.Events))
			continue
		}
		for _, at := range c.at {
			if !slices.ContainsFunc(a.Err.About, func(x Fault) bool { return x.Pointer == at }) {
				t.Errorf("%+v: nothing is said of %s: %v", c.verb, at, a.Err.About)
			}
		}
	}
	f.must(SetScanner{hand, &Scanner{Terminator: "none", Delivery: "text", Decode: "key"}})
	if a := f.do(&Command{Verb: DriftScanner{hand, "colour"}}); a.Err == nil {
		t.Error("a drift that nobody knows is taken")
	}
}

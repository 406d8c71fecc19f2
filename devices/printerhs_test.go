package devices

import (
	"strings"
	"testing"

	"floorline/floor"
)

const wellStatus = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

// Each flag of the three lines is a sentence of its own; the first thing to do comes first.
func TestHostStatus(t *testing.T) {
	t.Parallel()
	with := func(changes ...string) string {
		s := wellStatus
		for i := 0; i < len(changes); i += 2 {
			if !strings.Contains(s, changes[i]) {
				t.Fatalf("no %q", changes[i])
			}
			s = strings.Replace(s, changes[i], changes[i+1], 1)
		}
		return s
	}
	for _, c := range []struct {
		said, trouble string
		done          bool
	}{
		{wellStatus, "", true},
		{strings.TrimSuffix(wellStatus, "\r\n"), "", true},
		{with("030,0,0", "030,1,0"), floor.TroublePaper, true},
		{with("030,0,0", "030,0,1"), floor.TroublePaused, true},
		{with("030,0,0", "030,1,1"), floor.TroublePaper, true},
		{with("000,0,0,0,000,0,0,0", "000,1,0,0,000,0,0,0"), floor.TroubleFull, true},
		{with("000,0,0,0,000,0,0,0", "000,0,0,1,000,0,0,0"), "", false},
		{with("000,0,0,0,000,0,0,0", "000,0,0,0,000,1,0,0"), floor.TroubleHelp, true},
		{with("000,0,0,0,000,0,0,0", "000,0,0,0,000,0,1,0"), floor.TroubleCold, true},
		{with("000,0,0,0,000,0,0,0", "000,0,0,0,000,0,0,1"), floor.TroubleHot, true},
		{with("1245,000", "1245,003"), "", false},
		{with("001,0,0,0", "001,0,1,0"), floor.TroubleOpen, true},
		{with("001,0,0,0", "001,0,1,0", "030,0,0", "030,1,1"), floor.TroubleOpen, true},
		{with("001,0,0,0", "001,0,0,1"), floor.TroubleRibbon, true},
		{with("00000000", "00000012"), "", false},
		{with("6,0,0000", "6,1,0000"), "", true},
	} {
		s, err := parseHostStatus([]byte(c.said))
		if err != nil || s.trouble() != c.trouble || s.done() != c.done {
			t.Errorf("%q: %v %q %v, want %q %v", c.said, err, s.trouble(), s.done(), c.trouble, c.done)
		}
	}
	for _, bad := range []string{"", "ready", wellStatus[1:], with("030,", "30,"), with("030,0", "030,2"), with("1245", "12a5"), with("00000000", "000000000"),
		with("\x03\r\n\x02001", "\x03\x03\r\n\x02001"), wellStatus + "x", wellStatus + wellStatus, with("1234,0", "1234,0,0"), with(",1,000\x03", ",1\x03"),
		"\x02" + strings.Repeat("0,", 9000) + "\x03", with("030,0,0", "٠٣٠,0,0")} {
		if _, err := parseHostStatus([]byte(bad)); err == nil {
			t.Errorf("%.80q is taken for a status", bad)
		}
	}
}

// Whatever a printer says, it is a status with the right numbers in it, or none.
func FuzzHostStatus(f *testing.F) {
	f.Add([]byte(wellStatus))
	f.Add([]byte(strings.Replace(wellStatus, "00000000", "00000012", 1)))
	f.Add([]byte("\x02\x03\x02\x03\x02\x03"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parseHostStatus(b)
		if err != nil {
			return
		}
		if s.formats < 0 || s.formats > 999 || s.remaining < 0 || s.remaining > 99_999_999 {
			t.Fatalf("%q: %+v", b, s)
		}
		if n := strings.Count(string(b), ","); n != 11+10+1 {
			t.Fatalf("%q has %d commas and is a status", b, n)
		}
	})
}

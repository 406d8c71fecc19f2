package devices

import (
	"bytes"
	"errors"
	"strings"

	"floorline/floor"
)

// hostStatus is what a ZPL printer answers to ~HS: three lines of fixed fields. Source: ZPL II Programming
// Guide, "~HS Host Status Return".
type hostStatus struct {
	paperOut, paused, bufferFull, partial, corrupt bool
	cold, hot, headOpen, ribbonOut                 bool
	formats                                        int // waiting in its buffer
	remaining                                      int // labels of the batch still to print
}

var errHostStatus = errors.New("that is no host status")

// fields of the three lines: how many digits each has; 0 is one letter or digit.
var hostFields = [3][]int{
	{3, 1, 1, 4, 3, 1, 1, 1, 3, 1, 1, 1},
	{3, 1, 1, 1, 1, 0, 1, 1, 8, 1, 3},
	{4, 1},
}

// parseHostStatus reads the answer strictly: a wrong field would be paper that is out and nobody told.
func parseHostStatus(b []byte) (hostStatus, error) {
	var lines [3][]string
	for i := range lines {
		b = bytes.TrimPrefix(b, []byte("\r\n"))
		rest, ok := bytes.CutPrefix(b, []byte{0x02})
		text, after, closed := bytes.Cut(rest, []byte{0x03})
		if !ok || !closed || len(text) > 64 {
			return hostStatus{}, errHostStatus
		}
		lines[i], b = strings.Split(string(text), ","), after
		if !fieldsFit(lines[i], hostFields[i]) {
			return hostStatus{}, errHostStatus
		}
	}
	if rest := string(b); rest != "" && rest != "\r\n" {
		return hostStatus{}, errHostStatus
	}
	one, two := lines[0], lines[1]
	for _, flag := range []string{one[1], one[2], one[5], one[7], one[9], one[10], one[11], two[2], two[3]} {
		if flag != "0" && flag != "1" {
			return hostStatus{}, errHostStatus
		}
	}
	return hostStatus{paperOut: one[1] == "1", paused: one[2] == "1", formats: number(one[4]), bufferFull: one[5] == "1", partial: one[7] == "1",
		corrupt: one[9] == "1", cold: one[10] == "1", hot: one[11] == "1",
		headOpen: two[2] == "1", ribbonOut: two[3] == "1", remaining: number(two[8])}, nil
}

func fieldsFit(got []string, want []int) bool {
	if len(got) != len(want) {
		return false
	}
	for i, s := range got {
		if want[i] == 0 {
			if len(s) != 1 || !(s[0] >= '0' && s[0] <= '9' || s[0] >= 'A' && s[0] <= 'Z') {
				return false
			}
			continue
		}
		if len(s) != want[i] || strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
			return false
		}
	}
	return true
}

func number(digits string) (n int) {
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}

// trouble is the first thing that a person must see to. A printer that is out of paper says that it is paused
// too, so that comes late.
func (s hostStatus) trouble() string {
	switch {
	case s.headOpen:
		return floor.TroubleOpen
	case s.paperOut:
		return floor.TroublePaper
	case s.ribbonOut:
		return floor.TroubleRibbon
	case s.hot:
		return floor.TroubleHot
	case s.cold:
		return floor.TroubleCold
	case s.corrupt:
		return floor.TroubleHelp
	case s.paused:
		return floor.TroublePaused
	case s.bufferFull:
		return floor.TroubleFull
	}
	return ""
}

// done is true of a printer that has nothing left to print.
func (s hostStatus) done() bool { return s.formats == 0 && s.remaining == 0 && !s.partial }

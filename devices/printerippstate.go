package devices

import (
	"slices"
	"strings"

	"floorline/floor"
)

// printerStopped is the printer-state of one that does not go on by itself: RFC 8011, 5.4.11.
const printerStopped = 5

// ippReasons are the printer-state-reasons that stop a job, by what their name begins with, in the order in
// which they are said. Source: RFC 8011, 5.4.12, and PWG 5100.9.
var ippReasons = []struct{ begins, trouble string }{
	{"cover-open", floor.TroubleOpen}, {"door-open", floor.TroubleOpen}, {"interlock-open", floor.TroubleOpen}, {"input-tray-missing", floor.TroubleOpen},
	{"media-jam", floor.TroubleJam},
	{"media-empty", floor.TroublePaper}, {"media-needed", floor.TroublePaper},
	{"toner-empty", floor.TroubleToner}, {"marker-supply-empty", floor.TroubleToner}, {"developer-empty", floor.TroubleToner},
	{"marker-ribbon-empty", floor.TroubleRibbon},
	{"fuser-over-temp", floor.TroubleHot}, {"fuser-under-temp", floor.TroubleCold},
	{"connecting-to-device", floor.TroubleBusy}, {"timed-out", floor.TroubleUnreachable}, {"offline", floor.TroubleUnreachable},
	{"shutdown", floor.TroubleUnreachable}, {"spool-area-full", floor.TroubleFull},
	{"output-area-full", floor.TroubleHelp}, {"marker-waste-full", floor.TroubleHelp},
	{"paused", floor.TroublePaused}, {"moving-to-paused", floor.TroublePaused}, {"stopping", floor.TroublePaused},
}

// ippTrouble is why a printer cannot take a job now. What it merely reports or warns of does not stop it.
func ippTrouble(state int, reasons, accepting []string) string {
	for _, known := range ippReasons {
		if slices.ContainsFunc(reasons, func(r string) bool {
			return strings.HasPrefix(r, known.begins) && !strings.HasSuffix(r, "-report") && !strings.HasSuffix(r, "-warning")
		}) {
			return known.trouble
		}
	}
	switch {
	case state == printerStopped:
		return floor.TroubleHelp
	case len(accepting) == 1 && accepting[0] == "false":
		return floor.TroublePaused
	}
	return ""
}

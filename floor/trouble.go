package floor

// Troubles are why a job waits, failed or is not known to have come out. The stable word is kept; the
// sentence is made where it is read, in the reader's language.
const (
	TroubleUnreachable = "unreachable"
	TroublePaper       = "paper_out"
	TroubleRibbon      = "ribbon_out"
	TroubleOpen        = "head_open"
	TroublePaused      = "paused"
	TroubleFull        = "buffer_full"
	TroubleHot         = "too_hot"
	TroubleCold        = "too_cold"
	TroubleJam         = "jammed"
	TroubleToner       = "toner_out"
	TroubleHelp        = "needs_help"
	TroubleBusy        = "busy"
	TroubleLost        = "lost"
	TroubleStalled     = "stalled"
	TroubleStopped     = "stopped"
	TroubleGone        = "no_data"
	TroubleUndrawn     = "cannot_draw"
	TroubleAddress     = "not_allowed"
	TroubleRefused     = "refused"
	TroubleCancelled   = "cancelled_there"
)

// troubleWords say what is wrong at a printer and what to do about it.
func troubleWords(trouble, printer string) string {
	switch trouble {
	case TroubleUnreachable:
		return phrase("Printer {printer} cannot be reached: is it on, and is its cable in?", printer)
	case TroublePaper:
		return phrase("Paper is out at printer {printer}: put a new roll or stack in", printer)
	case TroubleRibbon:
		return phrase("Ribbon is out at printer {printer}: put a new one in", printer)
	case TroubleOpen:
		return phrase("Printer {printer} is open: close it", printer)
	case TroublePaused:
		return phrase("Printer {printer} is paused: press its pause key", printer)
	case TroubleFull:
		return phrase("Printer {printer} is full of work: it goes on by itself", printer)
	case TroubleHot:
		return phrase("Printer {printer} is too hot: it goes on when it has cooled", printer)
	case TroubleCold:
		return phrase("Printer {printer} is too cold: it goes on when it is warm", printer)
	case TroubleJam:
		return phrase("Paper is jammed in printer {printer}: take it out", printer)
	case TroubleToner:
		return phrase("Toner or ink is out at printer {printer}: put a new one in", printer)
	case TroubleHelp:
		return phrase("Printer {printer} needs help: see its display", printer)
	case TroubleBusy:
		return phrase("Printer {printer} is busy: it goes on by itself", printer)
	}
	return endWords(trouble, printer)
}

// endWords say how a job ended that did not end well.
func endWords(trouble, printer string) string {
	switch trouble {
	case TroubleLost:
		return phrase("Printer {printer} went away in the middle: scan the label if one came out, or print it again", printer)
	case TroubleStalled:
		return phrase("Printer {printer} says nothing of the label: scan the label if one came out, or print it again", printer)
	case TroubleStopped:
		return phrase("The server stopped while it was being sent: scan the label if one came out, or print it again")
	case TroubleGone:
		return phrase("There is nothing to print any more")
	case TroubleUndrawn:
		return phrase("It cannot be drawn for printer {printer}", printer)
	case TroubleAddress:
		return phrase("The address of printer {printer} is not allowed", printer)
	case TroubleRefused:
		return phrase("Printer {printer} does not take it", printer)
	case TroubleCancelled:
		return phrase("It was cancelled at printer {printer}", printer)
	}
	return ""
}

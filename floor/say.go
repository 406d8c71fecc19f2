package floor

import (
	"strconv"
	"strings"
)

// Say is the sentence of a verdict. Sentences live here, one file a language; code never reads them.
func Say(language string, v *Verdict) string {
	if s, ok := english[v.Code]; ok {
		return fill(s, v)
	}
	return string(v.Code)
}

// fill puts the things a verdict names into its sentence: {scanned}, {wanted}, {belongs}, {qty}.
func fill(s string, v *Verdict) string {
	out := make([]byte, 0, len(s)+32)
	for i := 0; i < len(s); i++ {
		if s[i] != '{' {
			out = append(out, s[i])
			continue
		}
		word, rest, _ := cutString(s[i+1:], "}")
		switch word {
		case "scanned":
			out = append(out, v.Scanned.words()...)
		case "wanted":
			out = append(out, v.Wanted.words()...)
		case "belongs":
			out = append(out, v.Belongs.words()...)
		case "qty":
			out = append(out, itoa(v.Qty)...)
		}
		i = len(s) - len(rest) - 1
	}
	return string(out)
}

// words is a thing as a person says it.
func (t *Thing) words() string {
	switch {
	case t == nil:
		return "this"
	case t.Text != "":
		return t.Text
	case t.Code != "":
		return t.Code
	}
	return t.Kind
}

func itoa(n int64) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

var english = map[Code]string{
	CodeSignedIn:    "Hello, {scanned}.",
	CodeSignedOut:   "Signed out.",
	CodePinNeeded:   "Now your PIN.",
	CodePinWrong:    "That badge or PIN is not right. Try again.",
	CodeLocked:      "Too many wrong tries on this device. Wait, or ask a lead.",
	CodeUnknownWho:  "That badge or PIN is not right. Try again.",
	CodeBadgeFirst:  "Scan your badge first.",
	CodeLeadNeeded:  "A lead scans a badge here.",
	CodeNotALead:    "That takes a lead who has a PIN.",
	CodeNotAsked:    "Nothing was changed.",
	CodeStarted:     "Go.",
	CodeResumed:     "Going on where it was left.",
	CodeLeft:        "Left. It can be gone on with on any device.",
	CodeNoWork:      "No such work just now.",
	CodeNoJob:       "Start a job first.",
	CodeNotYours:    "{belongs}. Ask a lead.",
	CodeJobMoved:    "{belongs}. Bring what you hold to a lead.",
	CodeNotAllowed:  "You have no role for that. {wanted}.",
	CodeInfo:        "{scanned}: {belongs}.",
	CodeToteTaken:   "Tote taken.",
	CodeToteBusy:    "That tote is in use: {belongs}. Take an empty one.",
	CodeBinOK:       "Right bin.",
	CodeWrongBin:    "Wrong bin. Go to {wanted}.",
	CodePicked:      "{qty} picked.",
	CodeLinePicked:  "All of it picked.",
	CodeWrongItem:   "Wrong item: {scanned}. Take {wanted}.",
	CodeWrongLot:    "Wrong lot: {scanned}. Take {wanted}.",
	CodeExpired:     "{scanned}. Leave it and short the line.",
	CodeExpiryOff:   "It says {scanned}, the books say {wanted}. Put it aside and tell a lead.",
	CodeOverPick:    "Too many: only {qty} more.",
	CodeQtyNotHere:  "Scan a unit first; then a number counts.",
	CodeBadQty:      "That number cannot be: {wanted}.",
	CodeSerialNext:  "Now its serial.",
	CodeSerialTwice: "That serial was scanned already.",
	CodeWrongSerial: "Serial {scanned} is not the one: {wanted}.",
	CodeSlotNext:    "Now put it in its slot and scan the tote.",
	CodeSlotLit:     "To {belongs}.",
	CodeNotInBatch:  "Not in this batch: {scanned}. Put it aside.",
	CodeOrderSorted: "In the slot, and its order is complete.",
	CodeSortDone:    "All sorted. The tote is free.",
	CodePassed:      "Handed on to zone {belongs}.",
	CodePlaced:      "In the slot.",
	CodeWrongSlot:   "Wrong slot. Put it in {wanted}.",
	CodeShort:       "{qty} noted as short.",
	CodeShortMore:   "{qty} short here; the rest is taken elsewhere.",
	CodeChanged:     "The shop changed {belongs} just now: go on, a lead looks at it.",
	CodeReplanned:   "Bin {belongs} came up short for somebody else: it is off your walk.",
	CodeAisleShut:   "Nobody can walk {belongs} just now: your walk goes round it.",
	CodeAisleOpen:   "The way is free again: {belongs}.",
	CodeBinNext:     "{qty} in the hand. Now the bin.",
	CodePutBack:     "Back in {scanned}.",
	CodePutBackDone: "All of it is back.",
	CodeToteFull:    "Leave it on the cart and take another tote.",
	CodeToteEmpty:   "Tote {scanned} is empty.",
	CodeSwapped:     "Now {belongs} is taken instead. Scan it.",
	CodeMisplaced:   "Noted. Leave it there: somebody will count {belongs}.",
	CodeDamaged:     "{qty} put aside: bring it to {belongs}. Take another.",
	CodeBinEmpty:    "{belongs} is empty, as it should be.",
	CodeBinNotEmpty: "Noted: somebody will count {belongs}.",
	CodeSkipped:     "Skipped. It comes again at the end.",
	CodeNothingSkip: "Nothing else to do first.",
	CodeUndone:      "Taken back.",
	CodeNoUndo:      "Nothing to take back.",
	CodeUndoLate:    "Too long ago to take back. A lead was told.",
	CodeStageNext:   "All picked. To the stage.",
	CodeListDone:    "Done. Well walked.",
	CodeCancelled:   "This order was cancelled: {belongs}.",
	CodeOpened:      "Open.",
	CodeNotReady:    "Not ready to pack: {belongs}.",
	CodeOtherOrder:  "That belongs elsewhere: {belongs}.",
	CodePackedElse:  "Being packed at {belongs}.",
	CodeVerified:    "Right.",
	CodeAllVerified: "All units verified. Take a carton.",
	CodeTooMany:     "One too many: {scanned}. Put it aside.",
	CodeNotInOrder:  "Not in this order: {scanned}. Put it aside; {belongs}.",
	CodeCartonOK:    "Carton noted.",
	CodeWeighed:     "Weighed.",
	CodeBadWeight:   "That weight cannot be: {wanted}.",
	CodeWeightOff:   "The weight is {qty} g off. Check what is in the parcel.",
	CodeScanLabel:   "Label made. Stick it on and scan it.",
	CodeProved:      "Label is right. On with the rest.",
	CodeOrderPacked: "Order packed.",
	CodeWrongLabel:  "Wrong label: {belongs}.",
	CodeEmptyParcel: "Nothing is in it yet.",
	CodeLoaded:      "On board.",
	CodeAllLoaded:   "All on board. Close the truck.",
	CodeWrongTruck:  "Wrong truck. It goes with {belongs}.",
	CodeUnlabelled:  "Its label was not scanned yet. Back to the bench: {belongs}.",
	CodeLoadedTwice: "Already {belongs}.",
	CodeGone:        "That has left: {belongs}.",
	CodeConfirm:     "Some are not on board. Close all the same?",
	CodeDeparted:    "Closed. Good journey.",
	CodeUnknown:     "Nobody knows the code {scanned}. Wanted: {wanted}.",
	CodeMisread:     "Misread: {scanned}. Scan it again.",
	CodeTwoCodes:    "Two codes came as one. Scan them one after the other.",
	CodeSeparator:   "The scanner drops the separator of this code: its lot cannot be told. Set it to send GS, or scan the lot alone.",
	CodeAmbiguous:   "That could be {belongs}. Scan {wanted}.",
	CodeWrongKind:   "That is {scanned}. Scan {wanted}.",
	CodeUnreadable:  "The scanner sent something unreadable. Scan again.",
	CodeNoAction:    "That cannot be done at this step. Wanted: {wanted}.",
	CodeBadArgs:     "Something is missing: {wanted}.",
	CodeAskFirst:    "Answer the question first.",
	CodeConflict:    "This scan's number was used for another scan. Scan again.",
	CodeDiskFull:    "The server's disk is nearly full. Work stops here until there is room; nothing is lost.",
	CodeBusy:        "The server is busy. Scan again in a moment.",
	CodeFault:       "That could not be decided, and it is our fault, not yours. Put it aside and call a lead; go on with the next.",
	CodeDamage:      "This device remembers more than the server: data was lost. Stop and call a lead.",

	CodeScansMissing: "Scans of this device are missing ({qty}): count {wanted}.",
	CodeCountRight:   "Noted. Go on.",
	CodeCountOff:     "Noted: a lead looks at it. Go on.",
}

// Sentence is a verdict code with its class and its English sentence.
type Sentence struct {
	Code  Code
	Class Class
	Say   string
}

// Sentences lists all verdicts, sorted by code.
func Sentences() []Sentence {
	var codes sorted[Code]
	for c := range english {
		codes.add(c)
	}
	out := make([]Sentence, len(codes))
	for i, c := range codes {
		out[i] = Sentence{c, ClassOf(c), english[c]}
	}
	return out
}

// many writes a count as people do: 1 order, 2 orders.
func many(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// inWords writes a code's words as people read them: wrong_item is a wrong item.
func inWords(code string) string { return strings.ReplaceAll(code, "_", " ") }

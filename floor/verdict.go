package floor

// Class is how a verdict sounds and looks: one of five.
type Class string

// The classes of verdict.
const (
	Accepted Class = "accepted"
	Note     Class = "note"
	Choose   Class = "choose"
	Refused  Class = "refused"
	Stop     Class = "stop"
)

// Code is a verdict's stable word. The list is closed; screens, sounds, KPIs and the audit hang on it.
type Code string

// The codes, by the working day.
const (
	CodeSignedIn    Code = "signed_in"
	CodeSignedOut   Code = "signed_out"
	CodePinNeeded   Code = "pin_needed"
	CodePinWrong    Code = "pin_wrong"
	CodeLocked      Code = "locked"
	CodeUnknownWho  Code = "unknown_badge"
	CodeBadgeFirst  Code = "badge_first"
	CodeLeadNeeded  Code = "lead_needed"
	CodeNotALead    Code = "not_a_lead"
	CodeNotAsked    Code = "override_dropped"
	CodeStarted     Code = "started"
	CodeResumed     Code = "resumed"
	CodeLeft        Code = "left"
	CodeNoWork      Code = "no_work"
	CodeNoJob       Code = "no_job"
	CodeNotYours    Code = "not_yours"
	CodeJobMoved    Code = "job_moved"
	CodeNotAllowed  Code = "not_allowed"
	CodeInfo        Code = "info"
	CodeToteTaken   Code = "tote_taken"
	CodeToteBusy    Code = "tote_in_use"
	CodeBinOK       Code = "bin_ok"
	CodeWrongBin    Code = "wrong_bin"
	CodePicked      Code = "picked"
	CodeLinePicked  Code = "line_picked"
	CodeWrongItem   Code = "wrong_item"
	CodeWrongLot    Code = "wrong_lot"
	CodeExpired     Code = "expired"
	CodeExpiryOff   Code = "expiry_differs"
	CodeOverPick    Code = "qty_exceeded"
	CodeQtyNotHere  Code = "qty_not_allowed"
	CodeBadQty      Code = "bad_qty"
	CodeSerialNext  Code = "scan_serial"
	CodeSerialTwice Code = "serial_twice"
	CodeWrongSerial Code = "wrong_serial"
	CodeSlotNext    Code = "scan_slot"
	CodeSlotLit     Code = "slot_lit"
	CodeNotInBatch  Code = "not_in_batch"
	CodeOrderSorted Code = "order_sorted"
	CodeSortDone    Code = "sort_done"
	CodePassed      Code = "passed_on"
	CodePlaced      Code = "placed"
	CodeWrongSlot   Code = "wrong_slot"
	CodeShort       Code = "shorted"
	CodeShortMore   Code = "shorted_elsewhere"
	CodeReplanned   Code = "replanned"
	CodeChanged     Code = "order_changed"
	CodeAisleShut   Code = "aisle_blocked"
	CodeAisleOpen   Code = "aisle_open"
	CodeBinNext     Code = "scan_bin"
	CodePutBack     Code = "put_back"
	CodePutBackDone Code = "put_back_done"
	CodeToteFull    Code = "tote_full"
	CodeToteEmpty   Code = "tote_empty"
	CodeSwapped     Code = "lot_swapped"
	CodeMisplaced   Code = "misplaced_noted"
	CodeDamaged     Code = "damaged_aside"
	CodeBinEmpty    Code = "bin_empty"
	CodeBinNotEmpty Code = "bin_not_empty"
	CodeSkipped     Code = "skipped"
	CodeNothingSkip Code = "nothing_to_skip"
	CodeUndone      Code = "undone"
	CodeNoUndo      Code = "nothing_to_undo"
	CodeUndoLate    Code = "undo_too_late"
	CodeStageNext   Code = "scan_stage"
	CodeListDone    Code = "list_done"
	CodeCancelled   Code = "order_cancelled"
	CodeOpened      Code = "opened"
	CodeNotReady    Code = "not_ready"
	CodeOtherOrder  Code = "other_order"
	CodePackedElse  Code = "packed_elsewhere"
	CodeVerified    Code = "verified"
	CodeAllVerified Code = "all_verified"
	CodeTooMany     Code = "too_many"
	CodeNotInOrder  Code = "not_in_order"
	CodeCartonOK    Code = "carton_ok"
	CodeWeighed     Code = "weighed"
	CodeBadWeight   Code = "bad_weight"
	CodeWeightOff   Code = "weight_differs"
	CodeScanLabel   Code = "scan_label"
	CodeProved      Code = "label_proved"
	CodeOrderPacked Code = "order_packed"
	CodeWrongLabel  Code = "wrong_label"
	CodeEmptyParcel Code = "parcel_empty"
	CodeLoaded      Code = "loaded"
	CodeAllLoaded   Code = "all_loaded"
	CodeWrongTruck  Code = "wrong_carrier"
	CodeUnlabelled  Code = "unlabelled"
	CodeLoadedTwice Code = "already_loaded"
	CodeGone        Code = "already_gone"
	CodeConfirm     Code = "confirm"
	CodeDeparted    Code = "departed"
	CodeUnknown     Code = "unknown_code"
	CodeMisread     Code = "misread"
	CodeTwoCodes    Code = "two_codes"
	CodeSeparator   Code = "lost_separator"
	CodeAmbiguous   Code = "ambiguous"
	CodeWrongKind   Code = "wrong_kind"
	CodeUnreadable  Code = "unreadable"
	CodeNoAction    Code = "no_such_action"
	CodeBadArgs     Code = "bad_args"
	CodeAskFirst    Code = "answer_first"
	CodeConflict    Code = "conflict"
	CodeDiskFull    Code = "disk_full"
	CodeBusy        Code = "busy"
	CodeDamage      Code = "device_ahead"
	CodeFault       Code = "fault"

	CodeReceived     Code = "received"
	CodeAwaited      Code = "received_awaited"
	CodeLotNext      Code = "scan_lot"
	CodeLinkItem     Code = "which_item"
	CodeLinked       Code = "barcode_linked"
	CodeNotBought    Code = "not_bought"
	CodeOverReceived Code = "more_than_ordered"
	CodeCounted      Code = "counted"
	CodeCountedTwice Code = "counted_already"
	CodeCountAgain   Code = "count_again"
	CodeCountMoved   Code = "bin_changed"
	CodeCountDone    Code = "count_done"
	CodeCountTold    Code = "count_told"
	CodeAlreadyIn    Code = "already_received"
	CodeReceiptDone  Code = "receipt_done"
	CodeNotHere      Code = "not_here"
	CodePutAway      Code = "put_away"
	CodePutAwayDone  Code = "put_away_done"
	CodeBinFull      Code = "bin_too_heavy"
	CodeWhyHere      Code = "why_here"
	CodeLabelling    Code = "labels_printing"
	CodePalletLabel  Code = "pallet_label_printing"
	CodeNoPrinter    Code = "no_printer"
	CodeHelp         Code = "help"
	CodeNoQuestion   Code = "no_question"
	CodeAsked        Code = "asked"
	CodeParcelNew    Code = "parcel_new"
	CodeParcelNow    Code = "parcel_now"
	CodeNoOther      Code = "no_other_parcel"
	CodeMoveNext     Code = "move_next"
	CodeMoved        Code = "moved"
	CodeNotInOther   Code = "not_in_other_parcel"
	CodeMerged       Code = "merged"
	CodeNested       Code = "nested"
	CodeReopened     Code = "reopened"
	CodeDamagedNext  Code = "damaged_next"
	CodeAside        Code = "put_aside"
	CodeEveryUnit    Code = "every_unit"
	CodeDigits       Code = "digits"
	CodeChecked      Code = "checked"
	CodeNotChecked   Code = "not_checked"
	CodeHandedOver   Code = "handed_over"
	CodeSingle       Code = "single_found"
	CodeServiceNot   Code = "service_refuses"
	CodeNoService    Code = "no_service"
	CodeBuying       Code = "label_buying"
	CodeLabelBought  Code = "label_bought"
	CodeLabelFailed  Code = "label_failed"

	CodeScansMissing Code = "scans_missing"
	CodeTypedWeight  Code = "weight_typed"
	CodeRecount      Code = "recount"
	CodeCountRight   Code = "count_right"
	CodeCountOff     Code = "count_differs"

	CodeReturned    Code = "unit_returned"
	CodeReturnExtra Code = "unit_not_announced"
	CodeReturnOdd   Code = "unit_odd"
	CodeNotSent     Code = "not_sent"
	CodeWhichReturn Code = "which_return"
	CodeAnswered    Code = "answered"
	CodeJudged      Code = "judged"
	CodeReturnDone  Code = "return_done"
	CodePrintWaits  Code = "print_waits"
	CodePrintLimit  Code = "print_limit"
	CodeRerouted    Code = "print_rerouted"
)

// Thing names what a scan was, what was wanted, or where something belongs.
type Thing struct {
	Kind string `json:"kind,omitempty" cbor:"1,keyasint,omitempty"`
	Code string `json:"code,omitempty" cbor:"2,keyasint,omitempty"`
	Text string `json:"text,omitempty" cbor:"3,keyasint,omitempty"`
}

// Verdict is the answer to one scan or action. A refusal says what was scanned, what was wanted and where
// the scanned thing belongs.
type Verdict struct {
	ID       string
	Code     Code
	Scanned  *Thing
	Wanted   *Thing
	Belongs  *Thing
	Qty      int64
	Next     *Next
	Override bool // a lead may set this refusal aside
	Replayed bool
}

func verdict(code Code) *Verdict { return &Verdict{Code: code} }

func (v *Verdict) scanned(t *Thing) *Verdict { v.Scanned = t; return v }
func (v *Verdict) wanted(t *Thing) *Verdict  { v.Wanted = t; return v }
func (v *Verdict) belongs(t *Thing) *Verdict { v.Belongs = t; return v }
func (v *Verdict) qty(n int64) *Verdict      { v.Qty = n; return v }

// badQty refuses a number of units that is none.
func badQty() *Verdict {
	return verdict(CodeBadQty).wanted(&Thing{"qty", "", phrase("a number from 1")})
}

// Class is the class of the verdict's code.
func (v *Verdict) Class() Class { return ClassOf(v.Code) }

// ClassOf gives the class of a code; an unknown code is refused.
func ClassOf(c Code) Class {
	if class, ok := classes[c]; ok {
		return class
	}
	return Refused
}

// classes lists every code that is not simply refused.
var classes = map[Code]Class{
	CodeSignedIn: Accepted, CodeSignedOut: Accepted, CodePinNeeded: Note, CodeLeadNeeded: Note, CodeNotAsked: Note, CodeStarted: Accepted,
	CodeResumed: Note, CodeLeft: Accepted, CodeInfo: Note, CodeNoWork: Note, CodeToteTaken: Accepted,
	CodeBinOK: Accepted, CodePicked: Accepted, CodeLinePicked: Accepted, CodeSerialNext: Accepted,
	CodeSlotNext: Accepted, CodePlaced: Accepted, CodeShort: Note, CodeShortMore: Note, CodeReplanned: Note,
	CodeBinNext: Accepted, CodePutBack: Accepted, CodePutBackDone: Accepted,
	CodeChanged: Note, CodeAisleShut: Note, CodeAisleOpen: Note, CodeToteFull: Accepted, CodeSwapped: Note, CodeMisplaced: Note, CodeDamaged: Note, CodeBinEmpty: Accepted, CodeBinNotEmpty: Note,
	CodeSkipped: Note,
	CodeUndone:  Note, CodeStageNext: Accepted, CodeListDone: Accepted, CodeOpened: Accepted,
	CodeVerified: Accepted, CodeAllVerified: Accepted, CodeCartonOK: Accepted, CodeWeighed: Accepted,
	CodeScanLabel: Accepted, CodeProved: Accepted, CodeOrderPacked: Accepted, CodeLoaded: Accepted,
	CodeAllLoaded: Accepted, CodeConfirm: Choose, CodeDeparted: Accepted, CodeAmbiguous: Choose,
	CodeReceived: Accepted, CodeAwaited: Note, CodeLinkItem: Choose, CodeLinked: Note, CodeReceiptDone: Accepted,
	CodeLabelling: Accepted, CodePalletLabel: Accepted,
	CodeCounted: Accepted, CodeCountAgain: Note, CodeCountMoved: Note, CodeCountDone: Accepted, CodeCountTold: Note,
	CodePutAway: Accepted, CodePutAwayDone: Accepted, CodeWhyHere: Choose,
	CodeReturned: Accepted, CodeReturnExtra: Note, CodeReturnOdd: Choose, CodeAnswered: Accepted, CodeJudged: Accepted, CodeReturnDone: Accepted,
	CodeBuying: Accepted, CodeLabelBought: Accepted, CodeLabelFailed: Refused,
	CodeScansMissing: Stop, CodeCountRight: Accepted, CodeCountOff: Note,
	CodeHelp: Note, CodeAsked: Choose, CodeParcelNew: Accepted, CodeParcelNow: Accepted, CodeMoveNext: Accepted, CodeMoved: Accepted,
	CodeMerged: Accepted, CodeNested: Accepted, CodeReopened: Note, CodeDamagedNext: Note, CodeAside: Note, CodeLotNext: Accepted,
	CodeDigits: Note, CodeChecked: Accepted, CodeNotChecked: Note, CodeHandedOver: Accepted, CodeSingle: Accepted,
	CodePassed: Accepted, CodeSlotLit: Accepted, CodeOrderSorted: Accepted, CodeSortDone: Accepted,
	CodeRecount:  Note,
	CodeDiskFull: Stop, CodePrintWaits: Note, CodeRerouted: Accepted, CodeLocked: Stop, CodeDamage: Stop, CodeCancelled: Stop, CodeWrongLabel: Refused,
}

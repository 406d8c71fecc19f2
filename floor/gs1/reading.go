package gs1

import "strings"

// GS is the separator after an element of variable length, as scanners transmit FNC1.
const GS = '\x1d'

// Element is one application identifier with its value.
type Element struct {
	AI    string `json:"ai"`
	Value string `json:"value"`
}

// Fault is one thing that is wrong with a code.
type Fault struct {
	Code   string `json:"code"`
	AI     string `json:"ai,omitempty"`
	Detail string `json:"detail"`
}

func (f *Fault) Error() string { return "gs1: " + f.Code + ": " + f.Detail }

// The codes of faults.
const (
	NotGS1        = "not_gs1"        // no element string, GTIN or Digital Link
	Empty         = "empty"          // nothing was scanned, or an identifier has no value
	UnknownAI     = "unknown_ai"     // the table does not have it
	TooShort      = "too_short"      // a value, or a code that was cut off
	TooLong       = "too_long"       // a value
	BadCharacter  = "bad_character"  // outside the identifier's set
	CheckDigit    = "check_digit"    // wrong: a misread
	BadDate       = "bad_date"       // no day of the calendar, or no time of the day
	BadValue      = "bad_value"      // any other rule of the identifier
	MissingAI     = "missing_ai"     // an identifier that must stand beside it does not
	ExcludedAI    = "excluded_ai"    // two that cannot stand beside one another
	RepeatedAI    = "repeated_ai"    // twice with different values
	BadLink       = "bad_link"       // an address that is no Digital Link
	BadSymbology  = "bad_symbology"  // the symbology cannot hold this
	LostSeparator = "lost_separator" // a separator is missing and there is more than one way to put it back
)

// Reading is what a raw scan holds.
type Reading struct {
	Symbology string    // AIM identifier such as "]C1"; "" where the scanner sends none
	Elements  []Element // in the order of the code; a bare GTIN is 01 with fourteen digits, a bare SSCC 00
	Text      string    // the plain data of a code that is not GS1's
	Link      bool      // it was a Digital Link
	// Doubt is set where a variable value could be two elements whose separator was lost: nothing in the code
	// says which. Value is then the longer reading.
	Doubt  bool
	Faults []*Fault // Lenient: what was left out, and rules that the whole breaks
}

// Value gives the value of an identifier, "" where the reading has none.
func (r *Reading) Value(ai string) string {
	for _, e := range r.Elements {
		if e.AI == ai {
			return e.Value
		}
	}
	return ""
}

// Read reads a raw scan strictly.
func Read(raw string) (Reading, *Fault) {
	r := read(raw, true)
	if len(r.Faults) > 0 {
		return r, r.Faults[0]
	}
	return r, nil
}

// Lenient reads a raw scan and keeps what is good of it.
func Lenient(raw string) Reading { return read(raw, false) }

// Parse splits an element string, "(01)0950...(10)LOT" or as transmitted, and checks each element by itself.
func Parse(s string) ([]Element, *Fault) {
	p := parser{strict: true}
	if strings.HasPrefix(s, "(") {
		p.bracketed(s)
	} else {
		p.elements(strings.TrimPrefix(s, string(GS)))
	}
	if len(p.faults) > 0 {
		return nil, p.faults[0]
	}
	return p.out, nil
}

func (r *Reading) fault(code, ai, detail string) {
	r.Faults = append(r.Faults, &Fault{code, ai, detail})
}

func read(raw string, strict bool) Reading {
	var r Reading
	text := raw
	if hasSymbology(raw) {
		r.Symbology, text = raw[:3], raw[3:]
	}
	p := parser{strict: strict}
	whole := true // judged as a whole message
	switch form := formOf(r.Symbology, text); form {
	case formElements:
		whole = r.Symbology != "" || text[0] != GS // an element string by itself may be one of several carriers
		p.elements(strings.TrimPrefix(text, string(GS)))
	case formBracketed:
		p.bracketed(text)
		whole = !lotAlone(p.out)
	case formNumber:
		p.number(r.Symbology, text)
	case formLink:
		r.Link = true
		p.link(text)
	case formText:
		r.Text = text
		return r
	default:
		r.Text = text
		r.fault(faultOf(form, text))
		return r
	}
	r.Elements, r.Faults, r.Doubt = p.out, p.faults, p.doubt
	if whole && (len(r.Faults) == 0 || !strict) {
		r.Faults = append(r.Faults, Rules(r.Elements)...)
	}
	return r
}

// lotAlone is true of a lot and its days printed by themselves, as beside the bar code that has the GTIN: they are part
// of a message, and the published vectors take them so.
func lotAlone(all []Element) bool {
	for _, e := range all {
		switch e.AI {
		case "10", "11", "12", "13", "15", "16", "17":
		default:
			return false
		}
	}
	return true
}

func faultOf(f form, text string) (code, ai, detail string) {
	switch {
	case text == "":
		return Empty, "", "the code holds nothing"
	case f == formWrong:
		return BadSymbology, "", "this symbology does not hold such data"
	}
	return NotGS1, "", "no element string, no GTIN, no Digital Link"
}

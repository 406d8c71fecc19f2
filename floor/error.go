package floor

import "strings"

// ErrorKind says what sort of refusal an Error is. The list is closed; devices turns it into a status.
type ErrorKind string

// The kinds of error.
const (
	Invalid   ErrorKind = "invalid"   // what was sent cannot be
	NotFound  ErrorKind = "not_found" // no such thing
	Conflict  ErrorKind = "conflict"  // the thing is in another state
	Forbidden ErrorKind = "forbidden" // this person may not
	Changed   ErrorKind = "changed"   // somebody else edited it since
	Full      ErrorKind = "full"      // a named maximum is reached
	Stopped   ErrorKind = "stopped"   // the floor has stopped taking work
)

// Error is a refusal of an API verb. It lists everything that is wrong, not the first thing.
type Error struct {
	Kind  ErrorKind
	Code  string // a stable word
	Say   string // what is wrong and what to do
	About []Fault
}

// Fault is one thing wrong, at a place in what was sent.
type Fault struct {
	Pointer string `json:"pointer,omitempty" cbor:"1,keyasint,omitempty"` // JSON pointer
	Code    string `json:"code" cbor:"2,keyasint"`
	Detail  string `json:"detail" cbor:"3,keyasint,omitempty"`
}

func (e *Error) Error() string {
	if len(e.About) == 0 {
		return e.Say
	}
	parts := make([]string, len(e.About))
	for i, f := range e.About {
		parts[i] = strings.TrimSpace(f.Pointer + " " + f.Detail)
	}
	return e.Say + ": " + strings.Join(parts, "; ")
}

func refuse(kind ErrorKind, code, say string) *Error { return &Error{Kind: kind, Code: code, Say: say} }

// faults collects what is wrong while a verb checks its input.
type faults []Fault

func (f *faults) add(pointer, code, detail string) {
	*f = append(*f, Fault{pointer, code, detail})
}

func (f faults) err() *Error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: f[0].Code, Say: "not accepted", About: f}
}

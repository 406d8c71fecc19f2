package devices

import (
	"encoding/json"
	"fmt"
	"strings"

	"floorline/floor"
)

// Limits of a signature: strokes, points in all, and the size of the field that it was drawn in.
const (
	StrokeLimit    = 200
	PointLimit     = 5000
	signatureField = 4000
)

// signatureBody is what the driver drew: strokes of points, in the units of the field.
type signatureBody struct {
	Name    string     `json:"name"`
	Width   int        `json:"width"`
	Height  int        `json:"height"`
	Strokes [][][2]int `json:"strokes"`
}

// drawn is what is kept of it in the file; the name lies sealed in the journal.
type drawn struct {
	Width   int        `json:"width"`
	Height  int        `json:"height"`
	Strokes [][][2]int `json:"strokes"`
}

// check finds what is no signature.
func (b *signatureBody) check() *floor.Error {
	var about []floor.Fault
	add := func(pointer, code, detail string) {
		about = append(about, floor.Fault{Pointer: pointer, Code: code, Detail: detail})
	}
	if b.Width < 10 || b.Width > signatureField || b.Height < 10 || b.Height > signatureField {
		add("", "out_of_range", "the field is 10 to 4000 wide and high")
	}
	points := 0
	for i, s := range b.Strokes {
		points += len(s)
		for _, p := range s {
			if p[0] < 0 || p[0] > b.Width || p[1] < 0 || p[1] > b.Height {
				add(fmt.Sprintf("/strokes/%d", i), "out_of_range", "a point lies outside of the field")
				break
			}
		}
		if len(about) > 10 {
			break
		}
	}
	if points < 4 {
		add("/strokes", "required", "nothing is drawn: sign again")
	}
	if len(b.Strokes) > StrokeLimit || points > PointLimit {
		add("/strokes", "too_many", "at most 200 strokes and 5000 points")
	}
	if len(about) > 0 {
		return &floor.Error{Kind: floor.Invalid, Code: about[0].Code, Say: "not accepted", About: about}
	}
	return nil
}

func (b *signatureBody) bytes() ([]byte, error) {
	return json.Marshal(drawn{b.Width, b.Height, b.Strokes})
}

// svg draws a signature as a picture.
func (d drawn) svg() []byte {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><g fill="none" stroke="#111" stroke-width="%d" stroke-linecap="round" stroke-linejoin="round">`,
		d.Width, d.Height, max(d.Width/120, 2))
	for _, s := range d.Strokes {
		for i, p := range s {
			if i == 0 {
				fmt.Fprintf(&out, `<path d="M%d %d`, p[0], p[1])
			}
			fmt.Fprintf(&out, "L%d %d", p[0], p[1])
		}
		if len(s) > 0 {
			out.WriteString(`"/>`)
		}
	}
	out.WriteString("</g></svg>")
	return []byte(out.String())
}

package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A return that could not find its way back is refused, by the field's name.
func TestReturnRefusals(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*Return)
		size  Size
		want  string
	}{
		{"no code", func(d *Return) { d.Code = "" }, Size4x6, "code is missing"},
		{"nowhere to go", func(d *Return) { d.Receiver = Address{} }, Size4x6, "receiver.country is missing"},
		{"a reason without words", func(d *Return) { d.Reasons[2].Text = "" }, Size4x6, "reasons[2].text is missing"},
		{"thirteen reasons", func(d *Return) { d.Reasons = make([]ReturnReason, 13) }, Size4x6, "reasons has 13 entries"},
		{"no room", func(d *Return) {
			d.Tracking, d.Reasons = "FL000000001236", slices.Repeat(d.Reasons, 2)
		}, "100x140", "no room for 12 reasons"},
		{"a small roll", func(d *Return) {}, Size62x29, "a return label needs"},
	} {
		d := exampleReturn()
		c.spoil(&d)
		if _, err := d.PDF(c.size, 203); !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.want)
		}
	}
}

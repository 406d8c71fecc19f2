package main

import (
	"strings"
	"testing"
)

// One number a line goes in, one answer a line comes out, whatever the line is.
func TestTrackCommand(t *testing.T) {
	var out, errs strings.Builder
	in := "1Z 5R89 3903 5756 7127\nRB123456786US\nhello\n" + strings.Repeat("9", lineLimit+1) + "\n"
	if code := track(nil, strings.NewReader(in), &out, &errs); code != 0 {
		t.Fatalf("%d: %s", code, &errs)
	}
	want := `{"valid":true,"courier":"ups","service":"Ground","format":"UPS"}
{"valid":false,"code":"wrong_check_digit","detail":"it looks like S10, but its check digit is wrong: read it again"}
{"valid":false,"code":"unknown_format","detail":"no courier known here gives out numbers of this shape"}
{"valid":false,"code":"unknown_format","detail":"no courier known here gives out numbers of this shape"}
`
	if out.String() != want {
		t.Errorf("answered\n%swanted\n%s", &out, want)
	}
	if code := track([]string{"1Z"}, strings.NewReader(""), &out, &errs); code != 2 {
		t.Errorf("an argument is misuse, not %d", code)
	}
}

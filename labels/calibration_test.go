package labels

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A scanner reads from the sheet what the screens expect, to the character: the group separator as such.
func TestCalibrationSaysWhatTheScreensExpect(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg")
	pdf, err := ExampleCalibration().PDF(SizeA4, 300)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"CODE-128 " + CalibrationCodes[0], "CODE-128 GS1 " + CalibrationCodes[1], "CODE-128 " + CalibrationCodes[2]}
	if got := scan(t, raster(t, pdf, 300, "-mono")); !slices.Equal(got, want) {
		t.Errorf("scanned %q, want %q", got, want)
	}
	source, err := os.ReadFile("../static/src/job/calibrate.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range CalibrationCodes {
		for _, part := range strings.Split(code, groupSeparator) {
			if joined := strings.ReplaceAll(string(source), `" + "`, ""); !strings.Contains(joined, `"`+part+`"`) {
				t.Errorf("the screens do not expect %q", part)
			}
		}
	}
}

// The screens draw the bars of the sheet, bar for bar, so that they are scanned off a screen like off paper.
func TestCalibrationOnScreenIsTheSheet(t *testing.T) {
	source, err := os.ReadFile("../static/src/job/bars.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range CalibrationCodes {
		kind := code128Bars
		if strings.Contains(code, groupSeparator) {
			kind = gs1Bars
		}
		s, err := encode("code", kind, code)
		if err != nil {
			t.Fatal(err)
		}
		if widths := widthsOf(s.rows[0]); !strings.Contains(string(source), `"`+widths+`"`) {
			t.Errorf("the screens do not draw %q as %s", code, widths)
		}
	}
}

// widthsOf writes bars and spaces by their widths in modules, a bar first.
func widthsOf(row []bool) string {
	var out strings.Builder
	for from, i := 0, 1; i <= len(row); i++ {
		if i == len(row) || row[i] != row[from] {
			out.WriteByte(byte('0' + i - from))
			from = i
		}
	}
	return out.String()
}

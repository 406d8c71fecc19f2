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

package labels

import (
	"strings"
	"testing"
)

// A printer's trial scans on every paper that printers have, and its ZPL says the same.
func TestTrial(t *testing.T) {
	tools(t, "pdftoppm", "zbarimg")
	d := Trial{Printer: "Zebra at bench 1", Address: "ipp://192.168.1.60:631/ipp/print", Job: "J-000123-4"}
	for _, size := range []Size{Size4x6, SizeA6, Size100x150, SizeA4, SizeA5, Size62x29, Size100x50} {
		for _, dpi := range []int{203, 300, 600} {
			b, err := d.PDF(size, dpi)
			if err != nil {
				t.Errorf("%s at %d dpi: %v", size, dpi, err)
				continue
			}
			if dpi == 600 {
				continue
			}
			if got := strings.Join(scan(t, raster(t, b, dpi, "-gray")), " "); !strings.Contains(got, d.Job) {
				t.Errorf("%s at %d dpi scans %q", size, dpi, got)
			}
		}
	}
	z, err := d.ZPL(Size4x6, 203)
	if err != nil || !strings.Contains(string(z), d.Job) {
		t.Errorf("%v %.200s", err, z)
	}
	if _, err := (Trial{Printer: "x"}).PDF(Size4x6, 203); err == nil {
		t.Error("a trial without its number is drawn")
	}
}

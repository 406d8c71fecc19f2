package labels

import "strings"

// Calibration is the sheet from which a device learns how its scanner types: three bars whose text the screens
// know (static/src/job/calibrate.ts holds the very same). Words are those of the reader; the codes never change.
type Calibration struct {
	Title string   `json:"title"`
	Intro string   `json:"intro,omitempty"`
	Notes []string `json:"notes,omitempty"` // what to do with each of the three
}

// CalibrationCodes are what the three say: capitals, digits and signs; small letters around a group separator
// in a GS1-128; and a tote that no warehouse has, with its check character.
var CalibrationCodes = [3]string{
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./+%:;$",
	"010952123454321310abcdefghijklmnopqrst\x1d21uvwxyz",
	"T-0000-Y",
}

// PDF is the sheet on one page.
func (d Calibration) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := d.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF("Scanner calibration", pages)
}

func (d Calibration) pages(size Size, dpi int) ([]*page, error) {
	f, err := newFlow(size, dpi, d.Title)
	if err != nil {
		return nil, err
	}
	f.page().need("title", d.Title)
	f.page().between("notes", len(d.Notes), 0, len(CalibrationCodes))
	f.page().text("title", d.Title, f.strip(13*mm), style{size: pt(22), floor: pt(9), bold: true, lines: 2})
	f.note("intro", "", d.Intro)
	for i, code := range CalibrationCodes {
		f.gap(6 * mm)
		note := ""
		if i < len(d.Notes) {
			note = d.Notes[i]
		}
		f.page().text("notes", string(rune('1'+i))+"  "+note, f.strip(8*mm), style{size: pt(13), floor: pt(7), bold: true, lines: 1})
		kind := code128Bars
		if strings.Contains(code, groupSeparator) {
			kind = gs1Bars
		}
		f.page().bars("code", kind, code, f.strip(26*mm), moduleUsual)
		f.gap(mm)
		human := strings.ReplaceAll(code, groupSeparator, " ")
		f.page().text("code", human, f.strip(5*mm), style{size: pt(8), floor: pt(5), align: centre, ink: grey, lines: 1})
	}
	return f.finish()
}

// ExampleCalibration is the sheet in English.
func ExampleCalibration() Calibration {
	return Calibration{
		Title: "Scanner calibration",
		Intro: "Open the menu of the device, tap Set up the scanner, and scan the three codes from the top down. Print at full size, and do not fold.",
		Notes: []string{"Letters, digits and signs", "A GS1 code with a group separator", "A code of ours, which belongs to nothing"},
	}
}

package devices

import (
	"testing"

	"floorline/floor"
)

// Papers bear the day of the house: a truck that leaves New York in the evening does not leave tomorrow, as in London.
func TestPapersBearTheHousesDay(t *testing.T) {
	st := floor.New()
	st.Site.TimeZone = "America/New_York"
	const evening = floor.Time(1_772_330_400_000) // 2026-03-01 02:00 UTC
	if d := paperOf(st, &floor.Manifest{ID: "M-1", Status: floor.ManifestClosed, Closed: evening}).Date; d != "2026-02-28" {
		t.Errorf("the manifest is of %s", d)
	}
	o := &floor.Order{ID: "O-1", Created: evening}
	if d, _ := shippingLabel(st, o, &floor.Parcel{Tracking: "T", Closed: evening}); d.Dispatch != "2026-02-28" {
		t.Errorf("the label is of %s", d.Dispatch)
	}
	if d := slip(st, o, nil).Date; d != "2026-02-28" {
		t.Errorf("the slip is of %s", d)
	}
}

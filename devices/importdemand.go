package devices

import (
	"time"

	"floorline/floor"
	"floorline/floor/intake"
)

// What was asked for before Floorline was there: days of another year may stand for days of now.

// movedDays reads which day of a file of demand counts as which: ?day=2010-12-14&as=2026-02-27, or as=yesterday.
func (c *call) movedDays(j *importJob) (about []floor.Fault) {
	day, as := c.Query("day"), c.Query("as", "yesterday")
	if day == "" {
		if c.Query("as") != "" {
			about = append(about, floor.Fault{Code: "required", Detail: "as says what a day of the file counts as: name that day with day=2010-12-14"})
		}
		return about
	}
	if as == "yesterday" {
		as = time.UnixMilli(int64(c.s.now())).UTC().AddDate(0, 0, -1).Format(time.DateOnly)
	}
	from, err := time.Parse(time.DateOnly, day)
	to, err2 := time.Parse(time.DateOnly, as)
	if err != nil || err2 != nil {
		return append(about, floor.Fault{Code: "bad_date", Detail: "day and as are written 2026-02-28; as may be yesterday"})
	}
	j.MoveDays = int(to.Sub(from) / (24 * time.Hour))
	return about
}

func demandVerbs(days []intake.DayDemand, dry bool) (out []floor.Verb) {
	chunks(days, func(part []intake.DayDemand, _ int) {
		v := floor.NoteDemand{Dry: dry}
		for _, x := range part {
			v.Rows, v.Lines = append(v.Rows, floor.DemandRow{SKU: floor.SKU(x.SKU), Day: x.Day, Qty: x.Qty}), append(v.Lines, x.Row)
		}
		out = append(out, v)
	})
	return out
}

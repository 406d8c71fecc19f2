package floor

import (
	"fmt"
	"math"
)

// Demand is what was asked for of an item, day by day (UTC): all that was ordered and not cancelled, whether there was
// stock for it or not, since what was missing was wanted too.
type Demand struct {
	SKU   SKU     `cbor:"1,keyasint"`
	First int64   `cbor:"2,keyasint"` // the day of Units[0], counted from 1970-01-01
	Units []int32 `cbor:"3,keyasint"`
	ABC   string  `cbor:"4,keyasint,omitempty"` // its class, as reckoned last
}

// DemandDays is how many days back an item's demand is kept: three years and what a season needs before them.
const DemandDays = 1200

// day counts a moment's day from 1970-01-01.
func (t Time) day() int64 { return int64(t) / DayMS }

// demanded notes that more, or less, of an item was asked for on a day.
func (s *State) demanded(sku SKU, day, qty int64) {
	d := s.Demand[sku]
	if d == nil {
		d = &Demand{SKU: sku, First: day}
		s.Demand[sku] = d
	}
	if at := d.at(day); at != nil {
		*at = int32(min(max(int64(*at)+qty, 0), math.MaxInt32))
	}
	s.touch(TableDemand, string(sku))
}

// at is where a day is counted; nil for one too long before the last.
func (d *Demand) at(day int64) *int32 {
	if len(d.Units) == 0 || day-d.First >= 2*DemandDays {
		d.First, d.Units = day, make([]int32, 1)
	}
	if before := d.First - day; before > 0 {
		if before+int64(len(d.Units)) > DemandDays {
			return nil
		}
		d.Units, d.First = append(make([]int32, before), d.Units...), day
	}
	if after := day - d.First + 1 - int64(len(d.Units)); after > 0 {
		d.Units = append(d.Units, make([]int32, after)...)
	}
	if over := int64(len(d.Units)) - DemandDays; over > 0 {
		d.Units, d.First = append([]int32(nil), d.Units[over:]...), d.First+over
	}
	return &d.Units[day-d.First]
}

// wants enters what an order asks for, with its sign, on the day it came in. What only follows an order that asked for it
// before is not asked for twice.
func (s *State) wants(o *Order, sign int64) {
	if !o.Asked || o.Follows != "" || o.Back != "" {
		return
	}
	for _, l := range o.Lines {
		if !l.Unknown {
			s.demanded(l.SKU, o.Created.day(), sign*(l.Ordered-l.Cancelled))
		}
	}
}

// NoteDemand takes in some rows of what was asked for before Floorline was there. A day that is given again is replaced.
type NoteDemand struct {
	Rows  []DemandRow
	Lines []int // of the file
	Dry   bool
}

// DemandRow is the demand of an item on one day.
type DemandRow struct {
	SKU SKU    `cbor:"1,keyasint"`
	Day string `cbor:"2,keyasint"` // 2026-02-28
	Qty int64  `cbor:"3,keyasint"`
}

func (v NoteDemand) do(t *turn) (any, *Error) {
	if len(v.Rows) > RowLimit {
		return nil, refuse(Full, "too_many_rows", fmt.Sprintf("at most %d rows in one command", RowLimit))
	}
	r, b := &Import{Errors: []RowFault{}}, &DemandNoted{}
	for i, row := range v.Rows {
		if err := t.checkDemand(row); err != nil {
			r.reject(v.Lines[i], string(row.SKU), err)
			continue
		}
		if t.Demand[row.SKU].on(dayOf(row.Day)) == row.Qty {
			r.Unchanged++
			continue
		}
		r.Created++
		b.Rows = append(b.Rows, row)
	}
	if !v.Dry && len(b.Rows) > 0 {
		t.emit(b)
	}
	return r, nil
}

func (t *turn) checkDemand(row DemandRow) *Error {
	var f faults
	if t.Items[row.SKU] == nil {
		f.add("/sku", "unknown_item", "no item "+string(row.SKU)+"; create it first")
	}
	checkRange(&f, "/qty", row.Qty, 0, QtyLimit)
	if !isDate(row.Day) {
		f.add("/day", "bad_date", "a day is written 2026-02-28")
	} else if today := t.c.Now.day(); dayOf(row.Day) > today || dayOf(row.Day) <= today-DemandDays {
		f.add("/day", "out_of_range", fmt.Sprintf("demand is of the past %d days; of older sales say which day of the file counts as yesterday", DemandDays))
	}
	return f.err()
}

// on is the demand of a day; of an item that nobody asked for it is nought.
func (d *Demand) on(day int64) int64 {
	if d == nil || day < d.First || day >= d.First+int64(len(d.Units)) {
		return 0
	}
	return int64(d.Units[day-d.First])
}

// dayOf counts a written day from 1970-01-01, by the days of the civil calendar.
func dayOf(s string) int64 {
	y, m, d := int64(atoi(s[:4])), int64(atoi(s[5:7])), int64(atoi(s[8:]))
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*m-457)/5 + d - 719469
}

// DemandNoted says what was asked for on days before.
type DemandNoted struct {
	Rows []DemandRow `cbor:"1,keyasint"`
}

// KindDemandNoted numbers it.
const KindDemandNoted Kind = 190

var _ = kind(KindDemandNoted, "demand_noted", "stock", func() Body { return new(DemandNoted) })

func (*DemandNoted) Kind() Kind { return KindDemandNoted }

func (b *DemandNoted) apply(s *State, _ *Event) {
	for _, row := range b.Rows {
		day := dayOf(row.Day)
		s.demanded(row.SKU, day, row.Qty-s.Demand[row.SKU].on(day))
	}
}

package floor

import (
	"sync"
	"time"
	_ "time/tzdata" // a warehouse's machine may have none
)

// When carriers come, by the house's own clock.

// collectionDays is how many days ahead a carrier's collections are looked for.
const collectionDays = 8

// Collections are the next times a service's parcels are fetched, soonest first.
func (s *State) Collections(code string, now Time) (out []Time) {
	v := s.Services[code]
	if v == nil || v.Cutoff == "" {
		return nil
	}
	zone := zoneOf(s.Site.TimeZone)
	clock, err := time.Parse("15:04", v.Cutoff)
	if err != nil {
		return nil
	}
	today := time.UnixMilli(int64(now)).In(zone)
	for i := range collectionDays {
		at := time.Date(today.Year(), today.Month(), today.Day()+i, clock.Hour(), clock.Minute(), 0, 0, zone)
		if len(v.Days) > 0 && !oneOf(Weekdays[at.Weekday()], v.Days) {
			continue
		}
		if t := Time(at.UnixMilli()); t >= now {
			out = append(out, t)
		}
	}
	return out
}

// clock is a time of day as the house's own clock shows it.
func (s *State) clock(t Time) string {
	return s.here(t).Format("15:04")
}

// Day is a moment's day as the house's own clock shows it, written 2026-02-28.
func (s *State) Day(t Time) string {
	return s.here(t).Format(time.DateOnly)
}

// zones are the time zones read so far: reading one takes longer than deciding a scan.
var zones sync.Map

func zoneOf(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = time.UTC
	}
	zones.Store(name, zone)
	return zone
}

// dueAt is the collection an order must make: the last one before its ship-by time, else the next; 0 where its service
// has none.
func dueAt(o *Order, collections []Time) Time {
	if len(collections) == 0 {
		return 0
	}
	due := collections[0]
	for _, c := range collections {
		if o.ShipBy != 0 && c <= o.ShipBy {
			due = c
		}
	}
	return due
}

// timetable is when the services' parcels are fetched from a moment on. It works a service's collections out once: a
// board or a truck asks for every order and every parcel that waits.
type timetable struct {
	s    *State
	from Time
	seen map[string][]Time
}

func (s *State) timetable(from Time) *timetable {
	return &timetable{s, from, map[string][]Time{}}
}

func (x *timetable) of(service string) []Time {
	c, known := x.seen[service]
	if !known {
		c = x.s.Collections(service, x.from)
		x.seen[service] = c
	}
	return c
}

// due is the collection that an order must make.
func (x *timetable) due(o *Order) Time { return dueAt(o, x.of(o.Service)) }

// parcel is the collection a parcel is for: the one it was planned for, else the one its order must make.
func (x *timetable) parcel(p *Parcel) Time {
	if p.Due != 0 {
		return p.Due
	}
	if o := x.s.Orders[p.Order]; o != nil {
		return dueAt(o, x.of(p.Service))
	}
	return 0
}

// after is the collection that follows the one of a truck that leaves now.
func (x *timetable) after(m *Manifest, service string) Time {
	for _, c := range x.of(service) {
		if c > m.Collection && c > x.from.plus(CollectionEarlyMS) {
			return c
		}
	}
	return 0
}

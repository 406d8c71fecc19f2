package devices

import (
	"testing"
	"time"

	"floorline/floor"
)

// A frame is late by the device's word or by its age. A clock a day wrong, either way, changes neither that nor the
// time that is told; without a word about the clock, a frame a day old is a wrong clock and not a late frame.
func TestLateFrames(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(time.RFC3339Nano) }
	day, two := 24*time.Hour, 2*time.Hour
	yes, no := true, false
	word := map[string]*bool{"yes": &yes, "no": &no}
	for _, c := range []struct {
		name, shows, at string
		word            string // yes or no, where the device says it
		late            bool
		made            time.Duration // before now; -1 is unknown
	}{
		{"live, right clock", at(0), at(0), "", false, 0},
		{"live, a day slow", at(-day), at(-day), "", false, 0},
		{"live, a day fast", at(day), at(day), "", false, 0},
		{"two hours, right clock", at(0), at(-two), "", true, two},
		{"two hours, a day slow", at(-day), at(-day - two), "", true, two},
		{"two hours, a day fast", at(day), at(day - two), "", true, two},
		{"the clock was put right meanwhile, by its word", at(0), at(day), "yes", true, -1},
		{"a week and more is no time to tell", at(0), at(-8 * day), "yes", true, -1},
		{"no word about the clock, two hours", "", at(-two), "", true, two},
		{"no word about the clock, a day wrong", "", at(-day), "", false, -1},
		{"no word about the clock, a day fast", "", at(day), "", false, -1},
		{"its clock was put back a day since it said hello", at(0), at(-day), "no", false, -1},
		{"a device that says live is believed, also when slow", at(0), at(-two), "no", false, -1},
		{"no clock at all", "", "", "", false, -1},
		{"no clock, by its word", "nonsense", "yesterday", "yes", true, -1},
	} {
		late, made := clockOf(c.shows, now).late(&deviceFrame{At: c.at, Late: word[c.word]}, now)
		want := floor.Time(0)
		if c.made >= 0 {
			want = floor.Time(now.Add(-c.made).UnixMilli())
		}
		if late != c.late || made != want {
			t.Errorf("%s: late %v at %v, want %v at %v", c.name, late, made, c.late, want)
		}
	}
}

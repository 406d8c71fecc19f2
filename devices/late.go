package devices

import (
	"time"

	"floorline/floor"
)

// A device that was out of reach sends what it kept when it is back. Which frames those are, and when they were
// made, is worked out here: the device's clock is a claim, and may be a day wrong.

// Limits of what a device's clock is believed.
const (
	LateAfter  = time.Minute        // older than this, a frame was made before the link was there
	LateWithin = 12 * time.Hour     // of a device that does not say what its clock shows: more is a wrong clock
	MadeWithin = 7 * 24 * time.Hour // no queue is older
)

// deviceClock is how far a device's clock is from ours, worked out from what its hello said it shows.
type deviceClock struct {
	skew time.Duration
	said bool
}

func clockOf(shown string, now time.Time) deviceClock {
	at, err := time.Parse(time.RFC3339, shown)
	if err != nil {
		return deviceClock{}
	}
	return deviceClock{now.Sub(at), true}
}

// made is when a frame was made, by our clock; false where that cannot be known.
func (d deviceClock) made(at string, now time.Time) (time.Time, bool) {
	claimed, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}, false
	}
	made := claimed.Add(d.skew)
	if made.After(now) && made.Sub(now) < LateAfter {
		made = now
	}
	if age := now.Sub(made); age < 0 || age > MadeWithin || !d.said && age > LateWithin {
		return time.Time{}, false
	}
	return made, true
}

// saidLate is the device's own word.
func (f *deviceFrame) saidLate() bool { return f.Late != nil && *f.Late }

// late says whether a frame was made before the link was there, and when. The device's own word is enough, either way:
// its clock may have been put back since it said hello. The clock tells it for devices that do not say.
func (d deviceClock) late(f *deviceFrame, now time.Time) (late bool, made floor.Time) {
	at, known := d.made(f.At, now)
	if f.Late != nil && !*f.Late && now.Sub(at) > LateAfter {
		return false, 0
	}
	if known {
		made = floor.Time(at.UnixMilli())
	}
	return f.saidLate() || known && now.Sub(at) > LateAfter, made
}

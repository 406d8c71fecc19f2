package floor

import "strings"

// A late command was saved on a device that could not reach the floor and is decided when it comes back. It is
// judged by the same rules as any other; but nobody saw it go red, so what is refused of it is put before a lead.

// LateLimit is how many refused late scans of one device wait in the inbox one by one; one more stands for the rest.
const LateLimit = 20

// lateRefused puts a late scan that was refused before a lead: who scanned what, where and when, and why not.
func (t *turn) lateRefused(v *Verdict) {
	if c := v.Class(); !t.c.Late || c != Refused && c != Stop || v.Code == CodeScansMissing {
		return
	}
	d := t.Devices[t.c.Device]
	if d == nil {
		return
	}
	x := Exception{What: "late_refused", About: Thing{Kind: "device", Code: string(d.ID)}, Device: d.ID, Made: t.c.At}
	if d.Job.Kind != "" {
		x.About = Thing{Kind: d.Job.Kind, Code: d.Job.ID}
	}
	x.Say = t.who(d) + " " + t.c.did() + " on " + d.Name + t.whenMade() + ", out of reach of the floor, and it was refused: " + Say("en", v)
	switch open := t.lateOpen(d.ID); {
	case open > LateLimit:
		return
	case open == LateLimit:
		x.Say = "more scans of " + d.Name + " (" + t.who(d) + ") from its time out of reach were refused: look at its job with " + t.who(d)
	}
	t.report(x)
}

func (t *turn) lateOpen(id DeviceID) (n int) {
	for _, x := range t.Exceptions {
		if x.What == "late_refused" && x.Device == id {
			n++
		}
	}
	return n
}

// who is the worker on a device, by name.
func (t *turn) who(d *Device) string {
	if d.Worker == "" {
		return "somebody not signed in"
	}
	return t.workerName(d.Worker)
}

// did says what a command wanted, in words.
func (c *Command) did() string {
	switch v := c.Verb.(type) {
	case Scan:
		text := visible(strings.TrimSpace(v.Code))
		if len(text) > CodeLimit {
			text = strings.ToValidUTF8(text[:CodeLimit], "") + "…"
		}
		return "scanned " + text
	case Act:
		return "did " + inWords(visible(v.Action))
	}
	return "did something"
}

// whenMade says when a command was made, in the house's time, where that is known.
func (t *turn) whenMade() string {
	if t.c.At == 0 {
		return ""
	}
	return " at " + t.here(t.c.At).Format("2006-01-02 15:04")
}

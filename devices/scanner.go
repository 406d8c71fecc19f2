package devices

import (
	"floorline/floor"
	"floorline/labels"
)

// scannerBody is what a calibration learned; the floor adds when, and whether it still holds.
type scannerBody struct {
	Terminator string `json:"terminator"`
	Delivery   string `json:"delivery"`
	Decode     string `json:"decode"`
	Layout     string `json:"layout"`
	From       string `json:"from"`
	To         string `json:"to"`
	Prefix     string `json:"prefix"`
	Suffix     string `json:"suffix"`
	AIM        bool   `json:"aim"`
	Caps       bool   `json:"caps"`
	GS         string `json:"gs"`
	GSLost     bool   `json:"gs_lost"`
	GapMS      int64  `json:"gap_ms"`
}

// ownDevice gives the device of the address to a lead, and to that very device. For another device it is not
// there: a device has no business to know of others.
func (c *call) ownDevice() (floor.DeviceID, *floor.Error) {
	id := floor.DeviceID(c.Params("id"))
	if c.who.what != "device" && !c.who.roles.Has(leads) {
		return "", &floor.Error{Kind: floor.Forbidden, Code: "not_allowed", Say: "you have no role for this"}
	}
	if c.who.device != id && !c.who.roles.Has(leads) {
		return "", &floor.Error{Kind: floor.NotFound, Code: "no_device", Say: "a device tells of its own scanner only"}
	}
	return id, nil
}

func putScanner(c *call) error {
	id, refused := c.ownDevice()
	if refused != nil {
		return c.problem(refused)
	}
	var b scannerBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetScanner{Device: id, Scanner: &floor.Scanner{Terminator: b.Terminator, Delivery: b.Delivery, Decode: b.Decode,
		Layout: b.Layout, From: b.From, To: b.To, Prefix: b.Prefix, Suffix: b.Suffix, AIM: b.AIM, Caps: b.Caps,
		GS: b.GS, GSLost: b.GSLost, GapMS: b.GapMS}}, 200)
}

func dropScanner(c *call) error {
	id, refused := c.ownDevice()
	if refused != nil {
		return c.problem(refused)
	}
	return c.run(floor.SetScanner{Device: id}, 204)
}

type driftBody struct {
	Drift string `json:"drift"`
}

func driftScanner(c *call) error {
	id, refused := c.ownDevice()
	if refused != nil {
		return c.problem(refused)
	}
	var b driftBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.DriftScanner{Device: id, Drift: b.Drift}, 200)
}

// tellDevice tells the device how it is now, where a lead has changed its scanner's profile.
func (x *session) tellDevice() {
	x.mu.Lock()
	started := x.started
	x.mu.Unlock()
	if !started {
		return // its welcome tells it
	}
	var d *floor.DeviceView
	x.s.keeper.View(func(st *floor.State) {
		if known := st.Devices[x.who.device]; known != nil {
			d = st.DeviceView(known)
		}
	})
	if d != nil {
		x.send(scannerFrame{"device", d})
	}
}

// calibrationSheet prints the three codes that a calibration compares with what arrives.
func calibrationSheet(c *call) error {
	return c.paged("scanner-codes", labels.ExampleCalibration())
}

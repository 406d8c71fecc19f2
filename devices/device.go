package devices

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
)

type pairingBody struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Device string `json:"device"` // one that is there already, to go on with new hardware
}

// makePairing offers a one-time code; in the address it stands in the fragment, which no server logs.
func makePairing(c *call) error {
	var b pairingBody
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
	}
	code := newSecret(16)
	cmd := c.command(floor.MakePairing{Pairing: floor.Pairing{Digest: digest(code), DeviceKind: b.Kind, Name: b.Name, Device: floor.DeviceID(b.Device)}})
	cmd.Secret = true
	a := c.s.keeper.Do(cmd)
	if a.Err != nil || a.Replayed {
		return c.answer(a, 201)
	}
	return c.json(201, map[string]string{"code": code, "url": c.reach() + "/pair#" + code,
		"qr_svg_url": "/api/v1/devices/pairings/" + code + ".svg"})
}

// reach is where another device opens this server: as the asker did, but not by a loopback address that means the
// other device itself there.
func (c *call) reach() string {
	if c.s.o.Reach != nil && loopbackHost(c.Hostname()) {
		return c.s.o.Reach()
	}
	return c.BaseURL()
}

func pairingQR(c *call) error {
	code := strings.TrimSuffix(c.Params("code"), ".svg")
	var open bool
	c.view(func(st *floor.State) { open = st.Pairings[digest(code)] != nil })
	if !open {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_pairing", Say: "this pairing code is used, expired or wrong"})
	}
	c.Set("Content-Type", "image/svg+xml")
	c.Set("Cache-Control", "no-store")
	return c.Send(qrSVG(c.reach() + "/pair#" + code))
}

type pairBody struct {
	Code    string `json:"pairing_code"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Printer string `json:"printer"`
}

// pair lets a device in by its one-time code, which is the right to call this.
func pair(c *call) error {
	var b pairBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	where := "pair/" + c.from()
	if wait, locked := c.s.tries.locked(where); locked {
		return c.mustWait(wait)
	}
	if err := c.printerOf("/printer", &b.Printer); err != nil {
		return c.problem(err)
	}
	token := newSecret(20)
	a := c.s.keeper.Do(&floor.Command{Verb: floor.Pair{Code: digest(b.Code), Token: digest(token), Name: b.Name, Kind: b.Kind, Printer: b.Printer}})
	if a.Err != nil {
		if a.Err.Code == "no_pairing" {
			c.s.tries.wrong(where)
			a.Err.Kind = "gone"
		}
		return c.problem(a.Err)
	}
	c.s.tries.right(where)
	d := a.Result.(*floor.DeviceView)
	return c.json(201, map[string]any{"id": d.ID, "name": d.Name, "kind": d.Kind, "printer": d.Printer, "token": token})
}

type deviceBody struct {
	Name    *string `json:"name"`
	Printer *string `json:"printer"`
	Scale   *string `json:"scale"` // host:port of a scale on the network; "" is none
	// Documents is the printer for slips, customs and invoices.
	Documents *string `json:"documents_printer"`
}

func changeDevice(c *call) error {
	var b deviceBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if err := c.printerOf("/printer", b.Printer); err != nil {
		return c.problem(err)
	}
	if err := c.printerOf("/documents_printer", b.Documents); err != nil {
		return c.problem(err)
	}
	if b.Scale != nil && *b.Scale != "" {
		if err := scaleAllowed(c.s, *b.Scale); err != nil {
			return c.problem(err)
		}
	}
	c.s.editing.Lock()
	defer c.s.editing.Unlock()
	d := c.device()
	if d == nil {
		return c.noDevice()
	}
	if c.Get("If-Match") != "" {
		if err := c.mustMatch(deviceTag(d.DeviceView)); err != nil {
			return c.problem(err)
		}
	}
	a := c.s.keeper.Do(c.command(floor.ChangeDevice{ID: d.ID, Name: b.Name, Printer: b.Printer, Documents: b.Documents, Scale: b.Scale}))
	if next, ok := a.Result.(*floor.DeviceView); ok {
		c.Set("ETag", deviceTag(next))
	}
	return c.answer(a, 200)
}

// removeDevice lets a device go, by who has seen it as it is.
func removeDevice(c *call) error {
	c.s.editing.Lock()
	defer c.s.editing.Unlock()
	d := c.device()
	if d == nil {
		return c.noDevice()
	}
	if err := c.mustMatch(deviceTag(d.DeviceView)); err != nil {
		return c.problem(err)
	}
	return c.run(floor.RemoveDevice{ID: d.ID}, 204)
}

func getDevice(c *call) error {
	d := c.device()
	if d == nil {
		return c.noDevice()
	}
	c.Set("ETag", deviceTag(d.DeviceView))
	return c.json(200, d)
}

// device gives the device that the address names; nil where there is none.
func (c *call) device() (v *pairedDevice) {
	id := floor.DeviceID(c.Params("id"))
	c.view(func(st *floor.State) {
		if d := st.Devices[id]; d != nil {
			v = c.s.deviceView(st, d)
		}
	})
	return v
}

func (c *call) noDevice() error {
	return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_device", Say: "no device " + clip(c.Params("id"))})
}

// deviceTag changes with what people change about a device, and not with every scan of it.
func deviceTag(d *floor.DeviceView) string {
	return `"` + digest(fmt.Sprintf("%q %q %q %q %q %q", d.ID, d.Name, d.Kind, d.Printer, d.Documents, d.Scale))[:16] + `"`
}

// deviceView shows a device, with what the floor does not know: whether it is here, and locked.
func (s *Server) deviceView(st *floor.State, d *floor.Device) *pairedDevice {
	v := &pairedDevice{st.DeviceView(d), s.hub.conditionOf(d.ID)}
	v.Online, v.LastSeen = s.hub.seen(d.ID)
	_, v.Locked = s.tries.locked("device/" + string(d.ID))
	return v
}

// unlockDevice lets people sign in again on a device where too many wrong PINs were given.
func unlockDevice(c *call) error {
	d := c.device()
	if d == nil {
		return c.noDevice()
	}
	c.s.tries.right("device/" + string(d.ID))
	c.s.log.Info("a lead unlocked a device", "device", d.ID, "worker", c.who.worker)
	return c.SendStatus(fiber.StatusNoContent)
}

func listDevices(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, d := range st.Devices {
			if q.matches(d.Name, string(id), d.DeviceKind) {
				out = append(out, entry{string(id), func() any { return c.s.deviceView(st, d) }})
			}
		}
		return out
	})
}

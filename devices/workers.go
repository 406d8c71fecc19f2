package devices

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
)

type workerBody struct {
	Name     string   `json:"name"`
	Roles    []string `json:"roles"`
	Language string   `json:"language"`
	PIN      string   `json:"pin"`
}

// makeWorker answers with the new badge's code, once.
func makeWorker(c *call) error {
	var b workerBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	w, err := workerOf(b)
	if err != nil {
		return c.problem(err)
	}
	badge := newBadge()
	w.Badge = digest(badge)
	cmd := c.command(floor.SaveWorker{Worker: *w, Badge: badge})
	cmd.Secret = true
	return c.answer(c.s.keeper.Do(cmd), 201)
}

func workerOf(b workerBody) (*floor.Worker, *floor.Error) {
	roles, ok := floor.RolesOf(b.Roles)
	if !ok {
		return nil, &floor.Error{Kind: floor.Invalid, Code: "bad_role", Say: "not accepted", About: []floor.Fault{{
			Pointer: "/roles", Code: "bad_role", Detail: "picker, packer, inspector, lead, admin or integration"}}}
	}
	w := &floor.Worker{Name: b.Name, Roles: roles, Language: b.Language}
	if b.PIN != "" {
		pin, err := hashPIN(b.PIN)
		if err != nil {
			return nil, &floor.Error{Kind: floor.Invalid, Code: "bad_pin", Say: "not accepted",
				About: []floor.Fault{{Pointer: "/pin", Code: "bad_pin", Detail: err.Error()}}}
		}
		w.PIN = pin
	}
	return w, nil
}

type workerChange struct {
	Name     *string   `json:"name"`
	Roles    *[]string `json:"roles"`
	Language *string   `json:"language"`
	PIN      *string   `json:"pin"`
	Disabled *bool     `json:"disabled"`
	Badge    *string   `json:"badge"` // "new": make the old badge worth nothing
}

// changeWorker changes what the body names and leaves the rest. Two at once would each save the whole worker
// and undo the other's change, so one follows the other, and each must have seen what it changes.
func changeWorker(c *call) error {
	var b workerChange
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	c.s.editing.Lock()
	defer c.s.editing.Unlock()
	var w *floor.Worker
	c.view(func(st *floor.State) { w = copyOf(st.Workers[floor.WorkerID(c.Params("id"))]) })
	if w == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_worker", Say: "no worker " + c.Params("id")})
	}
	if err := c.mustMatch(workerTag(w)); err != nil {
		return c.problem(err)
	}
	next, badge, err := b.on(*w)
	if err != nil {
		return c.problem(err)
	}
	cmd := c.command(floor.SaveWorker{Worker: *next, Badge: badge})
	cmd.Secret = badge != ""
	a := c.s.keeper.Do(cmd)
	if a.Err == nil {
		c.Set("ETag", workerTag(next))
	}
	return c.answer(a, 200)
}

// on gives the worker as changed, and the code of the new badge where one was asked for.
func (b *workerChange) on(w floor.Worker) (next *floor.Worker, badge string, err *floor.Error) {
	body := workerBody{Name: w.Name, Roles: w.Roles.Names(), Language: w.Language}
	set(&body.Name, b.Name)
	set(&body.Roles, b.Roles)
	set(&body.Language, b.Language)
	set(&body.PIN, b.PIN)
	if next, err = workerOf(body); err != nil {
		return nil, "", err
	}
	next.ID, next.Badge, next.Disabled = w.ID, w.Badge, w.Disabled
	set(&next.Disabled, b.Disabled)
	if b.PIN == nil {
		next.PIN = w.PIN
	}
	if b.Badge != nil {
		if *b.Badge != "new" {
			return nil, "", &floor.Error{Kind: floor.Invalid, Code: "bad_badge", Say: "not accepted", About: []floor.Fault{{
				Pointer: "/badge", Code: "bad_badge", Detail: `say "new": the server makes the code`}}}
		}
		badge = newBadge()
		next.Badge = digest(badge)
	}
	return next, badge, nil
}

func getWorker(c *call) error {
	var w *floor.Worker
	c.view(func(st *floor.State) { w = copyOf(st.Workers[floor.WorkerID(c.Params("id"))]) })
	if w == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_worker", Say: "no worker " + c.Params("id")})
	}
	c.Set("ETag", workerTag(w))
	return c.json(200, w.View())
}

// workerTag changes with everything about a worker, a new PIN or badge too, and gives none of it away.
func workerTag(w *floor.Worker) string { return `"` + digest(fmt.Sprintf("%#v", *w))[:16] + `"` }

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func listWorkers(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, w := range st.Workers {
			if q.matches(w.Name, string(id)) {
				out = append(out, entry{string(id), func() any { return w.View() }})
			}
		}
		return out
	})
}

// PairingURL is where a device goes to be paired; the code is in the fragment, which no server logs.
type pairingBody struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Device string `json:"device"` // one that is there already, to go on with new hardware
}

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
	return c.json(201, map[string]string{"code": code, "url": c.BaseURL() + "/pair#" + code,
		"qr_svg_url": "/api/v1/devices/pairings/" + code + ".svg"})
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
	return c.Send(qrSVG(c.BaseURL() + "/pair#" + code))
}

// pair lets a device in by its one-time code, which is the right to call this.
type pairBody struct {
	Code    string `json:"pairing_code"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Printer string `json:"printer"`
}

func pair(c *call) error {
	var b pairBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	where := "pair/" + c.IP()
	if wait, locked := c.s.tries.locked(where); locked {
		return c.mustWait(wait)
	}
	if b.Printer != "" {
		if err := c.s.printer.allowed(b.Printer); err != nil {
			return c.problem(err)
		}
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
}

func changeDevice(c *call) error {
	var b deviceBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if b.Printer != nil && *b.Printer != "" {
		if err := c.s.printer.allowed(*b.Printer); err != nil {
			return c.problem(err)
		}
	}
	return c.run(floor.ChangeDevice{ID: floor.DeviceID(c.Params("id")), Name: b.Name, Printer: b.Printer}, 200)
}

func removeDevice(c *call) error {
	return c.run(floor.RemoveDevice{ID: floor.DeviceID(c.Params("id"))}, 204)
}

// unlockDevice lets people sign in again on a device where too many wrong PINs were given.
func unlockDevice(c *call) error {
	id := floor.DeviceID(c.Params("id"))
	var known bool
	c.view(func(st *floor.State) { known = st.Devices[id] != nil })
	if !known {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_device", Say: "no device " + string(id)})
	}
	c.s.tries.right("device/" + string(id))
	c.s.log.Info("a lead unlocked a device", "device", id, "worker", c.who.worker)
	return c.SendStatus(fiber.StatusNoContent)
}

func listDevices(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, d := range st.Devices {
			if q.matches(d.Name, string(id), d.DeviceKind) {
				out = append(out, entry{string(id), func() any {
					v := st.DeviceView(d)
					v.Online, v.LastSeen = c.s.hub.seen(id)
					_, v.Locked = c.s.tries.locked("device/" + string(id))
					return v
				}})
			}
		}
		return out
	})
}

// makeToken answers with a new API token, once.
type tokenBody struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

func makeToken(c *call) error {
	var b tokenBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	roles, ok := floor.RolesOf(b.Roles)
	if !ok || roles == 0 {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_role", Say: "name at least one role: integration or admin, say"})
	}
	token := newSecret(20)
	cmd := c.command(floor.MakeCredential{Credential: floor.Credential{Digest: digest(token), What: "token", Name: b.Name, Roles: roles}})
	cmd.Secret = true
	a := c.s.keeper.Do(cmd)
	if a.Err != nil || a.Replayed {
		return c.answer(a, 201)
	}
	return c.json(201, map[string]string{"token": token, "id": digest(token)[:16]})
}

func dropToken(c *call) error {
	var found string
	c.view(func(st *floor.State) {
		for d, cr := range st.Credentials {
			if cr.What == "token" && strings.HasPrefix(d, c.Params("id")) && len(c.Params("id")) >= 16 {
				found = d
			}
		}
	})
	if found == "" {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_token", Say: "no such token"})
	}
	return c.run(floor.DropCredential{Digest: found}, fiber.StatusNoContent)
}

// ClaimCode is what the console shows at the first start, until somebody has used it.
func (s *Server) ClaimCode() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimCode == "" {
		s.claimCode = newSecret(10)
	}
	return s.claimCode
}

// claim makes the first admin, for whoever reads the console.
type claimBody struct {
	Code string `json:"code"`
	Name string `json:"name"`
	PIN  string `json:"pin"`
}

func claim(c *call) error {
	var b claimBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	where := "claim/" + c.IP()
	if wait, locked := c.s.tries.locked(where); locked {
		return c.mustWait(wait)
	}
	if !c.s.takeClaim(b.Code) {
		c.s.tries.wrong(where)
		return c.problem(&floor.Error{Kind: floor.Forbidden, Code: "wrong_code", Say: "that is not the code the console shows"})
	}
	if b.PIN == "" {
		b.PIN = " "
	}
	w, err := workerOf(workerBody{Name: b.Name, Roles: []string{"admin", "lead"}, PIN: b.PIN})
	if err != nil {
		c.s.giveClaim(b.Code)
		return c.problem(err)
	}
	// The admin comes first: a house that is claimed and has nobody to sign in would be lost.
	a := c.s.keeper.Do(&floor.Command{Verb: floor.SaveWorker{Worker: *w}})
	if a.Err != nil {
		c.s.giveClaim(b.Code)
		return c.problem(a.Err)
	}
	if a := c.s.keeper.Do(&floor.Command{Verb: floor.MarkSite{Claimed: true}}); a.Err != nil {
		c.s.log.Error("the warehouse has its first admin but is not marked as claimed; the next start shows the claim link again", "err", a.Err)
	}
	return c.startSession(a.Result.(*floor.WorkerView).ID, 201)
}

// takeClaim uses the code up: of two who show it at once, one is let in.
func (s *Server) takeClaim(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimCode == "" || digest(code) != digest(s.claimCode) {
		return false
	}
	s.claimCode = ""
	return true
}

// giveClaim makes the code good again, since nothing came of it.
func (s *Server) giveClaim(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claimCode = code
}

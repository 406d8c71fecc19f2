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

type tokenBody struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

// makeToken answers with a new API token, once.
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
	if c.Get("If-Match") != "" { // a token has no revisions: nothing but * can be meant
		if err := c.mustMatch(""); err != nil {
			return c.problem(err)
		}
	}
	return c.run(floor.DropCredential{Digest: found}, fiber.StatusNoContent)
}

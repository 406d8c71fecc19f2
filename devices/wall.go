package devices

import "floorline/floor"

type wallBody struct {
	Slots int `json:"slots"`
}

func putWall(c *call) error {
	var b wallBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	code := c.Params("code")
	status := c.madeOr(func(st *floor.State) bool { return st.WallView(code) != nil })
	return c.run(floor.SaveWall{Code: code, Slots: b.Slots}, status)
}

func getWall(c *call) error {
	var v *floor.WallView
	c.view(func(st *floor.State) { v = st.WallView(c.Params("code")) })
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_wall", Say: "no put wall " + clip(c.Params("code"))})
	}
	return c.json(200, v)
}

func listWalls(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for _, code := range st.Walls() {
			if q.matches(code) {
				out = append(out, entry{code, func() any { return st.WallView(code) }})
			}
		}
		return out
	})
}

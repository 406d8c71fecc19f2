package devices

import "floorline/floor"

func cutoffs(c *call) error {
	var b *floor.CutoffBoard
	now := c.s.now()
	c.view(func(st *floor.State) { b = st.CutoffBoard(now) })
	return c.json(200, b)
}

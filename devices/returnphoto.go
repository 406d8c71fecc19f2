package devices

import (
	"strconv"

	"floorline/floor"
	"floorline/store"
)

// addReturnPhoto keeps a photo of a unit: of ?unit=, or of the one in the hand.
func addReturnPhoto(c *call) error {
	unit := 0
	if q := c.Query("unit"); q != "" {
		n, err := strconv.Atoi(q)
		if err != nil || n < 1 {
			return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_unit", Say: "unit is a number from 1"})
		}
		unit = n
	}
	if found, err := c.ret(func(*floor.State, *floor.Return) {}); err != nil {
		return err
	} else if !found { // nothing is kept for what is not there
		return c.problem(noReturn(c))
	}
	kept, bad := c.photo()
	if bad != nil {
		return c.problem(bad)
	}
	hash, err := c.s.keeper.PutFile(kept)
	if err != nil {
		return c.problem(unkept(err))
	}
	return c.run(floor.AddReturnPhoto{ID: floor.ReturnID(c.Params("id")), Unit: unit, Hash: hash}, 201)
}

// returnPhoto shows a photo of this return, and no other file.
func returnPhoto(c *call) error {
	hash, known := c.Params("hash"), false
	if _, err := c.ret(func(_ *floor.State, r *floor.Return) {
		for _, u := range r.Units {
			known = known || contains(u.Photos, hash)
		}
	}); err != nil {
		return err
	}
	if !known {
		return c.sendProof("", nil, store.ErrNoFile)
	}
	b, err := c.s.keeper.File(hash)
	return c.sendProof("image/jpeg", b, err)
}

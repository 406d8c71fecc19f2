package devices

import (
	"strconv"

	"floorline/floor"
)

// fileKeeper keeps files by the hash of what lies on the disk.
type fileKeeper interface {
	PutFile(plain []byte) (hash string, err error)
	File(hash string) ([]byte, error)
}

// photoIntake makes of a picture that came in what is kept: decoded, of a limited size, written anew, without what the
// camera wrote into it. Where it is not set, or the keeper keeps no files, photos are refused as not there.
var photoIntake func(b []byte) ([]byte, *floor.Error)

var noPhotos = &floor.Error{Kind: floor.Conflict, Code: "no_photos", Say: "this version keeps no photos"}

// addReturnPhoto keeps a photo of a unit: of ?unit=, or of the one in the hand.
func addReturnPhoto(c *call) error {
	files, ok := any(c.s.keeper).(fileKeeper)
	if !ok || photoIntake == nil {
		return c.problem(noPhotos)
	}
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
	kept, bad := photoIntake(c.Body())
	if bad != nil {
		return c.problem(bad)
	}
	hash, err := files.PutFile(kept)
	if err != nil {
		return err
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
	files, ok := any(c.s.keeper).(fileKeeper)
	switch {
	case !known:
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_photo", Say: "no such photo of this return"})
	case !ok:
		return c.problem(noPhotos)
	}
	b, err := files.File(hash)
	if err != nil {
		return err
	}
	return c.document("image/jpeg", hash[:12]+".jpg", b, nil)
}

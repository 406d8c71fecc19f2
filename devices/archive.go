package devices

import "floorline/floor"

// Closed orders leave memory after some days. Reading finds them still; work that names one brings it back.

// order shows the order that the address names, with its parcels, from memory or from the archive.
func (c *call) order(show func(st *floor.State, o *floor.Order, parcels []*floor.Parcel)) (found bool, err error) {
	return c.orderNamed(floor.OrderID(c.Params("id")), show)
}

func (c *call) orderNamed(id floor.OrderID, show func(st *floor.State, o *floor.Order, parcels []*floor.Parcel)) (found bool, err error) {
	c.view(func(st *floor.State) {
		o := st.Orders[id]
		if found = o != nil; !found {
			return
		}
		var parcels []*floor.Parcel
		for _, p := range o.Parcels {
			if p := st.Parcels[p]; p != nil {
				parcels = append(parcels, p)
			}
		}
		show(st, o, parcels)
	})
	if found {
		return true, nil
	}
	a, err := c.s.keeper.Archived(string(id))
	if err != nil || a == nil || a.Order == nil || a.Order.ID != id {
		return false, err
	}
	c.view(func(st *floor.State) { show(st, a.Order, a.Parcels) })
	return true, nil
}

// parcel is order for the parcel that the address names, by its id or its tracking number.
func (c *call) parcel(show func(st *floor.State, o *floor.Order, p *floor.Parcel)) (bool, error) {
	return c.parcelNamed(c.Params("id"), show)
}

func (c *call) parcelNamed(name string, show func(st *floor.State, o *floor.Order, p *floor.Parcel)) (found bool, err error) {
	c.view(func(st *floor.State) {
		if p := st.Parcel(name); p != nil {
			found = true
			show(st, st.Orders[p.Order], p)
		}
	})
	if found {
		return true, nil
	}
	a, err := c.s.keeper.Archived(name)
	if err != nil || a == nil {
		return false, err
	}
	for _, p := range a.Parcels {
		if string(p.ID) == name || p.Tracking == name || p.SSCC == name {
			found = true
			c.view(func(st *floor.State) { show(st, a.Order, p) })
		}
	}
	return found, nil
}

// unreadable is what a caller hears when the archive cannot be read; the log says more.
func unreadable(err error) *floor.Error {
	return &floor.Error{Kind: "internal", Code: "internal", Say: "the archive cannot be read: run floorline verify (" + err.Error() + ")"}
}

package devices

import "floorline/floor"

// replenishList is what is being brought to the pick bins, and what is due and not planned yet.
type replenishList struct {
	ByHand bool            `json:"by_hand"` // nothing is planned by itself
	Items  []replenishView `json:"items"`
	Due    []replenishView `json:"due"`
}

// replenishView is goods on their way, or to go on it, from reserve to a pick bin.
type replenishView struct {
	ID     floor.ReplenishID `json:"id,omitempty"`
	SKU    floor.SKU         `json:"sku"`
	Name   string            `json:"name"`
	Lot    string            `json:"lot,omitempty"`
	Expiry string            `json:"expiry,omitempty"`
	Serial string            `json:"serial,omitempty"`
	From   floor.BinCode     `json:"from"`
	To     floor.BinCode     `json:"to"`
	Qty    int64             `json:"qty"`
	Done   int64             `json:"done"`
	Urgent bool              `json:"urgent"`
	Worker string            `json:"worker,omitempty"`
}

func replenishments(c *call) error {
	v := replenishList{Items: []replenishView{}, Due: []replenishView{}}
	due := c.s.replenishDue()
	c.view(func(st *floor.State) {
		v.ByHand = st.Site.ReplenishByHand
		for _, r := range st.ReplenishesOpen() {
			if len(v.Items) < PageLimit {
				v.Items = append(v.Items, viewReplenish(st, r))
			}
		}
		for i := range due {
			if due[i].ID == "" && len(v.Due) < PageLimit {
				v.Due = append(v.Due, viewReplenish(st, &due[i]))
			}
		}
	})
	return c.json(200, v)
}

func viewReplenish(st *floor.State, r *floor.Replenish) replenishView {
	v := replenishView{ID: r.ID, SKU: r.From.SKU, Lot: r.From.Lot, Expiry: r.From.Expiry, Serial: r.From.Serial, From: r.From.Place.Bin(), To: r.To,
		Qty: r.Qty, Done: r.Done, Urgent: r.Urgent, Name: itemName(st, r.From.SKU)}
	if w := st.Workers[r.Lease.Worker]; w != nil {
		v.Worker = w.Name
	}
	return v
}

type replenishBody struct {
	SKU string `json:"sku"` // "" is everything that is due
	Qty int64  `json:"qty"`
}

// planned is how many jobs were made.
type planned struct {
	Planned int `json:"planned"`
}

func planReplenish(c *call) error {
	var b replenishBody
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
	}
	v := floor.PlanReplenish{SKU: floor.SKU(b.SKU), Qty: b.Qty}
	if v.SKU == "" {
		v.Due = c.s.replenishDue()
	}
	return c.run(v, 201)
}

package devices

import (
	"fmt"

	"floorline/floor"
	"floorline/labels"
)

func listPallets(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.PalletID]*floor.Pallet { return st.Pallets },
		func(q query, id floor.PalletID, p *floor.Pallet) bool {
			return (q.status == "" || p.Status == q.status) && q.matches(string(id), p.SSCC, p.Carrier, string(p.Manifest), string(p.Place))
		}, func(st *floor.State, p *floor.Pallet) any { return st.PalletView(p) })
}

type palletBody struct {
	Carrier string `json:"carrier"`
	TareG   int64  `json:"tare_g"`
	Place   string `json:"place"`
}

func makePallet(c *call) error {
	var b palletBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.MakePallet{Carrier: b.Carrier, TareG: b.TareG, Place: floor.BinCode(b.Place)}, 201)
}

func getPallet(c *call) error {
	return one(c, "pallet", func(st *floor.State, id string) any {
		if p := st.Pallet(id); p != nil {
			return st.PalletView(p)
		}
		return nil
	})
}

func reopenPallet(c *call) error {
	return c.run(floor.ReopenPallet{ID: c.Params("id")}, 200)
}

// palletLabel draws a closed pallet's label.
func palletLabel(c *call) error {
	var d labels.Logistics
	var status string
	c.view(func(st *floor.State) {
		if p := st.Pallet(c.Params("id")); p != nil {
			status, d = p.Status, logistics(st, p)
		}
	})
	switch status {
	case "":
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_pallet", Say: "no pallet " + clip(c.Params("id"))})
	case floor.PalletOpen:
		return c.problem(&floor.Error{Kind: floor.Conflict, Code: "pallet_open", Say: "the pallet is still being filled: close it first, then its label says what is on it"})
	}
	return c.printed("pallet", d, labels.Size4x6)
}

func logistics(st *floor.State, p *floor.Pallet) labels.Logistics {
	v := st.PalletView(p)
	return labels.Logistics{Sender: sender(st), Carrier: v.Carrier, Reference: string(v.ID), Description: parcelCount(len(v.Parcels)), SSCC: v.SSCC, GrossWeightG: int(v.WeightG)}
}

func parcelCount(n int) string {
	if n == 1 {
		return "1 parcel"
	}
	return fmt.Sprintf("%d parcels", n)
}

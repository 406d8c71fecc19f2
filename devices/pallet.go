package devices

import (
	"encoding/json"
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

// logisticLabel is what a pallet's label says, as the label kind "logistics" takes it.
type logisticLabel struct {
	Sender      labels.Address `json:"sender"`
	Carrier     string         `json:"carrier"`
	Reference   string         `json:"reference,omitempty"`
	Description string         `json:"description"`
	SSCC        string         `json:"sscc"`
	GrossG      int            `json:"gross_weight_g,omitempty"`
}

// palletLabel draws a closed pallet's label. The kind is found by its name: a build without it says so.
func palletLabel(c *call) error {
	var d logisticLabel
	var status string
	c.view(func(st *floor.State) {
		p := st.Pallet(c.Params("id"))
		if p == nil {
			return
		}
		v := st.PalletView(p)
		status = v.Status
		d = logisticLabel{Sender: sender(st), Carrier: v.Carrier, Reference: string(v.ID), Description: parcelCount(len(v.Parcels)), SSCC: v.SSCC, GrossG: int(v.WeightG)}
	})
	switch status {
	case "":
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_pallet", Say: "no pallet " + clip(c.Params("id"))})
	case floor.PalletOpen:
		return c.problem(&floor.Error{Kind: floor.Conflict, Code: "pallet_open", Say: "the pallet is still being filled: close it first, then its label says what is on it"})
	}
	kind, there := labels.KindNamed("logistics")
	if !there {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_logistic_label", Say: "this build draws no logistic labels"})
	}
	size, dpi, err := c.paper("", 203)
	if err != nil {
		return c.problem(err)
	}
	data, failure := json.Marshal(d)
	if failure != nil {
		return failure
	}
	b, failure := kind.Render(data, false, size, dpi)
	return c.document(pdfFile, d.SSCC+".pdf", b, failure)
}

func parcelCount(n int) string {
	if n == 1 {
		return "1 parcel"
	}
	return fmt.Sprintf("%d parcels", n)
}

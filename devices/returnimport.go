package devices

import (
	"floorline/floor"
	"floorline/floor/intake"
)

// returnVerbs are the commands that take in the returns of a file, or of a shop's webhook.
func returnVerbs(r intake.Report, j importJob) (out []floor.Verb) {
	by := "file"
	if j.Topic != "" {
		by = "shop"
	}
	chunks(r.Returns, func(part []intake.Return, _ int) {
		v := floor.ImportReturns{Dry: j.Dry}
		for _, x := range part {
			// What a shop has allowed is allowed, whatever the house's own page would say.
			n := floor.NewReturn{Row: x.Row, Ext: x.ExternalID, Order: x.Order, Channel: x.Channel, Note: x.Note, By: by, Anyway: j.Topic != ""}
			for _, l := range x.Lines {
				n.Lines = append(n.Lines, floor.ReturnLine{SKU: floor.SKU(l.SKU), Qty: l.Qty, Reason: l.Reason, Wanted: l.Wanted})
			}
			v.Returns = append(v.Returns, n)
		}
		out = append(out, v)
	})
	chunks(r.ReturnCancels, func(part []intake.ReturnCancel, _ int) {
		v := floor.ImportReturns{Dry: j.Dry}
		for _, x := range part {
			v.Cancels = append(v.Cancels, floor.CancelRow{Row: x.Row, ExternalID: x.ExternalID, Reason: x.Reason})
		}
		out = append(out, v)
	})
	return out
}

package devices

import (
	"encoding/csv"
	"math"
	"strconv"
	"strings"
)

// recallCSV is all of a recall as one table, a line for each receipt, row of stock, parcel, return and possible order, for
// those who write to the customers.
func recallCSV(c *call) error {
	v, refused, err := c.recall(math.MaxInt)
	if err != nil {
		return err
	}
	if refused != nil {
		return c.problem(refused)
	}
	head := []string{"what", "qty", "sent", "order", "channel", "external_id", "order_status", "customer", "email", "phone", "country", "parcel", "tracking", "carrier",
		"parcel_status", "place", "condition", "promised", "receipt", "purchase", "supplier", "return", "at", "sku", "lot", "expiry", "serial", "note"}
	return c.csv("recall", func(w *csv.Writer) {
		_ = w.Write(head)
		for _, line := range v.table() {
			cells := make([]string, len(head))
			line["sku"], line["lot"], line["serial"] = string(v.SKU), v.Lot, v.Serial
			for i, name := range head {
				cells[i] = harmless(line[name])
			}
			_ = w.Write(cells)
		}
	})
}

// table are the lines of the table, each by the heads of its columns.
func (v *recallView) table() (out []map[string]string) {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	for _, r := range v.Receipts {
		out = append(out, map[string]string{"what": "received", "qty": n(r.Qty), "receipt": string(r.Receipt), "purchase": r.PurchaseNumber, "supplier": r.Supplier, "at": r.At, "note": r.SSCC})
	}
	for _, s := range v.Here {
		line := map[string]string{"what": "here", "qty": n(s.OnHand), "place": string(s.Place), "condition": s.Condition, "promised": n(s.Reserved), "expiry": s.Expiry, "note": s.Why}
		for _, f := range s.For {
			line["order"] = strings.TrimSpace(line["order"] + " " + string(f.Order))
		}
		out = append(out, line)
	}
	for _, p := range v.Parcels {
		line := p.cells("parcel", p.Qty, p.Sent, p.SentAt)
		line["parcel"], line["tracking"], line["carrier"], line["parcel_status"] = string(p.Parcel), p.Tracking, p.Carrier, p.ParcelStatus
		if p.Told > 0 {
			line["note"] = n(p.Told) + " as the bench was told"
		}
		out = append(out, line)
	}
	for _, r := range v.Backs {
		out = append(out, map[string]string{"what": "back", "qty": n(r.Qty), "return": string(r.Return), "order": string(r.Order), "at": r.At, "note": r.Status})
	}
	for _, o := range v.Maybe {
		out = append(out, o.line("possible", "lot not captured; booked as "+lotNames(o.Lots)))
	}
	for _, o := range v.Unsure {
		out = append(out, o.line("unsure", "lot not captured; counted above, may be "+lotNames(o.Lots)))
	}
	return out
}

func (x recallCustomer) cells(what string, qty int64, sent bool, at string) map[string]string {
	yes := map[bool]string{true: "yes", false: "no"}
	return map[string]string{"what": what, "qty": strconv.FormatInt(qty, 10), "sent": yes[sent], "order": string(x.Order), "channel": x.Channel, "external_id": x.ExternalID,
		"order_status": x.Status, "customer": x.Customer, "email": x.Email, "phone": x.Phone, "country": x.Country, "at": at}
}

func (o *recallOrder) line(what, note string) map[string]string {
	line := o.cells(what, o.Qty, o.Sent, o.At)
	line["place"], line["note"] = string(o.From), note
	for _, p := range o.Parcels {
		line["parcel"] = strings.TrimSpace(line["parcel"] + " " + string(p))
	}
	return line
}

func lotNames(lots []string) string {
	names := make([]string, len(lots))
	for i, lot := range lots {
		if names[i] = lot; lot == "" {
			names[i] = "no lot"
		}
	}
	return strings.Join(names, ", ")
}

package devices

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"floorline/floor"
	"floorline/labels"
)

// The papers of a truck: what the driver signs, and the same as a table for a program.

// carried is a parcel on a truck, with what its order says of where it goes.
type carried struct {
	labels.ManifestRow
	sscc, postcode string
	at             floor.Time
	by             string
}

// truck is a manifest gathered from the floor and, for what left memory, from the archive.
type truck struct {
	paper     labels.Manifest
	rows      []carried
	signature string // the file's hash
}

// gather reads the manifest that the address names.
func (c *call) gather() (t truck, err error, refused *floor.Error) {
	var ids []floor.ParcelID
	found := false
	c.view(func(st *floor.State) {
		m := st.Manifests[floor.ManifestID(c.Params("id"))]
		if m == nil {
			return
		}
		found = true
		ids = append(ids, m.Parcels...)
		t.paper, t.signature = paperOf(st, m), m.Signature
	})
	if !found {
		return t, nil, &floor.Error{Kind: floor.NotFound, Code: "no_manifest", Say: "no manifest " + clip(c.Params("id"))}
	}
	for _, id := range ids {
		if _, err := c.parcelNamed(string(id), func(st *floor.State, o *floor.Order, p *floor.Parcel) { t.rows = append(t.rows, carriedBy(st, o, p)) }); err != nil {
			return t, err, nil
		}
	}
	for _, r := range t.rows {
		t.paper.Rows = append(t.paper.Rows, r.ManifestRow)
	}
	return t, nil, nil
}

func paperOf(st *floor.State, m *floor.Manifest) labels.Manifest {
	v := st.ManifestView(m, true)
	at := m.Closed
	if at == 0 {
		at = m.Created
	}
	d := labels.Manifest{Code: string(m.ID), Carrier: m.Carrier, Dock: m.Dock, Date: st.Day(at), Vehicle: v.Vehicle, Driver: v.Driver, Seal: v.Seal, Sender: sender(st)}
	for _, p := range v.Pallets {
		d.Pallets = append(d.Pallets, labels.ManifestPallet{Code: string(p.ID), SSCC: p.SSCC, Parcels: len(p.Parcels), WeightG: int(p.WeightG)})
	}
	if m.Signature != "" {
		d.Signature = &labels.Signature{Name: v.Signer, At: clockAt(m.Signed, st.Site.TimeZone)}
	}
	return d
}

// clockAt is a moment's time of day where the house is.
func clockAt(t floor.Time, zone string) string {
	z, err := time.LoadLocation(zone)
	if err != nil {
		z = time.UTC
	}
	return time.UnixMilli(int64(t)).In(z).Format("15:04")
}

func carriedBy(st *floor.State, o *floor.Order, p *floor.Parcel) carried {
	r := carried{ManifestRow: labels.ManifestRow{Tracking: p.Tracking, Order: string(p.Order), WeightG: int(p.WeightG), Service: p.Service, Pallet: string(p.Pallet)},
		sscc: p.SSCC, at: p.LoadedAt, by: string(p.LoadedBy)}
	if sv := st.Services[p.Service]; sv != nil && sv.Name != "" {
		r.Service = sv.Name
	}
	if w := st.Workers[p.LoadedBy]; w != nil {
		r.by = w.Name
	}
	if o != nil {
		if to := receiver(o); to != nil {
			r.City, r.Country, r.postcode = to.City, to.Country, to.Postcode
		}
	}
	return r
}

func manifestPDF(c *call) error {
	t, failure, refused := c.gather()
	switch {
	case refused != nil:
		return c.problem(refused)
	case failure != nil:
		return failure
	}
	if err := c.sign(&t); err != nil {
		return c.problem(err)
	}
	return c.paged(t.paper.Code, t.paper)
}

// sign puts the strokes of the driver's signature on the paper.
func (c *call) sign(t *truck) *floor.Error {
	if t.signature == "" {
		return nil
	}
	var d drawn
	b, err := c.s.keeper.File(t.signature)
	if err == nil {
		err = json.Unmarshal(b, &d)
	}
	if err != nil {
		return &floor.Error{Kind: "internal", Code: "damaged", Say: "the driver's signature cannot be read: run floorline verify (" + err.Error() + ")"}
	}
	t.paper.Signature.Width, t.paper.Signature.Height, t.paper.Signature.Strokes = d.Width, d.Height, d.Strokes
	return nil
}

// manifestColumns head the table.
var manifestColumns = []string{"manifest", "tracking", "sscc", "order", "service", "weight_g", "city", "country", "postcode", "pallet", "loaded_at", "loaded_by"}

func manifestCSV(c *call) error {
	t, failure, refused := c.gather()
	switch {
	case refused != nil:
		return c.problem(refused)
	case failure != nil:
		return failure
	}
	return c.csv(t.paper.Code, func(w *csv.Writer) {
		w.UseCRLF = true
		_ = w.Write(manifestColumns)
		for _, r := range t.rows {
			row := []string{t.paper.Code, r.Tracking, r.sscc, r.Order, r.Service, strconv.Itoa(r.WeightG), r.City, r.Country, r.postcode, r.Pallet, r.at.String(), r.by}
			for i := range row {
				row[i] = harmless(row[i])
			}
			_ = w.Write(row)
		}
	})
}

// csv answers with a table to be kept by whoever asked, and by nobody on the way: persons may stand in it.
func (c *call) csv(name string, write func(*csv.Writer)) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	write(w)
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	c.Set("Content-Type", csvFile)
	c.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	c.Set("Cache-Control", "private, no-store")
	return c.Send(out.Bytes())
}

const csvFile = "text/csv; charset=utf-8"

// harmless keeps a spreadsheet from taking a text for a formula: a shop's customer may call their town =cmd().
func harmless(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

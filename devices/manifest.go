package devices

import (
	"encoding/json"
	"errors"
	"mime"
	"strconv"
	"strings"

	"floorline/floor"
	"floorline/store"
)

func listManifests(c *call) error {
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id, m := range st.Manifests {
			if (q.status == "" || m.Status == q.status) && q.matches(string(id), m.Carrier, m.Dock, m.Plate) {
				out = append(out, entry{string(id), func() any { return st.ManifestView(m, c.seesPeople()) }})
			}
		}
		return out
	})
}

// seesPeople is true of who may read the names of those at the truck: the desk, not a device that lies about.
func (c *call) seesPeople() bool { return c.who.what != "device" && c.who.roles.Has(desk) }

func getManifest(c *call) error {
	return one(c, "manifest", func(st *floor.State, id string) any {
		if m := st.Manifests[floor.ManifestID(id)]; m != nil {
			return st.ManifestView(m, c.seesPeople())
		}
		return nil
	})
}

type manifestBody struct {
	Carrier    string   `json:"carrier"`
	Dock       string   `json:"dock"`
	Vehicle    string   `json:"vehicle"`
	Driver     string   `json:"driver"`
	Seal       string   `json:"seal"`
	Services   []string `json:"services"`
	Collection string   `json:"collection"`
}

func openManifest(c *call) error {
	var b manifestBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	at, err := instant("/collection", b.Collection)
	if err != nil {
		return c.problem(err)
	}
	return c.run(floor.OpenManifest{Carrier: b.Carrier, Dock: b.Dock, Plate: b.Vehicle, Driver: b.Driver, Seal: b.Seal, Services: b.Services, Collection: at}, 201)
}

func closeManifest(c *call) error {
	return c.run(floor.CloseManifest{ID: floor.ManifestID(c.Params("id"))}, 200)
}

func reopenManifest(c *call) error {
	var b reasonBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.ReopenManifest{ID: floor.ManifestID(c.Params("id")), Reason: b.Reason}, 200)
}

type vehicleBody struct {
	Vehicle string `json:"vehicle"`
	Driver  string `json:"driver"`
	Seal    string `json:"seal"`
}

func noteVehicle(c *call) error {
	var b vehicleBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.NoteVehicle{Manifest: floor.ManifestID(c.Params("id")), Plate: b.Vehicle, Driver: b.Driver, Seal: b.Seal}, 200)
}

type parcelsBody struct {
	Parcels []string `json:"parcels"`
}

func planParcels(c *call) error {
	var b parcelsBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.PlanParcels{Manifest: floor.ManifestID(c.Params("id")), Parcels: b.Parcels}, 200)
}

type rerouteBody struct {
	Service string `json:"service"`
}

func rerouteParcel(c *call) error {
	var b rerouteBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.RerouteParcel{Parcel: c.Params("id"), Service: b.Service}, 200)
}

// addPhoto takes the bytes of a photo as they are.
func addPhoto(c *call) error {
	kind, _, _ := mime.ParseMediaType(c.Get("Content-Type"))
	if kind != "image/jpeg" && kind != "image/png" {
		return c.problem(&floor.Error{Kind: "media", Code: "not_a_photo", Say: "send Content-Type: image/jpeg or image/png"})
	}
	if known := c.knowsManifest(); known != nil {
		return c.problem(known)
	}
	photo, err := c.photo()
	if err != nil {
		return c.problem(err)
	}
	hash, failure := c.s.keeper.PutFile(photo)
	if failure != nil {
		return c.problem(unkept(failure))
	}
	return c.run(floor.ProveLoad{Manifest: floor.ManifestID(c.Params("id")), Photo: hash}, 201)
}

func addSignature(c *call) error {
	var b signatureBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if err := b.check(); err != nil {
		return c.problem(err)
	}
	if known := c.knowsManifest(); known != nil {
		return c.problem(known)
	}
	plain, failure := b.bytes()
	if failure != nil {
		return failure
	}
	hash, failure := c.s.keeper.PutFile(plain)
	if failure != nil {
		return c.problem(unkept(failure))
	}
	return c.run(floor.ProveLoad{Manifest: floor.ManifestID(c.Params("id")), Signature: hash, Signer: strings.TrimSpace(b.Name)}, 201)
}

// knowsManifest keeps files out that no manifest would speak of.
func (c *call) knowsManifest() (no *floor.Error) {
	c.view(func(st *floor.State) {
		if st.Manifests[floor.ManifestID(c.Params("id"))] == nil {
			no = &floor.Error{Kind: floor.NotFound, Code: "no_manifest", Say: "no manifest " + clip(c.Params("id"))}
		}
	})
	return no
}

func unkept(err error) *floor.Error {
	return &floor.Error{Kind: floor.Stopped, Code: "not_kept", Say: "it could not be kept: " + err.Error()}
}

// proofFile gives the n-th photo of the manifest that the address names, or its signature where n is 0.
func (c *call) proofFile(n int) ([]byte, error) {
	hash, id := "", floor.ManifestID(c.Params("id"))
	c.view(func(st *floor.State) {
		if m := st.Manifests[id]; m != nil {
			hash = m.ManifestFile(n)
		}
	})
	return c.s.keeper.File(hash)
}

// sendProof sends a picture, or says why there is none.
func (c *call) sendProof(kind string, b []byte, err error) error {
	if errors.Is(err, store.ErrNoFile) {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_picture", Say: "there is no such picture"})
	}
	if err != nil {
		return c.problem(&floor.Error{Kind: "internal", Code: "damaged", Say: "the picture cannot be read: run floorline verify (" + err.Error() + ")"})
	}
	c.Set("Content-Type", kind)
	c.Set("Cache-Control", "private, no-store")
	return c.Send(b)
}

func loadPhoto(c *call) error {
	n, err := strconv.Atoi(strings.TrimSuffix(c.Params("n"), ".jpg"))
	if err != nil || n < 1 {
		return c.sendProof("", nil, store.ErrNoFile)
	}
	b, err := c.proofFile(n)
	return c.sendProof("image/jpeg", b, err)
}

func loadSignature(c *call) error {
	d, err := c.signature()
	return c.sendProof("image/svg+xml", d.svg(), err)
}

func (c *call) signature() (d drawn, err error) {
	b, err := c.proofFile(0)
	if err == nil {
		err = json.Unmarshal(b, &d)
	}
	return d, err
}

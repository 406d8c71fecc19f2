package floor

import "slices"

// ManifestView is a manifest as the API shows it.
type ManifestView struct {
	ID         ManifestID    `json:"id"`
	Carrier    string        `json:"carrier"`
	Dock       string        `json:"dock"`
	Status     string        `json:"status"`
	Loaded     int           `json:"loaded"`
	Expected   int           `json:"expected"`
	Parcels    []ParcelID    `json:"parcels"`
	CreatedAt  string        `json:"created_at"`
	ClosedAt   string        `json:"closed_at,omitempty"`
	Vehicle    string        `json:"vehicle,omitempty"`
	Driver     string        `json:"driver,omitempty"`
	Seal       string        `json:"seal,omitempty"`
	Services   []string      `json:"services,omitempty"`
	Collection string        `json:"collection,omitempty"`
	WeightG    int64         `json:"weight_g"`
	Pallets    []PalletView  `json:"pallets"`
	Missing    []MissingView `json:"missing"`             // not on board yet, the likeliest to be found first
	LeftBehind []ParcelID    `json:"left_behind"`         // when it left
	Photos     int           `json:"photos"`              // at /manifests/{id}/photos/{n}, from 1
	Signed     string        `json:"signed_at,omitempty"` // the signature is at /manifests/{id}/signature.svg
	Signer     string        `json:"signer,omitempty"`
	Wants      []string      `json:"wants"` // photo or signature, where the house asks for it and it is not there yet
	ReopenTill string        `json:"reopen_until,omitempty"`
}

// ManifestView shows a manifest; the people at the truck only to those with the right.
func (s *State) ManifestView(m *Manifest, people bool) *ManifestView {
	v := &ManifestView{ID: m.ID, Carrier: m.Carrier, Dock: m.Dock, Status: m.Status, Loaded: len(m.Parcels), Expected: len(m.Parcels),
		Parcels: append([]ParcelID{}, m.Parcels...), CreatedAt: m.Created.String(), ClosedAt: m.Closed.String(), Vehicle: m.Plate, Seal: m.Seal,
		Services: m.Services, Collection: m.Collection.String(), Pallets: []PalletView{}, Missing: []MissingView{},
		LeftBehind: append([]ParcelID{}, m.LeftBehind...), Photos: len(m.Photos), Signed: m.Signed.String(), Wants: []string{}}
	if people {
		v.Driver, v.Signer = m.Driver.name(), m.Signer.name()
	}
	for _, id := range m.Parcels {
		if p := s.Parcels[id]; p != nil {
			v.WeightG += p.WeightG
		}
	}
	for _, id := range m.Pallets {
		if p := s.Pallets[id]; p != nil {
			v.Pallets = append(v.Pallets, s.PalletView(p))
		}
	}
	if m.Status == ManifestOpen {
		w := s.expected(m)
		v.Expected += w.count
		v.Wants = append(v.Wants, s.proofLacking(m)...)
		for _, p := range w.likeliest(s, m) {
			v.Missing = append(v.Missing, s.missingView(p))
		}
	} else if m.Closed.plus(ReopenMS) > s.Now {
		v.ReopenTill = m.Closed.plus(ReopenMS).String()
	}
	return v
}

// name is what a sealed name says; "" where there is none, or it was erased.
func (p *Private) name() string {
	if p == nil || p.Person == nil {
		return ""
	}
	return p.Person.Name
}

// MissingView is a parcel that a truck still waits for, and where it was last.
type MissingView struct {
	ID       ParcelID   `json:"id"`
	Tracking string     `json:"tracking"`
	Order    OrderID    `json:"order"`
	Service  string     `json:"service"`
	Seen     string     `json:"seen"`
	SeenAt   string     `json:"seen_at,omitempty"`
	Pallet   PalletID   `json:"pallet,omitempty"`
	LeftBy   ManifestID `json:"left_by,omitempty"` // it waits since that truck
	Held     bool       `json:"held,omitempty"`
}

func (s *State) missingView(p *Parcel) MissingView {
	v := MissingView{ID: p.ID, Tracking: p.Tracking, Order: p.Order, Service: s.serviceName(p.Service), Seen: InEnglish(s.seenText(p)),
		Pallet: p.Pallet, LeftBy: p.LeftBy, Held: s.index.stopped.has(p.Order)}
	if p.Seen != nil {
		v.SeenAt = p.Seen.At.String()
	}
	return v
}

func (s *State) serviceName(code string) string {
	if v := s.Services[code]; v != nil && v.Name != "" {
		return v.Name
	}
	return code
}

// ManifestFile gives the n-th photo of a manifest, from 1, or its signature where n is 0; "" for none.
func (m *Manifest) ManifestFile(n int) string {
	if n == 0 {
		return m.Signature
	}
	if n < 1 || n > len(m.Photos) {
		return ""
	}
	return m.Photos[n-1]
}

// PalletView is a pallet as the API shows it.
type PalletView struct {
	ID        PalletID   `json:"id"`
	SSCC      string     `json:"sscc"`
	Carrier   string     `json:"carrier"`
	Status    string     `json:"status"`
	Parcels   []ParcelID `json:"parcels"`
	WeightG   int64      `json:"weight_g"` // as weighed when it was closed, else what is on it and the pallet itself
	TareG     int64      `json:"tare_g"`
	Place     BinCode    `json:"place,omitempty"`
	Manifest  ManifestID `json:"manifest,omitempty"`
	CreatedAt string     `json:"created_at"`
	ClosedAt  string     `json:"closed_at,omitempty"`
}

// PalletView shows a pallet.
func (s *State) PalletView(p *Pallet) PalletView {
	return PalletView{ID: p.ID, SSCC: p.SSCC, Carrier: p.Carrier, Status: p.Status, Parcels: append([]ParcelID{}, p.Parcels...),
		WeightG: s.palletWeight(p), TareG: p.TareG, Place: p.Place, Manifest: p.Manifest, CreatedAt: p.Created.String(), ClosedAt: p.Closed.String()}
}

func (s *State) palletWeight(p *Pallet) int64 {
	if p.GrossG > 0 {
		return p.GrossG
	}
	w := p.TareG
	for _, id := range p.Parcels {
		if x := s.Parcels[id]; x != nil {
			w += x.WeightG
		}
	}
	return w
}

func removed[K comparable](list []K, k K) []K {
	return slices.DeleteFunc(slices.Clone(list), func(x K) bool { return x == k })
}

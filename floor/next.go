package floor

import "slices"

// Next is what a device is asked for now: the step, the codes it accepts and what to show. Screens draw
// it and decide nothing.
type Next struct {
	Job     *JobView `json:"job"`
	Step    string   `json:"step"`
	Expects []string `json:"expects"`
	Want    []Want   `json:"want"`
	Title   string   `json:"title"`
	// Language is the one that all of it is said in, so that the screens follow.
	Language string       `json:"language,omitempty"`
	Show     Show         `json:"show"`
	Ask      *Ask         `json:"ask"`
	Actions  []string     `json:"actions"`
	Notices  []NoticeView `json:"notices,omitempty"` // what somebody else changed; each is sounded once
	Offline  bool         `json:"offline"`
	Ahead    []*Next      `json:"ahead,omitempty"`
}

// NextFor is what a device is asked for now, with the steps ahead, in the words of who is signed in.
func (s *State) NextFor(id DeviceID) *Next { return s.NextIn(id, "") }

// NextIn is NextFor on a device that has a language of its own, for who is not signed in yet.
func (s *State) NextIn(id DeviceID, own string) *Next { return s.nextFor(id).In(s.LanguageAt(id, own)) }

// LanguageAt is the language of who is signed in at a device, else the device's own.
func (s *State) LanguageAt(id DeviceID, own string) string {
	if d := s.Devices[id]; d != nil {
		if w := s.Workers[d.Worker]; w != nil && w.Language != "" {
			return w.Language
		}
	}
	return own
}

func (s *State) nextFor(id DeviceID) *Next {
	d := s.Devices[id]
	if d == nil {
		return nil
	}
	if d.Worker == "" {
		return &Next{Step: "badge", Expects: []string{"badge"}, Want: []Want{}, Title: phrase("Scan your badge"), Actions: []string{}}
	}
	j := s.jobOf(d)
	if j == nil {
		return s.idle(d)
	}
	n := j.next(s)
	n.Notices = d.notices()
	n.Show.Worker = s.workerName(d.Worker)
	if a := askOf(s, d); a != nil {
		n.Ask = a
	}
	if d.mustCount() {
		n.Ask, n.Offline, n.Ahead = s.countAsk(d), false, nil
	}
	return n
}

// idle lists what can be started on a device.
func (s *State) idle(d *Device) *Next {
	n := &Next{Step: "start", Expects: []string{}, Want: []Want{}, Title: phrase("What next?"), Actions: []string{"start", "signout"}}
	n.Show.Worker, n.Notices = s.workerName(d.Worker), d.notices()
	for i := range works {
		w := &works[i]
		if w.roles.any(d.Roles) && oneOf(d.DeviceKind, w.devices) {
			n.Expects = append(n.Expects, w.kind)
			n.Show.Jobs = append(n.Show.Jobs, w.offers(s, d)...)
		}
	}
	if len(n.Show.Jobs) == 0 {
		n.Title = phrase("No work just now")
	}
	return n
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(list, func(x string) bool { return x == word })
}

// AheadLimit is how many following steps are given along with the present one.
const AheadLimit = 50

// JobView names the job on a device and how far it is, in units.
type JobView struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

// Want is one code that would be accepted now, as printed.
type Want struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

// Ask is a question that must be answered before anything else.
type Ask struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Kind    string   `json:"kind"` // choice, number or secret
	Options []Option `json:"options"`
	Suggest string   `json:"suggest,omitempty"`
}

// Option is one answer to an Ask.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Show is what a screen shows beside the step. Everything is optional.
type Show struct {
	Jobs           []JobOffer     `json:"jobs,omitempty"`
	Item           *ItemBrief     `json:"item,omitempty"`
	Bin            BinCode        `json:"bin,omitempty"`
	Zone           string         `json:"zone,omitempty"`
	Leg            *Leg           `json:"leg,omitempty"`
	Qty            int64          `json:"qty,omitempty"`
	Done           int64          `json:"done,omitempty"`
	Total          int64          `json:"total,omitempty"`
	Lot            string         `json:"lot,omitempty"`
	Expiry         string         `json:"expiry,omitempty"`
	Serial         string         `json:"serial,omitempty"`
	Slot           int            `json:"slot,omitempty"`
	Slots          int            `json:"slots,omitempty"`
	Tote           ToteCode       `json:"tote,omitempty"`
	Order          OrderID        `json:"order,omitempty"`
	ExternalID     string         `json:"external_id,omitempty"`
	Lines          []LineBrief    `json:"lines,omitempty"`
	Parcel         *ParcelBrief   `json:"parcel,omitempty"`
	Cartons        []CartonBrief  `json:"cartons,omitempty"`
	Carton         *CartonAdvised `json:"carton,omitempty"`
	Fill           []FillLayer    `json:"fill,omitempty"`
	ExpectedWeight int64          `json:"expected_weight_g,omitempty"`
	Weigh          *WeighView     `json:"weigh,omitempty"`
	LabelURL       string         `json:"label_url,omitempty"`
	Print          *PrintShown    `json:"print,omitempty"`
	Manifest       *ManifestRef   `json:"manifest,omitempty"`
	Loaded         int            `json:"loaded,omitempty"`
	Expected       int            `json:"expected,omitempty"`
	Parcels        []ParcelBrief  `json:"parcels,omitempty"`
	Reasons        []string       `json:"reasons,omitempty"`
	Note           string         `json:"note,omitempty"` // what the floor says beside the step
	Gift           string         `json:"gift,omitempty"` // what the customer wishes to be written or heeded
	Why            string         `json:"why,omitempty"`
	Worker         string         `json:"worker,omitempty"`

	Open         []SideParcel `json:"open_parcels,omitempty"` // of the order at the bench, where there are several
	Instructions []string     `json:"instructions,omitempty"`
	TypedG       int64        `json:"typed_g,omitempty"` // of the weight, card by card, so far
	Pallet       *PalletBrief `json:"pallet,omitempty"`
	Missing      bool         `json:"missing,omitempty"` // the parcels are those not on board yet
	Proof        []string     `json:"proof,omitempty"`   // photo or signature, still wanted
	Also         []string     `json:"also,omitempty"`    // actions that lead nowhere, beside the only way on
	Unit         int          `json:"unit,omitempty"`    // of a return: the number of the one in the hand
	Photos       int          `json:"photos,omitempty"`  // that there are of it
}

// JobOffer is a job that could be started here.
type JobOffer struct {
	Job    string `json:"job"`
	ID     string `json:"id,omitempty"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Done   int64  `json:"done"`
	Total  int64  `json:"total"`
	Worker string `json:"worker,omitempty"`
}

// ItemBrief is what a worker sees of an item.
type ItemBrief struct {
	SKU     SKU    `json:"sku"`
	Name    string `json:"name"`
	WeightG int64  `json:"weight_g,omitempty"`
	Hazard  string `json:"hazard,omitempty"`

	Fragile  bool `json:"fragile,omitempty"`
	KeepFlat bool `json:"keep_flat,omitempty"`
}

// LineBrief is one order line at the bench, in units.
type LineBrief struct {
	SKU  SKU    `json:"sku"`
	Name string `json:"name"`
	Qty  int64  `json:"qty"`
	Done int64  `json:"done"`
}

// ParcelBrief is what a bench or dock shows of a parcel.
type ParcelBrief struct {
	ID       ParcelID `json:"id"`
	N        int      `json:"n,omitempty"`
	Order    OrderID  `json:"order,omitempty"`
	WeightG  int64    `json:"weight_g,omitempty"`
	Tracking string   `json:"tracking,omitempty"`
	SSCC     string   `json:"sscc,omitempty"`

	// What a dock shows of it.
	Carrier string     `json:"carrier,omitempty"`
	Service string     `json:"service,omitempty"`
	Due     string     `json:"due,omitempty"`  // the next collection of its service
	Seen    string     `json:"seen,omitempty"` // where it was last
	Pallet  PalletID   `json:"pallet,omitempty"`
	LeftBy  ManifestID `json:"left_by,omitempty"` // the truck that left without it
}

// PalletBrief is what a dock shows of the pallet being built.
type PalletBrief struct {
	ID      PalletID `json:"id"`
	SSCC    string   `json:"sscc"`
	Carrier string   `json:"carrier"`
	Parcels int      `json:"parcels"`
	WeightG int64    `json:"weight_g"`
	Place   BinCode  `json:"place,omitempty"`
}

// CartonBrief is one carton to choose; Scan is the code printed at the bench.
type CartonBrief struct {
	Code CartonCode `json:"code"`
	Name string     `json:"name"`
	Scan string     `json:"scan"`
}

// ManifestRef is what the dock shows of a manifest.
type ManifestRef struct {
	ID      ManifestID `json:"id"`
	Carrier string     `json:"carrier"`
	Dock    string     `json:"dock"`
	Vehicle string     `json:"vehicle,omitempty"`
	Seal    string     `json:"seal,omitempty"`
	Photos  int        `json:"photos,omitempty"`
	Signed  bool       `json:"signed,omitempty"`
}

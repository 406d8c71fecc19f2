package devices

import (
	"fmt"
	"strconv"

	"floorline/floor"
)

type siteBody struct {
	Name      string       `json:"name"`
	Address   floor.Person `json:"address"`
	GS1Prefix string       `json:"gs1_prefix"`
	TimeZone  string       `json:"time_zone"`
	Currency  string       `json:"currency"`
	Units     string       `json:"units"`
	EORI      string       `json:"eori"`
	VAT       string       `json:"vat"`
	ZeroCheck *bool        `json:"zero_check"` // left out, it stays as it is; so do the next

	ReplenishByHand *bool `json:"replenish_by_hand"` // goods come to the pick bins only when a lead says so; left out, it stays as it is

	TypedWeight string `json:"typed_weight"` // who may type a weight: anyone or lead

	Verify        *string `json:"verify"` // every or sample, with the two below
	SampleFirst   int64   `json:"sample_first"`
	SamplePercent int64   `json:"sample_percent"`
	AutoWeight    *bool   `json:"auto_weight"`

	Door      *bool   `json:"load_door"`
	Vehicle   *bool   `json:"load_vehicle"`
	Seal      *bool   `json:"load_seal"`
	Proof     *string `json:"load_proof"`
	PublicURL *string `json:"public_url"` // where customers reach this server; left out, it stays as it is
	Service   *string `json:"service"`    // of orders that name none; left out, it stays as it is
}

func getSite(c *call) error {
	var site floor.Site
	c.view(func(st *floor.State) { site = st.Site })
	return c.json(200, site)
}

func putSite(c *call) error {
	var b siteBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	var verifying *floor.Verifying
	if b.Verify != nil {
		verifying = &floor.Verifying{Verify: *b.Verify, SampleFirst: b.SampleFirst, SamplePercent: b.SamplePercent}
	}
	return c.run(floor.SaveSite{Service: b.Service, PublicURL: b.PublicURL, Verifying: verifying, AutoWeight: b.AutoWeight, Site: floor.Site{Name: b.Name, Address: b.Address, GS1Prefix: b.GS1Prefix,
		TimeZone: b.TimeZone, Currency: b.Currency, Units: b.Units, EORI: b.EORI, VAT: b.VAT, TypedWeight: b.TypedWeight}, ZeroCheck: b.ZeroCheck, ReplenishByHand: b.ReplenishByHand,
		Load: floor.LoadChanges{Door: b.Door, Vehicle: b.Vehicle, Seal: b.Seal, Proof: b.Proof}}, 200)
}

// layoutBody is the grid as the route planner takes it. Distances may be decimals; the floor keeps
// hundredths.
type layoutBody struct {
	Aisles      int     `json:"aisles"`
	Cells       int     `json:"cells"`
	AislePitch  float64 `json:"aisle_pitch"`
	CellPitch   float64 `json:"cell_pitch"`
	EndGap      float64 `json:"end_gap"`
	CrossAisles []int   `json:"cross_aisles"`
	Depot       depot   `json:"depot"`
}

type depot struct {
	Aisle int    `json:"aisle"`
	Side  string `json:"side"`
}

func putLayout(c *call) error {
	b := layoutBody{AislePitch: 1, CellPitch: 1, EndGap: 1}
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if err := b.check(); err != nil {
		return c.problem(err)
	}
	l := floor.Layout{Aisles: b.Aisles, Cells: b.Cells, AislePitch: hundredths(b.AislePitch), CellPitch: hundredths(b.CellPitch),
		EndGap: hundredths(b.EndGap), CrossAisles: b.CrossAisles, DepotAisle: b.Depot.Aisle, DepotAtTop: b.Depot.Side == "top"}
	var now uint64
	c.view(func(st *floor.State) { now = st.Site.Layout.Rev })
	rev, err := c.ifMatch(now + 1) // there is always a layout, be it an empty one
	if err != nil {
		return c.problem(err)
	}
	if rev != nil {
		rev = &now
	}
	a := c.s.keeper.Do(c.command(floor.SaveLayout{Layout: l, IfRev: rev}))
	if a.Err != nil {
		return c.problem(a.Err)
	}
	return getLayout(c)
}

// PitchLimit is the longest distance of a layout, in whatever unit the site measures.
const PitchLimit = 1000

func hundredths(f float64) int64 { return int64(f*100 + 0.5) }

// check finds what the floor cannot see once the distances are whole numbers.
func (b *layoutBody) check() *floor.Error {
	var about []floor.Fault
	for _, d := range []struct {
		pointer string
		value   float64
		least   float64
	}{{"/aisle_pitch", b.AislePitch, 0.01}, {"/cell_pitch", b.CellPitch, 0.01}, {"/end_gap", b.EndGap, 0}} {
		if !(d.value >= d.least && d.value <= PitchLimit) {
			about = append(about, floor.Fault{Pointer: d.pointer, Code: "out_of_range", Detail: fmt.Sprintf("is %g; from %g to %d", d.value, d.least, PitchLimit)})
		}
	}
	if side := b.Depot.Side; side != "" && side != "top" && side != "bottom" {
		about = append(about, floor.Fault{Pointer: "/depot/side", Code: "bad_value", Detail: "the depot is at the top or the bottom of its aisle"})
	}
	if len(about) > 0 {
		return &floor.Error{Kind: floor.Invalid, Code: about[0].Code, Say: "not accepted", About: about}
	}
	return nil
}

func getLayout(c *call) error {
	var l floor.Layout
	c.view(func(st *floor.State) { l = st.Site.Layout })
	c.Set("ETag", etag(l.Rev+1))
	return c.json(200, layoutView(l))
}

type aisleBody struct {
	Reason string `json:"reason"`
}

func blockAisle(open bool) func(c *call) error {
	return func(c *call) error {
		var b aisleBody
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
		n, err := strconv.Atoi(c.Params("n"))
		if err != nil {
			n = -1 // no such aisle
		}
		return c.run(floor.BlockAisle{Aisle: n, Open: open, Reason: b.Reason}, 200)
	}
}

func layoutView(l floor.Layout) layoutBody {
	b := layoutBody{l.Aisles, l.Cells, float64(l.AislePitch) / 100, float64(l.CellPitch) / 100, float64(l.EndGap) / 100,
		append([]int{}, l.CrossAisles...), depot{l.DepotAisle, "bottom"}}
	if l.DepotAtTop {
		b.Depot.Side = "top"
	}
	return b
}

// madeOr is the status of a PUT: 201 for what was not there, 200 for what is replaced.
func (c *call) madeOr(known func(st *floor.State) bool) int {
	status := 201
	c.view(func(st *floor.State) {
		if known(st) {
			status = 200
		}
	})
	return status
}

type channelBody struct {
	Platform string `json:"platform"`
	Secret   string `json:"secret"`
	StopDays int64  `json:"stop_days"`
	Ship     string `json:"ship"`
	HookURL  string `json:"hook_url"`
	Service  string `json:"service"` // of orders that name none

	floor.Verifying
	Instructions string `json:"instructions"`
}

func putChannel(c *call) error {
	var b channelBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if err := c.s.teller.out.hears(b.HookURL); err != nil {
		return c.problem(badURL("/hook_url", err))
	}
	code := c.Params("code")
	status := c.madeOr(func(st *floor.State) bool { return st.Channels[code] != nil })
	return c.run(floor.SaveChannel{Channel: floor.Channel{Code: code, Platform: b.Platform, Secret: floor.Secret{Plain: b.Secret}, StopDays: b.StopDays, Ship: b.Ship, Service: b.Service, HookURL: b.HookURL,
		Verifying: b.Verifying, Instructions: b.Instructions}}, status)
}

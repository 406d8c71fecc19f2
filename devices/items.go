package devices

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"floorline/floor"
)

// ifMatch reads If-Match against the revision there is now (0: nothing is). It gives the revision that the
// floor must still find, so that nothing slips in between; nil when the header is absent.
func (c *call) ifMatch(now uint64) (*uint64, *floor.Error) {
	h := c.Get("If-Match")
	if h == "" {
		return nil, nil
	}
	for tag := range strings.SplitSeq(h, ",") {
		if tag = strings.TrimSpace(tag); now > 0 && (tag == "*" || tag == etag(now)) {
			return &now, nil
		}
	}
	return nil, &floor.Error{Kind: floor.Changed, Code: "changed", Say: "somebody changed it since you read it; read it again"}
}

// mustMatch is for changes that are only made to what was seen: If-Match has to be there, and fit.
func (c *call) mustMatch(tag string) *floor.Error {
	h := c.Get("If-Match")
	if h == "" {
		return &floor.Error{Kind: "unconditional", Code: "if_match_required", Say: "send If-Match with the ETag you have seen, or * to change it whatever it is now"}
	}
	for seen := range strings.SplitSeq(h, ",") {
		if seen = strings.TrimSpace(seen); seen == "*" || seen == tag {
			return nil
		}
	}
	return &floor.Error{Kind: floor.Changed, Code: "changed", Say: "somebody changed it since you read it; read it again"}
}

// sameName refuses a body that names another thing than its address does; a body need not name it at all.
func (c *call) sameName(pointer, in, at string) *floor.Error {
	if in == "" || in == at {
		return nil
	}
	return &floor.Error{Kind: floor.Invalid, Code: "other_name", Say: "not accepted", About: []floor.Fault{{
		Pointer: pointer, Code: "other_name", Detail: "is " + clip(in) + ", but the address says " + clip(at)}}}
}

func etag(rev uint64) string { return fmt.Sprintf("%q", strconv.FormatUint(rev, 10)) }

type itemBody struct {
	SKU        string            `json:"sku"`
	Name       string            `json:"name"`
	Barcodes   []floor.Barcode   `json:"barcodes"`
	SizeMM     []int64           `json:"size_mm"`
	WeightG    int64             `json:"weight_g"`
	Tracking   string            `json:"tracking"`
	Expiry     bool              `json:"expiry"`
	CostCents  int64             `json:"cost_cents"`
	PriceCents int64             `json:"price_cents"`
	Category   string            `json:"category"`
	Attributes map[string]string `json:"attributes"`
	KeepFlat   bool              `json:"keep_flat"`
	Hazard     string            `json:"hazard"`
	Reorder    floor.Reorder     `json:"reorder"`
	Allocation floor.Allocation  `json:"allocation"`
	Face       floor.Face        `json:"face"`
	Customs    floor.ItemCustoms `json:"customs"`
	Dangerous  floor.Dangerous   `json:"dangerous"`

	floor.Verifying
	Instructions string `json:"instructions"`
	Fragile      bool   `json:"fragile"`
}

func putItem(c *call) error {
	var b itemBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	it := floor.Item{SKU: floor.SKU(c.Params("sku")), Name: b.Name, Barcodes: b.Barcodes, SizeMM: b.SizeMM, WeightG: b.WeightG,
		Tracking: b.Tracking, Expiry: b.Expiry, CostCents: b.CostCents, PriceCents: b.PriceCents, Category: b.Category,
		Attributes: b.Attributes, KeepFlat: b.KeepFlat, Hazard: b.Hazard, Reorder: b.Reorder, Allocation: b.Allocation, Face: b.Face,
		Customs: b.Customs, Dangerous: b.Dangerous,
		Verifying: b.Verifying, Instructions: b.Instructions, Fragile: b.Fragile}
	if err := c.sameName("/sku", b.SKU, string(it.SKU)); err != nil {
		return c.problem(err)
	}
	return c.save(func(st *floor.State) (uint64, bool) {
		if old := st.Items[it.SKU]; old != nil {
			return old.Rev, true
		}
		return 0, false
	}, func(rev *uint64) floor.Verb { return floor.SaveItem{Item: it, IfRev: rev} })
}

// save makes or replaces a record that has revisions: 201 or 200, with its ETag.
func (c *call) save(find func(*floor.State) (rev uint64, there bool), verb func(ifRev *uint64) floor.Verb) error {
	var now uint64
	status := c.madeOr(func(st *floor.State) (there bool) {
		now, there = find(st)
		return there
	})
	rev, err := c.ifMatch(now)
	if err != nil {
		return c.problem(err)
	}
	a := c.s.keeper.Do(c.command(verb(rev)))
	switch saved := a.Result.(type) {
	case *floor.Item:
		c.Set("ETag", etag(saved.Rev))
	case *floor.Bin:
		c.Set("ETag", etag(saved.Rev))
	case *floor.PrinterView:
		c.Set("ETag", etag(saved.Rev))
	}
	return c.answer(a, status)
}

func getItem(c *call) error {
	var it *floor.Item
	c.view(func(st *floor.State) { it = st.Items[floor.SKU(c.Params("sku"))] })
	if it == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "unknown_item", Say: "no item " + c.Params("sku")})
	}
	c.Set("ETag", etag(it.Rev))
	return c.json(200, it)
}

func listItems(c *call) error {
	if c.Query("weight") != "" {
		return listDiffering(c)
	}
	return listOf(c, func(st *floor.State) map[floor.SKU]*floor.Item { return st.Items },
		func(q query, sku floor.SKU, it *floor.Item) bool { return q.matches(string(sku), it.Name) },
		func(_ *floor.State, it *floor.Item) any { return itemRow{Item: *it} })
}

// itemRow is an item, with what clean parcels say of its weight where that was asked for.
type itemRow struct {
	floor.Item
	Learned *floor.LearnedView `json:"learned,omitempty"`
}

// MarshalJSON keeps the item's own way of writing itself from standing for the whole.
func (r itemRow) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(r.Item)
	if err != nil || r.Learned == nil {
		return b, err
	}
	l, err := json.Marshal(r.Learned)
	return append(append(b[:len(b)-1], `,"learned":`...), append(l, '}')...), err
}

// listDiffering lists the items that clean parcels found to weigh otherwise than the catalogue has it.
func listDiffering(c *call) error {
	if c.Query("weight") != "differs" {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_value", Say: "weight is differs, or left out"})
	}
	return list(c, func(st *floor.State, q query) []entry {
		var out []entry
		for id := range st.Learned {
			sku, ok := strings.CutPrefix(id, "item/")
			if it := st.Items[floor.SKU(sku)]; ok && it != nil && st.Differs(it) && q.matches(sku, it.Name) {
				out = append(out, entry{sku, func() any { return itemRow{*it, st.LearnedOf(it.SKU)} }})
			}
		}
		return out
	})
}

type binBody struct {
	Code       string `json:"code"`
	Kind       string `json:"kind"`
	Aisle      int    `json:"aisle"`
	Cell       int    `json:"cell"`
	Level      int    `json:"level"`
	Zone       string `json:"zone"`
	MaxWeightG int64  `json:"max_weight_g"`
}

func putBin(c *call) error {
	var b binBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	bin := floor.Bin{Code: floor.BinCode(c.Params("code")), BinKind: b.Kind, Aisle: b.Aisle, Cell: b.Cell, Level: b.Level,
		Zone: b.Zone, MaxWeightG: b.MaxWeightG}
	if err := c.sameName("/code", b.Code, string(bin.Code)); err != nil {
		return c.problem(err)
	}
	return c.save(func(st *floor.State) (uint64, bool) {
		if old := st.Bins[bin.Code]; old != nil {
			return old.Rev, true
		}
		return 0, false
	}, func(rev *uint64) floor.Verb { return floor.SaveBin{Bin: bin, IfRev: rev} })
}

func getBin(c *call) error {
	var b *floor.Bin
	c.view(func(st *floor.State) { b = st.Bins[floor.BinCode(c.Params("code"))] })
	if b == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "unknown_bin", Say: "no bin " + c.Params("code")})
	}
	c.Set("ETag", etag(b.Rev))
	return c.json(200, b)
}

func listBins(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.BinCode]*floor.Bin { return st.Bins },
		func(q query, code floor.BinCode, b *floor.Bin) bool {
			return q.matches(string(code), b.Zone, b.BinKind)
		},
		func(_ *floor.State, b *floor.Bin) any { return b })
}

type cartonBody struct {
	Code      string  `json:"code"`
	Name      string  `json:"name"`
	InnerMM   []int64 `json:"inner_mm"`
	OuterMM   []int64 `json:"outer_mm"`
	TareG     int64   `json:"tare_g"`
	MaxGrossG int64   `json:"max_gross_g"`
	CostCents int64   `json:"cost_cents"`
}

func putCarton(c *call) error {
	var b cartonBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	code := floor.CartonCode(c.Params("code"))
	if err := c.sameName("/code", b.Code, string(code)); err != nil {
		return c.problem(err)
	}
	status := c.madeOr(func(st *floor.State) bool { return st.Cartons[code] != nil })
	return c.run(floor.SaveCarton{Carton: floor.Carton{Code: code, Name: b.Name, InnerMM: b.InnerMM,
		OuterMM: b.OuterMM, TareG: b.TareG, MaxGrossG: b.MaxGrossG, CostCents: b.CostCents}}, status)
}

func listCartons(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.CartonCode]*floor.Carton { return st.Cartons },
		func(q query, code floor.CartonCode, x *floor.Carton) bool { return q.matches(string(code), x.Name) },
		func(_ *floor.State, x *floor.Carton) any { return x })
}

type totesBody struct {
	Count int `json:"count"`
}

func makeTotes(c *call) error {
	var b totesBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.MakeTotes{Count: b.Count}, 201)
}

// listTotes are those that can be carried; the slots of a put wall are its own list.
func listTotes(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.ToteCode]*floor.Tote { return st.Totes },
		func(q query, code floor.ToteCode, x *floor.Tote) bool {
			return x.Wall == "" && q.matches(string(code), string(x.Order))
		},
		func(_ *floor.State, x *floor.Tote) any { return *x })
}

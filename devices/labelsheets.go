package devices

import (
	"strconv"

	"floorline/floor"
	"floorline/labels"
)

// SheetLimit is how many labels one request prints.
const SheetLimit = 5000

// labelSheet prints the labels of all bins, totes, items or open parcels that hold the text ?q=, on sheets or rolls.
func labelSheet(c *call) error {
	if c.Params("kind") == "commands" {
		return commandSheet(c)
	}
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	size, dpi, err := c.paper(labels.SizeA4, 300)
	if err != nil {
		return c.problem(err)
	}
	if size, err = c.afterUsed(size); err != nil {
		return c.problem(err)
	}
	if c.Params("kind") == "countsheet" {
		return countSheet(c)
	}
	var n int
	var draw func() ([]byte, error)
	switch c.Params("kind") {
	case "bins":
		all := sheetOfMap(c, func(st *floor.State) map[floor.BinCode]*floor.Bin { return st.Bins },
			func(b *floor.Bin) bool { return q.matches(string(b.Code)) },
			binLabel)
		n, draw = len(all), func() ([]byte, error) { return labels.Bins(all, size, dpi) }
	case "totes":
		all := sheetOfMap(c, func(st *floor.State) map[floor.ToteCode]*floor.Tote { return st.Totes },
			func(x *floor.Tote) bool { return q.matches(string(x.Code)) },
			toteLabel)
		n, draw = len(all), func() ([]byte, error) { return labels.Totes(all, size, dpi) }
	case "parcels": // those that have no label of a carrier: open ones, and inner packs
		all := sheetOfMap(c, func(st *floor.State) map[floor.ParcelID]*floor.Parcel { return st.Parcels },
			func(p *floor.Parcel) bool {
				return (p.Status == floor.ParcelOpen || p.Status == floor.ParcelInner) && q.matches(string(p.ID), string(p.Order))
			},
			func(p *floor.Parcel) labels.Tote { return labels.Tote{Code: string(p.ID)} })
		n, draw = len(all), func() ([]byte, error) { return labels.Totes(all, size, dpi) }
	case "items":
		all := sheetOfMap(c, func(st *floor.State) map[floor.SKU]*floor.Item { return st.Items },
			func(it *floor.Item) bool { return q.matches(string(it.SKU), it.Name) },
			itemLabel)
		n, draw = len(all), func() ([]byte, error) { return labels.ItemLabels(all, size, dpi) }
	}
	switch {
	case n == 0:
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "nothing", Say: "there is nothing to print: bins, totes, items, open parcels or commands"})
	case n > SheetLimit:
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "too_many", Say: "at most 5000 labels at once; narrow it with ?q="})
	}
	b, failure := draw()
	return c.document(pdfFile, c.Params("kind")+".pdf", b, failure)
}

// afterUsed reads ?skip=: how many labels of the first sheet are gone.
func (c *call) afterUsed(size labels.Size) (labels.Size, *floor.Error) {
	q := c.Query("skip")
	if q == "" {
		return size, nil
	}
	used, err := strconv.Atoi(q)
	if err != nil || used < 0 || size.After(used).Check() != nil {
		return size, &floor.Error{Kind: floor.Invalid, Code: "bad_skip", Say: "skip is how many labels of the first sheet are used already"}
	}
	return size.After(used), nil
}

// sheetOfMap gathers what is printed, in the order of the codes, at most one more than a sheet request takes.
func sheetOfMap[K ~string, V, L any](c *call, of func(st *floor.State) map[K]V, fits func(v V) bool, label func(v V) L) []L {
	var m map[K]V
	c.view(func(st *floor.State) { m = of(st) })
	found := first(c, SheetLimit, "", m, func(_ *floor.State, _ K, v V) bool { return fits(v) })
	out := make([]L, len(found))
	c.view(func(*floor.State) {
		for i, x := range found {
			out[i] = label(x.it)
		}
	})
	return out
}

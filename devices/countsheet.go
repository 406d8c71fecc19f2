package devices

import (
	"slices"
	"strings"

	"floorline/floor"
	"floorline/labels"
)

// CountBinLimit is how many bins one count sheet is asked for.
const CountBinLimit = 1000

// countSheet prints what to count in some bins: those that ?bins= names, else those whose code holds ?q=. What the
// books say is only printed with ?expected=true.
func countSheet(c *call) error {
	q, err := c.query()
	if err != nil {
		return c.problem(err)
	}
	bins, err := c.binsToCount(q)
	if err != nil {
		return c.problem(err)
	}
	d := labels.CountSheet{Title: strings.ToUpper(c.Query("q"))}
	expected := c.Query("expected") == "true"
	for part := range slices.Chunk(bins, PageLimit) {
		c.view(func(st *floor.State) {
			for _, bin := range part {
				d.Lines = append(d.Lines, countLines(st, bin, expected)...)
			}
		})
	}
	return c.paged("countsheet", d)
}

// binsToCount are in the order of their codes, which is how people walk them on paper.
func (c *call) binsToCount(q query) ([]floor.BinCode, *floor.Error) {
	var bins []floor.BinCode
	var faults []floor.Fault
	if named := c.Query("bins"); named != "" {
		for code := range strings.SplitSeq(named, ",") {
			bins = append(bins, floor.BinCode(strings.TrimSpace(code)))
		}
	} else {
		bins = sheetOfMap(c, func(st *floor.State) map[floor.BinCode]*floor.Bin { return st.Bins },
			func(b *floor.Bin) bool { return q.matches(string(b.Code)) }, func(b *floor.Bin) floor.BinCode { return b.Code })
	}
	if len(bins) > CountBinLimit {
		return nil, &floor.Error{Kind: floor.Invalid, Code: "too_many", Say: "at most 1000 bins at once; narrow it with ?q="}
	}
	slices.Sort(bins)
	bins = slices.Compact(bins)
	c.view(func(st *floor.State) {
		for _, code := range bins {
			if st.Bins[code] == nil {
				faults = append(faults, floor.Fault{Pointer: "/bins/" + string(code), Code: "unknown_bin", Detail: "no bin " + clip(string(code))})
			}
		}
	})
	switch {
	case len(faults) > 0:
		return nil, &floor.Error{Kind: floor.NotFound, Code: "unknown_bin", Say: "some bins do not exist", About: faults}
	case len(bins) == 0:
		return nil, &floor.Error{Kind: floor.NotFound, Code: "nothing", Say: "there is nothing to print: no such bins"}
	}
	return bins, nil
}

// countLines are what lies in a bin, serials of one sort together; an empty bin is a line too, to look into.
func countLines(st *floor.State, code floor.BinCode, expected bool) []labels.CountLine {
	bin := labels.CountLine{Bin: string(code), Scan: floor.BinLabel(code)}
	var out []labels.CountLine
	at := map[floor.StockKey]int{}
	for _, r := range st.StockAt(floor.InBin(code)) {
		key := r.Key
		key.Serial = ""
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			l := bin
			l.SKU, l.Name, l.Lot, l.Expiry = string(key.SKU), itemName(st, key.SKU), key.Lot, key.Expiry
			if expected {
				l.Expected = new(int)
			}
			out = append(out, l)
		}
		if expected {
			*out[i].Expected += int(r.View().OnHand)
		}
	}
	if len(out) == 0 {
		return []labels.CountLine{bin}
	}
	slices.SortFunc(out, func(a, b labels.CountLine) int {
		return strings.Compare(a.SKU+"\x00"+a.Expiry+"\x00"+a.Lot, b.SKU+"\x00"+b.Expiry+"\x00"+b.Lot)
	})
	return out
}

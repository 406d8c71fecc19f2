package intake

var binSheet = sheet{
	kind:    "bins",
	columns: []string{"code", "kind", "zone", "aisle", "cell", "level", "max_weight_g"},
	must:    []string{"code"},
	alias:   map[string]string{"bin": "code", "type": "kind"},
}

// Limits of a bin's place.
const (
	AisleLimit     = 10_000
	LevelLimit     = 1_000
	BinWeightLimit = 10 * WeightLimitG
)

// Bins reads a CSV table of bins.
func Bins(data []byte, o Options) Report {
	c := &clerk{o: o}
	t, ok := c.open(data, true)
	if !ok || !t.bind(&binSheet) {
		return c.done()
	}
	var list []once[Bin]
	t.each(func(r *row) {
		b := r.bin()
		list = append(list, once[Bin]{b.Code, r.line, r.wrong > 0, b})
	}, tornOnce(t, &list, "code"))
	c.Bins = keepOnce(c, "code", list, func(a, b Bin) bool {
		a.Row = b.Row
		return a == b
	})
	return c.done()
}

func (r *row) bin() Bin {
	r.ref = shorten(r.cell("code"))
	return Bin{
		Row:        r.line,
		Code:       r.mustCode("code", r.cell("code"), SKULimit),
		Kind:       r.oneOf("kind", r.cell("kind"), "pick", "reserve", "stage", "pack", "dock", "quarantine", "returns"),
		Zone:       r.text("zone", r.cell("zone"), SKULimit),
		Aisle:      int(r.whole("aisle", r.cell("aisle"), 0, AisleLimit, 0)),
		Cell:       int(r.whole("cell", r.cell("cell"), 0, AisleLimit, 0)),
		Level:      int(r.whole("level", r.cell("level"), 0, LevelLimit, 0)),
		MaxWeightG: r.whole("max_weight_g", r.cell("max_weight_g"), 0, BinWeightLimit, 0),
	}
}

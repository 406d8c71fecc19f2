package intake

// Customs is what customs want to know of an item.
type Customs struct {
	HSCode      string `json:"hs_code,omitempty"`
	Origin      string `json:"origin,omitempty"`
	Description string `json:"description,omitempty"`
}

// Dangerous is what the rules of transport want to know of an item; all of it, or nothing.
type Dangerous struct {
	UN           string `json:"un,omitempty"`
	Name         string `json:"name,omitempty"`
	Class        string `json:"class,omitempty"`
	PackingGroup string `json:"packing_group,omitempty"`
	Mode         string `json:"mode,omitempty"`
	NetG         int64  `json:"net_g,omitempty"`
	NetML        int64  `json:"net_ml,omitempty"`
}

// customs reads a tariff number with or without the dots that tariffs print, and a country by code or name.
func (r *row) customs() Customs {
	hs := undotted(r.cell("hs_code"))
	if hs != "" && (len(hs) < 6 || len(hs) > 10 || !digits(hs)) {
		r.bad("hs_code", "bad_hs_code", "a tariff number has 6 to 10 digits (did a spreadsheet eat its first zero?)")
	}
	return Customs{hs, r.country("origin", r.cell("origin")), r.text("customs_description", r.cell("customs_description"), NameLimit)}
}

// undotted takes dots and blanks out of a number.
func undotted(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] != '.' && s[i] != ' ' {
			out = append(out, s[i])
		}
	}
	return string(out)
}

// dangerous reads the columns of dangerous goods. What the words mean and whether they go together the floor
// checks, which knows the rules.
func (r *row) dangerous() Dangerous {
	un := r.cell("un")
	if len(un) > 2 && (un[:2] == "UN" || un[:2] == "un") {
		un = trim(un[2:])
	}
	return Dangerous{un, r.text("shipping_name", r.cell("shipping_name"), NameLimit), r.cell("hazard_class"), r.cell("packing_group"),
		r.cell("hazard_mode"), r.whole("net_g", r.cell("net_g"), 0, WeightLimitG, 0), r.whole("net_ml", r.cell("net_ml"), 0, WeightLimitG, 0)}
}

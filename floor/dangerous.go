package floor

import "strings"

// Dangerous is what the rules of transport want to know of an item that is dangerous (ADR, IMDG, IATA DGR). The
// item's Hazard only keeps it apart in a carton; this decides which marks its parcel carries.
type Dangerous struct {
	UN           string `cbor:"1,keyasint,omitempty" json:"un,omitempty"`            // four digits
	Name         string `cbor:"2,keyasint,omitempty" json:"name,omitempty"`          // the proper shipping name
	Class        string `cbor:"3,keyasint,omitempty" json:"class,omitempty"`         // 1 to 9, with its division: 2.1
	PackingGroup string `cbor:"4,keyasint,omitempty" json:"packing_group,omitempty"` // I, II or III
	Mode         string `cbor:"5,keyasint,omitempty" json:"mode,omitempty"`          // limited_quantity, excepted_quantity, lithium or full
	NetG         int64  `cbor:"6,keyasint,omitempty" json:"net_g,omitempty"`         // of the dangerous substance in one unit
	NetML        int64  `cbor:"7,keyasint,omitempty" json:"net_ml,omitempty"`        // the same of a liquid
}

// How a dangerous item travels.
const (
	LimitedQuantity  = "limited_quantity"
	ExceptedQuantity = "excepted_quantity"
	Lithium          = "lithium" // batteries under special provision 188: the battery mark and nothing else
	FullyRegulated   = "full"    // with class labels and documents that are not this house's to print
)

// batteryUN are the entries that the battery mark is for.
var batteryUN = []string{"3090", "3091", "3480", "3481", "3551", "3552"}

// hazardClasses are the classes of the UN Model Regulations with their divisions.
var hazardClasses = strings.Fields("1 1.1 1.2 1.3 1.4 1.5 1.6 2 2.1 2.2 2.3 3 4.1 4.2 4.3 5.1 5.2 6.1 6.2 7 8 9")

func checkDangerous(f *faults, d Dangerous) {
	if d == (Dangerous{}) {
		return
	}
	if len(d.UN) != 4 || !allDigits(d.UN) {
		f.add("/dangerous/un", "bad_un", "a UN number has four digits")
	}
	if !oneOf(d.Mode, []string{LimitedQuantity, ExceptedQuantity, Lithium, FullyRegulated}) {
		f.add("/dangerous/mode", "bad_value", "limited_quantity, excepted_quantity, lithium or full")
	}
	if d.Mode == Lithium && !oneOf(d.UN, batteryUN) {
		f.add("/dangerous/un", "not_a_battery", "batteries are UN 3090, 3091, 3480, 3481, 3551 or 3552")
	}
	if !oneOf(d.Class, hazardClasses) && (d.Class != "" || d.Mode == ExceptedQuantity) {
		f.add("/dangerous/class", "bad_class", "a class from 1 to 9, with its division where it has one: 2.1")
	}
	if d.PackingGroup != "" && !oneOf(d.PackingGroup, []string{"I", "II", "III"}) {
		f.add("/dangerous/packing_group", "bad_value", "I, II or III")
	}
	checkText(f, "/dangerous/name", d.Name, 0, NameLimit)
	checkRange(f, "/dangerous/net_g", d.NetG, 0, WeightLimitG)
	checkRange(f, "/dangerous/net_ml", d.NetML, 0, WeightLimitG)
}

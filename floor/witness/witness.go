package witness

// Part is one kind of thing that lies on the scale: units of an item, or the carton with what fills it up.
type Part struct {
	ID       string
	Qty      int64
	MG       int64 // what one weighs
	SpreadMG int64 // by how much one differs from the next: standard deviation
	DoubtMG  int64 // by how much MG itself may be wrong, for all of them alike: standard deviation
	Known    bool  // MG is more than nothing said
}

// The scale's own part in a difference, and how far a parcel may be off.
const (
	// ScaleMG is the standard deviation of one reading: a step of 10 g rounds by 2.9 g (a tenth of it by the square root
	// of twelve: GUM, JCGM 100:2008, 4.3.7), and a bench is never quite still.
	ScaleMG = 3_200
	// FactorTenths is how many standard deviations a parcel may be off, in tenths: of a thousand right parcels about
	// three are further than 3.0 when all that varies is known well (the coverage factor of GUM 6.3).
	FactorTenths = 32
	// LeastMG is the least tolerance: a step of a usual parcel scale.
	LeastMG = 10_000
)

// Verdict is what the weight of a parcel says.
type Verdict struct {
	ExpectedMG  int64
	ToleranceMG int64
	Known       bool // every part is known, so that a difference means something
}

// Judge says what parts weigh together and how far that may be off.
//
// What varies by itself adds up by its squares: n units of spread s vary by s times the root of n. What is wrong with
// all units alike adds up as it is: n times. So (the law of propagation, GUM 5.1.2, and 5.2.2 for the correlated part)
//
//	tolerance = factor * sqrt(scale² + Σ (n * spread² + (n * doubt)²))
func Judge(parts []Part) Verdict {
	v := Verdict{Known: true}
	for _, p := range parts {
		v.ExpectedMG = min(v.ExpectedMG+p.Qty*p.MG, mostSquare)
		v.Known = v.Known && p.Known
	}
	v.ToleranceMG = max(LeastMG, FactorTenths*root(variance(parts))/10)
	return v
}

// Off is true of a weight that a right parcel does not have.
func (v Verdict) Off(mg int64) bool { return v.Known && abs(mg-v.ExpectedMG) > v.ToleranceMG }

func variance(parts []Part) int64 {
	sum := square(ScaleMG)
	for _, p := range parts {
		sum = plus(sum, p.variance(p.Qty))
	}
	return sum
}

// variance of some units of a part.
func (p Part) variance(qty int64) int64 {
	one := square(p.SpreadMG)
	if one > 0 && qty > mostSquare/one {
		return mostSquare
	}
	return plus(one*qty, square(min(p.DoubtMG, mostMG)*qty))
}

// What a square is kept under, so that sums of them stay whole numbers: two tonnes are uncertain enough.
const (
	mostMG     = 2_000_000_000
	mostSquare = mostMG * mostMG
)

func square(mg int64) int64 {
	mg = min(abs(mg), mostMG)
	return mg * mg
}

func plus(a, b int64) int64 { return min(a+b, mostSquare) }

// root is the whole square root, rounded down.
func root(n int64) int64 {
	if n < 2 {
		return max(n, 0)
	}
	x := int64(1) << 32
	for {
		next := (x + n/x) / 2
		if next >= x {
			return x
		}
		x = next
	}
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

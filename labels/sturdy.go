package labels

// How wide a module must be, in dots. Of two dots nothing is left by a head that prints a dot too pale; three
// read; four read with a dot gone from every edge.
const (
	sturdyDots = 3
	amplyDots  = 4
)

// besideBars splits the room for a square off an area, at its right: always if asked to, for phones, and
// where bars alone would come out too fine to last, so that one of the two always reads. A code too long for
// any bars has the square alone: fits is false. Where there is room for neither, the bars say so themselves.
func (p *page) besideBars(kind symbology, data string, a area, most um, always bool) (square, rest area, fits bool) {
	bars, err := p.encode("", kind, data)
	if err != nil {
		return area{}, a, true // told when they are placed
	}
	dots, wide := int(a.w)*p.dpi/int(inch), bars.modules()+bars.quiet+bars.quietLast
	if dots/wide >= amplyDots && !always {
		return area{}, a, true
	}
	code, err := p.encode("", qrSquares, data)
	if err != nil {
		return area{}, a, true
	}
	finest := sturdyDots
	for p.length(finest) < moduleSqFloor {
		finest++
	}
	least := p.length((code.modules() + 2*code.quiet) * finest)
	most = min(most, a.w)
	for module := amplyDots; p.length(module) >= moduleFloor; module-- {
		if side := p.length(dots-module*wide) - p.length(1); side >= least && most >= least {
			square, rest = a.right(min(most, side))
			return square, rest, true
		}
		if module*wide <= dots {
			fits = true
		}
	}
	if fits || most < least {
		return area{}, a, true
	}
	square, rest = a.right(most)
	return square, rest, false
}

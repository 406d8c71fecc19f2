package labels

// The figures of hazard marks, on grids of units. The regulations show them and say "in approximate proportion".

// batteries is the symbol of ADR figure 5.2.1.9.2: a group of batteries, one damaged and emitting flame.
func (p *page) batteries(a area) {
	grid := area{w: 1000, h: 560}
	put := func(i ink, outlines ...[]vertex) { p.shape(i, fitted(outlines, grid, a)...) }
	for _, x := range []um{40, 250} {
		put(black, standing(x, 120, 180, 430)...)
		put(white, corners(area{x + 22, 230, 136, 26}))
	}
	// The damaged one: its foot, its head broken off and tilted, and the fire between.
	put(black, []vertex{{470, 370}, {500, 400}, {530, 350}, {562, 405}, {595, 352}, {625, 398}, {650, 365}, {650, 530}, {630, 550}, {490, 550}, {470, 530}})
	put(black, []vertex{{486, 172}, {512, 150}, {560, 132}, {554, 104}, {606, 86}, {616, 114}, {660, 106}, {682, 122}, {716, 262}, {690, 250}, {664, 296}, {626, 268}, {598, 318}, {560, 288}, {524, 322}})
	put(white, []vertex{{516, 214}, {680, 164}, {686, 188}, {522, 239}})
	put(black, flame(700, 300, 100)...)
	put(white, flame(742, 400, 52)...)
}

// standing is a battery standing: a body with cut corners and the pole on top.
func standing(x, y, w, h um) [][]vertex {
	const cut = 20
	body := []vertex{{x + cut, y}, {x + w - cut, y}, {x + w, y + cut}, {x + w, y + h - cut}, {x + w - cut, y + h},
		{x + cut, y + h}, {x, y + h - cut}, {x, y + cut}}
	return [][]vertex{body, corners(area{x + w*35/100, y - 32, w * 30 / 100, 40})}
}

// flame is a fire of a size in percent; its left upper corner is given.
func flame(x, y, percent um) [][]vertex {
	fire := []vertex{{120, 0}, {138, 42}, {134, 78}, {158, 58}, {166, 30}, {204, 84}, {222, 128}, {236, 108}, {252, 150}, {250, 196},
		{228, 232}, {190, 250}, {70, 250}, {30, 228}, {8, 188}, {10, 146}, {30, 112}, {40, 134}, {54, 142}, {72, 100}, {100, 60}}
	for i := range fire {
		fire[i] = vertex{x + fire[i].x*percent/100, y + fire[i].y*percent/100}
	}
	return [][]vertex{fire}
}

// eighth of a circle of radius 1000, by steps of 7.5 degrees: the cosines and sines, so that no float is asked.
var eighth = []vertex{{1000, 0}, {991, 131}, {966, 259}, {924, 383}, {866, 500}, {793, 609}, {707, 707}}

// circle is an outline with 48 corners.
func circle(c vertex, r um) []vertex {
	var quarter []vertex
	quarter = append(quarter, eighth...)
	for i := len(eighth) - 2; i > 0; i-- {
		quarter = append(quarter, vertex{eighth[i].y, eighth[i].x})
	}
	var out []vertex
	for turn := range 4 {
		for _, q := range quarter {
			for range turn {
				q = vertex{-q.y, q.x}
			}
			out = append(out, vertex{c.x + q.x*r/1000, c.y + q.y*r/1000})
		}
	}
	return out
}

// inCircle is a letter in a ring.
func (p *page) inCircle(letter string, a area) {
	r := min(a.w, a.h) / 2
	c := vertex{a.x + a.w/2, a.y + a.h/2}
	p.shape(black, circle(c, r))
	p.shape(white, circle(c, r*84/100))
	p.lettering("mark", letter, area{c.x - r, c.y - r, 2 * r, 2 * r}, r)
}

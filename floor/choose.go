package floor

import (
	"fmt"
	"strings"
)

// A code that could be several things is never guessed at. The step takes the one kind that it expects; where that
// leaves more than one meaning, the worker is asked for a finer code, and nothing else happens.

// ChoiceLimit is how many meanings of a code are named.
const ChoiceLimit = 4

// apart gives the meanings of a scan, each by itself.
func (r *seen) apart() (out []*seen) {
	one := func(yes bool, set func(*seen)) {
		if yes {
			m := &seen{raw: r.raw, text: r.text, qty: 1}
			set(m)
			out = append(out, m)
		}
	}
	one(r.bin != nil, func(m *seen) { m.bin = r.bin })
	one(r.tote != nil, func(m *seen) { m.tote = r.tote })
	one(r.item != nil, func(m *seen) {
		m.item, m.qty, m.lot, m.expiry, m.serial, m.weightG = r.item, r.qty, r.lot, r.expiry, r.serial, r.weightG
	})
	one(r.order != nil, func(m *seen) { m.order = r.order })
	one(r.list != nil, func(m *seen) { m.list = r.list })
	one(r.parcel != nil, func(m *seen) { m.parcel = r.parcel })
	one(r.manifest != nil, func(m *seen) { m.manifest = r.manifest })
	one(r.pallet != nil, func(m *seen) { m.pallet = r.pallet })
	one(r.void != nil, func(m *seen) { m.void = r.void })
	one(r.carton != nil, func(m *seen) { m.carton = r.carton })
	for _, u := range r.units {
		one(true, func(m *seen) { m.units = []*Stock{u} })
	}
	return append(out, r.also...)
}

// meant is the one meaning that a step expects; where it expects several of them, or none, it is a choice.
func (t *turn) meant(r *seen, j job) (*seen, *Verdict) {
	all := r.apart()
	if len(all) < 2 {
		return r, nil
	}
	n := j.next(t.State)
	var fit []*seen
	for _, m := range all {
		if oneOf(m.thing().Kind, n.Expects) || n.Step == "weigh" && m.carton != nil {
			if h, ok := j.(interface{ holds(*Stock) bool }); !ok || len(m.units) == 0 || h.holds(m.units[0]) {
				fit = append(fit, m)
			}
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0], nil
	case len(n.Expects) == 1 && n.takesText(): // it is known of which item: any text is taken as its serial
		return r, nil
	case len(fit) > 1:
		return nil, t.choose(r, fit, n)
	}
	return nil, t.choose(r, all, n)
}

// choose says what a code could be, and which finer code to scan.
func (s *State) choose(r *seen, all []*seen, n *Next) *Verdict {
	var could, finer []string
	for i, m := range all {
		if i == ChoiceLimit {
			could = append(could, phrase("{count} more", fmt.Sprint(len(all)-i)))
			break
		}
		thing := m.thing()
		could = append(could, phrase("{kind} {name}", phrase("kind "+thing.Kind), thing.name()))
		finer = append(finer, s.finer(m).name())
	}
	v := verdict(CodeAmbiguous).scanned(&Thing{"code", visible(clip(r.text)), ""}).belongs(&Thing{"choice", "", either(could)})
	if n == nil || len(n.Want) == 0 {
		return v.wanted(&Thing{"code", "", either(finer)})
	}
	to := wanted(n)
	for _, m := range all { // the one that the step wants, in the finer code of the step
		if to.Kind == "item" && m.item != nil && s.names(to.Code, m.item) {
			to.Text = phrase("the code {code} on {item}", visible(to.Code), m.item.Name)
		}
	}
	return v.wanted(to)
}

// finer is the code by which a meaning is told from the others.
func (s *State) finer(m *seen) *Thing {
	switch {
	case m.item != nil:
		code := s.unitWants(m.item)[0].Code
		return &Thing{"item", code, phrase("the code {code} on {item}", code, m.item.Name)}
	case m.bin != nil:
		return &Thing{"bin", s.binCode(m.bin.Code), phrase("the label {code}", s.binCode(m.bin.Code))}
	case m.parcel != nil:
		return &Thing{"parcel", string(m.parcel.ID), phrase("its parcel number {parcel}", string(m.parcel.ID))}
	case len(m.units) > 0:
		sku := m.units[0].Key.SKU
		return &Thing{"item", string(sku), phrase("the item {item} first", string(sku))}
	}
	t := m.thing()
	return &Thing{t.Kind, t.Code, phrase("its own code, in its job")}
}

// binCode is the code of a bin that means no other bin, and best no item either: its label, else its bare code.
func (s *State) binCode(b BinCode) string {
	label := BinLabel(b)
	switch {
	case s.namesBin(label):
		return label
	case s.namesBin(string(b)) || s.resolve(label).bins() > 1:
		return string(b)
	}
	return label
}

// namesBin is true of a code that is one bin's and no item's.
func (s *State) namesBin(code string) bool {
	r := s.resolve(code)
	return r.bins() == 1 && r.item == nil
}

func (r *seen) bins() (n int) {
	for _, m := range r.apart() {
		if m.bin != nil {
			n++
		}
	}
	return n
}

// clip shortens a code to what a screen shows of it.
func clip(code string) string {
	if len(code) > CodeLimit {
		return code[:CodeLimit]
	}
	return code
}

// hint names the code that somebody may have meant who typed an O for a nought or did not mind the capitals. It is
// never taken in its place.
func (s *State) hint(text string) *Thing {
	if len(text) > CodeLimit {
		return nil
	}
	for _, other := range alike(text) {
		if r := s.resolve(other); other != text && r.bad == "" && r.command == "" && r.digits == "" {
			return &Thing{"hint", other, phrase("did you mean {code}? Capitals count, and O is not 0", other)}
		}
	}
	return nil
}

// alike are the codes that look like one: in other capitals, and with O for 0 or 0 for O throughout or in one place.
func alike(text string) []string {
	out := []string{strings.ToUpper(text), strings.ToLower(text)}
	for _, s := range []string{text, strings.ToUpper(text)} {
		out = append(out, strings.ReplaceAll(s, "O", "0"), strings.ReplaceAll(s, "0", "O"))
		for i := range len(s) {
			switch s[i] {
			case 'O':
				out = append(out, s[:i]+"0"+s[i+1:])
			case '0':
				out = append(out, s[:i]+"O"+s[i+1:])
			}
		}
	}
	return out
}

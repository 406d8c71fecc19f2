package floor

import "slices"

// What a packer must be told, and what must be confirmed before a parcel is closed: dangerous goods, papers for customs.
// Whoever confirms is noted.

// showBench shows the open parcels and what is to be heeded.
func (j *packJob) showBench(s *State, n *Next, o *Order) {
	if c := s.Channels[o.Channel]; c != nil && c.Instructions != "" {
		n.Show.Instructions = append(n.Show.Instructions, c.Instructions)
	}
	if o.Instructions != "" {
		n.Show.Instructions = append(n.Show.Instructions, o.Instructions)
	}
	for _, l := range o.Lines {
		if it := s.Items[l.SKU]; it != nil && it.Instructions != "" && l.Picked > 0 && len(n.Show.Instructions) < 10 {
			n.Show.Instructions = append(n.Show.Instructions, it.Name+": "+it.Instructions)
		}
	}
	for _, id := range o.Parcels {
		p := s.Parcels[id]
		if p == nil || p.Status != ParcelOpen {
			continue
		}
		side := SideParcel{ID: p.ID, N: p.N, Units: p.units(), Now: p.ID == j.Parcel}
		for _, u := range p.Units {
			if u.Inner != "" && !slices.Contains(side.Inner, u.Inner) {
				side.Inner = append(side.Inner, u.Inner)
			}
		}
		n.Show.Open = append(n.Show.Open, side)
	}
	if p := j.parcel(s); p != nil && len(n.Show.Open) == 1 && len(n.Show.Open[0].Inner) == 0 {
		n.Show.Open = nil // the one parcel is shown as such
	}
}

// SideParcel is one of several open parcels, as a bench shows it.
type SideParcel struct {
	ID    ParcelID   `json:"id"`
	N     int        `json:"n"`
	Units int64      `json:"units"`
	Now   bool       `json:"now,omitempty"` // what is scanned goes into it
	Inner []ParcelID `json:"inner,omitempty"`
}

// prompt is the next thing to confirm of a parcel, or nil.
func (j *packJob) prompt(s *State, o *Order, p *Parcel) *Ask {
	for _, u := range p.Units {
		it := s.Items[u.Key.SKU]
		if it == nil || it.hazardOf() == "" || j.checked(p, "hazard/"+string(it.SKU)) {
			continue
		}
		return yesNo("hazard/"+string(it.SKU), phrase("Dangerous goods, {hazard}: {item}. Packed and marked as it must be?", it.hazardOf(), it.Name))
	}
	if papers := s.customsPapers(o, p); papers != "" && !j.checked(p, "customs") {
		return yesNo("customs", phrase("Customs, to {country}: {papers} ready to go with it?", o.Country, papers))
	}
	return nil
}

func yesNo(id, text string) *Ask {
	return &Ask{ID: id, Text: text, Kind: "choice", Options: []Option{{"yes", phrase("Yes, confirmed")}, {"no", phrase("No, not yet")}}}
}

func (j *packJob) checked(p *Parcel, what string) bool {
	return j.Note != nil && slices.Contains(j.Note.Checked, string(p.ID)+"/"+what)
}

func (j *packJob) checkStep(s *State, n *Next, o *Order, p *Parcel) {
	n.Step, n.Expects, n.Title, n.Ask = "check", []string{}, phrase("Before it is closed"), j.prompt(s, o, p)
}

func (j *packJob) answerPrompt(t *turn, a *Act) *Verdict {
	switch a.Value {
	case "yes":
		t.emit(&BenchNoted{Order: j.Order, What: notedChecked, Text: a.Ask})
		j.autoWeigh(t, t.Orders[j.Order])
		return verdict(CodeChecked)
	case "no":
		return verdict(CodeNotChecked)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("yes or no")})
}

// customsPapers are what goes with a parcel abroad, or "" where no customs look at it.
func (s *State) customsPapers(o *Order, p *Parcel) string {
	if !s.CrossesBorder(o) {
		return ""
	}
	packed := *p
	packed.WeightG = s.expectedG(p) // the scale comes after
	if s.customsForm(o, &packed) == "CN22" {
		return phrase("the customs form CN22")
	}
	return phrase("the invoice and the customs form CN23")
}

// hazardOf is what is dangerous about an item, as a packer calls it, or "".
func (it *Item) hazardOf() string {
	switch d := it.Dangerous; {
	case it.Hazard != "":
		return it.Hazard
	case d.UN != "":
		return "UN " + d.UN
	}
	return ""
}

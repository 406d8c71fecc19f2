package labels

import "strconv"

// Commands is the paper that takes the place of a bench's buttons: command, answer, parcel and number cards. On a small
// size only those are printed that are marked for the wrist.
type Commands struct {
	Title  string         `json:"title"`
	Groups []CommandGroup `json:"groups"`
}

// CommandGroup is a heading and its cards.
type CommandGroup struct {
	Title string        `json:"title"`
	Cards []CommandCard `json:"cards"`
}

// CommandCard is one code and what it does.
type CommandCard struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Wrist bool   `json:"wrist,omitempty"`
}

// SizeWrist is a card for a wrist or a lanyard: A7 across.
const SizeWrist Size = "105x74"

// wristLimit is how large the smaller side of a card for the wrist is at most.
const wristLimit = 120 * mm

// PDF is the sheet, on as many pages as it needs, or one small card.
func (c Commands) PDF(size Size, dpi int) ([]byte, error) {
	pages, err := c.pages(size, dpi)
	if err != nil {
		return nil, err
	}
	return renderPDF(c.Title, pages)
}

func (c Commands) pages(size Size, dpi int) ([]*page, error) {
	m, err := size.media()
	if err != nil {
		return nil, err
	}
	if min(m.sheet.w, m.sheet.h) <= wristLimit {
		return c.wrist(m, dpi)
	}
	sheet := DemoSheet{Title: c.Title}
	for _, g := range c.Groups {
		s := DemoSection{Title: g.Title}
		for _, card := range g.Cards {
			s.Codes = append(s.Codes, DemoCode{Code: card.Code, Caption: card.Name})
		}
		sheet.Sections = append(sheet.Sections, s)
	}
	return sheet.pages(size, dpi)
}

// wrist is two columns of codes with the word beneath each.
func (c Commands) wrist(m media, dpi int) ([]*page, error) {
	if err := checkDPI(dpi); err != nil {
		return nil, err
	}
	var cards []CommandCard
	for _, g := range c.Groups {
		for _, card := range g.Cards {
			if card.Wrist {
				cards = append(cards, card)
			}
		}
	}
	p := &page{area: m.sheet, dpi: dpi}
	p.between("groups", len(cards), 1, 2*wristRows)
	rows := (len(cards) + 1) / 2
	in := m.sheet.inset(2 * mm)
	w, h := in.w/2, in.h/um(max(rows, 1))
	for i, card := range cards {
		at := area{in.x + um(i%2)*w, in.y + um(i/2)*h, w, h}
		p.outline(at)
		card.draw(p, "cards["+strconv.Itoa(i)+"].", at.inset(700))
	}
	return []*page{p}, joined(p.faults)
}

// wristRows is how many rows of codes a card for the wrist has at most: each is as high as a scanner needs.
const wristRows = 6

func (c CommandCard) draw(p *page, field string, a area) {
	name, code := a.bottom(4 * mm)
	p.text(field+"name", c.Name, name, style{size: pt(10), floor: pt(5), bold: true, align: centre, valign: atMiddle, lines: 1})
	p.bars(field+"code", code128Bars, c.Code, code, moduleUsual)
}

func exampleCommands() Commands {
	return Commands{Title: "Bench commands", Groups: []CommandGroup{
		{Title: "Commands", Cards: []CommandCard{{"C-NEW", "New parcel", true}, {"C-CLOSE", "Close the parcel", true}, {"C-DONE", "Done", true},
			{"C-SHORT", "Short", true}, {"C-DAMAGED", "Damaged", true}, {"C-UNDO", "Undo", true}, {"C-MOVE", "Move a unit here", false},
			{"C-HELP", "Help", true}}},
		{Title: "Answers", Cards: []CommandCard{{"C-YES", "Yes", true}, {"C-NO", "No", true}, {"C-ANSWER1", "Answer 1", false}}},
		{Title: "Numbers", Cards: []CommandCard{{"N-0", "0", false}, {"N-1", "1", false}, {"N-12", "12", false}}},
	}}
}

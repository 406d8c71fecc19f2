package devices

import (
	"floorline/floor"
	"floorline/labels"
)

// commandSheet prints the cards that take the place of a bench's buttons, in the language of ?language=. Where no font
// here draws it, the words are English: the codes are the same.
func commandSheet(c *call) error {
	size, dpi, err := c.paper(labels.SizeA4, 300)
	if err != nil {
		return c.problem(err)
	}
	b, failure := commandsIn(c.Query("language", "en")).PDF(size, dpi)
	if failure != nil {
		b, failure = commandsIn("en").PDF(size, dpi)
	}
	return c.document(pdfFile, "commands.pdf", b, failure)
}

func commandsIn(language string) labels.Commands {
	sheet := labels.Commands{Title: floor.CardsTitle(language)}
	for _, card := range floor.BenchCards(language) {
		n := len(sheet.Groups)
		if n == 0 || sheet.Groups[n-1].Title != card.Group {
			sheet.Groups = append(sheet.Groups, labels.CommandGroup{Title: card.Group})
			n++
		}
		g := &sheet.Groups[n-1]
		g.Cards = append(g.Cards, labels.CommandCard{Code: card.Code, Name: card.Name, Wrist: card.Wrist})
	}
	return sheet
}

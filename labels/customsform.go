package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// customsSheet is which of the goods stand on a sheet.
type customsSheet struct{ first, last, number, of int }

// Heights of the strips of the forms. The goods get what is left.
const (
	formHead       = 13 * mm
	formBars       = 15 * mm
	formAddresses  = 31 * mm
	formTableHead  = 7 * mm
	formRow        = 6500
	formTotals     = 8 * mm
	formCategories = 13 * mm
	formPapers     = 11 * mm
	formSign       = 23 * mm
	formThin       = 200
)

// height is all of a form but its goods.
func (d Customs) height() um {
	h := um(formHead + formTableHead + formTotals + formCategories + formSign)
	if d.Tracking != "" {
		h += formBars
	}
	if d.form() == FormCN23 {
		h += formAddresses + formPapers
	}
	return h
}

// rowsOn is how many sorts of goods a sheet holds.
func (d Customs) rowsOn(sheet area) int {
	edge := um(shippingMargin)
	if sheet.w >= namedSizes["a4"].w {
		edge = 10 * mm
	}
	return max(1, int((sheet.h-2*edge-d.height())/formRow))
}

func (d Customs) draw(p *page, a area, sheet customsSheet) {
	big := d.form() == FormCN23
	a.h = min(a.h, d.height()+max(um(sheet.last-sheet.first), 4)*formRow*3/2)
	p.frame(a, ruleThick)
	head, rest := a.top(formHead)
	d.drawHead(p, head, sheet)
	if d.Tracking != "" {
		var strip area
		strip, rest = rest.top(formBars)
		p.hline(strip.x, strip.y, strip.w, formThin)
		human, bars := strip.pad(2*mm, 1200, 2*mm, 600).bottom(4 * mm)
		p.bars("tracking", code128Bars, d.Tracking, bars, moduleUsual)
		p.text("tracking", grouped(d.Tracking), human, style{size: pt(9), floor: pt(6), bold: true, align: centre, valign: atBottom})
	}
	if big {
		var strip area
		strip, rest = rest.top(formAddresses)
		d.drawAddresses(p, strip)
	} else {
		var strip area
		strip, rest = rest.top(formCategories)
		d.drawCategories(p, strip)
	}
	sign, rest := rest.bottom(formSign)
	d.drawSign(p, sign)
	if big {
		var strip area
		strip, rest = rest.bottom(formPapers)
		d.drawPapers(p, strip)
		strip, rest = rest.bottom(formCategories)
		d.drawCategories(p, strip)
	}
	totals, goods := rest.bottom(formTotals)
	d.drawTotals(p, totals)
	d.drawGoods(p, goods, sheet)
}

func (d Customs) drawHead(p *page, a area, sheet customsSheet) {
	plate, words := a.right(24 * mm)
	p.fill(plate, black)
	name, part := plate.inset(mm).top(plate.h * 62 / 100)
	p.text("form", strings.Replace(d.form(), "CN", "CN ", 1), name, style{size: pt(20), floor: pt(10), bold: true, ink: white, align: centre, valign: atMiddle})
	if sheet.of > 1 {
		p.text("", fmt.Sprintf("%d / %d", sheet.number, sheet.of), part, style{size: pt(9), floor: pt(6), ink: white, align: centre, valign: atMiddle})
	}
	title, rest := words.pad(2*mm, mm, mm, 500).top(5 * mm)
	p.text("", "DÉCLARATION EN DOUANE / CUSTOMS DECLARATION", title, style{size: pt(10), floor: pt(6), bold: true, valign: atMiddle})
	open, operator := rest.top(rest.h / 2)
	p.text("", "Peut être ouvert d'office / May be opened officially", open, style{size: pt(7), floor: pt(5), valign: atMiddle})
	p.text("operator", spaced("Opérateur désigné / Designated operator:", d.Operator), operator, style{size: pt(7), floor: pt(5), valign: atMiddle})
}

func (d Customs) drawAddresses(p *page, a area) {
	p.hline(a.x, a.y, a.w, formThin)
	left, right := a.left(a.w / 2)
	p.vline(right.x, a.y, a.h, formThin)
	for _, x := range []struct {
		at                             area
		word, reference, field, number string
		address                        Address
		home                           string
	}{{left, "De / From", "Réf. en douane / Customs reference", "sender", d.SenderReference, d.Sender, ""},
		{right, "À / To", "Réf. de l'importateur / Importer's reference", "receiver", d.ReceiverReference, d.Receiver, ""}} {
		at := x.at.pad(2*mm, 800, mm, 500)
		caption, rest := at.top(2600)
		p.caption(x.word, caption)
		number, rest := rest.bottom(3 * mm)
		word, rest := rest.bottom(2400)
		if x.number != "" {
			p.caption(x.reference, word)
			p.text(x.field+"_reference", x.number, number, style{size: pt(8), floor: pt(5), bold: true, valign: atMiddle})
		}
		phone, lines := rest.bottom(3 * mm)
		if x.address.Phone != "" {
			p.text(x.field+".phone", "Tél. / Tel. "+x.address.Phone, phone, style{size: pt(7), floor: pt(5), valign: atMiddle})
		}
		p.block(x.address.paragraphs(x.field, x.home), lines, style{size: pt(9), floor: pt(5), lines: 9})
	}
}

// goodsShares are the columns of the goods, in hundredths: description, weight, value, tariff number, origin.
var goodsShares = []um{46, 14, 15, 15, 10}

func goodsColumns(a area) []area {
	out, x, sum := make([]area, len(goodsShares)), a.x, um(0)
	for i, share := range goodsShares {
		sum += share
		next := a.x + a.w*sum/100
		out[i] = area{x, a.y, next - x, a.h}
		x = next
	}
	return out
}

func (d Customs) drawGoods(p *page, a area, sheet customsSheet) {
	p.hline(a.x, a.y, a.w, formThin)
	head, rows := a.top(formTableHead)
	words := []string{"Quantité et description détaillée / Quantity and detailed description", "Poids net / Net weight (kg)",
		"Valeur / Value (" + d.Currency + ")", "N° tarifaire SH / HS tariff number", "Origine / Origin"}
	for i, at := range goodsColumns(head) {
		p.text("currency", words[i], at.pad(800, 500, 500, 300), style{size: pt(6), floor: pt(4), lines: 3, valign: atMiddle})
		if i > 0 {
			p.vline(at.x, a.y, a.h, formThin)
		}
	}
	h := min(rows.h/max(um(sheet.last-sheet.first), 1), formRow*3/2)
	for i := sheet.first; i < sheet.last; i++ {
		l, field := d.Lines[i], "lines["+strconv.Itoa(i)+"]."
		at := area{rows.x, rows.y + um(i-sheet.first)*h, rows.w, h}
		p.hline(at.x, at.y, at.w, formThin)
		values := []string{strconv.Itoa(l.Qty) + " x " + l.Description, weightKilos(l.WeightG), amount(l.ValueCents, d.Currency), l.HSCode, l.Origin}
		for c, cell := range goodsColumns(at) {
			st := style{size: pt(9), floor: pt(5), valign: atMiddle, lines: 3}
			if c == 1 || c == 2 {
				st.align, st.lines = right, 1
			}
			name := []string{"description", "weight_g", "value_cents", "hs_code", "origin"}[c]
			p.text(field+name, values[c], cell.pad(800, 300, 800, 300), st)
		}
	}
}

func (d Customs) drawTotals(p *page, a area) {
	p.hline(a.x, a.y, a.w, formThin)
	facts := [][3]string{{"Poids brut / Gross weight (kg)", "gross_weight_g", weightKilos(d.GrossWeightG)},
		{"Valeur totale / Total value (" + d.Currency + ")", "lines", amount(d.totalCents(), d.Currency)}}
	if d.form() == FormCN23 {
		postage := ""
		if d.PostageCents > 0 {
			postage = amount(d.PostageCents, d.Currency)
		}
		facts = append(facts, [3]string{"Frais de port / Postal charges", "postage_cents", postage})
	}
	p.boxes(facts, a)
}

// boxes are captions and values beside each other, ruled.
func (p *page) boxes(facts [][3]string, a area) {
	w := a.w / um(len(facts))
	for i, f := range facts {
		at := area{a.x + um(i)*w, a.y, w, a.h}
		if i > 0 {
			p.vline(at.x, a.y, a.h, formThin)
		}
		caption, value := at.pad(mm, 600, mm, 400).top(2500)
		p.text("", f[0], caption, style{size: pt(6), floor: pt(4)})
		p.text(f[1], f[2], value, style{size: pt(10), floor: pt(5), bold: true, valign: atMiddle, lines: 2})
	}
}

// drawCategories are six boxes, one of them ticked.
func (d Customs) drawCategories(p *page, a area) {
	p.hline(a.x, a.y, a.w, formThin)
	rest := a.pad(mm, 700, mm, 500)
	h := rest.h / 3
	for i, c := range customsCategories {
		at := area{rest.x + um(i/3)*rest.w/2, rest.y + um(i%3)*h, rest.w / 2, h}
		box, words := at.left(h)
		box = area{box.x + 300, box.y + (box.h-2600)/2, 2600, 2600}
		p.frame(box, 250)
		if c.name == d.Category {
			p.text("", "X", box.inset(-200), style{size: pt(9), bold: true, align: centre, valign: atMiddle})
		}
		text := c.words
		if c.name == "other" && d.Explanation != "" {
			text += ": " + d.Explanation
		}
		p.text("explanation", text, words.pad(200, 0, mm, 0), style{size: pt(6) + pt(1)/2, floor: pt(4), valign: atMiddle, lines: 2})
	}
}

func (d Customs) drawPapers(p *page, a area) {
	p.hline(a.x, a.y, a.w, formThin)
	comments, rest := a.left(a.w * 40 / 100)
	p.boxes([][3]string{{"Observations / Comments", "comments", d.Comments}}, comments)
	p.vline(rest.x, rest.y, rest.h, formThin)
	p.boxes([][3]string{{"Licence", "licence", d.Licence}, {"Certificat / Certificate", "certificate", d.Certificate},
		{"Facture / Invoice", "invoice", d.Invoice}}, rest)
}

// certified is the sender's word, as the forms have it.
const certified = "Je certifie que les renseignements donnés dans la présente déclaration sont exacts et que cet envoi ne contient aucun objet " +
	"dangereux ou interdit par la législation ou la réglementation postale ou douanière. / I certify that the particulars given in this customs " +
	"declaration are correct and that this item does not contain any dangerous article or articles prohibited by legislation or by postal or customs regulations."

func (d Customs) drawSign(p *page, a area) {
	p.hline(a.x, a.y, a.w, formThin)
	words, rest := a.top(a.h * 52 / 100)
	p.text("", certified, words.pad(mm, 700, mm, 300), style{size: pt(7), floor: pt(4), lines: 8, valign: atMiddle})
	p.hline(rest.x, rest.y, rest.w, formThin)
	office, sign := rest.left(rest.w * 45 / 100)
	p.boxes([][3]string{{"Bureau d'origine, date / Office of origin, date", "office", spaced(d.Office, d.Date)}}, office)
	p.vline(sign.x, sign.y, sign.h, formThin)
	p.boxes([][3]string{{"Date et signature de l'expéditeur / Date and sender's signature", "signed_by", spaced(d.Date, d.SignedBy)}}, sign)
}

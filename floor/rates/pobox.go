package rates

import (
	"regexp"
	"strings"
)

// boxes are how people write a post box or a parcel locker, where no courier rings: in the languages of the postal
// unions' own examples. Each begins at a word and ends before a number or at the end of a word, so that a Boxer Street
// stays a street.
var boxes = regexp.MustCompile(`(?i)(^|[^\p{L}])(` + strings.Join([]string{
	`p\.?\s?o\.?\s?-?\s?box`, `post\s?(office)?\s?box`, `post\s?fach`, `postf\.`, `pack\s?station`, `paket\s?(box|automat)`,
	`b\.?\s?p\.?\s+\d`, `bo[iî]te\s+postale`, `c\.?s\.?\s+\d{4,5}`, `case\s+postale`, `tri\s+service\s+arriv[ée]e`,
	`casilla(\s+(de\s+)?correos?)?`, `apartado(\s+(de\s+correos|postal|a[ée]reo))?`, `apdo\.?`, `caixa\s+postal`,
	`casella\s+postale`, `postbus`, `postboks`, `box\s+\d+\s*$`, `skrytka(\s+pocztowa)?`, `paczkomat`, `c[ăa]su[țţt]a\s+po[șşs]tal[ăa]`, `ofici?ul\s+po[șşs]tal`,
	`po[sš]tovn[íi]\s+p[řr]ihr[áa]dka`, `p\.?\s?o\.?\s?b\.?\s+\d`, `locked\s+bag`, `private\s+bag`, `gpo\s+box`, `parcel\s+locker`,
	`абонентськ\p{L}+\s+скриньк\p{L}+`, `абонентск\p{L}+\s+ящик\p{L}*`, `а\s?/\s?[ся]`, `поштомат`, `hộp\s+thư`,
}, "|") + `)([^\p{L}]|$)`)

// boxSigns are the same in writing that sets no blanks between words.
var boxSigns = []string{"私書箱", "邮政信箱", "郵政信箱", "信箱", "صندوق بريد", "ص.ب", "पोस्ट बॉक्स"}

// IsPOBox says whether a line of an address is a post box or a parcel locker.
func IsPOBox(line string) bool {
	if boxes.MatchString(line) {
		return true
	}
	for _, sign := range boxSigns {
		if strings.Contains(line, sign) {
			return true
		}
	}
	return false
}

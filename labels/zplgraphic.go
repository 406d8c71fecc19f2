package labels

import (
	"encoding/hex"
	"strings"
)

// shapes sends all shapes of a page as one graphic (^GF): white ones are holes in it.
func (z *zpl) shapes(p *page) {
	if len(p.shapes) == 0 {
		return
	}
	m := p.bitmap()
	if len(m.rows) == 0 || len(m.rows[0]) == 0 {
		return
	}
	wide := (len(m.rows[0]) + 7) / 8
	z.cmd("^FO%d,%d^GFA,%d,%d,%d,", m.x, m.y, wide*len(m.rows), wide*len(m.rows), wide)
	before := ""
	for _, row := range m.rows {
		digits := hexRow(row, wide)
		if digits == before {
			z.WriteByte(':')
			continue
		}
		z.WriteString(squeezed(digits))
		before = digits
	}
	z.WriteString("^FS\n")
}

// hexRow packs dots into bytes, the leftmost first, as hexadecimal digits.
func hexRow(row []bool, wide int) string {
	packed := make([]byte, wide)
	for x, dark := range row {
		if dark {
			packed[x/8] |= 0x80 >> (x % 8)
		}
	}
	return strings.ToUpper(hex.EncodeToString(packed))
}

// squeezed counts repeated digits (ZPL II Programming Guide, "Alternative Data Compression Scheme for ~DG and
// ~DB": G to Y stand for 1 to 19, g to z for 20 to 400, a comma for zeros and "!" for ones to the row's end).
func squeezed(digits string) string {
	var b strings.Builder
	for i := 0; i < len(digits); {
		j := i
		for j < len(digits) && digits[j] == digits[i] {
			j++
		}
		switch {
		case j == len(digits) && digits[i] == '0':
			b.WriteByte(',')
		case j == len(digits) && digits[i] == 'F':
			b.WriteByte('!')
		default:
			repeat(&b, digits[i], j-i)
		}
		i = j
	}
	return b.String()
}

func repeat(b *strings.Builder, digit byte, n int) {
	for ; n >= 400; n -= 400 {
		b.WriteByte('z')
		b.WriteByte(digit)
	}
	if n == 0 {
		return
	}
	if n >= 20 {
		b.WriteByte(byte('g' + n/20 - 1))
	}
	if n%20 > 0 && n > 1 {
		b.WriteByte(byte('G' + n%20 - 1))
	}
	b.WriteByte(digit)
}

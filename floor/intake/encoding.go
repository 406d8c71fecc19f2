package intake

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode makes UTF-8 of a file's bytes. What is neither UTF-8 nor marked UTF-16 is read as Windows-1252,
// in which every byte is some letter: it cannot fail, but it can be the wrong letter, so it is noted.
func (c *clerk) decode(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		c.fault(0, "", "not_text", "", "this is a workbook; save it as CSV UTF-8 and send that")
		return "", false
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return c.text(wide(data[2:], binary.LittleEndian))
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return c.text(wide(data[2:], binary.BigEndian))
	}
	if utf8.Valid(data) {
		return c.text(string(data))
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return c.text(string(data))
	}
	c.note(0, "", "encoding", "", "the file is not UTF-8; it was read as Windows-1252 (Latin-1): look at the accents, or save as UTF-8")
	return c.text(narrow(data))
}

// text refuses what no table holds. A zero byte means a binary file, or UTF-16 that lost its mark.
func (c *clerk) text(s string) (string, bool) {
	if strings.IndexByte(s, 0) >= 0 {
		c.fault(0, "", "not_text", "", "the file holds zero bytes; save it as CSV UTF-8 and send that")
		return "", false
	}
	if strings.TrimSpace(s) == "" {
		c.fault(0, "", "empty_file", "", "the file is empty")
		return "", false
	}
	return s, true
}

func wide(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	s := string(utf16.Decode(units))
	if len(data)%2 == 1 {
		s += string(utf8.RuneError) // half a character at the end: show that something was there
	}
	return s
}

// high holds the letters of Windows-1252 from 0x80 to 0x9F; all others are as in Latin-1. The five unused
// bytes become the replacement mark. Source: the WHATWG Encoding Standard's index, less its C1 controls.
var high = [32]rune{
	'€', '�', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '�', 'Ž', '�',
	'�', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '�', 'ž', 'Ÿ',
}

func narrow(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, x := range data {
		if x >= 0x80 && x <= 0x9F {
			b.WriteRune(high[x-0x80])
		} else {
			b.WriteRune(rune(x))
		}
	}
	return b.String()
}

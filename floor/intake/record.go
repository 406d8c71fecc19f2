package intake

import "strings"

// record is one row of a table as it stands in the file.
type record struct {
	line, last int // the lines it begins and ends on
	cells      []string
	flaw       string // unclosed_quote, bad_quote or too_many_columns: cells are not to be trusted
	raw        string // its text in the file
}

func (r *record) blank() bool {
	for _, s := range r.cells {
		if strings.TrimSpace(s) != "" {
			return false
		}
	}
	return r.flaw == ""
}

// splitter cuts a text into records. It is our own because encoding/csv gives up its place in the file after
// a broken quote, and we owe the sender the line and the rows that were lost with it. Quotes inside an
// unquoted cell (a 12" ruler) are letters.
type splitter struct {
	s      string
	at     int
	line   int
	delim  byte
	quotes bool // false: a quote is a letter (Amazon's reports)
}

func (p *splitter) more() bool { return p.at < len(p.s) }

// skipEmpty steps over lines with nothing on them.
func (p *splitter) skipEmpty() {
	for p.more() && (p.s[p.at] == '\n' || p.s[p.at] == '\r') {
		p.newline()
	}
}

// next reads one record. It always moves on, so that a loop over it ends.
func (p *splitter) next() record {
	r := record{line: p.line, cells: make([]string, 0, 8)}
	from := p.at
	for {
		var cell string
		var flaw string
		if p.quotes && p.more() && p.s[p.at] == '"' {
			cell, flaw = p.quoted()
		} else {
			cell = p.plain()
		}
		if flaw != "" {
			r.flaw = flaw
		}
		if len(r.cells) < ColumnLimit {
			r.cells = append(r.cells, cell)
		} else if strings.TrimSpace(cell) != "" && r.flaw == "" {
			r.flaw = "too_many_columns"
		}
		r.last = p.line
		if p.ends() {
			break
		}
	}
	r.raw = p.s[from:p.at]
	return r
}

// ends steps over what follows a cell, and says whether the record is over.
func (p *splitter) ends() bool {
	if !p.more() {
		return true
	}
	if p.s[p.at] == p.delim {
		p.at++
		return false
	}
	p.newline()
	return true
}

// newline steps over one line end: LF, CRLF or an old Mac's CR.
func (p *splitter) newline() {
	if strings.HasPrefix(p.s[p.at:], "\r\n") {
		p.at++
	}
	p.at++
	p.line++
}

func (p *splitter) plain() string {
	from := p.at
	for p.more() && p.s[p.at] != p.delim && p.s[p.at] != '\n' && p.s[p.at] != '\r' {
		p.at++
	}
	return p.s[from:p.at]
}

func (p *splitter) quoted() (cell, flaw string) {
	p.at++
	var b strings.Builder
	for p.more() {
		switch x := p.s[p.at]; {
		case x == '"' && strings.HasPrefix(p.s[p.at:], `""`):
			b.WriteByte('"')
			p.at += 2
		case x == '"':
			p.at++
			if rest := p.plain(); strings.Trim(rest, " ") != "" {
				return b.String() + rest, "bad_quote"
			}
			return b.String(), ""
		case x == '\n' || x == '\r':
			p.newline()
			b.WriteByte('\n')
		default:
			b.WriteByte(x)
			p.at++
		}
	}
	return b.String(), "unclosed_quote"
}

// words lists all cells that a broken record may have swallowed, cut as if no quote were there.
func (r *record) words(delim byte) []string {
	return strings.FieldsFunc(r.raw, func(x rune) bool {
		return x == rune(delim) || x == '\n' || x == '\r' || x == '"'
	})
}

// delimiter is the one that stands most often in the first line, outside quotes.
func delimiter(s string) byte {
	counts, quoted := map[rune]int{}, false
	for _, x := range s {
		if x == '"' {
			quoted = !quoted
		}
		if !quoted && (x == '\n' || x == '\r') {
			break
		}
		if !quoted {
			counts[x]++
		}
	}
	best := byte(',')
	for _, d := range []byte{';', '\t'} {
		if counts[rune(d)] > counts[rune(best)] {
			best = d
		}
	}
	return best
}

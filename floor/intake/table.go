package intake

import (
	"fmt"
	"strings"
)

// sheet says which columns a kind of table has.
type sheet struct {
	kind    string
	columns []string          // as in the template
	also    []string          // taken too, but asked of nobody
	must    []string          // without these the file cannot be read
	alias   map[string]string // other people's names of our columns
	skips   bool              // other columns are no surprise: a platform's own report
	glued   bool              // names are compared without underscores: InvoiceNo is Invoice No
}

// table is a CSV file being read: its header, then its rows.
type table struct {
	*clerk
	split   splitter
	header  record
	columns map[string]int
	width   int
}

// open reads a file up to its header.
func (c *clerk) open(data []byte, quotes bool) (*table, bool) {
	if c.tooLong(data) {
		return nil, false
	}
	s, ok := c.decode(data)
	if !ok {
		return nil, false
	}
	t := &table{clerk: c, split: splitter{s: s, line: 1, quotes: quotes}}
	t.split.delim = delimiter(s)
	if strings.HasPrefix(strings.ToLower(s), "sep=") && len(s) > 4 { // Excel's own way to say it
		t.split.delim = s[4]
		t.split.next()
	} else {
		t.toHeader()
	}
	if !t.split.more() {
		c.fault(0, "", "empty_file", "", "the file has no header")
		return nil, false
	}
	t.header = t.split.next()
	t.width = len(t.header.cells)
	for t.width > 1 && strings.TrimSpace(t.header.cells[t.width-1]) == "" {
		t.width--
	}
	if f := t.header.flaw; f != "" {
		c.fault(t.header.line, "", f, "", "the header cannot be read: "+flawSay(f))
		return nil, false
	}
	return t, true
}

// toHeader steps over blank lines, then looks for the delimiter in the line that is the header.
func (t *table) toHeader() {
	for t.split.more() {
		before := t.split
		r := t.split.next()
		if !r.blank() || strings.ContainsAny(strings.Join(r.cells, ""), ",;\t") {
			t.split = before
			break
		}
	}
	t.split.delim = delimiter(t.split.s[t.split.at:])
}

func flawSay(flaw string) string {
	switch flaw {
	case "unclosed_quote":
		return "a quote opens here and never closes"
	case "bad_quote":
		return "letters follow a closing quote; write a quote inside a quoted cell twice"
	default:
		return fmt.Sprintf("it has more than %d columns", ColumnLimit)
	}
}

// headName brings "Ship By", "ship_by" and "SHIP-BY" to one spelling.
func headName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '.' || r == '\u00a0' || r == '\n'
	}), "_")
}

func (h *sheet) name(cell string) string {
	n := headName(cell)
	if h.glued {
		n = strings.ReplaceAll(n, "_", "")
	}
	if a, ok := h.alias[n]; ok {
		return a
	}
	return n
}

// bind finds the columns of a sheet in the header. All that is wrong with the header is listed; only a
// column that is missing or stands twice stops the file, for then a cell's meaning would be a guess.
func (t *table) bind(h *sheet) bool {
	t.columns = map[string]int{}
	known := map[string]bool{}
	for _, n := range append(append([]string{}, h.columns...), h.also...) {
		known[n] = true
	}
	good := true
	t.unnamed()
	for i, cell := range t.header.cells[:t.width] {
		n := h.name(cell)
		first, twice := t.columns[n]
		switch {
		case n == "":
		case !known[n]:
			t.unknown(h, i, cell)
		case twice:
			good = false
			t.fault(t.header.line, "", "duplicate_column", n, fmt.Sprintf("columns %d and %d are both %s", first+1, i+1, n))
		default:
			t.columns[n] = i
		}
	}
	for _, n := range h.must {
		if _, ok := t.columns[n]; !ok {
			good = false
			t.fault(t.header.line, "", "missing_column", n, fmt.Sprintf("the header has no column %s; a file of %s has: %s", n, h.kind, strings.Join(h.columns, ", ")))
		}
	}
	return good
}

func (t *table) unknown(h *sheet, i int, cell string) {
	if !h.skips {
		t.note(t.header.line, "", "unknown_column", shorten(strings.TrimSpace(cell)), fmt.Sprintf("column %d is not known here and is left out", i+1))
	}
}

func (t *table) unnamed() {
	var at []string
	for i, cell := range t.header.cells {
		if headName(cell) == "" {
			at = append(at, fmt.Sprint(i+1))
		}
	}
	if len(at) > 0 {
		t.note(t.header.line, "", "unnamed_column", "", "no name stands over column "+strings.Join(at, ", ")+"; left out")
	}
}

// each gives the rows after the header to take; broken ones go to broken. It refuses a file of too many
// rows before any is taken, so that no part of it goes in.
func (t *table) each(take func(*row), broken func(record)) {
	var rows []record
	for t.split.skipEmpty(); t.split.more(); t.split.skipEmpty() {
		r := t.split.next()
		if r.blank() {
			continue
		}
		if len(rows) == t.maxRows() {
			t.fault(r.line, "", "too_many_rows", "", fmt.Sprintf("the file has more than %d rows; split it", t.maxRows()))
			return
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		t.note(t.header.line, "", "no_rows", "", "the file has a header and nothing below it")
	}
	for i := range rows {
		r := &rows[i]
		if r.flaw == "" && !t.fits(r) {
			r.flaw = "wrong_columns"
		}
		if r.flaw != "" {
			broken(*r)
			continue
		}
		take(&row{taker: taker{clerk: t.clerk, line: r.line, comma: t.split.delim == ';'}, t: t, cells: r.cells})
	}
}

// fits says whether a record has the header's number of cells. One more, even an empty one at its end, may
// mean that a delimiter stands inside a cell and all after it is in the wrong column.
func (t *table) fits(r *record) bool {
	return len(r.cells) >= t.width && len(r.cells) <= len(t.header.cells)
}

// breach tells of a record that cannot be read as a row.
func (t *table) breach(r record, ref string) {
	switch {
	case r.flaw == "wrong_columns":
		t.fault(r.line, ref, r.flaw, "", fmt.Sprintf("the row has %d cells, the header %d; a delimiter inside a cell needs quotes around the cell", len(r.cells), t.width))
	case r.last > r.line:
		t.fault(r.line, ref, r.flaw, "", fmt.Sprintf("%s; lines %d to %d could not be read", flawSay(r.flaw), r.line, r.last))
	default:
		t.fault(r.line, ref, r.flaw, "", flawSay(r.flaw))
	}
}

// row is one data row of a table.
type row struct {
	taker
	t     *table
	cells []string
}

// cell gives a column's text without outer blanks; a column that the file lacks is empty.
func (r *row) cell(name string) string {
	i, ok := r.t.columns[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return trim(r.cells[i])
}

func trim(s string) string { return strings.Trim(s, " \t\n\r\u00a0\u2007\u202f\ufeff") }

// shorten keeps a foreign text from filling a report.
func shorten(s string) string {
	const most = 60
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

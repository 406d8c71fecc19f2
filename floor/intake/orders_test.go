package intake

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

const orderHead = "external_id,name,country,sku,qty,price,currency\n"

// Each case is a file of our own table, what is said of it, and which orders go in all the same.
var orderCases = []struct {
	what, file string
	faults     []string // line code field
	notes      []string
	orders     []string
}{
	{"two orders, rows mixed", orderHead + "1,Ada,DE,A,2,1.50,EUR\n2,Bob,FR,A,1,,\n1,,,B,1,,\n", nil, nil, []string{"1", "2"}},
	{"a bad row rejects its own order whole", orderHead + "1,,,A,2,,\n2,,,A,1,,\n1,,,B,none,,\n", []string{"4 bad_number qty"}, nil, []string{"2"}},
	{"all that is wrong with a row", orderHead + "1,,Atlantis,,0,x,EURO\n", []string{"2 bad_currency currency", "2 bad_money price", "2 out_of_range qty", "2 required sku", "2 unknown_country country"}, nil, nil},
	{"two customers under one number", orderHead + "1,Ada,DE,A,1,,\n1,Bob,DE,B,1,,\n2,,,A,1,,\n", []string{"3 conflict name"}, nil, []string{"2"}},
	{"the same said twice is no conflict", orderHead + "1,Ada,DE,A,1,,\n1,Ada,DE,B,1,,\n", nil, nil, []string{"1"}},
	{"a row without a number keeps the one above out", orderHead + "1,,,A,1,,\n,,,B,1,,\n2,,,A,1,,\n", []string{"3 required external_id", "3 row_unread external_id"}, nil, []string{"2"}},
	{"a long number in short form", orderHead + "1,,,1.2E+11,1,,\n2,,,\"1,2E+11\",1,,\n3,,,12E3,1,,\n", []string{"2 excel_number sku", "3 excel_number sku"}, nil, []string{"3"}},
	{"a number kept as text", orderHead + "\"=\"\"007\"\"\",,,\"=\"\"0012\"\"\",1,,\n", nil, nil, []string{"007"}},
	{"a formula", orderHead + "1,=HYPERLINK(1),,A,1,,\n", []string{"2 formula name"}, nil, nil},
	{"an unclosed quote", orderHead + "1,,,A,1,,\n2,\"Ada,,A,1,,\n3,,,A,1,,\n1,,,B,1,,\n", []string{"3 row_unread external_id", "3 unclosed_quote "}, nil, nil},
	{"letters after a quote", orderHead + "1,\"Ada\"x,,A,1,,\n2,,,A,1,,\n", []string{"2 bad_quote "}, nil, []string{"2"}},
	{"an inch mark is a letter", orderHead + "1,6\" ruler,,A,1,,\n", nil, nil, []string{"1"}},
	{"a line break in quotes", orderHead + "1,\"Ada\r\nLovelace\",,A,1,,\r\n2,,,,1,,\r\n", []string{"4 required sku"}, nil, []string{"1"}},
	{"a delimiter inside a cell", orderHead + "1,Smith, Ada,DE,A,1,,\n2,,,A,1,,\n", []string{"2 wrong_columns "}, nil, []string{"2"}},
	{"a torn last row", orderHead + "1,,,A,1,,\n1,,,B", []string{"3 wrong_columns "}, nil, nil},
	{"blank rows are nothing", orderHead + "\n1,,,A,1,,\n,,,,,,\n\n", nil, nil, []string{"1"}},
	{"columns without name or content", "external_id,sku,qty,,\n1,A,1,,\n2,A,1\n", nil, []string{"1 unnamed_column "}, []string{"1", "2"}},
	{"more cells than columns", orderHead + "1,,,A,1,,,\n2,,,A,1,,\n", []string{"2 wrong_columns "}, nil, []string{"2"}},
	{"semicolons and a decimal comma", "external_id;sku;qty;price\n1;A;1;12,50\n", nil, nil, []string{"1"}},
	{"a decimal comma under commas", orderHead + "1,,,A,1,\"12,50\",\n", []string{"2 bad_money price"}, nil, nil},
	{"a thousand with a mark", orderHead + "1,,,A,\"1,000\",,\n", []string{"2 bad_number qty"}, nil, nil},
	{"twelve point nought", orderHead + "1,,,A,12.0,,\n", nil, nil, []string{"1"}},
	{"half a thing", orderHead + "1,,,A,1.5,,\n", []string{"2 bad_number qty"}, nil, nil},
	{"a hair's breadth of a cent", orderHead + "1,,,A,1,1.005,EUR\n", []string{"2 too_precise price"}, nil, nil},
	{"yen have no cents", orderHead + "1,,,A,1,100.5,JPY\n2,,,A,1,100.00,JPY\n", []string{"2 too_precise price"}, nil, []string{"2"}},
	{"a price below nothing", orderHead + "1,,,A,1,-1,EUR\n", []string{"2 out_of_range price"}, nil, nil},
	{"one item twice at one price", orderHead + "1,,,A,1,1,EUR\n1,,,A,2,1.00,\n1,,,A,1,2,\n", nil, []string{"3 merged_lines sku"}, []string{"1"}},
	{"too much in all", orderHead + "1,,,A,1000000,,\n1,,,A,1,,\n", []string{"3 out_of_range qty"}, []string{"3 merged_lines sku"}, nil},
	{"an unknown column", "external_id,sku,qty,colour\n1,A,1,red\n", nil, []string{"1 unknown_column colour"}, []string{"1"}},
	{"a column without a name", "external_id,,sku,qty\n1,x,A,1\n", nil, []string{"1 unnamed_column "}, []string{"1"}},
	{"a column twice", "external_id,sku,SKU,qty\n1,A,B,1\n", []string{"1 duplicate_column sku"}, nil, nil},
	{"columns missing", "external_id,name\n1,A\n", []string{"1 missing_column qty", "1 missing_column sku"}, nil, nil},
	{"spellings of a header", "External ID, SKU ,QTY\n1,A,1\n", nil, nil, []string{"1"}},
	{"tabs", "external_id\tsku\tqty\n1\tA\t1\n", nil, nil, []string{"1"}},
	{"Excel says its delimiter", "sep=;\nexternal_id;sku;qty\n1;A;1\n2;A;0\n", []string{"4 out_of_range qty"}, nil, []string{"1"}},
	{"an old Mac's line ends", "external_id,sku,qty\r1,A,1\r2,A,0\r", []string{"3 out_of_range qty"}, nil, []string{"1"}},
	{"a header alone", "external_id,sku,qty\n", nil, []string{"1 no_rows "}, nil},
	{"nothing", "", []string{"0 empty_file "}, nil, nil},
	{"blank lines", "\n \n", []string{"0 empty_file "}, nil, nil},
	{"a workbook", "PK\x03\x04...", []string{"0 not_text "}, nil, nil},
	{"bytes", "external_id,sku\x00", []string{"0 not_text "}, nil, nil},
	{"a code that no barcode holds", orderHead + "1,,,Größe,1,,\n", []string{"2 bad_code sku"}, nil, nil},
	{"a mark of direction", orderHead + "1,,,A\u202eB,1,,\n", []string{"2 bad_text sku"}, nil, nil},
}

func ids(r Report) []string {
	var out []string
	for _, o := range r.Orders {
		out = append(out, o.ExternalID)
	}
	return out
}

func TestOrderTable(t *testing.T) {
	for _, c := range orderCases {
		t.Run(c.what, func(t *testing.T) {
			r := Orders("csv", []byte(c.file), Options{})
			if got := told(r.Faults); !reflect.DeepEqual(got, c.faults) {
				t.Errorf("faults %q\nwant   %q\n%+v", got, c.faults, r.Faults)
			}
			if got := told(r.Notes); !reflect.DeepEqual(got, c.notes) {
				t.Errorf("notes %q\nwant  %q", got, c.notes)
			}
			if got := ids(r); !reflect.DeepEqual(got, c.orders) {
				t.Errorf("orders %q, want %q", got, c.orders)
			}
		})
	}
}

// What a row says arrives as it was meant: time in the options' zone, the phone's marks gone, money exact.
func TestOrderValues(t *testing.T) {
	file := "channel,external_id,name,company,address1,address2,city,region,postcode,country,phone,email,service,ship_by,priority,sku,qty,price,currency,note\n" +
		"shop,A 1,Ada,Ltd,1 Road,Flat 2,Town,RG,00123,uk,\u202a+44 1\u202c,a@b.c,next day,2026-06-30,5,X-1,3,0.29,usd,ring twice\n" +
		",A 1,,,,,,,,,,,,,,X-2,1,19.9,,\n"
	r := Orders("csv", []byte(file), Options{Channel: "other", DefaultTZ: time.FixedZone("CEST", 7200)})
	want := []Order{{Row: 2, Channel: "shop", ExternalID: "A 1", Service: "next day", ShipBy: "2026-06-30T21:59:59Z", Priority: 5, Currency: "USD", Note: "ring twice",
		ShipTo: Address{Name: "Ada", Company: "Ltd", Lines: []string{"1 Road", "Flat 2"}, City: "Town", Region: "RG", Postcode: "00123", Country: "GB", Phone: "+44 1", Email: "a@b.c"},
		Lines:  []Line{{Row: 2, SKU: "X-1", Qty: 3, PriceCents: 29}, {Row: 3, SKU: "X-2", Qty: 1, PriceCents: 1990}}}}
	if len(r.Faults) > 0 || !reflect.DeepEqual(r.Orders, want) {
		t.Errorf("got  %+v\nwant %+v\n%+v", r.Orders, want, r.Faults)
	}
}

// The same table in other coats gives the same orders.
func TestEncodings(t *testing.T) {
	file := "external_id,name,sku,qty\n1,Zoë “Æ”,A,1\n"
	wideOf := func(little bool) string {
		out := "\xFE\xFF"
		if little {
			out = "\xFF\xFE"
		}
		for _, r := range file {
			a, b := byte(r>>8), byte(r)
			if little {
				a, b = b, a
			}
			out += string([]byte{a, b})
		}
		return out
	}
	coats := map[string]string{"UTF-8": file, "BOM": "\uFEFF" + file, "UTF-16LE": wideOf(true), "UTF-16BE": wideOf(false),
		"Windows-1252": strings.NewReplacer("ë", "\xEB", "“", "\x93", "”", "\x94", "Æ", "\xC6").Replace(file)}
	for name, data := range coats {
		r := Orders("csv", []byte(data), Options{})
		if len(r.Orders) != 1 || r.Orders[0].ShipTo.Name != "Zoë “Æ”" {
			t.Errorf("%s: %+v", name, r)
		}
		if noted := tally(r.Notes)["encoding"] == 1; noted != (name == "Windows-1252") {
			t.Errorf("%s: encoding noted %v", name, noted)
		}
	}
}

// Every limit is reached, and one step beyond it is refused with its name.
func TestLimits(t *testing.T) {
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString("external_id,sku,qty\n")
		for i := range n {
			fmt.Fprintf(&b, "%d,A,1\n", i)
		}
		return b.String()
	}
	lines := func(n int) string {
		var b strings.Builder
		b.WriteString("external_id,sku,qty\n")
		for i := range n {
			fmt.Fprintf(&b, "1,A%d,1\n", i)
		}
		return b.String()
	}
	one := func(field, value string) string { return "external_id,sku,qty," + field + "\n1,A,1," + value + "\n" }
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		name, good, bad, code string
		o                     Options
	}{
		{"rows asked for", rows(5), rows(6), "too_many_rows", Options{MaxRows: 5}},
		{"rows", rows(RowLimit), rows(RowLimit + 1), "too_many_rows", Options{}},
		{"columns", "external_id,sku,qty" + strings.Repeat(",", ColumnLimit-3) + "\n1,A,1", "external_id,sku,qty," + strings.Repeat("a,", 10_000) + "\n", "too_many_columns", Options{}},
		{"lines of an order", lines(LineLimit), lines(LineLimit + 1), "too_many_lines", Options{}},
		{"units", "external_id,sku,qty\n1,A,1000000\n", "external_id,sku,qty\n1,A,1000001\n", "out_of_range", Options{}},
		{"sku", "external_id,sku,qty\n1," + x(SKULimit) + ",1\n", "external_id,sku,qty\n1," + x(SKULimit+1) + ",1\n", "too_long", Options{}},
		{"number", "external_id,sku,qty\n" + x(ExternalLimit) + ",A,1\n", "external_id,sku,qty\n" + x(ExternalLimit+1) + ",A,1\n", "too_long", Options{}},
		{"name", one("name", strings.Repeat("ö", NameLimit)), one("name", x(NameLimit+1)), "too_long", Options{}},
		{"address", one("address1", x(AddressLimit)), one("address1", x(AddressLimit+1)), "too_long", Options{}},
		{"postcode", one("postcode", x(PostcodeLimit)), one("postcode", x(PostcodeLimit+1)), "too_long", Options{}},
		{"phone", one("phone", x(PhoneLimit)), one("phone", x(PhoneLimit+1)), "too_long", Options{}},
		{"note", one("note", x(NoteLimit)), one("note", x(NoteLimit+1)), "too_long", Options{}},
		{"price", one("price", "1000000000.00"), one("price", "1000000000.01"), "out_of_range", Options{}},
		{"bytes", rows(1) + strings.Repeat("\n", ByteLimit-len(rows(1))), rows(1) + strings.Repeat("\n", ByteLimit), "too_large", Options{}},
	} {
		if r := Orders("csv", []byte(c.good), c.o); len(r.Faults) > 0 || len(r.Orders) == 0 {
			t.Errorf("%s at its limit: %d orders, %.3v", c.name, len(r.Orders), r.Faults)
		}
		if r := Orders("csv", []byte(c.bad), c.o); tally(r.Faults)[c.code] != 1 || len(r.Orders) > 0 {
			t.Errorf("%s beyond its limit: %d orders, faults %v, want %s", c.name, len(r.Orders), tally(r.Faults), c.code)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if r := Orders("xlsx", nil, Options{}); tally(r.Faults)["unknown_format"] != 1 {
		t.Errorf("%+v", r)
	}
}

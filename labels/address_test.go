package labels

import (
	"strings"
	"testing"
)

// An address leaves as the destination's post asks, with the country in the sender's language and in English.
func TestAddressIsWrittenForItsDestination(t *testing.T) {
	for _, c := range []struct {
		home string
		to   Address
		want string
	}{
		{"CH", Address{Name: "Zofia W", Lines: []string{"ul. Marcina 24"}, City: "Poznań", Postcode: "61805", Country: "PL"},
			"Zofia W|ul. Marcina 24|61-805 Poznań|POLEN / POLAND"},
		{"PL", Address{Name: "Mia Keller", Lines: []string{"Hallenweg 12"}, City: "Basel", Postcode: "4051", Country: "CH"},
			"Mia Keller|Hallenweg 12|CH-4051 Basel|SZWAJCARIA / SWITZERLAND"},
		{"CH", Address{Name: "Mia Keller", Lines: []string{"Hallenweg 12"}, City: "Basel", Postcode: "4051", Country: "CH"},
			"Mia Keller|Hallenweg 12|4051 Basel"},
		{"US", Address{Name: "Ann", Lines: []string{"82 Clerkenwell Road"}, City: "London", Region: "England", Postcode: "ec1m5rf", Country: "GB"},
			"Ann|82 Clerkenwell Road|LONDON|EC1M 5RF|UNITED KINGDOM"},
		{"FR", Address{Name: "Ann", Lines: []string{"301 Hamilton Ave"}, City: "Palo Alto", Region: "California", Postcode: "94303", Country: "US"},
			"Ann|301 Hamilton Ave|PALO ALTO CA 94303|ÉTATS-UNIS / UNITED STATES"},
		{"GR", Address{Name: "Ann", Lines: []string{"Platz 1"}, City: "Wien", Postcode: "1010", Country: "AT"},
			"Ann|Platz 1|1010 Wien|ΑΥΣΤΡΙΑ / AUSTRIA"},
		{"US", Address{Name: "山田 太郎", Lines: []string{"神田神保町1-2"}, City: "千代田区", Region: "東京都", Postcode: "1010051", Country: "JP"},
			"〒101-0051|東京都千代田区|神田神保町1-2|山田 太郎|JAPAN"},
		{"US", Address{Name: "Taro Yamada", Lines: []string{"1-2 Jimbocho"}, City: "Chiyoda", Region: "Tokyo", Postcode: "1010051", Country: "JP"},
			"Taro Yamada|1-2 Jimbocho|Chiyoda, TOKYO|101-0051|JAPAN"},
		{"", Address{Name: "Ann", City: "Dublin", Country: "IE"}, "Ann|Dublin|IRELAND"},
		{"DE", Address{Name: "Ann", City: "Nirgends", Country: "ZZ"}, "Ann|Nirgends|ZZ"},
	} {
		var got []string
		for _, l := range c.to.paragraphs("receiver", c.home) {
			got = append(got, l.s)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("from %s: %q, want %q", c.home, s, c.want)
		}
	}
}

// What mail comes back for is said by field, and the label prints all the same.
func TestDoubtsNameTheField(t *testing.T) {
	got := strings.Join(Doubts([]byte(`[{"receiver":{"name":"A","lines":["x"],"city":"Bern","postcode":"123","country":"CH"}},
		{"receiver":{"name":"A","lines":["x"],"city":"Bern","postcode":"3000","country":"CH"},"sender":{"city":"Lyon","country":"FR","lines":["y"]}}]`)), "\n")
	for _, want := range []string{`receiver.postcode: "123" is no postcode of CH: they look like 1234 (label 1 of 2)`, "sender.postcode: an address in FR has one (label 2 of 2)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if n := len(Doubts([]byte(`{"code":"A","scan":"B-A"}`))); n != 0 {
		t.Errorf("%d doubts about a bin", n)
	}
}

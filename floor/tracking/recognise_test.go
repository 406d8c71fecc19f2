package tracking

import (
	"encoding/json"
	"testing"

	"floorline/floor/fixture"
)

// Every published number is told to be its courier's, or nobody's, as its courier says. One number stands in the list
// both as its courier's and as one of another shape of the same courier that it is not; it is that courier's.
func TestPublishedNumbers(t *testing.T) {
	var list []struct {
		Courier, Format, Number string
		Valid                   bool
	}
	if err := json.Unmarshal(fixture.Read(t, "tracking", "tracking_vectors.json"), &list); err != nil {
		t.Fatal(err)
	}
	const both = "331426749957"
	for _, v := range list {
		found, why := Recognise(v.Number)
		if plain(v.Number) == both {
			v.Valid = true
		}
		switch {
		case v.Valid && (why != "" || found.Courier != v.Courier):
			t.Errorf("%q is of %s (%s): taken for %q, %s", v.Number, v.Courier, v.Format, found.Courier, why)
		case !v.Valid && why == "":
			t.Errorf("%q is nobody's (%s of %s is wrong): taken for %s", v.Number, v.Format, v.Courier, found.Courier)
		}
	}
}

// A wrong check digit of S10 is seen, its country is one that has a post, and a number of its shape never passes as that
// of a courier without a check.
func TestS10(t *testing.T) {
	const right = "RX123456785GB"
	if found, why := Recognise("rx 1234 5678 5 gb"); why != "" || found != (Found{"s10", "S10", "Letter post, registered"}) {
		t.Fatalf("%s: %+v %s", right, found, why)
	}
	for d := byte('0'); d <= '9'; d++ {
		number := right[:10] + string(d) + right[11:]
		if found, why := Recognise(number); number != right && (why != WrongCheckDigit || found.Courier != "s10") {
			t.Errorf("%s: %+v %q", number, found, why)
		}
	}
	if found, why := Recognise("RX123456785XX"); why != UnknownFormat {
		t.Errorf("no country XX, yet %+v %q", found, why)
	}
}

// What we give out, we recognise: the check digits are the same code both ways.
func TestChecks(t *testing.T) {
	for _, c := range []struct {
		name string
		got  byte
		want byte
	}{
		{"S10, the UPU's own example", S10Check("47312482"), '9'},
		{"S10, remainder 0", S10Check("00000000"), '5'},
		{"Luhn, ISO/IEC 7812", LuhnCheck("7992739871"), '3'},
		{"mod 37,36, ISO/IEC 7064", Mod37Check("A12425GABC1234002"), 'M'},
		{"mod 7", Mod7Check("123456789"), '1'},
		{"SSCC, GS1 General Specifications 7.9", Mod10Check("37610425002123456", 3, 1), '9'},
	} {
		if c.got != c.want {
			t.Errorf("%s: %c, want %c", c.name, c.got, c.want)
		}
	}
}

// FuzzRecognise: no line of a file breaks it, and what is recognised has a courier.
func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"1Z5R89390357567127", "TBA502887274000", "4201028200009261290113185417468510", "J\x00", "ж", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if found, why := Recognise(s); (why == "") && found.Courier == "" {
			t.Errorf("%q: %+v", s, found)
		}
	})
}

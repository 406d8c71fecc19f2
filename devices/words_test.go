package devices

import (
	"strings"
	"testing"
)

// Each worker is answered in a language of their own, on whatever device; who has not signed in, in the device's.
func TestWordsOfTheWorker(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "POST", "/api/v1/orders", orderBodyOf("1"))
	lena, omar := f.workerWho("Lena", "de-AT", "1357924"), f.workerWho("Omar", "ar", "")
	d := f.pair("handheld")
	says := func(v map[string]any, title, say string) {
		t.Helper()
		if got := v["next"].(map[string]any)["title"]; title != "" && got != title {
			t.Errorf("the title is %q, want %q", got, title)
		}
		if got, _ := v["say"].(string); say != "" && !strings.Contains(got, say) {
			t.Errorf("%q is said, want %q", got, say)
		}
	}
	says(d.hello(`,"language":"pl"`), "Zeskanuj identyfikator", "")
	says(d.scan(lena), "PIN eingeben, Lena", "Jetzt die PIN.")
	says(d.expect(d.doing("answer", `"ask":"pin","value":"1357924"`), "signed_in"), "Gerade keine Arbeit", "Hallo, Lena.")
	says(d.scan("NOBODYS"), "", "Niemand kennt den Code NOBODYS")
	says(d.expect(d.doing("signout", ""), "signed_out"), "", "Abgemeldet.")
	says(d.expect(d.scan(omar), "signed_in"), "لا عمل الآن", "مرحبا، \u2068Omar\u2069.")
	says(d.expect(d.doing("start", `"job":"pick"`), "no_work"), "", "لا توجد مهمة")
}

func (f *front) workerWho(name, language, pin string) string {
	f.t.Helper()
	var w struct{ Badge string }
	f.want(201, "POST", "/api/v1/workers", `{"name":"`+name+`","roles":["picker"],"language":"`+language+`","pin":"`+pin+`"}`).json(f.t, &w)
	return w.Badge
}

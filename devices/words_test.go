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
	says(d.expect(d.doing("signout", ""), "signed_out"), "", "Wylogowano.")
	says(d.expect(d.scan(omar), "signed_in"), "لا عمل الآن", "مرحبا، \u2068Omar\u2069.")
	says(d.expect(d.doing("start", `"job":"pick"`), "no_work"), "", "لا توجد مهمة")
}

func (f *front) workerWho(name, language, pin string) string {
	f.t.Helper()
	var w struct{ Badge string }
	f.want(201, "POST", "/api/v1/workers", `{"name":"`+name+`","roles":["picker"],"language":"`+language+`","pin":"`+pin+`"}`).json(f.t, &w)
	return w.Badge
}

// Somebody else's badge with a wrong PIN changes nothing for who is signed in: neither who they are nor what they read.
func TestWordsOutliveAStrangersPIN(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	lena, omar := f.workerWho("Lena", "de", ""), f.workerWho("Omar", "ar", "1357924")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(lena), "signed_in")
	if v := d.expect(d.scan(omar), "pin_needed"); v["say"] != "الآن رقم PIN." {
		t.Errorf("Omar is asked %q", v["say"])
	}
	d.expect(d.doing("answer", `"ask":"pin","value":"9753186"`), "pin_wrong")
	v := d.expect(d.scan("NOBODYS"), "unknown_code")
	if say, title := v["say"].(string), v["next"].(map[string]any)["title"]; !strings.HasPrefix(say, "Niemand kennt") || title != "Gerade keine Arbeit" {
		t.Errorf("Lena reads %q and %q", say, title)
	}
}

// The journal is read in English, and by programs: no mark of a phrase leaves in it.
func TestJournalIsInEnglish(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	lena := f.workerWho("Lena", "de", "")
	d := f.pair("handheld")
	d.hello("")
	d.expect(d.scan(lena), "signed_in")
	d.expect(d.doing("start", `"job":"nothing"`), "bad_args")
	journal := string(f.want(200, "GET", "/api/v1/events?since=0&limit=200", "").body)
	if !strings.Contains(journal, `"text":"pick, sort, pack, load, putback, receive, putaway, count or replenish"`) {
		t.Errorf("what was wanted is not told: %s", journal)
	}
	if strings.Contains(journal, `\u0002`) || strings.Contains(journal, `\u001f`) {
		t.Error("the journal shows the marks of a phrase")
	}
}

package devices

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// A shop hears what its return came to: signed with its own secret, again while it does not answer, and once it has heard,
// no more.
func TestShopIsTold(t *testing.T) {
	t.Parallel()
	heard := make(chan []byte, 10)
	refusals := 2
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !signed("shh", body, r.Header.Get("X-Floorline-Hmac-Sha256")) || r.Header.Get("X-Floorline-Delivery") == "" {
			t.Error("the word is not signed")
		}
		if refusals > 0 { // one word after the other
			refusals--
			w.WriteHeader(503)
			return
		}
		heard <- body
	}))
	defer shop.Close()
	f := openFront(t)
	f.stock()
	f.do(floor.SaveBin{Bin: floor.Bin{Code: "BACK", BinKind: "returns"}})
	f.want(422, "PUT", "/api/v1/channels/web", `{"platform":"own","secret":"shh","hook_url":"file:///etc/passwd"}`)
	f.want(422, "PUT", "/api/v1/channels/web", `{"platform":"own","secret":"shh","hook_url":"http://169.254.169.254/latest"}`)
	f.want(201, "PUT", "/api/v1/channels/web", `{"platform":"own","secret":"shh","hook_url":"`+shop.URL+`"}`)
	order := f.sentOut("1")
	var r floor.ReturnView
	f.want(201, "POST", "/api/v1/returns", `{"order":"`+string(order.ID)+`","lines":[{"sku":"MUG","qty":1,"reason":"late"}]}`).json(t, &r)
	for _, body := range []string{`{"verb":"propose","outcome":"partial","amount_cents":1290}`, `{"verb":"approve"}`, `{"verb":"send"}`} { // money goes before the goods are here
		f.want(200, "POST", "/api/v1/returns/"+string(r.ID)+"/settle", body)
	}
	select {
	case body := <-heard:
		var v struct {
			Event  string
			Return floor.ReturnView
		}
		if err := json.Unmarshal(body, &v); err != nil || v.Event != "return.settled" || v.Return.ID != r.ID || v.Return.Settlement.AmountCents != 1290 {
			t.Errorf("%v: %s", err, body)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the shop was not told")
	}
	for told := false; !told; { // the floor notes it behind the answer
		f.k.View(func(s *floor.State) { told = len(s.ReturnsToTell(9)) == 0 })
	}
	if len(heard) != 0 {
		t.Error("it was told again")
	}
}

// A shop's address leads to a shop, and not to this machine or to where clouds keep their secrets.
func TestShopsAreToldWhereShopsAre(t *testing.T) {
	t.Parallel()
	teller := newTeller(&Server{})
	defer teller.stop()
	for _, url := range []string{"http://169.254.169.254/latest", "http://127.0.0.1:8080/hook", "http://localhost/hook"} {
		if err := teller.tell(word{id: "R-1", url: url}); err == nil || !strings.Contains(err.Error(), "does not call") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

package devices

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"floorline/floor/fixture"
)

func signature(secret, body string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(body))
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// The published vectors, asked over HTTP: only what is signed rightly is let in, and an empty body never is.
func TestWebhookVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(fixture.Path(t, "ecom", "hmac_vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Platform, Header, Secret, Body, Signature string
		Valid                                     bool
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	f := openFront(t)
	for i, x := range vectors {
		f.want(200+btoi(i == 0), "PUT", "/api/v1/channels/"+x.Platform, `{"platform":"`+x.Platform+`","secret":"`+x.Secret+`"}`)
		want := 401
		if x.Valid {
			want = 200
		}
		if r := f.want(want, "POST", "/hooks/"+x.Platform, x.Body, x.Header, x.Signature, "Authorization", ""); !x.Valid && r.code() != "bad_signature" {
			t.Errorf("vector %d: %s", i, r.body)
		}
	}
	if n := f.count(); n != 0 {
		t.Errorf("%d orders came in by vectors that hold none", n)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

const hookOrder = `{"id":77,"name":"#1077","currency":"EUR","financial_status":"paid","line_items":[{"sku":"MUG","title":"Mug","quantity":2,"price":"12.90","requires_shipping":true}],"shipping_address":{"name":"Ann Lee","address1":"Quay 1","city":"Rotterdam","zip":"3011","country_code":"NL"}}`

// Two shops of one platform sign with their own secrets, and the same number is an order of each. What is no
// order, or not an order that can be taken, is answered kindly and makes nothing.
func TestWebhooksOfShops(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	f.stock()
	f.want(201, "PUT", "/api/v1/channels/shop-nl", `{"platform":"shopify","secret":"one"}`)
	f.want(201, "PUT", "/api/v1/channels/shop-de", `{"platform":"shopify","secret":"two"}`)
	const by = "X-Shopify-Hmac-Sha256"
	for _, secret := range []string{"one", "two", "one"} {
		f.want(200, "POST", "/hooks/shopify", hookOrder, by, signature(secret, hookOrder), "X-Shopify-Topic", "orders/create", "Authorization", "")
	}
	for _, channel := range []string{"shop-nl", "shop-de"} {
		var page struct{ Items []orderRow }
		f.want(200, "GET", "/api/v1/orders?channel="+channel, "").json(t, &page)
		if len(page.Items) != 1 || page.Items[0].ExternalID != "77" || page.Items[0].Units != 2 {
			t.Errorf("%s has %+v", channel, page.Items)
		}
	}
	f.want(401, "POST", "/hooks/shopify", hookOrder, by, signature("three", hookOrder), "Authorization", "")
	f.want(401, "POST", "/hooks/shopify", hookOrder+" ", by, signature("one", hookOrder), "Authorization", "")
	f.want(401, "POST", "/hooks/woocommerce", hookOrder, by, signature("one", hookOrder), "Authorization", "")
	f.want(404, "POST", "/hooks/etsy", hookOrder, by, signature("one", hookOrder), "Authorization", "")
	var v importView
	f.want(200, "POST", "/hooks/shopify", `{"id":5}`, by, signature("one", `{"id":5}`), "X-Shopify-Topic", "products/update", "Authorization", "").json(t, &v)
	if len(v.Notes) != 1 || v.Notes[0].Code != "not_an_order" {
		t.Errorf("%+v", v)
	}
	bad := `{"id":78,"line_items":[{"title":"No code","quantity":1,"price":"1.00"}],"shipping_address":{"country_code":"NL"}}`
	f.want(200, "POST", "/hooks/shopify", bad, by, signature("one", bad), "Authorization", "").json(t, &v)
	if v.Rejected != 1 || len(v.Errors) == 0 {
		t.Errorf("%+v", v)
	}
	untaken := func() (out []exceptionRow) {
		var page struct{ Items []exceptionRow }
		f.want(200, "GET", "/api/v1/exceptions", "").json(t, &page)
		for _, x := range page.Items {
			if x.Kind == "shop_order" {
				out = append(out, x)
			}
		}
		return out
	}
	f.want(200, "POST", "/hooks/shopify", bad, by, signature("one", bad), "Authorization", "")
	if list := untaken(); len(list) != 1 || list[0].About.ID != "shop-nl/78" || !strings.Contains(list[0].Say, "put it right in the shop") {
		t.Errorf("the desk should be told once that order 78 could not be taken: %+v", list)
	}
	good := strings.Replace(hookOrder, `"id":77`, `"id":78`, 1)
	f.want(200, "POST", "/hooks/shopify", good, by, signature("one", good), "Authorization", "")
	if list := untaken(); len(list) != 0 {
		t.Errorf("order 78 came in after all: %+v", list)
	}
	f.want(200, "POST", "/hooks/woocommerce", "webhook_id=12", "Content-Type", "application/x-www-form-urlencoded", "Authorization", "")
	f.want(401, "POST", "/hooks/woocommerce", "webhook_id=12&id=5", "Content-Type", "application/x-www-form-urlencoded", "Authorization", "")
	if n := f.count(); n != 3 {
		t.Errorf("%d orders, want 3", n)
	}
}

// The secret of a shop goes in and never comes out again.
func TestSecretsStayIn(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	r := f.want(201, "PUT", "/api/v1/channels/shopify", `{"platform":"shopify","secret":"very-hush-hush"}`)
	for _, b := range [][]byte{r.body, f.want(200, "GET", "/api/v1/events?limit=1000", "").body, f.want(200, "GET", "/api/v1/site", "").body} {
		if string(b) == "" || strings.Contains(string(b), "very-hush-hush") {
			t.Errorf("%s", b)
		}
	}
}

package devices

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"regexp"
	"strings"

	"floorline/floor"
	"floorline/floor/intake"
)

// signatures are the headers in which platforms sign their webhooks: base64 of HMAC-SHA256 over the raw body.
var signatures = map[string]string{"shopify": "X-Shopify-Hmac-Sha256", "woocommerce": "X-WC-Webhook-Signature"}

// envSecrets are for houses with one shop of a platform.
var envSecrets = map[string]string{"shopify": "FLOORLINE_SHOPIFY_SECRET", "woocommerce": "FLOORLINE_WOOCOMMERCE_SECRET"}

// signer is the shop whose secret signed a body; false when none of the platform's did. Every secret is
// tried, so that the time taken tells nothing about which.
func (s *Server) signer(platform string, body []byte, signature string) (channel string, ok bool) {
	secrets := map[string]string{}
	s.keeper.View(func(st *floor.State) {
		for _, c := range st.Channels {
			if c.Platform == platform && c.Secret.Plain != "" {
				secrets[c.Code] = c.Secret.Plain
			}
		}
	})
	if env := os.Getenv(envSecrets[platform]); env != "" && secrets[platform] == "" {
		secrets[platform] = env
	}
	for code, secret := range secrets {
		if signed(secret, body, signature) && (!ok || code < channel) {
			channel, ok = code, true
		}
	}
	return channel, ok
}

// hookTopics are the headers in which platforms name what happened, and how the names of orders' begin.
var hookTopics = map[string]struct{ header, orders string }{
	"shopify":     {"X-Shopify-Topic", "orders/"},
	"woocommerce": {"X-WC-Webhook-Topic", "order."},
}

// hook takes an order, or a return, from a shop. What is not rightly signed is not looked at. What is, is answered 200 even
// when the order cannot be taken: a shop that hears of failures stops calling for every order.
func hook(c *call) error {
	platform := c.Params("platform")
	header, ok := signatures[platform]
	if !ok {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_platform", Say: "webhooks come from shopify and woocommerce"})
	}
	if platform == "woocommerce" && wooPing.Match(c.Body()) {
		return c.json(200, newImportView("", false)) // asks only whether somebody is here, and is not signed
	}
	channel, ok := c.s.signer(platform, c.Body(), c.Get(header))
	if !ok || len(c.Body()) == 0 {
		return c.problem(&floor.Error{Kind: "unauthorized", Code: "bad_signature", Say: "the signature is wrong"})
	}
	data := append([]byte(nil), c.Body()...)
	id := digest(string(data))[:32]
	about := hookTopics[platform]
	topic := c.Get(about.header)
	if intake.TellsOfReturns(platform, topic) {
		return c.shopReturn(id, importJob{Kind: "returns", Format: platform, Channel: channel, Topic: strings.Clone(topic)}, data)
	}
	if topic != "" && !strings.HasPrefix(topic, about.orders) {
		v := newImportView(id, false)
		v.Notes = append(v.Notes, floor.RowFault{Code: "not_an_order", Detail: clip(topic) + " is nothing that this house waits for"})
		return c.json(200, v)
	}
	v, err := c.s.applyImport(id, importJob{Kind: "orders", Format: platform, Channel: channel}, data, caller{})
	if err != nil {
		return c.problem(err)
	}
	for _, e := range v.Errors {
		c.s.log.Warn("a shop's order could not be taken", "platform", platform, "order", e.Ref, "code", e.Code)
		// Stored before the shop is told 200: it would not send this order again by itself.
		if a := c.s.keeper.Do(&floor.Command{Verb: floor.ReportUntaken{Channel: cmp.Or(channel, platform), Ref: clip(e.Ref), Why: clip(e.Detail)}}); a.Err != nil {
			return c.problem(a.Err)
		}
	}
	return c.json(200, v)
}

// shopReturn takes a return that a shop has allowed, once by the shop's number. One that cannot be taken waits for a person.
func (c *call) shopReturn(id string, j importJob, data []byte) error {
	v, err := c.s.applyImport(id, j, data, caller{})
	if err != nil {
		return c.problem(err)
	}
	for _, e := range v.Errors {
		c.s.log.Warn("a shop's return could not be taken", "platform", j.Format, "return", e.Ref, "code", e.Code)
		if a := c.s.keeper.Do(&floor.Command{Verb: floor.ReportUntaken{Channel: cmp.Or(j.Channel, j.Format), Ref: clip(e.Ref), Why: clip(e.Detail), Return: true}}); a.Err != nil {
			return c.problem(a.Err)
		}
	}
	return c.json(200, v)
}

var wooPing = regexp.MustCompile(`^webhook_id=[0-9]{1,20}$`)

func signed(secret string, body []byte, signature string) bool {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	got, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && hmac.Equal(got, m.Sum(nil))
}

package devices

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"os"

	"floorline/floor"
	"floorline/floor/intake"
)

// signatures are the headers in which platforms sign their webhooks: base64 of HMAC-SHA256 over the raw body.
var signatures = map[string]string{"shopify": "X-Shopify-Hmac-Sha256", "woocommerce": "X-WC-Webhook-Signature"}

// secretOf is the secret that a platform signs with: the channel's, else the environment's.
func (s *Server) secretOf(platform string) string {
	secret := ""
	s.keeper.View(func(st *floor.State) {
		for _, c := range st.Channels {
			if c.Platform == platform && c.Secret != "" && (secret == "" || c.Code == platform) {
				secret = c.Secret
			}
		}
	})
	if secret == "" {
		secret = os.Getenv(map[string]string{"shopify": "FLOORLINE_SHOPIFY_SECRET", "woocommerce": "FLOORLINE_WOOCOMMERCE_SECRET"}[platform])
	}
	return secret
}

// hook takes an order from a shop. What is not rightly signed is not looked at.
func hook(c *call) error {
	platform := c.Params("platform")
	header, ok := signatures[platform]
	if !ok {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_platform", Say: "webhooks come from shopify and woocommerce"})
	}
	secret := c.s.secretOf(platform)
	if secret == "" || !signed(secret, c.Body(), c.Get(header)) {
		return c.problem(&floor.Error{Kind: "unauthorized", Code: "bad_signature", Say: "the signature is wrong"})
	}
	if !contains(intake.Formats(), platform) {
		return c.problem(&floor.Error{Kind: floor.Invalid, Code: "unknown_format", Say: platform + " orders are not read yet"})
	}
	data := append([]byte(nil), c.Body()...)
	v, err := c.s.applyImport(digest(string(data))[:32], importJob{Kind: "orders", Format: platform}, data, caller{})
	if err != nil {
		return c.problem(err)
	}
	return c.json(200, v)
}

func signed(secret string, body []byte, signature string) bool {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	got, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && hmac.Equal(got, m.Sum(nil))
}

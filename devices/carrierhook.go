package devices

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"floorline/floor"
)

// trackedWords bring what carriers call it to the floor's words; what is not here says nothing that matters.
var trackedWords = map[string]string{
	"in_transit": "in_transit", "transit": "in_transit", "accepted": "in_transit", "picked_up": "in_transit",
	"out_for_delivery": "out_for_delivery", "available_for_pickup": "available_for_pickup", "delivered": "delivered",
	"exception": "exception", "failure": "exception", "error": "exception", "delivery_failed": "exception",
	"returned_to_sender": "returned_to_sender", "return_to_sender": "returned_to_sender", "returned": "returned_to_sender",
}

// CarrierSignature is the header with the HMAC-SHA256 of the raw body, in hex or base64.
const CarrierSignature = "X-Carrier-Signature"

// carrierHookBody is what a carrier sends: one parcel, with one event or several. Keys that we do not know are left out.
type carrierHookBody struct {
	TrackingCode string `json:"tracking_code"`
	trackEvent
	Events []trackEvent `json:"events"`
}

// carrierHook takes what a carrier says of its parcels. What is not rightly signed is not looked at; a parcel that is not
// ours, a repeat and what comes late are answered 200, for the carrier to be done with it.
func carrierHook(c *call) error {
	code, secret := c.Params("code"), ""
	c.view(func(st *floor.State) {
		if x := st.Carriers[code]; x != nil {
			secret = x.HookSecret.Plain
		}
	})
	if secret == "" || len(c.Body()) == 0 || !signedEither(secret, c.Body(), c.Get(CarrierSignature)) {
		return c.problem(&floor.Error{Kind: "unauthorized", Code: "bad_signature", Say: "the signature is wrong"})
	}
	var b carrierHookBody
	if err := json.Unmarshal(c.Body(), &b); err != nil || b.TrackingCode == "" {
		return c.problem(&floor.Error{Kind: "malformed", Code: "malformed", Say: "send {tracking_code, status, at, town, code} or {tracking_code, events: [...]}"})
	}
	events := b.Events
	if b.Status != "" {
		events = append(events, b.trackEvent)
	}
	a := c.s.keeper.Do(&floor.Command{Verb: floor.CarrierTold{Carrier: code, Tracking: b.TrackingCode, Events: toldEvents(events)}})
	return c.answer(a, 200)
}

func signedEither(secret string, body []byte, signature string) bool {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	sum := m.Sum(nil)
	signature = strings.TrimPrefix(signature, "sha256=")
	if got, err := hex.DecodeString(signature); err == nil {
		return hmac.Equal(got, sum)
	}
	got, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && hmac.Equal(got, sum)
}

var shortWord = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}$`)

// toldEvents brings a carrier's events to the floor's words. Its free text stays out: it names neighbours and signatures.
func toldEvents(list []trackEvent) (out []floor.TrackEvent) {
	for _, e := range list[:min(len(list), floor.TrackLimit)] {
		at, err := time.Parse(time.RFC3339, e.At)
		word := trackedWords[strings.ToLower(e.Status)]
		if err != nil || word == "" {
			continue
		}
		one := floor.TrackEvent{Word: word, At: floor.Time(at.UnixMilli()), Town: e.Town}
		if shortWord.MatchString(e.Code) {
			one.Say = strings.ReplaceAll(strings.ToLower(e.Code), "_", " ")
		}
		out = append(out, one)
	}
	return out
}

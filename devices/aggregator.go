package devices

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"floorline/floor"
)

// aggregator buys labels in the shape that sellers of many carriers' labels have in common: a shipment is made and gets
// rates, one of them is bought and gives a tracking code and a label. README, Carriers, says it in full.
type aggregator struct {
	out  *outgoing
	base string // without a slash at its end
	key  string
}

// soldShipment is a shipment as the seller tells it.
type soldShipment struct {
	ID           string       `json:"id"`
	Reference    string       `json:"reference"`
	Status       string       `json:"status"` // created, bought or voided
	Rates        []sellerRate `json:"rates"`
	Rate         *sellerRate  `json:"rate"` // the one that was bought
	TrackingCode string       `json:"tracking_code"`
	Barcode      string       `json:"barcode"`
	LabelFormat  string       `json:"label_format"`
	Label        []byte       `json:"label"` // base64
	LabelURL     string       `json:"label_url"`
}

func (a *aggregator) Rate(ctx context.Context, s *shipment) ([]sellerRate, error) {
	made, err := a.make(ctx, s)
	if err != nil {
		return nil, err
	}
	return made.Rates, nil
}

func (a *aggregator) make(ctx context.Context, s *shipment) (*soldShipment, error) {
	made := &soldShipment{}
	if err := a.ask(ctx, "POST", "/shipments", s.Reference+"/make", s, made); err != nil {
		return nil, err
	}
	if made.ID == "" {
		return nil, errors.New("the carrier made a shipment without an id")
	}
	return made, nil
}

func (a *aggregator) Buy(ctx context.Context, s *shipment) (*floor.Bought, error) {
	made, err := a.make(ctx, s)
	if err != nil {
		return nil, err
	}
	if made.Status == "bought" {
		return a.bought(ctx, made)
	}
	var rate *sellerRate
	var offered []string
	for i := range made.Rates {
		if offered = append(offered, made.Rates[i].Service); made.Rates[i].Service == s.Service {
			rate = &made.Rates[i]
		}
	}
	if rate == nil {
		return nil, &Refusal{"no rate for service " + s.Service + "; it offers: " + strings.Join(offered, ", ")}
	}
	sold := &soldShipment{}
	body := map[string]string{"rate": rate.ID, "label_format": s.LabelFormat}
	if err := a.ask(ctx, "POST", "/shipments/"+url.PathEscape(made.ID)+"/buy", s.Reference, body, sold); err != nil {
		return nil, err
	}
	if sold.ID == "" {
		sold.ID = made.ID
	}
	if sold.Rate == nil {
		sold.Rate = rate
	}
	return a.bought(ctx, sold)
}

func (a *aggregator) Find(ctx context.Context, reference string, label bool) (*floor.Bought, error) {
	var found struct {
		Shipments *[]soldShipment `json:"shipments"`
	}
	if err := a.ask(ctx, "GET", "/shipments?reference="+url.QueryEscape(reference), "", nil, &found); err != nil {
		return nil, err
	}
	if found.Shipments == nil {
		return nil, errors.New("the carrier did not say what it sold")
	}
	var first *soldShipment
	for i := range *found.Shipments {
		s := &(*found.Shipments)[i]
		if s.Reference != reference || s.Status != "bought" {
			continue
		}
		if first == nil {
			first = s
			continue
		}
		if err := a.Void(ctx, s.ID); err != nil { // it sold the same twice: one too many
			return nil, err
		}
	}
	switch {
	case first == nil:
		return nil, nil
	case !label && first.ID != "": // its id is enough to give it back
		return &floor.Bought{RemoteID: first.ID, Tracking: clip(first.TrackingCode)}, nil
	}
	return a.bought(ctx, first)
}

// bought checks what was sold, and fetches the label where only its address was given. A label that cannot be had just now
// is an error, and no refusal: what was paid for is asked for again.
func (a *aggregator) bought(ctx context.Context, s *soldShipment) (*floor.Bought, error) {
	b := &floor.Bought{RemoteID: s.ID, Tracking: s.TrackingCode, Barcode: s.Barcode, Label: s.Label}
	if s.Rate != nil {
		b.CostCents, b.Currency = s.Rate.AmountCents, s.Rate.Currency
	}
	switch {
	case s.ID == "" || s.TrackingCode == "" || len(s.TrackingCode) > floor.CodeLimit || len(s.Barcode) > floor.CodeLimit || len(s.ID) > floor.NameLimit:
		return nil, errors.New("the carrier sold a label without a tracking code")
	case b.CostCents < 0 || b.CostCents > floor.MoneyLimit || len(b.Currency) > 3:
		return nil, errors.New("the carrier names an impossible price")
	}
	if len(b.Label) == 0 && s.LabelURL != "" {
		label, err := a.fetch(ctx, s.LabelURL)
		if err != nil {
			return nil, err
		}
		b.Label = label
	}
	if len(b.Label) == 0 || len(b.Label) > floor.LabelLimit {
		return nil, fmt.Errorf("the carrier's label has %d bytes", len(b.Label))
	}
	switch {
	case bytes.HasPrefix(b.Label, []byte("%PDF-")):
		b.LabelKind = "pdf"
	case bytes.Contains(bytes.ToUpper(b.Label), []byte("^XA")):
		b.LabelKind = "zpl"
	default: // a printer would print it as so many letters
		return nil, errors.New("the carrier's label is neither ZPL nor PDF: set label_kind to one that it sells, and take another label for this parcel")
	}
	return b, nil
}

// fetch gets a label from its own address: of the seller itself, to which alone the key goes along, or outside of the house.
func (a *aggregator) fetch(ctx context.Context, address string) ([]byte, error) {
	out, sellers := a.out, sameHost(address, a.base)
	if !sellers {
		out = out.others()
		defer out.client.CloseIdleConnections()
	}
	plain, _, _ := strings.Cut(address, "?")
	if err := out.check(plain); err != nil {
		return nil, err
	}
	ctx, end := context.WithTimeout(ctx, out.within)
	defer end()
	r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		return nil, err
	}
	if sellers {
		r.Header.Set("Authorization", "Bearer "+a.key)
	}
	res, err := out.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != 200 {
		return nil, errors.New("the label cannot be fetched: " + res.Status)
	}
	return io.ReadAll(io.LimitReader(res.Body, floor.LabelLimit+1))
}

func (a *aggregator) Void(ctx context.Context, remoteID string) error {
	var s soldShipment
	if err := a.ask(ctx, "POST", "/shipments/"+url.PathEscape(remoteID)+"/void", remoteID+"/void", struct{}{}, &s); err != nil {
		return err
	}
	if s.Status != "voided" {
		return &Refusal{"it says the label is " + clip(s.Status)}
	}
	return nil
}

func (a *aggregator) Track(ctx context.Context, tracking string) ([]trackEvent, error) {
	var t struct {
		Events []trackEvent `json:"events"`
	}
	err := a.ask(ctx, "GET", "/trackers/"+url.PathEscape(tracking), "", nil, &t)
	return t.Events, err
}

// ask sends one request and reads its JSON. What the seller understood and refused is a Refusal; a time-out, too many
// requests and whatever broke over there are not: those may be asked again.
func (a *aggregator) ask(ctx context.Context, method, path, once string, body, into any) error {
	ctx, end := context.WithTimeout(ctx, a.out.within)
	defer end()
	var sent io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, a.base+path, sent)
	if err != nil {
		return err
	}
	r.GetBody = nil // the transport does not send it again by itself: whether to is decided by asking what was bought
	r.Header.Set("Authorization", "Bearer "+a.key)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	if once != "" {
		r.Header.Set("Idempotency-Key", once)
	}
	res, err := a.out.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, ReplyLimit+1))
	switch {
	case err != nil:
		return err
	case len(b) > ReplyLimit:
		return errors.New("the carrier's answer is too long")
	case res.StatusCode >= 400 && res.StatusCode < 500 && res.StatusCode != 408 && res.StatusCode != 409 && res.StatusCode != 425 && res.StatusCode != 429:
		return &Refusal{saidBy(b, res.Status)}
	case res.StatusCode < 200 || res.StatusCode > 299:
		return errors.New("the carrier answers " + res.Status)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return errors.New("the carrier's answer cannot be read")
	}
	return nil
}

// saidBy is what a seller gives as its reason, as long as it is: the floor keeps what a person reads of it.
func saidBy(b []byte, status string) string {
	var e struct {
		Error  any    `json:"error"`
		Detail string `json:"detail"`
	}
	if json.Unmarshal(b, &e) == nil {
		switch said := e.Error.(type) {
		case string:
			return said
		case map[string]any:
			if m, ok := said["message"].(string); ok {
				return m
			}
		}
		if e.Detail != "" {
			return e.Detail
		}
	}
	return status
}

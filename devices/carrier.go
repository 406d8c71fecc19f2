package devices

import (
	"context"
	"errors"

	"floorline/floor"
)

// Carrier is whoever sells labels over the network. Every call ends with its context. A Refusal says that the carrier
// understood and said no; any other error may mean that it said yes and nobody heard it.
type Carrier interface {
	// Rate asks what a shipment would cost, and buys nothing.
	Rate(ctx context.Context, s *shipment) ([]sellerRate, error)
	// Buy buys a label once under its reference, however often it is asked.
	Buy(ctx context.Context, s *shipment) (*floor.Bought, error)
	// Find says what was bought under a reference; nil is nothing. What is to be given back needs no label that can be had.
	Find(ctx context.Context, reference string, label bool) (*floor.Bought, error)
	// Void gives a label back. One that was given back already is no error.
	Void(ctx context.Context, remoteID string) error
	// Track says what the carrier knows of a parcel.
	Track(ctx context.Context, tracking string) ([]trackEvent, error)
}

// Refusal is a carrier's clear no: nothing was bought by that call.
type Refusal struct{ Say string }

func (r *Refusal) Error() string { return r.Say }

func saidNo(err error) bool {
	var no *Refusal
	return errors.As(err, &no)
}

// shipment is a parcel as it is told to a carrier. This is the shape in which it is sent.
type shipment struct {
	Reference   string        `json:"reference"`
	Service     string        `json:"service"` // in the carrier's own word
	LabelFormat string        `json:"label_format"`
	From        floor.Person  `json:"from"`
	To          floor.Person  `json:"to"`
	Parcel      shipmentSize  `json:"parcel"`
	Items       []shipmentOne `json:"items"`
	Currency    string        `json:"currency"`
}

type shipmentSize struct {
	WeightG  int64 `json:"weight_g"`
	LengthMM int64 `json:"length_mm,omitempty"`
	WidthMM  int64 `json:"width_mm,omitempty"`
	HeightMM int64 `json:"height_mm,omitempty"`
}

type shipmentOne struct {
	SKU        floor.SKU `json:"sku"`
	Name       string    `json:"name"`
	Qty        int64     `json:"qty"`
	WeightG    int64     `json:"weight_g"`
	ValueCents int64     `json:"value_cents"`
}

// sellerRate is one price that a carrier offers.
type sellerRate struct {
	ID          string `json:"id"`
	Service     string `json:"service"`
	AmountCents int64  `json:"amount_cents"`
	Currency    string `json:"currency"`
	Days        int64  `json:"days,omitempty"`
}

// trackEvent is one thing that a carrier says of a parcel on its way.
type trackEvent struct {
	Status string `json:"status"`
	Code   string `json:"code"` // why, in a short word
	At     string `json:"at"`
	Town   string `json:"town"`
}

// shipmentOf gathers what a carrier is told of a parcel; nil where the parcel or its receiver is gone.
func shipmentOf(st *floor.State, pu *floor.Purchase, c *floor.Carrier) *shipment {
	p, o := st.Parcels[pu.Parcel], st.Orders[pu.Order]
	if p == nil || o == nil || receiver(o) == nil {
		return nil
	}
	s := &shipment{Reference: pu.ID, Service: c.Theirs(pu.Service), LabelFormat: labelKind(c), From: st.Site.Address, To: *receiver(o),
		Parcel: shipmentSize{WeightG: p.WeightG}, Items: []shipmentOne{}, Currency: o.Currency}
	if s.From.Name == "" && s.From.Company == "" {
		s.From.Company = st.Site.Name
	}
	s.To.Note = "" // which is to our packer
	if box := st.Cartons[p.Carton]; box != nil && len(box.OuterMM) == 3 {
		s.Parcel.LengthMM, s.Parcel.WidthMM, s.Parcel.HeightMM = box.OuterMM[0], box.OuterMM[1], box.OuterMM[2]
	}
	for _, u := range p.Units {
		one := shipmentOne{SKU: u.Key.SKU, Name: itemName(st, u.Key.SKU), Qty: u.Qty}
		if it := st.Items[u.Key.SKU]; it != nil {
			one.WeightG = it.WeightG
		}
		if u.Line < len(o.Lines) {
			one.ValueCents = o.Lines[u.Line].PriceCents
		}
		s.Items = append(s.Items, one)
	}
	return s
}

func labelKind(c *floor.Carrier) string {
	if c.LabelKind == "" {
		return "zpl"
	}
	return c.LabelKind
}

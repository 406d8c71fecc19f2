package devices

import (
	"floorline/floor"
)

type carrierBody struct {
	Kind        string            `json:"kind"`
	Name        string            `json:"name"`
	URL         string            `json:"url"`
	Secret      *string           `json:"secret"`      // left out, it stays as it is
	HookSecret  *string           `json:"hook_secret"` // the same
	Services    map[string]string `json:"services"`
	LabelKind   string            `json:"label_kind"`
	PollMinutes int64             `json:"poll_minutes"`
}

func putCarrier(c *call) error {
	var b carrierBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	if b.URL != "" {
		if err := c.s.buyer.out.check(b.URL); err != nil {
			return c.problem(badURL("/url", err))
		}
	}
	code := c.Params("code")
	status := c.madeOr(func(st *floor.State) bool { return st.Carriers[code] != nil })
	return c.run(floor.SaveCarrier{Carrier: floor.Carrier{Code: code, CarrierKind: b.Kind, Name: b.Name, URL: b.URL, Services: b.Services,
		LabelKind: b.LabelKind, PollMinutes: b.PollMinutes}, Secret: b.Secret, Hook: b.HookSecret}, status)
}

func listCarriers(c *call) error {
	return listOf(c, func(st *floor.State) map[string]*floor.Carrier { return st.Carriers },
		func(q query, id string, v *floor.Carrier) bool { return q.matches(id, v.Name) },
		func(st *floor.State, v *floor.Carrier) any { return st.CarrierView(v) })
}

func getCarrier(c *call) error {
	var v *floor.CarrierView
	c.view(func(st *floor.State) {
		if x := st.Carriers[c.Params("code")]; x != nil {
			v = st.CarrierView(x)
		}
	})
	if v == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_carrier", Say: "no carrier " + clip(c.Params("code"))})
	}
	return c.json(200, v)
}

// listPurchases lists the labels that are bought; ?status=open are those that something is still to come of.
func listPurchases(c *call) error {
	return listOf(c, func(st *floor.State) map[string]*floor.Purchase { return st.Purchases },
		func(q query, id string, p *floor.Purchase) bool {
			open := q.status == "open" && (p.Open() || p.Status == floor.PurchaseFailed || p.Status == floor.PurchaseStuck)
			return (q.status == "" || p.Status == q.status || open) && q.matches(id, p.Carrier, p.Tracking, string(p.Order))
		}, func(_ *floor.State, p *floor.Purchase) any {
			shown := *p
			shown.Label = nil
			return shown
		})
}

type relabelBody struct {
	Service  string `json:"service"`
	OwnLabel bool   `json:"own_label"`
}

func relabel(c *call) error {
	var b relabelBody
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
	}
	return c.run(floor.Relabel{Parcel: c.Params("id"), Service: b.Service, Own: b.OwnLabel}, 200)
}

type settleBody struct {
	Settled bool `json:"settled"` // a person settled it with the carrier; else it is asked once more
}

// retryPurchase asks a carrier again, or notes that a person settled a label that it did not take back.
func retryPurchase(c *call) error {
	var b settleBody
	if len(c.Body()) > 0 {
		if err := c.decode(&b); err != nil {
			return c.problem(err)
		}
	}
	verb := "retry"
	if b.Settled {
		verb = "settle"
	}
	return c.run(floor.MovePurchase{ID: c.Params("id"), Verb: verb}, 200)
}

package devices

import (
	"strconv"

	"floorline/floor"
)

type returnBody struct {
	Order      string           `json:"order"`
	ExternalID string           `json:"external_id"`
	Lines      []returnLineBody `json:"lines"`
	Wanted     string           `json:"wanted"`
	Note       string           `json:"note"`
	Anyway     bool             `json:"anyway"`
}

type returnLineBody struct {
	SKU    string `json:"sku"`
	Qty    int64  `json:"qty"`
	Reason string `json:"reason"`
	Wanted string `json:"wanted"`
}

func createReturn(c *call) error {
	var b returnBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	n := floor.NewReturn{Order: b.Order, Ext: b.ExternalID, Wanted: b.Wanted, Note: b.Note, Anyway: b.Anyway, By: "api"}
	for _, l := range b.Lines {
		n.Lines = append(n.Lines, floor.ReturnLine{SKU: floor.SKU(l.SKU), Qty: l.Qty, Reason: l.Reason, Wanted: l.Wanted})
	}
	return c.run(floor.CreateReturn{Return: n}, 201)
}

// ret shows the return that the address names, from memory or from its order's archive.
func (c *call) ret(show func(st *floor.State, r *floor.Return)) (found bool, err error) {
	return c.retNamed(floor.ReturnID(c.Params("id")), show)
}

func (c *call) retNamed(id floor.ReturnID, show func(st *floor.State, r *floor.Return)) (found bool, err error) {
	c.view(func(st *floor.State) {
		if r := st.Returns[id]; r != nil {
			found = true
			show(st, r)
		}
	})
	if found {
		return true, nil
	}
	a, err := c.s.keeper.Archived(string(id))
	if err != nil || a == nil {
		return false, err
	}
	for _, r := range a.Returns {
		if r.ID == id {
			found = true
			c.view(func(st *floor.State) { show(st, r) })
		}
	}
	return found, nil
}

func noReturn(c *call) *floor.Error {
	return &floor.Error{Kind: floor.NotFound, Code: "no_return", Say: "no return " + clip(c.Params("id"))}
}

func getReturn(c *call) error {
	var v *floor.ReturnView
	found, err := c.ret(func(st *floor.State, r *floor.Return) { v = st.ReturnView(r) })
	switch {
	case err != nil:
		return err
	case !found:
		return c.problem(noReturn(c))
	}
	return c.json(200, v)
}

func listReturns(c *call) error {
	return listOf(c, func(st *floor.State) map[floor.ReturnID]*floor.Return { return st.Returns },
		func(q query, id floor.ReturnID, r *floor.Return) bool {
			return (q.status == "" || r.Status == q.status || r.Money.Status == q.status) && q.matches(string(id), r.Ext, string(r.Order))
		}, func(st *floor.State, r *floor.Return) any { return st.ReturnView(r) })
}

// endReturn cancels a return that has not come, or refuses it at the door.
func endReturn(verb string) func(c *call) error {
	return func(c *call) error {
		why, err := c.reason()
		if err != nil {
			return c.problem(err)
		}
		return c.run(floor.EndReturn{ID: floor.ReturnID(c.Params("id")), Verb: verb, Reason: why}, 200)
	}
}

type settleReturnBody struct {
	Verb        string `json:"verb"`
	Outcome     string `json:"outcome"`
	AmountCents *int64 `json:"amount_cents"`
	Note        string `json:"note"`
}

func settleReturn(c *call) error {
	var b settleReturnBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SettleReturn{ID: floor.ReturnID(c.Params("id")), Verb: b.Verb, Outcome: b.Outcome, AmountCents: b.AmountCents, Note: b.Note}, 200)
}

func getReturnPolicy(c *call) error {
	var p floor.ReturnPolicy
	c.view(func(st *floor.State) { p = *st.ReturnPolicy() })
	return c.json(200, p)
}

func putReturnPolicy(c *call) error {
	var p floor.ReturnPolicy
	if err := c.decode(&p); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetReturnPolicy{Policy: p}, 200)
}

// ReportDays is the longest time that a report of returns covers.
const ReportDays = floor.FigureDays

// returnReport says what came back, why, and what it cost, over the last ?days=.
func returnReport(c *call) error {
	days := int64(90)
	if q := c.Query("days"); q != "" {
		n, err := strconv.ParseInt(q, 10, 64)
		if err != nil || n < 1 || n > ReportDays {
			return c.problem(&floor.Error{Kind: floor.Invalid, Code: "bad_days", Say: "days is 1 to 400"})
		}
		days = n
	}
	var rep *floor.ReturnReport
	c.view(func(st *floor.State) { rep = st.ReturnReport(st.Now, days) })
	return c.json(200, rep)
}

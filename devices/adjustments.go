package devices

import "floorline/floor"

// adjustmentsView is what waits for a second person, and what had one of late.
type adjustmentsView struct {
	Rule   floor.Adjusting         `json:"rule"`
	Asked  []*floor.AdjustmentView `json:"asked"`
	Judged []*floor.AdjustmentView `json:"judged"`
}

func listAdjustments(c *call) error {
	v := adjustmentsView{Asked: []*floor.AdjustmentView{}, Judged: []*floor.AdjustmentView{}}
	c.view(func(st *floor.State) {
		v.Rule = st.Site.Adjusting
		v.Asked, v.Judged = append(v.Asked, st.AdjustmentsAsked()...), append(v.Judged, st.AdjustmentsJudged()...)
	})
	return c.json(200, v)
}

type judgeAdjustmentBody struct {
	Verb string `json:"verb"` // approve or refuse
	Why  string `json:"why"`
}

func judgeAdjustment(c *call) error {
	var b judgeAdjustmentBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	return c.run(floor.JudgeAdjustment{ID: floor.AdjustmentID(c.Params("id")), Verb: b.Verb, Why: b.Why}, 200)
}

func putAdjusting(c *call) error {
	var rule floor.Adjusting
	if err := c.decode(&rule); err != nil {
		return c.problem(err)
	}
	return c.run(floor.SetAdjusting{Rule: rule}, 200)
}

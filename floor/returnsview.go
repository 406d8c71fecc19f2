package floor

// ReturnView is a return as the API shows it: nothing in it is about the person.
type ReturnView struct {
	ID         ReturnID     `json:"id"`
	Code       string       `json:"code"`  // as printed
	Label      string       `json:"label"` // where its label is
	Order      OrderID      `json:"order,omitempty"`
	ExternalID string       `json:"external_id,omitempty"`
	Channel    string       `json:"channel,omitempty"`
	Status     string       `json:"status"`
	Wanted     string       `json:"wanted"`
	Note       string       `json:"note,omitempty"`
	By         string       `json:"by,omitempty"`
	PaidBy     string       `json:"paid_by"`
	Lines      []ReturnLine `json:"lines"`
	Units      []ReturnUnit `json:"units"`
	Settlement Settlement   `json:"settlement"`
	CostCents  int64        `json:"cost_cents"`      // handling, and the way back where we pay it
	WorthCents int64        `json:"recovered_cents"` // of the goods
	CreatedAt  string       `json:"created_at"`
	ClosedAt   string       `json:"closed_at,omitempty"`
	Worker     WorkerID     `json:"worker,omitempty"`
}

// ReturnView shows a return.
func (s *State) ReturnView(r *Return) *ReturnView {
	v := &ReturnView{ID: r.ID, Code: string(r.ID), Label: "/api/v1/returns/" + string(r.ID) + "/label.pdf", Order: r.Order, ExternalID: r.Ext, Channel: r.Channel, Status: r.Status,
		Wanted: r.Wanted, Note: r.Note, By: r.By, PaidBy: r.Pays, Lines: append([]ReturnLine{}, r.Lines...), Units: append([]ReturnUnit{}, r.Units...),
		Settlement: r.Money, CreatedAt: r.Created.String(), ClosedAt: r.Closed.String(), Worker: r.Lease.Worker}
	if r.Pays == PaidByUs && r.Status != ReturnCancelled {
		v.CostCents = s.ReturnPolicy().LabelCents
	}
	for _, u := range r.Units {
		v.CostCents += u.CostCents
		v.WorthCents += u.WorthCents
	}
	return v
}

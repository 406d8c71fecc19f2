package floor

import "fmt"

// How a pick begins: the list that is offered, chosen or scanned.

// startPick finds the list to walk: the one named, the worker's own, or the most urgent that is free.
func startPick(t *turn, d *Device, a *Act) (job, *Verdict) {
	if a.ID != "" {
		l := t.PickLists[PickListID(a.ID)]
		if l == nil || !t.index.lists.has(l.ID) {
			return nil, verdict(CodeNoWork).wanted(&Thing{"picklist", a.ID, phrase("no open pick list of that number")})
		}
		return pickOf(l), nil
	}
	var best *PickList
	for _, id := range t.index.lists {
		l := t.PickLists[id]
		if l.Lease.Worker == d.Worker && l.Status == ListPicking {
			return pickOf(l), nil
		}
		if !l.Lease.held() && (best == nil || l.sooner(best)) {
			best = l
		}
	}
	if best == nil {
		return nil, verdict(CodeNoWork)
	}
	return pickOf(best), nil
}

// sooner orders lists by what is begun, priority, due time and age.
func (l *PickList) sooner(than *PickList) bool {
	if (l.Status == ListPaused) != (than.Status == ListPaused) {
		return l.Status == ListPaused
	}
	if l.Priority != than.Priority {
		return l.Priority > than.Priority
	}
	if l.Due != than.Due {
		return than.Due == 0 || l.Due != 0 && l.Due < than.Due
	}
	return l.ID < than.ID
}

func openPick(t *turn, d *Device, r *seen) (job, *Verdict) {
	if r.list == nil {
		return nil, nil
	}
	if !t.index.lists.has(r.list.ID) {
		return nil, verdict(CodeNoWork).belongs(&Thing{"picklist", string(r.list.ID), phrase("this list is " + r.list.Status)})
	}
	return pickOf(r.list), nil
}

func pickOffers(s *State, d *Device) []JobOffer {
	var out []JobOffer
	for _, id := range s.index.lists {
		l := s.PickLists[id]
		if !l.Lease.offeredTo(d) || len(out) == OfferLimit {
			continue
		}
		done, total := l.progress()
		out = append(out, JobOffer{Job: "pick", ID: string(id), Title: string(id), Done: done, Total: total, Worker: s.holder(l.Lease),
			Detail: phrase("orders: {orders}, stops: {stops}", fmt.Sprint(len(l.Totes)), fmt.Sprint(len(l.Lines)))})
	}
	return out
}

// The next step, worked out from the list alone.

package floor

// A lead may let one refused thing be done: on the device where it was refused, with the badge and a fresh PIN. Both
// are checked at the edge, outside the writer; the floor learns who allowed it, with one command, and every event of
// that command says so.

// MayAuthorise is true of a lead or an admin who has a PIN to show: a badge alone can be borrowed.
func (w *Worker) MayAuthorise() bool {
	return !w.Disabled && w.PIN != "" && w.Roles.any(RoleLead|RoleAdmin)
}

// rolesOn is what may be done on a device now: what its worker may, and what whoever allowed this command may.
func (t *turn) rolesOn(d *Device) Roles {
	if w := t.Workers[t.c.AuthorisedBy]; w != nil && w.MayAuthorise() {
		return d.Roles | w.Roles
	}
	return d.Roles
}

// authorised is true of a command that a lead allowed, by a PIN given for it alone.
func (t *turn) authorised() bool {
	w := t.Workers[t.c.AuthorisedBy]
	return w != nil && w.MayAuthorise()
}

// overridable marks a refusal that a lead may set aside.
func (v *Verdict) overridable() *Verdict { v.Override = true; return v }

// ReasonOverride is why a job was taken over, where a lead allowed it and said no more.
const ReasonOverride = "override"

// stampAllowed writes into the timelines of a job's orders that a lead let somebody have it.
func (s *State) stampAllowed(j job, e *Event) {
	for _, id := range j.orders() {
		if o := s.Orders[id]; o != nil {
			o.stamp(e, "job_taken", j.ref().ID)
			s.touch(TableOrder, string(o.ID))
		}
	}
}

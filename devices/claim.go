package devices

import "floorline/floor"

// ClaimCode is what the console shows at the first start, until somebody has used it.
func (s *Server) ClaimCode() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimCode == "" {
		s.claimCode = newSecret(10)
	}
	return s.claimCode
}

type claimBody struct {
	Code string `json:"code"`
	Name string `json:"name"`
	PIN  string `json:"pin"`
}

// claim makes the first admin, for whoever reads the console.
func claim(c *call) error {
	var b claimBody
	if err := c.decode(&b); err != nil {
		return c.problem(err)
	}
	where := "claim/" + c.from()
	if wait, locked := c.s.tries.locked(where); locked {
		return c.mustWait(wait)
	}
	if !c.s.takeClaim(b.Code) {
		c.s.tries.wrong(where)
		return c.problem(&floor.Error{Kind: floor.Forbidden, Code: "wrong_code", Say: "that is not the code the console shows"})
	}
	if b.PIN == "" {
		b.PIN = " "
	}
	w, err := workerOf(workerBody{Name: b.Name, Roles: []string{"admin", "lead"}, PIN: b.PIN})
	if err != nil {
		c.s.giveClaim(b.Code)
		return c.problem(err)
	}
	// The admin comes first: a house that is claimed and has nobody to sign in would be lost.
	a := c.s.keeper.Do(&floor.Command{Verb: floor.SaveWorker{Worker: *w}})
	if a.Err != nil {
		c.s.giveClaim(b.Code)
		return c.problem(a.Err)
	}
	if a := c.s.keeper.Do(&floor.Command{Verb: floor.MarkSite{Claimed: true}}); a.Err != nil {
		c.s.log.Error("the warehouse has its first admin but is not marked as claimed; the next start shows the claim link again", "err", a.Err)
	}
	return c.startSession(a.Result.(*floor.WorkerView).ID, 201)
}

// takeClaim uses the code up: of two who show it at once, one is let in.
func (s *Server) takeClaim(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimCode == "" || digest(code) != digest(s.claimCode) {
		return false
	}
	s.claimCode = ""
	return true
}

// giveClaim makes the code good again, since nothing came of it.
func (s *Server) giveClaim(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claimCode = code
}

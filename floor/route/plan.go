package route

// Question is what `floorline plan route` is asked: a Layout or a Graph, and the stops in it.
type Question struct {
	Layout *Layout `json:"layout"`
	Stops  []Stop  `json:"stops"`
}

// Check names everything that is wrong with a question, or gives nil.
func (q Question) Check() Faults {
	if q.Layout == nil {
		return Faults{{"/layout", "is missing"}}
	}
	f := q.Layout.Check()
	if len(f) == 0 {
		f = q.Layout.CheckStops("/stops", q.Stops)
	}
	return f
}

// Answer gives the walk. The question must have passed Check.
func (q Question) Answer() Tour { return q.Layout.Solve(q.Stops) }

package route

// Question is what `floorline plan route` is asked: a Layout, with Rules or without, or a Graph; and the stops in it.
type Question struct {
	Layout *Layout `json:"layout"`
	Graph  *Graph  `json:"graph"`
	Stops  []Stop  `json:"stops"`
	Rules
}

// Check names everything that is wrong with a question, or gives nil.
func (q Question) Check() Faults {
	rules := len(q.Blocked)+len(q.OneWay) > 0
	switch {
	case q.Layout == nil && q.Graph == nil:
		return Faults{{"/layout", "is missing"}}
	case q.Layout != nil && q.Graph != nil:
		return Faults{{"/graph", "a question has a layout or a graph, not both"}}
	case q.Graph != nil && rules:
		return Faults{{"/graph", "in a graph the ways themselves are blocked or one_way"}}
	case q.Graph != nil:
		return q.Graph.Check(q.Stops)
	}
	f := q.Layout.Check()
	if len(f) == 0 {
		f = append(q.Layout.CheckStops("/stops", q.Stops), q.Rules.Check(*q.Layout)...)
	}
	if len(f) == 0 && rules && len(q.Stops) > graphStopLimit {
		f.add("/stops", "at most %d stops where aisles are blocked or one-way", graphStopLimit)
	}
	return f
}

// Answer gives the walk, or says which stops cannot be reached. The question must have passed Check.
func (q Question) Answer() (Tour, error) {
	switch {
	case q.Graph != nil:
		return q.Graph.Solve(q.Stops)
	case len(q.Blocked)+len(q.OneWay) > 0:
		g, stops := q.Layout.Graph(q.Stops, q.Rules)
		return g.Solve(stops)
	}
	return q.Layout.Solve(q.Stops), nil
}

package floor

// Goods of variable weight say on their own code what they weigh, and a parcel of them is expected to weigh that, not
// what the catalogue has for one of them.

// weighed notes units whose code said what they weigh; less than nothing takes them back.
func (l *OrderLine) weighed(qty, weightG int64) {
	if weightG != 0 {
		l.Weighed, l.WeighedG = l.Weighed+qty, l.WeighedG+weightG
	}
}

// weightOf is what units of a parcel weigh: what their codes said at the bench; else what those said that were picked
// for their line, one like the other; else the catalogue. It also says whether that is known.
func (s *State) weightOf(p *Parcel, u ParcelUnit) (g int64, known bool) {
	rest := u.Qty - u.Weighed
	if rest == 0 {
		return u.WeighedG, true
	}
	if o := s.Orders[p.Order]; o != nil && u.Line < len(o.Lines) {
		if l := o.Lines[u.Line]; l.Weighed > 0 {
			return u.WeighedG + (rest*l.WeighedG+l.Weighed/2)/l.Weighed, true
		}
	}
	it := s.Items[u.Key.SKU]
	if it == nil {
		return u.WeighedG, false
	}
	return u.WeighedG + rest*it.WeightG, it.WeightG > 0
}

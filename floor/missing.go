package floor

// Missing scans: a device counts what it makes, so it knows when its outbox is gone (a browser that was cleared, a
// disk that broke) while goods went into a tote. Nobody can say what was scanned; what can be done is to say so, to
// have the goods counted before work goes on, and to tell a lead.

// missing takes a device's own word that scans are missing; ID names the device that made them, where it is another
// (the same hardware, paired anew).
func (t *turn) missing(a *Act) *Verdict {
	d := t.Devices[t.c.Device]
	if d == nil {
		return verdict(CodeNotAllowed)
	}
	if a.Qty < 1 || a.Qty > QtyLimit {
		return verdict(CodeBadArgs).wanted(&Thing{"qty", "", phrase("how many scans are missing")})
	}
	of := d
	if other := t.Devices[DeviceID(a.ID)]; other != nil {
		of = other
	}
	return verdict(CodeScansMissing).qty(a.Qty).wanted(t.scansMissing(of, a.Qty))
}

// pairedAnew is what pairing a device again means where it had a job: what waited on the old hardware is gone, or
// comes to nothing, and nobody knows how much that was.
func (t *turn) pairedAnew(d *Device) {
	if t.jobOf(d) != nil {
		t.scansMissing(d, 0)
	}
}

// scansMissing writes it down, tells a lead, and gives what is to be counted.
func (t *turn) scansMissing(d *Device, qty int64) *Thing {
	t.emit(&ScansMissed{Device: d.ID, Qty: qty, Job: d.Job})
	x := Exception{What: "scans_missing", About: Thing{Kind: "device", Code: string(d.ID)}, Device: d.ID, Worker: d.Worker}
	count := &Thing{"goods", "", phrase("what was worked on")}
	if j := t.jobOf(d); j != nil {
		x.About = Thing{Kind: d.Job.Kind, Code: d.Job.ID}
		count = t.toCount(j)
	}
	x.Say = many(int(qty), "scan") + " of " + d.Name + " (" + t.who(d) + ") are missing: count " + InEnglish(count.Text)
	if qty == 0 {
		x.Say = d.Name + " (" + t.who(d) + ") was paired anew in the middle of a job, scans may be missing: count " + InEnglish(count.Text)
	}
	t.report(x)
	return count
}

// toCount names what is to be counted on a job, and what should be there by the books.
func (s *State) toCount(j job) *Thing {
	l, ok := j.(*pickJob)
	if !ok {
		n := j.next(s).Job
		return &Thing{n.Kind, n.ID, phrase("{job}: {done} of {total} by the books", n.ID, itoa(n.Done), itoa(n.Total))}
	}
	text, first := "", ToteCode("")
	for i := range l.Totes {
		tote := l.Totes[i].Tote
		if tote == "" || l.Totes[i].Off || i > 0 && tote == first { // a batch has one tote under all orders
			continue
		}
		if first == "" {
			first = tote
		} else {
			text += ", "
		}
		var units int64
		for _, row := range s.StockAt(InTote(tote)) {
			units += row.OnHand
		}
		text += phrase("tote {tote}: {units} by the books", string(tote), itoa(units))
	}
	if text == "" {
		text = phrase("what is on the cart: nothing by the books")
	}
	return &Thing{"tote", string(first), text}
}

// mustCount says whether the goods in hand must be counted before anything else is done with them.
func (d *Device) mustCount() bool { return d.Count.Kind != "" && d.Count == d.Job }

// countAsk is the question to whoever holds the goods.
func (s *State) countAsk(d *Device) *Ask {
	count := s.toCount(s.jobOf(d)).Text
	text := phrase("Scans of this device may be missing. Count {goods}. Is that right?", count)
	if d.Missing > 0 {
		text = phrase("Scans of this device are missing: {count}. Count {goods}. Is that right?", itoa(d.Missing), count)
	}
	return &Ask{ID: "missing", Text: text, Kind: "choice",
		Options: []Option{{"yes", phrase("Yes, counted")}, {"no", phrase("No, it differs")}}}
}

// tookCount takes the answer. A difference is a lead's: the goods stay as they are, and the bench checks every unit.
func (t *turn) tookCount(d *Device, value string) *Verdict {
	ref, count := d.Count, t.toCount(t.jobOf(d))
	switch value {
	case "yes":
		t.emit(&MissingCounted{Device: d.ID})
		for _, id := range t.exceptionsOf("scans_missing", ref.ID) {
			t.emit(&ExceptionClosed{id, "counted: the books are right"})
		}
		return verdict(CodeCountRight).belongs(count)
	case "no":
		t.emit(&MissingCounted{Device: d.ID, Differs: true})
		t.raise("count_differs", ref.ID, "after scans of "+d.Name+" were lost, "+t.who(d)+" counted something else than "+InEnglish(count.Text)+": count it together", ref.Kind)
		return verdict(CodeCountOff).belongs(count)
	}
	return verdict(CodeBadArgs).wanted(&Thing{"answer", "", phrase("yes or no")})
}

// ScansMissed says that scans a device made will never come; Qty 0, that nobody knows how many.
type ScansMissed struct {
	Device DeviceID `cbor:"1,keyasint"`
	Qty    int64    `cbor:"2,keyasint,omitempty"`
	Job    JobRef   `cbor:"3,keyasint,omitempty"`
}

var _ = kind(KindScansMissed, "scans_missed", "workers", func() Body { return new(ScansMissed) })

func (*ScansMissed) Kind() Kind { return KindScansMissed }

func (b *ScansMissed) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	if d.Count != b.Job {
		d.Missing = 0
	}
	d.Missing, d.Count = d.Missing+b.Qty, b.Job
	s.touch(TableDevice, string(d.ID))
}

// MissingCounted says the goods of a device that lost scans were counted.
type MissingCounted struct {
	Device  DeviceID `cbor:"1,keyasint"`
	Differs bool     `cbor:"2,keyasint,omitempty"`
}

var _ = kind(KindMissingCounted, "missing_counted", "workers", func() Body { return new(MissingCounted) })

func (*MissingCounted) Kind() Kind { return KindMissingCounted }

func (b *MissingCounted) apply(s *State, _ *Event) {
	d := s.Devices[b.Device]
	d.Missing, d.Count = 0, JobRef{}
	s.touch(TableDevice, string(d.ID))
}

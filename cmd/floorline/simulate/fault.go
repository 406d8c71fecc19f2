package simulate

import "context"

// fault is one thing that goes wrong between a device and the floor.
type fault int

const (
	faultNone fault = iota
	faultDropBefore
	faultDropAfter
	faultTwice
	faultReorder
	faultLoseAnswer
	faultOffline // saved while out of reach, then sent as one list
	faults
)

// misbehave lets one fault happen to the frames in the outbox. What is left in it, flush sends as usual.
func (d *device) misbehave(ctx context.Context, what fault) error {
	for _, f := range d.outbox {
		f.faulted = true
	}
	d.book.faulted(what)
	switch what {
	case faultDropBefore:
		d.hang()
	case faultDropAfter:
		if err := d.sendRest(ctx); err != nil {
			return err
		}
		d.hang()
	case faultTwice:
		if err := d.connect(ctx); err != nil {
			return err
		}
		for _, f := range d.outbox {
			d.write(f)
		}
	case faultReorder:
		return d.reorder(ctx)
	case faultLoseAnswer:
		return d.loseAnswer(ctx)
	case faultOffline:
		d.hang()
		return d.postScans(ctx)
	}
	return nil
}

// reorder sends the second frame first. The floor must not decide it, but ask for the first.
func (d *device) reorder(ctx context.Context) error {
	if len(d.outbox) < 2 {
		return nil
	}
	if err := d.connect(ctx); err != nil {
		return err
	}
	if d.write(d.outbox[1]) {
		d.sent = len(d.outbox) // nothing more before the floor asks
	}
	return nil
}

// loseAnswer sends a frame, forgets its verdict as a device does that dies in that moment, and asks again.
func (d *device) loseAnswer(ctx context.Context) error {
	f := d.outbox[0]
	if err := d.connect(ctx); err != nil {
		return err
	}
	d.write(f)
	for d.line != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case r, open := <-d.line.in:
			if !open {
				return d.ended()
			}
			if r.Type == "verdict" && r.ID == f.ID && !undecided[r.Code] {
				d.codes[f.ID] = r.Code
				d.hang()
			}
		}
	}
	return nil
}

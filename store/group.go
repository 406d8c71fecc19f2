package store

import (
	"errors"
	"fmt"
	"runtime/debug"

	"floorline/floor"
)

// batch is what a group of commands came to.
type batch struct {
	records [][]byte
	extra   []pair
	told    []Record
	size    int
	head    Head
	listen  []func([]Record)
}

// commit decides a group, writes its events in one synced transaction and only then answers. A group that
// grows past GroupBytes is committed in parts. False: the store is broken and nothing was answered.
func (k *Keeper) commit(group []*ask) bool {
	for len(group) > 0 {
		done, ok := k.commitPart(group)
		if !ok {
			return false
		}
		group = group[done:]
	}
	return true
}

func (k *Keeper) commitPart(group []*ask) (int, bool) {
	if k.space.full() {
		for _, a := range group {
			if a.reply != nil {
				a.reply <- k.diskFull()
			}
		}
		return len(group), true
	}
	b, answers, c, err := k.decideAndWrite(group)
	if err != nil {
		k.fail(err)
		return 0, false
	}
	for i, answer := range answers {
		if answer.Hash == (Hash{}) {
			answer.Epoch, answer.Hash = b.head.Epoch, b.head.Hash
		}
		if group[i].reply != nil {
			group[i].reply <- answer
		}
	}
	if len(b.told) > 0 {
		for _, fn := range b.listen {
			fn(b.told)
		}
	}
	if c != nil {
		k.cuts <- c
	}
	return len(answers), true
}

// decideAndWrite is the part of a commit that no reader may look into.
func (k *Keeper) decideAndWrite(group []*ask) (b *batch, answers []*floor.Answer, c *cut, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	expect := k.Head()
	b = &batch{head: expect, listen: k.listen}
	for _, a := range group {
		answer, err := k.decide(b, a.c)
		if err != nil {
			return nil, nil, nil, err
		}
		if answers = append(answers, answer); b.size >= GroupBytes {
			break
		}
	}
	if len(b.records) > 0 {
		if err := k.journal.append(expect, b.records, b.extra); err != nil {
			return nil, nil, nil, err
		}
		head := b.head
		k.head.Store(&head)
		k.mark.set(head)
		k.letGo()
	}
	return b, answers, k.cutDue(), nil
}

// decide has the floor decide one command, after bringing up what it needs from disk.
func (k *Keeper) decide(b *batch, c *floor.Command) (*floor.Answer, error) {
	if err := k.prepare(b, c); err != nil {
		return nil, err
	}
	return k.run(b, c)
}

func (k *Keeper) run(b *batch, c *floor.Command) (*floor.Answer, error) {
	c.Now = k.clock.now(k.state.Now)
	a, err := k.ask(c)
	if err != nil {
		return nil, err
	}
	for _, e := range a.Events {
		if err := b.add(k, e); err != nil {
			return nil, err
		}
	}
	if !a.Replayed {
		a.Seq = k.state.Seq
	}
	if a.Seq == b.head.Seq {
		a.Epoch, a.Hash = b.head.Epoch, b.head.Hash
	}
	return a, nil
}

// ask puts a command to the floor. A fault in a rule that shows before the first event costs that command
// only, else one bad scan, sent again and again, would keep a whole warehouse down. After the first event
// the state can no longer be trusted, and the process must begin again from the disk.
func (k *Keeper) ask(c *floor.Command) (a *floor.Answer, err error) {
	before := k.state.Seq
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err = nil; k.state.Seq != before {
			err = fmt.Errorf("the floor broke off in the middle of %T: %v\n%s", c.Verb, p, debug.Stack())
			return
		}
		k.o.Log.Error("a command could not be decided; the others go on", "verb", fmt.Sprintf("%T", c.Verb), "id", c.ID, "fault", p, "stack", string(debug.Stack()))
		if c.Device != "" && c.N != 0 {
			if _, second := c.Verb.(floor.Undecidable); !second {
				c.Verb = floor.Undecidable{}
				a, err = k.ask(c)
				return
			}
		}
		a = &floor.Answer{Seq: before, Err: &floor.Error{Kind: "internal", Code: "internal", Say: "this could not be decided, and it is our fault: tell whoever looks after the server; nothing was changed"}}
	}()
	return k.state.Do(c), nil
}

// prepare loads what a command names and memory has let go: its stored answer, an archived order.
func (k *Keeper) prepare(b *batch, c *floor.Command) error {
	if c.ID != "" && !k.state.HasAnswer(c.ID) && (c.Keep || k.behind(c)) {
		stored, err := k.storedAnswer(c.ID)
		if err != nil {
			return err
		}
		c.Stored = stored
	}
	named, ok := c.Verb.(floor.Named)
	if !ok {
		return nil
	}
	for _, name := range named.Names() {
		if name == "" || len(name) > 256 || k.state.Knows(name) {
			continue
		}
		a, err := k.Archived(name)
		if err != nil {
			return err
		}
		if a == nil || a.In(k.state) {
			continue
		}
		if _, err := k.run(b, &floor.Command{Verb: floor.Recall{Archived: a}}); err != nil {
			return err
		}
	}
	return nil
}

// behind says whether a device's counter was taken before, so that its answer is on disk.
func (k *Keeper) behind(c *floor.Command) bool {
	d := k.state.Devices[c.Device]
	return c.N != 0 && d != nil && c.N <= d.N
}

func (k *Keeper) storedAnswer(id string) (*floor.Answered, error) {
	at, err := k.journal.get(answerKey(id))
	if err != nil || len(at) == 0 {
		return nil, err
	}
	b, err := k.journal.get(append([]byte{keyRecord}, at...))
	if err != nil || b == nil {
		return nil, errors.Join(err, ErrDamaged)
	}
	f, err := openFrame(b)
	if err != nil {
		return nil, err
	}
	e, err := k.vault.event(f)
	if err != nil {
		return nil, err
	}
	if stored, ok := e.Body.(*floor.Answered); ok && stored.ID == id {
		return stored, nil
	}
	return nil, fmt.Errorf("%w: record %d is not the answer to %s", ErrDamaged, f.Seq, id)
}

// add seals one event into the batch, with the index entries it is found by.
func (b *batch) add(k *Keeper, e *floor.Event) error {
	if p, ok := e.Body.(floor.Personal); ok {
		for _, private := range p.Privates() {
			if private != nil && private.Bucket == "" {
				private.Bucket = bucketOf(e.At)
			}
		}
	}
	bytes, head, err := k.record(e, b.head)
	if err != nil {
		return err
	}
	b.records, b.size, b.head = append(b.records, bytes), b.size+len(bytes), head
	b.told = append(b.told, Record{e, head.Epoch, head.Hash})
	b.extra = append(b.extra, extras(e.Body, e.Seq)...)
	return nil
}

// extras are the index entries that a record is found by.
func extras(body floor.Body, seq uint64) (out []pair) {
	if answered, ok := body.(*floor.Answered); ok {
		out = append(out, pair{answerKey(answered.ID), seqBytes(seq)})
	}
	if about, ok := body.(interface{ About() []string }); ok {
		for _, thing := range about.About() {
			out = append(out, pair{aboutKey(thing, seq), nil})
		}
	}
	return out
}

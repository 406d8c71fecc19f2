package devices

import (
	"encoding/json"
	"sort"
	"sync"

	"floorline/store"
)

// RecallReach is how many of the newest records the hub remembers: so far back a device is given its events again.
const RecallReach = 10_000

// recall is what sockets that come back are told from. 2,000 of them at once, each reading the journal for itself, took
// longer than all of their handshakes and twice the memory; here the records are decoded once for all, and an event is
// written as JSON once for all who hear it. It begins empty, and reads what lies before it when first asked.
type recall struct {
	k       *store.Keeper
	filling sync.Mutex

	mu       sync.RWMutex
	from, to uint64 // it knows all events of these records
	list     []*recalled
}

// recalled is one event that some topic has.
type recalled struct {
	store.Record
	topic string
	once  sync.Once
	body  json.RawMessage
}

func (r *recalled) data() json.RawMessage {
	r.once.Do(func() { r.body = eventData(r.Event) })
	return r.body
}

func newRecall(k *store.Keeper) *recall {
	head := k.Head().Seq
	return &recall{k: k, from: head + 1, to: head}
}

// worth are those of some records that anybody hears of.
func worth(records []store.Record) (out []*recalled) {
	for i := range records {
		if topic := records[i].Body.Kind().Topic(); topic != "" {
			out = append(out, &recalled{Record: records[i], topic: topic})
		}
	}
	return out
}

// told takes what was just committed.
func (r *recall) told(records []store.Record) {
	if len(records) == 0 {
		return
	}
	fresh := worth(records)
	r.mu.Lock()
	defer r.mu.Unlock()
	if records[0].Seq != r.to+1 {
		r.list, r.from = nil, records[0].Seq
	}
	r.to = records[len(records)-1].Seq
	r.list = append(r.list, fresh...)
	if r.to-r.from < 2*RecallReach {
		return
	}
	r.from = r.to + 1 - RecallReach
	r.list = append([]*recalled(nil), r.list[r.after(r.from-1):]...) // a copy: what is forgotten must not be kept by its array
}

// after is the place of the first event after a seq. It needs the lock.
func (r *recall) after(seq uint64) int {
	return sort.Search(len(r.list), func(i int) bool { return r.list[i].Seq > seq })
}

// between gives the events after a seq up to the head; false where that is too far back.
func (r *recall) between(after, head uint64) ([]*recalled, bool) {
	r.mu.RLock()
	known := r.from <= after+1
	r.mu.RUnlock()
	if !known {
		r.fill()
	}
	r.mu.RLock()
	list, from, to := r.list[r.after(after):], r.from, r.to
	r.mu.RUnlock()
	if from > after+1 {
		return nil, false
	}
	if head > to { // committed, and about to be told
		records, err := r.k.Read(to+1, int(head-to))
		return append(list[:len(list):len(list)], worth(records)...), err == nil && len(records) == int(head-to)
	}
	n := sort.Search(len(list), func(i int) bool { return list[i].Seq > head })
	return list[:n:n], true
}

// fill reads what lies before, once for all who wait for it.
func (r *recall) fill() {
	r.filling.Lock()
	defer r.filling.Unlock()
	r.mu.RLock()
	from, lowest := r.from, uint64(1)
	if r.to > RecallReach {
		lowest = r.to + 1 - RecallReach
	}
	r.mu.RUnlock()
	if from <= lowest {
		return
	}
	records, err := r.k.Read(lowest, int(from-lowest))
	if err != nil || len(records) != int(from-lowest) {
		return // who asks is told honestly that he was not given everything
	}
	older := worth(records)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.from == from {
		r.list, r.from = append(older, r.list...), lowest
	}
}

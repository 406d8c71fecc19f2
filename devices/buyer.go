package devices

import (
	"errors"
	"strings"
	"sync"
	"time"

	"floorline/floor"
	"floorline/store"
)

// buyer buys labels beside the writer. That a purchase begins is on disk before the carrier hears of it; what came of it
// goes to the floor as a command. What is not known, because a line broke or this server stopped, is first looked up by its
// reference: so nothing is bought twice, and nothing that was paid for is lost.
type buyer struct {
	background
	s       *Server
	out     *outgoing
	mu      sync.Mutex
	busy    map[string]bool      // purchases in hand
	later   map[string]time.Time // not before then
	patient map[string]int       // how often each came to nothing
	slots   chan struct{}
	wakes   wakes
	wait    func(tries int) time.Duration
	calm    time.Duration // how long after a request nothing of it can arrive any more
}

// Limits of the buyer.
const (
	BuyAtOnce   = 8               // purchases in hand at the same time
	BuyTries    = 3               // before the bench hears that there is no answer
	CalmAfter   = 2 * time.Minute // a request that was sent longer ago does nothing any more
	WaitAtBench = 8 * time.Second // at most, as long as somebody may stand there
	WaitLonger  = 2 * time.Minute
	BenchTries  = 40
)

// patience is how long a purchase rests after it came to nothing so many times: seconds while somebody stands at the bench,
// then minutes.
func patience(tries int) time.Duration {
	if tries < BenchTries {
		return min(time.Second<<min(tries, 6), WaitAtBench)
	}
	return WaitLonger
}

func newBuyer(s *Server) *buyer {
	return &buyer{background: newBackground(), s: s, out: newOutgoing(s.o.Loopback), busy: map[string]bool{}, later: map[string]time.Time{},
		patient: map[string]int{}, slots: make(chan struct{}, BuyAtOnce), wakes: newWakes(), calm: CalmAfter, wait: patience}
}

// told is called by the writer: something is to be bought or given back, or asked again at once.
func (b *buyer) told(records []store.Record) {
	for i := range records {
		switch m := records[i].Body.(type) {
		case *floor.PurchaseAskedFor:
			b.wakes.wake()
		case *floor.PurchaseBoughtAs:
			b.wakes.wake()
		case *floor.PurchaseMoved:
			if m.Verb == "retry" || m.Verb == "drop" {
				b.atOnce(m.ID)
			}
		}
	}
}

// atOnce lets a purchase be looked at now, however patient the buyer had become.
func (b *buyer) atOnce(id string) {
	b.mu.Lock()
	delete(b.later, id)
	delete(b.patient, id)
	b.mu.Unlock()
	b.wakes.wake()
}

func (b *buyer) start() { b.onWake(b.wakes, b.look) }

// look takes in hand what is due, as much as there are hands. When it is to look again, it is woken.
func (b *buyer) look() time.Duration {
	var open []string
	b.s.keeper.View(func(st *floor.State) { open = append(open, st.OpenPurchases()...) })
	for _, id := range open {
		if !b.take(id) {
			continue
		}
		select {
		case b.slots <- struct{}{}:
		default:
			b.free(id)
			return 0 // whoever ends first looks again
		}
		b.done.Go(func() {
			settled := b.settle(id)
			<-b.slots
			b.put(id, !settled)
			b.wakes.wake()
		})
	}
	return 0
}

func (b *buyer) take(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.busy[id] || time.Now().Before(b.later[id]) || b.ctx.Err() != nil {
		return false
	}
	b.busy[id] = true
	return true
}

func (b *buyer) free(id string) {
	b.mu.Lock()
	delete(b.busy, id)
	b.mu.Unlock()
}

// put lays a purchase aside; one that is not settled comes again, later each time.
func (b *buyer) put(id string, again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.busy, id)
	if !again {
		delete(b.later, id)
		delete(b.patient, id)
		return
	}
	wait := b.wait(b.patient[id])
	b.later[id] = time.Now().Add(wait)
	b.patient[id]++
	time.AfterFunc(wait, b.wakes.wake)
}

// settle does the next thing for a purchase; false when it must come again.
func (b *buyer) settle(id string) bool {
	var pu floor.Purchase
	var c *floor.Carrier
	var s *shipment
	var others bool
	b.s.keeper.View(func(st *floor.State) {
		if p := st.Purchases[id]; p != nil && p.Open() {
			pu, others = *p, p.Status == floor.PurchaseVoiding && st.SoldToAnother(p)
			if x := st.Carriers[p.Carrier]; x != nil {
				found := *x
				c, s = &found, shipmentOf(st, p, x)
			}
		}
	})
	if pu.ID == "" {
		return true
	}
	if c == nil || c.CarrierKind != floor.CarrierHTTP {
		return b.orphaned(&pu)
	}
	if others {
		return b.move(pu.ID, "stick", "it sold the same label for another parcel, which keeps it")
	}
	seller := b.s.seller(c)
	switch pu.Status {
	case floor.PurchaseVoiding:
		return b.giveBack(seller, &pu)
	case floor.PurchaseUnwanted:
		return b.letGo(seller, &pu)
	}
	return b.buy(seller, &pu, s)
}

// orphaned is a purchase whose carrier was taken away meanwhile: a person settles it.
func (b *buyer) orphaned(pu *floor.Purchase) bool {
	why := "carrier " + pu.Carrier + " is not set up any more"
	switch pu.Status {
	case floor.PurchaseVoiding:
		return b.move(pu.ID, "stick", why)
	case floor.PurchaseUnwanted:
		return false
	case floor.PurchaseAsked:
		return b.move(pu.ID, "begin", "") && b.move(pu.ID, "fail", why)
	}
	return b.unsure(pu, errors.New(why))
}

// seller is how a carrier is spoken with.
func (s *Server) seller(c *floor.Carrier) Carrier {
	return &aggregator{out: s.buyer.out, base: strings.TrimRight(c.URL, "/"), key: c.Secret.Plain}
}

// buy buys a label, unless the carrier says that it was bought already.
func (b *buyer) buy(c Carrier, pu *floor.Purchase, s *shipment) bool {
	if pu.Tries > 0 {
		if sold, err := c.Find(b.ctx, pu.ID, true); err != nil {
			return b.unsure(pu, err)
		} else if sold != nil {
			return b.finish(pu, sold)
		}
	}
	if !b.move(pu.ID, "begin", "") { // on disk before anybody is asked
		return false
	}
	if s == nil {
		return b.move(pu.ID, "fail", "the receiver is not known any more")
	}
	sold, err := c.Buy(b.ctx, s)
	if err == nil {
		return b.finish(pu, sold)
	}
	pu.Tries++
	found, lookup := c.Find(b.ctx, pu.ID, true)
	switch {
	case lookup == nil && found != nil:
		return b.finish(pu, found)
	case lookup == nil && saidNo(err):
		return b.move(pu.ID, "fail", err.Error())
	}
	return b.unsure(pu, err)
}

// unsure says that nobody knows, once it was tried often enough for a person to hear of it.
func (b *buyer) unsure(pu *floor.Purchase, err error) bool {
	if b.ctx.Err() == nil && (pu.Tries >= BuyTries || pu.Status == floor.PurchaseUnsure || b.patience(pu.ID) >= BuyTries) {
		b.move(pu.ID, "lose", err.Error())
	}
	return false
}

func (b *buyer) patience(id string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.patient[id]
}

// letGo settles what nobody wants any more and may have been bought. That it was not is believed only once no request of
// ours can still be on its way.
func (b *buyer) letGo(c Carrier, pu *floor.Purchase) bool {
	sold, err := c.Find(b.ctx, pu.ID, false)
	switch {
	case err != nil:
		return false
	case sold != nil:
		return b.finish(pu, sold)
	case b.s.now()-pu.At < floor.Time(b.calm.Milliseconds()):
		return false
	}
	return b.move(pu.ID, "none", "")
}

func (b *buyer) giveBack(c Carrier, pu *floor.Purchase) bool {
	err := c.Void(b.ctx, pu.RemoteID)
	switch {
	case err == nil:
		return b.move(pu.ID, "void", "")
	case saidNo(err):
		return b.move(pu.ID, "stick", err.Error())
	}
	return false
}

// finish tells the floor what was sold. It has happened, so it insists; the next start finds it by its reference.
func (b *buyer) finish(pu *floor.Purchase, sold *floor.Bought) bool {
	a := b.insist(b.s.keeper, floor.FinishPurchase{ID: pu.ID, Bought: *sold})
	if a != nil && a.Err != nil && a.Err.Code == "number_taken" {
		return b.unsure(pu, errors.New(a.Err.Say))
	}
	return a != nil && a.Err == nil
}

// move is false of what the floor refuses: the purchase is in another state by now, and is looked at anew.
func (b *buyer) move(id, verb, why string) bool {
	a := b.insist(b.s.keeper, floor.MovePurchase{ID: id, Verb: verb, Why: why})
	return a != nil && a.Err == nil
}

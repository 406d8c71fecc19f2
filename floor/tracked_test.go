package floor

import (
	"strings"
	"testing"
)

// underway is an order on its way with a carrier, and its parcel.
func underway(t testing.TB) (*shift, OrderID, *Parcel) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 10)
	id := f.order("1", "MUG", 1)
	f.atScale(id).weighRight().follow()
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
	if f.status(id) != OrderDispatched {
		t.Fatal(f.status(id))
	}
	return f, id, f.lastParcel(id)
}

func (f *shift) told(p *Parcel, events ...TrackEvent) int {
	f.t.Helper()
	return f.must(CarrierTold{Carrier: p.Carrier, Tracking: p.Tracking, Events: events}).(Told).New
}

// Whatever the order in which a carrier's words come in, and however often, they come to the same.
func TestCarriersWordsInAnyOrder(t *testing.T) {
	base := Time(1_700_000_100_000)
	words := []TrackEvent{{Word: "in_transit", At: base, Town: "Lyon"}, {Word: "exception", At: base + 1000, Say: "address unknown"},
		{Word: "out_for_delivery", At: base + 2000}, {Word: "delivered", At: base + 3000, Town: "Köln"}}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {0, 0, 1, 1, 2, 2, 3, 3, 0, 3}, {1, 3, 0, 2}} {
		f, id, p := underway(t)
		for _, i := range order {
			f.told(p, words[i])
		}
		var got []string
		for _, s := range p.Track {
			got = append(got, s.What)
		}
		if p.Status != ParcelDelivered || f.status(id) != OrderDelivered || strings.Join(got, " ") != "in_transit exception out_for_delivery delivered" {
			t.Errorf("%v: %s, %s: %v", order, p.Status, f.status(id), got)
		}
		if n := len(f.s.exceptionsOf("parcel_exception", string(p.ID))); n != 0 {
			t.Errorf("%v: the desk is still asked to look after a parcel that arrived", order)
		}
		if n := f.told(p, words...); n != 0 {
			t.Errorf("%v: told again, %d were new", order, n)
		}
	}
}

// An older word is written down and moves nothing back; one of another carrier, of another parcel or of tomorrow is not taken.
func TestLateAndForeignWords(t *testing.T) {
	f, _, p := underway(t)
	f.told(p, TrackEvent{Word: "exception", At: f.now, Say: "damaged"})
	if p.Status != ParcelException || len(f.s.exceptionsOf("parcel_exception", string(p.ID))) != 1 {
		t.Fatal(p.Status)
	}
	f.told(p, TrackEvent{Word: "in_transit", At: f.now - 50_000})
	if p.Status != ParcelException || len(p.Track) != 2 || p.Track[0].What != "in_transit" {
		t.Fatalf("%s %+v", p.Status, p.Track)
	}
	f.told(p, TrackEvent{Word: "delivered", At: f.now + 2*DayMS}, TrackEvent{Word: "lost_in_space", At: f.now})
	if out := f.must(CarrierTold{Carrier: "other", Tracking: p.Tracking, Events: []TrackEvent{{Word: "delivered", At: f.now}}}).(Told); out.Known || p.Status != ParcelException {
		t.Fatalf("%+v %s", out, p.Status)
	}
	if out := f.must(CarrierTold{Carrier: p.Carrier, Tracking: "NOBODYS", Events: []TrackEvent{{Word: "delivered", At: f.now}}}).(Told); out.Known {
		t.Fatal("a number of nobody's was known")
	}
}

// A parcel that comes back is an end of its own: the desk is told, the order's timeline says so, and it is not delivered.
func TestReturnToSender(t *testing.T) {
	f, id, p := underway(t)
	f.told(p, TrackEvent{Word: "exception", At: f.now, Say: "refused"})
	f.told(p, TrackEvent{Word: "returned_to_sender", At: f.now + 1})
	if p.Status != ParcelReturned || f.status(id) != OrderDispatched {
		t.Fatal(p.Status, f.status(id))
	}
	if len(f.s.exceptionsOf("parcel_returned", string(p.ID))) != 1 || len(f.s.exceptionsOf("parcel_exception", string(p.ID))) != 0 {
		t.Fatalf("%+v", f.s.Exceptions)
	}
	if about := f.lastStamp(id, "parcel_returned_to_sender"); !strings.HasPrefix(about, string(p.ID)) {
		t.Error(about)
	}
	if v := f.must(TrackParcel{Parcel: p.Tracking, Status: "in_transit"}).(ParcelView); v.Status != ParcelReturned {
		t.Errorf("a late word moved it: %s", v.Status)
	}
}

// A parcel that left memory comes back for what its carrier still says of it.
func TestWordOfAnArchivedParcelNamesIt(t *testing.T) {
	if names := (CarrierTold{Tracking: "FL1"}).Names(); len(names) != 1 || names[0] != "FL1" {
		t.Fatal(names)
	}
}

// A link opens one order; none can be made up, and no two are alike.
func TestLinks(t *testing.T) {
	f := newShift(t)
	id := f.order("1", "MUG", 1)
	if f.s.OrderLink(id) != "" {
		t.Fatal("a link without a key")
	}
	f.refused(KeyLinks{Key: "short"}, "bad_value")
	f.must(KeyLinks{Key: strings.Repeat("k", 64)})
	f.must(KeyLinks{Key: strings.Repeat("x", 64)}) // the first one stays: links were sent out
	token := f.s.OrderLink(id)
	if got, ok := f.s.LinkedOrder(token); !ok || got != id || len(token) != LinkLength {
		t.Fatalf("%q opens %s", token, got)
	}
	if other := f.s.OrderLink(f.order("2", "MUG", 1)); other[:20] == token[:20] || other[26:] == token[26:] {
		t.Errorf("%s and %s are alike", token, other)
	}
	for i := range token {
		c := byte('a')
		if token[i] == c {
			c = 'b'
		}
		if got, ok := f.s.LinkedOrder(token[:i] + string(c) + token[i+1:]); ok {
			t.Fatalf("one letter changed still opens %s", got)
		}
	}
	for _, wrong := range []string{"", "x", strings.Repeat("a", LinkLength), strings.Repeat("!", LinkLength), token + "a", strings.ToUpper(token)[1:]} {
		if _, ok := f.s.LinkedOrder(wrong); ok {
			t.Errorf("%q opens an order", wrong)
		}
	}
}

// An inner pack arrives with its outer carton: the order has arrived, though the carrier knows nothing of the pack.
func TestAnOrderWithAnInnerPackArrives(t *testing.T) {
	f := benchShift(t)
	ben, id := f.atBench("MUG", 2, "BOX", 1)
	ben.scan(ean(1), ean(1)).scan("C-NEST").expect(CodeNested).scan(ean(4)).expect(CodeAllVerified)
	ben.weighed().expect(CodeOrderPacked)
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
	f.told(f.parcelOf(id, 2), TrackEvent{Word: "delivered", At: f.now})
	if f.status(id) != OrderDelivered {
		t.Fatal(f.status(id))
	}
}

// Two carriers gave two parcels the same number: each is heard of its own.
func TestACarrierIsHeardOfItsOwnParcel(t *testing.T) {
	f, id, p := underway(t)
	other := f.order("2", "MUG", 1)
	f.atScale(other).weighRight().follow()
	twin := f.lastParcel(other)
	f.watch = nil // which lets no two of the house's own be alike
	f.s.index.untrack(twin.Tracking, twin.ID)
	twin.Tracking, twin.Carrier = p.Tracking, "bolt"
	f.s.index.setParcel(twin)
	if n := f.told(p, TrackEvent{Word: "delivered", At: f.now}); n != 1 || f.status(id) != OrderDelivered {
		t.Fatalf("%d heard, the order is %s", n, f.status(id))
	}
}

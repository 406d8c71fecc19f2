package floor

import "testing"

// An order that found too little has the stock set aside that comes, before younger ones can have it.
func TestStockThatComesIsKeptForWhoWaits(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-00", "MUG", 2)
	old, urgent := f.order("1", "MUG", 5), f.order("2", "MUG", 4)
	f.wave(Discrete, old, urgent)
	f.must(ReleaseWave{Filter: &OrderFilter{}})
	if o := f.s.Orders[old]; !o.Lacking || f.status(old) != OrderReceived {
		t.Fatalf("%+v", o)
	}
	f.stock("A0-01", "MUG", 1)
	if f.s.Orders[old].Lines[0].Reserved+f.s.Orders[urgent].Lines[0].Reserved != 0 {
		t.Fatal("three units complete nobody, so nobody sits on them")
	}
	f.stock("A0-02", "MUG", 2)
	if l := f.s.Orders[old].Lines[0]; l.Reserved != 5 || f.s.Orders[old].Lacking {
		t.Fatalf("%+v", l)
	}
	younger := f.order("3", "MUG", 1)
	if w := f.wave(Discrete, younger); w.Status != "empty" {
		t.Fatalf("what is kept is not for others: %+v", w)
	}
	w := f.wave(Discrete, old)
	if l := f.s.PickLists[w.PickLists[0]].Lines; len(l) != 3 || len(f.s.Orders[old].Kept) != 0 {
		t.Fatalf("%+v", l)
	}
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	if f.status(old) != OrderPicked {
		t.Fatal(f.status(old))
	}
}

// What is kept is given back when the order is held, cancelled or changed, and goes to the next in line.
func TestWhatIsKeptIsGivenBack(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	first, second := f.order("1", "MUG", 3), f.order("2", "MUG", 3)
	f.must(ReleaseWave{Filter: &OrderFilter{}})
	f.stock("A0-00", "MUG", 4)
	kept := func(id OrderID) int64 { return f.s.Orders[id].Lines[0].Reserved }
	if kept(first) != 3 || kept(second) != 0 {
		t.Fatal(kept(first), kept(second))
	}
	f.must(HoldOrder{ID: first})
	if kept(first) != 0 || kept(second) != 3 {
		t.Fatal(kept(first), kept(second))
	}
	f.must(CancelOrder{ID: second})
	if kept(second) != 0 || f.s.StockOf("MUG")[0].Reserved != 0 {
		t.Fatal("a cancelled order keeps nothing")
	}
	f.must(UnholdOrder{first})
	f.must(ReleaseWave{Orders: []OrderID{first}})
	third := f.order("3", "MUG", 2)
	f.must(ReleaseWave{Orders: []OrderID{third}})
	f.stock("A0-01", "MUG", 1)
	if kept(third) != 2 {
		t.Fatal(kept(third))
	}
	f.must(AdjustStock{Bin: "A0-01", SKU: "MUG", Qty: -1, Reason: "count"}) // less is there than was kept: the count stands
	if kept(third) != 0 || !f.s.Orders[third].Lacking {
		t.Fatal("the order waits again")
	}
}

// An order that goes only complete waits with its goods when a bin comes up short, and goes on when the rest comes.
func TestCompleteOrderWaitsForTheRest(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-00", "MUG", 3)
	f.stock("A0-01", "BOX", 3)
	id := f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: "1", Ship: ShipComplete, ShipTo: Person{Name: "Z", Country: "DE"},
		Lines: []NewLine{{SKU: "MUG", Qty: 2}, {SKU: "BOX", Qty: 2}}}}).(*OrderView).ID
	f.must(ReleaseWave{Orders: []OrderID{id}, Partial: true})
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-00", ean(1), ean(1)).scan("A0-01", ean(4))
	mia.act(Act{Action: "short", Found: 1, Reason: "missing"}).expect(CodeShort)
	mia.follow()
	o := f.s.Orders[id]
	if o.Status != OrderHeld || o.HoldReason != HoldShort || len(o.Totes) != 1 {
		t.Fatalf("%s %s %v", o.Status, o.HoldReason, o.Totes)
	}
	f.stock("A2-02", "BOX", 1)
	if o.Status != OrderReceived || o.Lines[1].Reserved != 1 {
		t.Fatalf("%s %+v", o.Status, o.Lines)
	}
	f.must(ReleaseWave{Orders: []OrderID{id}})
	mia.act(Act{Action: "start", Job: "pick"}).follow()
	if o.Status != OrderPicked || o.Lines[1].Picked != 2 || len(o.Totes) != 2 {
		t.Fatalf("%s %+v", o.Status, o.Lines)
	}
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	if o.Status != OrderPacked {
		t.Fatal(o.Status)
	}
}

// A lead sends it in part after all; what is missing follows as an order of its own, once, by itself.
func TestPartIsSentAndTheRestFollows(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-00", "MUG", 2)
	id := f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: "1", Ship: ShipComplete, ShipTo: Person{Name: "Z", Country: "DE"},
		Lines: []NewLine{{SKU: "MUG", Qty: 2, PriceCents: 900}}}}).(*OrderView).ID
	f.refused(SendPart{id}, "nothing_picked")
	f.must(ReleaseWave{Orders: []OrderID{id}})
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-00", ean(1)).act(Act{Action: "short", Found: 1, Reason: "damaged"}).follow()
	f.must(SendPart{id})
	if f.status(id) != OrderPicked || len(f.s.exceptionsOf("order_short", string(id))) > 0 {
		t.Fatal(f.status(id))
	}
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
	if f.status(id) != OrderDispatched || f.s.Orders[id].Lines[0].Shipped != 1 {
		t.Fatal(f.status(id))
	}
	rest := f.s.Orders["O-000002"]
	for _, o := range f.s.Orders {
		if o.Follows == id {
			rest = o
		}
	}
	if rest == nil || len(f.s.Orders) != 2 || rest.Lines[0].Ordered != 1 || rest.Lines[0].PriceCents != 900 || rest.ExternalID != "1/2" ||
		rest.ShipTo.Person.Name != "Z" || !rest.Lacking {
		t.Fatalf("%+v", rest)
	}
	f.stock("A1-01", "MUG", 1)
	if rest.Lines[0].Reserved != 1 {
		t.Fatalf("%+v", rest.Lines)
	}
	f.must(ReleaseWave{Orders: []OrderID{rest.ID}})
	mia.act(Act{Action: "signout"})
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	f.as(1, 3).act(Act{Action: "start", Job: "load"}).follow()
	if rest.Status != OrderDispatched || len(f.s.Orders) != 2 {
		t.Fatal(rest.Status, "an order sent whole has nothing that follows")
	}
}

// The shop changes an order that has some of its stock set aside: nothing stays promised to what it was.
func TestAChangedOrderKeepsWhatItWants(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	n := NewOrder{Channel: "web", ExternalID: "1", Ship: ShipPartial, Lines: []NewLine{{SKU: "MUG", Qty: 5}}, Hash: [16]byte{1}}
	f.must(ImportOrders{Orders: []NewOrder{n}})
	f.must(ReleaseWave{Filter: &OrderFilter{}})
	f.stock("A0-00", "MUG", 2)
	id := f.s.index.keepers[0]
	if f.s.Orders[id].Lines[0].Reserved != 2 || !f.s.Orders[id].Lacking {
		t.Fatalf("%+v", f.s.Orders[id])
	}
	n.Lines[0].Qty, n.Hash = 1, [16]byte{2}
	f.must(ImportOrders{Orders: []NewOrder{n}})
	if o := f.s.Orders[id]; o.Lines[0].Reserved != 1 || f.s.StockOf("MUG")[0].Reserved != 1 {
		t.Fatalf("what it wants now, and no more: %+v", o)
	}
}

// What was to complete an order is free again when it is sent without it.
func TestSendPartGivesBackWhatWasKept(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-00", "MUG", 2)
	id := f.must(CreateOrder{NewOrder{Channel: "web", ExternalID: "1", Ship: ShipComplete, ShipTo: Person{Name: "Z", Country: "DE"},
		Lines: []NewLine{{SKU: "MUG", Qty: 2}}}}).(*OrderView).ID
	f.must(ReleaseWave{Orders: []OrderID{id}})
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"})
	mia.scan(mia.next().Want[0].Code, "A0-00", ean(1)).act(Act{Action: "short", Found: 1, Reason: "missing"}).follow()
	f.stock("A0-01", "MUG", 1)
	if o := f.s.Orders[id]; o.Status != OrderReceived || o.Lines[0].Reserved != 1 {
		t.Fatalf("%s %+v", o.Status, o.Lines)
	}
	f.must(SendPart{id})
	if o := f.s.Orders[id]; o.Status != OrderPicked || o.Lines[0].Reserved != 0 {
		t.Fatalf("%s %+v", o.Status, o.Lines)
	}
	f.as(2, 2).act(Act{Action: "start", Job: "pack"}).follow()
	if f.status(id) != OrderPacked {
		t.Fatal(f.status(id))
	}
}

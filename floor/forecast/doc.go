// Package forecast says how much of an item will be asked for, and from that when to order it and how many.
//
// Every method is one published one (its source stands with it). None is believed: a series is cut at several points of
// its own past, each method says what came after, and those that erred least are combined (choose.go). Floats are used
// inside; the same series gives the same forecast on every machine of one kind.
//
// The room knows series of numbers only: no items, no orders, no calendar. Begin reading at choose.go; stock.go has the
// formulas of the stock room.
package forecast

// Package intake turns files from outside into neutral rows, plus a complete list of what is wrong with
// them: orders of shops and marketplaces, and CSV tables of items, bins and stock.
//
// It refuses to know the floor: whether an item exists, a bin is full or an order has left is judged later.
// It also knows no clock, no disk and no network, so the same bytes always give the same report.
//
// The rules of the room: a bad row rejects its own order or item whole, never a part of one; everything
// wrong is listed, each with its line; the rest goes in. What is left out by rule (postage, credit notes,
// goods already sent) is a note, not a fault, so that every row of a file is found again in the report.
//
// Begin reading at report.go, then orders.go (which format is read by whom), table.go (CSV bytes to rows)
// and taker.go (a cell to a value). Each outside format has a file of its own name.
package intake

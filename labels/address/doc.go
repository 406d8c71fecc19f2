// Package address writes an address as the post of its destination asks: the order of the lines, where the
// postcode stands, whether the region is named, and what is in capitals. It also checks postcodes by the
// shape that each country gives them.
//
// It is a leaf of facts and small functions (Universal Postal Union, "Postal addressing systems", and the
// posts' own rules): no drawing, no fonts, no state. Begin at lines.go (an address in, lines out), then
// rules.go (the facts of every country), then postcode.go.
package address

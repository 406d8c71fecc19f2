// Package labels turns data into bytes: shipping labels, packing slips, pick lists, manifests and the
// labels of bins, totes, items and badges, as PDF for any printer and as ZPL for thermal ones.
//
// Every kind draws itself once, on a page of texts, boxes and symbols at micrometre places; the two
// renderers only translate. What a person reads and what a scanner reads are the same data or the label is
// refused: nothing is cut off, no glyph becomes an empty box, and the error names the field.
//
// The room refuses to know the floor, the store, the clock and the disk; fonts of the machine are handed in
// (UseFonts) and print the scripts that the embedded ones lack. The same data gives the same bytes, for ever, on a
// machine with the same fonts. Begin reading at page.go (the drawing words), then shipping.go (one kind from data to
// page), then symbol.go (why bars are whole dots) and pdf.go, zpl.go (the renderers).
package labels

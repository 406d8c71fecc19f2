// Package gs1 reads what GS1 carriers hold: element strings (GS1-128, DataMatrix, QR, DataBar), bare GTINs and
// SSCCs, Digital Link addresses, each with or without the AIM symbology identifier that a scanner may send
// first. It knows the whole published table of application identifiers and nothing of the warehouse.
//
// Read is strict: any fault refuses the whole. Lenient keeps what is good and lists what is not, which is how
// a floor wants it: one identifier of a supplier's own invention must not spoil a lot number.
//
// Sources: GS1 General Specifications, sections 3, 4.14 and 7; GS1 Digital Link URI Syntax 1.4; ISO/IEC 15424
// for symbology identifiers. Begin with reading.go, then element.go.
package gs1

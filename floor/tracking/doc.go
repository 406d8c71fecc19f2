// Package tracking recognises the tracking numbers of couriers: whose number it is, of which service, and whether its
// check digit is right. Formats and check digits are those that the couriers publish, as collected in
// jkeen/tracking_number_data; the tables are written anew.
//
// The room knows numbers only: no parcels, no network, no state. Begin reading at recognise.go; formats.go is the table,
// its order the order of trust; check.go has the arithmetic, which those who give out numbers use too.
package tracking

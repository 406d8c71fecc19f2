// Package numbers makes tracking numbers out of a range that a carrier allotted to the house: each format with its own
// check digit. It is pure: which number is next, the floor knows.
package numbers

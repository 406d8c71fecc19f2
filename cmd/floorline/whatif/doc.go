// Package whatif plays a day of a warehouse before it happens: will we make the truck with six pickers, or does it
// take eight? The floor's own state machine decides every scan; only the people are imagined. Each of their actions
// takes time (metres at a walking speed, seconds a unit, a scan, a parcel) drawn from seeded distributions, and goes to
// floor.Do at the instant at which it ends.
//
// Orders, their contents and every worker draw from streams of their own, so that six pickers and eight meet the same
// day. The same seed gives the same answer, to the byte. The package knows no clock and no network; it never writes to
// the warehouse that it was shown.
//
// Begin reading at Question, then Ask, then day.run.
package whatif

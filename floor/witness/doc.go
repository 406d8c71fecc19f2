// Package witness is what a scale says about a parcel: what it should weigh, how far it may be from that, and what is
// wrong with it most likely where it is further. It also learns what things weigh from parcels that were right.
//
// It knows weights and nothing else: no item, no order, no clock. Weights are whole milligrams, since a screw of 3.4 g
// weighs 340 g in a bag of a hundred. Begin reading at Judge.
package witness

// Package carton chooses the cartons of an order and says where every unit lies in them: fewest cartons first, then the
// least inner volume, then the least cost.
//
// A carton is filled by maximal empty spaces (Lai and Chan, Computers and Industrial Engineering 32, 1997) under many
// orders of the units and rules for the place, blocks of equal units as one (the distance rule is Goncalves and
// Resende's, IJPE 145, 2013); what did not fit moves to the front of the next attempt (squeaky wheel; Joslin and
// Clements, JAIR 10, 1999). Few units are decided exactly, by branching on how two units that overlap lie to one another.
// Several cartons begin from the same fills and are improved until the bound on volume and weight (Martello and Toth's
// L2) is met or the work allowed is spent. Work is counted, never timed, so the same order is always packed alike.
//
// The package knows nothing of orders, parcels or stock. Begin reading at Pack.
package carton

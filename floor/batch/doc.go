// Package batch groups orders into batches, one walk each, so that all walks together are shortest: joint order batching
// and picker routing, where a walk's length is that of the shortest walk (floor/route), never a guess.
//
// Up to exactLimit orders it goes over all groupings. Beyond, it begins with savings (Clarke and Wright 1964, as Henn
// and Waescher 2012 use them for batches), then moves orders, swaps them, and takes some out to put them in anew (Pisinger
// and Ropke 2007), accepting what is a little worse while the time is young (simulated annealing). What it has found is
// always a whole answer, so it may be stopped at any moment.
//
// It knows no clock: the caller says how much of the time is spent. Begin reading at Task.Solve.
package batch

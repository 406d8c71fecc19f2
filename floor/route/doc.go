// Package route computes the shortest walk of a picker through a warehouse.
//
// In a rectangular layout (parallel aisles, two or more cross aisles) the walk is exact: dynamic programming over
// aisles after Ratliff and Rosenthal (Operations Research 31, 1983), carried to several blocks with the states of
// Roodbergen and de Koster (IJPR 39, 2001) and, for any number of blocks, of Pansart, Catusse and Cambazard (Computers
// and Operations Research 100, 2018): the sweep's front remembers, of each corner it has reached, whether an odd or an
// even number of ways leads to it and which corners are joined to one another. The front lies across the aisles or
// along them, whichever is shorter. Where both are too long, a tour improved by moves of Or and of Lin and Kernighan's
// 2-opt stands in, with the 1-tree bound of Held and Karp (1970) beside it.
//
// Floors that are no grid (one-way aisles, blocked ones, lifts, several depots) are a Graph.
//
// The package knows nothing of orders, carts or clocks. Begin reading at Layout.Solve.
package route

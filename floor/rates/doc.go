// Package rates says what a parcel costs with a service, whether the service takes it at all, and in which zone its
// receiver lives. It is pure and in whole numbers: grams, millimetres, the currency's smallest coin, percents in
// hundredths. It knows no order, no clock and no carrier's computer.
//
// Begin reading at Card.Quote.
package rates

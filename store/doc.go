// Package store keeps what the floor decides. The Keeper owns the floor's State: one writer takes queued
// commands in groups, lets the floor decide, appends the events to a hash-chained journal in one synced
// Badger transaction, and only then answers. It is the only room that knows Badger, and it decides nothing.
//
// Begin reading at keeper.go (Do and the writer), then record.go (what the journal holds), cut.go
// (checkpoints) and open.go (start, and when it refuses to).
package store

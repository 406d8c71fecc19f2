// Package floor is the warehouse: its records, their lives, the jobs people do with a scanner, and the
// decision about every scan. It is a deterministic state machine: Do takes a Command and gives an Answer
// and Events; Apply alone changes State, and it is the same code live, at start-up and in tests.
//
// The floor refuses to know HTTP, disks, PDFs, clocks, randomness, logs and goroutines: the time and the
// name of who asks come in with the command, secrets only as digests, and new ids are counted.
//
// Begin reading at state.go (Do and Apply), then job.go (one grammar for all work with a scanner), then
// pick.go, pack.go and load.go. Every word of the glossary has a file of its own name.
package floor

// Package simulate is a shift of virtual workers. They sit at real sockets, walk whole jobs from imported
// order to departed truck and from the door to the shelf, err as people err, lose their connections on request, and at the end hold the
// server's journal against what they were told.
//
// It is a client: it knows the contract at the edge and nothing behind it, so that it errs where any other
// client would. It never imports the floor, the store or the devices.
//
// Begin reading at simulate.go (Run), then worker.go (the plainest client there can be), human.go and
// fault.go (what goes wrong), tally.go and audit.go (who is right in the end). Goods in, counts and returns are in
// stockdesk.go, stockwork.go and tallystock.go.
package simulate

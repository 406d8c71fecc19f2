// Package devices speaks with people and machines: the HTTP API, the sockets of handhelds and stations,
// sign-in and pairing, printers, webhooks and metrics. It decodes, has the keeper decide, and encodes; it
// holds no rule of the warehouse.
//
// Begin reading at routes.go (the one table of routes and who may call them), then server.go (one request)
// and session.go (one socket).
package devices

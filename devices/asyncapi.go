package devices

import (
	"encoding/json"

	"floorline/floor"
)

// Frames that are written by hand elsewhere, for the description.
type (
	resendFrame struct {
		Type string `json:"type"`
		From uint64 `json:"from"`
	}
	drainFrame struct {
		Type   string `json:"type"`
		RetryS int    `json:"retry_s"`
	}
	errorFrame struct {
		Type string `json:"type"`
		ID   string `json:"id,omitempty"`
		Code string `json:"code"`
		Say  string `json:"say"`
	}
	devicesFrame struct {
		Type string `json:"type"`
	}
	scannerFrame struct {
		Type   string            `json:"type"`
		Device *floor.DeviceView `json:"device"`
	}
	nextFrame struct {
		Type string      `json:"type"`
		Next *floor.Next `json:"next"`
	}
	scanFrame struct {
		Type   string `json:"type"`
		ID     string `json:"id"`
		N      uint64 `json:"n"`
		Code   string `json:"code"`
		Origin string `json:"origin,omitempty"`
		At     string `json:"at,omitempty"`
		Late   bool   `json:"late,omitempty"`
	}
	doFrame struct {
		Type   string    `json:"type"`
		ID     string    `json:"id"`
		N      uint64    `json:"n"`
		Action string    `json:"action"`
		Args   frameArgs `json:"args"`
		At     string    `json:"at,omitempty"`
		Late   bool      `json:"late,omitempty"`
	}
)

// message is one kind of frame.
type message struct {
	name, about string
	toFloor     bool
	frame       any
}

func messages() []message {
	return []message{
		{"hello", "The first frame, within 5 seconds. epoch and seq only when resuming. clock is what the device's clock shows, so that a wrong one changes no time that is told.", true, helloFrame{}},
		{"scan", "A code was read. id is a ULID that the device made; n counts its frames.", true, scanFrame{}},
		{"do", "An action: start, qty, short, skip, undo, answer, full, close, weigh, finish, leave, signout. A device that lost scans it had counted sends missing with qty (and id, of another device whose scans these were) in their place; the goods are then counted before work goes on. late: it was made out of reach of the floor; what is refused of it goes to a lead. override asks a lead to set aside what was refused last, where the verdict says override: a badge is scanned, a PIN given by answer (ask override), and the refused thing is decided once more on that lead's word; back thinks better of it. A badge, a PIN and these are live: never queued, stored or sent again.", true, doFrame{}},
		{"condition", "How a device is, where it knows: battery and signal, once a minute and when they change. Not journalled, not counted, not answered.", true, conditionFrame{}},
		{"welcome", "Who you are and what is next.", false, welcomeFrame{}},
		{"verdict", "The answer to one scan or action: one of five classes, with what to do next.", false, verdictFrame{}},
		{"event", "Something happened. prev is the seq of the event before it on this socket.", false, eventFrame{}},
		{"snapshot", "The present state of a topic, where a resume was not possible; the last one says so.", false, snapshotFrame{}},
		{"next", "Something outside changed what this device is asked for.", false, nextFrame{}},
		{"device", "A lead has set or forgotten how this device's scanner types, or changed its name, printer or scale.", false, scannerFrame{}},
		{"scale", "What the network scale of this bench says, for its screen: milligrams, whether they stand still by the scale's own word, or over, under, fault and tare; silent where nothing is heard of it. Not journalled, never resent: a weight is booked by do weigh, with source scale or typed.", false, scaleFrame{}},
		{"devices", "For desks with the topic workers: devices came, went or said how they are. Read /devices again; at most one a second.", false, devicesFrame{}},
		{"resend", "Frames are missing: send again from this counter.", false, resendFrame{}},
		{"drain", "The server is about to stop; come back in retry_s.", false, drainFrame{}},
		{"error", "The frame could not be understood.", false, errorFrame{}},
	}
}

// closeCodes are why a socket ends.
var closeCodes = []struct {
	code  int
	means string
}{
	{1001, "going away; come back"}, {1003, "binary frames are not spoken"}, {1007, "that was not UTF-8"}, {1009, "a frame of more than 1 MiB was announced"},
	{4401, "sign in: the token or cookie is not good, or hello came too late"}, {4403, "not allowed"}, {4408, "too slow; resume"},
	{4409, "replaced by a newer connection of the same device; do not reconnect by yourself"}, {4413, "a frame has at most 16 KiB"},
	{4426, "protocol too old"}, {4429, "too many frames"},
}

// asyncapi describes the socket.
func asyncapi(c *call) error {
	schemas := newSchemas()
	known, refs := object{}, object{}
	ways := map[bool][]any{}
	for _, m := range messages() {
		payload := object{"allOf": []any{schemas.of(m.frame), object{"properties": object{"type": object{"const": m.name}}}}}
		known[m.name] = object{"name": m.name, "summary": m.about, "contentType": "application/json", "payload": payload}
		refs[m.name] = object{"$ref": "#/components/messages/" + m.name}
		ways[m.toFloor] = append(ways[m.toFloor], object{"$ref": "#/channels/socket/messages/" + m.name})
	}
	ends, err := json.Marshal(endings())
	if err != nil {
		return err
	}
	return c.json(200, object{"asyncapi": "3.0.0",
		"info":     object{"title": "Floorline socket", "version": "1", "description": "WebSocket, subprotocol floorline.v1, one JSON object a text frame. Close codes: " + string(ends)},
		"servers":  object{"here": object{"host": string(c.Request().Header.Host()), "protocol": "ws", "pathname": apiVersion}},
		"channels": object{"socket": object{"address": "/socket", "messages": refs}},
		"operations": object{
			"toFloor":   object{"action": "receive", "channel": object{"$ref": "#/channels/socket"}, "messages": ways[true]},
			"fromFloor": object{"action": "send", "channel": object{"$ref": "#/channels/socket"}, "messages": ways[false]}},
		"components": object{"messages": known, "schemas": schemas.all}})
}

func endings() map[int]string {
	out := map[int]string{}
	for _, x := range closeCodes {
		out[x.code] = x.means
	}
	return out
}

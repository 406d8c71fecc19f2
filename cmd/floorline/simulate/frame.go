package simulate

import (
	"encoding/json"
	"slices"
	"time"
)

// frame is what a device sends: one scan or one action, under an id of its own.
type frame struct {
	Type   string         `json:"type"`
	ID     string         `json:"id"`
	N      uint64         `json:"n"`
	Code   string         `json:"code,omitempty"`
	Origin string         `json:"origin,omitempty"`
	Action string         `json:"action,omitempty"`
	Args   map[string]any `json:"args,omitempty"`
	At     string         `json:"at"`

	guess   bool      // ctx is a step of `ahead`: had the one before been refused, it was another
	ctx     *next     // what the device was asked for when this was made
	due     time.Time // when it was meant to be sent
	faulted bool      // our own mischief touched it: its latency says nothing about the server
}

func scanOf(code string) *frame { return &frame{Type: "scan", Code: code, Origin: "wedge"} }

func actOf(action string, args map[string]any) *frame {
	if args == nil {
		args = map[string]any{}
	}
	return &frame{Type: "do", Action: action, Args: args}
}

// hello is the first frame of a socket.
type hello struct {
	Type   string   `json:"type"`
	Token  string   `json:"token"`
	Epoch  uint64   `json:"epoch,omitempty"`
	Seq    uint64   `json:"seq,omitempty"`
	Topics []string `json:"topics"`
}

// reply is any frame that comes from the floor.
type reply struct {
	Type      string          `json:"type"`
	ID        string          `json:"id"`
	Code      string          `json:"code"`
	Class     string          `json:"class"`
	Say       string          `json:"say"`
	Next      *next           `json:"next"`
	Epoch     uint64          `json:"epoch"`
	Seq       uint64          `json:"seq"`
	Prev      uint64          `json:"prev"`
	N         uint64          `json:"n"`
	From      uint64          `json:"from"`
	Replayed  bool            `json:"replayed"`
	Recovered bool            `json:"recovered"`
	Kind      string          `json:"kind"`
	RetryS    float64         `json:"retry_s"`
	Data      json.RawMessage `json:"data"`

	got time.Time
}

// next is what a device is asked for now. Only what a plain client needs is read.
type next struct {
	Job     *jobRef           `json:"job"`
	Step    string            `json:"step"`
	Notices []json.RawMessage `json:"notices"`
	Want    []want            `json:"want"`
	Title   string            `json:"title"`
	Show    show              `json:"show"`
	Ask     *ask              `json:"ask"`
	Actions []string          `json:"actions"`
	Offline bool              `json:"offline"`
	Ahead   json.RawMessage   `json:"ahead"`
}

type jobRef struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

type want struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

type ask struct {
	ID      string `json:"id"`
	Options []struct {
		ID string `json:"id"`
	} `json:"options"`
}

type show struct {
	Item *struct {
		SKU string `json:"sku"`
	} `json:"item"`
	Bin            string `json:"bin"`
	Qty            int64  `json:"qty"`
	Done           int64  `json:"done"`
	Order          string `json:"order"`
	Tote           string `json:"tote"`
	ExpectedWeight int64  `json:"expected_weight_g"`
	Parcel         *struct {
		ID       string `json:"id"`
		Tracking string `json:"tracking"`
	} `json:"parcel"`
	Manifest *struct {
		ID      string `json:"id"`
		Carrier string `json:"carrier"`
	} `json:"manifest"`
	Loaded int `json:"loaded"`
}

func (n *next) job() jobRef {
	if n == nil || n.Job == nil {
		return jobRef{}
	}
	return *n.Job
}

func (n *next) sku() string {
	if n == nil || n.Show.Item == nil {
		return ""
	}
	return n.Show.Item.SKU
}

func (n *next) can(action string) bool { return slices.Contains(n.Actions, action) }

// ahead gives the steps that follow when all goes well, at most limit of them.
func (n *next) ahead(limit int) []*next {
	if !n.Offline || len(n.Ahead) == 0 {
		return nil
	}
	var steps []*next
	if json.Unmarshal(n.Ahead, &steps) != nil {
		return nil
	}
	return steps[:min(limit, len(steps))]
}

// restful is true of a putaway between two goods.
func (n *next) restful() bool { return n.Step == "item" || n.Step == "finish" }

// same says whether two nexts ask the same thing of a worker. Which of several free totes or waiting
// parcels is named first may differ: others are at work too.
func (n *next) same(o *next) bool {
	if n == nil || o == nil {
		return n == o
	}
	if n.job() != o.job() {
		return false
	}
	if n.job().Kind == "load" || len(o.Notices) > 0 {
		return true // what waits for the truck changes while somebody is away, and a notice says that a walk did
	}
	if n.job().Kind == "putaway" && n.restful() && o.restful() {
		return true // with nothing in the hand, what is advised changes with what others bring
	}
	if n.Step != o.Step {
		return false
	}
	if n.job().Kind == "putaway" && n.Step == "bin" {
		return n.sku() == o.sku() && n.Show.Qty == o.Show.Qty // and with it where that goes
	}
	if n.Step == "slot" && n.Show.Tote == "" && o.Show.Tote == "" {
		return true // any free tote
	}
	switch n.Step {
	case "bin", "item", "serial", "slot", "carton", "weigh", "label", "open":
		return n.Title == o.Title && n.sku() == o.sku() && n.Show.Bin == o.Show.Bin && n.Show.Qty == o.Show.Qty &&
			n.Show.Done == o.Show.Done && n.Show.Tote == o.Show.Tote && slices.Equal(n.Want, o.Want)
	}
	return true
}

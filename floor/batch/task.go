package batch

import (
	"fmt"

	"floorline/floor/route"
)

// Order is what is picked together in any case: an order is never split.
type Order struct {
	ID        string       `json:"id"`
	Size      int64        `json:"size"` // in the unit of Capacity
	WeightG   int64        `json:"weight_g"`
	VolumeCM3 int64        `json:"volume_cm3"`
	Stops     []route.Stop `json:"stops"`
}

// Task is what `floorline plan batch` is asked. Limits beside Capacity are 0 where there are none.
type Task struct {
	Layout       *route.Layout `json:"layout"`
	Capacity     int64         `json:"capacity"` // the most that one batch holds, in the orders' unit of size
	MaxOrders    int           `json:"max_orders"`
	MaxWeightG   int64         `json:"max_weight_g"`
	MaxVolumeCM3 int64         `json:"max_volume_cm3"`
	Orders       []Order       `json:"orders"`
}

// Batch is one walk.
type Batch struct {
	Orders   []string `json:"orders"`
	Distance float64  `json:"distance"`
	Order    []string `json:"order"` // the stops as they are walked
}

// Plan is the answer: every order in one batch.
type Plan struct {
	Distance float64 `json:"distance"`
	Batches  []Batch `json:"batches"`
	Method   string  `json:"method"` // exact or heuristic
}

// Limits of one task.
const (
	OrderLimit = 1000
	sizeMax    = 1 << 40
)

// Check names everything that is wrong with a task, or gives nil.
func (t Task) Check() route.Faults {
	var f route.Faults
	if t.Layout == nil {
		f = append(f, route.Fault{Pointer: "/layout", Detail: "is missing"})
	} else {
		f = t.Layout.Check()
	}
	add := func(pointer, format string, args ...any) {
		f = append(f, route.Fault{Pointer: pointer, Detail: fmt.Sprintf(format, args...)})
	}
	if t.Capacity < 1 || t.Capacity > sizeMax {
		add("/capacity", "how much one batch holds: from 1 to %d, not %d", int64(sizeMax), t.Capacity)
	}
	if t.MaxOrders < 0 || t.MaxWeightG < 0 || t.MaxVolumeCM3 < 0 {
		add("", "max_orders, max_weight_g and max_volume_cm3 are 0 (no limit) or more")
	}
	if len(t.Orders) > OrderLimit {
		add("/orders", "at most %d orders", OrderLimit)
	}
	if len(f) > 0 {
		return f
	}
	seen := map[string]bool{}
	for i, o := range t.Orders {
		at := fmt.Sprintf("/orders/%d", i)
		switch {
		case o.ID == "":
			add(at+"/id", "an order needs an id")
		case seen[o.ID]:
			add(at+"/id", "%q is there twice", o.ID)
		}
		seen[o.ID] = true
		if o.Size < 0 || o.WeightG < 0 || o.VolumeCM3 < 0 {
			add(at, "size, weight and volume are 0 or more")
		} else if why := t.alone(o); why != "" {
			add(at, "%s alone is more than a batch holds: %s", o.ID, why)
		}
		f = append(f, t.Layout.CheckStops(at+"/stops", o.Stops)...)
	}
	return f
}

// alone says why an order does not even fit a batch of its own.
func (t Task) alone(o Order) string {
	for _, x := range []struct {
		name      string
		has, most int64
		limited   bool
	}{{"size", o.Size, t.Capacity, true}, {"weight_g", o.WeightG, t.MaxWeightG, t.MaxWeightG > 0},
		{"volume_cm3", o.VolumeCM3, t.MaxVolumeCM3, t.MaxVolumeCM3 > 0}} {
		if x.limited && x.has > x.most {
			return fmt.Sprintf("%s %d of %d", x.name, x.has, x.most)
		}
	}
	return ""
}

// load is what a batch holds.
type load struct {
	size, weight, volume int64
	orders               int
}

func loadOf(o Order) load { return load{o.Size, o.WeightG, o.VolumeCM3, 1} }

func (a load) plus(b load) load {
	return load{a.size + b.size, a.weight + b.weight, a.volume + b.volume, a.orders + b.orders}
}

func (a load) less(b load) load {
	return load{a.size - b.size, a.weight - b.weight, a.volume - b.volume, a.orders - b.orders}
}

// holds tells whether a batch may hold a load.
func (t *Task) holds(l load) bool {
	return l.size <= t.Capacity && (t.MaxOrders == 0 || l.orders <= t.MaxOrders) &&
		(t.MaxWeightG == 0 || l.weight <= t.MaxWeightG) && (t.MaxVolumeCM3 == 0 || l.volume <= t.MaxVolumeCM3)
}

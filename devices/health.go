package devices

import (
	"fmt"
	"strings"
	"time"

	"floorline/floor"
)

func healthz(c *call) error {
	c.Set("Content-Type", "text/plain; charset=utf-8")
	return c.SendString("alive\n")
}

// readyz says in plain words whether work can be done.
func readyz(c *call) error {
	c.Set("Content-Type", "text/plain; charset=utf-8")
	select {
	case <-c.s.keeper.Failed():
		return c.Status(503).SendString("not ready: the journal could not be written; the server is stopping\n")
	default:
	}
	if c.s.keeper.Space().Stopped {
		return c.Status(503).SendString("not ready: the disk is nearly full; make room and work goes on by itself\n")
	}
	said := "ready\n"
	if h := c.s.https(); h != nil {
		line, _ := h.Line(time.Now())
		said += line + "\n"
	}
	c.view(func(st *floor.State) {
		for _, say := range printersInTrouble(st) {
			said += say + "\n"
		}
	})
	return c.SendString(said)
}

// writePrints counts jobs by their state, and printers that want a person.
func writePrints(b *strings.Builder, c *call) {
	jobs, ill := map[string]int{}, 0
	c.view(func(st *floor.State) {
		for _, p := range st.Prints {
			jobs[p.Status]++
		}
		ill = len(printersInTrouble(st))
	})
	b.WriteString("# HELP floor_print_jobs Print jobs in memory by state.\n# TYPE floor_print_jobs gauge\n")
	for _, s := range []string{floor.PrintQueued, floor.PrintSending, floor.PrintSent, floor.PrintProved, floor.PrintUnknown, floor.PrintFailed, floor.PrintVoid} {
		fmt.Fprintf(b, "floor_print_jobs{state=%q} %d\n", s, jobs[s])
	}
	fmt.Fprintf(b, "# HELP floor_printers_in_trouble Printers that want a person.\n# TYPE floor_printers_in_trouble gauge\nfloor_printers_in_trouble %d\n", ill)
}

// metrics are for Prometheus. No names of people are in them.
func metrics(c *call) error {
	var b strings.Builder
	orders := map[string]int{}
	var devices, exceptions int
	c.view(func(st *floor.State) {
		for _, o := range st.Orders {
			orders[o.Status]++
		}
		devices, exceptions = len(st.Devices), len(st.Exceptions)
	})
	gauge := func(name, help string, value any) {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n%s %v\n", name, help, name, name, value)
	}
	head, space := c.s.keeper.Head(), c.s.keeper.Space()
	gauge("floor_journal_seq", "Seq of the last durable record.", head.Seq)
	gauge("floor_epoch", "Epoch of the journal.", head.Epoch)
	gauge("floor_ws_clients", "Open sockets.", c.s.hub.count())
	gauge("floor_devices", "Paired devices.", devices)
	gauge("floor_exceptions", "Open exceptions.", exceptions)
	gauge("floor_disk_free_bytes", "Free bytes beside the journal.", space.FreeBytes)
	stopped := 0
	if space.Stopped {
		stopped = 1
	}
	gauge("floor_stopped", "1 while the disk is too full for new work.", stopped)
	b.WriteString("# HELP floor_orders Orders in memory by status.\n# TYPE floor_orders gauge\n")
	for _, s := range []string{"received", "held", "released", "picking", "picked", "packing", "packed", "dispatched", "delivered", "cancelled"} {
		fmt.Fprintf(&b, "floor_orders{status=%q} %d\n", s, orders[s])
	}
	writePrints(&b, c)
	c.s.meter.write(&b)
	c.Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	return c.SendString(b.String())
}

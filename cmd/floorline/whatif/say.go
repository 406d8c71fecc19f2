package whatif

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// busyShare is from where on people have no slack left: who is busy so long has always somebody waiting.
const busyShare = 0.85

// bottleneck says in words what holds the day up.
func (c *Crew) bottleneck(q *Question, busy [stages]float64) string {
	var queue [stages]float64
	last := 0.0
	for _, d := range c.days {
		last = max(last, d.lastMin)
		for k := range queue {
			queue[k] += d.queue[k] / float64(len(c.days))
		}
	}
	if c.Lacking > 0 && c.Lacking > c.Missing/2 {
		return fmt.Sprintf("stock: %s wait for goods, and no picker can help that", few(c.Lacking))
	}
	most := stagePick
	for k := range busy {
		if busy[k] > busy[most] {
			most = k
		}
	}
	name, who := [stages]string{"picking", "packing", "loading"}[most], [stages]string{"the pickers are", "the packers are", "the dock is"}[most]
	switch {
	case busy[most] >= busyShare:
		return fmt.Sprintf("%s: %s busy %.0f %% of the time, and up to %.0f orders wait for them", name, who, 100*busy[most], queue[most])
	case c.Missing > 0:
		return fmt.Sprintf("the last orders: they come until %s, and from order to truck takes longer than what is left", Clock(int(last)))
	}
	return fmt.Sprintf("none: most to do has %s (%s busy %.0f %% of the time)", name, who, 100*busy[most])
}

// few is a number of orders in words: the half an order that a mean may come to is none that anybody could see.
func few(n float64) string {
	switch r := math.Round(n); {
	case n > 0 && n < 1:
		return "less than 1 order"
	case r == 1:
		return "1 order"
	default:
		return fmt.Sprintf("%.0f orders", r)
	}
}

// sentence answers in one sentence, the smallest crew first. Where all the larger ones make it too they are not gone through.
func (a *Answer) sentence() string {
	var parts []string
	lacking := 0.0
	for _, c := range a.Crews {
		lacking = max(lacking, c.Lacking)
	}
	for i, c := range a.Crews {
		with := fmt.Sprintf("with %d", c.Pickers)
		if i == 0 {
			with = "With " + people(c.Pickers, "picker")
		}
		if i < len(a.Crews)-1 && allOnTime(a.Crews[i:]) {
			parts = append(parts, fmt.Sprintf("%s or more all %d make the %s truck, by %s", with, a.Due, a.Truck, c.DoneP50))
			break
		}
		fate := a.fate(c)
		if i > 0 && fate[0] <= '9' { // not "with 2 23 of 300"
			with += " pickers"
		}
		parts = append(parts, with+" "+fate)
	}
	if lacking >= 1 {
		parts = append(parts, few(lacking)+" cannot go whoever works, for want of goods")
	}
	return strings.Join(parts, "; ") + "."
}

func allOnTime(crews []*Crew) bool {
	return !slices.ContainsFunc(crews, func(c *Crew) bool { return c.OnTime < 1 })
}

// fate is how the day ends with a crew.
func (a *Answer) fate(c *Crew) string {
	switch n := math.Round(c.Missing); {
	case c.OnTime == 1:
		return fmt.Sprintf("all %d make the %s truck, by %s", a.Due, a.Truck, c.DoneP50)
	case c.OnTime >= 0.5:
		return fmt.Sprintf("all make it on %d of %s (p50 done %s), else the truck leaves without %s", c.good(), people(len(c.days), "day"),
			c.DoneP50, few(c.missingWhenLate()))
	case n == 1:
		return fmt.Sprintf("1 of %d orders misses the %s truck (p50 done %s)", a.Due, a.Truck, c.DoneP50)
	default:
		return fmt.Sprintf("%.0f of %d orders miss the %s truck (p50 done %s)", n, a.Due, a.Truck, c.DoneP50)
	}
}

// good is how many days were on time.
func (c *Crew) good() (n int) {
	for _, d := range c.days {
		if d.missing == 0 {
			n++
		}
	}
	return n
}

// missingWhenLate is how many orders miss the truck on a day on which any does.
func (c *Crew) missingWhenLate() float64 {
	sum := 0
	for _, d := range c.days {
		sum += d.missing
	}
	return float64(sum) / float64(max(len(c.days)-c.good(), 1))
}

func people(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Write prints the answer for people: the sentence, the figures, the plot.
func (a *Answer) Write(out io.Writer) {
	fmt.Fprintf(out, "%s\n\n%s: %d orders due, %s, arrivals %s until %s; %s, %s; %d runs of seed %d.\n\n",
		a.Sentence, a.Warehouse, a.Due, a.Method, a.Arrivals, a.Cutoff, people(a.Packers, "packer"), people(a.Loaders, "loader"), a.Runs, a.Seed)
	fmt.Fprintln(out, "pickers  days on time  miss (mean, p90)  done p10    p50    p90  pickers  packers  metres  bottleneck")
	for _, c := range a.Crews {
		fmt.Fprintf(out, "%7d  %10.0f %%  %9.1f, %4d   %8s  %5s  %5s  %5.0f %%  %5.0f %%  %6.0f  %s\n", c.Pickers, 100*c.OnTime, c.Missing, c.MissingP90,
			c.DoneP10, c.DoneP50, c.DoneP90, 100*c.PickerBusy, 100*c.PackerBusy, c.Metres, c.Bottleneck)
	}
	fmt.Fprintln(out)
	a.WriteText(out)
}

package whatif

import (
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// axis is what a plot stretches over: minutes since midnight to the right, orders upwards.
type axis struct {
	from, to float64
	top      int
	hours    []int // that are labelled
}

// axis ends a little after the last crew is done, or after the truck.
func (a *Answer) axis() axis {
	x := axis{from: float64(a.q.StartMin), to: float64(a.q.TruckMin) + 30}
	for _, c := range a.Crews {
		for i := range c.Loaded {
			if at := x.from + float64(i*a.EveryMin); i > 0 && c.Loaded[i] > c.Loaded[i-1] {
				x.to = max(x.to, at+15)
			}
		}
	}
	x.top = max(tidyTop(a.Due), 1)
	every := 60
	for (x.to-x.from)/float64(every) > 11 {
		every += 60
	}
	for h := (a.q.StartMin + 59) / 60 * 60; float64(h) <= x.to; h += every {
		x.hours = append(x.hours, h)
	}
	return x
}

// tidyTop is the next number above that reads well and halves well.
func tidyTop(n int) int {
	step := 1
	for _, s := range []int{2, 4, 10, 20, 40, 100, 200, 400, 1000} {
		if n > 5*step {
			step = s
		}
	}
	return (n + step - 1) / step * step
}

// loadedAt is the crew's curve at a minute, straight between two looks.
func (a *Answer) loadedAt(c *Crew, min float64) float64 {
	return between(c.Loaded, (min-float64(a.q.StartMin))/float64(a.EveryMin))
}

func between(list []float64, at float64) float64 {
	i := int(at)
	if i >= len(list)-1 {
		return list[len(list)-1]
	}
	return list[i] + (list[i+1]-list[i])*(at-float64(i))
}

// The plot's measures, in its own units.
const (
	plotW, plotH        = 900, 520
	plotL, plotR, plotB = 64, 150, 56
	plotLine            = 88 // characters of a line of the heading
)

// Colours that differ in lightness as well as in hue, for those who do not tell red from green; each a second time for
// dark ground. Crews are named beside their lines too, and told apart by dashes.
var (
	onLight = []string{"#b3450a", "#0b5cad", "#5b3a9e", "#1f7a3d", "#8a1c4a", "#6b5900", "#00707a", "#444444"}
	onDark  = []string{"#ff9d5c", "#6db8ff", "#c3a6ff", "#7ddc97", "#ff8fbf", "#e0cc55", "#5fd9e3", "#cccccc"}
	dashes  = []string{"", "9 5", "2 5", "12 4 2 4", "6 3", "14 6", "3 3", "10 3 3 3"}
)

// WriteSVG draws how many orders are on board over the day, for each crew, with the truck as an upright line. The bands
// are where eight of ten runs lie.
func (a *Answer) WriteSVG(out io.Writer) error {
	p := &plot{a: a, x: a.axis(), heading: wrap(a.Sentence, plotLine)}
	p.top = 44 + 20*len(p.heading)
	p.head()
	p.frame()
	for i, c := range a.Crews {
		p.band(i, c)
	}
	p.truck()
	for i, c := range a.Crews {
		p.line(i, c)
	}
	p.names()
	p.add("</svg>")
	_, err := io.WriteString(out, p.b.String())
	return err
}

type plot struct {
	a       *Answer
	x       axis
	heading []string
	top     int
	b       strings.Builder
}

func (p *plot) add(format string, v ...any) { fmt.Fprintf(&p.b, format+"\n", v...) }

func (p *plot) px(min float64) float64 {
	return plotL + (min-p.x.from)/(p.x.to-p.x.from)*(plotW-plotL-plotR)
}

func (p *plot) py(n float64) float64 {
	return plotH - plotB - n/float64(p.x.top)*float64(plotH-p.top-plotB)
}

func (p *plot) head() {
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="14">`, plotW, plotH)
	p.add(`<title>%s</title>`, html.EscapeString(p.a.Sentence))
	p.add(`<style>svg{background:#fff;--ink:#1b1f24;--soft:#57606a;--rule:#d8dde3}`)
	p.colours(onLight)
	p.add(`@media (prefers-color-scheme:dark){svg{background:#14181d;--ink:#f0f3f6;--soft:#aab4bf;--rule:#39424d}`)
	p.colours(onDark)
	p.add(`}text{fill:var(--ink)}.soft{fill:var(--soft)}.rule{stroke:var(--rule)}.truck{stroke:var(--ink);stroke-width:2}`)
	p.add(`.l{fill:none;stroke-width:2.5;stroke-linejoin:round}.b{stroke:none;opacity:.18}</style>`)
	for i, line := range p.heading {
		p.add(`<text x="16" y="%d" font-size="16" font-weight="600">%s</text>`, 26+20*i, html.EscapeString(line))
	}
	p.add(`<text class="soft" x="16" y="%d">Orders on board; the bands hold eight of ten runs</text>`, p.top-14)
}

func (p *plot) colours(list []string) {
	for i := range p.a.Crews {
		p.add(`.c%d{stroke:%s}.f%d{fill:%s}`, i, list[i], i, list[i])
	}
}

func (p *plot) frame() {
	for k := range 5 {
		n := float64(p.x.top*k) / 4
		if n != math.Trunc(n) {
			continue
		}
		p.add(`<line class="rule" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>`, plotL, plotW-plotR, p.py(n), p.py(n))
		p.add(`<text class="soft" x="%d" y="%.1f" text-anchor="end">%.0f</text>`, plotL-8, p.py(n)+5, n)
	}
	for _, min := range p.x.hours {
		p.add(`<text class="soft" x="%.1f" y="%d" text-anchor="middle">%s</text>`, p.px(float64(min)), plotH-plotB+22, Clock(min))
	}
}

// band goes along the upper edge and back along the lower.
func (p *plot) band(i int, c *Crew) {
	var up, down []string
	for k := range c.High {
		min := math.Min(p.x.from+float64(k*p.a.EveryMin), p.x.to)
		up = append(up, fmt.Sprintf("%.1f,%.1f", p.px(min), p.py(float64(c.High[k]))))
		down = append([]string{fmt.Sprintf("%.1f,%.1f", p.px(min), p.py(float64(c.Low[k])))}, down...)
		if min == p.x.to {
			break
		}
	}
	p.add(`<polygon class="b f%d" points="%s %s"/>`, i, strings.Join(up, " "), strings.Join(down, " "))
}

func (p *plot) truck() {
	x := p.px(float64(p.a.q.TruckMin))
	p.add(`<line class="truck" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`, x, x, p.top, plotH-plotB)
	p.add(`<text x="%.1f" y="%d" text-anchor="middle" font-weight="600">%s truck</text>`, x, plotH-plotB+42, p.a.Truck)
}

func (p *plot) line(i int, c *Crew) {
	var at []string
	for k, n := range c.Loaded {
		if min := p.x.from + float64(k*p.a.EveryMin); min <= p.x.to {
			at = append(at, fmt.Sprintf("%.1f,%.1f", p.px(min), p.py(n)))
		}
	}
	if end := p.x.from + float64((len(c.Loaded)-1)*p.a.EveryMin); end < p.x.to { // it stays where it ended
		at = append(at, fmt.Sprintf("%.1f,%.1f", p.px(p.x.to), p.py(c.Loaded[len(c.Loaded)-1])))
	}
	p.add(`<polyline class="l c%d" stroke-dasharray="%s" points="%s"/>`, i, dashes[i], strings.Join(at, " "))
}

// names is the legend, beside the plot: a piece of the line, the crew, and when it is done.
func (p *plot) names() {
	x := plotW - plotR + 14
	step := min(52, (plotH-plotB-p.top)/len(p.a.Crews))
	for i, c := range p.a.Crews {
		y := p.top + 10 + step*i
		p.add(`<line class="l c%d" stroke-dasharray="%s" x1="%d" x2="%d" y1="%d" y2="%d"/>`, i, dashes[i], x, x+34, y-5, y-5)
		p.add(`<text x="%d" y="%d" font-weight="600">%s</text>`, x+42, y, people(c.Pickers, "picker"))
		p.add(`<text class="soft" x="%d" y="%d">done %s</text>`, x+42, y+18, c.DoneP50)
	}
}

// wrap breaks a sentence into lines.
func wrap(s string, most int) (out []string) {
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len(line)+1+len(w) > most {
			out, line = append(out, line), ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(out, line)
}

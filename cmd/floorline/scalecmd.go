package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

const scaleHelp = `floorline scale [--listen 127.0.0.1:0] [--protocol sics|cas|toledo] [--step-g 5] [--noise-g 2] [--settle-ms 400]

A scale without a scale, to try a bench with: it speaks serial-over-TCP as the boxes with a serial plug do. It prints its
address, then reads from stdin what lies on it, in grams, one number a line: 1250 puts a parcel on, 0 takes it off. Words
are kept for what else a scale may say: over, under, unplug (it says nothing more), plug. The reading swings in, trembles
and drifts a little. It ends with its input.
`

// scaleCmd is "floorline scale".
func scaleCmd(args []string, in io.Reader, out, errs io.Writer) int {
	p := pretend{}
	fs := flag.NewFlagSet("scale", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	listen := fs.String("listen", "127.0.0.1:0", "")
	fs.StringVar(&p.protocol, "protocol", "sics", "")
	fs.Int64Var(&p.stepG, "step-g", 5, "")
	fs.Float64Var(&p.noiseG, "noise-g", 2, "")
	settle := fs.Int("settle-ms", 400, "")
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, scaleHelp)
		return 0
	} else if err != nil || fs.NArg() > 0 || p.stepG < 1 || *settle < 0 || !strings.Contains(" sics cas toledo ", " "+p.protocol+" ") {
		fmt.Fprint(errs, scaleHelp)
		return 2
	}
	p.settle = time.Duration(*settle) * time.Millisecond
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	fmt.Fprintln(out, "scale on", l.Addr())
	ctx, end := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Add(1)
	go func() { defer done.Done(); p.serve(ctx, l) }()
	p.load(in)
	end()
	_ = l.Close()
	done.Wait()
	return 0
}

// pretend is a scale that does not exist.
type pretend struct {
	protocol string
	stepG    int64
	noiseG   float64
	settle   time.Duration

	mu       sync.Mutex
	from, to float64 // grams: what lay on it before, and what does now
	since    time.Time
	says     string // over, under or unplug
}

// load puts on the scale what the lines say.
func (p *pretend) load(in io.Reader) {
	for lines := bufio.NewScanner(in); lines.Scan(); {
		word := strings.TrimSpace(lines.Text())
		now, _ := p.grams()
		p.mu.Lock()
		p.says = ""
		if g, err := strconv.ParseFloat(word, 64); err == nil {
			p.from, p.to, p.since = now, g, time.Now()
		} else if word != "plug" {
			p.says = word
		}
		p.mu.Unlock()
	}
}

// grams is what the scale shows now and whether it stands still: it swings in, trembles within its noise, and drifts by a
// gram in a minute.
func (p *pretend) grams() (g float64, stable bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := time.Since(p.since)
	left := 0.0
	if t < p.settle {
		left = 1 - float64(t)/float64(p.settle)
	}
	swing := (p.from - p.to) * left * left * math.Cos(12*left)
	if left == 0 && p.to == 0 {
		return 0, true // zero is held
	}
	return p.to + swing + p.noiseG*(2*rand.Float64()-1)*(0.2+left) + math.Sin(float64(t)/float64(time.Minute)), left == 0
}

func (p *pretend) serve(ctx context.Context, l net.Listener) {
	var done sync.WaitGroup
	defer done.Wait()
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		done.Add(1)
		go func() {
			defer done.Done()
			defer context.AfterFunc(ctx, func() { _ = c.Close() })()
			p.speak(c)
		}()
	}
}

// speak answers a SICS line, or sends ten lines a second unasked.
func (p *pretend) speak(c net.Conn) {
	defer c.Close()
	if p.protocol == "sics" {
		for asked := bufio.NewScanner(c); asked.Scan(); {
			switch strings.TrimSpace(asked.Text()) {
			case "S", "SI", "SIR":
			default:
				_, _ = io.WriteString(c, "ES\r\n")
				continue
			}
			if line := p.line(); line != "" {
				if _, err := io.WriteString(c, line); err != nil {
					return
				}
			}
		}
		return
	}
	for tick := time.NewTicker(100 * time.Millisecond); ; <-tick.C {
		if _, err := io.WriteString(c, p.line()); err != nil {
			tick.Stop()
			return
		}
	}
}

// line is what the scale says now.
func (p *pretend) line() string {
	p.mu.Lock()
	says := p.says
	p.mu.Unlock()
	g, stable := p.grams()
	n := int64(math.Round(g/float64(p.stepG))) * p.stepG
	if says == "unplug" {
		return ""
	}
	switch p.protocol {
	case "cas":
		return casLine(n, stable, says)
	case "toledo":
		return toledoLine(n, stable, says)
	}
	return sicsLine(n, stable, says)
}

func sicsLine(g int64, stable bool, says string) string {
	switch {
	case says == "over":
		return "S +\r\n"
	case says == "under":
		return "S -\r\n"
	case stable:
		return fmt.Sprintf("S S %10.3f kg\r\n", float64(g)/1000)
	}
	return fmt.Sprintf("S D %10.3f kg\r\n", float64(g)/1000)
}

func casLine(g int64, stable bool, says string) string {
	head := "US"
	switch {
	case says == "over":
		return "OL,GS,+9999.999kg\r\n"
	case says == "under":
		return "OL,GS,-9999.999kg\r\n"
	case stable:
		head = "ST"
	}
	return fmt.Sprintf("%s,GS,%+09.3fkg\r\n", head, float64(g)/1000)
}

func toledoLine(g int64, stable bool, says string) string {
	state := byte(0x30) // kilograms
	if !stable {
		state |= 0x08
	}
	if says != "" {
		state |= 0x04
	}
	if g < 0 || says == "under" {
		state |= 0x02
	}
	return fmt.Sprintf("\x02%c%c%c%6d%6d\r", 0x2D, state, 0x20, max(g, -g), 0)
}

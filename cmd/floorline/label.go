package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"

	"floorline/labels"
)

const labelHelp = `floorline label KIND [--zpl] [--dpi 203|300|600] [--size 4x6|a6|a4|62x29|...] [--skip N]
floorline label --list
floorline label --example KIND

Reads the label's data as JSON on stdin (one object, or a list for a batch) and writes PDF, or ZPL with
--zpl, to stdout. Sizes are 4x6 (inches), a4, a5, a6, letter, or WIDTHxHEIGHT in mm; a4/3x8 is a sheet of
3 columns and 8 rows of small labels, and --skip 5 begins at the sixth because five are used.
`

// maxLabelBytes bounds what is read from stdin.
const maxLabelBytes = 64 << 20

// labelOrder is what was asked for on the command line.
type labelOrder struct {
	kind, size, example string
	dpi, skip           int
	zpl, list           bool
}

// label is "floorline label". It answers 0 done, 1 the data was refused, 2 misuse.
func label(args []string, in io.Reader, out, errs io.Writer) int {
	order, err := readLabelOrder(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(errs, "floorline label: %v\n\n%s", err, labelHelp)
		return 2
	}
	if order.list {
		for _, k := range labels.Kinds() {
			fmt.Fprintln(out, k.Name)
		}
		return 0
	}
	kind, known := labels.KindNamed(order.kind + order.example)
	if !known {
		fmt.Fprintf(errs, "floorline label: no kind %q; --list shows them\n", order.kind+order.example)
		return 2
	}
	if order.example != "" {
		err = writeExample(kind, out)
	} else {
		err = printLabel(kind, order, in, out, errs)
	}
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

// readLabelOrder takes flags before and after KIND.
func readLabelOrder(args []string, out io.Writer) (labelOrder, error) {
	var o labelOrder
	f := flag.NewFlagSet("label", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&o.zpl, "zpl", false, "")
	f.BoolVar(&o.list, "list", false, "")
	f.IntVar(&o.dpi, "dpi", 203, "")
	f.IntVar(&o.skip, "skip", 0, "")
	f.StringVar(&o.size, "size", "", "")
	f.StringVar(&o.example, "example", "", "")
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				fmt.Fprint(out, labelHelp)
			}
			return o, err
		}
		if args = f.Args(); len(args) == 0 {
			break
		}
		if o.kind != "" {
			return o, fmt.Errorf("one KIND at a time, not %q and %q", o.kind, args[0])
		}
		o.kind, args = args[0], args[1:]
	}
	if !o.list && (o.kind == "") == (o.example == "") {
		return o, errors.New("name a KIND, or ask for --list or --example KIND")
	}
	if o.dpi != 203 && o.dpi != 300 && o.dpi != 600 {
		return o, fmt.Errorf("--dpi is 203, 300 or 600, not %d", o.dpi)
	}
	if o.skip < 0 {
		return o, fmt.Errorf("--skip is how many labels of the first sheet are used, not %d", o.skip)
	}
	if o.size != "" {
		return o, labels.Size(o.size).Check()
	}
	return o, nil
}

func writeExample(kind labels.Kind, out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(kind.Example)
}

func printLabel(kind labels.Kind, order labelOrder, in io.Reader, out, errs io.Writer) error {
	data, err := io.ReadAll(io.LimitReader(in, maxLabelBytes+1))
	if err != nil {
		return err
	}
	if len(data) > maxLabelBytes {
		return fmt.Errorf("labels: more than %d MB of data", maxLabelBytes>>20)
	}
	for _, doubt := range labels.Doubts(data) {
		fmt.Fprintln(errs, "warning:", doubt)
	}
	size := labels.Size(order.size)
	if size == "" {
		size = kind.Sizes[0]
	}
	printed, err := kind.Render(data, order.zpl, size.After(order.skip), order.dpi)
	if err != nil {
		return err
	}
	_, err = out.Write(printed)
	return err
}

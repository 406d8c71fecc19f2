package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"floorline/devices"
	"floorline/store"
)

// dataFlag reads the one flag of the tools that look at a data directory.
func dataFlag(name, about string, args []string, out, errs io.Writer, more ...func(*flag.FlagSet)) (string, int) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(errs)
	data := fs.String("data", "", "the directory that holds the warehouse")
	for _, add := range more {
		add(fs)
	}
	fs.Usage = func() { fmt.Fprintf(fs.Output(), "usage: floorline %s --data DIR\n%s\n", name, about) }
	if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
		fs.SetOutput(out)
		fs.Usage()
		return "", 0
	}
	if err := fs.Parse(args); err != nil {
		return "", 2
	}
	if *data == "" || fs.NArg() > 0 {
		fs.Usage()
		return "", 2
	}
	if st, err := os.Stat(*data); err != nil || !st.IsDir() {
		fmt.Fprintf(errs, "floorline %s: there is no directory %s\n", name, *data)
		return "", 1
	}
	return *data, -1
}

// verify replays the whole journal and compares it with what is stored. A running server is asked.
func verify(args []string, out, errs io.Writer) int {
	dir, code := dataFlag("verify", "Replays the journal from its first record and compares it with the stored rows. Never writes.", args, out, errs)
	if dir == "" {
		return code
	}
	r := &store.Report{}
	held, err := store.Ask(dir, "verify", r)
	if !held {
		r, err = store.Verify(dir)
	}
	if err != nil {
		fmt.Fprintln(errs, "floorline verify:", err)
		return 1
	}
	for _, p := range r.Problems {
		fmt.Fprintln(out, "problem:", p)
	}
	if !r.Clean() {
		fmt.Fprintf(out, "not clean: %d problems in %d records. Restore a backup, and keep this directory for those who can look at it.\n", len(r.Problems), r.Records)
		return 1
	}
	fmt.Fprintf(out, "clean: %d records, each following from the one before; %d rows agree with them; every item adds up\n", r.Records, r.Rows)
	if f := r.Files; f.Files > 0 {
		fmt.Fprintf(out, "files beside the journal: %d, %d KB, each as its name says; %d that nothing speaks of\n", f.Files, f.Bytes>>10, f.Orphans)
	}
	return 0
}

// doctor says how a data directory is.
func doctor(args []string, out, errs io.Writer) int {
	var cert string
	dir, code := dataFlag("doctor", "Says in plain words how a warehouse is. With --tls-cert FILE it looks at the certificate that was brought.", args, out, errs,
		func(fs *flag.FlagSet) {
			fs.StringVar(&cert, "tls-cert", "", "the file that serve is given, to look at it too")
		})
	if dir == "" {
		return code
	}
	return max(sayHealth(dir, out, errs), sayCertificate(dir, cert, out))
}

func sayHealth(dir string, out, errs io.Writer) (code int) {
	h := &store.Health{}
	held, err := store.Ask(dir, "health", h)
	if err != nil {
		fmt.Fprintln(errs, "floorline doctor:", err)
		return 1
	}
	if !held {
		fmt.Fprintln(out, "no server holds this directory; looking at the files")
		return verify([]string{"--data", dir}, out, errs)
	}
	fmt.Fprintf(out, "a server holds this directory and answers\njournal: record %d of epoch %d\ndisk: %d MB free\norders in memory: %d, devices paired: %d\n", h.Seq, h.Epoch, h.FreeBytes>>20, h.Orders, h.Devices)
	if h.Files.Files > 0 {
		fmt.Fprintf(out, "photos and signatures: %d files, %d KB\n", h.Files.Files, h.Files.Bytes>>10)
	}
	if h.ClockLate != "" {
		fmt.Fprintf(out, "the clock was %s behind the journal at start: set it right\n", h.ClockLate)
	}
	if h.Damage != "" {
		fmt.Fprintf(out, "the nightly check found damaged blocks on the disk: %s. What to do: run floorline verify, and restore a backup at a quiet hour\n", h.Damage)
		code = 1
	}
	if h.Stopped {
		fmt.Fprintln(out, "work has stopped: the disk is nearly full; make room")
		code = 1
	}
	return code
}

// sheet writes the demo's sheet of codes.
func sheet(args []string, out, errs io.Writer) int {
	dir, code := dataFlag("demo-sheet", "Writes the PDF of all codes of a demo directory to standard output. Stop the server first, or take it from its page.", args, out, errs)
	if dir == "" {
		return code
	}
	k, err := store.Open(store.Options{Dir: dir, TickEvery: -1})
	if err != nil {
		fmt.Fprintln(errs, "floorline demo-sheet:", err)
		return 1
	}
	defer k.Close()
	s, err := devices.New(devices.Options{Keeper: k, Dir: dir})
	if err != nil {
		fmt.Fprintln(errs, "floorline demo-sheet:", err)
		return 1
	}
	b, err := s.DemoSheet()
	if err != nil {
		fmt.Fprintln(errs, "floorline demo-sheet:", err)
		return 1
	}
	if _, err := out.Write(b); err != nil {
		return 1
	}
	return 0
}

package main

import (
	"bufio"
	"encoding/json"
	"io"
)

// lineLimit is the longest line that is read; a longer one is answered by itself.
const lineLimit = 64 << 10

// eachLine answers every line with one line of JSON, at once where nothing more is waiting: somebody may be at the
// other end who asks one thing at a time. The error is that of reading or writing.
func eachLine(in io.Reader, out io.Writer, answer func(line string, tooLong bool) any) error {
	w := bufio.NewWriter(out)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	lines := bufio.NewReaderSize(in, lineLimit)
	for {
		line, tooLong, err := readLine(lines)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = enc.Encode(answer(line, tooLong))
		}
		if err == nil && lines.Buffered() == 0 {
			err = w.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// readLine gives the next line without its end; of one that is too long it gives nothing.
func readLine(r *bufio.Reader) (line string, tooLong bool, err error) {
	b, more, err := r.ReadLine()
	for tooLong = more; more && err == nil; {
		_, more, err = r.ReadLine()
	}
	return string(b), tooLong, err
}

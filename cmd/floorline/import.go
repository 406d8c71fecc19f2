package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// importFiles sends order files to a server's import endpoint.
func importFiles(args []string, out, errs io.Writer) int {
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	fs.SetOutput(errs)
	server := fs.String("server", "http://127.0.0.1:8080", "the server's address")
	token := fs.String("token", os.Getenv("FLOORLINE_TOKEN"), "an API token")
	format := fs.String("format", "csv", "csv, shopify, ..., or items, bins, stock for those tables")
	create := fs.Bool("create-items", false, "make items that the orders name and nobody knows")
	dry := fs.Bool("dry-run", false, "only say what would happen")
	if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
		fs.SetOutput(out)
		fs.Usage()
		return 0
	}
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() == 0 {
		fmt.Fprintln(errs, "floorline import: name at least one file")
		return 2
	}
	address := strings.TrimSuffix(*server, "/") + "/api/v1/imports"
	q := url.Values{}
	if *format == "items" || *format == "bins" || *format == "stock" {
		address += "/" + *format
	} else {
		q.Set("format", *format)
	}
	if *create {
		q.Set("create_items", "true")
	}
	if *dry {
		q.Set("dry_run", "true")
	}
	code := 0
	for i, file := range fs.Args() {
		progress(errs, i, fs.NArg())
		if err := sendFile(address+"?"+q.Encode(), *token, file, out); err != nil {
			fmt.Fprintf(errs, "\n%s: %v\n", file, err)
			code = 1
		}
	}
	progress(errs, fs.NArg(), fs.NArg())
	return code
}

// progress draws a bar on a terminal, and nothing elsewhere.
func progress(w io.Writer, done, of int) {
	f, ok := w.(*os.File)
	if !ok {
		return
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return
	}
	const width = 30
	n := done * width / of
	fmt.Fprintf(w, "\r[%s%s] %d/%d", strings.Repeat("#", n), strings.Repeat(".", width-n), done, of)
	if done == of {
		fmt.Fprintln(w)
	}
}

type importResult struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
	Errors    []struct {
		Row    int    `json:"row"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
		Ref    string `json:"ref"`
	} `json:"errors"`
	Detail string `json:"detail"`
}

func sendFile(address, token, file string, out io.Writer) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/octet-stream")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r importResult
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<20)).Decode(&r); err != nil {
		return fmt.Errorf("the server answered %s", resp.Status)
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("refused: %s", r.Detail)
	}
	fmt.Fprintf(out, "%s: %d created, %d updated, %d unchanged, %d rejected\n", file, r.Created, r.Updated, r.Unchanged, r.Rejected)
	for _, e := range r.Errors {
		fmt.Fprintf(out, "  line %d %s: %s %s\n", e.Row, e.Ref, e.Code, e.Detail)
	}
	return nil
}

package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strings"
	"time"
)

// importFlags are the flags of import.
type importFlags struct {
	server, token, format, channel, ca string
	day, as                            string
	create, dry, notes, history        bool
	files                              []string
}

func parseImport(args []string, out, errs io.Writer) (*importFlags, int) {
	f := &importFlags{}
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.StringVar(&f.server, "server", "http://127.0.0.1:8080", "the server's address")
	fs.StringVar(&f.token, "token", os.Getenv("FLOORLINE_TOKEN"), "an API token; else $FLOORLINE_TOKEN")
	fs.StringVar(&f.format, "format", "csv", "of orders: csv, shopify, woocommerce, amazon, flipkart, magento; or a table: items, bins, stock, demand, purchases, returns, rates")
	fs.StringVar(&f.channel, "channel", "", "the shop that the orders are of, where the file does not say")
	fs.BoolVar(&f.history, "history", false, "take orders as what was asked for on their days, for the reorder page; no order is made")
	fs.StringVar(&f.day, "day", "", "of demand and history: a day of the files that is to count as --as, such as 2010-12-14; all others move with it")
	fs.StringVar(&f.as, "as", "yesterday", "of demand and history: the day that --day counts as, such as 2026-02-27")
	fs.StringVar(&f.ca, "ca", "", "a file with the certificate authority of an https server")
	fs.BoolVar(&f.create, "create-items", false, "make items that the orders name and nobody knows")
	fs.BoolVar(&f.dry, "dry-run", false, "only say what would happen")
	fs.BoolVar(&f.notes, "notes", false, "list what was handled by rule, line by line, instead of counting it")
	if len(args) > 0 && (args[0] == "--help" || args[0] == "-h") {
		fs.SetOutput(out)
		fmt.Fprintln(out, "usage: floorline import [flags] FILE...")
		fs.PrintDefaults()
		return nil, 0
	}
	if err := fs.Parse(args); err != nil {
		return nil, 2
	}
	f.files = fs.Args()
	switch {
	case len(f.files) == 0:
		fmt.Fprintln(errs, "floorline import: name at least one file")
		return nil, 2
	case f.token == "":
		fmt.Fprintln(errs, "floorline import: give an API token: --token T, or set FLOORLINE_TOKEN")
		return nil, 2
	}
	return f, -1
}

// address is where the files go.
func (f *importFlags) address() string {
	path, q := "/api/v1/imports", url.Values{}
	switch f.format {
	case "items", "bins", "stock", "demand", "purchases", "returns", "rates":
		path += "/" + f.format
	default:
		q.Set("format", f.format)
		if f.history {
			path += "/demand"
		}
	}
	if f.day != "" {
		q.Set("day", f.day)
		q.Set("as", f.as)
	}
	for name, on := range map[string]bool{"create_items": f.create, "dry_run": f.dry} {
		if on {
			q.Set(name, "true")
		}
	}
	if f.channel != "" {
		q.Set("channel", f.channel)
	}
	return strings.TrimSuffix(f.server, "/") + path + "?" + q.Encode()
}

// client trusts a house's own certificate authority where one is named.
func (f *importFlags) client() (*http.Client, error) {
	c := &http.Client{Timeout: 10 * time.Minute}
	if f.ca == "" {
		return c, nil
	}
	pem, err := os.ReadFile(f.ca)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", f.ca)
	}
	c.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	return c, nil
}

// importFiles sends files to a server's import endpoint and prints what became of each. A file that is
// refused or cannot be sent makes the exit code 1; rows that were rejected are named and do not.
func importFiles(args []string, out, errs io.Writer) int {
	f, code := parseImport(args, out, errs)
	if f == nil {
		return code
	}
	client, err := f.client()
	if err != nil {
		fmt.Fprintln(errs, "floorline import:", err)
		return 1
	}
	code = 0
	for i, file := range f.files {
		progress(errs, i, len(f.files))
		r, err := f.send(client, file)
		if err != nil {
			fmt.Fprintf(errs, "%s: %v\n", file, err)
			code = 1
			continue
		}
		r.print(out, file, f.notes)
	}
	progress(errs, len(f.files), len(f.files))
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
	fmt.Fprintf(w, "\r\x1b[K[%s%s] %d/%d", strings.Repeat("#", n), strings.Repeat(".", width-n), done, of)
	if done == of {
		fmt.Fprintln(w)
	} else {
		fmt.Fprint(w, "\r")
	}
}

// importRow is one thing that was wrong, or was handled by rule.
type importRow struct {
	Row    int    `json:"row"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Ref    string `json:"ref"`
}

type importResult struct {
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	Rejected  int         `json:"rejected"`
	Errors    []importRow `json:"errors"`
	Notes     []importRow `json:"notes"`
	DryRun    bool        `json:"dry_run"`
}

func (f *importFlags) send(client *http.Client, file string) (*importResult, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest(http.MethodPost, f.address(), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+f.token)
	req.Header.Set("Content-Type", "application/octet-stream")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body := io.LimitReader(resp.Body, 64<<20)
	if resp.StatusCode != http.StatusOK {
		return nil, refusal(resp.Status, body)
	}
	r := &importResult{}
	if err := json.NewDecoder(body).Decode(r); err != nil {
		return nil, fmt.Errorf("the server answered what is no report: %w", err)
	}
	return r, nil
}

// refusal says why a file was refused, in the server's words where it gave some.
func refusal(status string, body io.Reader) error {
	var p struct {
		Detail string `json:"detail"`
		Errors []struct {
			Pointer string `json:"pointer"`
			Detail  string `json:"detail"`
		} `json:"errors"`
	}
	if err := json.NewDecoder(body).Decode(&p); err != nil || p.Detail == "" {
		return errors.New("the server answered " + status)
	}
	say := "refused: " + p.Detail
	for _, e := range p.Errors {
		say += "; " + strings.TrimSpace(e.Pointer+" "+e.Detail)
	}
	return errors.New(say)
}

func (r *importResult) print(w io.Writer, file string, notes bool) {
	would := ""
	if r.DryRun {
		would = " (dry run: nothing was changed)"
	}
	fmt.Fprintf(w, "%s: %d created, %d updated, %d unchanged, %d rejected%s\n", file, r.Created, r.Updated, r.Unchanged, r.Rejected, would)
	for _, e := range r.Errors {
		fmt.Fprintf(w, "  line %d %s: %s %s\n", e.Row, e.Ref, e.Code, e.Detail)
	}
	count := map[string]int{}
	for _, n := range r.Notes {
		count[n.Code]++
		if notes {
			fmt.Fprintf(w, "  note, line %d %s: %s %s\n", n.Row, n.Ref, n.Code, n.Detail)
		}
	}
	var codes []string
	for code := range count {
		codes = append(codes, fmt.Sprintf("%d %s", count[code], code))
	}
	if sort.Strings(codes); len(codes) > 0 && !notes {
		fmt.Fprintf(w, "  by rule: %s\n", strings.Join(codes, ", "))
	}
}

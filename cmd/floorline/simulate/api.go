package simulate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// GiveUpAfter is how long a server may be away before the simulation ends.
const GiveUpAfter = 30 * time.Second

// api is the HTTP side of the server. Every call that creates carries an Idempotency-Key, so that it can be
// repeated when the server goes away in the middle.
type api struct {
	base   string
	token  string
	client *http.Client
}

func newAPI(base, token string) *api {
	return &api{base, token, &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		MaxIdleConnsPerHost: 32, DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext}}}
}

// problem is an answer that refuses.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Errors []struct {
		Pointer, Code, Detail string
	} `json:"errors"`
	what string
}

func (p *problem) Error() string {
	return fmt.Sprintf("%s: %d %s: %s %v", p.what, p.Status, p.Code, p.Title+p.Detail, p.Errors)
}

// call is one request. Key "" sends none; into may be nil.
type call struct {
	method, path string
	body         any
	key          string
	token        string // another than the simulation's own
	into         any
}

// do sends a call, again and again while the server is away or busy, and gives the status.
func (a *api) do(ctx context.Context, c call) (int, error) {
	var payload []byte
	if c.body != nil {
		var err error
		if payload, err = json.Marshal(c.body); err != nil {
			return 0, err
		}
	}
	until := time.Now().Add(GiveUpAfter)
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		status, err := a.once(ctx, c, payload)
		if err == nil || !passing(status, err) || time.Now().After(until) {
			return status, err
		}
		if !pause(ctx, wait) {
			return 0, ctx.Err()
		}
	}
}

// passing is true of a failure that may be gone in a moment.
func passing(status int, err error) bool {
	var p *problem
	if errors.As(err, &p) {
		return status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests
	}
	return !errors.Is(err, context.Canceled)
}

func (a *api) once(ctx context.Context, c call, payload []byte) (int, error) {
	r, err := http.NewRequestWithContext(ctx, c.method, a.base+c.path, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	token := a.token
	if c.token != "" {
		token = c.token
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if payload != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		r.Header.Set("Idempotency-Key", c.key)
	}
	res, err := a.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 64<<20))
	if err != nil {
		return 0, err
	}
	if res.StatusCode >= 300 {
		p := &problem{what: c.method + " " + c.path}
		if json.Unmarshal(body, p) != nil {
			p.Detail = string(body[:min(len(body), 200)])
		}
		p.Status = res.StatusCode
		return res.StatusCode, p
	}
	if c.into == nil || len(body) == 0 {
		return res.StatusCode, nil
	}
	return res.StatusCode, json.Unmarshal(body, c.into)
}

func (a *api) socketURL() (string, error) {
	u, err := url.Parse(a.base)
	if err != nil {
		return "", err
	}
	u.Scheme = map[string]string{"http": "ws", "https": "wss"}[u.Scheme]
	if u.Scheme == "" || u.Host == "" {
		return "", fmt.Errorf("--server %q is no address such as http://127.0.0.1:8080", a.base)
	}
	u.Path = "/api/v1/socket"
	return u.String(), nil
}

// pause waits, or ends early with false when the context does.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

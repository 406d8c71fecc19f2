package devices

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"floorline/floor"
	"floorline/store"
)

// teller tells shops what their returns came to: one word after the other, signed as shops sign theirs, and again until it
// was heard. What is still to be told is the floor's to know, so nothing is lost by a restart; a shop may hear a word twice,
// and tells them apart by the delivery's number.
type teller struct {
	background
	s     *Server
	out   *outgoing
	first time.Duration // before the second try; each takes twice as long, up to TellSlowest
	wakes wakes
	tries map[floor.ReturnID]*tellTry
}

type tellTry struct {
	n     int
	after time.Time
}

// Limits of telling.
const (
	TellWithin   = 10 * time.Second
	TellSlowest  = 10 * time.Minute
	TellAtOnce   = 20
	TellsToWorry = 5 // tries until a person hears of it
)

func newTeller(s *Server) *teller {
	return &teller{background: newBackground(), s: s, out: newOutgoing(s.o.Loopback), first: time.Second, wakes: newWakes(), tries: map[floor.ReturnID]*tellTry{}}
}

func (t *teller) start() { t.onWake(t.wakes, t.tellAll) }

// told is called by the writer: some return's money was sent, or a shop was given an address.
func (t *teller) told(records []store.Record) {
	for i := range records {
		switch records[i].Body.(type) {
		case *floor.ReturnSettled, *floor.ChannelSaved:
			t.wakes.wake()
		}
	}
}

// word is one thing to tell.
type word struct {
	id          floor.ReturnID
	url, secret string
	body        []byte
}

// tellAll tries what is due, and says when the next try is.
func (t *teller) tellAll() time.Duration {
	var words []word
	t.s.keeper.View(func(st *floor.State) {
		for _, r := range st.ReturnsToTell(TellAtOnce) {
			c := st.Channels[r.Channel]
			b, err := json.Marshal(map[string]any{"event": "return.settled", "return": st.ReturnView(r)})
			if err == nil {
				words = append(words, word{r.ID, c.HookURL, c.Secret.Plain, b})
			}
		}
	})
	next := TellSlowest
	for _, w := range words {
		try := t.tries[w.id]
		if try == nil {
			try = &tellTry{}
			t.tries[w.id] = try
		}
		if wait := time.Until(try.after); wait > 0 {
			next = min(next, wait)
			continue
		}
		if err := t.tell(w); err != nil && t.ctx.Err() == nil {
			wait := min(t.first<<min(try.n, 20), TellSlowest)
			try.n, try.after = try.n+1, time.Now().Add(wait)
			next = min(next, wait)
			if try.n == TellsToWorry {
				t.s.keeper.Do(&floor.Command{Verb: floor.TellReturn{ID: w.id, Failed: err.Error()}})
			}
			continue
		}
		if t.ctx.Err() == nil {
			t.s.keeper.Do(&floor.Command{Verb: floor.TellReturn{ID: w.id}})
			delete(t.tries, w.id)
		}
	}
	return next
}

// tell sends a word; an answer of 2xx is that it was heard.
func (t *teller) tell(w word) error {
	ctx, end := context.WithTimeout(t.ctx, TellWithin)
	defer end()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(w.body))
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, []byte(w.secret))
	mac.Write(w.body)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Floorline")
	req.Header.Set("X-Floorline-Event", "return.settled")
	req.Header.Set("X-Floorline-Delivery", string(w.id)+"/settled")
	req.Header.Set("X-Floorline-Hmac-Sha256", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	resp, err := t.out.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("it answers %d", resp.StatusCode)
	}
	return nil
}

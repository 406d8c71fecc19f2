package devices

import (
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	markup "html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"floorline/floor"
	"floorline/floor/words"
)

// The customer's page: where an order is, for whoever has its link. It says a first name and a town, and no more; it needs
// no script and no sign-in, and tells search engines nothing.

//go:embed track.html
var trackHTML string

//go:embed track.css
var trackStyle string

var trackTemplate = markup.Must(markup.New("track").Parse(trackHTML))

// Strangers who try links: a page is looked at now and then, not by the hundred.
const (
	TrackPerSec = 2
	TrackBurst  = 60
)

// keyLinks makes the key of the customers' links at the first start.
func (s *Server) keyLinks() error {
	known := false
	s.keeper.View(func(st *floor.State) { known = st.LinkKeys["links"] != nil })
	if known {
		return nil
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	if a := s.keeper.Do(&floor.Command{Verb: floor.KeyLinks{Key: hex.EncodeToString(key)}}); a.Err != nil {
		s.log.Warn("customers have no links: their key cannot be made", "why", a.Err.Say)
	}
	return nil
}

// trackView is what the page is filled with.
type trackView struct {
	*words.Book
	Dir     string
	Site    string
	State   string
	Name    string // the first one
	Town    string
	Zone    string
	Parcels []trackedParcel
}

type trackedParcel struct {
	N        int
	State    string
	Carrier  string
	Tracking string
	Link     string // the carrier's own page
	Events   []trackedMoment
}

type trackedMoment struct {
	At, Exact string
	Say       string
	Town      string
	Good, Bad bool
}

// Say gives a sentence of the page.
func (v *trackView) Say(key string) string { return v.With(key, "") }

// With gives a sentence with a value in its place.
func (v *trackView) With(key, value string) string {
	sentence := v.Track[key]
	if sentence == "" {
		sentence = words.Of("en").Track[key]
	}
	return v.Fill(sentence, func(string) string { return value })
}

// Number writes a count.
func (v *trackView) Number(n int) string { return strconv.Itoa(n) }

// trackPage answers a link. One that is wrong gets the very page that one too old gets.
func trackPage(c *call) error {
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set("Cache-Control", "no-store")
	if wait, ok := c.s.rates.take("track/"+c.from(), TrackPerSec, TrackBurst, time.Now()); !ok {
		c.Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		return c.problem(&floor.Error{Kind: "too_many", Code: "too_fast", Say: "too many requests; wait as long as Retry-After says"})
	}
	v := &trackView{Book: acceptedBook(c.Get("Accept-Language")), Dir: "ltr", State: "gone"}
	if v.RightToLeft() {
		v.Dir = "rtl"
	}
	if err := c.fillTrack(v); err != nil {
		return err
	}
	var b strings.Builder
	if err := trackTemplate.Execute(&b, v); err != nil {
		return err
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	c.Set("Content-Language", v.Tag)
	c.Vary("Accept-Language")
	status := 200
	if v.State == "gone" {
		status = 404
	}
	return c.Status(status).SendString(b.String())
}

// acceptedBook is the first language of an Accept-Language that we speak.
func acceptedBook(accepted string) *words.Book {
	for _, part := range strings.Split(accepted, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(words.Languages, base) {
			return words.Of(base)
		}
	}
	return words.Of("en")
}

// fillTrack finds the order of a link, in memory or in the archive.
func (c *call) fillTrack(v *trackView) error {
	var id floor.OrderID
	ours := false
	c.view(func(st *floor.State) {
		v.Site = st.Site.Name
		id, ours = st.LinkedOrder(c.Params("token"))
	})
	if !ours {
		return nil
	}
	_, err := c.orderNamed(id, v.fill)
	return err
}

func (v *trackView) fill(st *floor.State, o *floor.Order, parcels []*floor.Parcel) {
	v.State, v.Zone = trackState(o, parcels), st.Site.TimeZone
	if to := receiver(o); to != nil {
		v.Name, _, _ = strings.Cut(strings.TrimSpace(to.Name), " ")
		v.Town = to.City
	}
	for _, p := range parcels {
		if p.Tracking == "" || p.Status == floor.ParcelCancelled {
			continue
		}
		v.Parcels = append(v.Parcels, v.parcel(st, p))
	}
}

// trackState is an order in the words of its customer.
func trackState(o *floor.Order, parcels []*floor.Parcel) string {
	if o.Status == floor.OrderCancelled {
		return "cancelled"
	}
	count := map[string]int{}
	for _, p := range parcels {
		if p.Tracking != "" && p.Status != floor.ParcelCancelled {
			count[parcelState(p)]++
		}
	}
	for _, state := range []string{"returned", "trouble", "underway"} {
		if count[state] > 0 {
			return state
		}
	}
	if count["delivered"] > 0 && count["preparing"] == 0 {
		return "delivered"
	}
	return "preparing"
}

func parcelState(p *floor.Parcel) string {
	switch p.Status {
	case floor.ParcelDelivered:
		return "delivered"
	case floor.ParcelReturned:
		return "returned"
	case floor.ParcelException:
		return "trouble"
	case floor.ParcelDispatched, floor.ParcelTransit:
		return "underway"
	}
	return "preparing"
}

func (v *trackView) parcel(st *floor.State, p *floor.Parcel) trackedParcel {
	out := trackedParcel{N: p.N, State: parcelState(p), Carrier: p.Carrier, Tracking: p.Tracking}
	if c := st.Carriers[p.Carrier]; c != nil && c.Name != "" {
		out.Carrier = c.Name
	}
	if s := st.Services[p.Service]; s != nil && s.TrackURL != "" {
		out.Link = strings.ReplaceAll(s.TrackURL, "{tracking}", url.PathEscape(p.Tracking))
	}
	zone, err := time.LoadLocation(st.Site.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	moment := func(at floor.Time, word, town string) trackedMoment {
		t := time.UnixMilli(int64(at))
		return trackedMoment{At: t.In(zone).Format("2006-01-02 15:04"), Exact: t.UTC().Format(time.RFC3339), Say: v.With("event."+word, out.Carrier), Town: town,
			Good: word == "delivered", Bad: word == "exception" || word == "returned_to_sender"}
	}
	for _, s := range slices.Backward(p.Track) {
		out.Events = append(out.Events, moment(s.At, s.What, s.Town))
	}
	if m := st.Manifests[p.Manifest]; m != nil && m.Closed != 0 {
		out.Events = append(out.Events, moment(m.Closed, "dispatched", ""))
	}
	if p.Closed != 0 {
		out.Events = append(out.Events, moment(p.Closed, "packed", ""))
	}
	return out
}

func trackCSS(c *call) error {
	c.Set("Content-Type", "text/css; charset=utf-8")
	c.Set("Cache-Control", "public, max-age=3600")
	return c.SendString(publicStyle + trackStyle)
}

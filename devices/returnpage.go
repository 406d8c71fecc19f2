package devices

import (
	_ "embed"
	"fmt"
	markup "html/template" // template is a route
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
	"floorline/floor/words"
)

// The customer's page: whole without a script, in the language that the browser asks for, and with nothing of the person
// on it but the first name. Who has the link may announce a return of this one order, within the policy.

//go:embed returns.html
var returnsHTML string

//go:embed returns.css
var returnsStyle string

var returnsTemplate = markup.Must(markup.New("returns").Parse(returnsHTML))

// Guessing a link of 160 bits is hopeless; asking is slowed all the same.
const (
	LinksPerSec = 1
	LinksBurst  = 30
)

// returnPage is what the page is filled with.
type returnPage struct {
	Lang, Dir  string
	State      string // form, done, none, late, gone or busy
	Site, Name string
	Order      string
	Offers     []floor.ReturnOffer
	Reasons    []string
	Wrong      bool
	Code, Pays string
	QR         markup.HTML
	Earlier    []earlierReturn
	Token      string
	Once       string // of this form
	own        map[string]string
}

type earlierReturn struct{ Code, Status string }

// Say gives a sentence in the page's language.
func (v *returnPage) Say(key string) string {
	s := v.own[key]
	if s == "" {
		s = words.Of("en").Returns[key]
	}
	return strings.NewReplacer("{name}", v.Name, "{order}", v.Order).Replace(s)
}

// Reason is why goods come back, in words; a reason of the house's own stands as it was written.
func (v *returnPage) Reason(code string) string {
	if s := v.Say("reason." + code); s != "" {
		return s
	}
	return strings.ReplaceAll(code, "_", " ")
}

// Title is what the page says first.
func (v *returnPage) Title() string {
	switch v.State {
	case "done":
		return v.Say("done")
	case "gone":
		return v.Say("gone")
	}
	return v.Say("title")
}

// makeReturnLink gives an order's customer a link; the one before leads nowhere from then on.
func makeReturnLink(c *call) error {
	token := newSecret(20)
	cmd := c.command(floor.MakeReturnLink{Order: floor.OrderID(c.Params("id")), Digest: digest(token)})
	cmd.Secret = true
	a := c.s.keeper.Do(cmd)
	if a.Err != nil || a.Replayed {
		return c.answer(a, 201)
	}
	return c.json(201, linkView{"/r/" + token})
}

type linkView struct {
	Path string `json:"path"` // on this server
}

// linked fills the page with the order of the link in the address; false where it leads nowhere.
func (c *call) linked(v *returnPage) (bool, error) {
	d := digest(c.Params("token"))
	fill := func(st *floor.State, o *floor.Order, archived []*floor.Return) {
		v.Site, v.Order = st.Site.Name, o.ExternalID
		if o.ShipTo != nil && o.ShipTo.Person != nil {
			v.Name, _, _ = strings.Cut(strings.TrimSpace(o.ShipTo.Person.Name), " ")
		}
		var late bool
		v.Offers, late = st.ReturnOffers(o, floor.Time(time.Now().UnixMilli()))
		for _, r := range st.ReturnPolicy().Reasons {
			v.Reasons = append(v.Reasons, r.Code)
		}
		for _, r := range append(st.ReturnsOf(o), archived...) {
			v.Earlier = append(v.Earlier, earlierReturn{string(r.ID), r.Status})
		}
		switch {
		case len(v.Offers) == 0:
			v.State = "none"
		case late:
			v.State = "late"
		}
	}
	var found bool
	c.view(func(st *floor.State) {
		if o := st.OrderByReturnLink(d); o != nil {
			found = true
			fill(st, o, nil)
		}
	})
	if found {
		return true, nil
	}
	a, err := c.s.keeper.Archived(floor.LinkName(d))
	if err != nil || a == nil {
		return false, err
	}
	c.view(func(st *floor.State) { fill(st, a.Order, a.Returns) })
	return true, nil
}

// customerPage shows what may be sent back, and takes what the customer chose.
func customerPage(c *call) error {
	book := returnsBookFor(c.Get("Accept-Language"))
	v := &returnPage{State: "form", Lang: book.Tag, Dir: "ltr", own: book.Returns, Token: c.Params("token")}
	if book.RightToLeft() {
		v.Dir = "rtl"
	}
	if wait, ok := c.s.rates.take("link/"+c.from(), LinksPerSec, LinksBurst, time.Now()); !ok {
		c.Set("Retry-After", fmt.Sprint(int(wait.Seconds())+1))
		v.State = "busy"
		return c.returnsPage(v, fiber.StatusTooManyRequests)
	}
	found, err := c.linked(v)
	switch {
	case err != nil:
		return err
	case !found:
		v.State, v.Token = "gone", ""
		return c.returnsPage(v, fiber.StatusNotFound)
	case c.Method() == fiber.MethodPost && v.State == "form":
		return c.announce(v)
	}
	return c.returnsPage(v, fiber.StatusOK)
}

// announce makes the return of what the form says.
func (c *call) announce(v *returnPage) error {
	verb := floor.ReturnByLink{Digest: digest(v.Token), Wanted: c.FormValue("wanted"), Once: c.FormValue("once")}
	for i, o := range v.Offers {
		n, err := strconv.ParseInt(strings.TrimSpace(c.FormValue(fmt.Sprint("qty-", i))), 10, 32)
		if err == nil && n != 0 && c.FormValue(fmt.Sprint("sku-", i)) == string(o.SKU) {
			verb.Lines = append(verb.Lines, floor.ReturnLine{SKU: o.SKU, Qty: n, Reason: c.FormValue(fmt.Sprint("reason-", i))})
		}
	}
	a := c.s.keeper.Do(c.command(verb))
	if a.Err != nil {
		v.Wrong = true
		return c.returnsPage(v, fiber.StatusUnprocessableEntity)
	}
	r := a.Result.(*floor.ReturnView)
	v.State, v.Code, v.Pays = "done", r.Code, r.PaidBy
	v.QR = markup.HTML(qrSVG(r.Code))
	return c.returnsPage(v, fiber.StatusCreated)
}

func (c *call) returnsPage(v *returnPage, status int) error {
	v.Once = newSecret(10)
	var b strings.Builder
	if err := returnsTemplate.Execute(&b, v); err != nil {
		return err
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	c.Set("Content-Language", v.Lang)
	c.Set("Cache-Control", "no-store")
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	c.Vary("Accept-Language")
	return c.Status(status).SendString(b.String())
}

func returnsCSS(c *call) error {
	c.Set("Content-Type", "text/css; charset=utf-8")
	c.Set("Cache-Control", "no-cache")
	return c.SendString(publicStyle + returnsStyle)
}

// returnsBookFor takes the first language of an Accept-Language that the page speaks.
func returnsBookFor(accepted string) *words.Book {
	tag := trustBookFor(accepted).Lang
	if b := words.Of(tag); len(b.Returns) > 0 {
		return b
	}
	return words.Of("en")
}

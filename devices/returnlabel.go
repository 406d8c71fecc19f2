package devices

import (
	"floorline/floor"
	"floorline/labels"
)

// returnPrint is what is put on the parcel that comes back: the label kind of returns, addressed to the house. A house that
// has not said where it is has the code alone, which is what the bench scans.
type returnPrint struct {
	printable
	usual labels.Size
}

// returnPaperOf gathers the label of a return under a view. Of the customer it says what it is told: who holds a link sees
// no address by it.
func returnPaperOf(st *floor.State, r *floor.Return, customer labels.Address) returnPrint {
	to := sender(st)
	if to.Country == "" || to.City+to.Postcode == "" {
		return returnPrint{labels.Tote{Code: string(r.ID), Note: string(r.Order)}, labels.Size100x50}
	}
	d := labels.Return{Sender: customer, Receiver: to, Code: string(r.ID), Order: string(r.Order)}
	if o := st.Orders[r.Order]; o != nil {
		d.Order = o.ExternalID
		if o.Reference != "" {
			d.Order = o.Reference
		}
	}
	return returnPrint{d, labels.Size4x6}
}

// returnLabel is what the house sends to the customer, or puts on what stands at the door.
func returnLabel(c *call) error {
	var d returnPrint
	found, err := c.ret(func(st *floor.State, r *floor.Return) {
		var from labels.Address
		if o := st.Orders[r.Order]; o != nil {
			from = address(receiver(o))
		}
		d = returnPaperOf(st, r, from)
	})
	switch {
	case err != nil:
		return err
	case !found:
		return c.problem(noReturn(c))
	}
	return c.printed("return", d, d.usual)
}

// customerLabel is the label of a return of the link's own order.
func customerLabel(c *call) error {
	v := &returnPage{}
	found, err := c.linked(v)
	if err != nil {
		return err
	}
	var d *returnPrint
	for _, e := range v.Earlier {
		if !found || e.Code != c.Params("id") {
			continue
		}
		if _, err := c.ret(func(st *floor.State, r *floor.Return) {
			made := returnPaperOf(st, r, labels.Address{})
			d = &made
		}); err != nil {
			return err
		}
	}
	if d == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_link", Say: "this link leads nowhere"})
	}
	b, failure := d.PDF(d.usual, 203)
	c.Set("X-Robots-Tag", "noindex, nofollow")
	return c.document(pdfFile, c.Params("id")+".pdf", b, failure)
}

package devices

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"floorline/floor"
	"floorline/floor/intake"
)

// importView is what became of a file.
type importView struct {
	ID        string           `json:"id"`
	Created   int              `json:"created"`
	Updated   int              `json:"updated"`
	Unchanged int              `json:"unchanged"`
	Rejected  int              `json:"rejected"`
	Errors    []floor.RowFault `json:"errors"`
	Notes     []floor.RowFault `json:"notes"`
	DryRun    bool             `json:"dry_run,omitempty"`
}

func newImportView(id string, dry bool) *importView {
	return &importView{ID: id, Errors: []floor.RowFault{}, Notes: []floor.RowFault{}, DryRun: dry}
}

// ErrorLimit is how many faults and notes one report names; the counts are always whole.
const ErrorLimit = 2000

func (v *importView) add(r *floor.Import) {
	v.Created, v.Updated, v.Unchanged, v.Rejected = v.Created+r.Created, v.Updated+r.Updated, v.Unchanged+r.Unchanged, v.Rejected+r.Rejected
	v.Errors = append(v.Errors, r.Errors...)
}

// take lists what intake found. A rejected order or item is counted once, however much is wrong with it.
func (v *importView) take(r *intake.Report) {
	refs := map[string]bool{}
	for _, f := range r.Faults {
		v.Errors = append(v.Errors, rowFault(f))
		key := f.Ref
		if key == "" {
			key = "row " + strconv.Itoa(f.Row)
		}
		if !refs[key] {
			refs[key] = true
			v.Rejected++
		}
	}
	for _, f := range r.Notes {
		if len(v.Notes) < ErrorLimit {
			v.Notes = append(v.Notes, rowFault(f))
		}
	}
}

func rowFault(f intake.Fault) floor.RowFault {
	detail := f.Detail
	if f.Field != "" {
		detail = f.Field + ": " + detail
	}
	return floor.RowFault{Row: f.Row, Code: f.Code, Detail: detail, Ref: f.Ref}
}

// job is one file to take in, as it is remembered until it is done.
type importJob struct {
	Kind   string `json:"kind"` // orders, items, bins, stock or demand
	Format string `json:"format"`
	Create bool   `json:"create_items"`
	// Channel is the shop that orders are of which name none; "" is the format's own name.
	Channel  string `json:"channel,omitempty"`
	Service  string `json:"service,omitempty"`   // of prices that name none
	MoveDays int    `json:"move_days,omitempty"` // of demand: its days count as so many days later
	Topic    string `json:"topic,omitempty"`     // of a shop's webhook about goods that come back
	Dry      bool   `json:"-"`
}

func importOrders(c *call) error {
	return c.importFile(importJob{Kind: "orders", Format: c.Query("format", "csv")})
}

func importTable(c *call) error {
	kind := c.Params("kind")
	if !contains([]string{"items", "bins", "stock", "orders", "demand", "purchases", "returns", "rates"}, kind) {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "unknown_format", Say: "imports take orders, items, bins, stock, demand, purchases, returns and rates"})
	}
	j := importJob{Kind: kind, Format: "csv"}
	if kind == "demand" {
		j.Format = c.Query("format", "csv")
	}
	return c.importFile(j)
}

// importFile parses outside the writer, keeps the file until all of it is in, and applies it in commands of
// at most 200 rows. Sending it again changes nothing. One file is taken in at a time.
func (c *call) importFile(j importJob) error {
	data := append([]byte(nil), c.Body()...)
	if err := c.importAsked(&j, data); err != nil {
		return c.problem(err)
	}
	c.s.importing.Lock()
	defer c.s.importing.Unlock()
	if done, err := c.answeredImport(data); done || err != nil {
		return err
	}
	if !j.Dry {
		if err := c.s.keepImport(j, data); err != nil {
			return err
		}
	}
	v, err := c.s.applyImport(j.id(data), j, data, c.who)
	if !j.Dry && (err == nil || err.Kind != floor.Stopped) {
		c.s.doneImport(j.id(data))
	}
	if err != nil {
		return c.problem(err)
	}
	return c.answerImport(data, v)
}

// importAsked reads what the address asks for beside the file.
func (c *call) importAsked(j *importJob, data []byte) *floor.Error {
	var about []floor.Fault
	for name, to := range map[string]*bool{"dry_run": &j.Dry, "create_items": &j.Create} {
		switch v := c.Query(name); v {
		case "", "0", "false":
		case "1", "true":
			*to = true
		default:
			about = append(about, floor.Fault{Code: "bad_value", Detail: name + " is true or false, not " + clip(v)})
		}
	}
	if j.Channel = c.Query("channel"); len(j.Channel) > floor.CodeLimit {
		about = append(about, floor.Fault{Code: "too_long", Detail: "a channel has at most 64 characters"})
	}
	if j.Kind == "demand" {
		about = append(about, c.movedDays(j)...)
	}
	if (j.Kind == "orders" || j.Kind == "demand") && !contains(intake.Formats(), j.Format) {
		about = append(about, floor.Fault{Code: "unknown_format", Detail: "format is one of " + strings.Join(intake.Formats(), ", ")})
	}
	if len(about) > 0 {
		return &floor.Error{Kind: floor.Invalid, Code: about[0].Code, Say: "not accepted", About: about}
	}
	if len(data) == 0 {
		return &floor.Error{Kind: "malformed", Code: "empty", Say: "the file is empty"}
	}
	return nil
}

func (s *Server) applyImport(id string, j importJob, data []byte, who caller) (*importView, *floor.Error) {
	v := newImportView(id, j.Dry)
	o := intake.Options{Channel: j.Channel, Service: j.Service, MoveDays: j.MoveDays}
	s.keeper.View(func(st *floor.State) {
		o.DefaultCurrency = st.Site.Currency
		if tz, err := time.LoadLocation(st.Site.TimeZone); err == nil {
			o.DefaultTZ = tz
		}
	})
	var verbs []floor.Verb
	var r intake.Report
	switch j.Kind {
	case "items":
		r = intake.Items(data, o)
		verbs = itemVerbs(r.Items, j.Dry)
	case "bins":
		r = intake.Bins(data, o)
		verbs = binVerbs(r.Bins, j.Dry)
	case "stock":
		r = intake.Stock(data, o)
		verbs = stockVerbs(r.Stock, id, j.Dry)
	case "returns":
		if r = intake.Returns(data, o); j.Topic != "" {
			r = intake.ShopReturns(j.Format, j.Topic, data, o)
		}
		verbs = returnVerbs(r, j)
	case "purchases":
		r = intake.PurchaseOrders(data, o)
		verbs = purchaseOrderVerbs(r.PurchaseOrders, j.Dry)
	case "demand":
		if r = intake.Demand(data, o); j.Format != "csv" {
			r = intake.History(j.Format, data, o)
		}
		verbs = demandVerbs(r.Demand, j.Dry)
	case "rates":
		r = intake.Rates(data, o)
		verbs = rateVerbs(&r, j.Dry)
	default:
		r = intake.Orders(j.Format, data, o)
		if j.Create {
			verbs = itemVerbs(s.newItems(r), j.Dry)
		}
	}
	v.take(&r)
	var err *floor.Error
	switch {
	case j.Kind == "orders":
		err = s.applyOrders(v, verbs, r, j.Dry, who)
	case j.Kind == "demand" && j.Create:
		if err = s.applyFirst(v, itemVerbs(s.newItems(r), j.Dry), who); err == nil {
			err = s.applyAll(v, verbs, who)
		}
	default:
		err = s.applyAll(v, verbs, who)
	}
	v.done()
	return v, err
}

// done puts the faults of reading and of judging in the order of the file.
func (v *importView) done() {
	sort.SliceStable(v.Errors, func(i, j int) bool { return v.Errors[i].Row < v.Errors[j].Row })
	v.Errors = v.Errors[:min(len(v.Errors), ErrorLimit)]
}

// applyOrders makes missing items first, without counting them among the orders.
func (s *Server) applyOrders(v *importView, items []floor.Verb, r intake.Report, dry bool, who caller) *floor.Error {
	if err := s.applyFirst(v, items, who); err != nil {
		return err
	}
	return s.applyAll(v, orderVerbs(r, dry), who)
}

// applyFirst makes what the rest needs, without counting it.
func (s *Server) applyFirst(v *importView, items []floor.Verb, who caller) *floor.Error {
	made := &importView{}
	if err := s.applyAll(made, items, who); err != nil {
		return err
	}
	v.Errors = append(v.Errors, made.Errors...)
	return nil
}

func (s *Server) applyAll(v *importView, verbs []floor.Verb, who caller) *floor.Error {
	for _, verb := range verbs {
		a := s.keeper.Do(&floor.Command{Worker: who.worker, Verb: verb})
		for a.Err != nil && a.Err.Code == "busy" {
			time.Sleep(5 * time.Millisecond) // the scanners come first
			a = s.keeper.Do(&floor.Command{Worker: who.worker, Verb: verb})
		}
		if a.Err != nil {
			return a.Err
		}
		v.add(a.Result.(*floor.Import))
	}
	return nil
}

// newItems gives items for the lines of a file whose SKU nobody knows yet.
func (s *Server) newItems(r intake.Report) []intake.Item {
	var out []intake.Item
	all := intake.ItemsFromOrders(r)
	s.keeper.View(func(st *floor.State) {
		for _, it := range all {
			if st.Items[floor.SKU(it.SKU)] == nil {
				out = append(out, it)
			}
		}
	})
	return out
}

// chunks cuts a list into commands' worth.
func chunks[T any](list []T, each func(part []T, offset int)) {
	for at := 0; at < len(list); at += floor.RowLimit {
		each(list[at:min(at+floor.RowLimit, len(list))], at)
	}
}

func itemVerbs(items []intake.Item, dry bool) (out []floor.Verb) {
	chunks(items, func(part []intake.Item, _ int) {
		v := floor.ImportItems{Dry: dry}
		for _, x := range part {
			it := floor.Item{SKU: floor.SKU(x.SKU), Name: x.Name, WeightG: x.WeightG, Tracking: x.Tracking, Expiry: x.Expiry,
				CostCents: x.CostCents, PriceCents: x.PriceCents, Category: x.Category, KeepFlat: x.KeepFlat, Hazard: x.Hazard,
				Customs: floor.ItemCustoms(x.Customs), Dangerous: floor.Dangerous(x.Dangerous)}
			if it.Name == "" {
				it.Name = x.SKU
			}
			if x.SizeMM != [3]int64{} {
				it.SizeMM = x.SizeMM[:]
			}
			for _, b := range x.Barcodes {
				it.Barcodes = append(it.Barcodes, floor.Barcode{Code: b.Code, Qty: b.Qty})
			}
			v.Items, v.Rows = append(v.Items, it), append(v.Rows, x.Row)
		}
		out = append(out, v)
	})
	return out
}

func binVerbs(bins []intake.Bin, dry bool) (out []floor.Verb) {
	chunks(bins, func(part []intake.Bin, _ int) {
		v := floor.ImportBins{Dry: dry}
		for _, x := range part {
			v.Bins = append(v.Bins, floor.Bin{Code: floor.BinCode(x.Code), BinKind: x.Kind, Zone: x.Zone, Aisle: x.Aisle,
				Cell: x.Cell, Level: x.Level, MaxWeightG: x.MaxWeightG})
			v.Rows = append(v.Rows, x.Row)
		}
		out = append(out, v)
	})
	return out
}

func stockVerbs(rows []intake.Adjustment, file string, dry bool) (out []floor.Verb) {
	chunks(rows, func(part []intake.Adjustment, at int) {
		v := floor.ImportStock{Dry: dry, File: file, Offset: at}
		for _, x := range part {
			v.Rows = append(v.Rows, floor.AdjustStock{Bin: floor.BinCode(x.Bin), SKU: floor.SKU(x.SKU), Qty: x.Qty, Lot: x.Lot,
				Expiry: x.Expiry, Serials: x.Serials, Reason: x.Reason})
			v.Lines = append(v.Lines, x.Row)
		}
		out = append(out, v)
	})
	return out
}

func purchaseOrderVerbs(all []intake.PurchaseOrder, dry bool) (out []floor.Verb) {
	chunks(all, func(part []intake.PurchaseOrder, _ int) {
		v := floor.ImportPurchaseOrders{Dry: dry}
		for i := range part {
			v.PurchaseOrders = append(v.PurchaseOrders, newPurchaseOrder(&part[i]))
		}
		out = append(out, v)
	})
	return out
}

// newPurchaseOrder adds up the rows of an item, and sorts those that name a pallet by it.
func newPurchaseOrder(x *intake.PurchaseOrder) floor.NewPurchaseOrder {
	n := floor.NewPurchaseOrder{Row: x.Row, External: x.ExternalID, Supplier: x.Supplier, Due: x.Due}
	line, pallet := map[string]int{}, map[string]int{}
	for _, l := range x.Lines {
		i, known := line[l.SKU]
		if !known {
			i, line[l.SKU] = len(n.Lines), len(n.Lines)
			n.Lines = append(n.Lines, floor.PurchaseOrderLine{SKU: floor.SKU(l.SKU), CostCents: l.CostCents})
		}
		n.Lines[i].Ordered += l.Qty
		if l.SSCC == "" {
			continue
		}
		k, known := pallet[l.SSCC]
		if !known {
			k, pallet[l.SSCC] = len(n.Pallets), len(n.Pallets)
			n.Pallets = append(n.Pallets, floor.InboundPallet{SSCC: l.SSCC})
		}
		n.Pallets[k].Lines = append(n.Pallets[k].Lines, floor.PalletLine{SKU: floor.SKU(l.SKU), Qty: l.Qty, Lot: l.Lot, Expiry: l.Expiry})
	}
	return n
}

func orderVerbs(r intake.Report, dry bool) (out []floor.Verb) {
	chunks(r.Orders, func(part []intake.Order, _ int) {
		v := floor.ImportOrders{Dry: dry}
		for i := range part {
			v.Orders = append(v.Orders, newOrder(&part[i]))
		}
		out = append(out, v)
	})
	chunks(r.Cancels, func(part []intake.Cancel, _ int) {
		v := floor.ImportOrders{Dry: dry}
		for _, x := range part {
			v.Cancels = append(v.Cancels, floor.CancelRow{Row: x.Row, Channel: x.Channel, ExternalID: x.ExternalID, Reason: x.Reason})
		}
		out = append(out, v)
	})
	return out
}

func newOrder(x *intake.Order) floor.NewOrder {
	by, _ := instant("", x.ShipBy)
	deliver, _ := instant("", x.DeliverBy)
	a := x.ShipTo
	n := floor.NewOrder{DeliverBy: deliver, Row: x.Row, Channel: x.Channel, ExternalID: x.ExternalID, Service: x.Service, ShipBy: by,
		Priority: x.Priority, Currency: x.Currency, Hold: x.Hold, Reference: x.Reference, Hash: x.Fingerprint(),
		ShipTo: floor.Person{Name: a.Name, Company: a.Company, Lines: a.Lines, City: a.City, Region: a.Region,
			Postcode: a.Postcode, Country: a.Country, Phone: a.Phone, Email: a.Email, Note: x.Note}}
	for _, l := range x.Lines {
		n.Lines = append(n.Lines, floor.NewLine{SKU: floor.SKU(l.SKU), Qty: l.Qty, PriceCents: l.PriceCents})
	}
	return n
}

func template(c *call) error {
	name := strings.TrimSuffix(c.Params("name"), ".csv")
	b := intake.Template(name)
	if b == nil {
		return c.problem(&floor.Error{Kind: floor.NotFound, Code: "no_template", Say: "there are templates of items, bins, stock, orders and rates"})
	}
	c.Set("Content-Type", csvFile)
	c.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	return c.Send(b)
}

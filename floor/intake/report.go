package intake

import (
	"fmt"
	"sort"
	"time"
)

// Limits of what is read. Every one has a test that reaches it.
const (
	RowLimit      = 200_000    // data rows of one file, unless Options say less
	ByteLimit     = 64 << 20   // bytes of one file
	ColumnLimit   = 200        // columns of a table
	LineLimit     = 2000       // lines of one order
	SKULimit      = 64         // characters of a SKU, bin code, lot, serial, barcode, service
	ExternalLimit = 128        // characters of a shop's order number
	NameLimit     = 200        // characters of a name
	AddressLimit  = 100        // characters of an address line
	AddressLines  = 6          // lines of an address
	PostcodeLimit = 32         // characters of a postcode
	PhoneLimit    = 64         // characters of a phone number
	NoteLimit     = 2000       // characters of an order's note
	QtyLimit      = 1_000_000  // units of one line
	BarcodeLimit  = 20         // barcodes of one item
	SerialLimit   = 1000       // serials of one stock row
	WeightLimitG  = 10_000_000 // grams of one item
	SizeLimitMM   = 20_000     // millimetres of one side of an item
	MoneyLimit    = 1_000_000_000_00
)

// Options say what a file leaves open.
type Options struct {
	Channel         string         // of orders that name none; else the format's own name
	DefaultCurrency string         // of prices that name none
	DefaultTZ       *time.Location // of times that name no zone; nil is UTC
	Service         string         // of prices that name none
	MoveDays        int            // of demand: its days count as so many days later
	MaxRows         int            // at most this many data rows; 0 is RowLimit
}

// Fault is one thing wrong with a file, or one thing handled by rule (a note).
type Fault struct {
	Row    int    `json:"row"` // the line in the file, the header being 1; in JSON the order's number from 1; 0: the file
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail"`
	Ref    string `json:"ref,omitempty"` // the order, SKU or bin it belongs to
}

// Report is all that a file held.
type Report struct {
	Orders         []Order         `json:"orders,omitempty"`
	Items          []Item          `json:"items,omitempty"`
	Bins           []Bin           `json:"bins,omitempty"`
	Stock          []Adjustment    `json:"stock,omitempty"`
	Cancels        []Cancel        `json:"cancels,omitempty"`
	PurchaseOrders []PurchaseOrder `json:"purchases,omitempty"`
	Returns        []Return        `json:"returns,omitempty"`
	ReturnCancels  []ReturnCancel  `json:"return_cancels,omitempty"`
	Demand         []DayDemand     `json:"demand,omitempty"`
	Rates          []Rate          `json:"rates,omitempty"`
	Faults         []Fault         `json:"faults,omitempty"`
	Notes          []Fault         `json:"notes,omitempty"` // handled by rule, no error
}

// Order is what a shop wants sent to one person. Row is the first line that speaks of it.
type Order struct {
	Row        int     `json:"row"`
	Channel    string  `json:"channel"`
	ExternalID string  `json:"external_id"`
	Reference  string  `json:"reference,omitempty"` // what the shop shows people, such as #1001
	Placed     string  `json:"placed,omitempty"`    // RFC 3339, UTC
	ShipTo     Address `json:"ship_to"`
	Service    string  `json:"service,omitempty"`
	ShipBy     string  `json:"ship_by,omitempty"` // RFC 3339, UTC
	DeliverBy  string  `json:"deliver_by,omitempty"`
	Priority   int     `json:"priority,omitempty"`
	Currency   string  `json:"currency,omitempty"`
	Lines      []Line  `json:"lines"`
	Note       string  `json:"note,omitempty"`
	Hold       string  `json:"hold,omitempty"` // why it must wait, or nothing
}

// Line is one wanted item. PriceCents is for one unit, in the smallest coin of the order's currency.
type Line struct {
	Row        int    `json:"row"`
	SKU        string `json:"sku"`
	Qty        int64  `json:"qty"`
	PriceCents int64  `json:"price_cents"`
	Name       string `json:"name,omitempty"`
}

// Address is where an order goes.
type Address struct {
	Name     string   `json:"name,omitempty"`
	Company  string   `json:"company,omitempty"`
	Lines    []string `json:"lines,omitempty"`
	City     string   `json:"city,omitempty"`
	Region   string   `json:"region,omitempty"`
	Postcode string   `json:"postcode,omitempty"`
	Country  string   `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Phone    string   `json:"phone,omitempty"`
	Email    string   `json:"email,omitempty"`
}

// Item is a thing the warehouse keeps.
type Item struct {
	Row        int       `json:"row"`
	SKU        string    `json:"sku"`
	Name       string    `json:"name"`
	Barcodes   []Barcode `json:"barcodes,omitempty"`
	SizeMM     [3]int64  `json:"size_mm"` // length, width, height
	WeightG    int64     `json:"weight_g"`
	Tracking   string    `json:"tracking"` // none, lot or serial
	Expiry     bool      `json:"expiry"`
	CostCents  int64     `json:"cost_cents"`
	PriceCents int64     `json:"price_cents"`
	Category   string    `json:"category,omitempty"`
	KeepFlat   bool      `json:"keep_flat"`
	Hazard     string    `json:"hazard,omitempty"`
	Customs    Customs   `json:"customs,omitzero"`
	Dangerous  Dangerous `json:"dangerous,omitzero"`
}

// Barcode is one code of an item; scanning it counts as Qty units.
type Barcode struct {
	Code string `json:"code"`
	Qty  int64  `json:"qty"`
}

// Bin is a place that holds stock.
type Bin struct {
	Row        int    `json:"row"`
	Code       string `json:"code"`
	Kind       string `json:"kind"`
	Zone       string `json:"zone,omitempty"`
	Aisle      int    `json:"aisle"`
	Cell       int    `json:"cell"`
	Level      int    `json:"level"`
	MaxWeightG int64  `json:"max_weight_g"`
}

// Rate is what a service costs in one zone between two weights, from a day on.
type Rate struct {
	Row           int    `json:"row"`
	Service       string `json:"service"`
	From          string `json:"valid_from"` // 2026-02-28
	Zone          string `json:"zone,omitempty"`
	Country       string `json:"country,omitempty"`
	Postcode      string `json:"postcode,omitempty"`
	FromG         int64  `json:"from_g"`
	ToG           int64  `json:"to_g"`
	PriceCents    int64  `json:"price_cents"`
	Currency      string `json:"currency"`
	StepG         int64  `json:"step_g,omitempty"`
	StepCents     int64  `json:"step_cents,omitempty"`
	FuelBP        int64  `json:"fuel_bp,omitempty"` // hundredths of a percent
	RemoteCents   int64  `json:"remote_cents,omitempty"`
	HazardCents   int64  `json:"hazard_cents,omitempty"`
	OversizeCents int64  `json:"oversize_cents,omitempty"`
	OversizeMM    int64  `json:"oversize_mm,omitempty"`
	Divisor       int64  `json:"volumetric_divisor,omitempty"`
}

// Adjustment brings goods into a bin (+) or takes them away (-).
type Adjustment struct {
	Row     int      `json:"row"`
	Bin     string   `json:"bin"`
	SKU     string   `json:"sku"`
	Qty     int64    `json:"qty"`
	Lot     string   `json:"lot,omitempty"`
	Expiry  string   `json:"expiry,omitempty"` // 2026-02-28
	Serials []string `json:"serials,omitempty"`
	Reason  string   `json:"reason,omitempty"`
}

// Cancel is a shop's word that an order is no more.
type Cancel struct {
	Row        int    `json:"row"`
	Channel    string `json:"channel"`
	ExternalID string `json:"external_id"`
	Reason     string `json:"reason"`
}

// clerk reads one file and writes its report.
type clerk struct {
	Report
	o Options
}

func (c *clerk) fault(row int, ref, code, field, detail string) {
	c.Faults = append(c.Faults, Fault{row, code, field, detail, ref})
}

func (c *clerk) note(row int, ref, code, field, detail string) {
	c.Notes = append(c.Notes, Fault{row, code, field, detail, ref})
}

func (c *clerk) channel(format string) string {
	if c.o.Channel != "" {
		return c.o.Channel
	}
	return format
}

func (c *clerk) zone() *time.Location {
	if c.o.DefaultTZ != nil {
		return c.o.DefaultTZ
	}
	return time.UTC
}

func (c *clerk) maxRows() int {
	if c.o.MaxRows > 0 {
		return min(c.o.MaxRows, RowLimit)
	}
	return RowLimit
}

// tooLong refuses a file that is larger than any file we mean to read.
func (c *clerk) tooLong(data []byte) bool {
	if len(data) <= ByteLimit {
		return false
	}
	c.fault(0, "", "too_large", "", fmt.Sprintf("the file has %d bytes; at most %d", len(data), ByteLimit))
	return true
}

// done puts faults and notes in the order of the file, as a person reads them beside it.
func (c *clerk) done() Report {
	for _, list := range [][]Fault{c.Faults, c.Notes} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Row < list[j].Row })
	}
	sort.SliceStable(c.Orders, func(i, j int) bool { return c.Orders[i].Row < c.Orders[j].Row })
	sort.SliceStable(c.Cancels, func(i, j int) bool { return c.Cancels[i].Row < c.Cancels[j].Row })
	return c.Report
}

package devices

import "floorline/floor"

// shape is what a route takes and gives, for its description. The types are the very ones that the handlers
// decode and send.
type shape struct {
	about  string
	in     any      // of the JSON body; nil: none
	need   []string // keys that the body must have
	file   string   // the media type of a body that is a file
	status string   // 200 where nothing stands; two where something is made or was there
	out    any      // of the JSON answer; nil: none
	bytes  string   // the media type of an answer that is a document
	list   bool     // a page of out
	query  []string
	tagged bool // it has an ETag: If-Match is heard by PUT, and wanted by PATCH and DELETE
}

// Answers that no handler has a type for.
type (
	claimedView struct {
		Token string `json:"token"`
		ID    string `json:"id"`
	}
	pairingView struct {
		Code string `json:"code"`
		URL  string `json:"url"`
		QR   string `json:"qr_svg_url"`
	}
	pairedView struct {
		ID      floor.DeviceID `json:"id"`
		Name    string         `json:"name"`
		Kind    string         `json:"kind"`
		Printer string         `json:"printer"`
		Token   string         `json:"token"`
	}
	signedInView struct {
		Worker *floor.WorkerView `json:"worker"`
	}
	adjustedView struct {
		SKU  floor.SKU         `json:"sku"`
		Bin  floor.BinCode     `json:"bin"`
		Rows []floor.StockView `json:"rows"`

		Waiting *floor.AdjustmentView `json:"waiting,omitempty"` // for a second person: nothing is moved yet
	}
	totesView struct {
		Codes []floor.ToteCode `json:"codes"`
	}
	resetView struct {
		Resetting bool `json:"resetting"`
		RetryS    int  `json:"retry_s"`
	}
)

const (
	pdfFile   = "application/pdf"
	plainText = "text/plain"
)

var (
	paged   = []string{"limit", "cursor", "q"}
	byState = []string{"limit", "cursor", "q", "status"}
	sized   = []string{"size", "dpi"}
	marked  = []string{"mark", "air", "small", "size", "dpi"}
)

// shapes describe the routes of the table, by method and path.
func shapes() map[string]shape {
	out := map[string]shape{}
	for _, some := range []map[string]shape{aboutThemselves(), aboutPeople(), aboutGoods(), aboutOrders(), aboutWork(), aboutTrucks(), aboutCarriers(), aboutReturns()} {
		for path, s := range some {
			out[path] = s
		}
	}
	return out
}

func aboutThemselves() map[string]shape {
	return map[string]shape{
		"GET /trust":                         {about: "How a device comes to trust this server, step by step.", bytes: "text/html"},
		"GET /trust.css":                     {about: "Its looks.", bytes: "text/css"},
		"GET /trust.svg":                     {about: "Its address as a QR code, for another device.", bytes: "image/svg+xml"},
		"GET /ca.pem":                        {about: "The house's own authority as PEM; 404 with a certificate that was brought.", bytes: "application/x-pem-file"},
		"GET /ca.crt":                        {about: "The same as DER, for Android and Windows.", bytes: "application/x-x509-ca-cert"},
		"GET /floorline.mobileconfig":        {about: "The same as a profile for iPhone and iPad.", bytes: "application/x-apple-aspen-config"},
		"GET /healthz":                       {about: "Is the process alive?", bytes: plainText},
		"GET /readyz":                        {about: "Can work be done? In plain words; 503 when not.", bytes: plainText},
		"GET /metrics":                       {about: "Figures for Prometheus.", bytes: plainText},
		"GET /api/openapi.json":              {about: "This description.", bytes: "application/json"},
		"GET /api/asyncapi.json":             {about: "The description of the socket.", bytes: "application/json"},
		"GET /api/docs":                      {about: "Both, as a page to read.", bytes: "text/html"},
		"GET /api/docs.css":                  {about: "Its looks.", bytes: "text/css"},
		"GET /api/v1/socket":                 {about: "The socket, subprotocol floorline.v1; /api/asyncapi.json says more.", status: "101"},
		"GET /api/v1/demo/sheet.pdf":         {about: "Every code needed to try everything with a scanner. Demo only.", bytes: pdfFile},
		"POST /api/v1/demo/reset":            {about: "Bring the demo back to its first morning. Demo only.", status: "202", out: resetView{}},
		"GET /api/v1/floor":                  {about: "The live floor in one answer.", out: floorOverview{}},
		"GET /api/v1/events":                 {about: "The journal, without personal data.", out: eventView{}, list: true, query: []string{"since", "limit"}},
		"GET /api/v1/exceptions":             {about: "What a person must look at.", out: exceptionRow{}, list: true, query: paged},
		"POST /api/v1/exceptions/:id/close":  {about: "Somebody has seen to it.", in: noteBody{}, status: "204"},
		"GET /api/v1/prints":                 {about: "Labels on their way to printers.", out: floor.PrintView{}, list: true, query: byState},
		"POST /api/v1/prints/:id/retry":      {about: "Print a job again that failed or may not have come out.", out: floor.PrintView{}},
		"POST /api/v1/prints":                {about: "Print a label or document: what is label, slip, customs, invoice, hazard, return, logistics, bin, tote, item or test, id is whose. At a station without printer: on its own.", in: printBody{}, need: []string{"what"}, status: "201", out: floor.PrintsAsked{}},
		"POST /api/v1/prints/:id/reroute":    {about: "Give a job that waits, failed or is unknown to another printer; without one to the fallback.", in: printTo{}, out: floor.PrintView{}},
		"POST /api/v1/prints/:id/reprint":    {about: "Print the same once more, as the next copy.", in: printTo{}, status: "201", out: floor.PrintView{}},
		"POST /api/v1/prints/:id/void":       {about: "Nobody needs it any more.", out: floor.PrintView{}},
		"GET /api/v1/printers":               {about: "The printers, how they are, and how long their lines are.", out: floor.PrinterView{}, list: true, query: paged},
		"GET /api/v1/printers/:code":         {about: "One printer, with its ETag.", out: floor.PrinterView{}},
		"PUT /api/v1/printers/:code":         {about: "Set up a printer: raw at host:9100 to 9109, or ipp://host:631/ipp/print.", in: printerBody{}, need: []string{"address", "kind"}, status: "201 200", out: floor.PrinterView{}, tagged: true},
		"DELETE /api/v1/printers/:code":      {about: "Take a printer away that nobody prints on. Wants If-Match (428).", status: "204", tagged: true},
		"GET /api/v1/scanner/codes.pdf":      {about: "The three codes from which a device learns how its scanner types.", bytes: pdfFile, query: []string{"size", "dpi"}},
		"GET /api/v1/labels/:kind.pdf":       {about: "Labels of all bins, totes or items, on sheets or rolls, of open parcels, or as countsheet a blind count sheet, or as commands the cards that take the place of a bench's buttons, in a language; q narrows, bins names them, skip leaves out the used labels of a sheet.", bytes: pdfFile, query: []string{"q", "size", "dpi", "skip", "bins", "expected", "language"}},
		"GET /api/v1/templates/:name":        {about: "An example CSV: items.csv, bins.csv, stock.csv, orders.csv, demand.csv, purchases.csv, returns.csv or rates.csv.", bytes: "text/csv"},
		"POST /hooks/:platform":              {about: "A shop's webhook, signed over the raw body: shopify or woocommerce. Besides orders it takes what is to come back: Shopify's returns/approve, reopen, cancel and decline and refunds/create, WooCommerce's refunds under the topics refund.created and refund.deleted.", file: "application/json", out: importView{}},
		"POST /api/v1/hooks/:platform":       {about: "The same under the API's own path.", file: "application/json", out: importView{}},
		"GET /api/v1/devices/pairings/:code": {about: "A pairing code as a QR picture; end it with .svg.", bytes: "image/svg+xml"},
	}
}

func aboutPeople() map[string]shape {
	return map[string]shape{
		"POST /api/v1/claim":         {about: "The first admin, by the one-time code that the server printed.", in: claimBody{}, need: []string{"code", "name", "pin"}, status: "201", out: signedInView{}},
		"POST /api/v1/sessions":      {about: "Sign a person in at a browser, by name or badge, and PIN. Sets a cookie.", in: signInBody{}, status: "201", out: signedInView{}},
		"DELETE /api/v1/sessions":    {about: "Sign out.", status: "204"},
		"GET /api/v1/me":             {about: "Who asks, and where.", out: meView{}},
		"POST /api/v1/tokens":        {about: "A token for a program. Shown once.", in: tokenBody{}, need: []string{"name", "roles"}, status: "201", out: claimedView{}},
		"DELETE /api/v1/tokens/:id":  {about: "Make a token worth nothing.", status: "204"},
		"GET /api/v1/workers":        {about: "The workers.", out: floor.WorkerView{}, list: true, query: paged},
		"POST /api/v1/workers":       {about: "A new worker. The badge is shown once.", in: workerBody{}, need: []string{"name", "roles"}, status: "201", out: floor.WorkerView{}},
		"GET /api/v1/workers/:id":    {about: "One worker, with the ETag.", out: floor.WorkerView{}},
		"PATCH /api/v1/workers/:id":  {about: "Change a worker, give a new badge, or let one go. Wants If-Match (428).", in: workerChange{}, out: floor.WorkerView{}, tagged: true},
		"POST /api/v1/devices":       {about: "Pair a device by a one-time code. The token is shown once.", in: pairBody{}, need: []string{"pairing_code"}, status: "201", out: pairedView{}},
		"GET /api/v1/devices":        {about: "The paired devices, which are there, and how they are.", out: pairedDevice{}, list: true, query: paged},
		"GET /api/v1/devices/:id":    {about: "One device, with its ETag.", out: pairedDevice{}},
		"PUT /api/v1/devices/:id":    {about: "Name a device or give it a printer or a scale. With If-Match only what you have seen.", in: deviceBody{}, out: floor.DeviceView{}, tagged: true},
		"DELETE /api/v1/devices/:id": {about: "Unpair a device; its socket closes at once. Wants If-Match (428).", status: "204", tagged: true},
		"PUT /api/v1/devices/:id/scanner": {about: "What the calibration of a device's scanner learned. The device itself may tell it; so may leads.", in: scannerBody{},
			need: []string{"terminator", "delivery", "decode"}, out: floor.DeviceView{}},
		"DELETE /api/v1/devices/:id/scanner":     {about: "Forget what a calibration learned.", status: "204"},
		"POST /api/v1/devices/:id/scanner/drift": {about: "The scanner types otherwise than it was calibrated: terminator, aim, prefix, keyboard or caps; none: it agrees again.", in: driftBody{}, need: []string{"drift"}, out: floor.DeviceView{}},
		"POST /api/v1/devices/:id/unlock":        {about: "Let people sign in again where too many wrong PINs were given.", status: "204"},
		"POST /api/v1/devices/pairings":          {about: "A one-time pairing code, good for ten minutes.", in: pairingBody{}, status: "201", out: pairingView{}},
		"POST /api/v1/scans":                     {about: "A device's scans after time offline: frames as on the socket, verdicts back. Stops at the first gap.", in: []deviceFrame{}, out: listOfAny{verdictFrame{}, resendFrame{}}},
	}
}

func aboutGoods() map[string]shape {
	return map[string]shape{
		"GET /api/v1/site":                                 {about: "The warehouse itself.", out: floor.Site{}},
		"PUT /api/v1/site":                                 {about: "Its name, sender's address, GS1 prefix, time zone and currency.", in: siteBody{}, need: []string{"name"}, out: floor.Site{}},
		"POST /api/v1/aisles/:n/block":                     {about: "Nobody can walk this aisle: pick lists go round it.", in: aisleBody{}, out: floor.BlockedAisles{}},
		"POST /api/v1/aisles/:n/open":                      {about: "It can be walked again.", in: aisleBody{}, out: floor.BlockedAisles{}},
		"POST /api/v1/stock/holds":                         {about: "Keep stock from being sold (held, damaged), or sell it again (good): all of an item, or what bin, lot or serial narrow it to. promised is what orders were promised of it before.", in: holdBody{}, out: floor.Holding{}},
		"POST /api/v1/stock/moves":                         {about: "Bring goods from one bin to another.", in: moveBody{}, status: "201", out: adjustedView{}},
		"GET /api/v1/purchases":                            {about: "What was bought and is to come, or came.", out: floor.PurchaseOrderView{}, list: true, query: byState},
		"POST /api/v1/purchases":                           {about: "Announce goods. The same supplier's number again gives the same purchase with 200. pallets are announced by SSCC, and taken in by one scan.", in: purchaseOrderBody{}, need: []string{"external_id", "lines"}, status: "200 201", out: floor.PurchaseOrderView{}},
		"GET /api/v1/purchases/:id":                        {about: "A purchase with what came of it.", out: floor.PurchaseOrderView{}},
		"POST /api/v1/purchases/:id/end":                   {about: "No more comes of it.", out: floor.PurchaseOrderView{}},
		"GET /api/v1/counts":                               {about: "The plan of counts: what is being counted, what waits for a second person's word, which bins are due, and how right the books were.", out: countsView{}},
		"POST /api/v1/counts":                              {about: "Have bins counted: those named, all in which an item lies, or so many of those that are due.", in: planCountsBody{}, status: "201", out: countList{}},
		"POST /api/v1/counts/:id/judge":                    {about: "A second person's word on a count that differs: book, again or cancel.", in: judgeBody{}, need: []string{"verb"}, out: floor.CountView{}},
		"GET /api/v1/replenishments":                       {about: "What is being brought from reserve to the pick bins, what orders wait for first, and what is due and not planned yet.", out: replenishList{}},
		"POST /api/v1/replenishments":                      {about: "Have goods brought from reserve to the pick bins: all that is due, or so much of one item.", in: replenishBody{}, status: "201", out: planned{}},
		"PUT /api/v1/counts/rule":                          {about: "How large a difference is booked without a second person.", in: floor.Counting{}, out: floor.Counting{}},
		"GET /api/v1/reorder":                              {about: "What is to be bought, the most pressing first: the need of every item, from the demand of its past and what is there. pending counts items that are still being reckoned.", out: reorderList{}, query: []string{"q", "advice", "abc"}},
		"GET /api/v1/reorder.csv":                          {about: "The same as a table, of all items.", bytes: "text/csv", query: []string{"q", "advice", "abc"}},
		"PUT /api/v1/reorder/policy":                       {about: "How the house buys; what is left out is as usual.", in: floor.Buying{}, out: floor.Buying{}},
		"GET /api/v1/items/:sku/demand":                    {about: "What was asked for of an item, week by week, what is expected, and what it needs.", out: demandView{}},
		"GET /api/v1/cutoffs":                              {about: "What each collection still waits for, when it is done at the pace the house works at, which orders will miss it, and what to release next.", out: floor.CutoffBoard{}},
		"GET /api/v1/layout":                               {about: "The grid of the walk.", out: layoutBody{}},
		"PUT /api/v1/layout":                               {about: "Set the grid of the walk, as the route planner takes it. With If-Match only what you have seen.", in: layoutBody{}, need: []string{"aisles", "cells", "cross_aisles"}, out: layoutBody{}, tagged: true},
		"GET /api/v1/floorplan":                            {about: "The floor from above: the grid, its bins with how many lines were picked from each, and where the workers were last.", out: floorplanView{}},
		"PUT /api/v1/services/:code":                       {about: "Which carrier runs a service, and when it collects: `cutoff` 16:00 in the site's own time, on `days` mon to sun, or every day; `zones` with their promised days, `rules` of what it takes, `numbers` that the carrier allotted. An unknown service is its own carrier.", in: serviceBody{}, need: []string{"carrier"}, status: "200 201", out: floor.Service{}},
		"PUT /api/v1/channels/:code":                       {about: "A shop, and the secret that signs its webhooks, which is never shown. hook_url hears what its returns came to, signed with the same secret in X-Floorline-Hmac-Sha256.", in: channelBody{}, need: []string{"platform"}, status: "200 201", out: floor.Channel{}},
		"GET /api/v1/items":                                {about: "The items. With weight=differs those of which clean parcels contradict the catalogue, with what they say.", out: itemRow{}, list: true, query: append([]string{"weight"}, paged...)},
		"GET /api/v1/items/:sku":                           {about: "One item, with its ETag.", out: floor.Item{}},
		"PUT /api/v1/items/:sku":                           {about: "Make or replace an item. With If-Match only what you have seen.", in: itemBody{}, need: []string{"name"}, status: "200 201", out: floor.Item{}, tagged: true},
		"GET /api/v1/bins":                                 {about: "The bins.", out: floor.Bin{}, list: true, query: paged},
		"GET /api/v1/bins/:code":                           {about: "One bin, with its ETag.", out: floor.Bin{}},
		"PUT /api/v1/bins/:code":                           {about: "Make or replace a bin.", in: binBody{}, status: "200 201", out: floor.Bin{}, tagged: true},
		"GET /api/v1/cartons":                              {about: "The cartons that parcels are packed in.", out: floor.Carton{}, list: true, query: paged},
		"PUT /api/v1/cartons/:code":                        {about: "Make or replace a carton.", in: cartonBody{}, status: "200 201", out: floor.Carton{}},
		"GET /api/v1/walls":                                {about: "The put walls with their slots.", out: floor.WallView{}, list: true, query: paged},
		"GET /api/v1/walls/:code":                          {about: "One put wall: what each slot holds, and which is lit because a unit in somebody's hand belongs into it.", out: floor.WallView{}},
		"PUT /api/v1/walls/:code":                          {about: "Make a put wall, or give it more slots. Slots are never taken away.", in: wallBody{}, need: []string{"slots"}, status: "200 201", out: floor.WallView{}},
		"GET /api/v1/totes":                                {about: "The totes.", out: floor.Tote{}, list: true, query: paged},
		"POST /api/v1/totes":                               {about: "New totes; the codes are what their labels say.", in: totesBody{}, need: []string{"count"}, status: "201", out: totesView{}},
		"GET /api/v1/stock":                                {about: "What lies where, and for which orders: all of it, or what is of an item, a lot or a serial, or in a bin, a tote or a parcel.", out: floor.StockView{}, list: true, query: []string{"limit", "cursor", "q", "sku", "bin", "tote", "parcel", "lot", "serial"}},
		"GET /api/v1/stock/movements":                      {about: "What happened, movement by movement, to an item, a lot or a serial of it (sku with lot or serial), in a bin, a tote or a parcel (sku narrows it), or with a receipt, an announced pallet (sscc) or a return. sort is newest (first, as usual) or oldest. Goods of orders that left memory are in it.", out: movementView{}, list: true, query: []string{"limit", "cursor", "sort", "sku", "lot", "serial", "bin", "tote", "parcel", "receipt", "sscc", "return"}},
		"GET /api/v1/stock/recall":                         {about: "What became of a lot of an item, or of one unit by its serial: who brought it, what is still here and for whom, which orders and parcels got how many, what came back. Units whose lot nobody captured are told apart as maybe. Keep what is here by POST /stock/holds.", out: recallView{}, query: []string{"sku", "lot", "serial"}},
		"GET /api/v1/stock/recall.csv":                     {about: "All of it as a table, with who to write to.", bytes: "text/csv", query: []string{"sku", "lot", "serial"}},
		"GET /api/v1/lookup":                               {about: "What a scanned or typed code is: item, lot, serial, bin, tote, order, list, parcel, pallet, truck, purchase, receipt or return, now or before. Changes nothing.", out: lookedUp{}, query: []string{"code"}},
		"POST /api/v1/stock/adjustments":                   {about: "Bring units in or write them off, with a reason. What a person does beyond the house's limit answers 202 and waits for another's word.", in: adjustmentBody{}, need: []string{"bin", "sku", "qty", "reason"}, status: "201 202", out: adjustedView{}},
		"GET /api/v1/stock/adjustments":                    {about: "The limit of one person's word, the adjustments that wait for a second, and those that had one of late.", out: adjustmentsView{}},
		"POST /api/v1/stock/adjustments/:id/judge":         {about: "A second person's word on an adjustment that waits: approve or refuse. Whoever asked for it does not approve it, and a token is nobody.", in: judgeAdjustmentBody{}, need: []string{"verb"}, out: floor.AdjustmentView{}},
		"PUT /api/v1/stock/adjustments/rule":               {about: "How many units or how much worth one person adjusts alone; 0 is any.", in: floor.Adjusting{}, out: floor.Adjusting{}},
		"GET /api/v1/goods-in":                             {about: "How goods come in: the house's rule, what stands where it came in and since when, and how long goods took from there to their shelves, by day: units (n) and their minutes (sum).", out: goodsInView{}},
		"PUT /api/v1/goods-in/rule":                        {about: "What is printed at the door by itself (none, unit, lot), and whether who counts there is told how many were bought.", in: floor.Receiving{}, out: floor.Receiving{}},
		"GET /api/v1/receipts":                             {about: "The deliveries, announced or not.", out: floor.ReceiptView{}, list: true, query: byState},
		"GET /api/v1/receipts/:id":                         {about: "A delivery: what came, how many labels it got, and on which pallets.", out: floor.ReceiptView{}},
		"GET /api/v1/receipts/:id/labels.pdf":              {about: "Labels for what came, one for each unit, with its lot, expiry day or serial; sku narrows it.", bytes: pdfFile, query: []string{"sku", "size", "dpi"}},
		"GET /api/v1/receipts/:id/pallets/:sscc/label.pdf": {about: "The logistic label of a pallet that came.", bytes: pdfFile, query: sized},
		"POST /api/v1/imports/:kind":                       {about: "A CSV of items, bins, stock, orders or rates. A bad row keeps its own record out whole; the rest goes in. Demand is a table of sku, day and qty, or a file of past orders in any format: of those only what was asked for on each day is kept. With day and as, that day of the file counts as another (as=yesterday), and all others with it.", file: "text/csv", out: importView{}, query: []string{"dry_run", "format", "create_items", "day", "as"}},
		"POST /api/v1/imports":                             {about: "A file of orders. Sending it again changes nothing.", file: "application/octet-stream", out: importView{}, query: []string{"format", "channel", "dry_run", "create_items"}},
		"GET /api/v1/orders/:id/slip.pdf":                  {about: "The packing slip.", bytes: pdfFile, query: sized},
	}
}

func aboutOrders() map[string]shape {
	return map[string]shape{
		"GET /api/v1/orders":                {about: "The orders that are not long closed.", out: orderRow{}, list: true, query: []string{"limit", "cursor", "q", "status", "channel", "external_id"}},
		"POST /api/v1/orders":               {about: "One order. The same channel and external_id again give the same order with 200.", in: orderBody{}, need: []string{"channel", "external_id", "lines"}, status: "200 201", out: floor.OrderView{}},
		"GET /api/v1/orders/:id":            {about: "An order with its lines, parcels and timeline; the address only for those with the right.", out: floor.OrderView{}},
		"POST /api/v1/orders/:id/cancel":    {about: "Cancel an order that has not left. Goods picked become a task.", in: reasonBody{}, out: floor.OrderView{}},
		"POST /api/v1/orders/:id/hold":      {about: "Keep an order back.", in: reasonBody{}, out: floor.OrderView{}},
		"POST /api/v1/orders/:id/send-part": {about: "Send an order that is held short with the goods that were picked for it; the rest follows as an order of its own.", out: floor.OrderView{}},
		"POST /api/v1/orders/:id/unhold":    {about: "Let it go on.", out: floor.OrderView{}},
		"POST /api/v1/orders/:id/put-back":  {about: "A cancelled order's goods are in this bin again.", in: putBackBody{}, need: []string{"bin"}, out: floor.OrderView{}},
	}
}

func aboutWork() map[string]shape {
	return map[string]shape{
		"GET /api/v1/waves":                        {about: "The waves.", out: floor.WaveView{}, list: true, query: byState},
		"POST /api/v1/waves":                       {about: "Release orders to be picked: discrete, cluster, batch or zone.", in: waveBody{}, status: "201", out: floor.WaveView{}},
		"POST /api/v1/waves/:id/orders":            {about: "Bring waiting orders to a wave that is still picked, on lists of their own.", in: waveOrders{}, need: []string{"orders"}, out: floor.WaveView{}},
		"DELETE /api/v1/waves/:id/orders/:order":   {about: "Take an order that nobody has begun off its wave: it waits again.", out: floor.WaveView{}},
		"GET /api/v1/auto-release":                 {about: "How the house releases by itself.", out: floor.AutoRelease{}},
		"PUT /api/v1/auto-release":                 {about: "Have waves released by themselves whenever fewer lists wait than people pick.", in: floor.AutoRelease{}, out: floor.AutoRelease{}},
		"GET /api/v1/waves/:id":                    {about: "One wave.", out: floor.WaveView{}},
		"GET /api/v1/picklists":                    {about: "The pick lists.", out: floor.PickListView{}, list: true, query: byState},
		"GET /api/v1/picklists/:id":                {about: "One pick list with its lines in walking order.", out: floor.PickListView{}},
		"GET /api/v1/picklists/:id/walk":           {about: "Its walk over the floor: corner points to draw, how long it is, and how long it would be in the order of the bins' names. In the layout's own unit.", out: walkView{}},
		"GET /api/v1/picklists/:id.pdf":            {about: "The same on paper.", bytes: pdfFile, query: sized},
		"GET /api/v1/parcels":                      {about: "The parcels.", out: floor.ParcelView{}, list: true, query: byState},
		"GET /api/v1/parcels/:id":                  {about: "One parcel, by its id, tracking number or SSCC, with the papers that it needs.", out: parcelWithPapers{}},
		"GET /api/v1/parcels/:id/label.pdf":        {about: "Its shipping label.", bytes: pdfFile, query: sized},
		"GET /api/v1/parcels/:id/label.zpl":        {about: "Its shipping label for a thermal printer.", bytes: plainText, query: sized},
		"GET /api/v1/parcels/:id/customs.pdf":      {about: "Its customs declaration, CN22 or CN23; 404 where it crosses no customs border, 409 naming all data that lacks.", bytes: pdfFile, query: sized},
		"GET /api/v1/parcels/:id/customs.zpl":      {about: "The same for a thermal printer.", bytes: plainText, query: sized},
		"GET /api/v1/parcels/:id/invoice.pdf":      {about: "Its commercial invoice, for customs.", bytes: pdfFile, query: sized},
		"GET /api/v1/parcels/:id/hazard.pdf":       {about: "The marks of dangerous goods that it carries: all, or the one named by mark; for carriage by air with air=true, on a package too small for the full size with small=true.", bytes: pdfFile, query: marked},
		"GET /api/v1/parcels/:id/hazard.zpl":       {about: "The same for a thermal printer.", bytes: plainText, query: marked},
		"GET /api/v1/parcels/:id/return.pdf":       {about: "The label that brings it back to this house.", bytes: pdfFile, query: sized},
		"GET /api/v1/parcels/:id/return.zpl":       {about: "The same for a thermal printer.", bytes: plainText, query: sized},
		"POST /api/v1/parcels/:id/tracking-events": {about: "A carrier's word: in_transit, delivered or exception.", in: trackingBody{}, need: []string{"status"}, out: floor.ParcelView{}},
		"GET /api/v1/manifests":                    {about: "The manifests.", out: floor.ManifestView{}, list: true, query: byState},
		"POST /api/v1/manifests":                   {about: "Begin to load a carrier's truck.", in: manifestBody{}, need: []string{"carrier"}, status: "201", out: floor.ManifestView{}},
		"GET /api/v1/manifests/:id":                {about: "One manifest.", out: floor.ManifestView{}},
		"GET /api/v1/manifests/:id.pdf":            {about: "The paper that the driver signs.", bytes: pdfFile, query: sized},
		"POST /api/v1/manifests/:id/close":         {about: "The truck leaves; its orders are dispatched. What is not on board waits for the next collection.", out: floor.ManifestView{}},
	}
}

func aboutTrucks() map[string]shape {
	return map[string]shape{
		"GET /api/v1/manifests/:id.csv":           {about: "Its parcels as a table: numbers, order, service, weight, where to, pallet, when it was loaded and by whom.", bytes: csvFile},
		"POST /api/v1/manifests/:id/reopen":       {about: "Take back a closing, within 30 minutes and while the carrier has said nothing.", in: reasonBody{}, need: []string{"reason"}, out: floor.ManifestView{}},
		"POST /api/v1/manifests/:id/parcels":      {about: "Give packed parcels to this truck: no other takes them while it is open.", in: parcelsBody{}, need: []string{"parcels"}, out: floor.ManifestView{}},
		"POST /api/v1/manifests/:id/vehicle":      {about: "Note the vehicle's plate, its driver or its seal.", in: vehicleBody{}, out: floor.ManifestView{}},
		"POST /api/v1/manifests/:id/photos":       {about: "A photo of the load, as the bytes of a JPEG or a PNG: at most 8 MB and 12 megapixels. It is made anew; what the camera wrote into it is not kept.", file: "image/jpeg", status: "201", out: floor.ManifestView{}},
		"GET /api/v1/manifests/:id/photos/:n":     {about: "The n-th photo, from 1.", bytes: "image/jpeg"},
		"POST /api/v1/manifests/:id/signature":    {about: "The driver's signature: strokes of points within a field, and their name.", in: signatureBody{}, need: []string{"name", "width", "height", "strokes"}, status: "201", out: floor.ManifestView{}},
		"GET /api/v1/manifests/:id/signature.svg": {about: "The signature as a picture.", bytes: "image/svg+xml"},
		"GET /api/v1/pallets":                     {about: "The pallets.", out: floor.PalletView{}, list: true, query: byState},
		"POST /api/v1/pallets":                    {about: "Begin a pallet for a carrier. It gets its SSCC at once, and its label when it is closed.", in: palletBody{}, need: []string{"carrier"}, status: "201", out: floor.PalletView{}},
		"GET /api/v1/pallets/:id":                 {about: "One pallet, by its id or its SSCC.", out: floor.PalletView{}},
		"POST /api/v1/pallets/:id/reopen":         {about: "Fill a closed pallet further, or take parcels off it. It is labelled anew when it is closed.", out: floor.PalletView{}},
		"GET /api/v1/pallets/:id/label.pdf":       {about: "The logistic label of a closed pallet.", bytes: pdfFile, query: sized},
		"POST /api/v1/parcels/:id/reroute":        {about: "Send a packed parcel with another service. It gets a new label; the old one is void.", in: rerouteBody{}, need: []string{"service"}, out: floor.ParcelView{}},
	}
}

package intake

import "strings"

// examples are the rows under a template's header, as a person would fill them in.
var examples = map[string]struct {
	sheet *sheet
	rows  string
}{
	"orders": {&orderSheet, "webshop,10001,Ada Example,Example Ltd,1 Sample Street,,Springfield,IL,62701,US,+1 555 0100,ada@example.com,standard,2030-01-31,0,MUG-RED,2,7.50,USD,\n" +
		"webshop,10001,,,,,,,,,,,,,,TEA-GREEN,1,4.20,,\n"},
	"items": {&itemSheet, "MUG-RED,Red mug,9521234000013,9521234000112,6,,120,90,100,350,none,no,2.10,7.50,Kitchen,no,,691200,PT,Stoneware mug,,,,,,,\n" +
		"TEA-GREEN,Green tea 100 g,9521234000020,,,,150,80,60,120,lot,yes,1.35,4.20,Food,no,,090210,CN,Green tea,,,,,,,\n"},
	"bins": {&binSheet, "A-01-03,pick,A,0,3,1,150000\nSTAGE-1,stage,,0,0,0,\n"},
	"rates": {&rateSheet, "standard,2026-01-01,home,,,0,1000,399,EUR,,,12.5,,700,500,1200,5000\n" +
		"standard,2026-01-01,,FR,,1000,30000,899,EUR,1000,95,12.5,,,,,5000\n"},
	"purchases": {&purchaseOrderSheet, "PO-1001,Sample Mills,2030-01-31,MUG-RED,240,2.10,,,\nPO-1001,Sample Mills,2030-01-31,TEA-GREEN,48,1.35,395212340000000014,L2401,2031-06-30\n"},
	"returns":   {&returnSheet, "RMA-1001,10001,webshop,MUG-RED,2,damaged,refund\nRMA-1002,10002,webshop,TEA-GREEN,1,changed_mind,replacement\n"},
	"demand":    {&demandSheet, "MUG-RED,2029-12-01,14\nMUG-RED,2029-12-02,9\n"},
	"stock":     {&stockSheet, "A-01-03,MUG-RED,24,,,,first count\nA-01-04,TEA-GREEN,12,L2401,2031-06-30,,first count\n"},
}

// Template gives a CSV file with the header of a kind (items, bins, stock, orders, demand, purchases, returns, rates) and two rows to show how
// it is filled in; nil for any other kind.
func Template(kind string) []byte {
	e, ok := examples[kind]
	if !ok {
		return nil
	}
	return []byte(strings.Join(e.sheet.columns, ",") + "\n" + e.rows)
}

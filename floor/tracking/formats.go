package tracking

import (
	"regexp"
	"strings"
)

// format is one shape of a courier's numbers. Its pattern reads a number without spaces, from end to end; the groups
// "serial" and "check" are what the check digit is reckoned over and the digit itself, "service" is looked up.
type format struct {
	courier, name string
	pattern       *regexp.Regexp
	check         func(serial string) byte
	services      func(code string) string
	more          func(number string) bool // what a pattern cannot say
}

func shape(courier, name, pattern string) format {
	return format{courier: courier, name: name, pattern: regexp.MustCompile("^(?:" + pattern + ")$")}
}

func (f format) checked(check func(string) byte) format     { f.check = check; return f }
func (f format) served(services func(string) string) format { f.services = services; return f }
func (f format) only(more func(number string) bool) format  { f.more = more; return f }
func mod10(first, second int) func(string) byte {
	return func(s string) byte { return Mod10Check(s, first, second) }
}
func led(by string, check func(string) byte) func(string) byte {
	return func(s string) byte { return check(by + s) }
}
func fedex(weights ...int) func(string) byte {
	return func(s string) byte { return Mod11Mod10Check(s, weights...) }
}
func unlessLed(by string, check func(string) byte) func(string) byte {
	return func(s string) byte {
		if !strings.HasPrefix(s, by) {
			s = by + s
		}
		return check(s)
	}
}

// FedEx weighs 1, 7, 3 from the right.
var (
	fedexEleven   = []int{3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}
	fedexThirteen = []int{1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1}
)

// zip is the destination that USPS writes before a number: 420, five digits and perhaps four more.
const zip = `(?:420\d{5}(?:\d{4})?)?`

// formats in the order in which they are believed: what a random number is least likely to be comes first. So letters
// that only one courier writes come before letters that several do, and those before digits alone; among digits, the
// shape that demands more comes first. "best" of two couriers that could both have given out a number is the first here.
var formats = []format{
	shape("ups", "UPS", `1Z(?P<serial>[0-9A-Z]{6}(?P<service>[0-9A-Z]{2})[0-9A-Z]{7})(?P<check>\d)`).checked(mod10(1, 2)).served(upsService),
	shape("amazon", "Amazon Logistics", `TB[ACM](?P<serial>\d{12})`),
	shape("gofo", "GOFO Express", `GFUS(?P<serial>\d{14})`),
	shape("landmark", "Landmark Global", `LTN(?P<serial>\d{8})N1`),
	shape("lasership", "LaserShip 1LS7", `1LS7[12]\d{4}(?P<serial>\d{6})`),
	shape("lasership", "LaserShip 1LS7", `1LS7[12]\d\d01[1-4](?P<serial>\d{6})-1`),
	shape("lasership", "LaserShip 1LSCX", `1LSCX(?P<serial>[0-9A-Z]{10})`),
	shape("yunexpress", "YunExpress", `YT(?P<serial>\d{16})`),
	shape("yodel", "Yodel", `JJ?D(?P<serial>\d{16})`),
	shape("speedee", "Spee-Dee", `SP(?P<serial>\d{18})`),
	shape("lasership", "LaserShip LX", `L[AEHINX][1-3](?P<serial>\d{7})`),
	shape("canpar", "Canpar", `(?P<serial>[CDKLSUXZ]\d{21})`),
	shape("ontrac", "OnTrac", `C(?P<serial>\d{13})(?P<check>\d)`).checked(unlessLed("4", mod10(1, 2))),
	shape("ontrac", "OnTrac", `D(?P<serial>\d{13})(?P<check>\d)`).checked(unlessLed("5", mod10(1, 2))),
	shape("s10", "S10", `(?P<service>[A-Z]{2})(?P<serial>\d{8})(?P<check>\d)[A-Z]{2}`).checked(S10Check).served(s10Service).only(ofAPost),
	shape("ups", "UPS Waybill", `(?P<service>[AHJKTV])(?P<serial>\d{9})(?P<check>\d)`).checked(mod10(1, 2)).served(upsWaybill),
	shape("amazon", "Amazon International", `[ACF](?P<serial>\d{10})`),
	shape("purolator", "Purolator", `(?P<serial>[A-Z]{3}\d{9})`),
	shape("dhl", "DHL Express piece", `J[A-Z]{2,3}(?P<serial>\d{9,10})`),

	shape("usps", "USPS IMpb", zip+`(?P<serial>(?P<service>94)\d{3}(?:9\d{8}(?:\d{15}|\d{11}|\d{7})|[0-8]\d{5}(?:\d{14}|\d{10})))(?P<check>\d)`).
		checked(mod10(3, 1)).served(uspsLabel).only(zipFits),
	shape("usps", "USPS IMpb", zip+`(?P<serial>(?P<service>9[25])\d{3}9\d{8}(?:\d{11}|\d{7}))(?P<check>\d)`).
		checked(mod10(3, 1)).served(uspsLabel).only(zipFits),
	shape("usps", "USPS IMpb", zip+`(?P<serial>(?P<service>9[35])\d{3}[0-8]\d{5}(?:\d{14}|\d{10}))(?P<check>\d)`).
		checked(mod10(3, 1)).served(uspsLabel).only(zipFits),
	shape("usps", "USPS", zip+`(?P<serial>91(?P<service>\d{2})\d{17})(?P<check>\d)`).checked(mod10(3, 1)).served(uspsService),
	shape("fedex", "FedEx Ground 96", `96\d{5}(?P<serial>\d{14})(?P<check>\d)`).checked(mod10(1, 3)),
	shape("fedex", "FedEx Ground GSN", `96\d{2}\d{5}\d{10}\d(?P<serial>\d{13})(?P<check>\d)`).checked(fedex(fedexThirteen...)),
	shape("fedex", "FedEx Express ASTRA", `3\d{15}(?P<serial>\d{11})(?P<check>\d)\d{4}`).checked(fedex(fedexEleven...)),
	shape("fedex", "FedEx Express", `[0-8]\d{19}(?P<serial>\d{13})(?P<check>\d)`).checked(fedex(fedexThirteen...)),
	shape("usps", "USPS", `420\d{5}(?:\d{4})?(?P<serial>(?P<service>\d{2})\d{17})(?P<check>\d)`).checked(led("91", mod10(3, 1))).served(uspsService),
	shape("usps", "USPS", `(?P<serial>(?P<service>\d{2})\d{17})(?P<check>\d)`).checked(mod10(3, 1)).served(uspsService),
	shape("usps", "USPS", `(?P<serial>(?P<service>\d{2})\d{17})(?P<check>\d)`).checked(led("91", mod10(3, 1))).served(uspsService),
	shape("dpd", "DPD", `(?P<serial>\d{21}(?P<service>\d{3})\d{3})(?P<check>[0-9A-Z])`).checked(Mod37Check).served(dpdService),
	shape("fedex", "FedEx Ground SSCC", `(?P<serial>\d{17})(?P<check>\d)`).checked(mod10(3, 1)),
	shape("canada_post", "Canada Post", `(?P<serial>\d{15})(?P<check>\d)`).checked(mod10(3, 1)),
	shape("dpd", "DPD", `(?P<serial>\d{14})(?P<check>[0-9A-Z])`).checked(Mod37Check),
	shape("fedex", "FedEx Ground", `(?P<serial>\d{14})(?P<check>\d)`).checked(mod10(1, 3)),
	shape("purolator", "Purolator", `(?P<serial>[0-5]\d{10})(?P<check>\d)`).checked(LuhnCheck),
	shape("fedex", "FedEx Express", `(?P<serial>\d{11})(?P<check>\d)`).checked(fedex(fedexEleven...)),
	shape("old_dominion", "Old Dominion", `(?P<serial>(?:77[78]|072|780)\d{7})(?P<check>\d)`).checked(LuhnCheck),
	shape("old_dominion", "Old Dominion Guaranteed", `(?P<serial>80\d{8})(?P<check>\d)`).checked(LuhnCheck),
	shape("dhl", "DHL Express", `(?P<serial>\d{9,10})(?P<check>\d)`).checked(Mod7Check),
	// Without a check digit, and of letters that others write too: last.
	shape("dhl", "DHL eCommerce", `(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?P<serial>\d[0-9A-Z]{9,38})`).only(notS10),
	shape("dhl", "DHL eCommerce", `(?P<serial>\d{14})`),
}

// zipFits holds USPS to the lengths it writes: with a ZIP of five digits a number of 22 or 26, with one of nine only 22
// (USPS Publication 199, "Intelligent Mail Package Barcode", data field lengths).
func zipFits(number string) bool {
	if !strings.HasPrefix(number, "420") {
		return true
	}
	switch len(number) - len("420") - 5 {
	case 22, 26:
		return true
	}
	return false
}

// ofAPost holds an S10 number to the country whose post gave it out.
func ofAPost(number string) bool { return strings.Contains(posts, " "+number[len(number)-2:]+" ") }

var s10Shape = regexp.MustCompile(`^[A-Z]{2}\d{9}[A-Z]{2}$`)

// notS10 keeps an S10 number with a wrong check digit from passing as something that has none.
func notS10(number string) bool { return !s10Shape.MatchString(number) }

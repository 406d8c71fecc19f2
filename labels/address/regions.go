package address

import (
	"strings"
	"sync"
)

// shortRegion is the code that the post of a country writes for a region given by its name.
func shortRegion(country, region string) string {
	if code := shortRegions()[country+" "+strings.ToLower(strings.TrimSpace(region))]; code != "" {
		return code
	}
	return region
}

// isNation says of a region that shops send and no post writes: the nations of the United Kingdom.
func isNation(country, region string) bool {
	switch strings.ToUpper(strings.TrimSpace(region)) {
	case "ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND", "ENG", "SCT", "WLS", "NIR":
		return country == "GB"
	}
	return false
}

var shortRegions = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for country, list := range regionNames {
		for _, entry := range strings.Split(list, ",") {
			code, name, _ := strings.Cut(strings.TrimSpace(entry), " ")
			codes[country+" "+strings.ToLower(name)] = code
		}
	}
	return codes
})

// regionNames are the regions whose code stands before or after the postcode (USPS Publication 28, Canada
// Post's and Australia Post's addressing guides).
var regionNames = map[string]string{
	"US": `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware,
		DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
		KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi,
		MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York,
		NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
		SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
		WV West Virginia, WI Wisconsin, WY Wyoming`,
	"VI": "VI United States Virgin Islands, VI US Virgin Islands, VI Virgin Islands",
	"CA": `AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland and Labrador, NS Nova Scotia,
		NT Northwest Territories, NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, QC Québec, SK Saskatchewan, YT Yukon`,
	"AU": `ACT Australian Capital Territory, NSW New South Wales, NT Northern Territory, QLD Queensland, SA South Australia,
		TAS Tasmania, VIC Victoria, WA Western Australia`,
}

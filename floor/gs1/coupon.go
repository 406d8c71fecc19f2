package gs1

// coupon walks along the digits of a North American coupon (AI 8110, 8112). Many of its fields are led by a
// digit that says how long they are. Source: GS1 US, North American Coupon Application Guideline.
type coupon struct {
	rest  string
	fault *Fault
}

func (c *coupon) wrong(what string) {
	if c.fault == nil {
		c.fault = bad("is a coupon whose " + what + " is missing, cut off or out of range")
	}
}

// take gives the next n digits.
func (c *coupon) take(n int, what string) string {
	if c.fault != nil || len(c.rest) < n {
		c.wrong(what)
		return ""
	}
	v := c.rest[:n]
	c.rest = c.rest[n:]
	return v
}

// oneOf takes a digit that must be among those allowed.
func (c *coupon) oneOf(allowed, what string) byte {
	v := c.take(1, what)
	for i := 0; v != "" && i < len(allowed); i++ {
		if allowed[i] == v[0] {
			return v[0]
		}
	}
	c.wrong(what)
	return 0
}

// led takes a field whose length is its leading digit, which must be allowed, plus some.
func (c *coupon) led(allowed string, plus int, what string) {
	if n := c.oneOf(allowed, what); n != 0 {
		c.take(int(n-'0')+plus, what)
	}
}

// prefix takes another company prefix; 9 in place of its length says that there is none.
func (c *coupon) prefix(what string) {
	if n := c.oneOf("01234569", what); n != 0 && n != '9' {
		c.take(int(n-'0')+6, what)
	}
}

// purchase takes what must be bought: how much, of what kind, of which family.
func (c *coupon) purchase(what string) {
	c.led("12345", 0, what)
	c.oneOf("012349", what)
	c.take(3, what)
}

func (c *coupon) date(what string) string {
	v := c.take(6, what)
	if v != "" && dateIn(6, false)(v) != nil {
		c.wrong(what)
	}
	if v < "51" { // within fifty years, as everywhere
		return "20" + v
	}
	return "19" + v
}

func couponCode(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	c := &coupon{rest: v}
	c.led("0123456", 6, "company prefix")
	c.take(6, "offer code")
	c.led("12345", 0, "save value")
	c.purchase("first purchase")
	c.options()
	return c.fault
}

// options are the fields that may follow, each led by its number, in rising order.
func (c *coupon) options() {
	var expires, starts string
	for last := byte('0'); c.fault == nil && c.rest != ""; {
		field := c.rest[0]
		if field <= last {
			c.wrong("end")
			return
		}
		last, c.rest = field, c.rest[1:]
		switch field {
		case '1':
			c.oneOf("0123", "rule of the second purchase")
			c.purchase("second purchase")
			c.prefix("second company prefix")
		case '2':
			c.purchase("third purchase")
			c.prefix("third company prefix")
		case '3':
			expires = c.date("last day")
		case '4':
			starts = c.date("first day")
		case '5':
			c.led("0123456789", 6, "serial number")
		case '6':
			c.led("1234567", 6, "retailer")
		case '9':
			c.oneOf("01256", "save value code")
			c.oneOf("012", "item that the value is for")
			c.take(1, "store flag")
			c.oneOf("01", "flag against doubling")
		default:
			c.wrong("end")
		}
	}
	if expires != "" && starts != "" && expires < starts {
		c.wrong("last day")
	}
}

// couponOffer checks a coupon of the positive offer file (AI 8112).
func couponOffer(v string) *Fault {
	if f := onlyDigits(v); f != nil {
		return f
	}
	c := &coupon{rest: v}
	c.oneOf("01", "format")
	c.led("0123456", 6, "funder")
	c.take(6, "offer code")
	c.led("0123456789", 6, "serial number")
	if c.rest != "" {
		c.wrong("end")
	}
	return c.fault
}

package intake

import "testing"

func FuzzTables(f *testing.F) {
	for _, kind := range []string{"orders", "items", "bins", "stock", "rates"} {
		f.Add(kind, Template(kind))
	}
	for _, c := range orderCases {
		f.Add("orders", []byte(c.file))
	}
	for _, c := range uciCases {
		f.Add("csv", []byte(uciHead+c.file))
	}
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		switch kind {
		case "orders", "items", "bins", "stock", "rates", "csv":
			sound(t, kind, data)
		}
	})
}

func FuzzShopify(f *testing.F) {
	for _, c := range shopifyCases {
		f.Add([]byte(c.file))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, "shopify", data) })
}

func FuzzAmazon(f *testing.F) {
	for _, c := range amazonCases {
		f.Add([]byte(c.file))
	}
	f.Add([]byte("order-id\tsku\tquantity-to-ship\n1\tA\t1\n"))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, "amazon", data) })
}

func FuzzWooCommerce(f *testing.F) { fuzzPlatform(f, "woocommerce") }
func FuzzMagento(f *testing.F)     { fuzzPlatform(f, "magento") }
func FuzzFlipkart(f *testing.F)    { fuzzPlatform(f, "flipkart") }

func fuzzPlatform(f *testing.F, format string) {
	for _, c := range platformCases {
		if c.format == format {
			f.Add([]byte(c.file))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, format, data) })
}

package simulate

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
)

// article is one item that the simulation made.
type article struct {
	sku, code string // code counts one unit
	pack      string // counts PackQty units; "" where there is none
	tracking  string
	weightG   int64
}

// PackQty is how many units a pack's barcode counts.
const PackQty = 6

// stockroom is everything the simulation made on the server: what can be scanned, rightly or wrongly.
type stockroom struct {
	mu       sync.Mutex
	articles []article
	shelved  []article // that nobody orders, to be counted
	bins     []string  // labels of pick bins
	stages   []string
	cartons  []string
	carriers []string
	labels   []string // tracking numbers seen, to be scanned where they do not belong
	totes    []string // totes seen in use
	byCode   map[string]codeRef
}

type codeRef struct {
	sku string
	qty int64
}

func (s *stockroom) index() {
	s.byCode = map[string]codeRef{}
	for _, a := range slices.Concat(s.articles, s.shelved) {
		s.byCode[a.sku] = codeRef{a.sku, 1}
		s.byCode[a.code] = codeRef{a.sku, 1}
		if a.pack != "" {
			s.byCode[a.pack] = codeRef{a.sku, PackQty}
		}
	}
}

func (s *stockroom) skuOf(code string) string { return s.byCode[code].sku }
func (s *stockroom) qtyOf(code string) int64  { return max(1, s.byCode[code].qty) }

// packOf gives the pack barcode of an item, or "".
func (s *stockroom) packOf(sku string) string {
	for _, a := range s.articles {
		if a.sku == sku {
			return a.pack
		}
	}
	return ""
}

// sawLabel and sawTote keep a few codes that lie about, for people to scan by mistake.
func (s *stockroom) sawLabel(code string) {
	s.mu.Lock()
	s.labels = keep(s.labels, code)
	s.mu.Unlock()
}
func (s *stockroom) sawTote(code string) { s.mu.Lock(); s.totes = keep(s.totes, code); s.mu.Unlock() }

func keep(list []string, code string) []string {
	if len(list) >= 64 {
		list = slices.Delete(list, 0, 32)
	}
	return append(list, code)
}

// stray is any code that lies about, of a kind.
func (s *stockroom) stray(r *rand.Rand, kind string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch kind {
	case "bin":
		return anyOf(r, s.bins)
	case "tote":
		return anyOf(r, s.totes)
	case "parcel":
		return anyOf(r, s.labels)
	case "carton":
		return anyOf(r, s.cartons)
	case "item":
		return s.articles[r.IntN(len(s.articles))].code
	}
	return "NOBODY-KNOWS-THIS"
}

func anyOf(r *rand.Rand, list []string) string {
	if len(list) == 0 {
		return "NOBODY-KNOWS-THIS"
	}
	return list[r.IntN(len(list))]
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

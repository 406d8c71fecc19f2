package floor

import (
	"fmt"
	"slices"
	"strings"

	"floorline/floor/numbers"
)

// A carrier allots a range of tracking numbers to the house. Each number is given out once: how far a range was used stays
// known when its service is changed, and when the range is given to another one.

// NumberRange is how far an allotted range was used.
type NumberRange struct {
	Series numbers.Series `cbor:"1,keyasint" json:"series"`
	Next   uint64         `cbor:"2,keyasint" json:"next"`
}

func rangeKey(n *numbers.Series) string {
	return fmt.Sprintf("%s/%s/%s/%d/%d", n.Format, n.Prefix, n.Suffix, n.Digits, n.From)
}

// nextSerial is the next serial of a range that has a number nobody has yet; false when there is none left.
func (s *State) nextSerial(n *numbers.Series) (serial uint64, number string, ok bool) {
	serial = n.From
	if r := s.Ranges[rangeKey(n)]; r != nil {
		serial = r.Next
	}
	for ; serial <= n.To; serial++ {
		if number = n.Number(serial); number != "" && len(s.index.tracking[number]) == 0 {
			return serial, number, true
		}
	}
	return 0, "", false
}

// numbersLeft is how many serials of a range were not given out yet.
func (s *State) numbersLeft(n *numbers.Series) int64 {
	next := n.From
	if r := s.Ranges[rangeKey(n)]; r != nil {
		next = r.Next
	}
	return max(int64(n.To)-int64(next)+1, 0)
}

// lowMarks are at how many numbers left a person is told: a twentieth of the range, and three times more on the way down.
func lowMarks(n *numbers.Series) [4]int64 {
	low := max(min(int64(n.To-n.From+1)/20, 1000), 1)
	return [4]int64{low, low / 2, low / 10, 0}
}

// drawNumber notes a number as given out, and tells a person when the range is nearly used up.
func (t *turn) drawNumber(v *Service, serial uint64, parcel ParcelID) {
	before := t.numbersLeft(v.Numbers)
	t.emit(&NumberDrawn{Key: rangeKey(v.Numbers), Series: *v.Numbers, Serial: serial, Parcel: parcel})
	left := t.numbersLeft(v.Numbers)
	for _, mark := range lowMarks(v.Numbers) {
		if before > mark && left <= mark {
			t.seenTo("numbers_low", v.Code, "still fewer")
			t.raise("numbers_low", v.Code, fmt.Sprintf("service %s has %d tracking numbers left: ask %s for a new range and enter it", v.Code, left, v.Carrier), "service")
			return
		}
	}
}

// NumberDrawn says a tracking number of an allotted range was given to a parcel.
type NumberDrawn struct {
	Key    string         `cbor:"1,keyasint"`
	Series numbers.Series `cbor:"2,keyasint"`
	Serial uint64         `cbor:"3,keyasint"`
	Parcel ParcelID       `cbor:"4,keyasint"`
}

// KindNumberDrawn is the first of the carriers' kinds: 150 to 164.
const KindNumberDrawn Kind = 150

var _ = kind(KindNumberDrawn, "number_drawn", "", func() Body { return new(NumberDrawn) })

func (*NumberDrawn) Kind() Kind { return KindNumberDrawn }

func (b *NumberDrawn) apply(s *State, _ *Event) {
	s.Ranges[b.Key] = &NumberRange{Series: b.Series, Next: b.Serial + 1}
	s.touch(TableRange, b.Key)
}

// houseRanges are the numbers that the house gives its parcels by itself: it counts on, whoever else gave one of them out.
func (s *State) houseRanges() []numbers.Series {
	own := []numbers.Series{{Format: "fl", Prefix: "FL", To: 99_999_999_999}}
	if s.Site.GS1Prefix != "" {
		n := numbers.Series{Format: "sscc", Prefix: "0" + s.Site.GS1Prefix}
		n.To = n.Last()
		own = append(own, n)
	}
	return own
}

// checkSeries holds a range of numbers to its format, and away from the numbers of another range and from the house's own.
// A service's own range may be made longer.
func (s *State) checkSeries(f *faults, v *Service) {
	n := v.Numbers
	if n == nil {
		return
	}
	if field, wrong := n.Check(); field != "" {
		f.add("/numbers/"+field, "bad_value", wrong)
		return
	}
	if slices.ContainsFunc(s.houseRanges(), n.Meets) {
		f.add("/numbers/prefix", "house_numbers", "the house gives such numbers to its parcels by itself: leave numbers out to use those, or give what the carrier allotted")
		return
	}
	for _, o := range s.allRanges() {
		if n.Meets(o) && o != *n && (rangeKey(&o) != rangeKey(n) || s.elsesRange(v.Code, o)) {
			f.add("/numbers/from", "overlaps", fmt.Sprintf("numbers %s to %s are a range already", o.Number(o.From), o.Number(o.To)))
			return
		}
	}
}

// elsesRange is true of a range that another service has.
func (s *State) elsesRange(code string, n numbers.Series) bool {
	for c, v := range s.Services {
		if c != code && v.Numbers != nil && *v.Numbers == n {
			return true
		}
	}
	return false
}

// allRanges are those that services have and those that numbers were ever taken from, in a fixed order.
func (s *State) allRanges() (out []numbers.Series) {
	for _, v := range s.Services {
		if v.Numbers != nil {
			out = append(out, *v.Numbers)
		}
	}
	for _, r := range s.Ranges {
		out = append(out, r.Series)
	}
	slices.SortFunc(out, func(a, b numbers.Series) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return out
}

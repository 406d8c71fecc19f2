package floor

import (
	"strings"
	"testing"
)

// atLabel packs an order up to where its label is to be scanned back.
func (h *hand) atLabel(order OrderID) *Parcel {
	h.f.t.Helper()
	h.act(Act{Action: "start", Job: "pack", ID: string(order)})
	for h.next().Step != "label" {
		h.plain(h.next())
	}
	return h.f.s.Parcels[h.f.s.Packings[order].Parcel]
}

// The bench holds a parcel open until the label that was printed for it has been scanned: whatever else is
// scanned, the floor says whose it is and where it belongs, and nothing closes.
func TestOnlyItsOwnLabelProvesAParcel(t *testing.T) {
	f := newShift(t)
	f.watch = (*shift).sound
	f.stock("A0-01", "MUG", 20)
	f.stock("A0-02", "BOX", 20)
	mine, other, gone, void := f.order("1", "MUG", 1), f.order("2", "BOX", 1), f.order("3", "BOX", 1), f.order("4", "MUG", 1)
	f.wave("cluster", mine, other, gone, void)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2)
	ben.atLabel(gone)
	ben.follow()
	ben.atLabel(void)
	ben.follow()
	f.must(CancelOrder{ID: void})
	waits := ben.atLabel(other)
	ben.act(Act{Action: "leave"})
	p := ben.atLabel(mine)
	left, cancelled := f.s.Parcels[f.s.Orders[gone].Parcels[0]], f.s.Parcels[f.s.Orders[void].Parcels[0]]
	if cancelled.Status != ParcelCancelled || left.Status != ParcelPacked || waits.Status != ParcelClosed {
		t.Fatalf("%s, %s, %s", cancelled.Status, left.Status, waits.Status)
	}
	for _, c := range []struct {
		what, code string
		want       Code
		belongs    []string
	}{
		{"the label of a parcel that waits for its own", waits.Tracking, CodeWrongLabel, []string{string(other)}},
		{"its SSCC", "]C100" + waits.SSCC, CodeWrongLabel, []string{string(other)}},
		{"the label of a packed parcel", left.Tracking, CodeWrongLabel, []string{string(gone), "swift"}},
		{"the label of a cancelled parcel", cancelled.Tracking, CodeWrongLabel, []string{string(void), "hand it to put-back at"}},
		{"the SSCC of a cancelled parcel", "(00)" + cancelled.SSCC, CodeWrongLabel, []string{string(void), "hand it to put-back at"}},
		{"the parcel's id, which is on no label", string(p.ID), CodeWrongLabel, []string{string(p.ID), "printed last"}},
		{"the order's own code", string(mine), CodeWrongKind, []string{string(mine)}},
		{"another order's code", string(other), CodeOtherOrder, []string{string(other)}},
		{"an item of this order", ean(1), CodeWrongKind, []string{"A0-01"}},
		{"an item of another order", ean(4), CodeWrongKind, []string{"A0-02"}},
		{"a carton", CartonLabel("S"), CodeWrongKind, nil},
		{"a label that nobody here made", "1Z999AA10123456784", CodeUnknown, nil},
		{"a number with a wrong check character", p.Tracking[:len(p.Tracking)-1] + "X", CodeUnknown, nil},
	} {
		v := ben.scan(c.code).last
		if v.Code != c.want || v.Class() != Refused {
			t.Errorf("%s: %s (%s), want %s", c.what, v.Code, Say("en", v), c.want)
			continue
		}
		if v.Wanted == nil || v.Wanted.Code != p.Tracking {
			t.Errorf("%s: the verdict wants %+v, not %s", c.what, v.Wanted, p.Tracking)
		}
		for _, want := range c.belongs {
			if v.Belongs == nil || !strings.Contains(v.Belongs.Code+" "+InEnglish(v.Belongs.Text), want) {
				t.Errorf("%s: belongs %+v, want it to name %s", c.what, v.Belongs, want)
			}
		}
		if ben.step("label"); p.Status != ParcelClosed || f.status(mine) != OrderPacking || waits.Status != ParcelClosed {
			t.Fatalf("%s: %s is %s, its order %s, the other parcel %s", c.what, p.ID, p.Status, f.status(mine), waits.Status)
		}
	}
	ben.scan("]C0" + p.Tracking).expect(CodeOrderPacked)
	if p.Status != ParcelPacked || f.status(mine) != OrderPacked {
		t.Errorf("%s is %s, its order %s", p.ID, p.Status, f.status(mine))
	}
}

// A label that was made void proves nothing, though its number once was this parcel's.
func TestVoidLabelProvesNothing(t *testing.T) {
	f := newShift(t)
	f.stock("A0-01", "MUG", 5)
	o := f.order("1", "MUG", 1)
	f.wave("cluster", o)
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).follow()
	ben := f.as(2, 2)
	p := ben.atLabel(o)
	old, oldSSCC := p.Tracking, p.SSCC
	p.Tracking, p.SSCC = trackingNumber(77), f.s.sscc(77) // as buying another label gives it
	f.s.saveParcel(p)
	ben.scan(old).expect(CodeWrongLabel).scan("00" + oldSSCC).expect(CodeWrongLabel).step("label")
	if got := InEnglish(ben.last.Belongs.Text); !strings.Contains(got, "printed last") {
		t.Error(got)
	}
	ben.scan("00" + p.SSCC).expect(CodeOrderPacked)
}

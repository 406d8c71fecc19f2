package devices

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"floorline/floor"
)

// The sheet carries every code that trying everything needs, and a scanner reads what a person sees.
func TestDemoSheetScans(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFrontAt(t, dir, func(o *Options) {
		if err := FillDemo(o.Keeper, dir); err != nil {
			t.Fatal(err)
		}
	})
	// An order of things that nobody knows must not spoil the sheet.
	f.want(200, "POST", "/api/v1/imports?format=csv", "channel,external_id,name,address1,city,postcode,country,sku,qty,price,currency\nweb,1,Ann,Quay 1,Rotterdam,3011,NL,NOBODY-KNOWS,1,1.00,EUR\n", "Content-Type", "text/csv")
	pdf := f.want(200, "GET", "/api/v1/demo/sheet.pdf", "").body
	read := "\n" + scanPDF(t, pdf) + "\n"
	d, err := LoadDemo(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	var tote string
	for _, b := range d.Badges {
		want = append(want, b.Code)
	}
	f.k.View(func(st *floor.State) {
		tote = sortedKeys(st.Totes)[0]
		for _, c := range st.Cartons {
			want = append(want, c.Label)
		}
		for _, b := range st.Bins {
			if b.BinKind == "stage" {
				want = append(want, b.Label)
			}
		}
		for _, o := range st.Orders {
			for _, l := range o.Lines {
				if it := st.Items[l.SKU]; it != nil {
					want = append(want, it.UnitCode())
				}
			}
		}
	})
	want = append(want, tote, "C-UNDO", "C-FINISH", "N-0", "N-12")
	for _, code := range want {
		if !strings.Contains(read, ":"+code+"\n") {
			t.Errorf("no scanner reads %s off the sheet", code)
		}
	}
	t.Logf("%d codes read, %d looked for", strings.Count(read, "\n")-1, len(want))
}

// A printed sheet goes on being good after a reset; a demo that broke off while being filled says so.
func TestDemoAgain(t *testing.T) {
	t.Parallel()
	dir, kept := t.TempDir(), t.TempDir()
	fill := func(dir string) *front {
		return openFrontAt(t, dir, func(o *Options) {
			if err := FillDemo(o.Keeper, dir); err != nil {
				t.Fatal(err)
			}
		})
	}
	fill(dir)
	before, err := os.ReadFile(demoPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(kept, "demo.json"), before, 0o600); err != nil {
		t.Fatal(err)
	}
	again := fill(kept)
	if after, err := os.ReadFile(demoPath(kept)); err != nil || string(after) != string(before) {
		t.Errorf("the badges changed: %s %s %v", before, after, err)
	}
	if info, err := os.Stat(demoPath(kept)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("badges are secrets: %v %v", info.Mode(), err)
	}
	d, err := LoadDemo(kept)
	if err != nil {
		t.Fatal(err)
	}
	hand := again.pair("handheld")
	hand.hello("")
	hand.expect(hand.scan(d.Badges[0].Code), "signed_in")

	broken := openFront(t)
	broken.do(floor.MarkSite{Demo: true})
	if err := FillDemo(broken.k, broken.dir); err == nil || !strings.Contains(err.Error(), "What to do") {
		t.Errorf("half a demo: %v", err)
	}
}

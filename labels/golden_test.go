package labels

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// What every kind puts where, in dots, is kept as text and read in review. Paper kinds are kept in the same
// words, though no thermal printer gets them.
func TestLayoutsStay(t *testing.T) {
	for _, k := range Kinds() {
		got, err := renderZPL(pagesOf(t, k.Example, k.Sizes[0], 203))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", k.Name+".zpl")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s; look at the label, then run go test ./labels -run Layouts -update", k.Name, file)
		}
	}
}

// The same data gives the same bytes, now and from many sessions at once: a label printed again is the
// label printed before.
func TestSameDataSameBytes(t *testing.T) {
	for _, k := range Kinds() {
		data, err := json.Marshal(k.Example)
		if err != nil {
			t.Fatal(err)
		}
		first, err := k.Render(data, false, "", 203)
		if err != nil {
			t.Fatal(err)
		}
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				again, err := k.Render(data, false, "", 203)
				if err != nil || !bytes.Equal(first, again) {
					t.Errorf("%s: %d bytes, then %d other bytes, error %v", k.Name, len(first), len(again), err)
				}
			})
		}
		wait.Wait()
	}
}

// A batch is a page each, and embeds its fonts once.
func TestBatchSharesFonts(t *testing.T) {
	one, err := exampleShipping().PDF(Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]Shipping, 50)
	for i := range list {
		list[i] = exampleShipping()
	}
	many, err := Shippings(list, Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(many, []byte("/Type /Page\n")); got != len(list) {
		t.Errorf("%d pages, want %d", got, len(list))
	}
	if a, b := bytes.Count(one, []byte("/FontFile2")), bytes.Count(many, []byte("/FontFile2")); a != 2 || b != 2 {
		t.Errorf("%d and %d embedded fonts, want 2 and 2", a, b)
	}
}

func BenchmarkShippingSingle(b *testing.B) {
	for range b.N {
		if _, err := exampleShipping().PDF(Size4x6, 203); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "labels/s")
}

func BenchmarkShippingBatch100(b *testing.B) {
	list := make([]Shipping, 100)
	for i := range list {
		list[i] = exampleShipping()
	}
	for range b.N {
		if _, err := Shippings(list, Size4x6, 203); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(list))/b.Elapsed().Seconds(), "labels/s")
}

func BenchmarkShippingZPL(b *testing.B) {
	for range b.N {
		if _, err := exampleShipping().ZPL(Size4x6, 203); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "labels/s")
}

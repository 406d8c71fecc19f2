package floor

import "fmt"

func (d *day) why() {
	for _, id := range d.s.index.packing {
		fmt.Printf("%s %+v\n  %+v\n", id, d.s.Orders[id], d.s.Packings[id])
	}
	for n := 1; n <= 4; n++ {
		fmt.Printf("%+v\n", d.s.Devices[d.device(n)])
	}
	for _, id := range d.s.index.lists {
		fmt.Printf("%+v\n", d.s.PickLists[id])
	}
	for _, id := range d.s.index.picked {
		fmt.Printf("%+v\n", d.s.Orders[id])
	}
}

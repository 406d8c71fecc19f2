package simulate

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Where a device could only guess which of two orders a queued pick counted for, their sum is compared: one unit here
// for the other there is no fault, a unit too many is.
func TestGuessedPicks(t *testing.T) {
	for _, c := range []struct {
		name  string
		guess bool
		truth int // units the server says were picked for the order that the device believed in
		wrong bool
	}{{"the other order, guessed", true, 0, false}, {"the other order, known", false, 0, true}, {"one too many", true, 1, true}} {
		b := newBook(&board{})
		b.lists["PL-1"] = map[string]bool{"O-1": true, "O-2": true}
		for _, id := range []string{"O-1", "O-2"} {
			b.newOrder(id, "x", map[string]int64{"MUG": 1})
		}
		b.of("O-2").picked["MUG"] = 1
		if c.guess {
			b.guessed[pickOf{"PL-1", "MUG"}] += 0
		}
		const line = `{"id":%q,"status":"cancelled","lines":[{"sku":"MUG","ordered":1,"picked":%d}]}`
		var views []orderView
		text := "[" + fmt.Sprintf(line, "O-1", 1) + "," + fmt.Sprintf(line, "O-2", c.truth) + "]"
		if err := json.Unmarshal([]byte(text), &views); err != nil {
			t.Fatal(err)
		}
		b.compare(views, &Report{})
		if told := strings.Join(b.problems, "; "); strings.Contains(told, "picked") != c.wrong {
			t.Errorf("%s: %s", c.name, told)
		}
	}
}

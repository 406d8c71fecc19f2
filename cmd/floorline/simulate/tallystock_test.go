package simulate

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// goodsDialogue is a recorded day of goods: six mugs of a purchase come in, by scan and by number, one of them broken and one
// taken back; they are put away, some are brought from reserve, a bin is counted, and one comes back.
const goodsDialogue = `
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"item","show":{"bin":"IN"}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"received","class":"accepted"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"item","show":{"bin":"IN"}},"frame":{"type":"do","action":"qty","args":{"qty":5}},"verdict":{"code":"received_awaited","class":"note"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"item","show":{"bin":"IN"}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"received","class":"accepted"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"item","show":{"bin":"IN"}},"frame":{"type":"do","action":"undo"},"verdict":{"code":"undone","class":"note"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"item","show":{"bin":"IN"}},"frame":{"type":"do","action":"damaged","args":{"qty":1}},"verdict":{"code":"damaged_aside","class":"note"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"serial","show":{"bin":"IN","item":{"sku":"CAM"},"qty":1}},"frame":{"type":"scan","code":"S1"},"verdict":{"code":"received","class":"accepted"}}
{"ctx":{"job":{"kind":"receive","id":"RC-1"},"step":"finish","show":{"bin":"IN"}},"frame":{"type":"do","action":"finish"},"verdict":{"code":"receipt_done","class":"accepted"}}
{"ctx":{"job":{"kind":"putaway","id":"IN"},"step":"bin","show":{"item":{"sku":"MUG"},"qty":5}},"frame":{"type":"scan","code":"B-1"},"verdict":{"code":"put_away","class":"accepted"}}
{"ctx":{"job":{"kind":"putaway","id":"IN"},"step":"item","show":{"item":{"sku":"MUG"},"qty":1}},"frame":{"type":"do","action":"undo"},"verdict":{"code":"undone","class":"note"}}
{"ctx":{"job":{"kind":"putaway","id":"IN"},"step":"bin","show":{"item":{"sku":"MUG"},"qty":6}},"frame":{"type":"scan","code":"B-1"},"verdict":{"code":"put_away_done","class":"accepted"}}
{"ctx":{"job":{"kind":"replenish","id":"RP-1"},"step":"item","show":{"item":{"sku":"MUG"},"qty":7}},"frame":{"type":"scan","code":"MUG-X6"},"verdict":{"code":"picked","class":"accepted"}}
{"ctx":{"job":{"kind":"replenish","id":"RP-1"},"step":"item","show":{"item":{"sku":"MUG"},"qty":1}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"scan_bin","class":"accepted"}}
{"ctx":{"job":{"kind":"replenish","id":"RP-1"},"step":"to","show":{"item":{"sku":"MUG"},"qty":7}},"frame":{"type":"scan","code":"B-1"},"verdict":{"code":"put_away_done","class":"accepted"}}
{"ctx":{"job":{"kind":"count","id":"CT-1"},"step":"item"},"frame":{"type":"do","action":"finish"},"verdict":{"code":"count_again","class":"note"}}
{"ctx":{"job":{"kind":"count","id":"CT-1"},"step":"item"},"frame":{"type":"do","action":"finish"},"verdict":{"code":"count_done","class":"accepted"}}
{"ctx":{"job":{"kind":"inspect","id":"RT-1"},"step":"item","show":{"bin":"BACK"}},"frame":{"type":"scan","code":"MUG-U"},"verdict":{"code":"unit_returned","class":"accepted"}}
{"ctx":{"job":{"kind":"inspect","id":"RT-1"},"step":"bin","show":{"bin":"BACK"}},"frame":{"type":"scan","code":"B-BACK"},"verdict":{"code":"judged","class":"accepted"}}
{"ctx":{"job":{"kind":"inspect","id":"RT-1"},"step":"finish","show":{"bin":"BACK"}},"frame":{"type":"do","action":"finish"},"verdict":{"code":"return_done","class":"accepted"}}
`

// movedGoods is what the journal of that day says each command moved.
var movedGoods = []int64{1, 5, 1, 0, 1, 1, 0, 5, 5, 6, 0, 0, 7, 0, 0, 1, 1, 0}

func goodsDay(t *testing.T) *book {
	b := newBook(newBoard(0))
	b.stock.articles = []article{{sku: "MUG", code: "MUG-U", pack: "MUG-X6"}}
	b.stock.index()
	b.receipts["PO-1"] = &receiptTally{ordered: map[string]int64{"MUG": 6, "CAM": 1}, received: map[string]int64{}}
	for _, x := range []task{{kind: "receive", id: "PO-1"}, {kind: "replenish", id: "RP-1"}, {kind: "count", id: "CT-1"}, {kind: "inspect", id: "RT-1"}} {
		b.owe(x)
	}
	b.started(task{kind: "receive", id: "PO-1"}, jobRef{"receive", "RC-1"})
	b.of("O-1").packed["MUG"] = 1
	replayOn(t, b, goodsDialogue)
	return b
}

// A day of goods adds up by its verdicts alone, and is over but for the putaway of what came back.
func TestTallyOfGoods(t *testing.T) {
	b := goodsDay(t)
	for i, a := range b.acks {
		if a.units != movedGoods[i] {
			t.Errorf("frame %d (%s) is booked with %d units, want %d", i+1, a.code, a.units, movedGoods[i])
		}
	}
	if b.care != (careTally{1, 1, 1, 1, 1}) || b.board.unsettled() != 1 || len(b.affairs) != 1 {
		t.Errorf("%+v, %d to do: %v", b.care, b.board.unsettled(), b.affairs)
	}
	if again := slices.ContainsFunc(b.board.tasks, func(x task) bool { return x == task{kind: "count", id: "CT-1"} }); !again {
		t.Errorf("what differs is counted again: %+v", b.board.tasks)
	}
}

// What the server says of purchases and returns is compared with what its verdicts said: each lie is one mismatch.
func TestGoodsMismatches(t *testing.T) {
	const purchase = `{"id":"PO-1","lines":[{"sku":"MUG","received":6,"damaged":1},{"sku":"CAM","received":1}]}`
	const back = `{"id":"RT-1","order":"O-1","units":[{"sku":"MUG","status":"disposed"},{"sku":"MUG","status":"missing"}]}`
	for _, c := range []struct {
		name, from, to string
		mismatched     int
	}{
		{"all is as said", "", "", 0},
		{"a unit was received twice", `"received":6`, `"received":7`, 1},
		{"a unit was lost", `"received":6`, `"received":5`, 1},
		{"nothing is broken", `"damaged":1`, `"damaged":0`, 1},
		{"a return was counted twice", `missing"`, `disposed"`, 2}, // and more came back than was sent
		{"a unit has no verdict", `disposed"`, `graded"`, 1},
	} {
		b := goodsDay(t)
		var p purchaseView
		var v returnView
		if err := json.Unmarshal([]byte(strings.Replace(purchase, c.from, c.to, 1)), &p); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(strings.Replace(back, c.from, c.to, 1)), &v); err != nil {
			t.Fatal(err)
		}
		if b.compareGoods([]purchaseView{p}, []returnView{v}); b.wrongs != c.mismatched {
			t.Errorf("%s: %d mismatched, want %d: %v", c.name, b.wrongs, c.mismatched, b.problems)
		}
	}
}

// Events name one movement, several, or something else by that name.
func TestMovements(t *testing.T) {
	for text, want := range map[string]int64{`{"move":{"qty":3}}`: 3, `{"moves":[{"qty":2},{"qty":4}]}`: 6, `{"back":{"qty":5}}`: 5, `{"back":true}`: 0, `{"moves":null}`: 0} {
		var d struct{ Move, Moves, Back movements }
		if err := json.Unmarshal([]byte(text), &d); err != nil || d.Move.units+d.Moves.units+d.Back.units != want {
			t.Errorf("%s: %+v, %v", text, d, err)
		}
	}
}

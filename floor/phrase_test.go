package floor

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"floorline/floor/words"
)

// families are phrases whose last word is a status, a kind or a job.
func families() map[string][]string {
	return map[string][]string{
		"order is ": {OrderReceived, OrderHeld, OrderReleased, OrderPicking, OrderPicked, OrderPacking, OrderPacked, OrderDispatched,
			OrderDelivered, OrderCancelled},
		"this list is ":               {ListOpen, ListPicking, ListPaused, ListDone, ListCancelled},
		"ask a lead for the role to ": workKinds(),
		"kind ": {"answer", "aisle", "badge", "bin", "carton", "code", "command", "expiry", "item", "job", "label", "lot", "manifest", "pallet", "seal", "vehicle", "number", "order",
			"parcel", "picklist", "qty", "reason", "return", "role", "serial", "tote", "weight", "worker", "zone"},
	}
}

func workKinds() (kinds []string) {
	for i := range works {
		kinds = append(kinds, works[i].kind)
	}
	return kinds
}

// Every verdict has its sentence, and every sentence its verdict.
func TestVerdictsHaveSentences(t *testing.T) {
	var codes []string
	walkSource(t, ".", func(n ast.Node) {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Names) == 1 && strings.HasPrefix(v.Names[0].Name, "Code") && len(v.Values) == 1 {
			if ident, ok := v.Type.(*ast.Ident); ok && ident.Name == "Code" {
				codes = append(codes, literal(v.Values[0]))
			}
		}
	})
	slices.Sort(codes)
	if have := slices.Sorted(maps.Keys(words.Of("en").Verdict)); !slices.Equal(codes, have) {
		t.Errorf("verdicts %v\nsentences %v", codes, have)
	}
}

// Every phrase of the code stands in the English file, which is what the other languages are made from, and that
// file has no other.
func TestPhrasesAreListed(t *testing.T) {
	used := map[string]bool{}
	for head, tails := range families() {
		for _, tail := range tails {
			used[head+tail] = true
		}
	}
	for _, r := range reasons {
		used[r] = true
	}
	for _, dir := range []string{".", "../devices"} {
		walkSource(t, dir, func(n ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 && isPhrase(call.Fun) {
				if key := literal(call.Args[0]); key != "" {
					used[key] = true
				}
			}
		})
	}
	listed := words.Of("en").Phrase
	for key := range used {
		if listed[key] == "" {
			t.Errorf("words/en.json lacks the phrase %q", key)
		}
	}
	for key := range listed {
		if !used[key] {
			t.Errorf("words/en.json has the phrase %q, which nobody says", key)
		}
	}
}

// No bare English reaches a person: what stands in a title, a note, a question or a thing is a phrase.
func TestNoBareEnglish(t *testing.T) {
	seen := 0
	bare := func(e ast.Expr, where string) {
		seen++
		ast.Inspect(e, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isPhrase(call.Fun) {
				return false
			}
			if l, ok := n.(*ast.BasicLit); ok && strings.Contains(strings.TrimSpace(literal(l)), " ") {
				t.Errorf("%s is bare English: %s", where, l.Value)
			}
			return true
		})
	}
	walkSource(t, ".", func(n ast.Node) {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if k, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Title", "Text"}, k.Name) {
				bare(n.Value, k.Name)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if s, ok := l.(*ast.SelectorExpr); ok && len(n.Rhs) == len(n.Lhs) && slices.Contains([]string{"Title", "Text", "Note"}, s.Sel.Name) {
					bare(n.Rhs[i], s.Sel.Name)
				}
			}
		case *ast.CompositeLit:
			if ident, ok := n.Type.(*ast.Ident); ok && (ident.Name == "Thing" || ident.Name == "Option") {
				for _, e := range n.Elts {
					if _, keyed := e.(*ast.KeyValueExpr); !keyed {
						bare(e, ident.Name)
					}
				}
			}
		}
	})
	if seen < 100 {
		t.Errorf("only %d places were looked at", seen)
	}
}

// A phrase is said in the reader's language, with phrases inside it, and what is no phrase stays as it is.
func TestPhrases(t *testing.T) {
	within := phrase("{one} or {other}", phrase("kind bin")+" A-01", phrase("the code {code} on {item}", "4006", "Mug"))
	for _, tt := range []struct{ text, want string }{
		{"Mug {code}", "Mug {code}"},
		{phrase("yes or no"), "yes or no"},
		{phrase("Put {count} in slot {slot}", "2", "3"), "Put 2 in slot 3"},
		{within, "bin A-01 or the code 4006 on Mug"},
		{whyPhrase("oldest lot: L1, here since 2026-01-02"), "oldest lot: L1, here since 2026-01-02"},
		{whyPhrase("expires first: 2026-01-02; empties this bin"), "expires first: 2026-01-02; empties this bin"},
		{whyPhrase("a reason of another day"), "a reason of another day"},
	} {
		if got := InEnglish(tt.text); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	for _, why := range []string{"expires first: 2026-01-02; empties this bin", "oldest lot: L1, here since 2026-01-02", "2026-01-02 is too soon to be sent"} {
		if why == whyPhrase(why) {
			t.Errorf("%q is not known as a reason", why)
		}
	}
}

func isPhrase(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == "phrase"
	case *ast.SelectorExpr:
		return f.Sel.Name == "Phrase"
	}
	return false
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	return ""
}

func walkSource(t *testing.T, dir string, visit func(ast.Node)) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool { visit(n); return true })
	}
}

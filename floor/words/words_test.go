package words

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every language says everything that English says, with the same places, and nothing else.
func TestNoLanguageLacksASentence(t *testing.T) {
	english := sections(t, "en")
	for _, tag := range Languages[1:] {
		other := sections(t, tag)
		if len(other) != len(english) {
			t.Errorf("%s.json has the sections %v", tag, slices.Sorted(maps.Keys(other)))
		}
		for name, section := range english {
			for key, sentence := range section {
				said, ok := other[name][key]
				switch {
				case !ok:
					t.Errorf("%s lacks %s %q", tag, name, key)
				case strings.TrimSpace(said) == "":
					t.Errorf("%s says nothing for %s %q", tag, name, key)
				case !sameNames(sentence, said):
					t.Errorf("%s %s %q has the places %v, not %v", tag, name, key, Places(said), Places(sentence))
				}
			}
			for key := range other[name] {
				if _, ok := section[key]; !ok {
					t.Errorf("%s has %s %q, which nobody says", tag, name, key)
				}
			}
		}
	}
}

// A language is its own: a file that was copied and not translated says what English says.
func TestLanguagesDiffer(t *testing.T) {
	english := sections(t, "en")
	for _, tag := range Languages[1:] {
		same, all := 0, 0
		for name, section := range sections(t, tag) {
			for key, said := range section {
				if all++; said == english[name][key] {
					same++
				}
			}
		}
		if same*10 > all {
			t.Errorf("%s: %d of %d sentences are English", tag, same, all)
		}
	}
}

// Codes are printed with Western digits, so sentences have no others.
func TestDigitsAreWestern(t *testing.T) {
	foreign := regexp.MustCompile(`[\x{0660}-\x{0669}\x{06F0}-\x{06F9}\x{0966}-\x{096F}\x{FF10}-\x{FF19}]`)
	for _, tag := range Languages {
		raw, err := files.ReadFile(tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if found := foreign.FindAll(raw, -1); found != nil {
			t.Errorf("%s.json has the digits %q", tag, found)
		}
	}
}

// A tag is found by its base; what is unknown is said in English.
func TestTags(t *testing.T) {
	for tag, want := range map[string]string{"de": "de", "de-AT": "de", "PT_br": "pt", "zh-Hans-CN": "zh", "": "en", "xx": "en", "-": "en"} {
		if got := Of(tag).Tag; got != want {
			t.Errorf("%q is said in %s, want %s", tag, got, want)
		}
	}
}

// A code within a sentence from right to left stands isolated; elsewhere it stands as it is.
func TestFill(t *testing.T) {
	value := func(string) string { return "A-01" }
	for tag, want := range map[string]string{"ar": "\u2068A-01\u2069 <", "de": "A-01 <"} {
		if got := Of(tag).Fill("{bin} <", value); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func sections(t *testing.T, tag string) map[string]map[string]string {
	t.Helper()
	raw, err := files.ReadFile(tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]map[string]string
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%s: %v", tag, err)
	}
	return out
}

func sameNames(a, b string) bool {
	x, y := Places(a), Places(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(slices.Compact(x), slices.Compact(y))
}

package static

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
)

// A fresh clone has no build; the program must still compile and say what to do.
func TestUnbuiltPageSaysHowToBuild(t *testing.T) {
	if !bytes.Contains(Unbuilt, []byte("make build")) {
		t.Fatal("the unbuilt page does not name the command that builds the screens")
	}
}

// The screens run on a network without internet and under a policy that forbids inline code.
func TestBuiltPageIsSelfContained(t *testing.T) {
	files, ok := Files()
	if !ok {
		if files != nil {
			t.Fatal("no build, yet Files gave some")
		}
		t.Skip("static/dist is not built; run make build")
	}
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	html := string(page)
	for _, bad := range []string{"http://", "https://", "<style", "style=", "onclick="} {
		if strings.Contains(html, bad) {
			t.Errorf("index.html holds %q", bad)
		}
	}
	if strings.Count(html, "<script") != strings.Count(html, "<script type=\"module\" crossorigin src=\"/assets/") {
		t.Errorf("index.html holds a script that is not one of the build's own files:\n%s", html)
	}
}

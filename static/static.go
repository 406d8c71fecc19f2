// Package static carries the screens: the handheld, the bench, the dock and the supervisor's floor. They
// are written in TypeScript under src and bundled by `npm run build` into dist, which is not in the
// repository; this one Go file embeds whatever build is there.
//
// The room refuses to know what comes next on the floor: the screens draw the `next` they are given.
// Begin reading at src/main.tsx (which page a path opens), then src/job/session.ts (one device at work).
package static

import (
	"embed"
	"io/fs"
)

// The pattern names what lies in the folders, not the folders: it matches the committed dist-unbuilt alone
// in a fresh clone, both after a build, and does not fail in the moment when a build has emptied dist.
//
//go:embed all:dist*/*
var built embed.FS

// Unbuilt is the HTML page to serve for every path when the screens have not been built: it says how to.
//
//go:embed dist-unbuilt/index.html
var Unbuilt []byte

// Files is the built screens with index.html at the top, and whether there are any. Paths that name no
// file (/handheld, /floor/orders/O-000123-K) are pages of the one application: serve index.html for them.
func Files() (fs.FS, bool) {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(dist, "index.html"); err != nil {
		return nil, false
	}
	return dist, true
}

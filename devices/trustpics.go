package devices

import (
	"fmt"
	markup "html/template" // template is a route
	"strings"
)

// The pictures of the trust page: simplified screens without a word on them, so that they need no language. What is
// to be tapped stands out in the accent's colour. They say nothing that the sentence beside them does not.

func screen(parts ...string) markup.HTML {
	return markup.HTML(`<svg class="pic" viewBox="0 0 240 150" aria-hidden="true">` + strings.Join(parts, "") + `</svg>`)
}

// phone is the upper part of one; the picture's edge cuts it off.
func phone(parts ...string) markup.HTML {
	return screen(append([]string{box("body", 66, 10, 108, 170, 16), box("glass", 72, 16, 96, 160, 11), box("line", 108, 20, 24, 4, 2)}, parts...)...)
}

func window(parts ...string) markup.HTML {
	return screen(append([]string{box("body", 22, 14, 196, 122, 9), box("glass", 25, 32, 190, 101, 6), dot(33, 23, 3), dot(43, 23, 3), dot(53, 23, 3)}, parts...)...)
}

func box(class string, x, y, w, h, r int) string {
	return fmt.Sprintf(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="%d"/>`, class, x, y, w, h, r)
}

func bar(x, y, w int) string { return box("line", x, y, w, 5, 2) }

func dot(x, y, r int) string {
	return fmt.Sprintf(`<circle class="line" cx="%d" cy="%d" r="%d"/>`, x, y, r)
}

// row is an entry of a list; the one to tap is filled, and a finger is on it.
func row(x, y, w int, hot bool) string {
	if hot {
		return box("hot", x, y, w, 20, 6) + box("on", x+8, y+8, w/2, 5, 2) + tap(x+w-14, y+19)
	}
	return box("row", x, y, w, 20, 6) + bar(x+8, y+8, w*2/5)
}

// press is a button with a finger on it.
func press(x, y, w int) string {
	return box("hot", x, y, w, 18, 6) + box("on", x+w/4, y+7, w/2, 5, 2) + tap(x+w-5, y+15)
}

// tap is where the finger goes.
func tap(x, y int) string {
	return fmt.Sprintf(`<circle class="halo" cx="%d" cy="%d" r="11"/><circle class="tip" cx="%d" cy="%d" r="5"/>`, x, y, x, y)
}

// stroke is a path drawn by a line.
func stroke(class, d string) string { return fmt.Sprintf(`<path class="%s" d="%s"/>`, class, d) }

func shield(x, y int) string {
	return stroke("mark", fmt.Sprintf("M%d %dl11 4v8c0 8-5 12-11 15-6-3-11-7-11-15v-8z", x, y)) + stroke("tick", fmt.Sprintf("M%d %dl4 4 7-8", x-5, y+13))
}

func sheet(x, y int) string {
	return box("row", x, y, 34, 42, 4) + bar(x+6, y+8, 22) + bar(x+6, y+17, 16) + stroke("mark", fmt.Sprintf("M%d %da6 6 0 1 0 .1 0z", x+24, y+25))
}

var (
	picAllow = phone(bar(84, 36, 52), bar(84, 48, 72), box("card", 80, 66, 80, 66, 9), bar(92, 78, 56), bar(98, 90, 44),
		box("row", 86, 106, 32, 18, 6), press(122, 106, 32))
	picProfile   = phone(bar(80, 34, 40), row(78, 48, 84, true), row(78, 78, 84, false), row(78, 102, 84, false), row(78, 126, 84, false))
	picFullTrust = phone(bar(80, 34, 40), bar(80, 48, 60), box("row", 78, 64, 84, 28, 7), bar(86, 76, 34),
		box("hot", 130, 70, 28, 16, 8), `<circle class="on" cx="150" cy="78" r="6"/>`, tap(150, 90), bar(80, 112, 70), bar(80, 124, 48))
	picDownload = phone(bar(84, 36, 52), bar(84, 48, 66), stroke("arrow", "M120 66v34M107 88l13 13 13-13"), stroke("arrow", "M98 116h44"),
		box("row", 80, 128, 80, 40, 6))
	picSearch = phone(box("hot", 78, 36, 84, 22, 11), stroke("lens", "M94 41a6 6 0 1 0 .1 0zM98 51l4 4"), box("on", 108, 45, 34, 5, 2), tap(152, 52),
		row(78, 72, 84, false), row(78, 96, 84, false), row(78, 120, 84, false))
	picChoose  = phone(bar(80, 34, 46), row(78, 50, 84, false), row(78, 74, 84, true), shield(120, 106))
	picInstall = window(sheet(42, 48), bar(90, 52, 90), bar(90, 66, 110), bar(90, 80, 70), press(42, 106, 62), box("row", 150, 106, 54, 18, 6))
	picStore   = window(bar(40, 44, 80), stroke("ring", "M47 60a5 5 0 1 0 .1 0z"), bar(60, 63, 70), stroke("ring chosen", "M47 78a5 5 0 1 0 .1 0z"), bar(60, 81, 96),
		box("row", 60, 96, 92, 20, 5), bar(68, 104, 60), press(160, 97, 42))
	picFinish = window(shield(120, 46), bar(78, 84, 84), bar(92, 95, 56), box("row", 96, 108, 46, 18, 6), press(152, 108, 50))
	picFile   = window(sheet(103, 44), stroke("arrow", "M120 92v20M112 105l8 8 8-8"), box("hot", 84, 120, 72, 7, 3))
	picFind   = window(box("row", 30, 37, 48, 91, 5), bar(37, 46, 30), bar(37, 58, 34), bar(37, 70, 24), bar(90, 44, 90), row(88, 56, 118, true), bar(96, 88, 76), bar(96, 102, 90), bar(96, 116, 60))
	picAlways = window(stroke("mark", "M42 46l6 6 6-6"), bar(62, 46, 40), bar(42, 68, 62), box("hot", 116, 60, 88, 20, 6), box("on", 124, 68, 50, 5, 2),
		stroke("lens", "M186 68l4 4 4-4"), bar(42, 98, 56), box("row", 116, 90, 88, 16, 5), bar(42, 118, 54), box("row", 116, 112, 88, 16, 5), tap(176, 82))
	picImport = window(bar(40, 44, 30), bar(82, 44, 30), box("hot", 122, 42, 42, 9, 4), box("row", 40, 58, 164, 32, 5), bar(48, 66, 90), bar(48, 78, 70),
		box("row", 40, 100, 16, 16, 4), stroke("tick", "M44 108l4 4 6-8"), bar(64, 106, 60), press(148, 104, 56))
	picList   = window(bar(40, 44, 70), row(40, 56, 164, false), row(40, 80, 164, false), press(130, 108, 74))
	picOpened = window(box("row", 62, 17, 146, 12, 5), box("lock", 66, 22, 8, 5, 1), stroke("shackle", "M68 22v-2a2 2 0 0 1 4 0v2"), stroke("seal", "M120 50a28 28 0 1 0 .1 0z"), stroke("sealtick", "M107 79l9 9 18-20"))
)

func icon(d string) markup.HTML {
	return markup.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="` + d + `"/></svg>`)
}

var (
	iconPhone    = icon("M8 2.5h8a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM10.5 18.5h3")
	iconHandheld = icon("M7 2.5h10v11l-2 2v6H9v-6l-2-2zM9.5 5.5h5v5h-5z")
	iconWindow   = icon("M3 4.5h18v12H3zM3 8h18M9 20.5h6M12 16.5v4")
	iconLaptop   = icon("M5 5h14v10H5zM2.5 18.5h19")
	iconConsole  = icon("M3 4.5h18v15H3zM7 9l3 3-3 3M12.5 15.5H17")
)

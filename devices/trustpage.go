package devices

import (
	_ "embed"
	markup "html/template" // template is a route
	"strings"
)

// The trust page is whole without a script: a device opens it before anything of it is known.

//go:embed trust.html
var trustHTML string

// publicStyle comes before the own sheet of each page that stands alone.
//
//go:embed public.css
var publicStyle string

//go:embed trust.css
var trustStyle string

//go:embed trustpics.css
var trustPictureStyle string

var trustTemplate = markup.Must(markup.New("trust").Parse(trustHTML))

// trustView is what the page is filled with.
type trustView struct {
	trustBook
	Site, State string // State is own, ready, plain, or local where no other device reaches it
	Address     string
	QR          markup.HTML
	Fingerprint string
	Platforms   []platform
}

// platform is one kind of device, with its steps.
type platform struct {
	Key     string
	Icon    markup.HTML
	Open    bool
	Steps   []step
	Command string // for a console; mostly none
}

// step is one thing to do, with what it looks like.
type step struct {
	Say     string
	Picture markup.HTML
	Get     string // a file to fetch
	GetSay  string
	Opens   bool // the safe address
}

// Title and Lead are what the page says first.
func (v *trustView) Title() string { return strings.TrimSuffix("title."+v.State, ".own") }

func (v *trustView) Lead() string { return strings.TrimSuffix("lead."+v.State, ".own") }

// Say gives a sentence as text.
func (v *trustView) Say(key string) string { return strings.ReplaceAll(v.say(key), "*", "") }

// Tell gives a sentence with the words of a device's screen set apart.
func (v *trustView) Tell(key string) markup.HTML {
	var b strings.Builder
	for i, part := range strings.Split(v.say(key), "*") {
		if i%2 == 1 {
			b.WriteString("<b>" + markup.HTMLEscapeString(part) + "</b>")
		} else {
			b.WriteString(markup.HTMLEscapeString(part))
		}
	}
	return markup.HTML(b.String()) // every part of it is escaped
}

// Broken lets an address be broken behind its scheme, where there is no room for it in one line.
func (v *trustView) Broken(address string) markup.HTML {
	return markup.HTML(strings.Replace(markup.HTMLEscapeString(address), "://", "://<wbr>", 1))
}

func trustPage(c *call) error {
	v := &trustView{trustBook: trustBookFor(c.Get("Accept-Language")), Site: c.siteName(), State: "plain", Address: c.reach()}
	if c.s.o.Loopback {
		v.State = "local"
	}
	if h := c.s.https(); h != nil {
		v.State, v.Address = "ready", h.URL
		if der := c.s.authority(); der != nil {
			v.State, v.Fingerprint = "own", fingerprint(der)
			v.Platforms = platforms(platformOf(c.Get("User-Agent")))
		}
	}
	v.QR = markup.HTML(qrSVG(v.Address))
	var b strings.Builder
	if err := trustTemplate.Execute(&b, v); err != nil {
		return err
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	c.Set("Content-Language", v.Lang)
	c.Set("Cache-Control", "no-store")
	c.Vary("Accept-Language", "User-Agent")
	return c.SendString(b.String())
}

func trustCSS(c *call) error {
	c.Set("Content-Type", "text/css; charset=utf-8")
	c.Set("Cache-Control", "no-cache")
	return c.SendString(publicStyle + trustStyle + trustPictureStyle)
}

// platformOf guesses what a browser runs on. Android says Linux too, and Windows phones said everything.
func platformOf(agent string) string {
	for _, p := range [][2]string{{"iPhone", "ios"}, {"iPad", "ios"}, {"iPod", "ios"}, {"Android", "android"}, {"Windows", "windows"},
		{"Macintosh", "macos"}, {"Linux", "linux"}, {"X11", "linux"}} {
		if strings.Contains(agent, p[0]) {
			return p[1]
		}
	}
	return ""
}

// platforms are all kinds of devices; the visitor's own is opened.
func platforms(open string) []platform {
	last := step{Say: "open", Picture: picOpened, Opens: true}
	crt := func(say string, pic markup.HTML) step {
		return step{Say: say, Picture: pic, Get: "/ca.crt", GetSay: "get.crt"}
	}
	all := []platform{
		{Key: "ios", Icon: iconPhone, Steps: []step{{Say: "ios.1", Picture: picAllow, Get: "/floorline.mobileconfig", GetSay: "get.ios"},
			{Say: "ios.2", Picture: picProfile}, {Say: "ios.3", Picture: picFullTrust}, last}},
		{Key: "android", Icon: iconHandheld, Steps: []step{crt("android.1", picDownload), {Say: "android.2", Picture: picSearch},
			{Say: "android.3", Picture: picChoose}, last}},
		{Key: "windows", Icon: iconWindow, Steps: []step{crt("windows.1", picInstall), {Say: "windows.2", Picture: picStore},
			{Say: "windows.3", Picture: picFinish}, last}},
		{Key: "macos", Icon: iconLaptop, Steps: []step{crt("macos.1", picFile), {Say: "macos.2", Picture: picFind},
			{Say: "macos.3", Picture: picAlways}, last}},
		{Key: "linux", Icon: iconConsole, Steps: []step{{Say: "linux.1", Picture: picFile, Get: "/ca.pem", GetSay: "get.crt"},
			{Say: "linux.2", Picture: picImport}, {Say: "linux.3", Picture: picList}, last},
			Command: "sudo install -m 644 floorline-ca.pem /usr/local/share/ca-certificates/floorline-ca.crt && sudo update-ca-certificates"},
	}
	for i := range all {
		all[i].Open = all[i].Key == open
	}
	return all
}

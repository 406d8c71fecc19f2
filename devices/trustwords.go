package devices

import (
	"strings"

	"floorline/floor/words"
)

// trustBook is what the trust page says, in the language that a browser asks for. What a language lacks is said in English.
type trustBook struct {
	Lang, Dir string
	own       map[string]string
}

// trustBookFor takes the first language of an Accept-Language that the page speaks.
func trustBookFor(accepted string) trustBook {
	for _, part := range strings.Split(accepted, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		book := words.Of(base)
		switch {
		case base == "en":
			return trustBook{"en", "ltr", book.Trust}
		case book.Tag != base || len(book.Trust) == 0:
			continue
		case book.RightToLeft():
			return trustBook{book.Tag, "rtl", book.Trust}
		}
		return trustBook{book.Tag, "ltr", book.Trust}
	}
	return trustBook{"en", "ltr", words.Of("en").Trust}
}

func (b trustBook) say(key string) string {
	if s := b.own[key]; s != "" {
		return s
	}
	return trustWords[key]
}

// trustWords are the sentences of the trust page. What stands on the device's own screen is between asterisks.
var trustWords = map[string]string{
	"title":       "Trust this server",
	"lead":        "Once on each device, in about a minute. Then Floorline opens without a warning, reads codes by camera and keeps working where the network does not reach.",
	"title.ready": "Ready for every device",
	"lead.ready":  "This server has a certificate that devices trust by themselves. Nothing needs to be installed: open the address.",
	"title.plain": "Not secure here",
	"lead.plain":  "This server was started without HTTPS: anybody on this network can read along. No camera, no work out of reach. Start it with *--https :8443* to change that.",
	"title.local": "Nothing to trust here",
	"lead.local":  "This server is open to this machine alone. To let other devices in, start it with *--http :8080*: it speaks HTTPS then, and this page shows each device how to trust it.",
	"address":     "The address to open",
	"qr":          "QR code of the address to open",
	"scan":        "Point another device's camera here",
	"steps":       "How to, on this device",
	"steps.about": "Choose what you hold in your hand.",
	"compare":     "Compare before you install",
	"compare.how": "This SHA-256 fingerprint must be the one on the server's console. If it is not, stop: somebody is in between.",
	"limits":      "What you install vouches for private addresses and local names alone. It cannot speak for your bank, your mail or any other place on the internet.",
	"files":       "The files, for who knows what to do",
	"file.pem":    "PEM: Linux, Firefox",
	"file.crt":    "DER: Android, Windows, macOS",
	"file.ios":    "Profile: iPhone, iPad",
	"get.crt":     "Get the certificate",
	"get.ios":     "Get the profile",

	"ios":          "iPhone and iPad",
	"ios.1":        "Get the profile in *Safari* and tap *Allow*.",
	"ios.2":        "Open *Settings*, tap *Profile Downloaded*, then *Install*. Is it not there? Look in *General*, *VPN & Device Management*.",
	"ios.3":        "In *Settings*, *General*, *About*, *Certificate Trust Settings*, switch on *Floorline warehouse*. Without this the warning stays.",
	"ios.hint":     "An iPad may show itself as a Mac; these are its steps all the same.",
	"android":      "Android and Zebra",
	"android.1":    "Get the certificate. It lies in *Downloads* then; nothing is installed yet.",
	"android.2":    "Open *Settings* and search for *CA certificate*. It stands under *Security*, *Encryption & credentials*.",
	"android.3":    "Tap *CA certificate*, *Install anyway*, and choose *floorline-ca.crt*. Android may ask for a screen lock first.",
	"android.hint": "Many Zebra devices at once: have StageNow or your device management install the same file as a trusted CA.",
	"windows":      "Windows",
	"windows.1":    "Get the certificate, open the file and click *Install Certificate*.",
	"windows.2":    "Choose *Local Machine*, then *Place all certificates in the following store*, and browse to *Trusted Root Certification Authorities*.",
	"windows.3":    "Click *Next* and *Finish*. Then close all windows of the browser and start it again.",
	"windows.hint": "You are no administrator? *Current User* in place of *Local Machine* does it for your account.",
	"macos":        "macOS",
	"macos.1":      "Get the certificate and open the file. *Keychain Access* takes it in.",
	"macos.2":      "Find *Floorline warehouse* in *Keychain Access* and double-click it.",
	"macos.3":      "Unfold *Trust*, choose *Always Trust*, close the window and type your password.",
	"macos.hint":   "Is this an iPad? It may show itself as a Mac: follow *iPhone and iPad* above.",
	"linux":        "Linux and Firefox",
	"linux.1":      "Get the certificate.",
	"linux.2":      "Firefox: *Settings*, *Privacy & Security*, *View Certificates*, *Authorities*, *Import*. Tick *Trust this CA to identify websites*.",
	"linux.3":      "Chromium: *Settings*, *Privacy and security*, *Security*, *Manage certificates*. Import it as a trusted certificate.",
	"linux.hint":   "For the programs of a whole Debian or Ubuntu machine:",
	"open":         "Open the address. No warning: done.",
}

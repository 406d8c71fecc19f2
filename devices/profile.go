package devices

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
)

// mobileConfig is the authority as a configuration profile of iPhones and iPads. Its identifiers follow from the
// certificate, so that one installed twice is the same profile, and another warehouse's is another.
func mobileConfig(site string, der []byte) []byte {
	sum := sha256.Sum256(der)
	profile, payload := uuidOf(sum[:16]), uuidOf(sum[16:])
	name := "Floorline"
	if site != "" {
		name = site + " (Floorline)"
	}
	return fmt.Appendf(nil, profileXML, base64.StdEncoding.EncodeToString(der), payload, payload, escaped(name), profile, profile,
		escaped(cmp.Or(site, "Floorline")))
}

// uuidOf shapes 16 bytes as a UUID of version 8, which is for identifiers that are derived in a way of one's own.
func uuidOf(b []byte) string {
	var u [16]byte
	copy(u[:], b)
	u[6], u[8] = u[6]&0x0F|0x80, u[8]&0x3F|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

const profileXML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadCertificateFileName</key>
			<string>floorline-ca.crt</string>
			<key>PayloadContent</key>
			<data>%s</data>
			<key>PayloadDisplayName</key>
			<string>Floorline warehouse</string>
			<key>PayloadIdentifier</key>
			<string>floorline.authority.%s</string>
			<key>PayloadType</key>
			<string>com.apple.security.root</string>
			<key>PayloadUUID</key>
			<string>%s</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
		</dict>
	</array>
	<key>PayloadDisplayName</key>
	<string>%s</string>
	<key>PayloadIdentifier</key>
	<string>floorline.trust.%s</string>
	<key>PayloadRemovalDisallowed</key>
	<false/>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>%s</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
	<key>PayloadOrganization</key>
	<string>%s</string>
</dict>
</plist>
`

package devices

import (
	"encoding/json"
	"strings"
	"testing"
)

const learned = `{"terminator":"none","delivery":"keys","decode":"map","from":"à&é","to":"012","prefix":"~","aim":true,"gap_ms":100}`

// A device tells what its scanner's calibration learned, and of no other's; a lead sees it, and new hardware
// under the old name is welcomed with it.
func TestScannerOfADevice(t *testing.T) {
	t.Parallel()
	f := openFront(t)
	d, other := f.pair("handheld"), f.pair("bench")
	path := "/api/v1/devices/" + string(d.id)
	mine, others := "Bearer "+d.token, "Bearer "+other.token
	f.want(401, "PUT", path+"/scanner", learned, "Authorization", "")
	f.want(404, "PUT", path+"/scanner", learned, "Authorization", others)
	f.want(404, "DELETE", path+"/scanner", "", "Authorization", others)
	f.want(404, "POST", path+"/scanner/drift", `{"drift":"aim"}`, "Authorization", others)
	f.want(409, "POST", path+"/scanner/drift", `{"drift":"aim"}`, "Authorization", mine)
	f.want(200, "PUT", path+"/scanner", learned, "Authorization", mine)
	f.want(404, "PUT", "/api/v1/devices/D-0099-X/scanner", learned)
	r := f.want(422, "PUT", path+"/scanner", strings.Replace(learned, "none", "never", 1), "Authorization", mine)
	if !strings.Contains(string(r.body), "/terminator") {
		t.Errorf("%s", r.body)
	}
	f.want(200, "POST", path+"/scanner/drift", `{"drift":"terminator"}`, "Authorization", mine)
	var seen struct {
		Scanner    *struct{ From, To, Drift string }
		Calibrated string
	}
	f.want(200, "GET", path, "").json(t, &seen)
	if seen.Scanner == nil || seen.Scanner.From != "à&é" || seen.Scanner.To != "012" || seen.Scanner.Drift != "terminator" || seen.Calibrated == "" {
		t.Fatalf("%+v", seen)
	}
	if said := f.drifting(); len(said) != 1 || !strings.Contains(said[0], "ends its codes otherwise") {
		t.Errorf("a lead is told %q", said)
	}
	f.want(200, "POST", path+"/scanner/drift", `{"drift":""}`, "Authorization", mine)
	if said := f.drifting(); len(said) != 0 {
		t.Errorf("it agrees again, and a lead is told %q", said)
	}
	f.want(200, "POST", path+"/scanner/drift", `{"drift":"caps"}`, "Authorization", mine)
	f.want(200, "PUT", path+"/scanner", learned, "Authorization", mine)
	if said := f.drifting(); len(said) != 0 {
		t.Errorf("it was set up anew, and a lead is told %q", said)
	}
	var p struct{ Code string }
	f.want(201, "POST", "/api/v1/devices/pairings", `{"device":"`+string(d.id)+`"}`).json(t, &p)
	var again struct{ ID, Token string }
	f.want(201, "POST", "/api/v1/devices", `{"pairing_code":"`+p.Code+`"}`, "Authorization", "").json(t, &again)
	f.want(401, "PUT", path+"/scanner", learned, "Authorization", mine)
	ws := f.dial()
	hello, _ := json.Marshal(map[string]any{"type": "hello", "token": again.Token})
	if err := ws.WriteMessage(1, hello); err != nil {
		t.Fatal(err)
	}
	device, _ := frameOf(t, ws, "welcome")["device"].(map[string]any)
	scanner, _ := device["scanner"].(map[string]any)
	if scanner["from"] != "à&é" || scanner["gap_ms"] != 100.0 {
		t.Errorf("new hardware is welcomed with %v", device)
	}
	f.want(204, "DELETE", path+"/scanner", "") // a lead at a desk: the device hears of it at once
	if device, _ := frameOf(t, ws, "device")["device"].(map[string]any); device["id"] != string(d.id) || device["scanner"] != nil {
		t.Errorf("the device is told %v", device)
	}
	f.want(204, "DELETE", path+"/scanner", "", "Authorization", "Bearer "+again.Token)
	if sheet := f.want(200, "GET", "/api/v1/scanner/codes.pdf", "", "Authorization", others).body; !strings.HasPrefix(string(sheet), "%PDF-") {
		t.Errorf("%.40q is no sheet", sheet)
	}
}

// drifting is what needs a person of the scanners.
func (f *front) drifting() (said []string) {
	var list struct{ Items []struct{ Kind, Say string } }
	f.want(200, "GET", "/api/v1/exceptions", "").json(f.t, &list)
	for _, x := range list.Items {
		if x.Kind == "scanner_drift" {
			said = append(said, x.Say)
		}
	}
	return said
}

package devices

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"floorline/floor"
)

// eveHouse is a network and a machine of its own for CUPS's own IPP Everywhere printer, which does not start without
// DNS-SD: loopback alone, a message bus and Avahi in a /run of their own. Everything in it ends with the script.
const eveHouse = `set -e
ip link set lo up
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/spool
up() { for i in $(seq 200); do [ -S "$1" ] && return 0; sleep 0.05; done; echo "$1 never came"; exit 3; }
dbus-daemon --system --nofork --nopidfile >/run/dbus.log 2>&1 &
up /run/dbus/system_bus_socket
printf '[server]\nuse-ipv4=yes\nuse-ipv6=no\nallow-interfaces=lo\n' >/run/avahi.conf
avahi-daemon -f /run/avahi.conf --no-drop-root --no-chroot --no-rlimits >/run/avahi.log 2>&1 &
up /run/avahi-daemon/socket
ippeveprinter -n localhost -p 8631 -d /run/spool -k -c /bin/true -f application/pdf Laser >/run/eve.log 2>&1 &
EVE_SPOOL=/run/spool "$0" -test.run '^TestIPPEvePrinter$' -test.v || { cat /run/*.log; exit 4; }
`

// A real IPP printer gets the very bytes that were drawn, for labels and documents, and a reprint is the same file.
func TestIPPEvePrinter(t *testing.T) {
	spool := os.Getenv("EVE_SPOOL")
	if spool == "" {
		inEveHouse(t)
		return
	}
	f := openFront(t)
	f.stock()
	f.s.printer.pace.poll, f.s.printer.pace.first = 20*time.Millisecond, 50*time.Millisecond
	f.printer("laser", "ipp://127.0.0.1:8631/ipp/print", `"kind":"pdf","uses":["labels","documents"],"size":"4x6","dpi":300`)
	f.packToLabel("laser")
	var parcels struct{ Items []floor.ParcelView }
	f.want(200, "GET", "/api/v1/parcels", "").json(t, &parcels)
	var jobs struct{ Items []floor.PrintView }
	f.want(200, "GET", "/api/v1/prints", "").json(t, &jobs)
	label := jobs.Items[0].ID
	f.comesTo(label, floor.PrintSent, "")
	slip := f.askFor(`{"what":"slip","id":"` + string(parcels.Items[0].Order) + `","printer":"laser"}`)
	f.comesTo(slip.ID, floor.PrintSent, "")
	var copied floor.PrintView
	f.want(201, "POST", "/api/v1/prints/"+string(label)+"/reprint", "").json(t, &copied)
	f.comesTo(copied.ID, floor.PrintSent, "")
	if state := f.printerState("laser"); state != floor.PrinterReady {
		t.Errorf("the printer is %q", state)
	}
	wantLabel := f.want(200, "GET", "/api/v1/parcels/"+string(parcels.Items[0].ID)+"/label.pdf?size=4x6&dpi=300", "").body
	wantSlip := f.want(200, "GET", "/api/v1/orders/"+string(parcels.Items[0].Order)+"/slip.pdf?size=4x6&dpi=300", "").body
	for id, want := range map[floor.PrintID][]byte{label: wantLabel, slip.ID: wantSlip, copied.ID: wantLabel} {
		files, _ := filepath.Glob(filepath.Join(spool, "*-"+strings.ToLower(string(id))+".pdf"))
		if len(files) != 1 {
			all, _ := filepath.Glob(filepath.Join(spool, "*"))
			t.Fatalf("%s is %v in %v", id, files, all)
		}
		got, err := os.ReadFile(files[0])
		if err != nil || !bytes.Equal(got, want) || len(got) < 1000 {
			t.Errorf("%s: %d bytes arrived, %d were drawn: %v", id, len(got), len(want), err)
		}
	}
	t.Log("three documents arrived byte for byte")
}

// inEveHouse runs this test within the house, or says why that cannot be here.
func inEveHouse(t *testing.T) {
	skip := func(why string) {
		if os.Getenv("CI") == "true" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	for _, tool := range []string{"unshare", "ip", "dbus-daemon", "avahi-daemon", "ippeveprinter"} {
		if _, err := exec.LookPath(tool); err != nil {
			if _, err := os.Stat("/usr/sbin/" + tool); err != nil {
				skip("no " + tool + " here: make tools")
			}
		}
	}
	if err := exec.Command("unshare", "-n", "-m", "-p", "-f", "true").Run(); err != nil {
		skip("no network and mounts of our own here (unshare wants root): " + err.Error())
	}
	cmd := exec.Command("unshare", "-n", "-m", "-p", "-f", "--kill-child", "sh", "-c", eveHouse, os.Args[0])
	cmd.Env = append(os.Environ(), "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 3 {
		skip("DNS-SD does not start here: " + string(out))
	}
	if err != nil || !strings.Contains(string(out), "three documents arrived byte for byte") {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

func (f *front) printerState(code string) string {
	f.t.Helper()
	var p floor.PrinterView
	f.want(200, "GET", "/api/v1/printers/"+code, "").json(f.t, &p)
	return p.State
}

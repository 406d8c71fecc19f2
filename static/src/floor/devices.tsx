import { useState } from "preact/hooks";
import { post, put, remove } from "../api";
import { KINDS } from "../doors/kinds";
import { Faults, field, Form } from "../doors/form";
import { say, when } from "../words";
import { ConditionLine, type Condition } from "./condition";
import { Dialog, Pick, Text } from "./dialog";
import { usePages } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { ScaleCell } from "./scale";
import { CODES_SHEET, ScannerCell, ScannerDialog, type Scanned } from "./scanner";
import { Table } from "./table";
import { Choice } from "./printer";
import { Workers } from "./workers";

// The machines of the floor: pair a new one by QR, see who is at which, give a station its printer.

interface Device extends Scanned {
  kind: string;
  online: boolean;
  worker?: string;
  last_seen?: string;
  printer?: string;
  scale?: string;
  documents_printer?: string;
  locked?: boolean;
  condition?: Condition;
}

export function Devices() {
  const devices = usePages<Device>("/devices");
  return (
    <>
      <h1>Devices</h1>
      <div class="now-grid">
        <Panel title="Pair a device">
          <Pairing known={devices.data ?? []} />
        </Panel>
        <Panel title={say("desk.trust")}>
          <div class="pairing" data-testid="trust">
            <img src="/trust.svg" alt="QR code of the page with the steps" width="220" height="220" />
            <p>{say("desk.trust.how")}</p>
            <p>
              <a href="/trust" target="_blank" rel="noreferrer" data-testid="trust-open">
                {say("desk.trust.open")}
              </a>
            </p>
          </div>
        </Panel>
        <Panel title="Devices" wide>
          <p>
            <a href={CODES_SHEET} target="_blank" rel="noreferrer" data-testid="codes-sheet">
              {say("desk.scanner.sheet")}
            </a>
          </p>
          <DeviceTable live={devices} />
        </Panel>
        <Panel title="Workers" wide>
          <Workers />
        </Panel>
      </div>
    </>
  );
}

function Pairing({ known }: { known: Device[] }) {
  const [made, setMade] = useState<{ code: string; url: string; qr_svg_url?: string } | null>(null);
  const send = async (d: FormData) => {
    const device = field(d, "device");
    setMade(await post("/devices/pairings", device ? { device } : { kind: field(d, "kind"), name: field(d, "name") }));
  };
  return (
    <>
      <Form onSend={send} send="Make a code">
        <Text name="name" label="Name" hint="Handheld 3" />
        <Pick name="kind" label="Works as a" options={KINDS} />
        <label>
          Or goes on as
          <select name="device" data-testid="field-device">
            <option value="">a new device</option>
            {known.map((d) => (
              <option key={d.id} value={d.id}>
                {d.name} ({d.kind})
              </option>
            ))}
          </select>
        </label>
      </Form>
      {made && (
        <div class="pairing" data-testid="pairing" data-code={made.code} data-url={made.url}>
          <img src={made.qr_svg_url ?? `/api/v1/devices/pairings/${made.code}.svg`} alt="QR code of the pairing address" width="220" height="220" />
          <p>Scan this with the new device, or open</p>
          <p>
            <a href={made.url}>{made.url}</a>
          </p>
          <p class="pairing-code code">{made.code}</p>
        </div>
      )}
    </>
  );
}

function DeviceTable({ live }: { live: ReturnType<typeof usePages<Device>> }) {
  const [fault, setFault] = useState<Error | null>(null);
  const [printer, setPrinter] = useState<Device | null>(null);
  const [scanner, setScanner] = useState<Device | null>(null);
  const [leaving, setLeaving] = useState<Device | null>(null);
  const drop = async () => {
    await remove(`/devices/${leaving!.id}`, { ifMatch: "*" });
    live.again();
  };
  const unlock = async (id: string) => {
    setFault(null);
    await post(`/devices/${id}/unlock`, {}).then(live.again, setFault);
  };
  const save = async (d: FormData) => {
    await put(`/devices/${printer!.id}`, { printer: field(d, "printer"), documents_printer: field(d, "documents_printer") });
    live.again();
  };
  return (
    <>
      {fault && <Faults fault={fault} />}
      <Table
        label="Devices"
        live={live}
        id={(d) => d.id}
        row={(d) => ({ "data-testid": `device-row-${d.id}`, "data-online": String(d.online) })}
        empty="No device is paired yet."
        columns={[
          { head: "Device", cell: (d) => <span class="named"><span class={`dot ${d.online ? "on" : ""}`} /> {d.name} <span class="code">{d.id}</span></span> },
          { head: "Kind", cell: (d) => d.kind },
          {
            head: "Link and battery",
            cell: (d) => (
              <>
                {d.online ? "online" : d.last_seen ? `last seen ${when(d.last_seen)}` : "never seen"} <ConditionLine of={d} whole />
              </>
            ),
          },
          { head: "Worker", cell: (d) => d.worker && <span class="named">{nameOf(d.worker)}</span> },
          { head: say("desk.scanner"), cell: (d) => <ScannerCell of={d} onOpen={() => setScanner(d)} /> },
          { head: "Scale", cell: (d) => <ScaleCell of={d} again={live.again} /> },
          { head: "Printer", cell: (d) => <button type="button" class="bare" data-testid="printer-of" onClick={() => setPrinter(d)}>{[d.printer, d.documents_printer].filter(Boolean).join(", ") || "none"}</button> },
          {
            head: "",
            cell: (d) => (
              <>
                {d.locked && (
                  <button type="button" data-testid={`unlock-${d.id}`} onClick={() => void unlock(d.id)}>
                    Unlock: too many wrong PINs
                  </button>
                )}{" "}
                <button type="button" class="danger" onClick={() => setLeaving(d)} data-testid={`remove-${d.id}`}>Remove</button>
              </>
            ),
          },
        ]}
      />
      {leaving && (
        <Dialog title={`Remove ${leaving.name}?`} send="Remove" onSend={drop} onClose={() => setLeaving(null)}>
          <p>Its pairing ends at once. What it still holds unsent can no longer reach the floor; pair it again to go on.</p>
        </Dialog>
      )}
      {scanner && <ScannerDialog of={scanner} onClose={() => setScanner(null)} again={live.again} />}
      {printer && (
        <Dialog title={`Printer of ${printer.name}`} send="Save" onSend={save} onClose={() => setPrinter(null)}>
          <Choice name="printer" label="For labels" use="labels" value={printer.printer ?? ""} />
          <Choice name="documents_printer" label="For slips, customs and invoices" use="documents" value={printer.documents_printer ?? ""} />
          <p>
            A printer of the <a href="/floor/prints">Prints</a> page, or the address of a raw label printer such as 192.168.1.50:9100. Empty: the
            station's browser shows the label.
          </p>
        </Dialog>
      )}
    </>
  );
}

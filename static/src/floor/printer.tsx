import { post, put, remove } from "../api";
import { field } from "../doors/form";
import { Dialog, Pick, Text } from "./dialog";
import { usePages } from "./live";

// A printer of the house as a record, and the questions about one.

export interface Printer {
  code: string;
  name: string;
  address: string;
  kind: string;
  dpi: number;
  size: string;
  uses: string[];
  fallback: string;
  pin?: string;
  state: string;
  say?: string;
  since?: string;
  bare?: boolean;
  queue: number;
  devices: string[];
}

const USES: Record<string, string[]> = { labels: ["labels"], documents: ["documents"], "labels and documents": ["labels", "documents"] };

const usesOf = (p: Printer | null): string => Object.keys(USES).find((k) => USES[k]!.join() === (p?.uses ?? ["labels"]).join()) ?? "labels";

// PrinterDialog makes a printer or changes one.
export function PrinterDialog({ of, known, onClose, again }: { of: Printer | null; known: Printer[]; onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const code = of?.code ?? field(d, "code");
    await put(`/printers/${encodeURIComponent(code)}`, {
      name: field(d, "name"),
      address: field(d, "address"),
      kind: field(d, "kind"),
      dpi: Number(field(d, "dpi")),
      size: field(d, "size"),
      uses: USES[field(d, "uses")],
      fallback: field(d, "fallback"),
      ...(of?.pin ? { pin: of.pin } : {}),
    });
    again();
  };
  const others = known.filter((p) => p.code !== of?.code && !p.bare).map((p) => p.code);
  return (
    <Dialog title={of ? `Printer ${of.code}` : "New printer"} send="Save" onSend={send} onClose={onClose}>
      {!of && <Text name="code" label="Code" hint="zebra-1" required />}
      <Text name="name" label="Name, as people call it" hint="Zebra at bench 1" value={of?.bare ? "" : (of?.name ?? "")} />
      <Text name="address" label="Address" hint="192.168.1.50:9100 or ipp://192.168.1.60:631/ipp/print" value={of?.address ?? ""} required />
      <Pick name="kind" label="Speaks" options={["zpl", "pdf"]} value={of?.kind ?? "zpl"} />
      <Pick name="dpi" label="Dots an inch" options={["203", "300", "600"]} value={String(of?.dpi ?? 203)} />
      <Text name="size" label="Paper" hint="4x6, a6, a4, 62x29; empty: as each paper usually is" value={of?.size ?? ""} />
      <Pick name="uses" label="For" options={Object.keys(USES)} value={usesOf(of)} />
      <Pick name="fallback" label="When it does not print, people may send its jobs to" options={["", ...others]} value={of?.fallback ?? ""} />
    </Dialog>
  );
}

export function RemovePrinter({ of, onClose, again }: { of: Printer; onClose: () => void; again: () => void }) {
  const send = async () => {
    await remove(`/printers/${encodeURIComponent(of.code)}`, { ifMatch: "*" });
    again();
  };
  return (
    <Dialog title={`Remove ${of.name || of.code}?`} send="Remove" onSend={send} onClose={onClose}>
      <p>Nothing is printed there from then on.</p>
    </Dialog>
  );
}

const WHATS = ["label", "slip", "bin", "tote", "item", "test"];

// PrintDialog has anything printed that the floor can draw.
export function PrintDialog({ known, onClose, again }: { known: Printer[]; onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    await post("/prints", { what: field(d, "what"), id: field(d, "id"), printer: field(d, "printer"), copies: Number(field(d, "copies")) || 1 });
    again();
  };
  return (
    <Dialog title="Print" send="Print" onSend={send} onClose={onClose}>
      <Pick name="what" label="What" options={WHATS} />
      <Text name="id" label="Of which parcel, order, bin, tote or item" hint="P-000012-K" />
      <Pick name="printer" label="On" options={known.map((p) => p.code)} />
      <Text name="copies" label="Copies" type="number" value="1" />
    </Dialog>
  );
}

// Choice is a field for a printer: a code of one that is for this, or an address.
export function Choice({ name, label, use, value }: { name: string; label: string; use: string; value: string }) {
  const all = usePages<Printer>("/printers").data ?? [];
  return (
    <label>
      {label}
      <input name={name} defaultValue={value} list={`${name}-known`} autocomplete="off" data-testid={`field-${name}`} />
      <datalist id={`${name}-known`}>
        {all
          .filter((p) => p.uses.includes(use))
          .map((p) => (
            <option key={p.code} value={p.code}>
              {p.name}
            </option>
          ))}
      </datalist>
    </label>
  );
}

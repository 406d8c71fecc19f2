import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults, field } from "../doors/form";
import { when } from "../words";
import { Dialog, Pick } from "./dialog";
import { usePages } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { PrintDialog, PrinterDialog, RemovePrinter, type Printer } from "./printer";
import { Pill, Table, type Column } from "./table";

// Every printer with its line of jobs, in the order in which they come out, and what a person can do about each.

interface Print {
  id: string;
  parcel: string;
  subject?: string;
  printer: string;
  device?: string;
  status: string;
  what: string;
  copy: number;
  why?: string;
  from?: string;
  place: number;
  at: string;
}

const words: Record<string, string> = {
  queued: "waits",
  sending: "is being printed",
  sent: "sent",
  proved: "scanned back",
  unknown: "did it come out?",
  failed: "not printed",
  void: "void",
};

const whats: Record<string, string> = {
  label: "Shipping label",
  slip: "Packing slip",
  customs: "Customs paper",
  invoice: "Invoice",
  hazard: "Hazard mark",
  return: "Return label",
  logistics: "Pallet label",
  bin: "Bin label",
  tote: "Tote label",
  item: "Item label",
  badge: "Badge",
  test: "Test",
};

type Asked = { kind: "printer"; of: Printer | null } | { kind: "remove"; of: Printer } | { kind: "print" } | { kind: "reroute"; of: Print };

export function Prints() {
  const printers = usePages<Printer>("/printers");
  const open = usePages<Print>("/prints?status=open");
  const ended = usePages<Print>("/prints?status=ended");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const known = printers.data ?? [];
  const again = () => {
    printers.again();
    open.again();
    ended.again();
  };
  const act = (path: string, body: unknown = {}) => {
    setFault(null);
    void post(path, body).then(again, (e: Error) => {
      setFault(e);
      again();
    });
  };
  const lines = linesOf(known, open.data ?? []);
  return (
    <>
      <div class="page-head">
        <h1>Prints</h1>
        <button type="button" onClick={() => setAsked({ kind: "print" })} data-testid="print-something" disabled={known.length === 0}>
          Print
        </button>
        <button type="button" class="primary" onClick={() => setAsked({ kind: "printer", of: null })} data-testid="new">
          New printer
        </button>
      </div>
      {fault && <Faults fault={fault} />}
      {printers.data && lines.length === 0 && <p class="empty">No printer yet. Stations show their labels in the browser until one is set up.</p>}
      {lines.map(([p, jobs]) => (
        <Panel key={p.code} title={p.name || p.code} wide>
          <PrinterHead p={p} onTest={() => act("/prints", { what: "test", printer: p.code })} onAsk={setAsked} />
          <Table
            label={`Line of ${p.name || p.code}`}
            live={{ data: jobs, fault: open.fault }}
            id={(j) => j.id}
            row={(j) => ({ "data-testid": `print-row-${j.id}`, "data-status": j.status })}
            empty="Nothing waits."
            columns={[...columns, { head: "", cell: (j) => <Ways j={j} act={act} onReroute={() => setAsked({ kind: "reroute", of: j })} /> }]}
          />
        </Panel>
      ))}
      {open.more && (
        <button type="button" class="more" onClick={open.more}>
          More jobs
        </button>
      )}
      <Panel title="Ended" wide>
        <Table
          label="Ended jobs"
          live={ended}
          id={(j) => j.id}
          row={(j) => ({ "data-testid": `print-row-${j.id}`, "data-status": j.status })}
          empty="Nothing was printed yet."
          columns={[
            ...columns,
            { head: "Printer", cell: (j) => <span class="code">{j.printer}</span> },
            { head: "", cell: (j) => <Ways j={j} act={act} onReroute={() => setAsked({ kind: "reroute", of: j })} /> },
          ]}
        />
      </Panel>
      {asked?.kind === "printer" && <PrinterDialog of={asked.of} known={known} again={again} onClose={() => setAsked(null)} />}
      {asked?.kind === "remove" && <RemovePrinter of={asked.of} again={again} onClose={() => setAsked(null)} />}
      {asked?.kind === "print" && <PrintDialog known={known} again={again} onClose={() => setAsked(null)} />}
      {asked?.kind === "reroute" && <Reroute of={asked.of} known={known} again={again} onClose={() => setAsked(null)} />}
    </>
  );
}

// linesOf gives each printer its jobs in their order; one that has jobs and is in no list stands for itself. What is wrong
// with the printer is said once, at its head.
function linesOf(known: Printer[], jobs: Print[]): [Printer, Print[]][] {
  const all = [...known];
  for (const j of jobs) {
    if (!all.some((p) => p.code === j.printer)) all.push({ code: j.printer, name: "", address: j.printer, kind: "zpl", dpi: 203, size: "", uses: ["labels"], fallback: "", state: "", bare: true, queue: 0, devices: [] });
  }
  return all.map((p) => [p, line(p, jobs)]);
}

const line = (p: Printer, jobs: Print[]): Print[] =>
  jobs
    .filter((j) => j.printer === p.code)
    .map((j) => (j.why === p.say ? { ...j, why: "" } : j))
    .sort((a, b) => a.place - b.place);

function PrinterHead({ p, onTest, onAsk }: { p: Printer; onTest: () => void; onAsk: (a: Asked) => void }) {
  const well = p.state === "" || p.state === "ready";
  return (
    <div class="printer" data-testid={`printer-${p.code}`} data-state={p.state || "unasked"}>
      <p class={well ? "printer-well" : "printer-ill"} role={well ? undefined : "status"}>
        <span class={`dot ${p.state === "ready" ? "on" : ""}`} /> {p.state === "ready" ? "Ready" : p.state === "" ? "Not asked yet" : p.say}
        {!well && p.since && <span class="quiet"> · since {when(p.since)}</span>}
      </p>
      <p class="quiet">
        <span class="code">{p.code}</span> · <span class="code">{p.address}</span> · {p.kind.toUpperCase()}, {p.dpi} dpi{p.size && `, ${p.size}`} · for {p.uses.join(" and ")}
        {p.fallback && <> · else on <span class="code">{p.fallback}</span></>}
        {p.devices.length > 0 && <> · {p.devices.map((d) => nameOf(d)).join(", ")}</>}
      </p>
      <span class="row">
        <button type="button" onClick={onTest} data-testid={`test-${p.code}`}>
          Test print
        </button>
        <button type="button" onClick={() => onAsk({ kind: "printer", of: p })} data-testid={`edit-${p.code}`}>
          {p.bare ? "Set up" : "Change"}
        </button>
        <button type="button" class="danger" onClick={() => onAsk({ kind: "remove", of: p })} data-testid={`remove-${p.code}`}>
          Remove
        </button>
      </span>
    </div>
  );
}

const columns: Column<Print>[] = [
  { head: "Job", cell: (j) => <span class="code">{j.id}</span> },
  {
    head: "What",
    cell: (j) => (
      <span class="named">
        {whats[j.what] ?? j.what} {j.what !== "test" && <span class="code">{j.parcel || j.subject}</span>}
        {j.copy > 1 && <> copy {j.copy}</>}
      </span>
    ),
  },
  { head: "State", cell: (j) => <span class="named print-state"><Pill status={j.status} words={words[j.status]} /> {j.why && <span>{j.why}</span>}</span> },
  { head: "Asked", cell: (j) => <span class="named">{when(j.at)} {j.device && nameOf(j.device)}{j.from && <> from <span class="code">{j.from}</span></>}</span> },
];

// Ways are what can be done about a job just now.
function Ways({ j, act, onReroute }: { j: Print; act: (path: string) => void; onReroute: () => void }) {
  const to = (verb: string) => () => act(`/prints/${j.id}/${verb}`);
  const ask = (word: string, verb: string, danger = false) => (
    <button type="button" class={danger ? "danger" : ""} onClick={to(verb)} data-testid={`${verb}-${j.id}`}>
      {word}
    </button>
  );
  const stuck = j.status === "failed" || j.status === "unknown";
  return (
    <span class="row ways-on">
      {stuck && ask(j.status === "unknown" ? "None came out: print again" : "Try again", "retry")}
      {(stuck || j.status === "queued") && (
        <button type="button" onClick={onReroute} data-testid={`reroute-${j.id}`}>
          Other printer
        </button>
      )}
      {(j.status === "sent" || j.status === "proved") && ask("Print a copy", "reprint")}
      {j.status !== "void" && j.status !== "proved" && ask("Void", "void", true)}
    </span>
  );
}

function Reroute({ of, known, again, onClose }: { of: Print; known: Printer[]; again: () => void; onClose: () => void }) {
  const send = async (d: FormData) => {
    await post(`/prints/${of.id}/reroute`, { printer: field(d, "printer") });
    again();
  };
  const others = known.filter((p) => p.code !== of.printer).map((p) => p.code);
  return (
    <Dialog title={`Send ${of.id} to another printer`} send="Send it there" onSend={send} onClose={onClose}>
      <Pick name="printer" label="Printer" options={others} />
      {of.status === "unknown" && <p>It may have come out at {of.printer}. If it has, scan it instead: two labels of one parcel are one too many.</p>}
    </Dialog>
  );
}

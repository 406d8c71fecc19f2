import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults } from "../doors/form";
import { query } from "../route";
import { count } from "../words";
import { Table } from "./table";

// A file comes in two steps: a dry run that names every bad row with its line, then the same file for real.

interface Outcome {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  errors?: RowFault[] | null;
  notes?: RowFault[] | null;
}

interface RowFault {
  row: number;
  code: string;
  detail?: string;
  ref?: string;
}

const KINDS: Record<string, { word: string; to: string; template?: string }> = {
  csv: { word: "Orders, our CSV", to: "/imports?format=csv", template: "orders" },
  shopify: { word: "Orders, Shopify JSON", to: "/imports?format=shopify" },
  woocommerce: { word: "Orders, WooCommerce", to: "/imports?format=woocommerce" },
  amazon: { word: "Orders, Amazon", to: "/imports?format=amazon" },
  flipkart: { word: "Orders, Flipkart", to: "/imports?format=flipkart" },
  magento: { word: "Orders, Magento", to: "/imports?format=magento" },
  items: { word: "Items, CSV", to: "/imports/items?", template: "items" },
  bins: { word: "Bins, CSV", to: "/imports/bins?", template: "bins" },
  purchases: { word: "Purchases to come, CSV", to: "/imports/purchases?", template: "purchases" },
  returns: { word: "Returns to come, CSV", to: "/imports/returns?", template: "returns" },
  demand: { word: "Demand of days before, CSV", to: "/imports/demand?", template: "demand" },
  stock: { word: "Stock, CSV", to: "/imports/stock?", template: "stock" },
  rates: { word: "Rate cards, CSV", to: "/imports/rates?", template: "rates" },
};

const COUNTS = ["created", "updated", "unchanged", "rejected"] as const;

export function Import() {
  const [kind, setKind] = useState(query.value.get("kind") ?? "csv");
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState<{ dry: boolean; outcome: Outcome } | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const [create, setCreate] = useState(false);
  const [past, setPast] = useState(false);
  const [day, setDay] = useState("");
  const orders = KINDS[kind]?.to.includes("format=") ?? false;
  const asDemand = kind === "demand" || (orders && past);
  const run = async (chosen: File, dry: boolean) => {
    setBusy(true);
    setFault(null);
    setDone(null);
    try {
      setDone({ dry, outcome: await send(address(kind, { dry, create, past: orders && past, day: asDemand ? day : "" }), kind, chosen) });
    } catch (e) {
      setFault(e as Error);
    }
    setBusy(false);
  };
  const take = (f: File | undefined) => {
    setFile(f ?? null);
    setDone(null);
  };
  return (
    <>
      <h1>Import</h1>
      <div class="import">
        <label>
          What is it?
          <select value={kind} onChange={(e) => setKind(e.currentTarget.value)} data-testid="import-kind">
            {Object.entries(KINDS).map(([k, v]) => (
              <option key={k} value={k} selected={k === kind}>
                {v.word}
              </option>
            ))}
          </select>
        </label>
        {KINDS[kind]?.template && (
          <a href={`/api/v1/templates/${KINDS[kind]!.template}.csv`} download data-testid="template">
            Template
          </a>
        )}
        <Drop file={file} onFile={take} />
        {orders && (
          <label class="inline">
            <input type="checkbox" checked={past} onChange={(e) => setPast(e.currentTarget.checked)} data-testid="past" /> They are past: keep what was asked for, make no
            order
          </label>
        )}
        {asDemand && (
          <label>
            A day of the file that counts as yesterday, where its days are not those of now
            <input type="date" value={day} onChange={(e) => setDay(e.currentTarget.value)} data-testid="import-day" />
          </label>
        )}
        {(orders || kind === "demand") && (
          <label class="inline">
            <input type="checkbox" checked={create} onChange={(e) => setCreate(e.currentTarget.checked)} data-testid="create-items" /> Make the items that are
            not known yet
          </label>
        )}
        <div class="row">
          <button type="button" disabled={!file || busy} onClick={() => file && void run(file, true)} data-testid="dry-run">
            Dry run
          </button>
          <button type="button" class="primary" disabled={!file || busy} onClick={() => file && void run(file, false)} data-testid="import">
            Import
          </button>
          <span role="status">{busy ? "Reading…" : ""}</span>
        </div>
      </div>
      {fault && <Faults fault={fault} />}
      {done && <Result dry={done.dry} outcome={done.outcome} />}
    </>
  );
}

interface How {
  dry: boolean;
  create: boolean;
  past: boolean;
  day: string;
}

// address is where a file goes, with what is asked of it.
function address(kind: string, { dry, create, past, day }: How): string {
  const [path, query] = KINDS[kind]!.to.split("?");
  const q = new URLSearchParams(query);
  q.set("dry_run", String(dry));
  if (create && (q.has("format") || kind === "demand")) q.set("create_items", "true");
  if (day) q.set("day", day);
  return `${past ? "/imports/demand" : path}?${q}`;
}

function send(to: string, kind: string, file: File): Promise<Outcome> {
  const type = kind === "shopify" || kind === "woocommerce" || kind === "magento" ? "application/json" : "text/csv";
  return post<Outcome>(to, new Blob([file], { type: file.name.endsWith(".json") ? "application/json" : type }));
}

function Drop({ file, onFile }: { file: File | null; onFile: (f: File | undefined) => void }) {
  const [over, setOver] = useState(false);
  return (
    <label
      class={`drop ${over ? "over" : ""}`}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        onFile(e.dataTransfer?.files[0]);
      }}
    >
      <input type="file" data-testid="import-file" onChange={(e) => onFile(e.currentTarget.files?.[0])} />
      <span>{file ? `${file.name}, ${count(file.size)} bytes` : "Drop a file here, or choose one"}</span>
    </label>
  );
}

function Result({ dry, outcome }: { dry: boolean; outcome: Outcome }) {
  return (
    <section class="panel wide" data-testid="import-result" data-dry={dry}>
      <h2>{dry ? "Dry run: nothing was changed. It would be:" : "Done:"}</h2>
      <ul class="counts">
        {COUNTS.map((k) => (
          <li key={k}>
            <b data-testid={`import-${k}`}>{count(outcome[k])}</b> {k}
          </li>
        ))}
      </ul>
      <Rows title="Faults by line" rows={outcome.errors ?? []} empty="No fault found." />
      {(outcome.notes ?? []).length > 0 && <Rows title="Notes by line" rows={outcome.notes ?? []} empty="" />}
    </section>
  );
}

function Rows({ title, rows, empty }: { title: string; rows: RowFault[]; empty: string }) {
  return (
    <>
      <h3>{title}</h3>
      <Table
        label={title}
        live={{ data: rows, fault: null }}
        id={(e) => `${e.row}|${e.code}|${e.detail}|${e.ref}`}
        empty={empty}
        columns={[
          { head: "Line", cell: (e) => e.row || "", number: true },
          { head: "Of", cell: (e) => e.ref },
          { head: "What", cell: (e) => e.code.replaceAll("_", " ") },
          { head: "Detail", cell: (e) => e.detail },
        ]}
      />
    </>
  );
}

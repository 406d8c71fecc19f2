import { useState } from "preact/hooks";
import { post } from "../api";
import { Absent, Faults } from "../doors/form";
import { query } from "../route";
import { count, when } from "../words";
import { asked, useFind } from "./find";
import { Receipts, DoorToShelf } from "./goodsin";
import { usePages, usePath } from "./live";
import { Panel } from "./now";
import { Bar, Pill, Table } from "./table";

// What was bought and is to come, and what came of it.

interface Line {
  sku: string;
  ordered: number;
  received: number;
  damaged: number;
}

interface Purchase {
  id: string;
  external_id: string;
  supplier: string;
  due?: string;
  status: string;
  lines: Line[];
  pallets: { sscc: string; received: boolean; lines: { sku: string; qty: number }[] }[];
  receipts: string[] | null;
  created_at: string;
}

const units = (p: Purchase, of: (l: Line) => number) => p.lines.reduce((n, l) => n + of(l), 0);

export function Purchases() {
  const status = query.value.get("status") ?? "";
  const [q, find] = useFind();
  const live = usePages<Purchase>(`/purchases${asked({ status, q })}`);
  return (
    <>
      <div class="page-head">
        <h1>Goods in</h1>
        {find}
        <a class="button" href="/floor/import?kind=purchases">
          Import
        </a>
      </div>
      <DoorToShelf />
      <Table
        label="Purchases"
        live={live}
        id={(p) => p.id}
        row={(p) => ({ "data-testid": `purchase-${p.external_id}` })}
        empty="Nothing was announced. Import purchases or send them by the API; what comes unannounced is received at the door all the same."
        columns={[
          { head: "Purchase", cell: (p) => <a href={`/floor/purchases/${p.id}`}>{p.external_id}</a> },
          { head: "Supplier", cell: (p) => p.supplier },
          { head: "State", cell: (p) => <Pill status={p.status} /> },
          { head: "Due", cell: (p) => <span class="nowrap">{p.due}</span> },
          { head: "Came", cell: (p) => <Bar done={units(p, (l) => l.received)} total={units(p, (l) => l.ordered)} label={`Received of ${p.external_id}`} /> },
          { head: "Since", cell: (p) => when(p.created_at) },
        ]}
      />
      <Receipts />
    </>
  );
}

export function PurchasePage({ id }: { id: string }) {
  const { data: p, fault, again } = usePath<Purchase>(`/purchases/${encodeURIComponent(id)}`);
  const [failed, setFailed] = useState<Error | null>(null);
  if (!p) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  const end = () => void post(`/purchases/${p.id}/end`, {}).then(again, setFailed);
  return (
    <>
      <div class="page-head">
        <h1>
          {p.external_id} <small>{p.supplier}</small>
        </h1>
        <Pill status={p.status} />
        {(p.status === "open" || p.status === "receiving") && (
          <button type="button" onClick={end} data-testid="end-purchase">
            No more comes
          </button>
        )}
      </div>
      {failed && <Faults fault={failed} />}
      <Panel title={`${p.id}${p.due ? `, due ${p.due}` : ""}`} wide>
        <Table
          label="Lines"
          live={{ data: p.lines, fault: null }}
          id={(l) => l.sku}
          row={(l) => ({ "data-testid": `line-${l.sku}` })}
          empty=""
          columns={[
            { head: "Item", cell: (l) => <a class="code" href={`/floor/stock?sku=${encodeURIComponent(l.sku)}`}>{l.sku}</a> },
            { head: "Ordered", cell: (l) => count(l.ordered), number: true },
            { head: "Came", cell: (l) => <b>{count(l.received)}</b>, number: true },
            { head: "Damaged", cell: (l) => (l.damaged > 0 ? count(l.damaged) : ""), number: true },
            { head: "Still to come", cell: (l) => (l.ordered > l.received ? count(l.ordered - l.received) : ""), number: true },
          ]}
        />
      </Panel>
      <Receipts of={p.id} />
      {p.pallets.length > 0 && (
        <Panel title="Announced pallets" wide>
          <Table
            label="Pallets"
            live={{ data: p.pallets, fault: null }}
            id={(x) => x.sscc}
            empty=""
            columns={[
              { head: "SSCC", cell: (x) => <span class="code">{x.sscc}</span> },
              { head: "Holds", cell: (x) => x.lines.map((l) => `${l.qty} × ${l.sku}`).join(", ") },
              { head: "", cell: (x) => (x.received ? "received" : "to come") },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

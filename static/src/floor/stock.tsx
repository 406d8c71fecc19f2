import { useState } from "preact/hooks";
import { post, type Page } from "../api";
import { field } from "../doors/form";
import { query } from "../route";
import { plain, when } from "../words";
import { Dialog, Text } from "./dialog";
import { asked, useFind } from "./find";
import { usePages, usePath } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { Table } from "./table";

interface Row {
  sku: string;
  bin?: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  place?: unknown;
  on_hand: number;
  reserved: number;
  free: number;
  doubt?: boolean; // it was not found there
}

interface Movement {
  seq?: number;
  at: string;
  sku: string;
  qty: number;
  lot?: string;
  from: unknown;
  to: unknown;
  reason?: string;
  worker?: string;
}

export function Stock() {
  const sku = query.value.get("sku") ?? "";
  const bin = query.value.get("bin") ?? "";
  const [q, find] = useFind();
  const live = usePages<Row>(`/stock${asked({ sku, bin, q })}`);
  const [moving, setMoving] = useState<Partial<Row> | null>(null);
  return (
    <>
      <div class="page-head">
        <h1>
          Stock <small>{[sku, bin].filter(Boolean).join(" ")}</small>
        </h1>
        {find}
        {(sku || bin) && (
          <a class="button" href="/floor/stock">
            Show all
          </a>
        )}
        <button type="button" class="primary" onClick={() => setMoving({ sku, bin })} data-testid="adjust">
          Adjust
        </button>
        <a class="button" href="/floor/import?kind=stock">
          Import
        </a>
      </div>
      <Table
        label="Stock"
        live={live}
        id={(r) => [r.sku, r.bin, r.lot, r.expiry, r.serial, place(r.place)].join("|")}
        row={(r) => ({ "data-testid": `stock-row-${r.sku}-${r.bin}` })}
        empty="No stock here."
        columns={[
          { head: "Item", cell: (r) => <a class="code" href={`/floor/stock?sku=${encodeURIComponent(r.sku)}`}>{r.sku}</a> },
          { head: "Bin", cell: (r) => (r.bin ? <a class="code" href={`/floor/stock?bin=${encodeURIComponent(r.bin)}`}>{r.bin}</a> : place(r.place)) },
          { head: "Lot or serial", cell: (r) => r.serial || r.lot },
          { head: "Best before", cell: (r) => r.expiry },
          { head: "On hand", cell: (r) => r.on_hand, number: true },
          { head: "Reserved", cell: (r) => r.reserved || "", number: true },
          { head: "Free", cell: (r) => (r.doubt ? <span class="pill pill-held" title="It was not found there: nobody is sent for it until it was counted">count it</span> : <b>{r.free}</b>), number: true },
          { head: "", cell: (r) => <button type="button" class="bare" onClick={() => setMoving(r)}>Adjust</button> },
        ]}
      />
      {sku && <Movements sku={sku} />}
      {moving && <Adjust row={moving} onClose={() => setMoving(null)} again={live.again} />}
    </>
  );
}

function place(p: unknown): string {
  if (p && typeof p === "object") return Object.values(p as Record<string, unknown>).filter(Boolean).join(" ");
  return String(p ?? "");
}

function Movements({ sku }: { sku: string }) {
  const live = usePath<Page<Movement>>(`/stock/movements?sku=${encodeURIComponent(sku)}`);
  return (
    <Panel title={`Movements of ${sku}`} wide>
      <Table
        label="Movements"
        live={{ data: live.data?.items ?? null, fault: live.fault }}
        id={(m) => `${m.seq}|${m.at}|${m.qty}|${place(m.from)}|${place(m.to)}`}
        empty="Nothing has moved yet."
        columns={[
          { head: "When", cell: (m) => when(m.at) },
          { head: "Units", cell: (m) => m.qty, number: true },
          { head: "From", cell: (m) => place(m.from) },
          { head: "To", cell: (m) => place(m.to) },
          { head: "Lot", cell: (m) => m.lot },
          { head: "Why", cell: (m) => plain(m.reason ?? "") },
          { head: "Who", cell: (m) => nameOf(m.worker) },
        ]}
      />
    </Panel>
  );
}

function Adjust({ row, onClose, again }: { row: Partial<Row>; onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const lot = field(d, "lot");
    const expiry = field(d, "expiry");
    await post("/stock/adjustments", {
      bin: field(d, "bin"),
      sku: field(d, "sku"),
      qty: Number(field(d, "qty")),
      reason: field(d, "reason"),
      ...(lot && { lot }),
      ...(expiry && { expiry }),
    });
    again();
  };
  return (
    <Dialog title="Adjust stock" send="Adjust" onSend={send} onClose={onClose}>
      <Text name="sku" label="SKU" required value={row.sku ?? ""} />
      <Text name="bin" label="Bin" required value={row.bin ?? ""} />
      <Text name="qty" label="Units, plus or minus" type="number" required />
      <Text name="lot" label="Lot" value={row.lot ?? ""} />
      <Text name="expiry" label="Best before" type="date" value={row.expiry ?? ""} />
      <Text name="reason" label="Reason" required hint="found, damaged, count" />
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import type { Page } from "../api";
import { query } from "../route";
import { plain, when } from "../words";
import { Adjustments } from "./adjustments";
import { asked, useFind } from "./find";
import { usePages, usePath } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { Adjust, Hold, Move } from "./stockchange";
import { Table } from "./table";

export interface Row {
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
  condition?: string; // held, damaged or returned: not for sale
  why?: string;
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
  const [doing, setDoing] = useState<{ what: "adjust" | "move" | "hold"; row: Partial<Row> } | null>(null);
  const [told, setTold] = useState("");
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
        <button type="button" class="primary" onClick={() => setDoing({ what: "adjust", row: { sku, bin } })} data-testid="adjust">
          Adjust
        </button>
        <a class="button" href="/floor/import?kind=stock">
          Import
        </a>
      </div>
      {told && (
        <p class="notice" role="status" data-testid="told">
          {told}
        </p>
      )}
      <Adjustments />
      <Table
        label="Stock"
        live={live}
        id={(r) => [r.sku, r.bin, r.lot, r.expiry, r.serial, r.condition, place(r.place)].join("|")}
        row={(r) => ({ "data-testid": `stock-row-${r.sku}-${r.bin}` })}
        empty="No stock here."
        columns={[
          { head: "Item", cell: (r) => <a class="code" href={`/floor/stock?sku=${encodeURIComponent(r.sku)}`}>{r.sku}</a> },
          { head: "Bin", cell: (r) => (r.bin ? <a class="code" href={`/floor/stock?bin=${encodeURIComponent(r.bin)}`}>{r.bin}</a> : place(r.place)) },
          { head: "Lot or serial", cell: (r) => r.serial || r.lot },
          { head: "Best before", cell: (r) => r.expiry },
          { head: "Condition", cell: (r) => r.condition && <span class="pill pill-held" title={r.why ?? ""}>{r.condition}{r.why && `: ${r.why}`}</span> },
          { head: "On hand", cell: (r) => r.on_hand, number: true },
          { head: "Reserved", cell: (r) => r.reserved || "", number: true },
          { head: "Free", cell: (r) => (r.doubt ? <span class="pill pill-held" title="It was not found there: nobody is sent for it until it was counted">count it</span> : <b>{r.free}</b>), number: true },
          {
            head: "",
            cell: (r) =>
              r.bin && (
                <span class="row">
                  <button type="button" class="bare" onClick={() => setDoing({ what: "adjust", row: r })}>Adjust</button>
                  <button type="button" class="bare" data-testid="move" onClick={() => setDoing({ what: "move", row: r })}>Move</button>
                  {r.condition !== "returned" && (
                    <button type="button" class="bare" data-testid="hold" onClick={() => setDoing({ what: "hold", row: r })}>
                      {r.condition ? "Sell again" : "Hold"}
                    </button>
                  )}
                </span>
              ),
          },
        ]}
      />
      {sku && <Movements sku={sku} />}
      {doing?.what === "adjust" && <Adjust row={doing.row} onClose={() => setDoing(null)} again={live.again} tell={setTold} />}
      {doing?.what === "move" && <Move row={doing.row} onClose={() => setDoing(null)} again={live.again} />}
      {doing?.what === "hold" && <Hold row={doing.row} onClose={() => setDoing(null)} again={live.again} tell={setTold} />}
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

import { useState } from "preact/hooks";
import { post } from "../api";
import { field } from "../doors/form";
import { query } from "../route";
import { Dialog, Text } from "./dialog";
import { Answer, useExplorer } from "./explore";
import { Facts } from "./facts";
import { asked } from "./find";
import { History } from "./history";
import { usePages } from "./live";
import { Panel } from "./now";
import { Recall } from "./recall";
import { Rows, type Row } from "./rows";
import "../look/stock.css";

// Stock, and what anything is: one field takes a scan or a few letters, and the page says what it is, where it lies, whose
// it is and what happened to it.

const NARROW = ["sku", "lot", "serial", "bin", "tote", "parcel", "receipt", "pallet"] as const;
export type By = Record<(typeof NARROW)[number], string>;

export function Stock() {
  const by = Object.fromEntries(NARROW.map((n) => [n, query.value.get(n) ?? ""])) as By;
  const explorer = useExplorer();
  const [moving, setMoving] = useState<Partial<Row> | null>(null);
  const narrow = Object.values(by).some(Boolean);
  return (
    <>
      <div class="page-head">
        <h1>
          Stock{" "}
          {NARROW.filter((n) => by[n]).map((n) => (
            <small key={n} class="code stock-of">
              {by[n]}
            </small>
          ))}
        </h1>
        {explorer.field}
        {narrow && (
          <a class="button" href="/floor/stock">
            Show all
          </a>
        )}
        <button type="button" class="primary" onClick={() => setMoving({ sku: by.sku, bin: by.bin, lot: by.lot })} data-testid="adjust">
          Adjust
        </button>
        <a class="button" href="/floor/import?kind=stock">
          Import
        </a>
      </div>
      {(explorer.q || explorer.told) && <Answer q={explorer.q} told={explorer.told} />}
      <Thing key={asked(by)} by={by} q={explorer.q} onAdjust={setMoving} />
      {moving && <Adjust row={moving} onClose={() => setMoving(null)} />}
    </>
  );
}

interface Shown {
  by: By;
  q: string;
  onAdjust: (row: Partial<Row>) => void;
}

// Thing is what the address names, or all stock.
function Thing({ by, q, onAdjust }: Shown) {
  const { sku, lot, serial, bin, tote, parcel, receipt, pallet } = by;
  const place = { bin, tote, parcel };
  const placed = bin || tote || parcel;
  const title = `What happened ${placed ? `in ${placed}` : `to ${serial || lot || sku || receipt}`}`;
  if (pallet) return <Facts by={by} />;
  if (receipt) {
    return (
      <>
        <Facts by={by} />
        <History title={title} by={{ receipt }} item />
      </>
    );
  }
  if (sku && (lot || serial) && !placed) {
    return (
      <>
        <Facts by={by} />
        <Recall by={{ sku, lot, serial }} />
        <History title={title} by={{ sku, lot, serial }} />
      </>
    );
  }
  return (
    <>
      <Facts by={by} />
      <List by={{ sku, lot, serial, ...place }} q={q} onAdjust={onAdjust} titled={Boolean(sku || placed)} />
      {(sku || placed) && <History title={title} by={{ sku, ...place }} item={!sku} />}
    </>
  );
}

function List({ by, q, onAdjust, titled }: { by: Record<string, string>; q: string; onAdjust: Shown["onAdjust"]; titled: boolean }) {
  const live = usePages<Row>(`/stock${asked({ ...by, q })}`);
  const adjust = { head: "", cell: (r: Row) => r.bin && <button type="button" class="bare" onClick={() => onAdjust(r)}>Adjust</button> };
  const rows = <Rows live={live} empty={titled ? "Nothing lies there now." : "No stock here."} more={[adjust]} />;
  return titled ? (
    <Panel title="What lies there" wide>
      {rows}
    </Panel>
  ) : (
    rows
  );
}

function Adjust({ row, onClose }: { row: Partial<Row>; onClose: () => void }) {
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

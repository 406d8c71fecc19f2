import { useState } from "preact/hooks";
import { query } from "../route";
import { Adjustments } from "./adjustments";
import { Answer, useExplorer } from "./explore";
import { Facts } from "./facts";
import { asked } from "./find";
import { History } from "./history";
import { usePages } from "./live";
import { Panel } from "./now";
import { Recall } from "./recall";
import { Rows, type Row } from "./rows";
import { Adjust, Hold, Move } from "./stockchange";
import "../look/stock.css";

// Stock, and what anything is: one field takes a scan or a few letters, and the page says what it is, where it lies, whose
// it is and what happened to it.

const NARROW = ["sku", "lot", "serial", "bin", "tote", "parcel", "receipt", "pallet"] as const;
export type By = Record<(typeof NARROW)[number], string>;

export function Stock() {
  const by = Object.fromEntries(NARROW.map((n) => [n, query.value.get(n) ?? ""])) as By;
  const explorer = useExplorer();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [told, setTold] = useState("");
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
        <button type="button" class="primary" onClick={() => setDoing({ what: "adjust", row: { sku: by.sku, bin: by.bin, lot: by.lot }, again: () => undefined })} data-testid="adjust">
          Adjust
        </button>
        <a class="button" href="/floor/import?kind=stock">
          Import
        </a>
      </div>
      {(explorer.q || explorer.told) && <Answer q={explorer.q} told={explorer.told} />}
      {told && (
        <p class="notice" role="status" data-testid="told">
          {told}
        </p>
      )}
      <Adjustments brief={narrow} />
      <Thing key={asked(by)} by={by} q={explorer.q} onDo={setDoing} />
      {doing && <Change {...doing} onClose={() => setDoing(null)} tell={setTold} />}
    </>
  );
}

// Doing is what a lead is about to do to a row of stock.
interface Doing {
  what: "adjust" | "move" | "hold";
  row: Partial<Row>;
  again: () => void;
}

function Change({ what, ...props }: Doing & { onClose: () => void; tell: (text: string) => void }) {
  if (what === "adjust") return <Adjust {...props} />;
  return what === "move" ? <Move {...props} /> : <Hold {...props} />;
}

interface Shown {
  by: By;
  q: string;
  onDo: (doing: Doing) => void;
}

// Thing is what the address names, or all stock.
function Thing({ by, q, onDo }: Shown) {
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
      <List by={{ sku, lot, serial, ...place }} q={q} onDo={onDo} title={placed ? "What lies there" : sku && "Where it lies"} />
      {(sku || placed) && <History title={title} by={{ sku, ...place }} item={!sku} />}
    </>
  );
}

function List({ by, q, onDo, title }: { by: Record<string, string>; q: string; onDo: Shown["onDo"]; title: string }) {
  const live = usePages<Row>(`/stock${asked({ ...by, q })}`);
  const change = (r: Row, what: Doing["what"], word: string) => (
    <button type="button" class="bare" data-testid={what === "adjust" ? undefined : what} onClick={() => onDo({ what, row: r, again: live.again })}>
      {word}
    </button>
  );
  const changes = (r: Row) =>
    r.bin && (
      <span class="row">
        {change(r, "adjust", "Adjust")}
        {change(r, "move", "Move")}
        {r.condition !== "returned" && change(r, "hold", r.condition ? "Sell again" : "Hold")}
      </span>
    );
  const rows = <Rows live={live} empty={title ? "Nothing lies there now." : "No stock here. It comes in at the door, by Import, or by Adjust where it was found."} more={[{ head: "", cell: changes }]} />;
  return title ? (
    <Panel title={title} wide>
      {rows}
    </Panel>
  ) : (
    rows
  );
}

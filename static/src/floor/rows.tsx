import { count } from "../words";
import type { Live } from "./live";
import { Table, type Column } from "./table";
import { At, To } from "./things";

// Rows of stock: what lies where, of which lot, day, serial and condition, and for whom.

export interface Row {
  sku: string;
  bin?: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  place: string;
  on_hand: number;
  reserved: number;
  free: number;
  doubt?: boolean; // it was not found there
  condition?: string;
  why?: string;
  for?: { order?: string; picklist?: string; qty: number }[] | null;
}

interface Props {
  rows?: Row[];
  live?: Pick<Live<Row[]>, "data" | "fault"> & { more?: (() => void) | null };
  empty: string;
  more?: Column<Row>[];
}

export function Rows({ rows, live, empty, more = [] }: Props) {
  return (
    <Table
      label="Stock"
      live={live ?? { data: rows ?? [], fault: null }}
      id={(r) => [r.sku, r.place, r.lot, r.expiry, r.serial, r.condition].join("|")}
      row={(r) => ({ "data-testid": `stock-row-${r.sku}-${r.bin}` })}
      empty={empty}
      columns={[
        { head: "Item", cell: (r) => <To kind="item" id={r.sku} /> },
        { head: "Where", cell: (r) => <At place={r.place} /> },
        { head: "Lot or serial", cell: (r) => (r.serial ? <To kind="serial" id={r.serial} sku={r.sku} /> : <To kind="lot" id={r.lot} sku={r.sku} />) },
        { head: "Best before", cell: (r) => <span class="nowrap">{r.expiry}</span> },
        { head: "On hand", cell: (r) => count(r.on_hand), number: true },
        { head: "Reserved", cell: (r) => (r.reserved ? count(r.reserved) : ""), number: true },
        { head: "Free", cell: (r) => <Free r={r} />, number: true },
        { head: "For", cell: (r) => <For r={r} /> },
        ...more,
      ]}
    />
  );
}

function Free({ r }: { r: Row }) {
  if (r.doubt) {
    return (
      <span class="pill pill-held" title="It was not found there: nobody is sent for it until it was counted">
        count it
      </span>
    );
  }
  if (!r.condition) return <b>{count(r.free)}</b>;
  return (
    <>
      <span class="pill pill-held">{r.condition}</span>
      {r.why && (
        <div class="quiet">
          <span class="named">{r.why}</span>
        </div>
      )}
    </>
  );
}

function For({ r }: { r: Row }) {
  return (
    <>
      {(r.for ?? []).map((w) => (
        <div key={`${w.order}|${w.picklist}`} class="nowrap">
          {w.order ? <To kind="order" id={w.order} /> : <To kind="picklist" id={w.picklist} />} {(r.for ?? []).length > 1 && count(w.qty)}
        </div>
      ))}
    </>
  );
}

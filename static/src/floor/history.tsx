import { useState } from "preact/hooks";
import { count, plain, when } from "../words";
import { asked } from "./find";
import { usePages } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { Table } from "./table";
import { At, To } from "./things";

// What happened to a thing, movement by movement, from either end.

interface Movement {
  seq: number;
  at: string;
  sku: string;
  qty: number;
  from: string;
  to: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  condition?: string;
  told?: boolean; // the bench was told; the books had none
  may_be?: string[] | null;
  reason?: string;
  worker?: string;
  kind: string;
  order?: string;
  parcel?: string;
  picklist?: string;
  receipt?: string;
  return?: string;
  manifest?: string;
  count?: string;
  purchase?: string;
  purchase_number?: string;
  supplier?: string;
}

// A movement by the desk's words; what is not among them is said by its own.
const WHAT: Record<string, string> = {
  units_received: "received",
  receipt_undone: "receipt taken back",
  put_away: "put away",
  putaway_undone: "putting away taken back",
  line_picked: "picked",
  step_undone: "step taken back",
  tote_taken: "into another tote",
  units_damaged: "damaged",
  units_sorted: "sorted",
  sort_undone: "sorting taken back",
  units_packed: "packed",
  units_unpacked: "packing taken back",
  units_moved: "into another parcel",
  parcel_nested: "packed into another parcel",
  parcel_recounted: "taken out to be counted",
  manifest_departed: "left the house",
  manifest_reopened: "truck opened again",
  return_unit_arrived: "came back",
  return_unit_disposed: "judged",
  return_step_undone: "judging taken back",
  stock_adjusted: "adjusted",
  adjustment_judged: "adjusted by two people's word",
  stock_moved: "moved",
  count_booked: "counted",
  replenished: "brought from reserve",
  goods_put_back: "put back",
  put_back_placed: "put back",
  put_back_undone: "putting back taken back",
  pack_damaged: "damaged",
  pack_shorted: "not there at the bench",
  sort_shorted: "not there at the wall",
};

function what(m: Movement): string {
  if (m.kind === "stock_held") return m.condition === "good" ? "for sale again" : `set apart: ${m.condition}`;
  return WHAT[m.kind] ?? plain(m.kind);
}

export const lotName = (lot: string): string => lot || "no lot";

export function History({ title, by, item = false }: { title: string; by: Record<string, string>; item?: boolean }) {
  const [sort, setSort] = useState<"newest" | "oldest">("newest");
  const live = usePages<Movement>(`/stock/movements${asked({ ...by, sort })}`);
  return (
    <Panel title={title} wide>
      <p>
        <button type="button" onClick={() => setSort(sort === "newest" ? "oldest" : "newest")} data-testid="turn-history">
          {sort === "newest" ? "Begin with its first day" : "Begin with the newest"}
        </button>
      </p>
      <Table
        label="Movements"
        live={live}
        id={(m) => `${m.seq}|${m.sku}|${m.lot ?? ""}|${m.expiry ?? ""}|${m.serial ?? ""}|${m.from}|${m.to}|${m.qty}`}
        row={(m) => ({ "data-testid": "movement", "data-kind": m.kind })}
        empty="Nothing has moved yet."
        columns={[
          { head: "When", cell: (m) => <span class="nowrap">{when(m.at)}</span> },
          { head: "What", cell: (m) => <What m={m} /> },
          { head: "Units", cell: (m) => count(m.qty), number: true },
          ...(item ? [{ head: "Item", cell: (m: Movement) => <To kind="item" id={m.sku} /> }] : []),
          { head: "From", cell: (m) => <At place={m.from} /> },
          { head: "To", cell: (m) => <At place={m.to} /> },
          { head: "Lot or serial", cell: (m) => <Which m={m} /> },
          { head: "For", cell: (m) => <About m={m} /> },
          { head: "Who", cell: (m) => nameOf(m.worker) },
        ]}
      />
    </Panel>
  );
}

// Said again by the reason, a movement's name is enough; a reason that a person gave stands below it.
const SAME = new Set(["received", "pick", "pack", "dispatch", "undo", "put_away", "sort", "returned", "held", "damaged", "good", "put_back", "replenish", "move", "nest", "recount", "reopened", "count"]);

function What({ m }: { m: Movement }) {
  return (
    <>
      {what(m)}
      {m.reason && !SAME.has(m.reason) && <div class="quiet">{plain(m.reason)}</div>}
    </>
  );
}

function Which({ m }: { m: Movement }) {
  const may = m.may_be ?? [];
  return (
    <>
      {m.lot && <To kind="lot" id={m.lot} sku={m.sku} />} {m.serial && <To kind="serial" id={m.serial} sku={m.sku} />}
      {m.told && <div class="quiet">told at the bench</div>}
      {may.length > 0 && <div class="warned">nobody captured its lot: it may be {may.map(lotName).join(" or ")}</div>}
    </>
  );
}

function About({ m }: { m: Movement }) {
  return (
    <>
      {m.order && <To kind="order" id={m.order} />} {m.receipt && <To kind="receipt" id={m.receipt} />} {m.return && <To kind="return" id={m.return} />}
      {!m.order && m.picklist && <To kind="picklist" id={m.picklist} />} {m.manifest && <To kind="manifest" id={m.manifest} />}
      {m.purchase && (
        <div class="quiet nowrap">
          <To kind="purchase" id={m.purchase}>
            {m.purchase_number}
          </To>{" "}
          {m.supplier}
        </div>
      )}
    </>
  );
}

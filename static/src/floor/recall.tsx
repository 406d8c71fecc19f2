import { useState } from "preact/hooks";
import { get, post } from "../api";
import { Faults, field } from "../doors/form";
import { count, when } from "../words";
import { Dialog, Text } from "./dialog";
import { asked } from "./find";
import { lotName } from "./history";
import { useLive } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { Rows, type Row } from "./rows";
import { Pill, Table } from "./table";
import { At, To } from "./things";

// A recall of a lot, or of one unit by its serial: who brought it, what is still here, who got it, what came back. One
// button keeps from being sold what is here; a table goes to whoever writes to the customers.

interface Customer {
  order: string;
  channel?: string;
  external_id?: string;
  status?: string;
  customer?: string;
  country?: string;
}

interface Parcel extends Customer {
  parcel: string;
  tracking?: string;
  parcel_status?: string;
  qty: number;
  sent: boolean;
  sent_at?: string;
  told?: number;
}

interface Possible extends Customer {
  qty: number;
  from: string;
  lots: string[];
  at: string;
  parcels: string[];
  sent: boolean;
}

interface Recalled {
  sku: string;
  name: string;
  since: string;
  until: string;
  totals: Record<"received" | "found" | "back" | "here" | "held" | "promised" | "sent" | "scrapped" | "lost" | "told" | "maybe", number>;
  receipts: { receipt: string; purchase?: string; purchase_number?: string; supplier?: string; sscc?: string; qty: number; at: string; worker?: string }[];
  here: Row[];
  parcels: Parcel[];
  backs: { return: string; order?: string; status?: string; qty: number; at: string }[];
  maybe: Possible[];
  unsure: Possible[];
  unnoted_before?: string;
  left_out?: number;
}

interface Holding {
  condition: string;
  qty: number;
  promised: number;
}

// A recall goes through all that happened to a lot, so a busy floor does not have it reckoned with every scan.
const REST_MS = 3_000;

export function Recall({ by }: { by: { sku: string; lot: string; serial: string } }) {
  const path = asked(by);
  const { data: v, fault, again } = useLive(() => get<Recalled>(`/stock/recall${path}`), [path], REST_MS);
  if (!v) return fault ? <Faults fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <Panel title={by.serial ? "Where it is and who had it" : "Recall: where it is and who got it"} wide>
        <Totals v={v} />
        <Warnings v={v} />
        <Keep v={v} by={by} again={again} />
      </Panel>
      <Panel title="Still here" wide>
        <Rows rows={v.here} empty="None of it is in the house." />
      </Panel>
      <Got list={v.parcels} />
      <Maybes title="May be of it" list={v.maybe} say="Nobody captured the lot of these units, and it lay in the same place. They are booked as of another." />
      <Maybes title="Counted as of it, and may be of another" list={v.unsure} say="Nobody captured the lot of these units, and another lay in the same place." />
      <Backs list={v.backs} />
      <Came list={v.receipts} />
    </>
  );
}

function Totals({ v }: { v: Recalled }) {
  const t = v.totals;
  const figures: [word: string, n: number, always?: boolean][] = [
    ["received", t.received, true],
    ["counted or adjusted in", t.found],
    ["came back", t.back],
    ["here", t.here, true],
    ["of them not for sale", t.held],
    ["of them promised", t.promised],
    ["sent", t.sent, true],
    ["scrapped", t.scrapped],
    ["counted or adjusted out", t.lost],
    ["told at the bench", t.told],
    ["may be of it", t.maybe],
  ];
  return (
    <dl class="figures">
      {figures
        .filter(([, n, always]) => always || n > 0)
        .map(([word, n]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd data-testid={`recall-${word.replaceAll(" ", "-")}`}>{count(n)}</dd>
          </div>
        ))}
    </dl>
  );
}

function Warnings({ v }: { v: Recalled }) {
  return (
    <>
      {v.unnoted_before && (
        <p class="warn" data-testid="unnoted">
          Until {when(v.unnoted_before)} it was not noted when nobody captured a lot, and the lots of this item are not told apart: units that went out by then may be of another lot than is said here.
        </p>
      )}
      {(v.left_out ?? 0) > 0 && <p class="warn">{count(v.left_out)} more lines are only in the table.</p>}
    </>
  );
}

// Keep sets apart what is here and free, and says of what is promised which orders are to be stopped.
function Keep({ v, by, again }: { v: Recalled; by: { sku: string; lot: string; serial: string }; again: () => void }) {
  const [asking, setAsking] = useState<"" | "held" | "good">("");
  const [done, setDone] = useState<Holding | null>(null);
  const of = { sku: by.sku, ...(by.lot && { lot: by.lot }), ...(by.serial && { serial: by.serial }) };
  const send = async (d: FormData) => {
    setDone(await post<Holding>("/stock/holds", { ...of, condition: asking, reason: field(d, "reason") }));
    again();
  };
  const orders = [...new Set(v.here.flatMap((r) => (r.for ?? []).map((w) => w.order ?? "")).filter(Boolean))];
  return (
    <>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => setAsking("held")} disabled={v.totals.here <= v.totals.held} data-testid="hold">
          Hold what is here
        </button>
        {v.totals.held > 0 && (
          <button type="button" onClick={() => setAsking("good")} data-testid="free">
            Sell it again
          </button>
        )}
        <a class="button" href={`/api/v1/stock/recall.csv${asked(by)}`} download>
          Table (CSV)
        </a>
      </p>
      {done && (
        <p role="status" data-testid="kept">
          {done.condition === "good" ? `For sale again: ${count(done.qty)}.` : `Held in their bins: ${count(done.qty)}.`}
          {done.promised > 0 && ` Promised to orders, and left to them: ${count(done.promised)}. Stop those orders.`}
        </p>
      )}
      {orders.length > 0 && <Stop orders={orders} />}
      {asking && (
        <Dialog title={asking === "held" ? "Hold what is here" : "Sell it again"} send={asking === "held" ? "Hold" : "Sell again"} onSend={send} onClose={() => setAsking("")}>
          <Text name="reason" label="Reason" required hint={asking === "held" ? "recall 7 of the supplier" : "it was another lot"} />
        </Dialog>
      )}
    </>
  );
}

// Stop holds the orders that some of it is in the house for. One that is being picked or is on board cannot be held: it is
// said what it is at, and left.
function Stop({ orders }: { orders: string[] }) {
  const [said, setSaid] = useState<Record<string, string>>({});
  const stop = async () => {
    for (const id of orders) {
      const word = await post(`/orders/${encodeURIComponent(id)}/hold`, { reason: "recall" }).then(
        () => "held",
        (e: Error) => e.message,
      );
      setSaid((all) => ({ ...all, [id]: word }));
    }
  };
  return (
    <>
      <p>In the house for orders:</p>
      <ul data-testid="stop-orders">
        {orders.map((id) => (
          <li key={id}>
            <To kind="order" id={id} /> {said[id]}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => void stop()} data-testid="stop">
        Hold these orders
      </button>
    </>
  );
}

function Whom({ c }: { c: Customer }) {
  if (!c.order) return <span class="quiet">moved within the house: who got it later may have it</span>;
  return (
    <>
      <To kind="order" id={c.order} />{" "}
      <span class="quiet">
        {c.channel} {c.external_id}
      </span>
    </>
  );
}

function Got({ list }: { list: Parcel[] }) {
  return (
    <Panel title="Who got it" wide>
      <Table
        label="Parcels"
        live={{ data: list, fault: null }}
        id={(p) => p.parcel}
        row={(p) => ({ "data-testid": `got-${p.order}` })}
        empty="No parcel has any of it."
        columns={[
          { head: "Order", cell: (p) => <Whom c={p} /> },
          { head: "Customer", cell: (p) => <span class="named">{[p.customer, p.country].filter(Boolean).join(", ")}</span> },
          { head: "Units", cell: (p) => <b>{count(p.qty)}</b>, number: true },
          { head: "Parcel", cell: (p) => <To kind="parcel" id={p.parcel} /> },
          { head: "State", cell: (p) => <Pill status={p.parcel_status ?? p.status ?? ""} /> },
          { head: "Left", cell: (p) => <span class="nowrap">{p.sent ? when(p.sent_at) || "yes" : "still here"}</span> },
          { head: "Tracking", cell: (p) => <span class="code">{p.tracking}</span> },
          { head: "", cell: (p) => p.told && `${count(p.told)} as the bench was told` },
        ]}
      />
    </Panel>
  );
}

function Maybes({ title, list, say }: { title: string; list: Possible[]; say: string }) {
  if (list.length === 0) return null;
  return (
    <Panel title={title} wide>
      <p>{say}</p>
      <Table
        label={title}
        live={{ data: list, fault: null }}
        id={(o) => o.order + o.from}
        row={(o) => ({ "data-testid": `maybe-${o.order}` })}
        empty=""
        columns={[
          { head: "Order", cell: (o) => <Whom c={o} /> },
          { head: "Customer", cell: (o) => <span class="named">{[o.customer, o.country].filter(Boolean).join(", ")}</span> },
          { head: "At most", cell: (o) => <b>{count(o.qty)}</b>, number: true },
          { head: "From", cell: (o) => <At place={o.from} /> },
          { head: "Or of lot", cell: (o) => o.lots.map(lotName).join(", ") },
          { head: "When", cell: (o) => <span class="nowrap">{when(o.at)}</span> },
          { head: "Parcels", cell: (o) => o.parcels.map((p) => <To key={p} kind="parcel" id={p} />) },
          { head: "Left", cell: (o) => (o.sent ? "yes" : "still here") },
        ]}
      />
    </Panel>
  );
}

function Backs({ list }: { list: Recalled["backs"] }) {
  if (list.length === 0) return null;
  return (
    <Panel title="Came back" wide>
      <Table
        label="Came back"
        live={{ data: list, fault: null }}
        id={(b) => b.return}
        row={(b) => ({ "data-testid": `back-${b.return}` })}
        empty=""
        columns={[
          { head: "Return", cell: (b) => <To kind="return" id={b.return} /> },
          { head: "Of order", cell: (b) => <To kind="order" id={b.order} /> },
          { head: "Units", cell: (b) => count(b.qty), number: true },
          { head: "When", cell: (b) => <span class="nowrap">{when(b.at)}</span> },
          { head: "State", cell: (b) => b.status && <Pill status={b.status} /> },
        ]}
      />
    </Panel>
  );
}

function Came({ list }: { list: Recalled["receipts"] }) {
  return (
    <Panel title="Where it came from" wide>
      <Table
        label="Receipts"
        live={{ data: list, fault: null }}
        id={(r) => r.receipt + (r.sscc ?? "")}
        row={(r) => ({ "data-testid": `came-${r.receipt}` })}
        empty="No receipt brought it: it was counted or adjusted in."
        columns={[
          { head: "Receipt", cell: (r) => <To kind="receipt" id={r.receipt} /> },
          { head: "Purchase", cell: (r) => <To kind="purchase" id={r.purchase}>{r.purchase_number}</To> },
          { head: "Supplier", cell: (r) => r.supplier },
          { head: "Units", cell: (r) => count(r.qty), number: true },
          { head: "When", cell: (r) => <span class="nowrap">{when(r.at)}</span> },
          { head: "Who", cell: (r) => nameOf(r.worker) },
          { head: "On pallet", cell: (r) => <span class="code">{r.sscc}</span> },
        ]}
      />
    </Panel>
  );
}

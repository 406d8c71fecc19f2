import { useState } from "preact/hooks";
import { post, remove } from "../api";
import { Absent, Faults } from "../doors/form";
import { grams, plain, when } from "../words";
import { money, OrderRates } from "./carriers";
import { Allowed, Origin } from "./events";
import { PutBack } from "./exceptions";
import { usePath } from "./live";
import { Panel } from "./now";
import { nameOf } from "./names";
import { Pill, Table } from "./table";

// One order: its lines, its parcels, where it goes and everything that happened to it.

interface OrderLine {
  sku: string;
  name?: string;
  ordered: number;
  reserved: number;
  picked: number;
  packed: number;
  shipped: number;
  short: number;
  cancelled: number;
}

interface Parcel {
  id: string;
  tracking?: string;
  sscc?: string;
  carrier?: string;
  status: string;
  weight_g?: number;
  service?: string;
  cost_cents?: number;
  currency?: string;
  cost_from?: string;
}

interface Person {
  name?: string;
  company?: string;
  lines?: string[];
  postcode?: string;
  city?: string;
  region?: string;
  country?: string;
}

interface Order {
  id: string;
  status: string;
  channel?: string;
  external_id?: string;
  hold_reason?: string;
  service?: string;
  ship_by?: string;
  wave?: string;
  lines: OrderLine[];
  parcels?: Parcel[];
  totes?: string[];
  timeline?: Record<string, unknown>[];
  ship_to?: Person | null;
  ship?: string;
  lacking?: boolean;
  backorder_of?: string;
  tracking_url?: string;
}

export function OrderPage({ id }: { id: string }) {
  const live = usePath<Order>(`/orders/${encodeURIComponent(id)}`);
  const o = live.data;
  if (!o) return live.fault ? <Absent fault={live.fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <div class="page-head">
        <h1>
          <span class="code">{o.id}</span> <small>{o.external_id}</small>
        </h1>
        <span data-testid="order-status" data-status={o.status}>
          <Pill status={o.status} /> {o.hold_reason && plain(o.hold_reason)} {waits(o)}
        </span>
        <Verbs o={o} again={live.again} />
      </div>
      <div class="now-grid">
        <Panel title="Lines" wide>
          <Lines lines={o.lines ?? []} />
        </Panel>
        <Panel title="Parcels" wide>
          <Parcels parcels={o.parcels ?? []} />
          <a href={`/api/v1/orders/${o.id}/slip.pdf`} target="_blank" rel="noreferrer">
            Packing slip
          </a>
          {o.tracking_url && (
            <p class="named">
              The customer sees it at <a href={o.tracking_url} target="_blank" rel="noreferrer" data-testid="tracking-url">{o.tracking_url}</a>
            </p>
          )}
          <OrderRates order={o.id} />
        </Panel>
        {o.ship_to && (
          <Panel title="Ship to">
            <Address to={o.ship_to} />
          </Panel>
        )}
        <Panel title="Timeline">
          <ol class="timeline">
            {(o.timeline ?? []).map((t, i) => (
              <li key={i}>
                <span class="quiet">{when(String(t.at ?? ""))}</span> <b>{plain(String(t.what ?? t.say ?? ""))}</b>{" "}
                <span class="quiet">{[t.about, nameOf(t.worker as string)].filter(Boolean).join(" · ")}</span>{" "}
                <Origin of={t.origin as string | undefined} /> <Allowed by={t.authorised_by as string | undefined} />
              </li>
            ))}
          </ol>
        </Panel>
      </div>
    </>
  );
}

// waits says how an order is sent when not all of it is there.
function waits(o: Order): string {
  return [
    o.lacking && (o.lines.some((l) => l.reserved > 0) ? "stock is set aside, it waits for the rest" : "waits for stock"),
    o.ship === "complete" && "goes only complete",
    o.ship === "partial" && "may go in parts",
    o.backorder_of && `the rest of ${o.backorder_of}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

const TAKE = "take off its wave";

// verbsOf is what can come of an order as it stands; the floor decides, and says so where it must refuse.
function verbsOf({ status, hold_reason, lines }: Order): string[] {
  if (["dispatched", "delivered", "cancelled"].includes(status)) return [];
  const part = (hold_reason === "short" || status === "received") && (lines ?? []).some((l) => l.picked > 0) ? ["send-part"] : [];
  if (status === "released") return [TAKE, "cancel"];
  return [...(status === "received" ? ["hold"] : []), ...(status === "held" ? ["unhold"] : []), ...part, "cancel"];
}

function Verbs({ o, again }: { o: Order; again: () => void }) {
  const [fault, setFault] = useState<Error | null>(null);
  const run = async (verb: string) => {
    setFault(null);
    const done = verb === TAKE ? remove(`/waves/${o.wave}/orders/${o.id}`) : post(`/orders/${o.id}/${verb}`, {});
    await done.then(again, setFault);
  };
  return (
    <>
      {verbsOf(o).map((v) => (
        <button key={v} type="button" class={v === "cancel" ? "danger" : ""} onClick={() => void run(v)} data-testid={v.replaceAll(" ", "-")}>
          {v.replace("-", " ")}
        </button>
      ))}
      {o.status === "cancelled" && (o.totes ?? []).length > 0 && <PutBack order={o.id} again={again} />}
      {fault && <Faults fault={fault} />}
    </>
  );
}

function Lines({ lines }: { lines: OrderLine[] }) {
  const keys = ["ordered", "reserved", "picked", "packed", "shipped", "short", "cancelled"] as const;
  return (
    <Table
      label="Lines"
      live={{ data: lines, fault: null }}
      id={(l) => l.sku}
      empty="This order has no lines."
      columns={[
        { head: "Item", cell: (l) => <><span class="code">{l.sku}</span> {l.name}</> },
        ...keys.map((k) => ({ head: k, cell: (l: OrderLine) => l[k] || "", number: true })),
      ]}
    />
  );
}

function Parcels({ parcels }: { parcels: Parcel[] }) {
  return (
    <Table
      label="Parcels"
      live={{ data: parcels, fault: null }}
      id={(p) => p.id}
      row={(p) => ({ "data-testid": `parcel-row-${p.id}`, "data-status": p.status, "data-tracking": p.tracking, "data-sscc": p.sscc })}
      empty="Nothing is packed yet."
      columns={[
        { head: "Parcel", cell: (p) => <span class="code">{p.id}</span> },
        { head: "State", cell: (p) => <Pill status={p.status} /> },
        { head: "Carrier", cell: (p) => (p.service && p.service !== p.carrier ? `${p.carrier} · ${p.service}` : p.carrier) },
        { head: "Cost", number: true, cell: (p) => p.currency && <span title={p.cost_from}>{money(p.cost_cents ?? 0)} {p.currency}</span> },
        { head: "Tracking", cell: (p) => <span class="code">{p.tracking}</span> },
        { head: "SSCC", cell: (p) => <span class="code">{p.sscc}</span> },
        { head: "Weight", cell: (p) => grams(p.weight_g), number: true },
        {
          head: "Label",
          cell: (p) => (
            <a href={`/api/v1/parcels/${p.id}/label.pdf`} target="_blank" rel="noreferrer" data-testid={`label-${p.id}`}>
              PDF
            </a>
          ),
        },
      ]}
    />
  );
}

function Address({ to }: { to: Person }) {
  const rows = [to.name, to.company, ...(to.lines ?? []), [to.postcode, to.city].filter(Boolean).join(" "), to.region, to.country];
  return (
    <address>
      {rows.filter(Boolean).map((r, i) => (
        <div key={i}>{r}</div>
      ))}
    </address>
  );
}

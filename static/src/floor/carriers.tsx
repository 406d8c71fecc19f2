import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults, Form } from "../doors/form";
import { count } from "../words";
import { usePages, usePath } from "./live";
import { Panel } from "./now";
import { Table } from "./table";
import "../look/carriers.css";

// Who carries: what each service takes and costs, how many numbers are left, which labels wait for a person, and what a
// parcel would go with, and why.

interface Zone {
  code: string;
  countries?: string[];
  days?: number;
}

interface Rules {
  max_weight_g?: number;
  max_side_mm?: number;
  max_girth_mm?: number;
  max_sides_mm?: number[];
  no_hazard?: boolean;
  no_po_box?: boolean;
  countries?: string[];
  max_value_cents?: number;
}

interface Service {
  code: string;
  carrier: string;
  name: string;
  cutoff?: string;
  days?: string[];
  zones?: Zone[];
  rules?: Rules;
  numbers?: { format: string };
  numbers_left?: number;
  by_name?: boolean;
  cards: { valid_from: string; currency: string; rows: number; current: boolean }[];
}

interface Carrier {
  code: string;
  kind: string;
  name: string;
  url?: string;
  has_secret: boolean;
  has_hook_secret: boolean;
  poll_minutes?: number;
  sold: string[];
}

interface Purchase {
  id: string;
  parcel: string;
  order: string;
  carrier: string;
  service: string;
  status: string;
  why?: string;
  tries: number;
}

export function Carriers() {
  const services = usePages<Service>("/services");
  const carriers = usePages<Carrier>("/carriers");
  return (
    <>
      <h1>Carriers</h1>
      <Purchases />
      <Calculator services={services.data ?? []} />
      <Panel title="Services" wide>
        <Table label="Services" live={services} id={(s) => s.code} row={(s) => ({ "data-testid": `service-${s.code}` })} columns={serviceColumns} empty="No service is set up: each name that a shop sends is its own carrier. PUT /api/v1/services/{code} gives one its rules." />
        <p class="quiet">
          Prices come as a table on the <a href="/floor/import?kind=rates">Import</a> page.
        </p>
      </Panel>
      <Panel title="Carriers whose labels are bought" wide>
        <Table label="Carriers" live={carriers} id={(c) => c.code} columns={carrierColumns} empty="None: every label is our own. PUT /api/v1/carriers/{code} with kind http has labels bought." />
      </Panel>
    </>
  );
}

const serviceColumns = [
  { head: "Service", cell: (s: Service) => <b>{s.code}</b> },
  { head: "Carrier", cell: (s: Service) => s.carrier },
  { head: "Fetched", cell: (s: Service) => (s.cutoff ? `${s.cutoff} ${(s.days ?? []).join(" ") || "daily"}` : "") },
  { head: "Goes to", cell: (s: Service) => <span class="named">{(s.zones ?? []).map((z) => z.code + (z.days ? ` (${z.days} d)` : "")).join(", ") || "anywhere"}</span> },
  { head: "Takes", cell: (s: Service) => <span class="named">{rulesOf(s)}</span> },
  { head: "Rate card", cell: (s: Service) => <Card s={s} /> },
  { head: "Numbers left", number: true, cell: (s: Service) => <Left s={s} /> },
];

const carrierColumns = [
  { head: "Carrier", cell: (c: Carrier) => <b>{c.name || c.code}</b> },
  { head: "Labels", cell: (c: Carrier) => (c.kind === "http" ? "bought" : "ours") },
  { head: "Sells", cell: (c: Carrier) => <span class="named">{c.sold.join(", ") || "no service names it"}</span> },
  { head: "Key", cell: (c: Carrier) => (c.has_secret ? "set" : "missing") },
  { head: "Tracking", cell: (c: Carrier) => [c.has_hook_secret && "webhook", c.poll_minutes && `asked every ${c.poll_minutes} min`].filter(Boolean).join(", ") || "none" },
  { head: "Address", cell: (c: Carrier) => <span class="code">{c.url}</span> },
];

function rulesOf(s: Service): string {
  const r = s.rules ?? {};
  const all = [
    r.max_weight_g && `up to ${r.max_weight_g / 1000} kg`,
    r.max_side_mm && `${r.max_side_mm / 10} cm long`,
    r.max_girth_mm && `girth ${r.max_girth_mm / 10} cm`,
    r.max_sides_mm && `${r.max_sides_mm.map((mm) => mm / 10).join(" × ")} cm`,
    r.max_value_cents && `worth ${money(r.max_value_cents)}`,
    r.no_hazard && "no dangerous goods",
    r.no_po_box && "no post boxes",
    r.countries && `only ${r.countries.join(" ")}`,
    s.by_name && "only when named",
  ];
  return all.filter(Boolean).join(", ") || "everything";
}

const ALWAYS = "1970-01-01"; // of a card that names no first day

function Card({ s }: { s: Service }) {
  const now = s.cards.find((c) => c.current);
  const later = s.cards.filter((c) => !c.current && now && c.valid_from > now.valid_from);
  if (!now) return <span class="quiet">{s.cards.length > 0 ? `from ${s.cards[0]?.valid_from}` : "no prices"}</span>;
  return (
    <span class="named">
      {now.rows === 1 ? "1 price" : `${count(now.rows)} prices`}, {now.currency}
      {now.valid_from > ALWAYS && `, since ${now.valid_from}`}
      {later.length > 0 && <span class="quiet"> · next {later[0]?.valid_from}</span>}
    </span>
  );
}

function Left({ s }: { s: Service }) {
  if (s.numbers_left === undefined) return <span class="quiet">our own</span>;
  return <span class={s.numbers_left < 100 ? "few-left" : ""}>{count(s.numbers_left)}</span>;
}

export const money = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

const WORDS: Record<string, string> = {
  asked: "about to be bought",
  buying: "being bought",
  unsure: "no answer: asked again by itself",
  failed: "not sold",
  unwanted: "no longer wanted: being looked up",
  voiding: "being given back",
  void_failed: "not taken back",
};

// Purchases that something is still to come of; some need a person.
function Purchases() {
  const live = usePages<Purchase>("/label-purchases?status=open");
  const [fault, setFault] = useState<Error | null>(null);
  const act = (path: string, body: object) => {
    setFault(null);
    void post(path, body).then(live.again, setFault);
  };
  if (!live.data || live.data.length === 0) return null;
  return (
    <Panel title="Labels that are not settled" wide>
      <Table
        label="Labels that are not settled"
        live={live}
        id={(p) => p.id}
        row={(p) => ({ "data-testid": `purchase-${p.parcel}`, "data-status": p.status })}
        empty=""
        columns={[
          { head: "Parcel", cell: (p) => <a href={`/floor/orders/${p.order}`}><span class="code">{p.parcel}</span></a> },
          { head: "From", cell: (p) => `${p.carrier} · ${p.service}` },
          { head: "", cell: (p) => <span class={`pill pill-${p.status}`}>{WORDS[p.status] ?? p.status}</span> },
          { head: "It says", cell: (p) => <span class="named">{p.why}</span> },
          {
            head: "What to do",
            cell: (p) => (
              <span class="chosen">
                {(p.status === "failed" || p.status === "unsure") && (
                  <>
                    <button type="button" onClick={() => act(`/parcels/${p.parcel}/relabel`, {})}>Ask anew</button>
                    <button type="button" onClick={() => act(`/parcels/${p.parcel}/relabel`, { own_label: true })}>Our own label</button>
                  </>
                )}
                {p.status === "void_failed" && (
                  <>
                    <button type="button" onClick={() => act(`/label-purchases/${encodeURIComponent(p.id)}/retry`, {})}>Ask once more</button>
                    <button type="button" onClick={() => act(`/label-purchases/${encodeURIComponent(p.id)}/retry`, { settled: true })}>Settled with them</button>
                  </>
                )}
              </span>
            ),
          },
        ]}
      />
      {fault && <Faults fault={fault} />}
    </Panel>
  );
}

interface Offer {
  service: string;
  carrier: string;
  chosen: boolean;
  fits: boolean;
  in_time: boolean;
  priced: boolean;
  cost_cents: number;
  currency?: string;
  deliver_on?: string;
  why: string[];
}

// Calculator says what a parcel would go with, what it costs, and why not the others.
function Calculator({ services }: { services: Service[] }) {
  const [offers, setOffers] = useState<Offer[] | null>(null);
  const send = async (data: FormData) => {
    const size = ["length", "width", "height"].map((k) => Math.round(Number(data.get(k) || 0) * 10));
    const body = {
      weight_g: Math.round(Number(data.get("weight")) * 1000),
      size_mm: size.some((mm) => mm > 0) ? size : [],
      country: String(data.get("country")).toUpperCase(),
      postcode: String(data.get("postcode")),
      lines: [String(data.get("line"))].filter(Boolean),
      hazard: data.get("hazard") !== null,
      service: String(data.get("service")),
    };
    setOffers((await post<{ offers: Offer[] }>("/rates", body)).offers);
  };
  return (
    <Panel title="What would a parcel cost?" wide>
      <div class="calculator">
        <Form onSend={send} send="Work it out">
          <div class="fields">
            <Measure name="weight" label="Weight, kg" first="1" />
            <Measure name="length" label="Length, cm" />
            <Measure name="width" label="Width, cm" />
            <Measure name="height" label="Height, cm" />
            <Field name="country" label="Country" first="DE" most={2} />
            <Field name="postcode" label="Postcode" most={32} />
            <Field name="line" label="Street" most={200} />
            <label>
              Chosen
              <select name="service" data-testid="calc-service">
                <option value="cheapest">cheapest</option>
                <option value="fastest">fastest</option>
                {services.map((s) => (
                  <option key={s.code} value={s.code}>{s.code}</option>
                ))}
              </select>
            </label>
          </div>
          <label class="inline">
            <input type="checkbox" name="hazard" /> Dangerous goods
          </label>
        </Form>
        {offers && <Offers offers={offers} />}
      </div>
    </Panel>
  );
}

function Measure({ name, label, first }: { name: string; label: string; first?: string }) {
  return (
    <label>
      {label}
      <input type="number" name={name} step="any" min="0" defaultValue={first ?? ""} required={first !== undefined} data-testid={`calc-${name}`} />
    </label>
  );
}

function Field({ name, label, first, most }: { name: string; label: string; first?: string; most: number }) {
  return (
    <label>
      {label}
      <input name={name} defaultValue={first ?? ""} maxLength={most} required={first !== undefined} data-testid={`calc-${name}`} />
    </label>
  );
}

export function Offers({ offers }: { offers: Offer[] }) {
  const sorted = [...offers].sort((a, b) => Number(b.chosen) - Number(a.chosen) || Number(b.fits) - Number(a.fits) || a.cost_cents - b.cost_cents);
  return (
    <ul class="offers" aria-label="Services">
      {sorted.map((o) => (
        <li key={o.service} class={o.chosen ? "chosen-offer" : o.fits ? "" : "unfit"} data-testid={`offer-${o.service}`}>
          <b>{o.service}</b>
          <span class="price">{o.priced ? `${money(o.cost_cents)} ${o.currency}` : "—"}</span>
          <span class="quiet">{o.deliver_on ? `comes ${o.deliver_on}` : ""}</span>
          <span class="why">{o.why.join("; ")}</span>
        </li>
      ))}
    </ul>
  );
}

// OrderRates is the same for an order, on its page.
export function OrderRates({ order }: { order: string }) {
  const { data } = usePath<{ offers: Offer[]; policy: string; weight_g: number; parcels: number }>(`/orders/${order}/rates`);
  if (!data || data.offers.length === 0) return null;
  return (
    <details class="rates">
      <summary>Services and what they cost</summary>
      <Offers offers={data.offers} />
    </details>
  );
}

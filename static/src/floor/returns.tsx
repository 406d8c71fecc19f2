import { useState } from "preact/hooks";
import { post } from "../api";
import { Absent, Faults } from "../doors/form";
import { query } from "../route";
import { count, when } from "../words";
import { asked, useFind } from "./find";
import { usePages, usePath } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { once } from "./once";
import { Bar, Pill, Table } from "./table";

// What comes back: how far each return is, what its units were judged to be, and the money, which a person decides on.

interface Unit {
  n: number;
  sku: string;
  lot?: string;
  serial?: string;
  status: string;
  reason?: string;
  grade?: string;
  disposition?: string;
  place?: string;
  flags?: string[];
  photos?: string[];
  price_cents: number;
  handling_cents: number;
  recovered_cents: number;
  inspected_by?: string;
}

interface Money {
  status: string;
  outcome?: string;
  amount_cents: number;
  fee_cents: number;
  currency?: string;
  flags?: string[];
  replacement?: string;
  sent_back_with?: string;
  by?: string;
}

interface Return {
  id: string;
  order?: string;
  external_id?: string;
  channel?: string;
  status: string;
  wanted: string;
  paid_by: string;
  by?: string;
  units: Unit[];
  settlement: Money;
  cost_cents: number;
  recovered_cents: number;
  created_at: string;
}

interface Counted {
  what: string;
  units: number;
  cost_cents: number;
  permille?: number;
}

interface Report {
  by: Record<string, Counted[]>;
  reasons: Record<string, Record<string, { reason: string; units: number }[]>>;
  serial_returners: { order: string; returns: string[]; flags?: string[] }[];
  mismatches: { return: string; order: string; day: string; flags: string[] }[];
}

const judged = (r: Return) => r.units.filter((u) => u.status === "disposed").length;
const sum = (cents: number, currency = "") => `${(cents / 100).toFixed(2)} ${currency}`.trim();
const words = (code = "") => code.replaceAll("_", " ");

export function Returns() {
  const status = query.value.get("status") ?? "";
  const [q, find] = useFind();
  const live = usePages<Return>(`/returns${asked({ status, q })}`);
  return (
    <>
      <div class="page-head">
        <h1>Goods back</h1>
        {find}
        <a class="button" href="/floor/import?kind=returns">
          Import
        </a>
      </div>
      <Table
        label="Returns"
        live={live}
        id={(r) => r.id}
        row={(r) => ({ "data-testid": `return-${r.id}` })}
        empty="Nothing comes back. Customers announce returns by the link of their order; shops by the API; what nobody announced is taken in at the returns bench all the same."
        columns={[
          { head: "Return", cell: (r) => <a class="code" href={`/floor/returns/${r.id}`}>{r.id}</a> },
          { head: "Order", cell: (r) => (r.order ? <a class="code" href={`/floor/orders/${r.order}`}>{r.order}</a> : "nobody knows") },
          { head: "State", cell: (r) => <Pill status={r.status} /> },
          { head: "Judged", cell: (r) => <Bar done={judged(r)} total={r.units.length} label={`Judged of ${r.id}`} /> },
          { head: "Money", cell: (r) => (r.settlement.status ? `${r.settlement.status}, ${sum(r.settlement.amount_cents, r.settlement.currency)}` : "") },
          { head: "Odd", cell: (r) => (r.settlement.flags ?? []).map(words).join(", ") },
          { head: "Since", cell: (r) => when(r.created_at) },
        ]}
      />
      <Reasons />
    </>
  );
}

// Reasons is what came back in the last ninety days.
function Reasons() {
  const { data } = usePath<Report>("/returns/report?days=90");
  if (!data || (data.by.item ?? []).length === 0) return null;
  return (
    <>
      {["item", "reason", "supplier", "channel", "packer", "lot"].map((by) => {
        const rows = (data.by[by] ?? []).slice(0, 10);
        return rows.length === 0 ? null : (
          <Panel key={by} title={`Most returned in 90 days, by ${by}`}>
            <Table
              label={`By ${by}`}
              live={{ data: rows, fault: null }}
              id={(c) => c.what}
              empty=""
              columns={[
                { head: by[0]!.toUpperCase() + by.slice(1), cell: (c) => (by === "packer" ? nameOf(c.what) : by === "reason" ? words(c.what) : c.what) },
                { head: "Units", cell: (c) => count(c.units), number: true },
                { head: by === "item" ? "Of those ordered" : "Of those sent", cell: (c) => (c.permille ? `${(c.permille / 10).toFixed(1)} %` : ""), number: true },
                { head: "Cost", cell: (c) => sum(c.cost_cents), number: true },
                ...(data.reasons[by] ? [{ head: "Why", cell: (c: Counted) => (data.reasons[by]?.[c.what] ?? []).slice(0, 3).map((n) => `${words(n.reason)} ${n.units}`).join(", ") }] : []),
              ]}
            />
          </Panel>
        );
      })}
      {data.serial_returners.length > 0 && (
        <Panel title="Persons with three returns or more in 90 days: look, do not judge">
          <ul>
            {data.serial_returners.map((o) => (
              <li key={o.order}>
                <a class="code" href={`/floor/orders/${o.order}`}>{o.order}</a>: {o.returns.length} returns
                {(o.flags ?? []).length > 0 && `, ${(o.flags ?? []).map(words).join(", ")}`}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {data.mismatches.length > 0 && (
        <Panel title="Came back otherwise than it was sent or told: look, do not judge">
          <ul data-testid="mismatches">
            {data.mismatches.map((o) => (
              <li key={o.return}>
                <a class="code" href={`/floor/returns/${o.return}`}>{o.return}</a>, {o.day}: {o.flags.map(words).join(", ")}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

const NEXT: Record<string, [string, string][]> = {
  "": [["propose", "Propose"]],
  proposed: [["approve", "Approve"], ["refuse", "Refuse"]],
  approved: [["send", "Send to the shop"], ["refuse", "Refuse"]],
  refused: [["propose", "Propose again"]],
};

export function ReturnPage({ id }: { id: string }) {
  const { data: r, fault, again } = usePath<Return>(`/returns/${encodeURIComponent(id)}`);
  const [failed, setFailed] = useState<Error | null>(null);
  if (!r) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  const settle = (verb: string, outcome?: string) => {
    setFailed(null);
    void post(`/returns/${r.id}/settle`, { verb, ...(outcome ? { outcome } : {}) }).then(again, setFailed);
  };
  const m = r.settlement;
  return (
    <>
      <div class="page-head">
        <h1>
          <span class="code">{r.id}</span> {r.order && <small><a href={`/floor/orders/${r.order}`}>{r.order}</a></small>}
        </h1>
        <Pill status={r.status} />
        <a class="button" href={`/api/v1/returns/${r.id}/label.pdf`}>
          Label
        </a>
      </div>
      {failed && <Faults fault={failed} />}
      <Panel title="Money" wide>
        <p data-testid="money">
          {m.status ? (
            <>
              <b>{m.status}</b>: {words(m.outcome)} <b>{sum(m.amount_cents, m.currency)}</b>
              {m.fee_cents > 0 && `, ${sum(m.fee_cents, m.currency)} ${m.outcome === "send_back" ? "to be paid for that" : "kept back as fees"}`}
            </>
          ) : (
            "Nothing is proposed before the goods are judged."
          )}{" "}
          Wanted: {r.wanted}. The way back is paid by {r.paid_by === "us" ? "us" : "the customer"}.
        </p>
        {m.replacement && (
          <p>
            Replaced by <a class="code" href={`/floor/orders/${m.replacement}`}>{m.replacement}</a>
          </p>
        )}
        {m.sent_back_with && (
          <p data-testid="sent-back">
            Goes back to who sent it with <a class="code" href={`/floor/orders/${m.sent_back_with}`}>{m.sent_back_with}</a>
          </p>
        )}
        {(m.flags ?? []).length > 0 && <p class="warn">Odd: {(m.flags ?? []).map(words).join(", ")}. Look at it before money goes out.</p>}
        <p class="row">
          {(NEXT[m.status] ?? []).map(([verb, text], i) => (
            <button key={verb} type="button" class={i === 0 ? "primary" : ""} data-testid={`settle-${verb}`} onClick={once(() => settle(verb))}>
              {text}
            </button>
          ))}
          {m.status === "proposed" && m.outcome !== "send_back" && r.order && r.units.some((u) => u.disposition === "quarantine") && (
            <button type="button" data-testid="settle-send-back" onClick={once(() => settle("approve", "send_back"))}>
              Refuse and send back what is kept apart
            </button>
          )}
        </p>
      </Panel>
      <Panel title={`Cost ${sum(r.cost_cents, m.currency)}, recovered ${sum(r.recovered_cents, m.currency)}`} wide>
        <Table
          label="Units"
          live={{ data: r.units, fault: null }}
          id={(u) => String(u.n)}
          row={(u) => ({ "data-testid": `unit-${u.n}` })}
          empty=""
          columns={[
            { head: "Item", cell: (u) => <a class="code" href={`/floor/stock?sku=${encodeURIComponent(u.sku)}`}>{u.sku}</a> },
            { head: "Serial or lot", cell: (u) => <span class="code">{u.serial ?? u.lot ?? ""}</span> },
            { head: "State", cell: (u) => u.status },
            { head: "Why", cell: (u) => words(u.reason) },
            { head: "Grade", cell: (u) => <b>{u.grade}</b> },
            { head: "Became", cell: (u) => words(u.disposition) },
            { head: "Odd", cell: (u) => (u.flags ?? []).map(words).join(", ") },
            { head: "By", cell: (u) => nameOf(u.inspected_by) },
            { head: "Photos", cell: (u) => <Photos of={r.id} unit={u} /> },
          ]}
        />
      </Panel>
    </>
  );
}

// Photos are small here; each opens in its own size.
function Photos({ of, unit }: { of: string; unit: Unit }) {
  return (
    <span class="thumbs">
      {(unit.photos ?? []).map((hash, i) => (
        <a key={hash} href={`/api/v1/returns/${of}/photos/${hash}`} target="_blank" rel="noreferrer">
          <img src={`/api/v1/returns/${of}/photos/${hash}`} alt={`Photo ${i + 1} of unit ${unit.n}`} loading="lazy" data-testid={`photo-${unit.n}-${i + 1}`} />
        </a>
      ))}
    </span>
  );
}

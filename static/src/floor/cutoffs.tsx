import { useState } from "preact/hooks";
import { post } from "../api";
import { Absent, Faults } from "../doors/form";
import { count } from "../words";
import { tick, usePath } from "./live";
import { Panel } from "./now";
import "../look/cutoffs.css";

// The cut-off board: what every truck still waits for, whether it will make it at the pace the house works at, and what
// to send to the floor next. Made to be read from two metres.

type Stage = "pick" | "sort" | "pack" | "load";

interface Miss {
  order: string;
  external_id: string;
  finish: string;
  finish_clock: string;
  why: string;
}

interface Cutoff {
  at: string;
  clock: string;
  carrier: string;
  services: string[];
  orders: number;
  stages: Record<string, number>;
  units: Partial<Record<Stage, number>>;
  finish: string;
  finish_clock: string;
  missing: number;
  misses: Miss[];
}

interface Board {
  now: string;
  pace: Record<Stage, { units_per_hour: number; measured: boolean; workers: number }>;
  cutoffs: Cutoff[];
  release: { orders: string[]; method: string; why: string } | null;
  unscheduled: number;
}

const STAGES: [string, string][] = [
  ["waiting", "waiting"],
  ["held", "held"],
  ["to_pick", "to pick"],
  ["picking", "picking"],
  ["to_pack", "to pack"],
  ["packing", "packing"],
  ["to_load", "to load"],
];

export function Cutoffs() {
  const { data, fault, again } = usePath<Board>("/cutoffs");
  if (!data) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <div class="page-head">
        <h1>Cut-offs</h1>
        <Paces pace={data.pace} />
      </div>
      {data.release && <Advice advice={data.release} again={again} />}
      {data.cutoffs.length === 0 && <p class="empty">No open order has a collection to make. Give a service its collection time, and its orders stand here.</p>}
      <div class="trucks">
        {data.cutoffs.map((c) => (
          <Truck key={c.at + c.carrier} c={c} now={data.now} />
        ))}
      </div>
      {data.unscheduled > 0 && <p class="quiet">{count(data.unscheduled)} open orders go by a service without a collection time.</p>}
    </>
  );
}

const DOING: Record<Stage, string> = { pick: "picking", sort: "sorting", pack: "packing", load: "loading" };
const UNIT: Record<Stage, string> = { pick: "units", sort: "units", pack: "units", load: "parcels" };

function Paces({ pace }: { pace: Board["pace"] }) {
  return (
    <ul class="paces" aria-label="People and pace">
      {(["pick", "pack", "load"] as const).map((st) => (
        <li key={st} data-testid={`pace-${st}`} data-workers={pace[st].workers}>
          <b>{pace[st].workers}</b> {DOING[st]}
          <span class="quiet">
            {count(pace[st].units_per_hour)} {UNIT[st]} an hour each{pace[st].measured ? "" : ", not measured yet"}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Advice({ advice, again }: { advice: NonNullable<Board["release"]>; again: () => void }) {
  const [fault, setFault] = useState<Error | null>(null);
  const release = () => post("/waves", { orders: advice.orders, method: advice.method }).then(again, setFault);
  return (
    <Panel title="Release next" wide>
      <div class="advice">
        <p data-testid="advice">{advice.why}</p>
        <button type="button" class="primary" data-testid="release-advice" onClick={() => void release()}>
          Release {count(advice.orders.length)} as {advice.method}
        </button>
      </div>
      {fault && <Faults fault={fault} />}
    </Panel>
  );
}

function Truck({ c, now }: { c: Cutoff; now: string }) {
  tick.value; // the time that is left goes with the floor
  const late = c.missing > 0;
  return (
    <section class={`truck ${late ? "late" : "fine"}`} aria-label={`${c.carrier} at ${c.clock}`} data-testid={`cutoff-${c.carrier}-${c.clock}`} data-missing={c.missing}>
      <header>
        <h2>
          <time dateTime={c.at}>{c.clock}</time> {c.carrier}
        </h2>
        <p class="quiet">
          {left(c.at, now)} · {c.services.join(", ")}
        </p>
      </header>
      <p class="outlook">
        {late ? (
          <>
            <b data-testid="missing">{count(c.missing)}</b> of {count(c.orders)} will miss it
          </>
        ) : (
          <>
            <b>{count(c.orders)}</b> {c.orders === 1 ? "order" : "orders"}, done at {c.finish_clock}
          </>
        )}
      </p>
      <Stages stages={c.stages} total={c.orders} />
      {late && <Misses c={c} />}
    </section>
  );
}

function Stages({ stages, total }: { stages: Record<string, number>; total: number }) {
  const here = STAGES.filter(([s]) => stages[s]);
  return (
    <>
      <div class="stages" aria-hidden="true">
        {here.map(([s]) => (
          <i key={s} class={`stage-${s}`} style={{ flexGrow: stages[s] }} title={`${stages[s]} of ${total}`} />
        ))}
      </div>
      <ul class="stage-list">
        {here.map(([s, word]) => (
          <li key={s}>
            <i class={`stage-${s}`} /> <b>{count(stages[s])}</b> {word}
          </li>
        ))}
      </ul>
    </>
  );
}

function Misses({ c }: { c: Cutoff }) {
  return (
    <details>
      <summary>Which, and why</summary>
      <ul class="rows">
        {c.misses.map((m) => (
          <li key={m.order} data-testid={`miss-${m.order}`}>
            <a class="code" href={`/floor/orders/${m.order}`}>
              {m.order}
            </a>
            <span class="grow">{m.why}</span>
            <span class="quiet">{m.finish_clock && `done at ${m.finish_clock}`}</span>
          </li>
        ))}
      </ul>
      {c.missing > c.misses.length && <p class="quiet">and {count(c.missing - c.misses.length)} more</p>}
    </details>
  );
}

// left is how long it is until a truck comes, as people say it.
function left(at: string, now: string): string {
  const min = Math.max(0, Math.round((Date.parse(at) - Date.parse(now)) / 60_000));
  if (min < 60) return `in ${min} min`;
  if (min < 24 * 60) return `in ${Math.floor(min / 60)} h ${min % 60} min`;
  const days = Math.floor(min / (24 * 60));
  return `in ${days} ${days === 1 ? "day" : "days"} ${Math.floor((min % (24 * 60)) / 60)} h`;
}

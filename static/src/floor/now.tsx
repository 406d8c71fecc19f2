import type { ComponentChildren } from "preact";
import { Absent } from "../doors/form";
import { count } from "../words";
import { ConditionLine, type Condition } from "./condition";
import { EventList, useEvents } from "./events";
import { Exceptions, type Exception } from "./exceptions";
import { usePath } from "./live";
import { nameOf } from "./names";
import { Bar, Pill } from "./table";
import "../look/now.css";

// The live floor: where every order stands, who is at what, what needs a person, and all that happens.

interface PickList {
  id: string;
  wave: string;
  status: string;
  method?: string;
  worker?: string;
  worker_name?: string;
  device?: string;
  done: number;
  total: number;
}

interface Station {
  device: string;
  name: string;
  kind: string;
  online: boolean;
  worker?: string;
  job?: { kind: string; id: string; done: number; total: number } | null;
  condition?: Condition | null;
}

interface Manifest {
  id: string;
  carrier: string;
  dock?: string;
  status: string;
  loaded: number;
  expected: number;
}

export interface FloorNow {
  orders: Record<string, number>;
  parcels?: Record<string, number>;
  picklists?: PickList[];
  stations?: Station[];
  manifests?: Manifest[];
  exceptions?: Exception[];
  prints?: Record<string, number>;
  journal?: { seq: number; epoch: number };
  space?: { free_bytes: number; stopped: boolean };
}

export const STATUSES = ["received", "held", "released", "picking", "picked", "packing", "packed", "dispatched", "delivered", "cancelled"] as const;

export function Now() {
  const { data, fault } = usePath<FloorNow>("/floor");
  const events = useEvents();
  if (!data) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <h1 class="hidden-title">The floor now</h1>
      {data.space?.stopped && (
        <p class="faults" role="alert" data-testid="stopped">
          The disk is full: the floor takes no new work until there is space. Nothing is lost.
        </p>
      )}
      <Flow counts={data.orders ?? {}} />
      <div class="now-sides">
        <div class="side">
          <Panel title={needs(data.exceptions ?? [])}>
            <Exceptions list={data.exceptions ?? []} />
          </Panel>
          <Stations list={data.stations ?? []} />
        </div>
        <div class="side">
          <PickLists list={data.picklists ?? []} />
          <Manifests list={data.manifests ?? []} />
          <Counts title="Parcels" counts={data.parcels ?? {}} />
          <Counts title="Print queue" counts={data.prints ?? {}} />
        </div>
      </div>
      <Panel title="What happens">
        <EventList events={events.slice(0, 40)} />
        {data.journal && <p class="quiet">Journal at {count(data.journal.seq)}</p>}
      </Panel>
    </>
  );
}

const needs = (list: Exception[]): string => (list.length > 0 ? `Needs a person: ${list.length}` : "Needs a person");

function Flow({ counts }: { counts: Record<string, number> }) {
  return (
    <ol class="flow" aria-label="Orders by state">
      {STATUSES.map((s) => (
        <li key={s} class={`flow-${s} ${counts[s] ? "" : "none"}`}>
          <a href={`/floor/orders?status=${s}`}>
            <b data-testid={`counts-${s}`}>{counts[s] ?? 0}</b>
            <span>{s}</span>
          </a>
        </li>
      ))}
    </ol>
  );
}

export function Panel({ title, children, wide = false }: { title: string; children: ComponentChildren; wide?: boolean }) {
  return (
    <section class={`panel ${wide ? "wide" : ""}`} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

// What somebody works at comes first, and a long tail of what nobody has begun is a page of its own.
const PICK_LISTS_SHOWN = 12;
const begun = (p: PickList): number => (p.worker || p.done > 0 ? 0 : 1);

function PickLists({ list }: { list: PickList[] }) {
  const shown = [...list].sort((a, b) => begun(a) - begun(b)).slice(0, PICK_LISTS_SHOWN);
  return (
    <Panel title="Pick lists">
      {list.length === 0 && <p class="empty">Nothing is released. Release orders on the Orders page.</p>}
      <ul class="rows">
        {shown.map((p) => (
          <li key={p.id} data-testid={`picklist-${p.id}`} data-status={p.status}>
            <a class="code" href={`/floor/picklists/${p.id}`}>
              {p.id}
            </a>
            <Pill status={p.status} />
            <span class="grow">{p.worker_name || nameOf(p.worker) || <span class="quiet">{p.done > 0 ? "nobody now" : "nobody yet"}</span>}</span>
            <Bar done={p.done} total={p.total} label={`Progress of ${p.id}`} />
          </li>
        ))}
      </ul>
      {list.length > shown.length && <a href="/floor/waves">and {count(list.length - shown.length)} more</a>}
    </Panel>
  );
}

const away = (s: Station): number => (s.job ? 0 : s.worker ? 1 : s.online ? 2 : 3);

function Stations({ list }: { list: Station[] }) {
  return (
    <Panel title="Devices">
      {list.length === 0 && (
        <p class="empty">
          No device yet. <a href="/floor/devices">Pair one</a>
        </p>
      )}
      <ul class="rows">
        {[...list].sort((a, b) => away(a) - away(b)).map((s) => (
          <li key={s.device} data-testid={`station-${s.device}`} data-online={s.online}>
            <span class={`dot ${s.online ? "on" : ""}`} />
            <span>
              <span class="visually-hidden">{s.online ? "online" : "offline"} </span>
              {s.name} <span class="quiet">{s.kind}</span>
            </span>
            <ConditionLine of={s} />
            <span class="grow">{nameOf(s.worker)}</span>
            {s.job ? (
              <span class="at-job">
                <span class="code">{s.job.id}</span>
                <Bar done={s.job.done} total={s.job.total} label={`Progress of ${s.job.id}`} />
              </span>
            ) : (
              <span class="quiet">{s.worker ? "between jobs" : s.online ? "nobody signed in" : "not connected"}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Manifests({ list }: { list: Manifest[] }) {
  return (
    <Panel title="Manifests">
      {list.length === 0 && <p class="empty">No truck is being loaded.</p>}
      <ul class="rows">
        {list.map((m) => (
          <li key={m.id} data-testid={`manifest-${m.id}`} data-status={m.status}>
            <a class="code" href="/floor/manifests">
              {m.id}
            </a>
            <span class="grow">
              {m.carrier} <span class="quiet">{m.dock}</span>
            </span>
            <Pill status={m.status} />
            <Bar done={m.loaded} total={m.expected} label={`Loaded into ${m.id}`} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Counts({ title, counts }: { title: string; counts: Record<string, number> }) {
  const entries = Object.entries(counts).filter(([, n]) => n > 0);
  return (
    <Panel title={title}>
      {entries.length === 0 && <p class="empty">None.</p>}
      <ul class="counts">
        {entries.map(([k, n]) => (
          <li key={k}>
            <b>{count(n)}</b> {k.replaceAll("_", " ")}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

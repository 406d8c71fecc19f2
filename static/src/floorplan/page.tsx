import { useState } from "preact/hooks";
import { Absent, Faults } from "../doors/form";
import { tick } from "../floor/live";
import { Panel } from "../floor/now";
import { Bar, Table } from "../floor/table";
import { post } from "../api";
import { go, path, query } from "../route";
import { count } from "../words";
import type { PlanBin } from "./faults";
import { type Floorplan, usePlan } from "./ask";
import { aisleNames, Plan } from "./plan";
import { useWalk, WalkFigures } from "./walk";

// The floor from above, as it is now: warm bins, the people, and the walk of the pick list that was chosen.

const SPANS = { day: "Last 24 hours", week: "Last 7 days" } as const;

export function PlanPage() {
  const { data, fault, again } = usePlan();
  const [span, setSpan] = useState<keyof typeof SPANS>("day");
  const chosen = query.value.get("list") ?? "";
  const { data: walk, fault: lost } = useWalk(chosen);
  if (!data) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  const picks = (b: PlanBin) => (span === "day" ? b.picks_24h : b.picks_7d);
  return (
    <>
      <div class="page-head">
        <h1>Floor plan</h1>
        <div class="segments" role="group" aria-label="Picks counted over">
          {Object.entries(SPANS).map(([k, word]) => (
            <button key={k} type="button" aria-pressed={k === span} data-testid={`span-${k}`} onClick={() => setSpan(k as keyof typeof SPANS)}>
              {word}
            </button>
          ))}
        </div>
        <a class="button" href="/floor/layout">
          Edit layout
        </a>
      </div>
      <div class="plan-grid">
        <Panel title="From above">
          <Plan layout={data.layout} bins={data.bins} count={picks} workers={data.workers} blocked={data.blocked} walk={walk} label={told(data, picks, chosen)} tallest={660} />
          <Legend walk={chosen !== ""} />
          {data.more && <p class="quiet">Only the first {count(data.bins.length)} bins are drawn.</p>}
        </Panel>
        <div class="side">
          <Panel title="A pick list's walk">
            <Choice lists={data.picklists} chosen={chosen} />
            {lost && chosen && <Faults fault={lost} />}
            {walk && chosen && (
              <>
                <WalkFigures walk={walk} />
                <a href={`/floor/picklists/${encodeURIComponent(chosen)}`}>Its {count(walk.stops.length)} stops as a table</a>
              </>
            )}
          </Panel>
          <Workers list={data.workers} />
          <Aisles names={aisleNames(data.bins, data.layout.aisles)} aisles={data.layout.aisles} blocked={data.blocked} again={again} />
          <Warm bins={data.bins} picks={picks} span={SPANS[span]} />
        </div>
      </div>
    </>
  );
}

// told is the picture in a sentence, for those who hear it.
function told(p: Floorplan, picks: (b: PlanBin) => number, list: string): string {
  const sum = p.bins.reduce((n, b) => n + picks(b), 0);
  const people = p.workers.filter((w) => w.bin).map((w) => `${w.name} at ${w.bin}`);
  return [
    `${p.layout.aisles} aisles of ${p.layout.cells} cells, ${count(sum)} picks`,
    ...people,
    ...(list ? [`the walk of ${list} is drawn`] : []),
  ].join("; ");
}

function Choice({ lists, chosen }: { lists: Floorplan["picklists"]; chosen: string }) {
  const known = lists.some((l) => l.id === chosen) || chosen === "";
  return (
    <label>
      Draw
      <select data-testid="choose-list" value={chosen} onChange={(e) => go(path.value + (e.currentTarget.value ? `?list=${encodeURIComponent(e.currentTarget.value)}` : ""), true)}>
        <option value="">no walk</option>
        {!known && <option value={chosen}>{chosen}</option>}
        {lists.map((l) => (
          <option key={l.id} value={l.id}>
            {l.id} · {l.worker_name || l.status} · {l.done}/{l.total}
          </option>
        ))}
      </select>
    </label>
  );
}

function Legend({ walk }: { walk: boolean }) {
  return (
    <p class="legend">
      <span>
        no picks
        {[0, 1, 2, 3, 4].map((n) => (
          <i key={n} class={`swatch-${n}`} />
        ))}
        most picks
      </span>
      <span>
        <i class="dot-worker" /> worker
      </span>
      {walk && (
        <span>
          <i class="line-walk" /> walk
        </span>
      )}
    </p>
  );
}

const clock = (at: string): string => (at ? new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : "");

function Workers({ list }: { list: Floorplan["workers"] }) {
  tick.value; // the clock beside a worker goes with the floor
  return (
    <Panel title="Workers">
      {list.length === 0 && <p class="empty">Nobody is signed in on a device.</p>}
      <ul class="rows">
        {list.map((w) => (
          <li key={w.id + (w.job?.id ?? "")} data-testid={`plan-worker-${w.name}`} data-bin={w.bin}>
            <b>{w.name}</b>
            <span class="grow">{w.bin ? <><span class="code">{w.bin}</span> <span class="quiet">{clock(w.at)}</span></> : <span class="quiet">not scanned yet</span>}</span>
            {w.job ? (
              <span class="at-job">
                {w.job.kind === "pick" ? <a class="code" href={`/floor/plan?list=${w.job.id}`}>{w.job.id}</a> : <span class="code">{w.job.id}</span>}
                <Bar done={w.job.done} total={w.job.total} label={`Progress of ${w.job.id}`} />
              </span>
            ) : (
              <span class="quiet">free</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

// Aisles are blocked and opened here: a spill, a lift at work.
function Aisles({ aisles, names, blocked, again }: { aisles: number; names: string[]; blocked: number[]; again: () => void }) {
  const [aisle, setAisle] = useState(0);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<Error | null>(null);
  const say = async (n: number, verb: "block" | "open") => {
    setFault(null);
    await post(`/aisles/${n}/${verb}`, { reason: verb === "block" ? reason : "" }).then(again, setFault);
    setReason("");
  };
  return (
    <Panel title="Blocked aisles">
      {blocked.length === 0 && <p class="quiet">Every aisle can be walked.</p>}
      <ul class="rows">
        {blocked.map((n) => (
          <li key={n} data-testid={`blocked-${n}`}>
            <b class="grow">Aisle {names[n] ?? n}</b>
            <button type="button" data-testid={`open-${n}`} onClick={() => void say(n, "open")}>
              Open it
            </button>
          </li>
        ))}
      </ul>
      <form
        class="shut-form"
        onSubmit={(e) => {
          e.preventDefault();
          void say(aisle, "block");
        }}
      >
        <label>
          Aisle
          <select data-testid="block-aisle" value={aisle} onChange={(e) => setAisle(Number(e.currentTarget.value))}>
            {Array.from({ length: aisles }, (_, n) => (
              <option key={n} value={n} disabled={blocked.includes(n)}>
                {names[n] ?? n}
              </option>
            ))}
          </select>
        </label>
        <label>
          Why
          <input data-testid="block-reason" value={reason} maxLength={200} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <button type="submit" data-testid="block" disabled={aisles === 0 || blocked.includes(aisle)}>
          Block
        </button>
      </form>
      {fault && <Faults fault={fault} />}
    </Panel>
  );
}

const WARMEST = 200;

function Warm({ bins, picks, span }: { bins: PlanBin[]; picks: (b: PlanBin) => number; span: string }) {
  const warm = bins.filter((b) => picks(b) > 0).sort((a, b) => picks(b) - picks(a) || (a.code < b.code ? -1 : 1));
  return (
    <section class="panel short-table" aria-label="Picks by bin">
      <h2>Picks by bin</h2>
      <Table
        label="Picks by bin"
        live={{ data: warm.slice(0, WARMEST), fault: null }}
        id={(b) => b.code}
        row={(b) => ({ "data-testid": `warm-${b.code}` })}
        empty={`Nothing was picked: ${span.toLowerCase()}.`}
        columns={[
          { head: "Bin", cell: (b) => <a class="code" href={`/floor/stock?bin=${encodeURIComponent(b.code)}`}>{b.code}</a> },
          { head: "Zone", cell: (b) => b.zone },
          { head: "Aisle", cell: (b) => b.aisle, number: true },
          { head: "Cell", cell: (b) => b.cell, number: true },
          { head: "Picks", cell: (b) => <b>{count(picks(b))}</b>, number: true },
        ]}
      />
    </section>
  );
}

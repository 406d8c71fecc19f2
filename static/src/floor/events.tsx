import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { plain, when } from "../words";
import { nameOf } from "./names";
import { link, stream, type LiveEvent } from "./live";
import "../look/events.css";

// Everything that has happened, as the journal has it: the newest first, live.

const BACK = 200;

export function Events() {
  const all = useEvents();
  const [kind, setKind] = useState("");
  const kinds = [...new Set(all.map((e) => e.kind))].sort();
  return (
    <>
      <div class="page-head">
        <h1>Events</h1>
        <label class="inline">
          Kind
          <select value={kind} onChange={(e) => setKind(e.currentTarget.value)}>
            <option value="">all</option>
            {kinds.map((k) => (
              <option key={k} value={k}>
                {plain(k)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <EventList events={kind ? all.filter((e) => e.kind === kind) : all} />
    </>
  );
}

// useEvents gives what is live on top of what the journal held when the link last came up.
export function useEvents(): LiveEvent[] {
  const [before, setBefore] = useState<LiveEvent[]>([]);
  const up = link.value === "up";
  useEffect(() => {
    if (up) load().then(setBefore, () => undefined);
  }, [up]);
  const seen = new Set(stream.value.map((e) => e.seq));
  return [...stream.value, ...before.filter((e) => !seen.has(e.seq))].sort((a, b) => b.seq - a.seq);
}

async function load(): Promise<LiveEvent[]> {
  const { journal } = await get<{ journal?: { seq: number } }>("/floor");
  const since = Math.max(0, (journal?.seq ?? 0) - BACK);
  const page = await get<{ items?: LiveEvent[] }>(`/events?since=${since}&limit=${BACK}`);
  return (page.items ?? []).filter((e) => e.topic);
}

export function EventList({ events }: { events: LiveEvent[] }) {
  if (events.length === 0) return <p class="empty">Nothing yet. Scan something.</p>;
  return (
    <ol class="events" data-testid="events" tabIndex={0} aria-label="Events">
      {events.map((e) => (
        <li key={e.seq} data-kind={e.kind}>
          <span class="event-seq">{e.seq}</span>
          <b>{plain(e.kind)}</b>
          <span class="quiet">{when(e.at)}</span>
          <span class="event-data">
            <Origin of={e.origin} /> <Allowed by={e.authorised_by} /> {brief(e)}
          </span>
        </li>
      ))}
    </ol>
  );
}

// Origin marks what no scanner read: a code typed by hand is the first suspect when a parcel is wrong.
export function Origin({ of }: { of: string | undefined }) {
  if (of !== "typed" && of !== "camera") return null;
  return <span class={`origin ${of}`}>{of === "typed" ? "typed by hand" : "by camera"}</span>;
}

// Allowed says which lead set a refusal aside.
export function Allowed({ by }: { by: string | undefined }) {
  return by ? <span class="origin typed">allowed by {nameOf(by)}</span> : null;
}

function brief(e: LiveEvent): string {
  const who = [nameOf(e.worker), nameOf(e.device)].filter(Boolean).join(" at ");
  const data = e.data && typeof e.data === "object" ? Object.entries(e.data as Record<string, unknown>) : [];
  const facts = data.filter(([, v]) => typeof v === "string" || typeof v === "number").slice(0, 6);
  return [who, ...facts.map(([k, v]) => `${k} ${String(v)}`)].filter(Boolean).join(" · ");
}

import { Absent } from "../doors/form";
import { count } from "../words";
import { usePages, usePath } from "./live";
import { Panel } from "./now";
import "../look/wall.css";

// The put wall as it hangs beside the slots: a slot lights up while a unit in somebody's hand belongs into it. A
// lit slot says so in words too, and how many go in: nobody has to tell it by its colour.

interface Slot {
  slot: number;
  code: string;
  order?: string;
  status: "free" | "filling" | "ready";
  lit: boolean;
  put: number;
  total: number;
  hand: number;
  name?: string;
}

interface Wall {
  code: string;
  slots: Slot[];
}

export function WallPage({ id }: { id: string }) {
  const { data: wall, fault } = usePath<Wall>(`/walls/${encodeURIComponent(id)}`);
  if (!wall) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <h1>
        Put wall <span class="code">{wall.code}</span>
      </h1>
      <ol class="wall" aria-live="polite">
        {wall.slots.map((s) => (
          <li key={s.code} class={s.lit ? "lit" : s.status} data-testid={`slot-${s.slot}`} data-state={s.lit ? "lit" : s.status}>
            <strong>{s.slot}</strong>
            <span>{s.lit ? `Put ${s.hand} here` : says(s)}</span>
            <small>{s.lit ? s.name : (s.order ?? s.code)}</small>
          </li>
        ))}
      </ol>
    </>
  );
}

function says(s: Slot): string {
  if (s.status === "free") return "Free";
  return s.status === "ready" ? "Ready to pack" : `${s.put} of ${s.total}`;
}

// Walls lists the put walls of a house that has any.
export function Walls() {
  const { data } = usePages<Wall>("/walls");
  if (!data?.length) return null;
  return (
    <Panel title="Put walls">
      <ul>
        {data.map((w) => (
          <li key={w.code}>
            <a href={`/floor/walls/${encodeURIComponent(w.code)}`}>{w.code}</a>, {count(w.slots.length)} slots,{" "}
            {count(w.slots.filter((s) => s.status === "ready").length)} ready to pack
          </li>
        ))}
      </ul>
    </Panel>
  );
}

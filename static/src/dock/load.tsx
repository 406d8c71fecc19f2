import { useEffect, useState } from "preact/hooks";
import { Question } from "../job/ask";
import { sheet } from "../job/sheets";
import type { Session } from "../job/session";
import type { Next, ParcelOf } from "../wire";
import { count, say } from "../words";
import "../look/dock.css";

// The parts of a load, for the dock's screen and for a handheld: the truck or the pallet, how many of how many, the
// proofs that are wanted, and the parcels still missing with where each was last.

// Load is all of them below each other.
export function Load({ s }: { s: Session }) {
  const n = s.next.value;
  return (
    <>
      <Counted s={s} />
      <Parcels n={n} />
    </>
  );
}

export function Counted({ s }: { s: Session }) {
  const n = s.next.value;
  const loaded = count(n.show.loaded ?? 0);
  const expected = count(n.show.expected ?? 0);
  return (
    <>
      {n.ask && <Question s={s} ask={n.ask} />}
      <p class="loaded" data-testid="loaded" style={{ "--letters": 1.7 * loaded.length + expected.length + 2 }}>
        <b>{loaded}</b>
        <span>/ {expected}</span>
      </p>
      <Truck n={n} />
      {(n.show.proof ?? []).map((what) => (
        <button key={what} type="button" class="primary huge" data-testid={`proof-${what}`} onClick={() => (sheet.value = what)}>
          {say(`action.${what}`)}
        </button>
      ))}
    </>
  );
}

// hue gives a carrier a colour of its own, beside its name.
const hue = (carrier: string): number => [...carrier].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
const coloured = (carrier: string | undefined): Record<string, number> => ({ "--hue": hue(carrier ?? "") });

function Truck({ n }: { n: Next }) {
  const m = n.show.manifest;
  const p = n.show.pallet;
  if (p) {
    return (
      <section class="carrier" style={coloured(p.carrier)} data-testid="pallet">
        <p>
          <b>{p.carrier}</b> <span class="code">{p.id}</span>
        </p>
        <p class="code">{p.sscc}</p>
        <p>
          {say("dock.on_pallet", { count: p.parcels })}, {count(Math.round(p.weight_g / 100) / 10)} kg
          {p.place && <span class="code"> {p.place}</span>}
        </p>
      </section>
    );
  }
  if (!m) return null;
  const done = [m.vehicle, m.seal, m.photos ? say("dock.photos", { count: m.photos }) : "", m.signed ? say("dock.signed") : ""].filter(Boolean);
  return (
    <section class="carrier" style={coloured(m.carrier)} data-testid="manifest">
      <p>
        <b>{m.carrier}</b> <span class="code">{m.id}</span> <span>{m.dock}</span>
      </p>
      {done.length > 0 && <p data-testid="truck">{done.join(", ")}</p>}
    </section>
  );
}

// left is how long it is until a parcel's collection, as people count: minutes, then hours.
function left(due: string, now: number): string {
  const minutes = Math.max(0, Math.floor((Date.parse(due) - now) / 60_000));
  return minutes < 60 ? say("dock.minutes", { count: minutes }) : say("dock.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

const HURRY_MS = 30 * 60_000;

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function heading({ step, show }: Next): string {
  const missing = (show.expected ?? 0) - (show.loaded ?? 0);
  if (step === "unload" && !show.missing) return say("dock.aboard");
  if (show.expected !== undefined && missing <= 0) return say("wanted.none");
  return show.missing ? say("dock.missing", { count: missing }) : say("wanted");
}

export function Parcels({ n }: { n: Next }) {
  const now = useNow();
  const parcels = n.show.parcels ?? [];
  const head = heading(n);
  return (
    <section class="wanted" aria-label={head} tabIndex={0}>
      <p class="lines-head" data-testid="missing">
        {head}
      </p>
      <ul>
        {parcels.map((p) => (
          <Parcel key={p.id} p={p} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Parcel({ p, now }: { p: ParcelOf; now: number }) {
  const hurry = p.due !== undefined && Date.parse(p.due) - now < HURRY_MS;
  return (
    <li data-testid={`wanted-${p.id}`} style={coloured(p.carrier)}>
      <span class="what">
        <b class="code">{p.tracking ?? p.id}</b> <span class="code">{p.order}</span>
      </span>
      {p.service && (
        <span class="service">
          {p.service}
          {p.due && <b class={hurry ? "hurry" : ""}> {left(p.due, now)}</b>}
        </span>
      )}
      {(p.seen || p.left_by) && (
        <span class="seen">
          {p.left_by && <b>{say("dock.left_by", { manifest: p.left_by })}. </b>}
          {p.seen}
        </span>
      )}
    </li>
  );
}

import type { Session } from "../job/session";
import { count, say } from "../words";

// The open parcels of the order side by side. What is scanned goes into the one that stands out; a parcel card, its own
// code or a tap turns to another.

export function OpenParcels({ s }: { s: Session }) {
  const open = s.next.value.show.open_parcels ?? [];
  if (open.length === 0) return null;
  return (
    <ul class="open-parcels" aria-label={say("bench.open")} data-testid="open-parcels">
      {open.map((p) => (
        <li key={p.id}>
          <button type="button" class={p.now ? "now" : ""} aria-pressed={p.now === true} data-testid={`open-${p.n}`} onClick={() => s.scan(p.id, "tapped")}>
            <b>
              {say("parcel")} {count(p.n)}
            </b>
            <span>{say("bench.units", { count: p.units })}</span>
            <span class="code">{p.id}</span>
            {p.inner && <span class="code">{say("bench.inner", { codes: p.inner.join(", ") })}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

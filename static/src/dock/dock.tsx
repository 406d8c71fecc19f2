import { Question } from "../job/ask";
import { Facts, Heading, Jobs } from "../job/prompt";
import type { Session } from "../job/session";
import { Work } from "../job/work";
import { count, say } from "../words";
import "../look/dock.css";

// The dock: which truck, how many are in it, and which parcels are still wanted.

function Prompt({ s }: { s: Session }) {
  const n = s.next.value;
  const loading = n.show.expected !== undefined || n.show.loaded !== undefined;
  return (
    <div class="dock-grid">
      <div class="do">
        <Heading n={n} />
        {n.show.manifest && (
          <p class="carrier" data-testid="manifest">
            <b>{n.show.manifest.carrier}</b> <span class="code">{n.show.manifest.id}</span> {n.show.manifest.dock}
          </p>
        )}
        {n.ask && <Question s={s} ask={n.ask} />}
        {loading && (
          <p class="loaded" data-testid="loaded">
            <b>{count(n.show.loaded ?? 0)}</b>
            <span>/ {count(n.show.expected ?? 0)}</span>
          </p>
        )}
        <Facts n={n} />
        <Jobs s={s} />
      </div>
      {loading && <Wanted s={s} />}
    </div>
  );
}

function Wanted({ s }: { s: Session }) {
  const parcels = s.next.value.show.parcels ?? [];
  return (
    <section class="wanted" aria-label={say("wanted")} tabIndex={0}>
      <p class="lines-head">{parcels.length > 0 ? say("wanted.count", { count: parcels.length }) : say("wanted.none")}</p>
      <ul>
        {parcels.map((p) => (
          <li key={p.id} data-testid={`wanted-${p.id}`}>
            <b class="code">{p.tracking ?? p.id}</b> <span class="code">{p.order}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const Dock = () => <Work station="dock" Prompt={Prompt} />;

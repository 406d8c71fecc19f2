import { Question } from "../job/ask";
import { Facts, Heading, Jobs, Tally } from "../job/prompt";
import type { Session } from "../job/session";
import { Work } from "../job/work";
import "../look/dock.css";
import { Counted, Parcels } from "./load";

// The dock: which truck, how many are in it, and which parcels are still missing.

function Prompt({ s }: { s: Session }) {
  const n = s.next.value;
  const loading = n.show.expected !== undefined || n.show.loaded !== undefined;
  return (
    <div class={`dock-grid ${loading ? "loading" : ""}`}>
      <div class="do">
        <Heading n={n} />
        {loading ? <Counted s={s} /> : n.ask && <Question s={s} ask={n.ask} />}
        <Facts n={n} />
        <Tally n={n} />
        <Jobs s={s} />
      </div>
      {loading && <Parcels n={n} />}
    </div>
  );
}

export const Dock = () => <Work station="dock" Prompt={Prompt} />;

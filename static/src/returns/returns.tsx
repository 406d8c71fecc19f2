import { Lines } from "../bench/lines";
import { Question } from "../job/ask";
import { Facts, Heading, Item, Jobs } from "../job/prompt";
import type { Session } from "../job/session";
import { Work } from "../job/work";
import "../look/bench.css";
import "../look/returns.css";

// The returns bench: the unit in the hand and the one question about it, large enough to be answered without stepping
// back; beside it, what was announced and how much of it is judged.

function Prompt({ s }: { s: Session }) {
  const n = s.next.value;
  const lines = n.show.lines ?? [];
  return (
    <div class={`returns-grid ${lines.length > 0 ? "with-lines" : ""}`}>
      <div class="do">
        <Heading n={n} />
        <Item show={n.show} title={n.title} />
        {n.ask && <Question s={s} ask={n.ask} />}
        <Facts n={n} />
        <Jobs s={s} />
      </div>
      {lines.length > 0 && (
        <div class="announced">
          <Lines lines={lines} now={n.show.item?.sku} />
        </div>
      )}
    </div>
  );
}

export const Returns = () => <Work station="returns" Prompt={Prompt} />;

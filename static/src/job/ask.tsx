import type { Ask } from "../wire";
import { Pad } from "./pad";
import type { Session } from "./session";

// A question of the floor takes the place of the prompt until it is answered or something else is scanned.

export function Question({ s, ask }: { s: Session; ask: Ask }) {
  if (ask.kind === "choice") {
    return (
      <section class="ask" data-testid="ask" data-ask={ask.id}>
        <h2>{ask.text}</h2>
        <div class="options">
          {ask.options.map((o) => (
            <button key={o.id} type="button" data-testid={`option-${o.id}`} onClick={() => s.answer(o.id)}>
              {o.text}
            </button>
          ))}
        </div>
      </section>
    );
  }
  const secret = ask.kind === "secret";
  const suggest = Number(ask.suggest);
  return (
    <section class="ask" data-testid="ask" data-ask={ask.id}>
      <Pad
        key={ask.id}
        label={ask.text}
        secret={secret}
        {...(ask.suggest !== undefined && !secret && Number.isFinite(suggest) ? { suggest } : {})}
        ok="OK"
        onOk={(text) => s.answer(text)}
      />
    </section>
  );
}

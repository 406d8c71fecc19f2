import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Ask } from "../wire";
import { say } from "../words";
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
  if (secret && letters.value) return <Letters s={s} ask={ask} />;
  const suggest = Number(ask.suggest);
  return (
    <section class="ask" data-testid="ask" data-ask={ask.id}>
      <Pad
        key={ask.id}
        label={ask.text}
        secret={secret}
        {...(ask.suggest !== undefined && !secret && Number.isFinite(suggest) ? { suggest } : {})}
        ok={say("ask.ok")}
        onOk={(text) => s.answer(text)}
      />
      {secret && (
        <button type="button" class="bare" data-testid="letters" onClick={() => (letters.value = true)}>
          {say("ask.letters")}
        </button>
      )}
    </section>
  );
}

const letters = signal(false);

// Letters is for a PIN that is a word.
function Letters({ s, ask }: { s: Session; ask: Ask }) {
  const [text, setText] = useState("");
  const send = () => {
    letters.value = false;
    s.answer(text);
  };
  return (
    <form
      class="ask"
      data-testid="ask"
      data-ask={ask.id}
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <label>
        {ask.text}
        <input type="password" data-testid="secret" autocomplete="off" value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <div class="options">
        <button type="button" class="primary" data-testid="pad-ok" disabled={text === ""} onClick={send}>
          {say("ask.ok")}
        </button>
      </div>
    </form>
  );
}

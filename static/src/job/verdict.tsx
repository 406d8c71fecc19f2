import { useEffect, useState } from "preact/hooks";
import { Icon } from "../look/icons";
import type { Thing } from "../wire";
import { say } from "../words";
import { openCalibration } from "./calibration";
import type { Session } from "./session";
import { Hint } from "./setup";
import type { Shown } from "./told";

// The floor's answer over the whole screen: colour, picture, word and sentence together. A right scan is a
// flash; a wrong one stays until the next scan, because the hands need the reason and not only the colour.

const SHOWN_MS: Record<Shown["class"], number> = {
  accepted: 450,
  note: 1_600,
  choose: 900,
  saved: 1_400,
  refused: Infinity,
  stop: Infinity,
};

const ASKED_MS = 450;

export function VerdictPanel({ s }: { s: Session }) {
  const v = s.verdict.value;
  const asked = s.next.value.ask !== null;
  const [faded, setFaded] = useState<Shown | null>(null);
  useEffect(() => {
    if (!v || !Number.isFinite(SHOWN_MS[v.class])) return;
    // A question waits behind it: the flash is brief.
    const timer = setTimeout(() => setFaded(v), asked ? ASKED_MS : SHOWN_MS[v.class]);
    return () => clearTimeout(timer);
  }, [v, asked]);
  const on = v !== null && faded !== v;
  const hint = v && hinted(v, s.scanner.garbled.value);
  const stays = v !== null && !Number.isFinite(SHOWN_MS[v.class]);
  return (
    <>
      <section
        class={`verdict ${v?.class ?? ""} ${on ? "on" : "off"} ${stays ? "stays" : ""}`}
        data-testid="verdict"
        data-class={v?.class ?? ""}
        data-code={v?.code ?? ""}
        data-id={v?.id ?? ""}
        role="status"
        aria-live="assertive"
      >
        {v && <Said v={v} stays={stays} />}
        {hint && <Hint turned={hint.turned} onSetup={() => (s.dismiss(), openCalibration())} />}
        {stays && v?.override && (
          <button type="button" class="verdict-ok lead" data-testid="verdict-override" onClick={() => s.override()}>
            {say("ask.lead")}
          </button>
        )}
        {stays && (
          <button type="button" class="verdict-ok" data-testid="verdict-ok" onClick={() => s.dismiss()}>
            {say("verdict.ok")}
          </button>
        )}
      </section>
      <Missed s={s} />
      <Notices s={s} />
    </>
  );
}

// hinted is a refusal of the last scan where that would be right on another keyboard. A badge is never told back.
function hinted<G extends { code: string }>(v: Shown, garbled: G | null): G | null {
  if (v.class !== "refused" || !garbled) return null;
  const said = v.scanned?.code;
  return !said || said.toLowerCase() === garbled.code.trim().toLowerCase() ? garbled : null;
}

function Said({ v, stays }: { v: Shown; stays: boolean }) {
  return (
    <div class={`verdict-body ${v.say.length > LENGTHY ? "lengthy" : ""}`} tabIndex={stays ? 0 : undefined}>
      <Icon name={v.class} class="verdict-icon" />
      <p class="verdict-word">{say(`class.${v.class}`)}</p>
      {v.origin === "typed" && (
        <p class="verdict-typed" data-testid="typed-mark">
          <Icon name="keyboard" /> {say("typed.mark")}
        </p>
      )}
      <p class="verdict-say" data-testid="say">
        {whole(v.say)}
      </p>
      {(v.class === "refused" || v.class === "stop") && (
        <dl class="verdict-things">
          <Row term={say("verdict.scanned")} thing={v.scanned} said={v.say} id="scanned" />
          <Row term={say("verdict.wanted")} thing={v.wanted} said={v.say} id="wanted" />
          <Row term={say("verdict.belongs")} thing={v.belongs} said={v.say} id="belongs" />
        </dl>
      )}
    </div>
  );
}

// whole keeps a code in a sentence in one piece: it is compared with a label.
function whole(text: string) {
  return text.split(/(\S*-\S*\d\S*|\S*\d\S*-\S*)/).map((part, i) => (i % 2 === 1 && part.length <= WHOLE ? <span class="whole">{part}</span> : part));
}

const WHOLE = 20;
const LENGTHY = 100;

function Row({ term, thing, said, id }: { term: string; thing: Thing | undefined; said: string; id: string }) {
  if (!thing || (!thing.code && !thing.text)) return null;
  if (!thing.code && thing.text && said.includes(thing.text)) return null; // the sentence has just said it
  return (
    <>
      <dt>{term}</dt>
      <dd data-testid={id}>
        {thing.text && <span>{thing.text} </span>}
        {thing.code && thing.code !== thing.text && <span class="code">{thing.code}</span>}
      </dd>
    </>
  );
}

// Notices say what somebody else changed of the work in hand.
function Notices({ s }: { s: Session }) {
  const list = s.notices.value;
  if (list.length === 0) return null;
  return (
    <section class={`notices ${list.some((n) => n.class === "stop") ? "stop" : "note"}`} role="alert" data-testid="notices">
      <ul>
        {list.map((n) => (
          <li key={n.id} data-code={n.code}>
            {whole(n.say)}
          </li>
        ))}
      </ul>
      <button type="button" data-testid="notices-ok" onClick={() => s.putAway()}>
        {say("verdict.ok")}
      </button>
    </section>
  );
}

// Missed lists what the floor refused of the scans made while it was out of reach: nobody saw those go red.
function Missed({ s }: { s: Session }) {
  const list = s.missed.value;
  if (list.length === 0 || s.state.value === "catching") return null;
  return (
    <section class="missed" role="alert" data-testid="missed">
      <h2>{say("verdict.missed", { count: list.length })}</h2>
      <ul>
        {list.map((v) => (
          <li key={v.id}>
            {v.scanned?.code && <span class="code">{v.scanned.code}</span>} {v.say}
          </li>
        ))}
      </ul>
      <button type="button" class="primary" onClick={() => s.missedSeen()}>
        {say("verdict.ok")}
      </button>
    </section>
  );
}

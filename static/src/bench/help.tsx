import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../job/session";
import "../look/help.css";
import { has, say } from "../words";

// Help is what the present step wants and which cards do something at it. It opens by its own card or by a tap, and the
// next scan closes it: nobody has to put the scanner down.

const open = signal(false);

// At one question only some cards answer; at the scale digits make the weight.
function cards(s: Session): [code: string, name: string][] {
  const n = s.next.value;
  const out: [string, string][] = [];
  (n.ask?.options ?? []).slice(0, 6).forEach((o, i) => out.push([`C-ANSWER${i + 1}`, o.text]));
  if (n.step === "weigh") out.push(["N-0 … N-12", say("weigh.grams")]);
  if (n.actions.some((a) => ["weigh", "finish", "close"].includes(a))) out.push(["C-DONE", say("action.done")]);
  for (const a of n.actions) {
    if (!["answer", "start", "qty", "weigh"].includes(a) && has(`action.${a}`)) out.push([`C-${a.toUpperCase()}`, say(`action.${a}`)]);
  }
  for (const p of n.show.open_parcels ?? []) if (!p.now) out.push([`C-PARCEL${p.n}`, `${say("parcel")} ${p.n}`]);
  return out;
}

export function Help({ s }: { s: Session }) {
  const v = s.verdict.value;
  useEffect(() => {
    open.value = v?.code === "help";
  }, [v]);
  return (
    <>
      <button type="button" class="help-open" data-testid="help-open" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        ? {say("action.help")}
      </button>
      {open.value && <Sheet s={s} />}
    </>
  );
}

function Sheet({ s }: { s: Session }) {
  const n = s.next.value;
  return (
    <section class="help" role="dialog" aria-label={say("action.help")} data-testid="help" onClick={() => (open.value = false)}>
      <h2>{say("help.now")}</h2>
      <p class="help-now">{n.ask?.text ?? n.title}</p>
      {n.want.length > 0 && !n.ask && (
        <p class="code help-want">
          {n.want.slice(0, 3).map((w) => w.code).join(" · ")}
        </p>
      )}
      <h2>{say("help.commands")}</h2>
      <dl>
        {cards(s).map(([code, name]) => (
          <div key={code}>
            <dt class="code">{code}</dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="bare">{say("help.close")}</button>
    </section>
  );
}

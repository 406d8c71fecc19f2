import { signal } from "@preact/signals";
import { say } from "../words";
import type { Session } from "./session";
import { sheet, type SheetName } from "./sheets";
import { isTerminal } from "./terminal";

// What may be tapped now, exactly as the floor lists it. Work is not finished while anything waits here.

const asks: Record<string, SheetName> = { short: "short", qty: "qty", weigh: "weigh", vehicle: "vehicle", seal: "seal", photo: "photo", signature: "signature" };
const hidden = new Set(["answer", "start"]); // drawn where they belong: the question and the list of jobs

const offered = new Set(["swap", "misplaced"]); // what the last scan makes possible
const rare = new Set(["damaged", "full", "move", "merge", "nest", "vehicle", "seal", "photo", "signature"]); // behind "More", so that the thumb finds the others
const more = signal(""); // the step it was opened at

export function Actions({ s }: { s: Session }) {
  const n = s.next.value;
  const here = `${n.job?.id} ${n.step} ${n.title}`;
  const all = [...n.actions, ...(n.show.also ?? [])].filter((a) => !hidden.has(a) && !(a === "weigh" && n.step === "weigh"));
  const back = n.job?.kind === "inspect"; // there a photo is half of the work
  const list = more.value === here ? all : all.filter((a) => !rare.has(a) || a === n.step || (back && a === "photo"));
  if (all.length === 0) return <nav class="actions" aria-label={say("action.all")} hidden />;
  // Alone and with nothing left to scan, an action is the only way on.
  const alone = all.length === 1 && n.expects.length === 0 && n.job !== null;
  const only = n.actions.length === 1 && n.job !== null ? n.actions[0] : "";
  return (
    <nav class={`actions ${alone ? "alone" : ""}`} aria-label={say("action.all")}>
      {list.map((a) => (
        <button
          key={a}
          type="button"
          data-testid={`action-${a}`}
          class={alone || a === n.step || a === only || offered.has(a) ? "primary" : ""}
          disabled={isTerminal(a) && s.amber.value > 0}
          onClick={() => tap(s, a)}
        >
          {say(`action.${a}`)}
        </button>
      ))}
      {list.length < all.length && (
        <button type="button" data-testid="action-more" onClick={() => (more.value = here)}>
          {say("action.more")}
        </button>
      )}
    </nav>
  );
}

function tap(s: Session, action: string): void {
  const name = asks[action];
  if (name) sheet.value = name;
  else s.act(action);
}

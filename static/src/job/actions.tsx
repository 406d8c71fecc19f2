import { say } from "../words";
import { isTerminal, type Session } from "./session";
import { sheet, type SheetName } from "./sheets";

// What may be tapped now, exactly as the floor lists it. Work is not finished while anything waits here.

const asks: Record<string, SheetName> = { short: "short", qty: "qty", weigh: "weigh" };
const hidden = new Set(["answer", "start"]); // drawn where they belong: the question and the list of jobs

export function Actions({ s }: { s: Session }) {
  const n = s.next.value;
  const list = n.actions.filter((a) => !hidden.has(a) && !(a === "weigh" && n.step === "weigh"));
  if (list.length === 0) return <nav class="actions" aria-label="Actions" hidden />;
  // Alone and with nothing left to scan, an action is the only way on.
  const alone = n.actions.length === 1 && n.expects.length === 0 && n.job !== null;
  return (
    <nav class={`actions ${alone ? "alone" : ""}`} aria-label="Actions">
      {list.map((a) => (
        <button
          key={a}
          type="button"
          data-testid={`action-${a}`}
          class={alone || a === n.step ? "primary" : ""}
          disabled={isTerminal(a) && s.amber.value > 0}
          onClick={() => tap(s, a)}
        >
          {say(`action.${a}`)}
        </button>
      ))}
    </nav>
  );
}

function tap(s: Session, action: string): void {
  const name = asks[action];
  if (name) sheet.value = name;
  else s.act(action);
}

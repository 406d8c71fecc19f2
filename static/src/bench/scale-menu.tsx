import type { Session } from "../job/session";
import { say } from "../words";
import { can, choice, choose, fault, KINDS, pick, type Kind } from "./scale";
import { BAUDS } from "./scale-serial";

// Which scale stands at this bench, in its menu.

export function ScaleMenu({ s }: { s: Session }) {
  const c = choice.value;
  const network = s.device.value?.scale;
  const open = (kind: Kind) => (kind === "network" ? Boolean(network) : can(kind));
  return (
    <fieldset class="scales" data-testid="scales" data-kind={c.kind}>
      <legend>{say("scale.title")}</legend>
      {KINDS.map((kind) => (
        <button key={kind} type="button" data-testid={`scale-${kind}`} aria-pressed={c.kind === kind} disabled={!open(kind)} onClick={() => void pick(kind)}>
          {say(`scale.${kind}`)}
        </button>
      ))}
      {(!can("hid") || !can("serial")) && <p class="quiet">{say("scale.unsupported")}</p>}
      {!network && <p class="quiet">{say("scale.network.unset")}</p>}
      {fault.value && <p role="alert">{fault.value}</p>}
      {c.kind === "serial" && (
        <label>
          {say("scale.baud")}
          <select value={String(c.baud)} data-testid="scale-baud" onChange={(e) => choose({ baud: Number(e.currentTarget.value) })}>
            {BAUDS.map((b) => (
              <option key={b} value={String(b)}>
                {b}
              </option>
            ))}
          </select>
        </label>
      )}
      {c.kind !== "none" && (
        <label>
          <input type="checkbox" checked={c.auto} data-testid="scale-auto" onChange={(e) => choose({ auto: e.currentTarget.checked })} /> {say("scale.auto")}
        </label>
      )}
    </fieldset>
  );
}

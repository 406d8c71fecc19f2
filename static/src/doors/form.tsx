import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api";
import { has, say } from "../words";

// The shape of every small form: it sends once, shows all that is wrong, and keeps what was typed.

interface Props {
  onSend: (data: FormData) => Promise<void>;
  send: string;
  children: ComponentChildren;
}

export function Form({ onSend, send, children }: Props) {
  const [fault, setFault] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (e: SubmitEvent) => {
    e.preventDefault();
    const form = e.currentTarget as HTMLFormElement;
    setBusy(true);
    setFault(null);
    try {
      await onSend(new FormData(form));
    } catch (problem) {
      setFault(problem as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="form" onSubmit={submit}>
      {children}
      {fault && <Faults fault={fault} />}
      <button type="submit" class="primary" disabled={busy} data-testid="send">
        {send}
      </button>
    </form>
  );
}

// Absent stands for a page that has nothing to show, with the reason why.
export function Absent({ fault }: { fault: Error }) {
  return (
    <>
      <h1>{say("door.absent")}</h1>
      <Faults fault={fault} />
    </>
  );
}

export function Faults({ fault }: { fault: Error }) {
  const list = fault instanceof Problem ? fault.faults : [];
  return (
    <div class="faults" role="alert" data-testid="fault" data-code={fault instanceof Problem ? fault.code : ""}>
      <p>{told(fault)}</p>
      {list.length > 0 && (
        <ul>
          {list.map((f, i) => (
            <li key={i}>
              {f.pointer && <span class="code">{f.pointer} </span>}
              {f.detail ?? f.code}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

// told is a fault in words of the reader, where there are such, else in the floor's own.
function told(fault: Error): string {
  const key = fault instanceof Problem ? `problem.${fault.code}` : "";
  return has(key) ? say(key) : fault.message;
}

export const field = (data: FormData, name: string): string => String(data.get(name) ?? "").trim();

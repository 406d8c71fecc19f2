import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Form } from "../doors/form";

// A question in front of the page. Escape and "Back" leave it without doing anything.

interface Props {
  title: string;
  send: string;
  onSend: (data: FormData) => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, send, onSend, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.showModal?.(), []);
  const sent = async (data: FormData) => {
    await onSend(data);
    onClose();
  };
  return (
    <dialog ref={box} onClose={onClose} aria-label={title}>
      <header class="sheet-head">
        <h2>{title}</h2>
        <button type="button" class="bare" onClick={() => box.current?.close()}>
          Back
        </button>
      </header>
      <Form onSend={sent} send={send}>
        {children}
      </Form>
    </dialog>
  );
}

interface Field {
  name: string;
  label: string;
  required?: boolean;
  type?: "text" | "number" | "date" | "password";
  value?: string;
  hint?: string;
  step?: "any"; // of a number that need not be whole
}

// The value is a default: what a person types is not taken back when the page draws itself again.
export function Text({ name, label, required = false, type = "text", value = "", hint, step }: Field) {
  const kind: object = { type, placeholder: hint, step };
  return (
    <label>
      {label}
      <input {...kind} name={name} required={required} defaultValue={value} autocomplete="off" data-testid={`field-${name}`} />
    </label>
  );
}

export function Pick({ name, label, options, value }: { name: string; label: string; options: readonly string[]; value?: string }) {
  return (
    <label>
      {label}
      <select name={name} data-testid={`field-${name}`}>
        {options.map((o) => (
          <option key={o} value={o} selected={o === value}>
            {o}
          </option>
        ))}
      </select>
    </label>
  );
}

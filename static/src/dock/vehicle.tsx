import { useState } from "preact/hooks";
import { sheet } from "../job/sheets";
import type { Session } from "../job/session";
import { say } from "../words";

// What is noted of the truck by hand, where no code can be scanned.

interface Field {
  id: "plate" | "driver" | "seal";
  most: number;
  capitals: boolean;
}

const fields: Record<"vehicle" | "seal", Field[]> = {
  vehicle: [
    { id: "plate", most: 20, capitals: true },
    { id: "driver", most: 200, capitals: false },
  ],
  seal: [{ id: "seal", most: 40, capitals: true }],
};

export function Vehicle({ s, of }: { s: Session; of: "vehicle" | "seal" }) {
  const m = s.next.value.show.manifest;
  const [text, setText] = useState<Record<string, string>>({ plate: m?.vehicle ?? "", seal: m?.seal ?? "" });
  const given = fields[of].filter((f) => (text[f.id] ?? "").trim() !== "");
  const send = () => {
    if (given.length === 0) return;
    sheet.value = null;
    s.act(of, Object.fromEntries(given.map((f) => [f.id, text[f.id]!.trim()])));
  };
  return (
    <form
      class="typed"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {fields[of].map((f, i) => (
        <label key={f.id}>
          {say(`vehicle.${f.id}`)}
          <input
            data-testid={`field-${f.id}`}
            value={text[f.id] ?? ""}
            maxLength={f.most}
            autocomplete="off"
            autocapitalize={f.capitals ? "characters" : "words"}
            spellcheck={false}
            ref={(el) => {
              if (i === 0 && el && document.activeElement === document.body) el.focus();
            }}
            onInput={(e) => setText({ ...text, [f.id]: e.currentTarget.value })}
          />
        </label>
      ))}
      <button type="button" class="primary" data-testid="vehicle-ok" disabled={given.length === 0} onClick={send}>
        {say("dock.keep")}
      </button>
    </form>
  );
}

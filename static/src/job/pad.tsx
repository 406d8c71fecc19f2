import { useEffect, useState } from "preact/hooks";
import { count, say } from "../words";
import { padKeys } from "./sheets";

// A 3 by 4 pad for gloves: no keyboard, no wheel, nothing a scanner's Enter could press.

interface Props {
  label: string;
  unit?: string;
  suggest?: number;
  all?: number;
  secret?: boolean;
  ok: string;
  onOk: (text: string) => void;
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"];
const LONGEST = 9;

export function Pad({ label, unit, suggest, all, secret = false, ok, onOk }: Props) {
  const [text, setText] = useState("");
  const press = (key: string) => setText((t) => pressed(t, key, secret));
  useEffect(() => {
    padKeys.value = (keys) => {
      if (!/^\d+$/.test(keys)) return false;
      [...keys].forEach(press);
      return true;
    };
    return () => {
      padKeys.value = null;
    };
  }, []);
  const value = text === "" && suggest !== undefined ? String(suggest) : text;
  return (
    <div class="pad">
      {label && <p class="pad-label">{label}</p>}
      <output class={`pad-value ${text === "" ? "suggested" : ""}`} data-testid="pad-value" aria-label={label || ok}>
        {secret ? "●".repeat(text.length) || "\u00a0" : value === "" ? "0" : count(Number(value))}
        {unit && <span class="pad-unit"> {unit}</span>}
      </output>
      <div class="pad-keys">
        {KEYS.map((k) => (
          <button key={k} type="button" data-testid={`key-${k}`} aria-label={names[k] ? say(names[k]) : k} onClick={() => press(k)}>
            {faces[k] ?? k}
          </button>
        ))}
      </div>
      <div class="pad-end">
        {all !== undefined && all > 0 && (
          <button type="button" data-testid="pad-all" onClick={() => setText(String(all))}>
            {say("pad.all", { count: count(all) })}
          </button>
        )}
        <button type="button" class="primary" data-testid="pad-ok" disabled={value === ""} onClick={() => onOk(value)}>
          {ok}
        </button>
      </div>
    </div>
  );
}

const faces: Record<string, string> = { clear: "C", back: "⌫" };
const names: Record<string, string> = { clear: "pad.clear", back: "pad.back" };

function pressed(text: string, key: string, secret: boolean): string {
  if (key === "clear") return "";
  if (key === "back") return text.slice(0, -1);
  if (text.length >= (secret ? 12 : LONGEST)) return text;
  return !secret && text === "0" ? key : text + key;
}

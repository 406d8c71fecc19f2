import { Icon } from "../look/icons";
import { say } from "../words";
import { findings, type Finding } from "./calibrate";
import type { Profile } from "./profile";

// What a calibration learned, in words: what is good, and what to change on the scanner.

export const worded = (f: Finding): string => say(f.key, { with: f.with ?? "" });

export function Findings({ of: p }: { of: Profile }) {
  return (
    <ul class="findings" data-testid="findings">
      {findings(p).map((f) => (
        <li key={f.key} class={f.good ? "good" : "change"} data-key={f.key}>
          <Icon name={f.good ? "accepted" : "note"} />
          <span>
            {!f.good && <b>{say("setup.change")} </b>}
            {worded(f)}
          </span>
        </li>
      ))}
    </ul>
  );
}

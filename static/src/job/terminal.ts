import type { Draft } from "./outbox";
import { text } from "./walk";

// What ends something, or begins it, is not done while anything waits here: the floor must have all of it first.

const CODES = /^C-(CLOSE|FINISH|LEAVE|SIGNOUT|FULL)\b/i;
const ACTIONS = new Set(["start", "finish", "close", "leave", "signout", "full"]);

export const isTerminal = (action: string): boolean => ACTIONS.has(action);

export function needsFloor(d: Draft): boolean {
  return d.type === "do" ? isTerminal(d.action ?? "") : CODES.test(text((d.code ?? "").replace(/\s/g, "")));
}

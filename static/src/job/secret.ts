import type { Next } from "../wire";
import type { Draft } from "./outbox";

// A badge or a PIN goes over the wire once and is kept nowhere.

// As the floor reads it: in either case, with blanks, behind any symbology identifier.
const BADGE = /^(\]..)?U[0-9A-Z]{16}-?[0-9A-Z]$/;

export const isBadge = (code: string): boolean => BADGE.test(code.replace(/\s/g, "").toUpperCase());

// asSecret takes digits that come in while a PIN is asked for as that PIN: somebody typed it quickly on a
// real keyboard, and as a scan it would be stored and journalled.
export function asSecret(n: Next, d: Draft): Draft {
  if (n.ask?.kind !== "secret" || d.type !== "scan" || !/^\d{4,8}$/.test(d.code ?? "")) return d;
  return { type: "do", action: "answer", args: { ask: n.ask.id, value: d.code } };
}

export function isSignIn(n: Next, d: Draft): boolean {
  if (d.type === "scan") return n.expects.includes("badge") || isBadge(d.code ?? "");
  if (d.action === "override" || n.step === "override") return true;
  return d.action === "answer" && n.ask?.kind === "secret";
}

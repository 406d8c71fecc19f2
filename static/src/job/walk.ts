import type { Next } from "../wire";

// The whole rule by which a device goes on without the floor. It is the same as walkAhead in
// floor/ahead_test.go; floor/testdata/ahead.json holds both to it, and a test of the floor shows over random
// jobs that its real rules judge every such scan alike.

// text is a scan without the symbology identifier that a scanner may put before it, such as "]C1".
export function text(code: string): string {
  return code.length > 3 && /^\][A-z]\d/.test(code) ? code.slice(3) : code;
}

// walkAhead is the step after this one where the scan is exactly one of the codes that are wanted and the step
// is safe without the floor; null where only the floor can say.
export function walkAhead(n: Next, code: string): Next | null {
  const following = n.ahead[0];
  const exact = n.want.some((w) => w.code === text(code));
  if (!n.offline || !following || !exact) return null;
  const show = { ...following.show, ...(n.show.worker ? { worker: n.show.worker } : {}) };
  return { ...following, show, ahead: n.ahead.slice(1) };
}

// answered puts a question away whose answer is on its way; what follows does not hang on it.
export function answered(n: Next, action: unknown, ask: unknown): Next | null {
  return n.offline && n.ask !== null && action === "answer" && ask === n.ask.id ? { ...n, ask: null } : null;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { text, walkAhead } from "../../src/job/walk";
import { readNext, type Next } from "../../src/wire";

// The device's rule and the floor's are held to the same walks: the floor writes and checks this file too.
const FILE = join(import.meta.dirname, "../../../floor/testdata/ahead.json");
const cases = JSON.parse(readFileSync(FILE, "utf8")) as { name: string; next: unknown; scans: { code: string; at: number }[] }[];

test.each(cases)("$name: walked as the floor walks it", ({ next, scans }) => {
  const begun = readNext(next);
  let shown: Next = begun;
  let at = 0;
  expect(scans.length).toBeGreaterThan(20);
  for (const scan of scans) {
    const to = walkAhead(shown, scan.code);
    expect({ code: scan.code, at: to ? at + 1 : at }).toEqual(scan);
    if (!to) continue;
    shown = to;
    at++;
    const { ahead, ...step } = begun.ahead[at - 1]!;
    expect(shown).toEqual({ ...step, show: { ...step.show, worker: begun.show.worker }, ahead: begun.ahead.slice(at) });
  }
  expect(shown.offline).toBe(false);
  expect(at).toBe(begun.ahead.length);
});

test.each([
  ["]C1ABC", "ABC"],
  ["]E04006381333931", "4006381333931"],
  ["]d2", "]d2"],
  ["]]x", "]]x"],
  ["ABC", "ABC"],
  ["", ""],
])("the scanner's own mark is taken off %s as the floor takes it off", (code, left) => expect(text(code)).toBe(left));

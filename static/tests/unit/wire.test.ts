import { expect, test } from "vitest";
import { ulid } from "../../src/ulid";
import { readNext } from "../../src/wire";

test("what the floor leaves out or sends as null is filled in", () => {
  const n = readNext({ step: "bin", want: null, actions: null, ask: { id: "a", text: "?", kind: "choice", options: null }, ahead: [{ step: "item", show: null }] });
  expect(n).toMatchObject({ job: null, step: "bin", want: [], actions: [], show: {}, offline: false });
  expect(n.ask?.options).toEqual([]);
  expect(n.ahead[0]).toMatchObject({ step: "item", show: {}, want: [] });
});

test("ids sort by the time they were made and do not repeat", () => {
  expect(ulid(1_700_000_000_000) < ulid(1_700_000_000_001)).toBe(true);
  expect(ulid(0)).toMatch(/^0{10}[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(new Set(Array.from({ length: 2_000 }, () => ulid(5))).size).toBe(2_000);
});

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { become, openNamed, type Keep } from "../../src/job/keep";
import { Outbox } from "../../src/job/outbox";
import { Session } from "../../src/job/session";
import { Line } from "./line";

// Two pages of one device in one browser: one of them is at work, also where no floor is in reach to say which, and
// what the other has saved is neither overwritten nor sent twice.

const ME = { id: "D-0001-X", name: "Handheld 1", kind: "handheld", token: "tok" };

let keep: Keep;
let pages: Session[] = [];
let db = 0;

beforeEach(async () => {
  localStorage.clear();
  keep = await openNamed(`floorline-pages-${++db}`);
  await become(keep, ME);
});

afterEach(() => {
  for (const p of pages) p.stop();
  pages = [];
});

async function open(): Promise<Session> {
  const s = await Session.open({
    keep,
    me: ME,
    url: "ws://floor",
    sounds: { stored: () => {}, verdict: () => {} },
    words: { saved: "", undecided: "", needsLink: "", signInLost: "", notSaved: "", notHere: "not here" },
    open: () => new Line(),
  });
  pages.push(s);
  s.start();
  return s;
}

async function scan(s: Session, code: string): Promise<void> {
  s.scan(code, "wedge");
  await s.settled();
}

const outbox = async (): Promise<unknown[]> => (await keep.getAll("outbox")).map((c) => [c.n, c.code]);

test("out of reach the newer page is at work; the older takes nothing, until it is chosen", async () => {
  const older = await open();
  await scan(older, "ONE");
  const newer = await open();
  await vi.waitFor(() => expect(older.state.value).toBe("elsewhere"));
  await scan(older, "LOST");
  expect([older.verdict.value?.code, older.verdict.value?.class]).toEqual(["not_here", "stop"]);
  await scan(newer, "TWO");
  expect(newer.amber.value).toBe(2);
  await older.here();
  await vi.waitFor(() => expect(newer.state.value).toBe("elsewhere"));
  older["socket"].hurry();
  await vi.waitFor(() => expect(older.state.value).not.toBe("elsewhere"));
  await scan(older, "THREE");
  expect(older.amber.value).toBe(3);
  expect(await outbox()).toEqual([[1, "ONE"], [2, "TWO"], [3, "THREE"]]);
});

test("a number that another page took in the same moment is not taken from it", async () => {
  const [one, other] = [await Outbox.open(keep, ME), await Outbox.open(keep, ME)];
  const how = { late: true, evenUnkept: false };
  await one.add({ type: "scan", code: "ONE" }, how);
  await other.add({ type: "scan", code: "TWO" }, how);
  await one.add({ type: "scan", code: "THREE" }, how);
  expect(await outbox()).toEqual([[1, "ONE"], [2, "TWO"], [3, "THREE"]]);
  expect(one.waiting.map((c) => c.code)).toEqual(["ONE", "TWO", "THREE"]);
});

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { become, openNamed, type Keep } from "../../src/job/keep";
import { readMark } from "../../src/job/mark";
import { Session } from "../../src/job/session";
import { Line } from "./line";

// What a device loses of its own memory is known by count and told to the floor, before anything that follows it;
// what it cannot keep is said at once, and nothing is ever numbered over a loss in silence.

const ME = { id: "D-0001-X", name: "Handheld 1", kind: "handheld", token: "tok" };
const NEXT = { job: { kind: "pick", id: "PL-1", done: 0, total: 9 }, step: "item", expects: ["item"], want: [], title: "", show: {}, ask: null, actions: [], offline: true };

let name: string;
let keep: Keep;
let lines: Line[];
let heard: string[];
let session: Session;
let db = 0;

beforeEach(async () => {
  localStorage.clear();
  name = `floorline-missing-${++db}`;
  keep = await openNamed(name);
  await become(keep, ME);
  await open();
});

afterEach(() => {
  vi.restoreAllMocks();
  session.stop();
});

async function open(me = ME): Promise<void> {
  lines = [];
  heard = [];
  session = await Session.open({
    keep,
    me,
    url: "ws://floor",
    sounds: { stored: () => heard.push("stored"), verdict: (c) => heard.push(c) },
    words: { saved: "saved", undecided: "undecided", needsLink: "needs link", signInLost: "lost", notSaved: "not saved", notHere: "not here" },
    open: () => {
      lines.push(new Line());
      return lines.at(-1)!;
    },
  });
  session.start();
}

const line = (): Line => lines.at(-1)!;
const sent = (): unknown[] => line().commands.map((c) => [c.n, c.code ?? c.action]);

async function welcome(n: number): Promise<void> {
  line().open();
  line().say({ type: "welcome", epoch: 1, seq: 10, n, recovered: true, worker: null, next: NEXT });
  await vi.waitFor(() => expect(["live", "catching"]).toContain(session.state.value));
}

async function offline(...codes: string[]): Promise<void> {
  for (const c of codes) session.scan(c, "wedge");
  await session.settled();
}

// again ends the page and opens it, with a database that was opened anew.
async function again(me = ME): Promise<void> {
  session.stop();
  keep = await openNamed(name);
  await open(me);
}

// cleared is what a browser does that needs room: the whole database is gone.
async function cleared(): Promise<void> {
  session.stop();
  keep.close();
  await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
  keep = await openNamed(name);
}

test("commands that are gone from the outbox are told in their place, and the rest follows", async () => {
  await offline("ONE", "TWO", "THREE", "FOUR");
  await keep.delete("outbox", 1);
  await keep.delete("outbox", 3);
  await again();
  await welcome(0);
  expect(sent()).toEqual([[1, "missing"], [2, "TWO"], [3, "FOUR"]]);
  expect(line().commands[0]).toMatchObject({ type: "do", args: { qty: 2 }, late: true });
  expect((await keep.getAll("outbox")).map((c) => c.n)).toEqual([1, 2, 3]);
  await again(); // and it is told once, however often the page dies
  await welcome(0);
  expect(sent()).toEqual([[1, "missing"], [2, "TWO"], [3, "FOUR"]]);
  await again();
  await welcome(2);
  expect(sent()).toEqual([[1, "missing"], [2, "TWO"], [3, "FOUR"]]); // the floor knows the first two by their ids
});

test("a database that is gone whole is known by the second mark, when the device is paired again", async () => {
  await welcome(7);
  line().break();
  await offline("ONE", "TWO", "THREE");
  await cleared();
  expect(readMark("handheld")).toMatchObject({ device: ME.id, waiting: 3, last: 10 });
  await become(keep, { ...ME, token: "tok2" });
  await open({ ...ME, token: "tok2" });
  await welcome(7);
  expect(sent()).toEqual([[8, "missing"]]);
  expect(line().commands[0]).toMatchObject({ args: { qty: 3 } });
});

test("what another device left in this browser is told under that device's name, and never sent", async () => {
  await offline("ONE", "TWO");
  const other = { ...ME, id: "D-0002-Y", token: "tok2" };
  await become(keep, other);
  await again(other);
  await welcome(41);
  expect(sent()).toEqual([[42, "missing"]]);
  expect(line().commands[0]).toMatchObject({ args: { qty: 2, id: ME.id } });
  await again(other);
  await welcome(42);
  expect(sent()).toEqual([[42, "missing"]]); // the same one: its verdict has not come yet
});

test("what two devices before left in this browser is told of both", async () => {
  await offline("ONE", "TWO");
  const second = { ...ME, id: "D-0002-Y", token: "tok2" };
  await become(keep, second);
  await again(second);
  await offline("THREE"); // it never reached the floor
  const third = { ...ME, id: "D-0003-Z", token: "tok3" };
  await become(keep, third);
  await again(third);
  await welcome(0);
  expect(line().commands.map((c) => c.args)).toEqual([{ qty: 2, id: ME.id }, { qty: 1, id: second.id }]);
});

test("the number of a sign-in that never arrived covers no scan that is lost later", async () => {
  await welcome(0);
  session.scan("UABCDEFGHJKMNPQRS-T", "wedge");
  await vi.waitFor(() => expect(line().commands).toHaveLength(1));
  line().break();
  await vi.waitFor(() => expect(lines.length).toBe(2), { timeout: 2_000 });
  await welcome(0); // its number is free again
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await offline("ONE"); // and goes to a scan that this disk does not take
  vi.restoreAllMocks();
  await again();
  await welcome(0);
  expect(sent()).toEqual([[1, "missing"]]);
});

test("a page that makes its database anew keeps what another page of this device has just put there", async () => {
  await offline("ONE");
  await keep.put("outbox", { id: "01K00000000000000000000009", n: 2, type: "scan", code: "OTHERS", at: "2026-11-25T10:00:00Z" });
  await welcome(3); // the floor is further: all that waits is numbered anew
  line().say({ type: "verdict", id: line().commands[0]!.id, code: "conflict", class: "refused", say: "No.", next: NEXT });
  await vi.waitFor(() => expect(line().commands).toContainEqual(expect.objectContaining({ action: "missing" })));
  expect((await keep.getAll("outbox")).map((c) => c.code)).toContain("OTHERS");
});

test("with nothing waiting a cleared browser has lost nothing, and says nothing", async () => {
  await welcome(0);
  await offline("ONE");
  line().say({ type: "verdict", id: line().commands[0]!.id, code: "picked", class: "accepted", say: "", next: NEXT });
  await vi.waitFor(() => expect(session.amber.value).toBe(0));
  await cleared();
  await become(keep, { ...ME, id: "D-0003-Z" });
  await open({ ...ME, id: "D-0003-Z" });
  await welcome(0);
  expect(sent()).toEqual([]);
  expect(session.state.value).toBe("live");
});

test("a floor that was set back to an older backup is told what it lost of this device", async () => {
  await welcome(30);
  await offline("ONE");
  line().say({ type: "verdict", id: line().commands[0]!.id, code: "picked", class: "accepted", say: "", next: NEXT });
  await vi.waitFor(() => expect(session.amber.value).toBe(0));
  line().break();
  await vi.waitFor(() => expect(lines.length).toBe(2), { timeout: 2_000 });
  await welcome(25);
  expect(sent()).toEqual([[26, "missing"]]);
  expect(line().commands[0]).toMatchObject({ args: { qty: 6 } });
});

test("a sign-in that never arrived is no missing scan: the rest moves up", async () => {
  await welcome(0);
  session.scan("UABCDEFGHJKMNPQRS-T", "wedge");
  await vi.waitFor(() => expect(line().commands).toHaveLength(1));
  line().break();
  await offline("ONE", "TWO");
  expect((await keep.getAll("outbox")).map((c) => c.n)).toEqual([2, 3]);
  await again();
  await welcome(0);
  expect(sent()).toEqual([[1, "ONE"], [2, "TWO"]]);
});

test("a scan whose number the floor gave to something else is told as missing", async () => {
  await offline("ONE");
  await welcome(5); // the same device, paired on two machines
  line().say({ type: "verdict", id: line().commands[0]!.id, code: "conflict", class: "refused", say: "No.", next: NEXT });
  await vi.waitFor(() => expect(line().commands).toHaveLength(2));
  expect(line().commands[1]).toMatchObject({ action: "missing", args: { qty: 1 }, n: 6 });
  expect(session.missed.value.map((m) => m.code)).toEqual(["conflict"]);
});

test("a disk that takes nothing: without a link the scan is not taken and that is said; with one the verdict counts", async () => {
  const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await offline("ONE");
  expect([session.amber.value, session.verdict.value?.code, session.verdict.value?.class, heard.at(-1)]).toEqual([0, "not_saved", "stop", "stop"]);
  await welcome(0);
  await offline("TWO");
  expect([session.amber.value, session.kept.value, session.failing.value]).toEqual([1, 0, true]);
  expect(heard).not.toContain("stored");
  expect(sent()).toEqual([[1, "TWO"]]);
  full.mockRestore();
  line().break();
  await offline("THREE"); // there is room again: what was in memory alone is saved with it
  expect([session.amber.value, session.kept.value, session.failing.value]).toEqual([2, 2, false]);
  expect((await keep.getAll("outbox")).map((c) => [c.n, c.code])).toEqual([[1, "TWO"], [2, "THREE"]]);
});

test("a page that dies with a scan that its disk had refused tells it", async () => {
  await welcome(0);
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await offline("ONE");
  vi.restoreAllMocks();
  await again();
  await welcome(0);
  expect(sent()).toEqual([[1, "missing"]]);
});

test("a database that is taken away under the running page is made anew with all that waits", async () => {
  await offline("ONE", "TWO");
  keep.close();
  await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
  await offline("THREE");
  expect(heard).toEqual(["stored", "stored", "stored"]);
  await again();
  expect(session.amber.value).toBe(3);
  expect(await keep.get("self", "me")).toEqual(ME);
  await welcome(0);
  expect(sent()).toEqual([[1, "ONE"], [2, "TWO"], [3, "THREE"]]);
});

test("the id is on disk before the tick is heard", async () => {
  const order: string[] = [];
  await again();
  heard.push = (...what: string[]): number => {
    order.push(...what);
    void keep.getAll("outbox").then((all) => order.push(`on disk: ${all.map((c) => c.id.length)}`));
    return 0;
  };
  await offline("ONE");
  await vi.waitFor(() => expect(order).toHaveLength(2));
  expect(order).toEqual(["stored", "on disk: 26"]);
});

test("what was refused of a time out of reach stays on the screen until somebody has read it, also over a crash", async () => {
  await offline("ONE");
  await welcome(0);
  line().say({ type: "verdict", id: line().commands[0]!.id, code: "unknown_code", class: "refused", say: "No.", next: NEXT });
  await vi.waitFor(() => expect(session.missed.value).toHaveLength(1));
  await vi.waitFor(async () => expect(await keep.get("self", "missed")).toHaveLength(1));
  await again();
  expect(session.missed.value.map((m) => m.code)).toEqual(["unknown_code"]);
  await welcome(1);
  expect(session.missed.value).toHaveLength(1);
  session.missedSeen();
  await vi.waitFor(async () => expect(await keep.get("self", "missed")).toEqual([]));
});

test("while the floor takes nothing, what waits is sent at its own pace and not in a storm", async () => {
  await welcome(0);
  await offline("ONE", "TWO");
  line().sent.length = 0;
  const [one] = await keep.getAll("outbox");
  line().say({ type: "verdict", id: one!.id, code: "disk_full", class: "stop", say: "Full.", undecided: true, next: NEXT });
  line().say({ type: "resend", from: 1 });
  await vi.waitFor(() => expect(session.verdict.value?.code).toBe("disk_full"));
  line().say({ type: "next", next: NEXT });
  await new Promise((done) => setImmediate(done));
  expect(sent()).toEqual([]);
  await vi.waitFor(() => expect(sent()).toEqual([[1, "ONE"], [2, "TWO"]]), { timeout: 4_000 });
});

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { become, openKeep, type Keep } from "../../src/job/keep";
import { Session } from "../../src/job/session";
import type { Class } from "../../src/wire";
import { Line } from "./line";

// A device at work: nothing that was scanned is ever lost, doubled or reordered, whatever the link does.

const BIN = { kind: "bin", code: "B-A-01-03-7" };
const MUG = { kind: "item", code: "4006381333931" };
const step = (over: object) => ({ job: { kind: "pick", id: "PL-0042-K", done: 0, total: 2 }, expects: [], want: [], title: "", show: {}, ask: null, actions: [], offline: true, ...over });
const binStep = step({ step: "bin", want: [BIN], title: "A-01-03" });
const itemStep = step({ step: "item", want: [MUG], title: "Mug" });
const stageStep = step({ step: "stage", title: "STAGE-1", offline: false });
const badgeStep = step({ job: null, step: "badge", expects: ["badge"], offline: false });

let keep: Keep;
let lines: Line[];
let heard: string[];
let session: Session;
let db = 0;

beforeEach(async () => {
  lines = [];
  heard = [];
  localStorage.clear();
  keep = await openKeep(`test-${++db}`);
  await become(keep, { id: "D-0001-X", name: "Handheld 1", kind: "handheld", token: "tok" });
  session = await open();
});

afterEach(() => session.stop());

async function open(): Promise<Session> {
  const s = await Session.open({
    keep,
    me: { id: "D-0001-X", name: "Handheld 1", kind: "handheld", token: "tok" },
    url: "ws://floor",
    sounds: { stored: () => heard.push("stored"), verdict: (c: Class) => heard.push(c) },
    words: { saved: "saved", undecided: "undecided", needsLink: "needs link", signInLost: "lost", notSaved: "not saved", notHere: "not here" },
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
  });
  s.start();
  return s;
}

const line = (): Line => lines.at(-1)!;
const settle = (): Promise<void> => session.settled();

async function welcome(over: object = {}): Promise<void> {
  line().open();
  line().say({ type: "welcome", epoch: 1, seq: 10, n: 0, recovered: true, worker: null, next: binStep, ...over });
  await vi.waitFor(() => expect(["live", "catching"]).toContain(session.state.value));
}

const verdict = (id: unknown, next: object, over: object = {}): void =>
  line().say({ type: "verdict", id, code: "picked", class: "accepted", say: "Right.", seq: 11, epoch: 1, next, ...over });

test("a scan is on disk, then ticked, then sent, and leaves the outbox with its verdict", async () => {
  await welcome();
  session.scan(BIN.code, "wedge");
  await settle();
  expect(heard).toEqual(["stored"]);
  expect(session.amber.value).toBe(1);
  const [sent] = line().commands;
  expect(await keep.getAll("outbox")).toEqual([sent]);
  expect(sent).toMatchObject({ type: "scan", n: 1, code: BIN.code, origin: "wedge", late: false });
  expect(sent!.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  verdict(sent!.id, itemStep);
  await vi.waitFor(() => expect(session.amber.value).toBe(0));
  expect(await keep.count("outbox")).toBe(0);
  expect(session.next.value.step).toBe("item");
  expect(heard).toEqual(["stored", "accepted"]);
});

test("counters go on from the higher of the floor's and our own", async () => {
  await welcome({ n: 41 });
  session.scan("A", "wedge");
  session.scan("B", "wedge");
  await settle();
  expect(line().commands.map((c) => c.n)).toEqual([42, 43]);
});

test("after a loss the same commands go again with the same ids, in order", async () => {
  await welcome();
  session.scan("ONE", "wedge");
  session.scan("TWO", "wedge");
  await settle();
  const first = line().commands;
  line().break();
  expect(session.state.value).toBe("offline");
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 2_000 });
  await welcome({ n: 1 });
  expect(session.state.value).toBe("catching");
  expect(line().commands).toEqual(first.map((c) => ({ ...c, late: true })));
  expect(line().sent[0]).toMatchObject({ type: "hello", epoch: 1, seq: 10 });
});

test("a page that dies with scans waiting sends them when it is opened again", async () => {
  await welcome();
  session.scan("ONE", "wedge");
  await settle();
  const sent = line().commands;
  session.stop();
  session = await open();
  expect(session.amber.value).toBe(1);
  expect(session.next.value.step).toBe("bin"); // the last place is drawn before the floor is reached
  await welcome({ n: 0 });
  expect(line().commands).toEqual(sent.map((c) => ({ ...c, late: true })));
});

test("offline it walks ahead only on the exact code that was wanted", async () => {
  await welcome({ next: { ...binStep, ahead: [itemStep, stageStep] } });
  line().break();
  session.scan("SOMETHING-ELSE", "wedge");
  await settle();
  expect(session.next.value.step).toBe("bin");
  expect(session.verdict.value?.code).toBe("undecided");
  session.scan(BIN.code, "wedge");
  session.scan(MUG.code, "wedge");
  await settle();
  expect(session.next.value.step).toBe("stage");
  expect(session.verdict.value?.class).toBe("saved");
  expect(session.amber.value).toBe(3);
  session.scan("B-STAGE-1-9", "wedge"); // not safe offline: kept, not walked
  await settle();
  expect(session.next.value.step).toBe("stage");
  expect(session.amber.value).toBe(4);
});

test("what was refused while catching up is told, and the last answer says where we are", async () => {
  await welcome({ next: { ...binStep, ahead: [itemStep] } });
  line().break();
  session.scan(BIN.code, "wedge");
  session.scan("WRONG", "wedge");
  await settle();
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), { timeout: 2_000 });
  await welcome({ next: binStep });
  const [a, b] = line().commands;
  verdict(a!.id, itemStep);
  verdict(b!.id, itemStep, { class: "refused", code: "wrong_item", say: "No." });
  await vi.waitFor(() => expect(session.state.value).toBe("live"));
  expect(session.missed.value.map((v) => v.code)).toEqual(["wrong_item"]);
  expect(session.next.value.step).toBe("item");
});

test("a badge and a PIN are never written to the device", async () => {
  await welcome({ next: badgeStep });
  const put = vi.spyOn(IDBObjectStore.prototype, "put");
  session.scan("UABCDEFGHJKMNPQRS-T", "wedge");
  await vi.waitFor(() => expect(line().commands).toHaveLength(1));
  const pin = step({ job: null, step: "pin", ask: { id: "pin", text: "PIN", kind: "secret", options: [] } });
  verdict(line().commands[0]!.id, pin, { class: "note", code: "pin_needed" });
  await vi.waitFor(() => expect(session.next.value.step).toBe("pin"));
  session.scan("4321", "wedge"); // typed so fast on a real keyboard that it looks like a scanner
  await vi.waitFor(() => expect(line().commands).toHaveLength(2));
  expect(line().commands[1]).toMatchObject({ type: "do", action: "answer", args: { ask: "pin", value: "4321" } });
  verdict(line().commands[1]!.id, binStep, { code: "signed_in" });
  await settle();
  const written = JSON.stringify(put.mock.calls.map(([value]) => value));
  put.mockRestore();
  expect(written).not.toContain("4321");
  expect(written).not.toContain("UABCDEFGHJKMNPQRS");
  expect(await keep.count("outbox")).toBe(0);
});

test("a badge without a link is not kept for later", async () => {
  await welcome({ next: badgeStep });
  line().break();
  session.scan("UABCDEFGHJKMNPQRS-T", "wedge");
  await settle();
  expect(session.amber.value).toBe(0);
  expect(session.verdict.value?.code).toBe("needs_link");
});

test("a badge that Caps Lock or a scanner's blanks have changed is a badge all the same: it is not kept", async () => {
  await welcome();
  line().break();
  for (const badge of ["uabcdefghjkmnpqrs-t", " UABCDEFGHJKMNPQRS-T ", "]E0UABCDEFGHJKMNPQRS-T"]) session.scan(badge, "wedge");
  await settle();
  expect(JSON.stringify(await keep.getAll("outbox")).toUpperCase()).not.toContain("ABCDEFGHJKMNPQRS");
  expect([session.amber.value, session.verdict.value?.code]).toEqual([0, "needs_link"]);
});

test("a scan on its way to the disk is undecided already: a bounce of it is known", async () => {
  await welcome();
  session.scan("ONE", "wedge");
  expect(session.undecided("ONE")).toBe(true);
  await settle();
  expect(session.undecided("ONE")).toBe(true);
  verdict(line().commands[0]!.id, itemStep);
  await vi.waitFor(() => expect(session.amber.value).toBe(0));
  expect(session.undecided("ONE")).toBe(false);
});

test("a page that another one took over from while it was being welcomed does not think it is at work", async () => {
  line().open();
  line().say({ type: "welcome", epoch: 1, seq: 10, n: 0, recovered: true, worker: null, next: binStep });
  line().break(4409);
  await vi.waitFor(() => expect(session.device.value).toBeNull());
  await vi.waitFor(() => expect(session.known.value).toBe(true));
  for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done));
  expect(session.state.value).toBe("elsewhere");
  session.scan("ONE", "wedge");
  await settle();
  expect([session.amber.value, session.verdict.value?.code]).toEqual([0, "not_here"]);
});

test("a command to finish with blanks around it waits for what is amber too", async () => {
  await welcome();
  line().break();
  session.scan("ONE", "wedge");
  session.scan(" C-FINISH\t", "wedge");
  await settle();
  expect([session.amber.value, session.verdict.value?.code]).toEqual([1, "needs_link"]);
});

test("what the floor cannot understand does not keep back what follows it: it is told as missing", async () => {
  await welcome();
  session.scan("ODD", "wedge");
  session.scan("TWO", "wedge");
  await settle();
  const [odd, two] = line().commands;
  line().say({ type: "error", id: odd!.id, code: "bad_frame", say: "There is no such origin." });
  line().say({ type: "resend", from: 1 });
  await vi.waitFor(() => expect(line().commands.slice(2).map((c) => [c.n, c.code ?? c.action])).toContainEqual([2, "TWO"]));
  expect(line().commands.slice(2).map((c) => [c.n, c.code ?? c.action])).toContainEqual([1, "missing"]);
  expect(line().commands.at(-1)!.id).toBe(two!.id);
  expect(heard).toContain("refused");
});

test("finishing waits until nothing is amber, and is refused without a link", async () => {
  await welcome();
  session.scan("ONE", "wedge");
  session.act("finish");
  await vi.waitFor(() => expect(line().commands).toHaveLength(1));
  verdict(line().commands[0]!.id, stageStep);
  await vi.waitFor(() => expect(line().commands).toHaveLength(2));
  expect(line().commands[1]).toMatchObject({ action: "finish", n: 2 });
  verdict(line().commands[1]!.id, stageStep);
  await vi.waitFor(() => expect(session.amber.value).toBe(0));
  line().break();
  session.act("signout");
  await settle();
  expect(session.verdict.value?.code).toBe("needs_link");
  expect(session.amber.value).toBe(0);
});

test("another device's outbox is never sent under a new name", async () => {
  await welcome();
  session.scan("ONE", "wedge");
  await settle();
  await become(keep, { id: "D-0002-Y", name: "Other", kind: "bench", token: "tok2" });
  expect(await keep.count("outbox")).toBe(0);
});

test("a next that comes by itself is drawn, but not over a scan that waits for its answer", async () => {
  await welcome();
  line().say({ type: "next", next: stageStep });
  await vi.waitFor(() => expect(session.next.value.step).toBe("stage"));
  session.scan("ONE", "wedge");
  await settle();
  line().say({ type: "next", next: binStep });
  verdict(line().commands[0]!.id, itemStep, { seq: 4, replayed: true });
  await vi.waitFor(() => expect(session.next.value.step).toBe("item"));
  line().break();
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 2_000 });
  line().open();
  expect(line().sent[0]).toMatchObject({ epoch: 1, seq: 10 }); // an old verdict's seq takes nothing back
});

test("a link that swallows scans is found also by a worker who scans on and on", async () => {
  session.stop();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    session = await open();
    await welcome();
    for (let i = 0; i < 4; i++) {
      session.scan(`S${i}`, "wedge");
      await settle();
      vi.advanceTimersByTime(2_500);
    }
    expect(session.state.value).toBe("offline");
  } finally {
    vi.useRealTimers();
  }
});

test("a stop that answers no scan is shown all the same", async () => {
  await welcome();
  verdict("", binStep, { class: "stop", code: "device_ahead" });
  await vi.waitFor(() => expect(session.verdict.value?.code).toBe("device_ahead"));
  expect(heard).toEqual(["stop"]);
});

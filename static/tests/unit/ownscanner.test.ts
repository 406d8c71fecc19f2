import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { become, openKeep, type Keep, type Me } from "../../src/job/keep";
import type { Profile } from "../../src/job/profile";
import { OwnScanner } from "../../src/job/scanner";
import type { Device } from "../../src/wire";

// What a device knows of its own scanner: kept before it is sent, sent until the floor has it, and the floor's word
// where there is nothing to tell.

const me: Me = { id: "D-0001-X", name: "Handheld 1", kind: "handheld", token: "tok" };
const learned: Profile = { terminator: "tab", delivery: "keys", decode: "position", layout: "us", aim: true, caps: false, gs_lost: false, gap_ms: 4 };
const device = (over: Partial<Device> = {}): Device => ({ id: me.id, name: me.name, kind: me.kind, ...over });

let keep: Keep;
let calls: string[];
let answer: () => Response;
let db = 0;

beforeEach(async () => {
  calls = [];
  answer = () => Response.json(device({ scanner: learned, calibrated: "2026-11-25T08:00:00Z" }));
  // The edge of the browser stands in for the network here; all of our own code is as it ships.
  vi.stubGlobal("fetch", async (to: string, o: RequestInit) => {
    const headers = o.headers as Headers;
    calls.push(`${o.method} ${to} ${headers.get("Authorization")} ${o.body ?? ""}`);
    return answer();
  });
  keep = await openKeep(`scanner-${++db}`);
  await become(keep, me);
});

afterEach(() => vi.unstubAllGlobals());

const offline = (): void => {
  answer = () => {
    throw new TypeError("no network");
  };
};

const refused = (status: number): void => {
  answer = () => Response.json({ code: "bad_value", detail: "a map has characters" }, { status });
};

test("a profile is kept here and on the floor, told by this device, and is there after a reload", async () => {
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  expect(calls).toEqual([`PUT /api/v1/devices/D-0001-X/scanner Bearer tok ${JSON.stringify(learned)}`]);
  expect(own.unsent.value).toBe(false);
  expect(own.calibrated.value).toBe("2026-11-25T08:00:00Z");
  const again = await OwnScanner.open(keep, me);
  expect(again.profile.value).toEqual(learned);
});

test("out of reach it is kept here, over a reload, and sent when the floor is heard again, whose older word does not count", async () => {
  offline();
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  expect(own.unsent.value).toBe(true);
  const again = await OwnScanner.open(keep, me);
  expect(again.unsent.value).toBe(true);
  calls = [];
  answer = () => Response.json(device({ scanner: learned }));
  await again.hear(device());
  expect(calls).toHaveLength(1);
  expect(again.unsent.value).toBe(false);
  expect(again.profile.value).toEqual(learned);
});

test("the floor's word is taken where there is nothing to tell: new hardware, and what a lead has forgotten", async () => {
  const own = await OwnScanner.open(keep, me);
  await own.hear(device({ scanner: { ...learned, drift: "aim" }, calibrated: "2026-11-25T08:00:00Z" }));
  expect(own.profile.value).toEqual(learned);
  expect(own.drift.value).toBe("aim");
  await own.hear(device());
  expect(own.profile.value).toBeNull();
  expect(calls).toEqual([]);
});

test("another device's profile is not taken, nor left to another device in this browser", async () => {
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  await own.hear(device({ id: "D-0002-Y" }));
  expect(own.profile.value).toEqual(learned);
  const other = { ...me, id: "D-0002-Y" };
  await become(keep, other);
  expect((await OwnScanner.open(keep, other)).profile.value).toBeNull();
});

test("forgetting goes to the floor too", async () => {
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  answer = () => new Response(null, { status: 204 });
  await own.set(null);
  expect(calls.at(-1)).toMatch(/^DELETE /);
  expect(own.profile.value).toBeNull();
  expect((await OwnScanner.open(keep, me)).profile.value).toBeNull();
});

test("drift is told once, waits for the link, and its end is told", async () => {
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  calls = [];
  offline();
  await own.drifted("terminator");
  await own.drifted("terminator");
  expect(calls).toHaveLength(1);
  calls = [];
  answer = () => Response.json(device({ scanner: learned }));
  await own.hear(device({ scanner: learned }));
  await own.drifted("");
  expect(calls.map((c) => c.split(" ").at(-1))).toEqual(['{"drift":"terminator"}', '{"drift":""}']);
});

test("what the floor refuses is not sent for ever, and said", async () => {
  refused(422);
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  expect(own.fault.value).toContain("a map has characters");
  expect(own.unsent.value).toBe(false);
  expect(own.profile.value).toEqual(learned);
});

test("a floor that is busy is asked again", async () => {
  refused(503);
  const own = await OwnScanner.open(keep, me);
  await own.set(learned);
  expect(own.unsent.value).toBe(true);
  expect(own.fault.value).toBe("");
});

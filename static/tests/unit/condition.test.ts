import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Condition, type Battery, type Connection, type Knows } from "../../src/job/condition";
import type { State } from "../../src/job/state";

// What a device tells of itself: what its browser knows, once a minute and on a change, and nothing besides.

class FakeBattery extends EventTarget implements Battery {
  level = 0.41;
  charging = false;
}

class FakeConnection extends EventTarget implements Connection {
  effectiveType = "4g";
  downlink = 1.45;
}

let told: Record<string, unknown>[];
let floor: { probe(): void; send(f: object): boolean; onPong: (ms: number) => void; answers: boolean };
let state = signal<State>("connecting");
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  state = signal<State>("connecting");
  floor = { answers: true, onPong: () => {}, send: (f) => (told.push(f as Record<string, unknown>), true), probe: () => floor.answers && floor.onPong(12.4) };
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

async function device(knows: Knows): Promise<void> {
  stop = new Condition(floor, knows).start(state);
  await vi.advanceTimersByTimeAsync(0);
}

test("what the browser knows goes to the floor as soon as the link is live", async () => {
  const battery = new FakeBattery();
  await device({ getBattery: async () => battery, connection: new FakeConnection() });
  told.length = 0;
  state.value = "live";
  expect(told).toEqual([{ type: "condition", battery_percent: 41, charging: false, network: "4g", downlink_kbps: 1450, round_trip_ms: 12 }]);
});

test("a browser that tells nothing is told of by its answers alone", async () => {
  await device({});
  state.value = "live";
  expect(told).toEqual([{ type: "condition", round_trip_ms: 12 }]);
});

test("a browser that refuses to tell of its battery breaks nothing", async () => {
  await device({ getBattery: () => Promise.reject(new Error("not allowed")) });
  state.value = "live";
  expect(told).toEqual([{ type: "condition", round_trip_ms: 12 }]);
});

test("once a minute, and after a change, but never all the time", async () => {
  const battery = new FakeBattery();
  await device({ getBattery: async () => battery });
  state.value = "live";
  told.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.length).toBe(1);
  battery.charging = true;
  battery.dispatchEvent(new Event("chargingchange"));
  await vi.advanceTimersByTimeAsync(4_999);
  for (let i = 0; i < 50; i++) battery.dispatchEvent(new Event("levelchange"));
  expect(told.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(told.map((t) => t.charging)).toEqual([false, true]);
});

test("nothing is said where the floor does not answer", async () => {
  floor.answers = false;
  await device({ getBattery: async () => new FakeBattery() });
  state.value = "live";
  await vi.advanceTimersByTimeAsync(180_000);
  expect(told).toEqual([]);
});

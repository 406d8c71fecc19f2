import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ASKED_MS, Capture, PATIENCE_MS, SILENCE_MS, TERMINATED_MS } from "../../src/job/capture";

// The rules of listening to a scanner: every burst is one scan, whatever ends it, and nothing else is.

let heard: [string, string][];
let stray: string[];
let clock: number;
let waiting: Set<string>;
let asked: Set<string>;
let stop: () => void;
let capture: Capture;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "";
  heard = [];
  stray = [];
  clock = 1_000;
  waiting = new Set();
  asked = new Set();
  capture = new Capture(window, {
    onScan: (code, origin) => heard.push([code, origin]),
    onKeys: (keys) => stray.push(keys) > 0,
    undecided: (code) => waiting.has(code),
    wanted: (code) => asked.has(code),
    now: () => clock,
  });
  stop = capture.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const e = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(e);
  clock += 2;
  return e;
}

function burst(code: string, end: string | null, target?: EventTarget): void {
  for (const c of code) press(c, {}, target);
  if (end) press(end, {}, target);
}

const silence = (): void => {
  vi.advanceTimersByTime(SILENCE_MS + 1);
  clock += SILENCE_MS + 1;
};

test("a burst ends by Enter, by Tab or by silence", () => {
  burst("B-A-01-03-7", "Enter");
  burst("T-0001-C", "Tab");
  burst("4006381333931", null);
  expect(heard).toHaveLength(2);
  silence();
  expect(heard.map(([c]) => c)).toEqual(["B-A-01-03-7", "T-0001-C", "4006381333931"]);
});

test("GS inside a GS1 code survives, as itself and as Ctrl+]", () => {
  burst("]C10109521234543213", null);
  press("\x1d");
  burst("10L7", null);
  press("]", { ctrlKey: true });
  burst("21S1", "Enter");
  expect(heard[0]![0]).toBe("]C10109521234543213\x1d10L7\x1d21S1");
});

test("thirty scans back to back are thirty scans in order", () => {
  const codes = Array.from({ length: 30 }, (_, i) => `P-${String(i).padStart(6, "0")}-C`);
  for (const c of codes) burst(c, "Enter");
  expect(heard.map(([c]) => c)).toEqual(codes);
});

test("Enter presses no button and submits no form", () => {
  const form = document.createElement("form");
  const button = document.createElement("button");
  form.append(button);
  document.body.append(form);
  let sent = 0;
  form.addEventListener("submit", () => sent++);
  const lone = press("Enter", {}, button);
  burst("T-0001-C", "Enter", button);
  expect(lone.defaultPrevented).toBe(true);
  expect(sent).toBe(0);
  expect(heard.map(([c]) => c)).toEqual(["T-0001-C"]);
});

test("text injected into the hidden field is a scan", () => {
  capture.field.value = "4006381333931\n";
  capture.field.dispatchEvent(new Event("input"));
  silence(); // a one-line field drops the line end of what is injected
  expect(heard.map(([c]) => c)).toEqual(["4006381333931"]);
  expect(capture.field.value).toBe("");
});

test("a code both typed and ended twice, CR and LF, is one scan", () => {
  burst("T-0001-C", "Enter");
  press("Enter");
  expect(heard).toHaveLength(1);
});

test("a bounced trigger is dropped only while the first is undecided", () => {
  burst("4006381333931", "Enter");
  waiting.add("4006381333931");
  burst("4006381333931", "Enter");
  expect(heard).toHaveLength(1);
  clock += 200; // a hand that scans the next unit of the same item
  burst("4006381333931", "Enter");
  waiting.clear();
  burst("4006381333931", "Enter");
  expect(heard).toHaveLength(3);
});

test("a bounced trigger is one scan also where the verdict comes while it is being typed", () => {
  burst("4006381333931", "Enter");
  waiting.add("4006381333931");
  burst("4006381333931", null); // its first sign came at once; the floor is quicker than its last
  waiting.clear();
  press("Enter");
  expect(heard).toHaveLength(1);
  burst("4006381333931", "Enter"); // nothing waits: whoever scans now has seen the verdict
  expect(heard).toHaveLength(2);
});

test("a code that stops in the middle gets time to go on; one that proves itself does not wait", () => {
  burst("T-00", null);
  silence();
  burst("01-W", null);
  silence();
  expect(heard.map(([c]) => c)).toEqual(["T-0001-W"]);
  burst("SOME-SHOP-CODE", null);
  silence();
  expect(heard).toHaveLength(1);
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(heard.map(([c]) => c)).toEqual(["T-0001-W", "SOME-SHOP-CODE"]);
});

test("a scanner that ends its codes is given longer to go on, until it once does not", () => {
  burst("FIRST-CODE", "Enter");
  burst("SOME-", null);
  vi.advanceTimersByTime(PATIENCE_MS * 2);
  burst("SHOP-CODE", "Enter");
  expect(heard.map(([c]) => c)).toEqual(["FIRST-CODE", "SOME-SHOP-CODE"]);
  burst("NO-END", null);
  vi.advanceTimersByTime(TERMINATED_MS);
  burst("NO-END-AGAIN", null);
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(heard.slice(2).map(([c]) => c)).toEqual(["NO-END", "NO-END-AGAIN"]);
});

test("a stray key is no scan; it goes to the number pad", () => {
  press("7");
  silence();
  expect(heard).toHaveLength(0);
  expect(stray).toEqual(["7"]);
});

test("a hand that types in a field is left alone; a scanner in the same field is heard", () => {
  const field = document.createElement("input");
  document.body.append(field);
  for (const c of "T-0001-C") {
    field.value += c;
    press(c, {}, field);
    clock += 120;
  }
  press("Enter", {}, field);
  expect(heard).toHaveLength(0);
  for (const c of "T-0002-B") {
    field.value += c;
    press(c, {}, field);
  }
  press("Enter", {}, field);
  expect(heard.map(([c]) => c)).toEqual(["T-0002-B"]);
  expect(field.value).toBe("T-0001-C");
});

test("the very code that is asked for needs but a short silence; where an end is known it is waited for", () => {
  asked.add("4006381333931");
  burst("4006381333931", null);
  vi.advanceTimersByTime(ASKED_MS);
  expect(heard).toHaveLength(1);
  clock += 500;
  burst("5901234123457", null); // whole, but not what is asked for
  vi.advanceTimersByTime(ASKED_MS);
  expect(heard).toHaveLength(1);
  silence();
  burst("T-0001-C", "Enter");
  clock += 500;
  burst("4006381333931", null);
  vi.advanceTimersByTime(ASKED_MS);
  expect(heard).toHaveLength(3);
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CODES, findings, judge, learn, type Burst, type Learned } from "../../src/job/calibrate";
import { visible } from "../../src/job/calibration";
import { Capture } from "../../src/job/capture";
import type { Contradiction, Profile, Sample } from "../../src/job/profile";
import { isWhole } from "../../src/job/whole";
import { has } from "../../src/words";
import { GS, Keyboard, typed, type Setting } from "./keyboard";

// Every keyboard a scanner can be, before and after its calibration: what it garbles comes right by what was
// learned and by nothing else.

let heard: string[];
let samples: Sample[] | null;
let profile: Profile | null;
let hints: string[];
let drifts: Contradiction[];
let agreed: number;
let waiting: Set<string>;
let stop: () => void;
let keyboard: Keyboard;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "";
  [heard, samples, profile, hints, drifts, waiting, agreed] = [[], null, null, [], [], new Set(), 0];
  const clock = Date.now();
  listen(() => Date.now() - clock + 10_000);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function listen(now: () => number): void {
  const ears = {
    onScan: (code: string) => void heard.push(code),
    profile: () => profile,
    onGarbled: (code: string) => void hints.push(code),
    onDrift: (c: Contradiction) => void drifts.push(c),
    onAgrees: () => void agreed++,
    undecided: (code: string) => waiting.has(code),
    now,
    ...(samples ? { onSample: (s: Sample) => void samples!.push(s) } : {}),
  };
  const capture = new Capture(window, ears);
  stop = capture.start();
  keyboard = new Keyboard(capture.field, (ms) => vi.advanceTimersByTime(ms));
}

const rest = (): void => void vi.advanceTimersByTime(4_000);

// calibrate scans the three codes on the calibration page with a scanner so set, and goes back to work.
function calibrate(s: Setting): Learned {
  stop();
  samples = [];
  const clock = Date.now();
  listen(() => Date.now() - clock + 20_000);
  for (const code of CODES) {
    keyboard.scan(code, s);
    rest();
  }
  const learned = learn(samples);
  profile = "profile" in learned ? learned.profile : null;
  stop();
  samples = null;
  listen(() => Date.now() - clock + 20_000);
  return learned;
}

function one(code: string, s: Setting): string {
  heard = [];
  keyboard.scan(code, s);
  rest();
  expect(heard).toHaveLength(1);
  return heard[0]!;
}

// The published table (third-culture-software/bhima#6436): ten codes as a US scanner sends them to four hosts.
const PUBLISHED = [
  ["004HQ3NIDBVD", "004hq3nidbvd", "àà'HA\"NIDBVD", "004ha3nidbvd"],
  ["00AHRR8B8KUY", "00ahrr8b8kuy", "ààQHRR!B!KUY", "00qhrr8b8kuy"],
  ["00P6A949HF4P", "00p6a949hf4p", "ààP§Qç'çHF'P", "00p6q949hf4p"],
  ["0138U9Q6AABD", "0138u9q6aabd", "à&\"!UçA§QQBD", "0138u9a6qqbd"],
  ["0178N53Y98TL", "0178n53y98tl", "à&è!N(\"Yç!TL", "0178n53y98tl"],
  ["01F79FNRJAVB", "01f79fnrjavb", "à&FèçFNRJQVB", "01f79fnrjqvb"],
  ["01NNGCXUHM2K", "01nngcxuhm2k", "à&NNGCXUH?éK", "01nngcxuh,2k"],
  ["00JL6RVTT36W", "00jl6rvtt36w", "ààJL§RVTT\"§Z", "00jl6rvtt36z"],
  ["00WMYP2Y8V3E", "00wmyp2y8v3e", "ààZ?YPéY!V\"E", "00z,yp2y8v3e"],
  ["01KK3H2ZY8OK", "01kk3h2zy8ok", "à&KK\"HéWY!OK", "01kk3h2wy8ok"],
] as const;

const HOSTS: [string, Setting, 0 | 1 | 2 | 3][] = [
  ["English", { scanner: "us", host: "us" }, 0],
  ["English, Caps Lock", { scanner: "us", host: "us", caps: "letters" }, 1],
  ["French", { scanner: "us", host: "fr-mac" }, 2],
  ["French, Caps Lock", { scanner: "us", host: "fr-mac", caps: "all" }, 3],
];

describe.each(HOSTS)("a US scanner at a host set to %s", (_, s, column) => {
  test("garbles as published, and comes raw without a profile", () => {
    for (const row of PUBLISHED) {
      expect(typed(row[0], s)).toBe(row[column]);
      expect(one(row[0], s)).toBe(row[column]);
    }
  });
  test.each(["keys", "unplaced"] as const)("comes right after calibration (%s)", (way) => {
    expect(calibrate({ ...s, way })).toHaveProperty("profile");
    for (const row of PUBLISHED) expect(one(row[0], { ...s, way })).toBe(row[0]);
  });
});

const OTHERS: [string, Setting][] = [
  ["US scanner, AZERTY host", { scanner: "us", host: "fr" }],
  ["US scanner, AZERTY host, no places", { scanner: "us", host: "fr", way: "unplaced" }],
  ["US scanner, AZERTY host, Caps Lock", { scanner: "us", host: "fr", caps: "all" }],
  ["US scanner, QWERTZ host", { scanner: "us", host: "de" }],
  ["AZERTY scanner, US host", { scanner: "fr", host: "us" }],
  ["QWERTZ scanner, US host", { scanner: "de", host: "us" }],
  ["US scanner, UK host", { scanner: "us", host: "uk" }],
  ["QWERTZ scanner, AZERTY host", { scanner: "de", host: "fr" }],
  ["US, QWERTZ host, Caps Lock", { scanner: "us", host: "de", caps: "letters" }],
  ["Tab at the end", { end: "Tab" }],
  ["LF as Ctrl+J", { end: "LF" }],
  ["nothing at the end", { end: null }],
  ["nothing at the end, 100 ms between characters", { end: null, gapMS: 100 }],
  ["250 ms between characters", { gapMS: 240 }],
  ["a prefix and a suffix", { prefix: "~", suffix: "#" }],
  ["a prefix, AZERTY host", { prefix: "X", host: "fr" }],
  ["AIM identifiers", { aim: true }],
  ["AIM identifiers, AZERTY host", { aim: true, host: "fr" }],
  ["AIM identifiers, AZERTY host, no places", { aim: true, host: "fr", way: "unplaced" }],
  ["GS itself", { gs: "itself" }],
  ["GS as F8", { gs: "F8" }],
  ["GS as F9", { gs: "F9" }],
  ["GS as Alt+0029", { gs: "alt" }],
  ["GS as |", { gs: "|" }],
  ["GS as {GS}", { gs: "{GS}" }],
  ["Alt and the number pad", { way: "alt", gs: "alt" }],
  ["Alt flag on every key", { way: "altflag" }],
  ["text injected, with a line end", { way: "text" }],
  ["text injected, with none", { way: "text", end: null }],
  ["text composed", { way: "composed" }],
  ["text pasted", { way: "pasted" }],
  ["no places of keys", { way: "unplaced" }],
];

describe.each(OTHERS)("%s", (_, s) => {
  test("is learned, and then every code is what the paper says", () => {
    const learned = calibrate(s);
    expect(learned).toHaveProperty("profile");
    for (const code of ["B-A-01-03-7", "4006381333931", `0109521234543213${"10"}L7${GS}21s1`, "SOME/SHOP.CODE"]) {
      const got = one(code, s);
      expect(s.aim ? got.replace(/^\]C[01]/, "") : got).toBe(code);
    }
    expect(drifts).toEqual([]);
    expect(findings(profile!).length).toBeGreaterThan(2);
  });
});

test("a scanner that loses GS is told so", () => {
  calibrate({ gs: "lost" });
  expect(profile?.gs_lost).toBe(true);
  expect(findings(profile!).map((f) => f.key)).toContain("scanner.gs.lost");
});

test("what cannot be learned is refused, not guessed", () => {
  const two = (a: string, b: string): Learned => {
    stop();
    samples = [];
    listen(() => Date.now());
    for (const code of [a, CODES[1], b]) {
      keyboard.scan(code, {});
      rest();
    }
    return learn(samples);
  };
  expect(two("4006381333931", CODES[2])).toEqual({ fault: "strange" });
  expect(two(CODES[0].replaceAll("1", "7"), CODES[2])).toEqual({ fault: "strange" });
  expect(learn([])).toEqual({ fault: "few" });
});

describe("what a burst is to the calibration", () => {
  const cases: [string, number, string, Burst][] = [
    ["the code that is due", 0, CODES[0], "due"],
    ["a later one", 0, CODES[2], "early"],
    ["one that was read", 2, CODES[0], "again"],
    ["half of the one that is due", 1, CODES[1].slice(0, 20), "part"],
    ["a label of the house", 0, "T-0001-W", "other"],
    ["an item", 2, "4006381333931", "other"],
  ];
  const keyboards: Setting[] = [{}, { host: "fr" }, { host: "fr", way: "unplaced" }, { scanner: "fr", host: "de", prefix: "X" }];
  test.each(cases)("%s", (_, before, code, is) => {
    for (const k of keyboards) {
      const heard: Sample[] = [];
      stop();
      samples = heard;
      listen(() => Date.now());
      for (const c of [...CODES.slice(0, before), code]) {
        keyboard.scan(c, k);
        rest();
      }
      expect(heard).toHaveLength(before + 1);
      expect([k, judge(heard.at(-1)!, heard.slice(0, before))]).toEqual([k, is]);
    }
  });
});

test("every finding has its words, and every drift", () => {
  const all: Profile[] = (["enter", "tab", "none"] as const).flatMap((terminator) =>
    [true, false].flatMap((yes): Profile[] => [
      { terminator, delivery: "keys", decode: yes ? "key" : "map", layout: "", aim: yes, caps: yes, gs_lost: yes, gap_ms: 40, prefix: "~", suffix: "#", gs: "F9" },
      { terminator, delivery: "keys", decode: "key", aim: yes, caps: yes, gs_lost: false, gap_ms: 0 },
    ]),
  );
  const keys = new Set(all.flatMap((p) => findings(p).map((f) => f.key)));
  expect(keys.size).toBeGreaterThan(13);
  for (const key of keys) expect([key, has(key)]).toEqual([key, true]);
  for (const d of ["terminator", "aim", "prefix", "keyboard", "caps"]) expect([has(`drift.${d}`), has(`drift.${d}.do`)]).toEqual([true, true]);
  for (const f of ["again", "early", "part", "other", "few", "ends", "strange"]) expect([f, has(`setup.fault.${f}`)]).toEqual([f, true]);
});

test("control characters are seen by their names", () => {
  expect(visible(`01${GS}L7\t\ue009\x01`).map((v) => (v.named ? `<${v.text}>` : v.text)).join("")).toBe("01<GS>L7<Tab><F9><#1>");
});

test("a burst is its taker's to the end: what began on the page is no work, and what began as work is", () => {
  const page: Sample[] = [];
  let open = true;
  stop();
  const got: string[] = [];
  const capture = new Capture(window, {
    onScan: (code) => void got.push(code),
    get onSample() {
      return open ? (x: Sample) => void page.push(x) : undefined;
    },
    now: () => Date.now(),
  });
  stop = capture.start();
  keyboard = new Keyboard(capture.field, (ms) => vi.advanceTimersByTime(ms));
  keyboard.scan("T-0001-W", { end: null });
  open = false;
  rest();
  expect([page.length, got]).toEqual([1, []]);
  keyboard.scan("T-0001-W", { end: null });
  open = true;
  rest();
  expect([page.length, got]).toEqual([1, ["T-0001-W"]]);
});

test("Caps Lock is noticed on a walk of bins and items, and its end too", () => {
  calibrate({});
  const caps: Setting = { caps: "letters" };
  for (let i = 0; i < 3; i++) {
    one("T-0001-W", caps);
    one("4006381333931", caps);
  }
  expect([drifts, agreed]).toEqual([["caps"], 0]);
  one("T-0001-W", {});
  one("4006381333931", {});
  one("T-0001-W", {});
  expect(agreed).toBe(0);
  one("T-0001-W", {});
  expect(agreed).toBe(1);
});

test("the third code proves itself", () => {
  expect(isWhole(CODES[2])).toBe(true);
});

test("without a profile a code that is right on another keyboard goes as it came, with a hint", () => {
  for (const s of [{ host: "fr" }, { host: "fr", way: "unplaced" }, { host: "de" }, { scanner: "fr", host: "us" }, { caps: "letters" }] as Setting[]) {
    hints = [];
    const got = one("T-0001-W", s);
    expect(got).not.toBe("T-0001-W");
    expect(hints).toEqual([got]);
  }
  hints = [];
  for (const code of ["T-0001-W", "SOME-SHOP-CODE", "some-lower-code", "4006381333931"]) one(code, {});
  expect(hints).toEqual([]);
});

describe("drift", () => {
  const cases: [Contradiction, Setting, Setting][] = [
    ["terminator", {}, { end: "Tab" }],
    ["terminator", {}, { end: null }],
    ["aim", { aim: true }, {}],
    ["aim", {}, { aim: true }],
    ["prefix", { prefix: "~" }, {}],
    ["keyboard", {}, { host: "fr" }],
    ["caps", {}, { caps: "letters" }],
    ["caps", { host: "fr", way: "unplaced" }, { host: "fr", caps: "all" }],
  ];
  test.each(cases)("%s", (what, before, after) => {
    calibrate(before);
    one("T-0001-W", before);
    one("T-0001-W", after);
    one("T-0001-W", after);
    expect(drifts).toEqual([]);
    one("T-0001-W", before);
    for (let i = 0; i < 3; i++) one("T-0001-W", after);
    expect(drifts).toEqual([what]);
  });
});

test("a scan sent as keys and as text is one scan; a second unit is two", () => {
  keyboard.scan("4006381333931", {});
  keyboard.scan("4006381333931", { way: "text" });
  rest();
  expect(heard).toHaveLength(1);
  keyboard.scan("4006381333931", {});
  vi.advanceTimersByTime(200);
  keyboard.scan("4006381333931", {});
  expect(heard).toHaveLength(3);
});

test("a double trigger is one scan, a deliberate second unit is two, whatever waits for its verdict", () => {
  waiting.add("4006381333931");
  keyboard.scan("4006381333931", {});
  keyboard.scan("4006381333931", {});
  expect(heard).toHaveLength(1);
  vi.advanceTimersByTime(150);
  keyboard.scan("4006381333931", {});
  expect(heard).toHaveLength(2);
});

test("no scan is dropped while others are in flight, in whatever way they come", () => {
  const ways: Setting[] = [{}, { end: "Tab" }, { way: "text" }, { way: "pasted" }, { way: "alt" }, { way: "altflag" }];
  const codes = Array.from({ length: 60 }, (_, i) => `CODE-${1000 + i}`);
  codes.forEach((c, i) => {
    waiting.add(c);
    keyboard.scan(c, ways[i % ways.length]!);
  });
  expect(heard).toEqual(codes);
});

import { describe, expect, test } from "vitest";
import sayings from "../../../devices/testdata/scales.json";
import { parseReport } from "../../src/bench/scale-hid";
import { Lines, parseScale, type Reading } from "../../src/bench/scale-line";
import { Steady } from "../../src/bench/steady";

// What scales say, and what a bench may use of it.

interface Saying {
  line: string;
  mg?: number;
  stable?: boolean;
  said?: string;
  none?: boolean;
}

describe("a line of a scale", () => {
  test.each(sayings as Saying[])("$line", ({ line, none, ...want }) => {
    expect(parseScale(line)).toEqual(none ? null : want);
  });

  // Seeded, so that a failure is the same again.
  test("of any bytes comes to a weight that a scale may have, or to nothing", () => {
    let seed = 7;
    const dice = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    const parts = ["S ", "D", "ST,", "OL", "US,", "NT,", "+", "-", ".", "0", "1", "999", " ", "kg", "g", "lb", "\x02", "\r", "?", "é", "constructor", ""];
    let read = 0;
    for (let i = 0; i < 30_000; i++) {
      let line = (sayings as Saying[])[dice(sayings.length)]!.line;
      for (let changes = dice(3); changes >= 0; changes--) {
        const at = dice(line.length + 1);
        line = line.slice(0, at) + parts[dice(parts.length)]! + line.slice(at + dice(3));
      }
      const r = parseScale(line);
      if (!r) continue;
      read++;
      expect(Number.isInteger(r.mg) && Math.abs(r.mg) <= 10_000_000_000, line).toBe(true);
      if (r.said === "over" || r.said === "under") expect(r.mg, line).toBe(0);
    }
    expect(read).toBeGreaterThan(2_000);
  });

  test("comes in pieces, and noise without an end is let go", () => {
    const l = new Lines();
    expect(l.take("S S  1.2")).toEqual([]);
    expect(l.take("34 kg\r\nS S")).toEqual(["S S  1.234 kg"]);
    expect(l.take("x".repeat(100))).toEqual([]);
    expect(l.take("\r\nS S 1 g\r\n")).toEqual(["S S 1 g"]);
  });
});

describe("a report of a USB scale", () => {
  const report = (...b: number[]) => parseReport(3, new DataView(new Uint8Array(b).buffer));
  test.each<[string, number[], Reading | null]>([
    ["1234 g, still", [4, 2, 0, 0xd2, 4], { mg: 1_234_000, stable: true, said: "" }],
    ["12.3 oz, moving", [3, 11, 0xff, 123, 0], { mg: 348_699, stable: false, said: "" }],
    ["5.0 lb", [4, 12, 0xff, 50, 0], { mg: 2_267_962, stable: true, said: "" }],
    ["1.2 kg as 12 of its tenths", [4, 3, 0xff, 12, 0], { mg: 1_200_000, stable: true, said: "" }],
    ["30 of ten grams", [4, 2, 1, 30, 0], { mg: 300_000, stable: true, said: "" }],
    ["still at zero", [2, 2, 0, 0, 0], { mg: 0, stable: true, said: "" }],
    ["below zero", [5, 2, 0, 1, 0], { mg: 0, stable: false, said: "under" }],
    ["too heavy", [6, 2, 0, 0xff, 0xff], { mg: 0, stable: false, said: "over" }],
    ["a fault", [1, 2, 0, 0, 0], { mg: 0, stable: false, said: "fault" }],
    ["to be calibrated", [7, 2, 0, 0, 0], { mg: 0, stable: false, said: "fault" }],
    ["in carats", [4, 4, 0, 1, 0], null],
    ["cut off", [4, 2, 0], null],
  ])("%s", (_, bytes, want) => expect(report(...bytes)).toEqual(want));

  test("of another kind is none", () => expect(parseReport(1, new DataView(new ArrayBuffer(8)))).toBeNull());

  test("of any bytes is a weight or nothing", () => {
    for (let i = 0; i < 65_536; i += 7) {
      const r = report(i % 9, (i >> 2) % 13, i % 256, i & 255, i >> 8);
      if (r) expect(Number.isInteger(r.mg) && r.mg >= 0 && r.mg <= 10_000_000_000).toBe(true);
    }
  });
});

// bench has a scale say grams ten times a second, and gives what it came to at the end of each.
function bench(...says: (number | [number, boolean])[]) {
  const s = new Steady();
  let at = 0;
  const say = (x: number | [number, boolean]) => {
    const [g, stable] = typeof x === "number" ? [x, false] : x;
    at += 100;
    return s.take({ mg: g * 1000, stable, said: "" }, at);
  };
  return { s, say, all: says.map(say) };
}

describe("a weight stands still", () => {
  test("when the scale says so", () => {
    expect(bench([500, false], [500, true]).all.map((l) => l.told)).toEqual(["moving", ""]);
  });
  test("when it has been the same for 300 ms", () => {
    expect(bench(200, 480, 500, 500, 500, 500).all.map((l) => l.told)).toEqual(["moving", "moving", "moving", "moving", "moving", ""]);
  });
  test("not while it swings", () => {
    expect(bench(480, 520, 470, 540, 450, 560).all.every((l) => l.told === "moving")).toBe(true);
  });
  test("and trembling by the scale's own step is still", () => {
    expect(bench(500, 505, 500, 505, 500, 505).all.at(-1)!.told).toBe("");
  });
  test("not when the scale says that something is wrong", () => {
    const s = new Steady();
    expect(s.take({ mg: 0, stable: true, said: "over" }, 100).told).toBe("over");
    expect(bench([-300, true]).all[0]!.told).toBe("under");
  });
});

describe("a weight is used once", () => {
  test("and the next parcel wants the scale empty in between", () => {
    const b = bench([0, true], [500, true]);
    expect(b.s.usable("P-1", 500_000)).toBe(true);
    b.s.use("P-1", 500_000);
    b.say([500, true]);
    expect(b.s.usable("P-2", 500_000)).toBe(false);
    expect(b.s.again("P-2")).toBe(false);
    b.say([0, true]);
    b.say([730, true]);
    expect(b.s.usable("P-2", 730_000)).toBe(true);
  });
  test("but the same parcel may be weighed anew when something was put in", () => {
    const b = bench([0, true], [500, true]);
    b.s.use("P-1", 500_000);
    b.say([503, true]);
    expect(b.s.usable("P-1", 503_000)).toBe(false);
    expect(b.s.again("P-1")).toBe(true);
    b.say([800, true]);
    expect(b.s.usable("P-1", 800_000)).toBe(true);
    expect(b.s.usable("P-2", 800_000)).toBe(false);
  });
  test("and a page that opens with a parcel on the scale does not take it for the next", () => {
    expect(bench([500, true]).s.usable("P-1", 500_000)).toBe(false);
  });
  test("a light letter left on the scale is not an empty scale", () => {
    const b = bench([0, true], [16, true]);
    b.s.use("P-1", 16_000);
    b.say([16, true]);
    expect(b.s.usable("P-2", 16_000)).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { binMistakes, layoutMistakes, pasted, type PlanBin } from "../../src/floorplan/faults";
import { cellY, crossAisles, depotPlace, every, extent, frameFor, heatOf, type Layout, lengthOf, place, wayBetween } from "../../src/floorplan/grid";
import { aisleNames, initials, spread } from "../../src/floorplan/plan";

// The picture lies as the route planner measures: a block of n cells is two end gaps and n-1 pitches long.

const two: Layout = { aisles: 6, cells: 20, aisle_pitch: 3, cell_pitch: 1, end_gap: 1, cross_aisles: [0, 10, 20], depot: { aisle: 0, side: "bottom" } };

const bin = (code: string, aisle: number, cell: number, level = 1, more: Partial<PlanBin> = {}): PlanBin => ({
  code, kind: "pick", aisle, cell, level, zone: "", max_weight_g: 0, placed: true, picks_24h: 0, picks_7d: 0, etag: "", ...more,
});

describe("the grid", () => {
  test("cells lie in their blocks", () => {
    expect([0, 9, 10, 19].map((c) => cellY(two, c))).toEqual([1, 10, 12, 21]);
    expect(extent(two)).toEqual({ width: 15, height: 22 });
    expect(cellY({ ...two, cross_aisles: [0, 20] }, 10)).toBe(11);
    expect(depotPlace({ ...two, depot: { aisle: 2, side: "top" } })).toEqual({ x: 6, y: 22 });
  });

  test("what is half typed is drawn as far as it makes sense", () => {
    expect(crossAisles({ ...two, cross_aisles: [Number.NaN, 30, 10, 10, -1] })).toEqual([0, 10, 20]);
    expect(cellY({ ...two, cross_aisles: [] }, 19)).toBe(20);
  });

  test("the way to the next stop is the shortest and turns only at aisles", () => {
    const a = place(two, { aisle: 0, cell: 8 });
    const b = place(two, { aisle: 2, cell: 4 });
    const way = wayBetween(two, a, b);
    expect(way).toEqual([a, { x: 0, y: 11 }, { x: 6, y: 11 }, b]);
    expect(lengthOf(way)).toBe(2 + 6 + 6);
    expect(lengthOf(wayBetween({ ...two, cross_aisles: [0, 20] }, a, b))).toBe(9 + 6 + 5);
    expect(wayBetween(two, a, place(two, { aisle: 0, cell: 0 }))).toHaveLength(2);
  });

  test("a frame holds the whole floor, right way up", () => {
    for (const [width, tallest] of [[280, 700], [1200, 300], [700, 700]] as const) {
      const f = frameFor(two, width, tallest, { x: 26, top: 34, bottom: 40 });
      for (const [aisle, cell] of [[0, 0], [5, 19], [0, 19], [5, 0]] as const) {
        const at = f.at(place(two, { aisle, cell }));
        expect(at.x).toBeGreaterThan(26);
        expect(at.x).toBeLessThan(width - 26);
        expect(at.y).toBeGreaterThan(34);
        expect(at.y).toBeLessThan(f.height - 40);
      }
      expect(f.height).toBeLessThanOrEqual(tallest + 0.001);
      expect(f.at({ x: 0, y: 0 }).y).toBeGreaterThan(f.at({ x: 0, y: 22 }).y);
    }
  });

  test("heat has a colour for none and four for some", () => {
    expect([0, 1, 2, 3, 4, 100].map((n) => heatOf(n, 100))).toEqual([0, 1, 1, 1, 1, 4]);
    expect([1, 25, 26, 50, 51, 75, 76, 100].map((n) => heatOf(n, 100))).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect(heatOf(5, 0)).toBe(0);
  });
});

describe("words on the picture", () => {
  test("an aisle is called as its bins are", () => {
    expect(aisleNames([bin("A-01", 0, 0), bin("A-02", 0, 1), bin("B-1", 2, 1), bin("STAGE", 0, 0, 0)], 3)).toEqual(["A", "1", "B"]);
    expect(aisleNames([bin("A-01", 0, 0), bin("X-02", 0, 1), bin("B-1", 1, 1)], 2)).toEqual(["0", "1"]);
    expect(aisleNames([bin("LOOSE", 0, 3), bin("B-1", 1, 1)], 2)).toEqual(["0", "1"]);
  });

  test("labels that would touch are left out", () => {
    expect(every(40, 15)).toBe(1);
    expect(every(6, 15)).toBe(3);
    expect(spread([{ x: 0, y: 0 }, { x: 5, y: 5 }, { x: 30, y: 0 }]).map((s) => s.small)).toEqual([false, true, false]);
    expect(spread([{ x: 0, y: 0 }], [{ x: 10, y: 0 }])[0]!.small).toBe(true);
  });

  test("people are known by their initials", () => {
    expect([initials("Mia"), initials("Ana de Vries"), initials("Łukasz Żółć"), initials(" ")]).toEqual(["M", "AD", "ŁŻ", "?"]);
  });
});

describe("mistakes", () => {
  test("a good layout has none", () => expect(layoutMistakes(two)).toEqual([]));

  test.each([
    [{ aisles: 0 }, 2], // and the depot has no aisle to stand at
    [{ cells: Number.NaN }, 2], // and the cross aisles no end
    [{ aisle_pitch: 0 }, 1],
    [{ end_gap: -1 }, 1],
    [{ cross_aisles: [0, 10] }, 1],
    [{ cross_aisles: [0, 10, 10, 20] }, 1],
    [{ cross_aisles: [0, 5.5, 20] }, 1],
    [{ depot: { aisle: 6, side: "top" } }, 1],
  ])("%j", (part, n) => expect(layoutMistakes({ ...two, ...part } as Layout)).toHaveLength(n));

  test("bins in one place, off the grid, or nowhere are named", () => {
    const found = binMistakes(two, [
      bin("A", 0, 0), bin("B", 0, 0), bin("C", 0, 0, 2), bin("D", 6, 0), bin("E", 0, 20), bin("F", 0, 0, 0), bin("G", Number.NaN, 1),
      bin("STAGE", 0, 0, 0, { kind: "stage" }),
    ]);
    expect(found.map((m) => m.about)).toEqual(["B", "D", "E", "F", "G"]);
    expect(found[0]!.text).toBe("lies where A lies: aisle 0, cell 0, level 1");
  });
});

describe("a paste", () => {
  test("from a spreadsheet, in the order of its head", () => {
    const p = pasted("zone\tBin\tCell\tAisle\tLevel\nA\tA-01\t3\t1\t2\n\nB\tB-01\t0\t0\t\n");
    expect(p.faults).toEqual([]);
    expect(p.rows).toEqual([{ code: "A-01", aisle: 1, cell: 3, level: 2, zone: "A" }, { code: "B-01", aisle: 0, cell: 0, level: 1, zone: "B" }]);
  });

  test("from a CSV without a head, with quotes or semicolons", () => {
    expect(pasted('"A,1",2,3,1,"x"').rows).toEqual([{ code: "A,1", aisle: 2, cell: 3, level: 1, zone: "x" }]);
    expect(pasted("A-1;2;3").rows).toEqual([{ code: "A-1", aisle: 2, cell: 3, level: 1 }]);
  });

  test("what cannot be read is named with its row", () => {
    const p = pasted("A-1,1,1\nA-2,x,1\n,1,1\nA-3,1,\nA-4,1,1,-1\nA-5,1.5,1");
    expect(p.rows.map((r) => r.code)).toEqual(["A-1"]);
    expect(p.faults.map((f) => f.slice(0, 5))).toEqual(["row 2", "row 3", "row 4", "row 5", "row 6"]);
  });
});

// The floor from above, drawn of the demo's own layout and of what was really picked: the plan, a list's walk, the
// handheld's small map, and the layout editor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, openHouse, sup, unbuilt, walk } from "./house.mjs";

const o = { skip: unbuilt, timeout: 150_000 };
openHouse();

const wide = { width: 1280, height: 900 };
const narrow = { width: 360, height: 740 };

async function looks(p, where) {
  for (const size of [wide, narrow]) {
    await p.setViewportSize(size);
    await look(p, where);
  }
  await p.setViewportSize(wide);
}

// apart says that no two words of the picture lie on one another, and none is cut off.
async function apart(p) {
  const hit = await p.evaluate(() => {
    const svg = document.querySelector("svg.plan");
    const box = svg.getBoundingClientRect();
    const all = [...svg.querySelectorAll("text")].map((t) => [t.textContent, t.getBoundingClientRect()]);
    const out = all.filter(([, r]) => r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1).map(([w]) => `${w} is cut`);
    for (const [i, [a, r]] of all.entries()) {
      for (const [b, s] of all.slice(i + 1)) if (r.left < s.right - 1 && s.left < r.right - 1 && r.top + 2 < s.bottom && s.top + 2 < r.bottom) out.push(`${a} on ${b}`);
    }
    return out;
  });
  assert.deepEqual(hit, []);
}

test("the plan warms where it is picked, shows who is where, and draws the walk", o, async () => {
  const list = await house.released(sup, 88001, "Anna", [["FL-001", 2], ["FL-010", 1], ["FL-027", 1], ["FL-033", 1], ["FL-046", 1]]);
  const hand = await house.station(sup, "Map", "handheld", "Mia");
  await sup.goto(`${house.url}/floor/plan`);
  await sup.locator("svg.plan").waitFor();
  assert.equal(await sup.locator(".cell.heat-0").count(), 120, "every bin of the grid lies in its cell");
  assert.equal(await sup.locator(".cell:not(.heat-0):not(.none)").count(), 0, "nothing was picked yet");
  await scan(hand, list.id);
  await at(hand, "tote");
  await scan(hand, await freeTote(sup));
  await at(hand, "bin");
  await hand.getByTestId("leg").locator("svg").waitFor();
  assert.match(await hand.getByTestId("leg").locator("svg").getAttribute("aria-label"), /^From the depot to /);
  await hand.locator(".verdict.off").waitFor({ state: "attached" });
  await look(hand, "leg-first");
  const first = await hand.getByTestId("title").textContent();
  await scan(hand, first);
  await at(hand, "item");
  const sku = list.lines.find((l) => l.bin === first).sku;
  await scan(hand, await barcode(sup, sku));
  await sup.getByTestId(`warm-${first}`).waitFor();
  await sup.locator(`[data-testid="plan-worker-Mia"][data-bin="${first}"]`).waitFor();
  assert.equal(await sup.locator(".cell.heat-4").count(), 1);
  assert.match(await sup.locator(".cell.heat-4 title").textContent(), new RegExp(`${first}: 1 pick`));
  assert.equal(await sup.getByTestId("worker-dot").count(), 1);
  await sup.getByTestId("choose-list").selectOption(list.id);
  await sup.getByTestId("walk-line").waitFor();
  const way = await ask(sup, `/picklists/${list.id}/walk`);
  const figures = sup.getByTestId("walk-figures");
  assert.equal(Number(await figures.getAttribute("data-distance")), way.distance);
  assert.ok(way.distance > 0 && way.by_name >= way.distance, `${way.distance} m, ${way.by_name} m by name`);
  assert.equal(await sup.locator(".plan-walk .stop").count(), way.stops.length);
  for (const size of [wide, narrow]) {
    await sup.setViewportSize(size);
    await apart(sup);
  }
  await looks(sup, "plan");
  await sup.getByTestId("span-week").click();
  await sup.getByTestId(`warm-${first}`).waitFor();
  await sup.goto(`${house.url}/floor/picklists/${list.id}`);
  await sup.getByTestId("walk-line").waitFor();
  await looks(sup, "picklist-walk");
  if ((await hand.locator("[data-testid=step]").getAttribute("data-step")) === "item") await scan(hand, await barcode(sup, sku));
  await at(hand, "bin");
  assert.match(await hand.getByTestId("leg").locator("svg").getAttribute("aria-label"), /^From here to /);
  await hand.locator(".verdict.off").waitFor({ state: "attached" });
  await look(hand, "leg");
  await apart(hand);
});

test("the layout editor draws what is typed, names mistakes and saves by what was seen", o, async () => {
  await sup.goto(`${house.url}/floor/layout`);
  await sup.locator("svg.plan").waitFor();
  await until(sup, "mistakes", "data-count", "0");
  const cells = () => sup.locator("svg.plan .cell").count();
  assert.equal(await cells(), 120);
  await sup.getByTestId("grid-aisles").fill("8");
  await sup.waitForFunction(() => document.querySelectorAll("svg.plan .cell").length === 160);
  await sup.getByTestId("grid-aisles").fill("5");
  await until(sup, "mistakes", "data-count", "20"); // aisle F is off the grid
  await sup.getByTestId("mistakes").getByText("there is no aisle 5").first().waitFor();
  await looks(sup, "layout-mistakes");
  await sup.getByTestId("grid-aisles").fill("6");
  await until(sup, "mistakes", "data-count", "0");
  await sup.getByTestId("grid-cross_aisles").fill("0, 25");
  await sup.getByTestId("mistakes").getByText("Cross aisles rise from 0 to 20").waitFor();
  assert.ok(await sup.getByTestId("save-layout").isDisabled());
  await sup.getByTestId("grid-cross_aisles").fill("0, 8, 20");
  await sup.getByTestId("paste").fill("bin\tlevel\taisle\tcell\tzone\nA-02\t1\t0\t0\tA\nB-01\t2\t1\t0\tfront\nZ-99\t1\t1\t1\nA-03\tx\t0\t2\t");
  await sup.getByTestId("paste-apply").click();
  await sup.getByTestId("paste-faults").getByText("Z-99 is no bin of this house").waitFor();
  await sup.getByTestId("paste-faults").getByText("row 5").waitFor();
  await sup.getByTestId("mistakes").getByText("lies where A-01 lies").waitFor();
  await sup.getByLabel("level of A-02").fill("2");
  await until(sup, "mistakes", "data-count", "0");
  await looks(sup, "layout");
  await apart(sup);
  await sup.getByTestId("save-layout").click();
  await sup.getByTestId("save-layout").getByText("Saved", { exact: true }).waitFor();
  const layout = await ask(sup, "/layout");
  assert.deepEqual(layout.cross_aisles, [0, 8, 20]);
  const bin = await ask(sup, "/bins/A-02");
  assert.deepEqual([bin.aisle, bin.cell, bin.level, bin.max_weight_g], [0, 0, 2, 400000]);
  assert.equal((await ask(sup, "/bins/B-01")).zone, "front");
});

test("what somebody else changed meanwhile is not overwritten", o, async () => {
  await sup.goto(`${house.url}/floor/layout`);
  await sup.getByLabel("cell of C-05").fill("17");
  await sup.evaluate(() => fetch("/api/v1/bins/C-05", { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "pick", aisle: 2, cell: 4, level: 3, zone: "B" }) }));
  await sup.getByLabel("level of C-05").fill("4");
  await sup.getByTestId("save-layout").click();
  await sup.locator("[data-testid=fault][data-code=changed]").waitFor();
  assert.equal((await ask(sup, "/bins/C-05")).level, 3);
  await sup.getByTestId("drop-edits").click();
  await sup.waitForFunction(() => document.querySelector('[aria-label="level of C-05"]')?.value === "3");
});

test("the bench names the carton and draws how it is filled", o, async () => {
  const list = await house.released(sup, 88002, "Bo", [["FL-004", 2], ["FL-012", 3], ["FL-003", 2]]);
  const hand = await house.station(sup, "Fill", "handheld", "Tom");
  await scan(hand, list.id);
  await at(hand, "tote");
  const tote = await freeTote(sup);
  await walk(sup, hand, list, tote);
  await scan(hand, "STAGE-1");
  await until(hand, "verdict", "data-code", "list_done");
  const bench = await house.station(sup, "Fill bench", "bench", "Ben");
  await scan(bench, tote);
  await at(bench, "item");
  await bench.getByTestId("fill").waitFor();
  assert.equal(await bench.locator(".fill .unit").count(), 7, "every unit of the order lies somewhere");
  const carton = await bench.getByTestId("fill-carton").textContent();
  assert.ok((await ask(sup, "/cartons")).items.some((c) => c.code === carton), carton);
  await bench.locator(".verdict.off").waitFor({ state: "attached" });
  await look(bench, "bench-real-fill");
});

test("a lead blocks an aisle on the plan and opens it again", o, async () => {
  await sup.goto(`${house.url}/floor/plan`);
  await sup.getByTestId("block-aisle").selectOption("2");
  await sup.getByTestId("block-reason").fill("a spill");
  await sup.getByTestId("block").click();
  await sup.getByTestId("shut-2").waitFor({ state: "attached" });
  await looks(sup, "a blocked aisle");
  await sup.getByTestId("open-2").click();
  await sup.getByTestId("blocked-2").waitFor({ state: "detached" });
  assert.deepEqual((await ask(sup, "/floorplan")).blocked, []);
});

// Every state of the working screens, at its worst, from the smallest phone to a bench's screen, by day and by
// night: nothing off the edge, nothing cut off, nothing too small to hit, no serious finding of axe.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { notices, sheets, states, verdicts } from "../fake/states.mjs";
import { still } from "../fake/script.mjs";
import { floor, missing, page, pair, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { place, unfit } from "./measure.mjs";

const o = { skip: missing, timeout: 240_000 };
const SIZES = [[320, 568], [360, 640], [412, 800], [768, 1024], [1024, 768], [1280, 800]];
const LOOKED = new Set([360, 1024]);
const ONLY = process.env.ONLY; // one state, while it is worked on

const FLOOR = fileURLToPath(new URL("../../../floor/", import.meta.url));

test("every step that the floor can ask for stands in the table", () => {
  const asked = new Set();
  for (const file of readdirSync(FLOOR).filter((f) => f.endsWith(".go") && !f.endsWith("_test.go"))) {
    const text = readFileSync(FLOOR + file, "utf8");
    for (const m of text.matchAll(/&Next\{[^\n]*?Step: *"(\w+)"|\bn\.Step(?:, n\.\w+(?:\.\w+)?)* = "(\w+)"/g)) asked.add(m[1] ?? m[2]);
  }
  assert.ok(asked.size >= 14, `the floor's steps were found: ${[...asked]}`);
  const known = new Set(Object.keys(states).map((k) => k.split("/")[1].split(",")[0]));
  assert.deepEqual([...asked].filter((s) => !known.has(s)), [], "steps without a state in tests/fake/states.mjs");
});

async function at(station, next) {
  const f = await floor(still(next));
  const p = await page();
  await pair(p, f, station);
  return { f, p };
}

// judged measures a state at every size, and has axe look at two of them.
async function judged(p, name, found) {
  for (const [width, height] of SIZES) {
    await p.setViewportSize({ width, height });
    const faults = await unfit(p);
    found.push(...faults.map((x) => `${name} at ${width}: ${x}`));
    if (LOOKED.has(width)) await look(p, name).catch((e) => found.push(`${name} at ${width}: ${e.message}`));
  }
}

for (const station of ["handheld", "bench", "dock", "returns"]) {
  test(`every step at the ${station}, at every size`, o, async () => {
    const mine = Object.entries(states).filter(([name, [where]]) => where === station && (!ONLY || name.startsWith(ONLY)));
    if (mine.length === 0) return;
    const found = [];
    const { f, p } = await at(station, mine[0][1][1]);
    for (const [name, [, next]] of mine) {
      f.push({ type: "next", next });
      await p.locator(`.work[data-step=${next.step}]`).waitFor();
      if (next.title && !next.ask) await p.locator("[data-testid=title]", { hasText: next.title }).waitFor();
      await judged(p, name, found);
    }
    assert.equal(found.join("\n"), "");
  });
}

test("every sheet over them", o, async () => {
  const found = [];
  for (const [opener, name] of Object.entries(sheets)) {
    const [station, next] = states[name];
    const { p } = await at(station, next);
    await p.getByTestId(opener).click();
    await judged(p, `sheet ${opener}`, found);
    await p.context().close();
  }
  assert.equal(found.join("\n"), "");
});

test("what stands in place of the work", o, async () => {
  const found = [];
  const next = states["pick/item"][1];
  const f = await floor(still(next));
  const p = await page();
  await p.goto(`${f.url}/pair#K7M2QX&kind=handheld&name=Handheld%201`);
  await p.getByTestId("send").click();
  await p.getByTestId("shift-start").waitFor();
  await judged(p, "start of shift", found);
  await p.getByTestId("shift-start").click();
  for (const [code, state] of [[4409, "elsewhere"], [4426, "old"], [4401, "signin"], [4403, "forbidden"]]) {
    for (const s of f.sockets) s.close(code);
    await until(p, "link", "data-state", state);
    await judged(p, `closed with ${code}`, found);
    await p.reload();
    await until(p, "link", "data-state", "live");
  }
  f.cut();
  await until(p, "link", "data-state", "offline");
  await p.keyboard.type("X-2");
  await p.keyboard.press("Enter");
  await until(p, "amber", "data-count", "1");
  await judged(p, "out of reach, with a scan waiting", found);
  f.back();
  await p.getByTestId("missed").waitFor();
  await judged(p, "not accepted from the time offline", found);
  assert.equal(found.join("\n"), "");
});

test("every class of verdict, and what others changed", o, async () => {
  const found = [];
  const [station, next] = states["pick/item"];
  const { f, p } = await at(station, next);
  f.silent = true;
  await p.clock.install(); // a verdict that fades stays for as long as it is looked at
  for (const v of verdicts) {
    const heard = f.heard("X-2");
    await p.keyboard.type("X-2");
    await p.keyboard.press("Enter");
    await heard;
    f.say(v);
    await until(p, "verdict", "data-class", v.class);
    await judged(p, `verdict ${v.class}`, found);
  }
  for (const list of notices) {
    f.push({ type: "next", next: { ...next, notices: list } });
    await p.getByTestId("notices").getByText(list[0].say).waitFor();
    await judged(p, `notices ${list[0].code}`, found);
    await p.getByTestId("notices-ok").click();
  }
  assert.equal(found.join("\n"), "");
});

test("the place is 48 px and more on a line or two; one that is too long shrinks and is whole", o, async () => {
  const { f, p } = await at("handheld", states["pick/bin"][1]);
  for (const [name, least, lines] of [["pick/bin", 48, 1], ["pick/bin, twelve characters", 48, 2], ["pick/bin, too long", 28, 3]]) {
    const next = states[name][1];
    f.push({ type: "next", next });
    await p.locator("[data-testid=title]", { hasText: next.title }).waitFor();
    for (const [width, height] of SIZES) {
      await p.setViewportSize({ width, height });
      const seen = await place(p);
      assert.ok(seen && seen.size >= least && seen.lines <= lines && !seen.cut && seen.text === next.title, `${name} at ${width}: ${JSON.stringify(seen)}`);
    }
  }
});

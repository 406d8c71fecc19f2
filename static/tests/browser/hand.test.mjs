// A device held in the left hand: what the thumb taps is a mirror image, and it stays so on this device.

import assert from "node:assert/strict";
import { test } from "node:test";
import { still, stills } from "../fake/script.mjs";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";
import { look } from "./eyes.mjs";

const o = { skip: missing, timeout: 60_000 };

// middles are where things lie, as shares of the screen's width.
async function middles(p, ...parts) {
  const { width } = p.viewportSize();
  return Promise.all(
    parts.map(async (x) => {
      const b = await x.boundingBox();
      return (b.x + b.width / 2) / width;
    }),
  );
}

// thumb is what is tapped most, by name.
const thumb = (p) => [p.getByTestId("action-short"), p.getByTestId("action-skip"), p.getByTestId("menu")];

async function turnLeft(p) {
  await p.getByTestId("menu").click();
  await p.getByTestId("left-hand").click();
  await p.locator("html[data-hand=left]").waitFor();
}

test("the left hand has the mirror image of the right, and keeps it", o, async () => {
  const f = await floor();
  const p = await page();
  await pair(p, f);
  await signIn(p);
  await p.getByTestId("job-PL-0042-K").click();
  await at(p, "tote");
  await scan(p, "T-0001-C");
  await at(p, "bin");
  await p.locator(".verdict.off").waitFor({ state: "attached" });
  const right = await middles(p, ...thumb(p));
  await turnLeft(p);
  const [back] = await middles(p, p.getByTestId("sheet-close"));
  assert.ok(back < 0.5, "the way back is under the left thumb");
  await p.getByTestId("sheet-close").click();
  const left = await middles(p, ...thumb(p));
  right.forEach((x, i) => assert.ok(Math.abs(x + left[i] - 1) < 0.03, `${x} is mirrored to ${left[i]}`));
  await p.getByTestId("action-qty").click();
  const [all, ok] = await middles(p, p.getByTestId("pad-all"), p.getByTestId("pad-ok"));
  assert.ok(ok < all, "what counts is at the thumb");
  await look(p, "left hand");
  await p.reload();
  await at(p, "bin");
  assert.deepEqual(await middles(p, ...thumb(p)), left);
});

test("the way on is at the thumb's side, on a phone and on a tablet", o, async () => {
  for (const width of [360, 768]) {
    const f = await floor(still(stills.benchWeigh));
    const p = await page({ width, height: 900 });
    await pair(p, f, "bench");
    await p.getByTestId("pad-ok").waitFor();
    await p.getByTestId("action-undo").waitFor();
    f.push({ type: "next", next: { ...f.next, actions: ["undo", "swap", "leave"] } });
    const [undo, way] = [p.getByTestId("action-undo"), p.getByTestId("action-swap")];
    await way.waitFor();
    const [r, on] = await middles(p, undo, way);
    assert.ok(on > r, `at ${width} px the way on is right of the rest`);
    await turnLeft(p);
    await p.getByTestId("sheet-close").click();
    const [l, onLeft] = await middles(p, undo, way);
    assert.ok(onLeft < l, `at ${width} px the way on is left of the rest`);
    await until(p, "verdict", "data-class", "");
    assert.deepEqual(p.faults, []);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";
import { still, stills } from "../fake/script.mjs";
import { look } from "./eyes.mjs";

// The screens of work in states that a real house reaches seldom, by day and by night; screens.test.mjs has the rest.

const o = { skip: missing, timeout: 120_000 };

test("the handheld at 320 and 360 px", o, async () => {
  const f = await floor();
  const p = await page();
  await pair(p, f);
  await look(p, "badge");
  await signIn(p);
  await p.locator(".verdict.off").waitFor({ state: "attached" });
  await look(p, "jobs");
  await p.getByTestId("job-PL-0042-K").click();
  await at(p, "tote");
  await scan(p, "T-0001-C");
  await at(p, "bin");
  const size = await p.getByTestId("title").evaluate((el) => parseFloat(getComputedStyle(el).fontSize));
  assert.ok(size >= 48, `the place is ${size} px`);
  for (const b of await p.locator(".actions button").all()) assert.ok((await b.boundingBox()).height >= 56);
  await p.locator(".verdict.off").waitFor({ state: "attached" });
  await look(p, "bin");
  await scan(p, "WRONG-CODE");
  await until(p, "verdict", "data-class", "refused");
  await look(p, "refused");
  await p.getByTestId("verdict-ok").click();
  for (const sheet of ["action-short", "action-qty", "menu", "type"]) {
    await p.getByTestId(sheet).click();
    await p.locator(".sheet").waitFor();
    await look(p, sheet);
    await p.getByTestId("sheet-close").click();
  }
  await p.setViewportSize({ width: 320, height: 560 });
  await look(p, "bin at 320");
  f.cut();
  await until(p, "link", "data-state", "offline");
  await scan(p, "B-A-01-03-7");
  await at(p, "item");
  await look(p, "offline at 320");
  const slot = await p.getByTestId("slot").boundingBox();
  assert.ok(slot.x + slot.width <= 320, "the slot is whole beside the quantity");
});

test("of a long order, the line in the hand is in sight on the bench", o, async () => {
  const { item, ...shown } = stills.benchItem.show;
  const lines = Array.from({ length: 24 }, (_, i) => ({ sku: i === 20 ? item.sku : `TEA-${i}`, name: "Green tea, 100 g", qty: 2, done: i < 20 ? 2 : 0 }));
  const f = await floor(still({ ...stills.benchItem, show: { ...shown, item, lines } }));
  const p = await page({ width: 1280, height: 800 });
  await pair(p, f, "bench");
  const list = await p.locator(".lines").boundingBox();
  const line = await p.locator(".lines li.now").boundingBox();
  assert.ok(line.y >= list.y && line.y + line.height <= list.y + list.height, `line ${line.y} in ${list.y} to ${list.y + list.height}`);
  assert.equal(await p.evaluate(() => window.scrollY), 0);
});

test("the bench shows how the carton is filled, layer by layer", o, async () => {
  const f = await floor(still(stills.benchFill));
  const p = await page({ width: 1280, height: 800 });
  await pair(p, f, "bench");
  await p.getByTestId("fill").waitFor();
  assert.equal(await p.locator(".fill svg").count(), 3, "a picture for each layer");
  assert.equal(await p.locator(".fill .unit").count(), 10, "every unit lies somewhere");
  assert.equal(await p.locator(".fill .unit.now").count(), 2, "what is to be put in now stands out");
  await p.getByTestId("fill").getByText("2 × Green tea").waitFor();
  for (const layer of await p.locator(".fill svg").all()) {
    const box = await layer.locator(".inner").boundingBox();
    for (const unit of await layer.locator(".unit rect").all()) {
      const u = await unit.boundingBox();
      assert.ok(u.x >= box.x - 1 && u.y >= box.y - 1 && u.x + u.width <= box.x + box.width + 1 && u.y + u.height <= box.y + box.height + 1, "inside the carton");
    }
  }
  await look(p, "bench fill");
  await p.setViewportSize({ width: 1920, height: 1080 });
  await look(p, "bench fill", ["light"]);
  await p.setViewportSize({ width: 360, height: 740 });
  await look(p, "bench fill", ["light"]);
});

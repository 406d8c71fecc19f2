import assert from "node:assert/strict";
import { test } from "node:test";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";
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

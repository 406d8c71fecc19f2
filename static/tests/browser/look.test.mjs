import assert from "node:assert/strict";
import { test } from "node:test";
import { still, stills } from "../fake/script.mjs";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";
import { clean } from "./eyes.mjs";

// The screens of work in states that a real house reaches seldom, by day and by night; screens.test.mjs has the rest.

const o = { skip: missing, timeout: 120_000 };
for (const scheme of ["light", "dark"]) {
  test(`the handheld at 320 and 360 px, ${scheme}`, o, async () => {
    const f = await floor();
    const p = await page({ scheme });
    await pair(p, f);
    await clean(p, "badge");
    await signIn(p);
    await p.locator(".verdict.off").waitFor({ state: "attached" });
    await clean(p, "jobs");
    await p.getByTestId("job-PL-0042-K").click();
    await at(p, "tote");
    await scan(p, "T-0001-C");
    await at(p, "bin");
    const size = await p.getByTestId("title").evaluate((el) => parseFloat(getComputedStyle(el).fontSize));
    assert.ok(size >= 48, `the place is ${size} px`);
    for (const b of await p.locator(".actions button").all()) assert.ok((await b.boundingBox()).height >= 56);
    await p.locator(".verdict.off").waitFor({ state: "attached" });
    await clean(p, "bin");
    await scan(p, "WRONG-CODE");
    await until(p, "verdict", "data-class", "refused");
    await clean(p, "refused");
    await p.getByTestId("verdict-ok").click();
    for (const sheet of ["action-short", "action-qty", "menu", "type"]) {
      await p.getByTestId(sheet).click();
      await p.locator(".sheet").waitFor();
      await clean(p, sheet);
      await p.getByTestId("sheet-close").click();
    }
    await p.setViewportSize({ width: 320, height: 560 });
    await clean(p, "bin at 320");
    f.cut();
    await until(p, "link", "data-state", "offline");
    await scan(p, "B-A-01-03-7");
    await at(p, "item");
    await clean(p, "offline at 320");
  });

  test(`the bench and the dock, ${scheme}`, o, async () => {
    for (const [name, next] of Object.entries(stills)) {
      const f = await floor(still(next));
      const p = await page({ width: 1280, height: 800, scheme });
      await pair(p, f, name === "dock" ? "dock" : "bench");
      await at(p, next.step);
      await clean(p, name);
      await p.context().close();
    }
  });
}

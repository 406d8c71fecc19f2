import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { still, stills } from "../fake/script.mjs";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";

// Every screen, by day and by night: no serious finding of axe, contrast of 7:1, nothing off the edge.

const o = { skip: missing, timeout: 120_000 };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function clean(p, where) {
  await p.evaluate(axe);
  await p.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))));
  const found = await p.evaluate(() => window.axe.run(document, { rules: { "color-contrast-enhanced": { enabled: true } }, resultTypes: ["violations"] }));
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const told = serious.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.any[0]?.message ?? ""}`).join("; ")}`);
  assert.deepEqual(told, [], where);
  const over = await p.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${where} is ${over} px wider than the screen`);
  assert.deepEqual(p.faults, [], where);
}

const doors = ["/", "/pair", "/claim", "/signin", "/handheld"];
const pages = ["", "/orders", "/orders/O-000100-C", "/waves", "/picklists/PL-0042-K", "/items", "/bins", "/stock?sku=MUG-RED", "/import", "/manifests", "/devices", "/events"];

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

  test(`the doors and the floor's pages, ${scheme}`, o, async () => {
    const f = await floor();
    f.rest.orders = 14;
    for (const width of [360, 1280]) {
      const p = await page({ width, height: 800, scheme });
      for (const path of [...doors, ...pages.map((x) => `/floor${x}`)]) {
        await p.goto(f.url + path);
        await p.locator("h1").first().waitFor({ state: "attached" });
        await p.waitForLoadState("networkidle");
        await clean(p, `${path} at ${width}`);
      }
      await p.context().close();
    }
  });
}

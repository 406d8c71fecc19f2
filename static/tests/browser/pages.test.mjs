// Every page there is, in a house with something on each: no serious finding of axe by day or by night, nothing
// off the edge from a phone to a desk. A page that is new fails until it stands here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";
import { page } from "./browser.mjs";

const o = { skip: unbuilt, timeout: 300_000 };
const ROOT = fileURLToPath(new URL("../../src/", import.meta.url));
const TABLES = ["main.tsx", "floor/floor.tsx"];

openHouse();

// Where each pattern of the tables of pages is seen. A list gives more than one way to see it.
const seen = {
  "^\\/$": ["/"],
  "^\\/pair$": ["/pair", "/pair#0123456789&kind=bench&name=Bench%207"],
  "^\\/claim$": ["/claim"],
  "^\\/signin$": ["/signin"],
  "^\\/handheld$": ["/handheld"],
  "^\\/bench$": ["/bench"],
  "^\\/dock$": ["/dock"],
  "^\\/returns$": ["/returns"],
  "^\\/floor(\\/.*)?$": ["/floor/nowhere"],
  "^\\/floor\\/?$": ["/floor"],
  "^\\/floor\\/plan$": ["/floor/plan"],
  "^\\/floor\\/layout$": ["/floor/layout"],
  "^\\/floor\\/orders$": ["/floor/orders", "/floor/orders?status=dispatched"],
  "^\\/floor\\/orders\\/([^/]+)$": ["/floor/orders/ORDER", "/floor/orders/O-999999-X"],
  "^\\/floor\\/waves$": ["/floor/waves"],
  "^\\/floor\\/walls\\/([^/]+)$": ["/floor/walls/W-999999-X"],
  "^\\/floor\\/picklists\\/([^/]+)$": ["/floor/picklists/LIST", "/floor/picklists/PL-9999-X"],
  "^\\/floor\\/cutoffs$": ["/floor/cutoffs"],
  "^\\/floor\\/carriers$": ["/floor/carriers"],
  "^\\/floor\\/items$": ["/floor/items", "/floor/items?q=nothing-like-it"],
  "^\\/floor\\/bins$": ["/floor/bins"],
  "^\\/floor\\/stock$": ["/floor/stock", "/floor/stock?q=nothing-like-it", "/floor/stock?sku=ITEM", "/floor/stock?bin=A-01", "/floor/stock?tote=T-9999-X", "/floor/stock?receipt=RC-99999-X"],
  "^\\/floor\\/counts$": ["/floor/counts"],
  "^\\/floor\\/purchases$": ["/floor/purchases"],
  "^\\/floor\\/purchases\\/([^/]+)$": ["/floor/purchases/PO-99999-X"],
  "^\\/floor\\/returns$": ["/floor/returns"],
  "^\\/floor\\/returns\\/([^/]+)$": ["/floor/returns/RT-99999-X"],
  "^\\/floor\\/reorder$": ["/floor/reorder", "/floor/reorder?advice=dead"],
  "^\\/floor\\/reorder\\/([^/]+)$": ["/floor/reorder/ITEM", "/floor/reorder/NONE"],
  "^\\/floor\\/import$": ["/floor/import"],
  "^\\/floor\\/manifests$": ["/floor/manifests"],
  "^\\/floor\\/devices$": ["/floor/devices"],
  "^\\/floor\\/prints$": ["/floor/prints"],
  "^\\/floor\\/events$": ["/floor/events"],
};
const besides = ["/nowhere", "/api/docs"];

// patterns are read from the tables themselves.
const patterns = TABLES.flatMap((file) => [...readFileSync(ROOT + file, "utf8").matchAll(/^ {2}\[\/(\S+)\/, /gm)].map((m) => m[1]));

test("every page of the tables of pages is looked at", () => {
  assert.ok(patterns.length >= 20, `${patterns.length} patterns were read`);
  assert.deepEqual(patterns.filter((x) => !seen[x]), [], "pages that this test does not know");
  assert.deepEqual(Object.keys(seen).filter((x) => !patterns.includes(x)), [], "pages that are gone");
  for (const [pattern, paths] of Object.entries(seen)) for (const p of paths) assert.match(p.split(/[?#]/)[0], new RegExp(pattern));
});

// judged looks at a page at a desk by day and by night, on a phone, and measures it on the smallest.
async function judged(p, path, found) {
  await p.setViewportSize({ width: 1280, height: 800 });
  await p.goto(house.url + path);
  const say = (where) => (e) => found.push(`${path} ${where}: ${e.message}`);
  await p.waitForLoadState("networkidle");
  await p.locator("h1").first().waitFor({ state: "attached", timeout: 3_000 }).catch(say("has no heading"));
  await look(p, `page ${path}`).catch(say("at a desk"));
  await p.setViewportSize({ width: 360, height: 640 });
  await look(p, `page ${path}`, ["light"]).catch(say("on a phone"));
  for (const width of [320, 412, 768, 1024]) {
    await p.setViewportSize({ width, height: 800 });
    const over = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${path} is ${over} px too wide at ${width}`);
  }
  p.faults.length = 0;
}

test("every page, signed in", o, async () => {
  const { order, id } = await house.released(sup, 73001, `<b>Zoë</b> ${"Österreicher-Nguyễn ".repeat(3)}`, [["FL-001", 2], ["FL-002", 1]]);
  const found = [];
  for (const paths of Object.values(seen)) {
    for (const path of paths) await judged(sup, path.replace("ORDER", order).replace("LIST", id).replace("ITEM", "FL-001"), found);
  }
  for (const path of besides) await judged(sup, path, found);
  assert.equal(found.join("\n"), "");
});

test("on a phone both rows of the way around show where one is", o, async () => {
  await sup.setViewportSize({ width: 360, height: 640 });
  for (const path of ["/floor/reorder", "/floor/purchases", "/floor/events", "/floor/carriers"]) {
    await sup.goto(house.url + path);
    const entries = sup.locator(".ways [aria-current]");
    await entries.nth(1).waitFor();
    for (const box of [await entries.nth(0).boundingBox(), await entries.nth(1).boundingBox()]) {
      assert.ok(box.x > -1 && box.x + box.width < 361, `${path}: its entry stands from ${box.x} to ${box.x + box.width}`);
    }
  }
});

test("the doors, for somebody who is a stranger", o, async () => {
  const p = await page();
  const found = [];
  for (const path of ["/", "/pair", "/claim", "/signin", "/handheld", "/floor"]) await judged(p, path, found);
  assert.equal(found.join("\n"), "");
});

test("the dialogs of the desk", o, async () => {
  const found = [];
  const over = async (path, open) => {
    await sup.setViewportSize({ width: 1280, height: 800 });
    await sup.goto(house.url + path);
    await sup.waitForLoadState("networkidle");
    await open(sup);
    await sup.locator("dialog[open], [role=dialog]").first().waitFor();
    for (const width of [1280, 360]) {
      await sup.setViewportSize({ width, height: 800 });
      await look(sup, `dialog ${path}`, width === 1280 ? undefined : ["light"]).catch((e) => found.push(`${path} at ${width}: ${e.message}`));
    }
  };
  const { items } = await ask(sup, "/devices?limit=1");
  await over("/floor/devices", (p) => p.getByTestId(`remove-${items[0].id}`).click());
  await over("/floor/devices", (p) => p.getByTestId(`device-row-${items[0].id}`).getByTestId("printer-of").click());
  await over("/floor/devices", (p) => p.getByTestId("new-worker").click());
  await over("/floor/stock", (p) => p.getByTestId("adjust").click());
  for (const path of ["/floor/bins", "/floor/items", "/floor/manifests", "/floor/prints"]) await over(path, (p) => p.getByTestId("new").click());
  assert.equal(found.join("\n"), "");
});

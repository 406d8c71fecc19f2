// Every screen of the real program with the demo's data, by day and by night, on the way of an
// order whose every name is markup: it stays text wherever it is shown.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at, page, scan, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, inWalk, openHouse, sup, unbuilt, units } from "./house.mjs";

const o = { skip: unbuilt, timeout: 150_000 };
const MARKUP = `<img src=x onerror="document.title='owned'"><b>Zoë</b>`;
let list;

openHouse();

// settled waits until a verdict has faded or been understood, so that the screen under it is judged.
async function settled(p) {
  if (await p.getByTestId("verdict-ok").isVisible()) await p.getByTestId("verdict-ok").click();
  await p.locator(".verdict.off").waitFor({ state: "attached" });
}

// looks judges a screen as wide as it is meant to be, and as a phone or a desk would show it.
async function looks(p, where) {
  const own = p.viewportSize();
  await look(p, where);
  await p.setViewportSize(own.width === 360 ? { width: 1280, height: 800 } : { width: 360, height: 640 });
  await look(p, where, ["light"]);
  await p.setViewportSize(own);
}

async function asText(p) {
  assert.notEqual(await p.title(), "owned");
  assert.equal(await p.locator("img[src=x]").count(), 0);
  assert.deepEqual(p.faults, []);
}

// markedItem puts an item whose name is markup into the house, by the file page, with stock in a bin.
async function markedItem() {
  const send = async (kind, text) => {
    await sup.goto(`${house.url}/floor/import`);
    await sup.getByTestId("import-kind").selectOption(kind);
    await sup.getByTestId("import-file").setInputFiles({ name: `${kind}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) });
    await sup.getByTestId("import").click();
    await until(sup, "import-result", "data-dry", "false");
  };
  const name = MARKUP.replaceAll('"', '""');
  await send("items", `sku,name,barcode,weight_g\nXSS-1,"${name}",4006381333931,300\n`);
  await send("stock", "bin,sku,qty\nA-01,XSS-1,20\n");
}

test("the handheld, from its pairing to the stage", o, async () => {
  await markedItem();
  const order = await house.released(sup, 72001, MARKUP, [["XSS-1", 2], ["FL-015", 1]]);
  list = order;
  const hand = await house.paired(sup, MARKUP.slice(0, 40), "handheld");
  await at(hand, "badge");
  await looks(hand, "hand-badge");
  await house.badge(hand, "Mia");
  await settled(hand);
  await looks(hand, "hand-jobs");
  await scan(hand, list.id);
  await at(hand, "tote");
  await settled(hand);
  await looks(hand, "hand-tote");
  await scan(hand, await freeTote(sup));
  for (const line of await inWalk(sup, list)) {
    await (line.sku === "XSS-1" ? lookedAt(hand, line) : pick(hand, line));
  }
  await at(hand, "stage");
  await settled(hand);
  await looks(hand, "hand-stage");
  await scan(hand, "STAGE-1");
  await at(hand, "start");
  await asText(hand);
});

async function pick(hand, line) {
  await at(hand, "bin");
  await scan(hand, line.bin);
  await at(hand, "item");
  await units(hand, await barcode(sup, line.sku), line.qty);
}

// lookedAt picks a line and judges all that is shown on the way.
async function lookedAt(hand, line) {
  await at(hand, "bin");
  await settled(hand);
  await looks(hand, "hand-bin");
  await scan(hand, await barcode(sup, "FL-004"));
  await until(hand, "verdict", "data-class", "refused");
  await looks(hand, "hand-refused");
  await above(hand.getByTestId("belongs"), hand.getByTestId("verdict-ok"));
  await above(hand.getByTestId("verdict-ok"), hand.locator(".actions"));
  await scan(hand, line.bin);
  await at(hand, "item");
  await settled(hand);
  await looks(hand, "hand-item");
  await hand.getByTestId("action-short").click();
  await looks(hand, "hand-short");
  await units(hand, await barcode(sup, line.sku), line.qty);
}

// above says that one thing is in sight over another: nobody scrolls with gloves.
async function above(one, other) {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  assert.ok(a.y >= 0 && a.y + a.height <= b.y, `${JSON.stringify(a)} is over ${JSON.stringify(b)}`);
}

test("the bench, from its pairing to a label read back, and the names on that label", o, async () => {
  const bench = await house.paired(sup, "Bench 21", "bench");
  await at(bench, "badge");
  await looks(bench, "bench-badge");
  await house.badge(bench, "Ben");
  await settled(bench);
  await looks(bench, "bench-jobs");
  await scan(bench, list.order);
  for (const line of list.lines) {
    await at(bench, "item");
    await settled(bench);
    await looks(bench, `bench-item-${line.line}`);
    await units(bench, await barcode(sup, line.sku), line.qty);
  }
  await at(bench, "carton");
  await settled(bench);
  await looks(bench, "bench-carton");
  await scan(bench, (await ask(sup, "/cartons")).items[1].label);
  await at(bench, "weigh");
  await settled(bench);
  await looks(bench, "bench-weigh");
  for (const d of await bench.getByTestId("weigh").getAttribute("data-expected")) await bench.getByTestId(`key-${d}`).click();
  await bench.getByTestId("pad-ok").click();
  await at(bench, "label");
  await bench.getByTestId("label-link").waitFor();
  await settled(bench);
  await looks(bench, "bench-label");
  await above(bench.getByTestId("print"), bench.locator(".actions"));
  await above(bench.locator(".label iframe"), bench.locator(".actions"));
  const { tracking } = (await ask(sup, `/orders/${list.order}`)).parcels[0];
  assert.match(await words(tracking), /<img src=x/);
  await scan(bench, tracking);
  await at(bench, "start");
  await asText(bench);
});

// words are what is written on a parcel's label.
async function words(tracking) {
  const pdf = await sup.evaluate((t) => fetch(`/api/v1/parcels/${t}/label.pdf`).then(async (r) => [...new Uint8Array(await r.arrayBuffer())]), tracking);
  const file = join(house.data, `${tracking}.pdf`);
  writeFileSync(file, Buffer.from(pdf));
  return execFileSync("pdftotext", [file, "-"]).toString();
}

test("the dock, from its pairing to the truck's doors", o, async () => {
  const dock = await house.station(sup, "Dock 21", "dock", "Tom");
  await settled(dock);
  await looks(dock, "dock-jobs");
  await dock.getByTestId("jobs").getByText("swift").first().click();
  await at(dock, "parcel");
  await settled(dock);
  await looks(dock, "dock-parcel");
  await scan(dock, "B-A-01-9");
  await until(dock, "verdict", "data-class", "refused");
  await looks(dock, "dock-refused");
  await scan(dock, (await ask(sup, `/orders/${list.order}`)).parcels[0].tracking);
  await at(dock, "close");
  await settled(dock);
  await looks(dock, "dock-close");
  await asText(dock);
});

const doors = ["/", "/pair", "/claim", "/signin"];
const pages = ["", "/orders", "/waves", "/items?q=XSS", "/items", "/bins", "/stock", "/import", "/manifests", "/devices", "/prints", "/events"];

test("the doors and the supervisor's pages, wide and narrow", o, async () => {
  const all = [...doors, ...pages.map((x) => `/floor${x}`), `/floor/orders/${list.order}`, `/floor/picklists/${list.id}`, "/api/docs"];
  for (const path of all) {
    await sup.setViewportSize({ width: 1280, height: 800 });
    await sup.goto(house.url + path);
    await sup.locator("h1").first().waitFor({ state: "attached" });
    await sup.waitForLoadState("networkidle");
    await look(sup, `page ${path}`);
    await sup.setViewportSize({ width: 360, height: 640 });
    await look(sup, `page ${path}`, ["light"]);
    await asText(sup);
  }
});

test("a page that is nowhere says so", o, async () => {
  const p = await page();
  await p.goto(`${house.url}/nowhere`);
  await p.getByText("No such page").waitFor();
  await look(p, "nowhere");
});

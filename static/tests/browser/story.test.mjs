// The whole way of one order through the real program: a file on the supervisor's page, wedge keystrokes at
// the handheld, the bench and the dock, and a page of the supervisor's that nobody touches meanwhile.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { at, scan } from "./browser.mjs";
import { ask, barcode, freeTote, House, pickList, unbuilt, units, walk } from "./house.mjs";

const o = { skip: unbuilt, timeout: 120_000 };
const MARKUP = `Zoë <img src=x onerror="document.title='owned'">`;
let house;

before(async () => {
  if (!unbuilt) house = await House.open();
});

after(() => house?.close());

// shows waits until an untouched page shows a state, and notes how long that took.
const took = {};
async function shows(watch, status, since) {
  await watch.locator(`[data-testid=order-status]`, { hasText: status }).waitFor({ timeout: 10_000 });
  took[status] = Date.now() - since;
}

test("an order goes from a Shopify file to the truck by scans alone, and the supervisor sees each step", o, async () => {
  const sup = await house.desk();
  const hand = await house.station(sup, "Handheld 7", "handheld", "Mia");
  const bench = await house.station(sup, "Bench 7", "bench", "Ben");
  const dock = await house.station(sup, "Dock 7", "dock", "Tom");
  const id = await house.imported(sup, 70001, MARKUP, [["FL-001", 2], ["FL-002", 1]]);

  const watch = await sup.context().newPage();
  await watch.goto(`${house.url}/floor/orders/${id}`);
  await watch.locator("[data-testid=order-status]", { hasText: "received" }).waitFor();
  let since = Date.now();
  await sup.getByTestId("release").click();
  await shows(watch, "released", since);

  const list = await pickList(sup, id);
  const tote = await freeTote(sup);
  since = Date.now();
  await scan(hand, list.id);
  await shows(watch, "picking", since);
  await walk(sup, hand, list, tote);
  since = Date.now();
  await scan(hand, "STAGE-1");
  await shows(watch, "picked", since);

  since = Date.now();
  await scan(bench, tote);
  await shows(watch, "packing", since);
  for (const line of list.lines) {
    await units(bench, await barcode(sup, line.sku), line.qty);
  }
  await at(bench, "carton");
  await scan(bench, (await ask(sup, "/cartons")).items[0].label);
  await at(bench, "weigh");
  const weight = await expectedWeight(sup, id);
  for (const digit of String(weight)) await bench.getByTestId(`key-${digit}`).click();
  await bench.getByTestId("pad-ok").click();
  await at(bench, "label");
  const parcel = (await ask(sup, `/orders/${id}`)).parcels[0];
  since = Date.now();
  await scan(bench, parcel.tracking);
  await shows(watch, "packed", since);

  await dock.getByTestId("jobs").getByText("swift").first().click();
  await at(dock, "parcel");
  await scan(dock, parcel.tracking);
  await at(dock, "close");
  since = Date.now();
  await scan(dock, "C-CLOSE");
  await shows(watch, "dispatched", since);
  console.log(`  on the untouched page after: ${Object.entries(took).map(([s, ms]) => `${s} ${ms} ms`).join(", ")}`);
  // The promise is a second; one state may be late where other work has the machine for a moment.
  const times = Object.values(took).sort((a, b) => a - b);
  assert.ok(times.at(-2) < 1_000, `two states took more than a second: ${times}`);

  assert.match(await labelCodes(sup, parcel.tracking), new RegExp(`${parcel.tracking}[^]*${parcel.sscc}|${parcel.sscc}[^]*${parcel.tracking}`));
  for (const p of [sup, hand, bench, dock]) {
    assert.deepEqual(p.faults, []);
    assert.notEqual(await p.title(), "owned");
  }
  assert.notEqual(await watch.title(), "owned");
});

async function expectedWeight(sup, id) {
  const order = await ask(sup, `/orders/${id}`);
  let grams = (await ask(sup, "/cartons")).items[0].tare_g;
  for (const line of order.lines) grams += line.ordered * (await ask(sup, `/items/${line.sku}`)).weight_g;
  return grams;
}

// labelCodes prints the label at 203 dpi and reads it with a reader that is not ours.
async function labelCodes(sup, tracking) {
  const pdf = await sup.evaluate(async (t) => {
    const bytes = new Uint8Array(await (await fetch(`/api/v1/parcels/${t}/label.pdf`)).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  }, tracking);
  const file = join(house.data, `${tracking}.pdf`);
  writeFileSync(file, Buffer.from(pdf, "base64"));
  execFileSync("pdftoppm", ["-r", "203", "-png", "-singlefile", file, join(house.data, tracking)]);
  return execFileSync("zbarimg", ["-q", join(house.data, `${tracking}.png`)]).toString();
}

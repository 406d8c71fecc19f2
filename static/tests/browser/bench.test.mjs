// A hard order packed by nothing but scans, and a tote of single units: the bench has no need of fingers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, HAND_MS, house, openHouse, sup, unbuilt } from "./house.mjs";
import { plainly, released, send } from "./plain.mjs";

const o = { skip: unbuilt, timeout: 150_000 };
openHouse();

const UK = { name: "Sam Carter", lines: ["221B Baker Street"], city: "London", postcode: "NW1 6XE", country: "GB", note: "Happy birthday, from all of us!" };

// ready waits until a flash is over, so that a picture shows the prompt.
const ready = (p) => p.locator(".verdict.off").waitFor({ state: "attached" });

// told scans a code and waits for the verdict on it.
async function told(p, code, verdict) {
  const before = await p.getByTestId("verdict").getAttribute("data-id");
  await p.waitForTimeout(HAND_MS);
  await scan(p, code);
  await p.waitForFunction((id) => {
    const v = document.querySelector("[data-testid=verdict]").dataset;
    return v.id !== id && v.code !== "";
  }, before);
  assert.equal(await p.getByTestId("verdict").getAttribute("data-code"), verdict, `${code}: ${await p.getByTestId("verdict").textContent()}`);
}

const tracked = async (tracking) => (await ask(sup, "/items?limit=200")).items.find((i) => i.tracking === tracking).sku;

test("two parcels, a short, a damaged unit, an undo, a serial and a lot, with nothing but scans", o, async () => {
  const [lot, serial] = [await tracked("lot"), await tracked("serial")];
  const [mug, tea] = ["FL-001", "FL-002"];
  const item = await ask(sup, `/items/${mug}`);
  await send(sup, "PUT", `/items/${mug}`, { name: item.name, barcodes: item.barcodes, size_mm: item.size_mm, weight_g: item.weight_g, price_cents: item.price_cents,
    instructions: "Two layers of bubble wrap", fragile: true, hazard: "UN3481" });
  const { order, list } = await released(sup, { channel: "web", external_id: "hard-1", ship_to: UK, service: "standard", instructions: "No price inside",
    lines: [{ sku: mug, qty: 3, price_cents: 1290 }, { sku: tea, qty: 2, price_cents: 990 }, { sku: lot, qty: 1, price_cents: 500 }, { sku: serial, qty: 1, price_cents: 4990 }] });
  await plainly(sup, house.badges.Mia, "handheld", "pick", list);
  const bench = await house.station(sup, "Bench 71", "bench", "Ben");
  const [mugCode, teaCode, lotCode, serialCode] = [await barcode(sup, mug), await barcode(sup, tea), await barcode(sup, lot), await barcode(sup, serial)];

  await scan(bench, (await ask(sup, `/orders/${order}`)).totes[0]);
  await at(bench, "item");
  await bench.getByTestId("heed").getByText("Two layers of bubble wrap").waitFor();
  await bench.getByTestId("gift").getByText("Happy birthday").waitFor();
  await bench.getByTestId("hints").waitFor();
  for (const [width, height] of [[1280, 720], [1920, 1080], [360, 640]]) {
    await bench.setViewportSize({ width, height });
    await ready(bench);
    await look(bench, "bench item");
    const qty = await bench.locator(".qty b").evaluate((el) => parseFloat(getComputedStyle(el).fontSize));
    assert.ok(qty >= (width > 1000 ? 120 : 72), `the quantity is ${qty} px at ${width}`);
  }
  await bench.setViewportSize({ width: 1280, height: 720 });

  await told(bench, "C-HELP", "help");
  await bench.getByTestId("help").getByText("C-SHORT").waitFor();
  await ready(bench);
  await look(bench, "bench help");
  await told(bench, mugCode, "verified");
  assert.equal(await bench.getByTestId("help").count(), 0, "the next scan closes the help");
  await told(bench, mugCode, "verified");
  await told(bench, "C-UNDO", "undone");
  await told(bench, mugCode, "verified");
  await told(bench, "C-DAMAGED", "damaged_next");
  await ready(bench);
  await look(bench, "bench damaged");
  await told(bench, mugCode, "put_aside"); // the third one
  await told(bench, teaCode, "verified");
  await told(bench, "C-SHORT", "asked");
  await bench.getByTestId("ask").waitFor();
  await ready(bench);
  await look(bench, "bench short");
  await told(bench, "C-ANSWER1", "shorted");
  await told(bench, "C-NEW", "parcel_new");
  await told(bench, lotCode, "verified");
  await bench.getByTestId("open-parcels").waitFor();
  await told(bench, "C-PARCEL1", "parcel_now");
  await told(bench, "C-PARCEL2", "parcel_now");
  await ready(bench);
  for (const [width, height] of [[1280, 720], [360, 640]]) {
    await bench.setViewportSize({ width, height });
    await look(bench, "bench two parcels");
  }
  await bench.setViewportSize({ width: 1280, height: 720 });
  await told(bench, serialCode, "scan_serial");
  await at(bench, "serial");
  const unit = (await ask(sup, `/picklists/${list}`)).lines.find((l) => l.sku === serial).serial;
  await told(bench, unit, "all_verified");

  const carton = (await ask(sup, "/cartons")).items.sort((a, b) => b.max_gross_g - a.max_gross_g)[0].label;
  const closed = async () => {
    await at(bench, "carton");
    await told(bench, carton, "carton_ok");
    while ((await bench.getByTestId("step").getAttribute("data-step")) === "check") {
      await ready(bench);
      await look(bench, "bench check", ["light"]);
      await told(bench, "C-YES", "checked");
      await ready(bench);
    }
    await at(bench, "weigh");
    for (const digit of String(await expected(order))) await told(bench, `N-${digit}`, "digits");
    await bench.getByTestId("typed-g").waitFor();
    await ready(bench);
    await look(bench, "bench weigh", ["light"]);
    const hidden = await bench.locator("[data-testid^=key-]").evaluateAll((keys) => keys.filter((k) => {
      const r = k.getBoundingClientRect();
      return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.closest("button") !== k;
    }).map((k) => k.dataset.testid));
    assert.deepEqual(hidden, [], "every key is in reach without scrolling");
    await told(bench, "C-DONE", "scan_label");
    await at(bench, "label");
  };
  await closed();
  const second = (await parcels(order)).find((p) => p.status === "closed");
  await told(bench, "C-REOPEN", "reopened");
  await closed();
  await told(bench, second.tracking, "label_void");
  await ready(bench).catch(() => undefined);
  await told(bench, (await parcels(order)).find((p) => p.status === "closed").tracking, "label_proved");
  await closed();
  await told(bench, (await parcels(order)).find((p) => p.status === "closed").tracking, "order_packed");

  const after = await ask(sup, `/orders/${order}`);
  assert.equal(after.status, "packed");
  assert.deepEqual(after.lines.map((l) => [l.packed, l.short]), [[2, 1], [1, 1], [1, 0], [1, 0]]);
  assert.equal(after.parcels.length, 2);
  const units = after.parcels.flatMap((p) => p.units);
  assert.ok(units.some((u) => u.serial === unit) && units.some((u) => u.sku === lot && u.lot), "the serial and the lot are known of each parcel");
  assert.deepEqual(bench.faults, []);
});

const parcels = async (order) => (await ask(sup, `/orders/${order}`)).parcels;

// expected is what the open parcel must weigh, by its units and the carton, as a scale would show it.
async function expected(order) {
  const { items } = await ask(sup, "/cartons");
  const open = (await parcels(order)).filter((p) => p.status === "open" && p.carton);
  let g = items.find((c) => c.code === open[0].carton).tare_g;
  for (const u of open[0].units) g += u.qty * (await ask(sup, `/items/${u.sku}`)).weight_g;
  return g;
}

test("a tote of single units: item, order found, label", o, async () => {
  const skus = ["FL-003", "FL-004", "FL-003", "FL-004", "FL-003", "FL-004"];
  const ids = [];
  for (const [i, sku] of skus.entries()) {
    const made = await send(sup, "POST", "/orders", { channel: "web", external_id: `single-${i}`, ship_to: { ...UK, country: "NL", note: "" }, service: "standard", lines: [{ sku, qty: 1 }] });
    ids.push(made.id);
  }
  const site = await ask(sup, "/site");
  await send(sup, "PUT", "/site", { name: site.name, address: site.address, gs1_prefix: site.gs1_prefix, time_zone: site.time_zone, currency: site.currency, units: site.units, auto_weight: true });
  const wave = await send(sup, "POST", "/waves", { orders: ids, method: "batch" });
  for (const list of wave.picklists) await plainly(sup, house.badges.Mia, "handheld", "pick", list);
  const bench = await house.station(sup, "Bench 72", "bench", "Ben");
  await told(bench, await barcode(sup, "FL-004"), "single_found");
  for (let i = 0; i < skus.length; i++) {
    await at(bench, "label");
    const id = await bench.evaluate(() => document.querySelector("[data-testid=parcel] .code").textContent);
    const { tracking } = await ask(sup, `/parcels/${id}`);
    if (i === 0) await bench.locator("[data-testid=label] iframe").evaluate((frame) => frame.focus()); // as the PDF viewer does when it has loaded
    await told(bench, tracking, "order_packed");
    if (i === skus.length - 1) break;
    await at(bench, "single");
    await ready(bench);
    if (i === 0) await look(bench, "bench single");
    await told(bench, await barcode(sup, i % 2 ? "FL-004" : "FL-003"), "single_found");
  }
  for (const id of ids) assert.equal((await ask(sup, `/orders/${id}`)).status, "packed");
  assert.deepEqual(bench.faults, []);
});

test("an order cancelled at the bench is handed over at once", o, async () => {
  const { order, list } = await released(sup, { channel: "web", external_id: "gone-1", ship_to: { ...UK, country: "NL" }, service: "standard", lines: [{ sku: "FL-005", qty: 2 }] });
  await plainly(sup, house.badges.Mia, "handheld", "pick", list);
  const bench = await house.station(sup, "Bench 73", "bench", "Ben");
  const tote = (await ask(sup, `/orders/${order}`)).totes[0];
  await scan(bench, tote);
  await at(bench, "item");
  await send(sup, "POST", `/orders/${order}/cancel`, {});
  await at(bench, "hand_over");
  await bench.getByText("was cancelled").first().waitFor();
  await look(bench, "bench cancelled");
  await told(bench, tote, "handed_over");
  await at(bench, "start");
  assert.deepEqual(bench.faults, []);
});

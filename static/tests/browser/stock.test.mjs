// Stock as an explorer: one field says what anything is, where it is, whose it is and what happened to it; and a recall.

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";
import { dispatched, plainly, post, send } from "./plain.mjs";

const o = { skip: unbuilt, timeout: 240_000 };
const TEA = "4012345000016";
const CAM = "4012345000023";

openHouse();

// enter types a code as a scanner does, Enter and all.
async function enter(p, code) {
  const field = p.getByTestId("filter-q");
  await field.fill(code);
  await field.press("Enter");
}

// wide and small look at a page at a desk and on a phone.
async function seen(p, name) {
  await p.setViewportSize({ width: 1280, height: 900 });
  await look(p, name);
  await p.setViewportSize({ width: 360, height: 740 });
  await look(p, name);
  await p.setViewportSize({ width: 1280, height: 900 });
}

const figure = (name, n) => sup.getByTestId(`recall-${name}`).getByText(String(n), { exact: true }).waitFor();

let lot;
let first;

test("a lot comes by a purchase and goes out with two orders", o, async () => {
  const item = (sku, rest) => send(sup, "PUT", `/items/${sku}`, { weight_g: 100, price_cents: 900, ...rest });
  await item("SX-TEA", { name: "Tea of the lot", tracking: "lot", barcodes: [{ code: TEA, qty: 1 }] });
  await item("SX-CAM", { name: "Camera of the serial", tracking: "serial", barcodes: [{ code: CAM, qty: 1 }] });
  await item("SX-BOX", { name: "Box that nobody tells apart", tracking: "none" });
  for (const code of ["SX-1", "SX-2", "SX-3"]) await send(sup, "PUT", `/bins/${code}`, { kind: "pick", aisle: 0, cell: 0 });
  const bought = await post(sup, "/purchases", { external_id: "SX-4711", supplier: "Mill & Sons <b>", lines: [{ sku: "SX-TEA", qty: 7 }, { sku: "SX-CAM", qty: 1 }] });
  await plainly(sup, house.badges.Mia, "handheld", "receive", bought.id);
  await plainly(sup, house.badges.Mia, "handheld", "putaway");
  lot = (await ask(sup, "/stock?sku=SX-TEA")).items[0].lot;
  assert.match(lot, /^L\d{8}$/);
  first = await dispatched(house, sup, "SX-A", [["SX-TEA", 2], ["SX-CAM", 1]], "Ada <i>Byron</i>");
  assert.equal(first.status, "dispatched");
});

test("a scan says what it is; its recall says who got it, live, and holds what is here", o, async () => {
  await sup.goto(`${house.url}/floor/stock`);
  await sup.getByTestId("filter-q").fill("of the lo");
  await sup.getByTestId("found-item").getByText("SX-TEA").waitFor();
  await seen(sup, "stock like it");
  await enter(sup, `(01)0${TEA}(10)${lot}`);
  await sup.getByTestId("recall-received").waitFor();
  assert.equal(new URL(sup.url()).search, `?sku=SX-TEA&lot=${lot}`);
  for (const [name, n] of [["received", 7], ["sent", 2], ["here", 5]]) await figure(name, n);
  await sup.getByTestId(`got-${first.id}`).getByText("Ada <i>Byron</i>").waitFor();
  await sup.getByText("Mill & Sons <b>").first().waitFor();
  await seen(sup, "recall of a lot");

  const second = await dispatched(house, sup, "SX-B", [["SX-TEA", 1]]);
  await figure("sent", 3); // nobody loaded the page anew
  await sup.getByTestId(`got-${second.id}`).waitFor();
  await post(sup, "/orders", { channel: "web", external_id: "SX-C", lines: [{ sku: "SX-TEA", qty: 1 }] }).then(({ id }) => post(sup, "/waves", { orders: [id] }));

  await figure("of-them-promised", 1);
  await sup.getByTestId("hold").click();
  await sup.getByTestId("field-reason").fill("recall 7");
  await look(sup, "hold a lot");
  await sup.getByRole("dialog").getByTestId("send").click();
  await sup.getByTestId("kept").getByText("Held in their bins: 3. Promised to orders, and left to them: 1.").waitFor();
  await figure("of-them-not-for-sale", 3);
  await sup.getByTestId("free").waitFor();
  await sup.getByTestId("stop").click();
  await sup.getByTestId("stop-orders").getByText("an order is held before its release or when it is packed").waitFor();
  sup.faults.length = 0; // the refusal is in the browser's console too
  const [file] = await Promise.all([sup.waitForEvent("download"), sup.getByRole("link", { name: "Table (CSV)" }).click()]);
  assert.equal(file.suggestedFilename(), "recall.csv");
  await seen(sup, "recall held");
});

test("one unit goes from its purchase to its customer, by its serial, and a parcel leads to both", o, async () => {
  const unit = first.parcels[0].units.find((u) => u.sku === "SX-CAM").serial;
  await sup.goto(`${house.url}/floor/stock`);
  await enter(sup, unit);
  await sup.locator("[data-testid=movement][data-kind=manifest_departed]").waitFor();
  await sup.getByTestId("turn-history").click();
  await sup.locator("[data-testid=movement]").first().locator("xpath=self::*[@data-kind='units_received']").waitFor();
  const way = await sup.getByTestId("movement").evaluateAll((rows) => rows.map((r) => r.dataset.kind));
  assert.deepEqual(way, ["units_received", "put_away", "line_picked", "units_packed", "manifest_departed"]);
  await seen(sup, "history of a serial");

  await enter(sup, first.parcels[0].tracking);
  await sup.getByTestId("facts").getByText(first.parcels[0].tracking).waitFor();
  await sup.locator("[data-testid=movement][data-kind=units_packed]").first().waitFor();
  await seen(sup, "a parcel");
  await sup.getByTestId("facts").getByRole("link", { name: first.id }).click();
  await sup.getByRole("heading", { name: first.id }).waitFor();
});

test("what nobody told apart is named as possible, never counted as known", o, async () => {
  for (const l of ["M1", "M2"]) await post(sup, "/stock/adjustments", { bin: "SX-3", sku: "SX-BOX", qty: 4, lot: l, reason: "opening" });
  const order = await dispatched(house, sup, "SX-D", [["SX-BOX", 2]]);
  const row = (await ask(sup, "/stock/movements?sku=SX-BOX&limit=200")).items.find((m) => m.kind === "line_picked");
  const other = row.lot === "M1" ? "M2" : "M1";
  assert.deepEqual(row.may_be, [other]);
  await sup.goto(`${house.url}/floor/stock?sku=SX-BOX&lot=${other}`);
  await figure("sent", 0);
  await figure("may-be-of-it", 2);
  await sup.getByTestId(`maybe-${order.id}`).getByText("2", { exact: true }).waitFor();
  await seen(sup, "recall of possible units");
});

test("places, papers and nonsense", o, async () => {
  const { items } = await ask(sup, "/totes?limit=1");
  const pages = { "SX-1": "?bin=SX-1", [items[0].code]: `?tote=${encodeURIComponent(items[0].code)}`, "SX-TEA": "?sku=SX-TEA" };
  for (const [code, search] of Object.entries(pages)) {
    await sup.goto(`${house.url}/floor/stock`);
    await enter(sup, code);
    await sup.getByTestId("facts").waitFor();
    assert.equal(new URL(sup.url()).search, search);
    await seen(sup, `stock of ${code}`);
  }
  const [came] = (await ask(sup, "/stock/movements?sku=SX-TEA&sort=oldest")).items;
  await enter(sup, came.receipt);
  await sup.getByTestId("facts").getByText("SX-4711").waitFor();
  await seen(sup, "a receipt");
  for (const [code, path] of [["SX-4711", /\/floor\/purchases\/PO-/], ["SX-A", /\/floor\/orders\/O-/]]) {
    await sup.goto(`${house.url}/floor/stock`);
    await enter(sup, code);
    await sup.waitForURL(path);
  }
  await sup.goto(`${house.url}/floor/stock`);
  await enter(sup, "<img src=x onerror=alert(1)>");
  await sup.getByTestId("nothing").getByText("Nothing in this house, now or before, has this code.").waitFor();
  await look(sup, "stock of nothing");
  await enter(sup, "x".repeat(600));
  await sup.getByTestId("fault").first().waitFor();
  sup.faults.length = 0; // the refusal is in the browser's console too
  for (const badge of [house.badges.Mia, house.badges.Mia.replaceAll("-", "").toLowerCase()]) {
    await sup.goto(`${house.url}/floor/stock`);
    await enter(sup, badge);
    await sup.getByText("badges are for signing in").waitFor();
    assert.equal(new URL(sup.url()).search, "");
  }
  await sup.goto(`${house.url}/floor/stock?sku=SX-TEA&lot=NEVER`);
  await sup.getByTestId("fault").first().getByText("was ever here").waitFor();
});

// What is odd at the desk: answers that come late, clicks that come twice, figures
// with a point, lists without end, and a floor that is gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";
import { dispatched, post, send } from "./plain.mjs";

const o = { skip: unbuilt, timeout: 120_000 };
const LONG = `<img src=x onerror=alert(1)> ${"Donaudampfschifffahrtsgesellschaftskapitän ".repeat(5)}`.slice(0, 200);

openHouse();

async function enter(p, code) {
  const field = p.getByTestId("filter-q");
  await field.fill(code);
  await field.press("Enter");
}

// late keeps the answer to the look-up of a code until it is let go.
async function late(p, code) {
  let go;
  let asked;
  const gate = new Promise((done) => (go = done));
  const seen = new Promise((done) => (asked = done));
  await p.route(`**/api/v1/lookup?code=${code}`, async (r) => {
    asked();
    await gate;
    await r.continue();
  });
  return { asked: seen, go };
}

test("of two scans in a row the second is shown, whichever answer comes last; who went elsewhere stays there", o, async () => {
  await sup.goto(`${house.url}/floor/stock`);
  const first = await late(sup, "FL-001");
  await enter(sup, "FL-001");
  await first.asked;
  await enter(sup, "FL-002");
  await sup.getByRole("heading", { name: "Stock FL-002" }).waitFor();
  let heard = sup.waitForResponse((r) => r.url().includes("lookup?code=FL-001"));
  first.go();
  await (await heard).finished();
  await sup.waitForTimeout(100);
  assert.equal(new URL(sup.url()).search, "?sku=FL-002");

  const second = await late(sup, "FL-003");
  await enter(sup, "FL-003");
  await second.asked;
  await sup.getByRole("link", { name: "Bins" }).click();
  await sup.getByRole("heading", { name: "Bins" }).waitFor();
  heard = sup.waitForResponse((r) => r.url().includes("lookup?code=FL-003"));
  second.go();
  await (await heard).finished();
  await sup.waitForTimeout(100);
  assert.equal(new URL(sup.url()).pathname, "/floor/bins");
});

test("a return that a customer announces stands on the desk by itself; a double click decides once about its money", o, async () => {
  const order = await dispatched(house, sup, "ODD-1", [["FL-001", 1]]);
  await sup.goto(`${house.url}/floor/returns`);
  await sup.getByText("Nothing comes back.").waitFor();
  const back = await post(sup, "/returns", { order: order.id, wanted: "refund", lines: [{ sku: "FL-001", qty: 1, reason: "changed_mind" }] });
  await sup.getByTestId(`return-${back.id}`).waitFor();

  const sent = [];
  let money = { ...back, settlement: { status: "proposed", outcome: "full", amount_cents: 1290, currency: "EUR" } };
  await sup.route(`**/api/v1/returns/${back.id}`, (r) => r.fulfill({ json: money }));
  await sup.route("**/settle", async (r) => {
    sent.push(r.request().postDataJSON().verb);
    money = { ...money, settlement: { ...money.settlement, status: "approved" } };
    await r.fulfill({ json: money });
  });
  await sup.goto(`${house.url}/floor/returns/${back.id}`);
  const box = await sup.getByTestId("settle-approve").boundingBox();
  await sup.mouse.click(box.x + 20, box.y + 20);
  await sup.getByTestId("settle-send").waitFor(); // it stands where the first button stood
  await sup.mouse.down({ clickCount: 2 });
  await sup.mouse.up({ clickCount: 2 });
  await sup.waitForTimeout(200);
  assert.deepEqual(sent, ["approve"]);
  await sup.unroute("**/settle");
  await sup.unroute(`**/api/v1/returns/${back.id}`);
});

test("a rule takes a worth with cents, and says at once what it cannot take", o, async () => {
  for (const [path, open] of [["/floor/counts", "What needs a second person"], ["/floor/stock", "Change"]]) {
    await sup.goto(house.url + path);
    await sup.getByRole("button", { name: open }).click();
    await sup.getByTestId("field-worth").fill("12.50");
    await sup.getByTestId("field-units").fill("7");
    await sup.getByTestId("send").click();
    await sup.getByRole("dialog").waitFor({ state: "detached" });
  }
  assert.deepEqual((await ask(sup, "/counts")).rule, { limit_units: 7, limit_cents: 1250 });
  assert.deepEqual((await ask(sup, "/stock/adjustments")).rule, { limit_units: 7, limit_cents: 1250 });
  await sup.goto(`${house.url}/floor/reorder`);
  await sup.getByTestId("policy").click();
  await sup.getByTestId("field-service").fill("97.5");
  await sup.getByTestId("field-order_cost").fill("4.95");
  await sup.getByTestId("send").click();
  await sup.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await ask(sup, "/reorder")).policy.service_permille, 975);
});

test("a question that the floor refuses is said, also above an answer to the one before", o, async () => {
  await sup.goto(`${house.url}/floor/purchases`);
  await sup.getByTestId("purchase-PO-2026-118").waitFor();
  await sup.route("**/api/v1/purchases?*", (r) => r.abort());
  await sup.getByTestId("filter-q").fill("nothing like it");
  await sup.getByTestId("fault").getByText(/cannot be reached/).waitFor();
  await sup.unroute("**/api/v1/purchases?*");
});

test("names of 200 letters and names like markup are read, not obeyed, and push nothing off the edge", o, async () => {
  await send(sup, "PUT", "/items/ODD-LONG", { name: LONG, tracking: "lot", weight_g: 10, price_cents: 100 });
  await send(sup, "PUT", "/bins/ODD-1", { kind: "pick", aisle: 0, cell: 0 });
  await post(sup, "/stock/adjustments", { bin: "ODD-1", sku: "ODD-LONG", qty: 4, lot: "L".repeat(40), reason: LONG });
  await post(sup, "/stock/holds", { sku: "ODD-LONG", condition: "held", reason: LONG });
  await post(sup, "/purchases", { external_id: "ODD-PO", supplier: LONG, lines: [{ sku: "ODD-LONG", qty: 1 }] });
  const { id } = (await ask(sup, "/purchases?q=ODD-PO")).items[0];
  const pages = ["/floor/stock?sku=ODD-LONG", `/floor/stock?sku=ODD-LONG&lot=${"L".repeat(40)}`, `/floor/stock?q=${encodeURIComponent(LONG)}`, "/floor/stock?bin=ODD-1", "/floor/purchases", `/floor/purchases/${id}`, "/floor/reorder?q=ODD-LONG", "/floor/reorder/ODD-LONG"];
  sup.faults.length = 0;
  for (const path of pages) {
    await sup.goto(house.url + path);
    await sup.waitForLoadState("networkidle");
    for (const width of [1280, 360]) {
      await sup.setViewportSize({ width, height: 800 });
      await look(sup, `odd ${path.slice(0, 60)}`, ["light"]);
    }
  }
  await sup.setViewportSize({ width: 1280, height: 900 });
});

test("a plot takes the colours of the evening when the device does", o, async () => {
  await sup.emulateMedia({ colorScheme: "light" });
  await sup.goto(`${house.url}/floor/reorder/FL-001`);
  await sup.locator(".plot canvas").waitFor();
  const drawn = () => sup.locator(".plot canvas").evaluate((c) => c.toDataURL());
  const day = await drawn();
  await sup.emulateMedia({ colorScheme: "dark" });
  await sup.waitForFunction((was) => document.querySelector(".plot canvas").toDataURL() !== was, day);
  await sup.emulateMedia({ colorScheme: "light" });
  await sup.waitForFunction((was) => document.querySelector(".plot canvas").toDataURL() === was, day);
});

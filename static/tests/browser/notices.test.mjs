// What somebody else changes of the work in hand is told at once: with a stop where goods must be put aside.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, openHouse, sup, toItem, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };
openHouse();

const post = (path, body) =>
  sup.evaluate(([to, b]) => fetch(`/api/v1${to}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.status), [path, body]);

test("an order cancelled while it is picked stops its picker, once, and the screen goes on when that is understood", o, async () => {
  const list = await house.released(sup, 73001, "Anna", [["FL-011", 3]]);
  const hand = await house.station(sup, "Handheld 31", "handheld", "Mia");
  await toItem(sup, hand, list);
  await scan(hand, await barcode(sup, "FL-011"));
  assert.equal(await post(`/orders/${list.orders[0]}/cancel`, { reason: "shop" }), 200);
  const told = hand.getByTestId("notices");
  await told.getByText(/was cancelled/).waitFor();
  assert.match(await told.getAttribute("class"), /stop/);
  await look(hand, "a notice");
  await hand.getByTestId("notices-ok").click();
  await told.waitFor({ state: "detached" });
  assert.deepEqual(hand.faults, []);
});

test("a full tote is behind More; the next tote takes its place", o, async () => {
  const list = await house.released(sup, 73002, "Berta", [["FL-012", 3]]);
  const hand = await house.station(sup, "Handheld 32", "handheld", "Tom");
  await toItem(sup, hand, list);
  await scan(hand, await barcode(sup, "FL-012"));
  await hand.getByTestId("action-more").click();
  await look(hand, "more actions");
  await hand.getByTestId("action-full").click();
  await at(hand, "tote");
  await scan(hand, await freeTote(sup));
  await at(hand, "item");
  const now = await ask(sup, `/picklists/${list.id}`);
  assert.equal(now.totes[0].full.length, 1);
  assert.deepEqual(hand.faults, []);
});

test("a bin that came up short is on the desk to be counted, and its stock is promised to nobody until then", o, async () => {
  const list = await house.released(sup, 73003, "Cora", [["FL-014", 2]]);
  const hand = await house.station(sup, "Handheld 33", "handheld", "Mia");
  await toItem(sup, hand, list);
  await hand.getByTestId("action-short").click();
  await hand.getByTestId("reason-missing").click();
  await hand.getByTestId("pad-ok").click();
  const bin = list.lines[0].bin;
  await sup.goto(`${house.url}/floor/stock?bin=${bin}`);
  await sup.getByTestId(`stock-row-FL-014-${bin}`).getByText("count it").waitFor();
  await look(sup, "stock in doubt");
  await sup.goto(`${house.url}/floor`);
  await sup.locator("[data-kind=short_pick]").getByRole("button", { name: "The books are right" }).click();
  await sup.locator("[data-kind=short_pick]").waitFor({ state: "detached" });
  assert.ok((await ask(sup, `/stock?sku=FL-014&bin=${bin}`)).items[0].free > 0);
});

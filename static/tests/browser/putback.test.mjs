// The goods of a cancelled order are a job on the handheld: fetched from the stage, back to where the same lies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, openHouse, sup, unbuilt, walk } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };
openHouse();

test("a cancelled order's goods are put back unit by unit", o, async () => {
  const list = await house.released(sup, 75001, "Anna", [["FL-013", 2]]);
  const hand = await house.station(sup, "Handheld 61", "handheld", "Mia");
  const tote = await freeTote(sup);
  await scan(hand, list.id);
  await walk(sup, hand, list, tote);
  await scan(hand, "STAGE-1");
  await at(hand, "start");
  const free = async () => (await ask(sup, "/stock?sku=FL-013")).items.reduce((n, r) => n + (r.bin ? r.free : 0), 0);
  const before = await free();
  await sup.goto(`${house.url}/floor/orders/${list.order}`);
  await sup.getByTestId("cancel").click();
  await sup.locator('[data-testid="order-status"][data-status="cancelled"]').waitFor();
  await hand.getByText(`Put back ${list.order}`).waitFor();
  await look(hand, "a put-back to start");
  await hand.getByText(`Put back ${list.order}`).click();
  await at(hand, "tote");
  await scan(hand, tote);
  await at(hand, "item");
  await hand.locator(".verdict.off").waitFor({ state: "attached" });
  await look(hand, "a put-back unit");
  await scan(hand, await barcode(sup, "FL-013"));
  await at(hand, "bin");
  await hand.locator(".verdict.off").waitFor({ state: "attached" });
  await look(hand, "a put-back bin");
  await scan(hand, await barcode(sup, "FL-013")); // the second unit goes along
  await scan(hand, list.lines[0].bin);
  await at(hand, "start");
  assert.equal(await free(), before + 2);
  assert.equal((await ask(sup, `/orders/${list.order}`)).totes.length, 0);
  assert.deepEqual(hand.faults, []);
});

// Waves that change while they run, and waves that nobody releases by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 90_000 };
openHouse();

test("an order joins a running wave at the desk and is taken off it again", o, async () => {
  const list = await house.released(sup, 74001, "Anna", [["FL-021", 1]]);
  const id = await house.imported(sup, 74002, "Berta", [["FL-022", 1]]);
  await sup.getByTestId("into").selectOption(list.wave);
  await sup.getByTestId("release").click();
  await sup.getByText(`Now in wave ${list.wave}`).waitFor();
  assert.equal((await ask(sup, `/orders/${id}`)).wave, list.wave);
  await sup.goto(`${house.url}/floor/orders/${id}`);
  await sup.getByTestId("take-off-its-wave").click();
  await sup.locator('[data-testid="order-status"][data-status="received"]').waitFor();
  assert.equal((await ask(sup, `/orders/${id}`)).wave, undefined);
});

test("with automatic release a picker finds work that nobody released", o, async () => {
  await sup.goto(`${house.url}/floor/waves`);
  await sup.getByTestId("auto-lists").waitFor();
  for (const size of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
    await sup.setViewportSize(size);
    await look(sup, "waves with automatic release");
  }
  const before = (await ask(sup, "/waves?limit=200")).items.length;
  await sup.getByTestId("auto-lists").fill("3"); // one waits from before
  await sup.getByTestId("auto-lists").blur();
  await sup.getByTestId("auto-on").check();
  await house.station(sup, "Handheld 51", "handheld", "Mia");
  await sup.goto(`${house.url}/floor/waves`);
  await sup.waitForFunction((n) => document.querySelectorAll("[data-testid^=wave-row-]").length > n, before);
  assert.deepEqual(sup.faults, []);
});

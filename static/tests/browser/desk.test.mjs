// What a lead does at a desk when something is not as it should be, through the real program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { clean } from "./eyes.mjs";
import { ask, freeTote, house, openHouse, sup, unbuilt, walk } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };
openHouse();

const rowOf = async (name) => (await ask(sup, "/devices?limit=200")).items.find((d) => d.name === name).id;

test("a device that was locked by wrong PINs is unlocked on the devices page", o, async () => {
  const hand = await house.paired(sup, "Handheld 31", "handheld");
  const id = await rowOf("Handheld 31");
  for (let i = 0; i < 10 && !(await ask(sup, "/devices?limit=200")).items.find((d) => d.id === id).locked; i++) {
    await scan(hand, house.badges.Ana);
    await hand.getByTestId("key-1").waitFor();
    for (const d of "1111") await hand.getByTestId(`key-${d}`).click();
    await hand.getByTestId("pad-ok").click();
    await until(hand, "verdict", "data-class", "refused");
    await hand.getByTestId("verdict-ok").click();
  }
  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`unlock-${id}`).waitFor();
  await clean(sup, "a locked device");
  await sup.getByTestId(`unlock-${id}`).click();
  await sup.getByTestId(`unlock-${id}`).waitFor({ state: "detached" });
});

test("a device is removed only after a question, and its screen says so", o, async () => {
  const hand = await house.paired(sup, "Handheld 32", "handheld");
  const id = await rowOf("Handheld 32");
  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`remove-${id}`).click();
  await clean(sup, "the question before a removal");
  await sup.getByRole("dialog").getByText("Back").click();
  assert.equal(await sup.getByTestId(`device-row-${id}`).count(), 1);
  await sup.getByTestId(`remove-${id}`).click();
  await sup.getByRole("dialog").getByTestId("send").click();
  await sup.getByTestId(`device-row-${id}`).waitFor({ state: "detached" });
  await hand.getByText("The floor does not know this device").waitFor();
});

test("the goods of a cancelled order are put back from the floor's page, and its tote is free", o, async () => {
  const list = await house.released(sup, 73001, "Anna", [["FL-001", 2]]);
  const hand = await house.station(sup, "Handheld 33", "handheld", "Mia");
  const tote = await freeTote(sup);
  await scan(hand, list.id);
  await walk(sup, hand, list, tote);
  await scan(hand, "STAGE-1");
  await at(hand, "start");
  const before = await onHand("A-01", "FL-001");
  await sup.goto(`${house.url}/floor/orders/${list.order}`);
  assert.equal(await sup.getByTestId("unhold").count(), 0, "a picked order is not held");
  await sup.getByTestId("cancel").click();
  await until(sup, "order-status", "data-status", "cancelled");
  await sup.goto(`${house.url}/floor`);
  await sup.getByTestId(`put-back-${list.order}`).click();
  await sup.getByTestId("field-bin").fill("A-01");
  await clean(sup, "the question where the goods are");
  await sup.getByRole("dialog").getByTestId("send").click();
  await sup.getByTestId(`put-back-${list.order}`).waitFor({ state: "detached" });
  assert.equal(await onHand("A-01", "FL-001"), before + 2);
  assert.equal((await ask(sup, "/totes?limit=200")).items.find((t) => t.code === tote).order, undefined);
});

const onHand = async (bin, sku) => (await ask(sup, `/stock?bin=${bin}&sku=${sku}`)).items.reduce((n, r) => n + r.on_hand, 0);

test("what is looked for stands in the address, and is found again after a reload", o, async () => {
  await sup.goto(`${house.url}/floor/items?q=FL-007`);
  await sup.getByRole("link", { name: "FL-007" }).waitFor();
  assert.equal(await sup.locator("tbody tr").count(), 1);
  await sup.getByTestId("filter-q").fill("FL-008");
  await sup.getByRole("link", { name: "FL-008" }).waitFor();
  await sup.reload();
  await sup.getByRole("link", { name: "FL-008" }).waitFor();
  assert.equal(await sup.locator("tbody tr").count(), 1);
});

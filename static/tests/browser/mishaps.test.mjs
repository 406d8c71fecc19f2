// What goes wrong on a real day, through the real program: wrong items, missing stock, second thoughts, a
// shift that ends in the middle, Wi-Fi that goes, a server that dies, and names that are markup.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { ask, barcode, HAND_MS, house, openHouse, sup, toItem, unbuilt, units } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };
openHouse();

const left = (hand, n) => hand.locator("[data-testid=qty] b").getByText(String(n), { exact: true }).waitFor();
const picked = async (list) => (await ask(sup, `/picklists/${list.id}`)).lines[0].picked;

test("a wrong item says what it is, what is wanted and where it belongs; undo takes the last unit back; a short pick goes on", o, async () => {
  const list = await house.released(sup, 71001, "Anna", [["FL-003", 3]]);
  const hand = await house.station(sup, "Handheld 11", "handheld", "Mia");
  await toItem(sup, hand, list);
  const code = await barcode(sup, "FL-003");
  const other = await ask(sup, "/items/FL-004");
  await scan(hand, other.barcodes[0].code);
  await until(hand, "verdict", "data-code", "wrong_item");
  assert.match(await hand.getByTestId("scanned").textContent(), new RegExp(other.name));
  assert.match(await hand.getByTestId("wanted").textContent(), /Beeswax candle/);
  assert.match(await hand.getByTestId("belongs").textContent(), /[A-F]-\d\d/);
  await units(hand, code, 2);
  await left(hand, 1);
  await scan(hand, "C-UNDO");
  await left(hand, 2);
  assert.equal(await picked(list), 1);
  await hand.getByTestId("action-short").click();
  await hand.getByTestId("reason-missing").click();
  await hand.getByTestId("pad-ok").click(); // nothing more than the one that is picked
  await at(hand, "stage");
  const line = (await ask(sup, `/picklists/${list.id}`)).lines[0];
  assert.deepEqual([line.picked, line.short], [1, 2]);
  assert.deepEqual(hand.faults, []);
});

test("a list that was left goes on where it stood, on another handheld and with another worker", o, async () => {
  const list = await house.released(sup, 71002, "Anna", [["FL-005", 3]]);
  const hand = await house.station(sup, "Handheld 12", "handheld", "Mia");
  await toItem(sup, hand, list);
  const code = await barcode(sup, "FL-005");
  await scan(hand, code);
  await left(hand, 2);
  await scan(hand, "C-LEAVE");
  await at(hand, "start");
  const other = await house.station(sup, "Handheld 13", "handheld", "Tom");
  await scan(other, list.id);
  if (await atBinAgain(other)) await scan(other, list.lines[0].bin);
  await at(other, "item");
  await left(other, 2);
  await units(other, code, 2);
  await at(other, "stage");
  assert.equal(await picked(list), 3);
});

// atBinAgain says whether whoever takes a list over is sent to the bin first: somebody else stands elsewhere.
async function atBinAgain(hand) {
  await hand.locator("[data-testid=step][data-step=bin], [data-testid=step][data-step=item]").waitFor();
  return (await hand.getByTestId("step").getAttribute("data-step")) === "bin";
}

test("two fast scans of one code are two units", o, async () => {
  const list = await house.released(sup, 71003, "Anna", [["FL-007", 2]]);
  const hand = await house.station(sup, "Handheld 14", "handheld", "Mia");
  await toItem(sup, hand, list);
  const code = await barcode(sup, "FL-007");
  await scan(hand, code);
  await hand.waitForTimeout(80); // sooner than a person can, later than a trigger bounces
  await scan(hand, code);
  await at(hand, "stage");
  assert.equal(await picked(list), 2);
});

test("Wi-Fi that goes in the middle of a scan: amber while it is gone, then counted exactly once", o, async () => {
  const wifi = await house.overWifi();
  const list = await house.released(sup, 71004, "Anna", [["FL-009", 4]]);
  const hand = await house.station(sup, "Handheld 15", "handheld", "Mia", { base: wifi.url });
  await toItem(sup, hand, list);
  const code = await barcode(sup, "FL-009");
  await scan(hand, code);
  await left(hand, 3);
  wifi.fade();
  await scan(hand, code); // the floor hears and counts it; its answer is lost
  await until(hand, "amber", "data-saved", "1");
  await counted(list, 2);
  wifi.drop();
  await until(hand, "link", "data-state", "offline");
  await hand.waitForTimeout(HAND_MS);
  await scan(hand, code); // nobody hears this one
  await until(hand, "amber", "data-saved", "2");
  assert.equal(await hand.getByTestId("action-leave").isDisabled(), true);
  wifi.back();
  await until(hand, "link", "data-state", "live");
  await until(hand, "amber", "data-count", "0");
  await left(hand, 1);
  assert.equal(await picked(list), 3);
  await scan(hand, code);
  await at(hand, "stage");
  assert.equal(await picked(list), 4);
  assert.deepEqual(hand.faults, []);
});

// counted waits until the floor has a number of units of a list's first line, as its page shows.
async function counted(list, n) {
  for (const end = Date.now() + 10_000; (await picked(list)) !== n; ) assert.ok(Date.now() < end, `never ${n} picked`);
}

test("a killed server comes back and the handheld stands where it stood; what was scanned meanwhile counts once", o, async () => {
  const list = await house.released(sup, 71005, "Anna", [["FL-011", 3]]);
  const hand = await house.station(sup, "Handheld 16", "handheld", "Mia");
  await toItem(sup, hand, list);
  const code = await barcode(sup, "FL-011");
  await scan(hand, code);
  await left(hand, 2);
  const address = new URL(house.url).host;
  await house.stop("SIGKILL");
  await scan(hand, code);
  await until(hand, "amber", "data-saved", "1");
  await house.serve(address);
  await until(hand, "amber", "data-count", "0");
  await left(hand, 1);
  assert.equal(await picked(list), 2);
  await scan(hand, code);
  await at(hand, "stage");
  assert.deepEqual(hand.faults, []);
});

test("two windows of one device: the newer has it, the older says so, and takes it back when asked", o, async () => {
  const older = await house.station(sup, "Handheld 17", "handheld", "Mia");
  const newer = await older.context().newPage();
  await newer.goto(`${house.url}/handheld`);
  await until(newer, "link", "data-state", "live");
  await until(older, "link", "data-state", "elsewhere");
  await older.getByText("Open on another page").waitFor();
  await older.getByText("Use it here").click();
  await until(older, "link", "data-state", "live");
  await until(newer, "link", "data-state", "elsewhere");
});

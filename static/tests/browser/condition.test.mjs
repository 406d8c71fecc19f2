// A lead sees which device is about to die, and nothing where a browser tells nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };

openHouse();

// withBattery is a browser that tells of a battery, which the test discharges.
function withBattery() {
  const b = new EventTarget();
  Object.assign(b, { level: 0.41, charging: false });
  window.battery = b;
  Navigator.prototype.getBattery = () => Promise.resolve(b);
}

function withoutBattery() {
  delete Navigator.prototype.getBattery;
}

const rowOf = async (name) => {
  const { items } = await ask(sup, "/devices?limit=200");
  return sup.getByTestId(`device-row-${items.find((d) => d.name === name).id}`);
};

test("the desk sees a battery go low, and that it is charged, without a touch", o, async () => {
  const hand = await house.paired(sup, "Hand 61", "handheld", { before: withBattery });
  const mute = await house.paired(sup, "Hand 62", "handheld", { before: withoutBattery });
  const events = (await ask(sup, "/floor")).journal.seq;
  await sup.goto(`${house.url}/floor/devices`);
  const battery = (await rowOf("Hand 61")).getByTestId("battery");
  await battery.getByText("41 %").waitFor();
  assert.equal(await battery.getAttribute("data-low"), "false");
  await hand.evaluate(() => {
    window.battery.level = 0.09;
    window.battery.dispatchEvent(new Event("levelchange"));
  });
  await battery.getByText("9 % low").waitFor();
  await look(sup, "devices with a low battery");
  assert.equal(await (await rowOf("Hand 62")).getByTestId("battery").count(), 0, "a browser that tells nothing");
  await sup.goto(`${house.url}/floor`);
  const now = sup.locator('[data-testid^="station-"]', { hasText: "Hand 61" });
  await now.getByText("9 % low").waitFor();
  await look(sup, "the floor with a low battery");
  await hand.evaluate(() => {
    window.battery.charging = true;
    window.battery.dispatchEvent(new Event("chargingchange"));
  });
  await now.getByText("9 % charging").waitFor();
  await hand.context().close();
  await now.getByText("no word since").waitFor();
  assert.equal((await ask(sup, "/floor")).journal.seq, events, "none of it is journalled");
  assert.deepEqual([...mute.faults, ...sup.faults], []);
});

// A lead lets one refused thing be done on a worker's device: badge and PIN there and then, noted in the timeline, and
// nothing of either kept on the device.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { House, unbuilt } from "./house.mjs";

test("a picker takes over somebody else's list on a lead's word", { skip: unbuilt, timeout: 90_000 }, async () => {
  const h = await House.open();
  try {
    const sup = await h.desk();
    const mia = await h.station(sup, "Hand 8", "handheld", "Mia");
    const tom = await h.station(sup, "Hand 9", "handheld", "Tom");
    const list = await h.released(sup, 880002, "Otto Frank", [["FL-001", 1]]);
    await scan(mia, list.id);
    await at(mia, "tote");
    await scan(tom, list.id);
    await until(tom, "verdict", "data-code", "not_yours");
    await tom.getByTestId("verdict-override").click();
    await at(tom, "override");
    await scan(tom, h.badges.Tom);
    await until(tom, "verdict", "data-code", "not_a_lead");
    await tom.getByTestId("verdict-ok").click();
    await scan(tom, h.badges.Ana);
    for (const d of "2580") await tom.getByTestId(`key-${d}`).click();
    const kept = await tom.evaluate(async () => {
      const all = [...Object.values(localStorage), ...Object.values(sessionStorage)];
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (e) => done(e.target.result)));
        for (const store of db.objectStoreNames) {
          all.push(JSON.stringify(await new Promise((done) => (db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result)))));
        }
        db.close();
      }
      return all.join("\n");
    });
    await tom.getByTestId("pad-ok").click();
    await at(tom, "tote");
    await tom.getByTestId("worker").getByText("Tom").waitFor(); // he works on, not the lead
    assert.ok(kept.length > 100 && !kept.includes(h.badges.Ana) && !kept.includes("2580"), "a device keeps no badge and no PIN");
    await sup.goto(`${h.url}/floor/orders/${list.order}`);
    await sup.getByText("allowed by Ana").first().waitFor();
  } finally {
    await h.close();
  }
});

// The put wall's screen: a slot lights up when a unit of a batch is scanned, and its order is ready when the slot is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, scan } from "./browser.mjs";
import { ask, barcode, freeTote, House, pickList, unbuilt, units, walk } from "./house.mjs";

const tell = (p, method, path, body) =>
  p.evaluate(
    ([m, to, b]) => fetch(`/api/v1${to}`, { method: m, headers: { "content-type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.status),
    [method, path, body],
  );

test("a slot of the put wall lights up for the unit in the hand", { skip: unbuilt, timeout: 90_000 }, async () => {
  const h = await House.open();
  try {
    const sup = await h.desk();
    const hand = await h.station(sup, "Hand 9", "handheld", "Mia");
    const order = await h.imported(sup, 880001, "Otto Frank", [["FL-001", 1]]);
    assert.equal(await tell(sup, "POST", "/waves", { orders: [order], method: "batch" }), 201);
    const list = await pickList(sup, order);
    const tote = await freeTote(sup);
    await scan(hand, list.id);
    await walk(sup, hand, list, tote);
    await scan(hand, (await ask(sup, "/bins?limit=200&q=STAGE")).items[0].label);
    await hand.getByTestId(`job-${list.id}`).waitFor();
    await sup.goto(`${h.url}/floor/walls/W1`);
    await sup.locator("[data-testid=slot-1][data-state=free]").waitFor();
    await units(hand, tote, 2); // the first begins the job, the second takes the tote; sooner it would be a bounce
    await at(hand, "item");
    await scan(hand, await barcode(sup, "FL-001"));
    await at(hand, "slot");
    await sup.locator("[data-testid=slot-1][data-state=lit]").getByText("Put 1 here").waitFor();
    await scan(hand, (await ask(sup, "/walls/W1")).slots[0].code);
    await sup.locator("[data-testid=slot-1][data-state=ready]").getByText("Ready to pack").waitFor();
  } finally {
    await h.close();
  }
});

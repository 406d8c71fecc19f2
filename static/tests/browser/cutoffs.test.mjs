// The cut-off board: what the trucks wait for, who misses, and what to release next, live.

import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 90_000 };
openHouse();

test("the board says who misses, and its advice is released with one tap", o, async () => {
  const board = await ask(sup, "/cutoffs");
  assert.ok(board.cutoffs.length > 0 && board.release.orders.length > 0);
  await sup.goto(`${house.url}/floor/cutoffs`);
  const first = board.cutoffs[0];
  const card = sup.getByTestId(`cutoff-${first.carrier}-${first.clock}`);
  await card.waitFor();
  assert.equal(await card.getAttribute("data-missing"), String(first.orders)); // nobody is at work yet
  await card.getByText("Which, and why").click();
  await sup.getByTestId(`miss-${first.misses[0].order}`).getByText("nobody picks").waitFor();
  for (const size of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
    await sup.setViewportSize(size);
    await look(sup, "the cut-off board");
  }
  await sup.setViewportSize({ width: 1280, height: 900 });
  await sup.getByTestId("release-advice").click();
  await sup.getByTestId("advice").getByText(board.release.why).waitFor({ state: "detached" });
  const order = await ask(sup, `/orders/${board.release.orders[0]}`);
  assert.equal(order.status, "released");
  assert.deepEqual(sup.faults, []);
});

// A return, from the customer's page over the bench to the shelf and to the refund, by what people see and scan.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, FLAGS, page, scan } from "./browser.mjs";
import { look as judge } from "./eyes.mjs";
import { ask, barcode, house, openHouse, sup, unbuilt } from "./house.mjs";
import { dispatched, post } from "./plain.mjs";

const o = { skip: unbuilt, timeout: 180_000 };

FLAGS.push("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream");
openHouse();

// look waits until the verdict over a working screen has gone: the prompt is what is looked at.
async function look(p, name) {
  await p.locator("[data-testid=verdict].on").waitFor({ state: "detached" });
  await judge(p, name);
}

// A picture of a scratched mug, as a phone's own app would give it: 24 x 16 points of red.
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAATklEQVR42q3CIRZAAABEwT3Oj6IoiqIoiqIoiqLoOP9YLrHzJkJlHKiMI5VxojLOVMaFyrhSGTcq405lPKiMJ5XxojLeVMaHyvhSGT8qf+19/hCZxmEOAAAAAElFTkSuQmCC", "base64");

// photographed takes a photo by the bench's camera while the floor is out of reach: it is kept on the device, said so,
// and on the floor's disk once the floor is back.
async function photographed(bench) {
  await bench.context().setOffline(true);
  await bench.route("**/photos?unit=*", (r) => r.abort());
  await bench.getByTestId("action-photo").click();
  await bench.locator("[data-testid=photo][data-state=live]").waitFor();
  await bench.getByTestId("photo-take").click();
  await bench.locator("[data-testid=photo][data-state=taken]").waitFor();
  await bench.getByTestId("photo-keep").click();
  await bench.locator("[data-testid=photos-waiting][data-count='1']").waitFor();
  await bench.unroute("**/photos?unit=*");
  await bench.context().setOffline(false);
  await bench.getByTestId("photos-waiting").waitFor({ state: "detached", timeout: 30_000 });
}

test("a customer announces a return, the bench judges it, it goes back to its shelf and is refunded", o, async () => {
  const order = await dispatched(house, sup, "R-1", [["FL-001", 2], ["FL-002", 1]]);
  assert.equal(order.status, "dispatched");
  const { path } = await post(sup, `/orders/${order.id}/return-link`, {});

  const home = await page({ width: 360, height: 760 });
  await home.goto(house.url + path);
  assert.doesNotMatch(await home.content(), /Quick|Prinsengracht/);
  await look(home, "customer form");
  await home.setViewportSize({ width: 1280, height: 800 });
  await look(home, "customer form");
  await home.locator("[name=qty-0]").fill("2");
  await home.locator("[name=reason-0]").selectOption("damaged");
  await home.locator("button[type=submit]").click();
  const code = (await home.locator("#code").textContent()).trim();
  assert.match(code, /^RT-\d{5}-.$/);
  await home.setViewportSize({ width: 360, height: 760 });
  await look(home, "customer done");

  house.badges.Ira = (await post(sup, "/workers", { name: "Ira", roles: ["inspector"] })).badge;
  const bench = await house.station(sup, "Returns 7", "returns", "Ira");
  await look(bench, "returns idle");
  await scan(bench, code);
  await at(bench, "item");
  await look(bench, "returns item");
  const mug = await barcode(sup, "FL-001");
  const free = async () => (await ask(sup, "/stock?sku=FL-001&limit=200")).items.reduce((n, r) => n + r.free, 0);
  const before = await free();

  await scan(bench, mug);
  await at(bench, "question");
  assert.equal(await free(), before, "nothing is for sale before its verdict");
  await look(bench, "returns question");
  await bench.setViewportSize({ width: 360, height: 740 });
  await look(bench, "returns question");
  await bench.setViewportSize({ width: 1280, height: 800 });
  await bench.getByTestId("option-yes").click();
  await at(bench, "verdict");
  await look(bench, "returns verdict");
  await bench.getByTestId("option-restock").click();
  await at(bench, "bin");
  await look(bench, "returns bin");
  await scan(bench, "RETURNS");
  await at(bench, "item");

  await scan(bench, mug);
  await at(bench, "question");
  await photographed(bench);
  for (const question of ["sealed", "works"]) {
    await bench.locator(`[data-testid=ask][data-ask=${question}]`).waitFor();
    await bench.getByTestId("option-no").click();
  }
  await at(bench, "verdict");
  await bench.getByTestId("action-photo").click();
  await bench.getByTestId("photo-file").setInputFiles({ name: "back.png", mimeType: "image/png", buffer: PNG });
  await bench.locator("[data-testid=photo][data-state=taken]").waitFor();
  await judge(bench, "returns photo");
  await bench.getByTestId("photo-keep").click();
  await bench.locator("[data-testid=photos][data-count='2']").waitFor();
  await bench.getByTestId("photos-waiting").waitFor({ state: "detached" });
  await look(bench, "returns photos");
  await bench.getByTestId("option-scrap").click();
  await at(bench, "finish");
  await look(bench, "returns finish");
  await scan(bench, "C-FINISH");
  await bench.getByTestId("jobs").waitFor();
  assert.deepEqual(bench.faults, []);

  const back = await ask(sup, `/returns/${code}`);
  assert.deepEqual(back.units.map((u) => (u.photos ?? []).length), [0, 2], "the camera's, kept out of reach, and the file's");
  assert.equal(back.status, "closed");
  assert.deepEqual(back.units.map((u) => [u.grade, u.disposition]), [["A", "restock"], ["D", "scrap"]]);
  assert.equal(back.settlement.status, "proposed");
  assert.equal(back.settlement.amount_cents, 2580, "it came damaged: all of it is refunded");

  const hand = await house.station(sup, "Handheld 8", "handheld", "Mia");
  await scan(hand, "RETURNS");
  await at(hand, "item");
  await scan(hand, mug);
  await at(hand, "bin");
  const shelf = (await hand.getByTestId("title").textContent()).trim();
  await scan(hand, shelf);
  await hand.getByTestId("jobs").waitFor();
  assert.equal(await free(), before + 1);

  await sup.goto(`${house.url}/floor/returns`);
  await sup.getByTestId(`return-${code}`).waitFor();
  await sup.getByRole("heading", { name: "by reason" }).waitFor();
  await look(sup, "desk returns");
  await sup.getByTestId(`return-${code}`).getByRole("link", { name: code }).click();
  await sup.getByTestId("unit-2").waitFor();
  await sup.getByTestId("photo-2-2").waitFor();
  assert.equal(await sup.getByTestId("photo-2-1").evaluate((m) => m.decode().then(() => m.naturalWidth > 100)), true);
  await look(sup, "desk return");
  await sup.setViewportSize({ width: 360, height: 740 });
  await look(sup, "desk return");
  await sup.getByTestId("settle-approve").click();
  await sup.getByTestId("settle-send").click();
  await sup.getByTestId("money").getByText("sent").waitFor();
  assert.equal((await ask(sup, `/returns/${code}`)).settlement.status, "sent");
});

test("what is refused and kept apart is sent back from the desk, as an order of its own", o, async () => {
  const order = await dispatched(house, sup, "R-2", [["FL-001", 1]]);
  const made = await post(sup, "/returns", { order: order.id, lines: [{ sku: "FL-001", qty: 1, reason: "changed_mind" }] });
  house.badges.Ivo = (await post(sup, "/workers", { name: "Ivo", roles: ["inspector"] })).badge;
  const bench = await house.station(sup, "Returns 9", "returns", "Ivo");
  await scan(bench, made.code);
  await at(bench, "item");
  await scan(bench, await barcode(sup, "FL-001"));
  for (const question of ["sealed", "works"]) {
    await bench.locator(`[data-testid=ask][data-ask=${question}]`).waitFor();
    await bench.getByTestId("option-no").click();
  }
  await at(bench, "verdict");
  await bench.getByTestId("option-quarantine").click();
  await at(bench, "bin");
  await scan(bench, (await bench.getByTestId("title").textContent()).trim());
  await at(bench, "finish");
  await scan(bench, "C-FINISH");
  await bench.getByTestId("jobs").waitFor();
  assert.deepEqual(bench.faults, []);

  await sup.setViewportSize({ width: 1280, height: 900 });
  await sup.goto(`${house.url}/floor/returns/${made.id}`);
  await sup.getByTestId("settle-send-back").click();
  const link = sup.getByTestId("sent-back").getByRole("link");
  await link.waitFor();
  await look(sup, "desk return sent back");
  const back = await ask(sup, `/orders/${(await link.textContent()).trim()}`);
  assert.deepEqual([back.goes_back, back.status, back.lines[0].sku, back.lines[0].reserved, back.lines[0].price_cents], [made.id, "released", "FL-001", 1, 0]);
});

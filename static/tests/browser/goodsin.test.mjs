// Goods in, from the door over the shelf to the order that waited for them, and a blind count with a difference, by what
// people see and scan.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { at, page, scan } from "./browser.mjs";
import { look as judge } from "./eyes.mjs";
import { ask, freeTote, house, openHouse, pickList, sup, unbuilt } from "./house.mjs";
import { send } from "./plain.mjs";

const o = { skip: unbuilt, timeout: 240_000 };

openHouse();

// A printer of labels that keeps what it is sent, and is always well.
const printed = [];
let printer;
before(async () => {
  const lines = (b) => b.toString("latin1");
  printer = createServer((c) => {
    let text = "";
    c.on("error", () => {});
    c.on("data", (b) => {
      text += lines(b);
      for (let end = text.indexOf("^XZ"); end >= 0; end = text.indexOf("^XZ")) {
        printed.push(text.slice(0, end + 3));
        text = text.slice(end + 3);
      }
      if (text.includes("~HS")) {
        text = text.replace("~HS", "");
        c.write("\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n");
      }
    });
  });
  await new Promise((done) => printer.listen(9107, "127.0.0.1", done));
});
after(() => printer?.close());

const quiet = (p) => p.locator("[data-testid=verdict].on").waitFor({ state: "detached" });

async function look(p, name) {
  await quiet(p);
  await judge(p, name);
}

async function wide(p, name) {
  await p.setViewportSize({ width: 1280, height: 800 });
  await judge(p, name);
  await p.setViewportSize({ width: 360, height: 740 });
  await judge(p, name);
  await p.setViewportSize({ width: 1280, height: 800 });
}

const told = (p, code) => p.locator(`[data-testid=verdict][data-code=${code}]`).waitFor();

test("goods for which an order waits: received by GS1 with labels, put away first, picked", o, async () => {
  const gtin = "09521234777717"; // GS1's own range for examples
  await send(sup, "PUT", "/bins/F-98", { kind: "pick", aisle: 5, cell: 17, zone: "C" });
  await send(sup, "PUT", "/items/TEA-1", { name: "Earl Grey, loose leaf", barcodes: [{ code: gtin.slice(1), qty: 1 }], weight_g: 250, tracking: "lot", expiry: true });
  const ship_to = { name: "Ada Quick", lines: ["Prinsengracht 263"], city: "Amsterdam", postcode: "1016 GV", country: "NL" };
  const order = await send(sup, "POST", "/orders", { channel: "web", external_id: "T-1", ship_to, service: "standard", lines: [{ sku: "TEA-1", qty: 2, price_cents: 900 }], currency: "EUR" });
  await send(sup, "POST", "/waves", { orders: [order.id], method: "discrete" });
  const po = await send(sup, "POST", "/purchases", { external_id: "TEA-77", supplier: "Tea House", due: "2030-01-31", lines: [{ sku: "TEA-1", qty: 12 }, { sku: "FL-002", qty: 3 }] });

  const hand = await house.station(sup, "Handheld 21", "handheld", "Mia");
  await send(sup, "PUT", "/printers/DOCK", { address: "127.0.0.1:9107", kind: "zpl", uses: ["labels"] });
  const device = (await ask(sup, "/devices?limit=200")).items.find((d) => d.name === "Handheld 21");
  await send(sup, "PUT", `/devices/${device.id}`, { printer: "DOCK" });
  await scan(hand, po.id);
  await at(hand, "bin");
  await scan(hand, "DOCK-1");
  await at(hand, "item");
  await look(hand, "receive item");
  const label = `]d201${gtin}1731053110L-77`;
  await scan(hand, label);
  await told(hand, "received_awaited");
  await hand.getByTestId("say").getByText(order.id).waitFor();
  await quiet(hand);
  await scan(hand, "N-11");
  await told(hand, "received_awaited");
  await quiet(hand);
  await look(hand, "receive counted");
  await hand.getByTestId("action-labels").click();
  await told(hand, "labels_printing");
  await quiet(hand);
  await scan(hand, "C-LABEL-PALLET");
  await told(hand, "pallet_label_printing");
  await quiet(hand);
  await hand.waitForFunction(() => true);
  for (let i = 0; i < 100 && printed.length < 2; i++) await hand.waitForTimeout(100);
  assert.match(printed[0] ?? "", /\^PQ12\n\^XZ$/, "one drawing, twelve labels");
  assert.equal(printed.length, 2);
  await scan(hand, "C-FINISH");
  await hand.locator("[data-testid=ask][data-ask=rest]").waitFor();
  await look(hand, "receive rest");
  await hand.getByTestId("option-later").click();
  await hand.getByTestId("jobs").waitFor();

  const [receipt] = (await ask(sup, `/receipts?q=${po.id}`)).items;
  assert.deepEqual(receipt.lines.map((l) => [l.sku, l.lot, l.expiry, l.qty, l.labels]), [["TEA-1", "L-77", "2031-05-31", 12, 12]]);
  await sup.goto(`${house.url}/floor/purchases`);
  await sup.getByTestId(`receipt-${receipt.id}`).waitFor();
  await sup.getByTestId("standing-DOCK-1").waitFor();
  await wide(sup, "desk goods in");
  await sup.goto(`${house.url}/floor/purchases/${po.id}`);
  await sup.getByTestId(`receipt-${receipt.id}`).waitFor();
  await wide(sup, "desk purchase");
  await sup.goto(`${house.url}/floor/purchases`);
  await sup.getByTestId("receiving-rule").click();
  await sup.getByTestId("field-blind").waitFor();
  await judge(sup, "dialog goods in");

  await scan(hand, `00${receipt.pallets[0].sscc}`); // the pallet's own label
  await at(hand, "item");
  await scan(hand, label); // and that of a unit
  await at(hand, "bin");
  await scan(hand, "N-12");
  await quiet(hand);
  const bin = (await hand.getByTestId("title").textContent()).trim();
  await look(hand, "put away bin");
  await hand.getByText(/this free bin is near; it is wanted there now; in zone C; 5 across and 17 along from the depot/).waitFor();
  await scan(hand, bin);
  await told(hand, "put_away_done");
  await hand.getByTestId("jobs").waitFor();

  const rows = (await ask(sup, "/stock?sku=TEA-1")).items;
  assert.deepEqual(rows.map((r) => [r.bin, r.lot, r.expiry, r.on_hand, r.reserved]), [[bin, "L-77", "2031-05-31", 12, 2]], "two are set aside for the order that waited");
  await send(sup, "POST", "/waves", { orders: [order.id], method: "discrete" });
  const list = await pickList(sup, order.id);
  await scan(hand, list.id);
  await at(hand, "tote");
  await scan(hand, await freeTote(sup));
  await at(hand, "bin");
  await scan(hand, bin);
  await at(hand, "item");
  await scan(hand, label);
  await told(hand, "picked");
  await quiet(hand);
  await scan(hand, label);
  await at(hand, "stage");
  await scan(hand, "STAGE-1");
  await hand.getByTestId("jobs").waitFor();
  assert.equal((await ask(sup, `/orders/${order.id}`)).status, "picked");
  assert.deepEqual(hand.faults, []);
});

// counted scans a bin, so many of its units, and the bin once more, which ends the count.
async function counted(hand, bin, code, n) {
  await scan(hand, bin);
  await at(hand, "bin");
  await scan(hand, bin);
  await at(hand, "item");
  await scan(hand, code);
  await told(hand, "counted");
  await quiet(hand);
  if (n > 1) await scan(hand, `N-${n - 1}`);
  await quiet(hand);
}

test("a bin counted blind differs, is counted again by somebody else, and a lead books it", o, async () => {
  await send(sup, "PUT", "/items/CUP-1", { name: "Cup, blue", barcodes: [{ code: "9521234777724", qty: 1 }], weight_g: 200, cost_cents: 300 });
  await send(sup, "PUT", "/bins/F-99", { kind: "pick", aisle: 5, cell: 17, zone: "C" });
  await send(sup, "POST", "/stock/adjustments", { bin: "F-99", sku: "CUP-1", qty: 20, reason: "opening stock" });

  const mia = await house.station(sup, "Handheld 22", "handheld", "Mia");
  const ana = await house.paired(sup, "Handheld 23", "handheld"); // Ana herself counts, with her PIN
  await scan(ana, house.badges.Ana);
  for (const digit of "2580") await ana.getByTestId(`key-${digit}`).click();
  await ana.getByTestId("pad-ok").click();
  await ana.getByTestId("jobs").waitFor();
  await sup.goto(`${house.url}/floor/counts`);
  await sup.getByTestId("have-counted").click();
  await sup.getByTestId("field-sku").fill("CUP-1");
  await judge(sup, "dialog counts");
  await sup.getByTestId("field-why").fill("a customer said so");
  await sup.getByTestId("send").click();
  await sup.getByTestId("count-F-99").waitFor();

  await counted(mia, "F-99", "9521234777724", 9);
  await look(mia, "count item");
  assert.doesNotMatch(await mia.locator("main").textContent(), /\b20\b|\b11\b/, "nothing says how many there should be");
  await scan(mia, "F-99");
  await told(mia, "count_again");
  await mia.getByTestId("jobs").waitFor();
  await counted(ana, "F-99", "9521234777724", 9);
  await scan(ana, "F-99");
  await told(ana, "count_told");
  assert.equal((await ask(sup, "/stock?bin=F-99")).items[0].on_hand, 20, "nothing is booked before a second person's word");

  await sup.getByTestId("differs-F-99").waitFor();
  await wide(sup, "desk counts differ");
  await sup.getByTestId("differs-F-99").getByTestId("book").click();
  await sup.getByTestId("fault").getByText(/whoever counted does not book it/).waitFor(); // Ana counted it herself
  await send(sup, "POST", "/workers", { name: "Lea", roles: ["lead"], pin: "97531" });
  const lea = await page({ width: 1280, height: 900 });
  await lea.goto(`${house.url}/signin?to=${encodeURIComponent("/floor/counts")}`);
  await lea.getByTestId("who").fill("Lea");
  await lea.getByTestId("pin").fill("97531");
  await lea.getByTestId("send").click();
  await lea.getByTestId("differs-F-99").getByTestId("book").click();
  await lea.getByTestId("differs-F-99").waitFor({ state: "detached" });
  assert.equal((await ask(sup, "/stock?bin=F-99")).items[0].on_hand, 9, "the books are right");
  await lea.getByTestId("accuracy").getByText(/the books were right about/).waitFor();
  await lea.getByText("The same in figures").click();
  await lea.getByTestId("trend-days").getByText("0.0").waitFor();
  await wide(lea, "desk counts");

  await sup.goto(`${house.url}/floor/stock?bin=F-99`);
  await sup.getByTestId("adjust").click();
  await sup.getByTestId("field-sku").fill("CUP-1");
  await sup.getByTestId("field-qty").fill("150");
  await sup.getByTestId("field-reason").fill("found");
  await judge(sup, "dialog adjust");
  await sup.getByTestId("send").click();
  await sup.getByTestId("told").getByText(/waits for another's word/).waitFor();
  const [{ id }] = (await ask(sup, "/stock/adjustments")).asked;
  await sup.getByTestId(`approve-${id}`).click();
  await sup.getByTestId("fault").getByText(/whoever asked for it does not allow it/).waitFor();
  await wide(sup, "desk stock asked");
  await lea.goto(`${house.url}/floor/stock?bin=F-99`);
  await lea.getByTestId(`approve-${id}`).click();
  await lea.getByTestId(`asked-${id}`).waitFor({ state: "detached" });
  assert.equal((await ask(sup, "/stock?bin=F-99")).items[0].on_hand, 159);
  await lea.getByTestId("hold").first().click();
  await lea.getByTestId("field-reason").fill("doubt about the glaze");
  await judge(lea, "dialog hold");
  await lea.getByTestId("send").click();
  const held = lea.getByTestId("stock-row-CUP-1-F-99");
  await held.getByText("held", { exact: true }).waitFor();
  await held.getByText("doubt about the glaze", { exact: true }).waitFor();
  await wide(lea, "desk stock held");
  assert.deepEqual([...mia.faults, ...ana.faults, ...lea.faults], []);
});

// Printers and their lines of jobs at the desk, and the label on its way as the bench shows it, with label printers that
// run out of paper and come back.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, openHouse, sup, unbuilt, units, walk, weighed } from "./house.mjs";

const o = { skip: unbuilt, timeout: 150_000 };

openHouse();

// Zebra is a printer that answers ~HS; printed are the labels that came out.
class Zebra {
  static all = [];

  static async open(state = {}) {
    const z = new Zebra();
    Object.assign(z, { paperOut: false, headOpen: false, printed: [], waiting: [], links: new Set() }, state);
    z.server = createServer((c) => z.serve(c));
    await new Promise((done) => z.server.listen(0, "127.0.0.1", done));
    z.address = `127.0.0.1:${z.server.address().port}`;
    Zebra.all.push(z);
    return z;
  }

  serve(c) {
    let text = "";
    this.links.add(c);
    c.on("error", () => {});
    c.on("close", () => this.links.delete(c));
    c.on("data", (b) => {
      text += b;
      for (;;) {
        text = text.replace(/^[\r\n]+/, "");
        const label = /^\^XA[\s\S]*?\^XZ/.exec(text);
        if (text.startsWith("~HS")) {
          c.write(this.status());
          text = text.slice(3);
        } else if (label) {
          this.waiting.push(label[0]);
          text = text.slice(label[0].length);
        } else return;
        this.run();
      }
    });
  }

  run() {
    if (!this.paperOut && !this.headOpen) this.printed.push(...this.waiting.splice(0));
  }

  set(state) {
    Object.assign(this, state);
    this.run();
  }

  status() {
    const [p, h, n] = [Number(this.paperOut), Number(this.headOpen), this.waiting.length];
    return `\x02030,${p},${p || h},1245,${String(n).padStart(3, "0")},0,0,0,000,0,0,0\x03\r\n\x02001,0,${h},0,1,2,6,0,${String(n).padStart(8, "0")},1,000\x03\r\n\x021234,0\x03\r\n`;
  }

  close() {
    this.server.close();
    for (const c of this.links) c.destroy();
  }
}

after(() => Zebra.all.forEach((z) => z.close()));

// looks judges a screen as a desk and as a phone show it.
async function looks(p, where) {
  await p.setViewportSize({ width: 1280, height: 800 });
  await look(p, where);
  await p.setViewportSize({ width: 360, height: 640 });
  await look(p, where);
  await p.setViewportSize({ width: 1280, height: 800 });
}

async function setUp(code, name, z, fallback) {
  await sup.goto(`${house.url}/floor/prints`);
  await sup.getByTestId("new").click();
  await sup.getByTestId("field-code").fill(code);
  await sup.locator("dialog").getByTestId("field-name").fill(name);
  await sup.getByTestId("field-address").fill(z.address);
  if (fallback) await sup.getByTestId("field-fallback").selectOption(fallback);
  await sup.locator("dialog").getByTestId("send").click();
  await sup.getByTestId(`printer-${code}`).waitFor();
}

let zebra, spare;

test("the desk sets printers up, tries them, and sees what they wait for", o, async () => {
  [zebra, spare] = [await Zebra.open(), await Zebra.open()];
  await setUp("zebra-2", "Zebra at the door", spare);
  await setUp("zebra-1", "Zebra at bench 1", zebra, "zebra-2");
  await sup.getByTestId("test-zebra-1").click();
  await sup.locator("[data-testid=printer-zebra-1][data-state=ready]").waitFor();
  await sup.locator("[data-testid^=print-row-][data-status=sent]").waitFor();
  assert.equal(zebra.printed.length, 1);
  zebra.set({ paperOut: true });
  for (let n = 0; n < 3; n++) await sup.getByTestId("test-zebra-1").click();
  await sup.locator("[data-testid=printer-zebra-1][data-state=paper_out]").getByText("put a new roll").waitFor();
  await sup.locator("[data-status=queued]").nth(2).waitFor();
  await looks(sup, "prints waiting");
  const waiting = (await ask(sup, "/prints?status=queued")).items;
  await sup.getByTestId(`reroute-${waiting[1].id}`).click();
  await sup.locator("dialog").getByTestId("field-printer").selectOption("zebra-2");
  await looks(sup, "prints reroute");
  await sup.locator("dialog").getByTestId("send").click();
  await until(sup, `print-row-${waiting[1].id}`, "data-status", "sent");
  assert.equal(spare.printed.length, 1);
  await sup.getByTestId(`void-${waiting[2].id}`).click();
  await until(sup, `print-row-${waiting[2].id}`, "data-status", "void");
  zebra.set({ paperOut: false });
  await until(sup, `print-row-${waiting[0].id}`, "data-status", "sent");
  assert.equal(zebra.printed.length, 2, "the one that waited came out once, the void one never");
  await sup.getByTestId(`reprint-${waiting[0].id}`).click();
  await sup.getByText("copy 2").waitFor();
  await looks(sup, "prints ended");
  assert.deepEqual(sup.faults, []);
});

test("the bench says how its label is, in the worker's words, and gives it to another printer", o, async () => {
  const list = await house.released(sup, 91001, "Bo", [["FL-004", 1]]);
  const hand = await house.station(sup, "Hand 91", "handheld", "Tom");
  await scan(hand, list.id);
  const tote = await freeTote(sup);
  await walk(sup, hand, list, tote);
  await scan(hand, "STAGE-1");
  await until(hand, "verdict", "data-code", "list_done");
  const bench = await house.station(sup, "Bench 91", "bench", "Ben");
  const { items } = await ask(sup, "/devices?q=Bench%2091");
  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`device-row-${items[0].id}`).getByTestId("printer-of").click();
  await sup.getByTestId("field-printer").fill("zebra-1");
  await sup.locator("dialog").getByTestId("send").click();
  await sup.getByTestId(`device-row-${items[0].id}`).getByText("zebra-1").waitFor();
  zebra.set({ headOpen: true });
  const before = spare.printed.length;
  await scan(bench, tote);
  await at(bench, "item");
  await units(bench, await barcode(sup, "FL-004"), 1);
  await at(bench, "carton");
  await scan(bench, (await ask(sup, "/cartons")).items[1].label);
  await at(bench, "weigh");
  await weighed(bench);
  await at(bench, "label");
  await until(bench, "printing", "data-status", "queued");
  await bench.getByText("Printer Zebra at bench 1 is open: close it").waitFor();
  await bench.getByTestId("label-link").waitFor();
  await bench.locator(".verdict.off").waitFor({ state: "attached" });
  await looks(bench, "bench label waits");
  await bench.getByTestId("action-reroute").click();
  await until(bench, "printing", "data-status", "sent");
  await bench.locator(".verdict.off").waitFor({ state: "attached" });
  assert.equal(spare.printed.length, before + 1);
  await looks(bench, "bench label sent");
  await bench.getByTestId("action-reprint").click();
  zebra.set({ headOpen: false });
  await bench.getByText("Copy 2").waitFor();
  const order = await ask(sup, `/orders/${list.order}`);
  await scan(bench, order.parcels[0].tracking);
  await at(bench, "start");
  const jobs = (await ask(sup, `/prints?q=${order.parcels[0].id}`)).items;
  assert.deepEqual(jobs.map((j) => j.status), ["proved", "proved"]);
  assert.deepEqual(bench.faults, []);
});

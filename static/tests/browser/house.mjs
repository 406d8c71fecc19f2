// The real program with its demo warehouse, one per test file, and what people do with it: a lead at a desk,
// a device paired by its code, and a walk along a pick list. All work goes in as keystrokes; the API is only
// read, for what is printed on paper in a real house.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { at, missing, page, scan } from "./browser.mjs";

export const BINARY = process.env.FLOORLINE_BINARY ?? fileURLToPath(new URL("../../../bin/floorline", import.meta.url));
export const unbuilt = missing || (existsSync(BINARY) ? false : "bin/floorline is not built: make build");
if (unbuilt && process.env.CI) throw new Error(unbuilt);

// A file's house and the lead at its desk, once openHouse was called.
export let house;
export let sup;

// openHouse serves a house of their own to the tests of a file, and takes it down after them.
export function openHouse() {
  before(async () => {
    if (unbuilt) return;
    house = await House.open();
    sup = await house.desk();
  });
  after(() => house?.close());
}

export class House {
  static async open(...flags) {
    const h = new House();
    h.flags = flags;
    h.data = mkdtempSync(join(tmpdir(), "floorline-house-"));
    await h.serve("127.0.0.1:0");
    const demo = JSON.parse(readFileSync(join(h.data, "demo.json"), "utf8"));
    h.badges = Object.fromEntries(demo.badges.map((b) => [b.name, b.code]));
    return h;
  }

  async close() {
    for (const w of this.wifis ?? []) await w.close();
    await this.stop("SIGTERM");
    rmSync(this.data, { recursive: true, force: true });
  }

  serve(address) {
    this.server = spawn(BINARY, ["serve", "--data", this.data, "--http", address, "--demo", ...this.flags], { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((done, fail) => {
      let text = "";
      this.server.stdout.on("data", (b) => {
        text += b;
        const heard = /listening (http:\S+)/.exec(text);
        if (heard) done((this.url = heard[1]));
      });
      this.server.on("exit", (code) => fail(new Error(`the server ended with ${code}`)));
    });
  }

  async stop(signal) {
    if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((done) => this.server.once("exit", done));
    this.server.kill(signal);
    await ended;
  }

  // desk is a lead at a browser, signed in as Ana.
  async desk(options) {
    const p = await page({ width: 1280, height: 900, ...options });
    await p.goto(`${this.url}/signin`);
    await p.getByTestId("who").fill("Ana");
    await p.getByTestId("pin").fill("2580");
    await p.getByTestId("send").click();
    await p.getByTestId("counts-received").waitFor();
    return p;
  }

  // paired is a new device, paired by the code of the devices page; base is where it reaches the floor.
  async paired(sup, name, kind, { base = this.url, ...options } = {}) {
    const p = await page({ ...(kind === "handheld" ? {} : { width: 1280, height: 800 }), ...options });
    return this.pairedOn(sup, p, name, kind, base);
  }

  // pairedOn pairs a page that is there already.
  async pairedOn(sup, p, name, kind, base = this.url) {
    await sup.goto(`${this.url}/floor/devices`);
    await sup.getByTestId("field-name").first().fill(name);
    await sup.getByTestId("field-kind").first().selectOption(kind);
    await sup.getByRole("button", { name: "Make a code" }).click();
    const to = new URL(await sup.getByTestId("pairing").getAttribute("data-url"));
    await p.goto(`${base}${to.pathname}${to.hash}`);
    await p.getByTestId("send").click();
    await p.getByTestId("shift-start").click();
    return p;
  }

  // station is a paired device with somebody signed in on it.
  async station(sup, name, kind, who, options) {
    const p = await this.paired(sup, name, kind, options);
    await this.badge(p, who);
    return p;
  }

  async badge(p, who) {
    await scan(p, this.badges[who]);
    await p.getByTestId("worker").getByText(who).waitFor();
  }

  shopifyFile(id, name, lines) {
    const file = join(this.data, `${id}.json`);
    const order = {
      id,
      name: `#${id}`,
      currency: "EUR",
      financial_status: "paid",
      line_items: lines.map(([sku, quantity], i) => ({ id: i + 1, sku, title: sku, quantity, price: "12.90", requires_shipping: true })),
      shipping_lines: [{ code: "standard", title: "Standard" }],
      shipping_address: { name, address1: "Prinsengracht 263", city: "Amsterdam", zip: "1016 GV", country_code: "NL", phone: "+31201234567" },
    };
    writeFileSync(file, JSON.stringify({ orders: [order] }));
    return file;
  }

  // imported sends a Shopify order in on the import page, chooses it on the orders page and gives its id.
  async imported(sup, number, name, lines) {
    await sup.goto(`${this.url}/floor/import`);
    await sup.getByTestId("import-kind").selectOption("shopify");
    await sup.getByTestId("import-file").setInputFiles(this.shopifyFile(number, name, lines));
    await sup.getByTestId("import").click();
    await sup.getByTestId("import-created").getByText("1", { exact: true }).waitFor();
    await sup.goto(`${this.url}/floor/orders?q=${number}`);
    const id = (await ask(sup, `/orders?q=${number}`)).items[0].id;
    await sup.getByTestId(`choose-${id}`).click();
    await sup.getByTestId("chosen").getByText("1 chosen").waitFor();
    await sup.getByTestId("method").selectOption("discrete");
    return id;
  }

  // released is an imported order in a wave of its own; it gives the wave's only pick list.
  async released(sup, number, name, lines) {
    const id = await this.imported(sup, number, name, lines);
    await sup.getByTestId("release").click();
    await sup.locator(`[data-testid="order-row-${id}"][data-status=released]`).waitFor();
    return { order: id, ...(await pickList(sup, id)) };
  }

  // overWifi is the same server behind a link that can be broken.
  async overWifi() {
    const wifi = await new Wifi(Number(new URL(this.url).port)).open();
    this.wifis = [...(this.wifis ?? []), wifi];
    return wifi;
  }
}

// Wifi carries bytes between devices and the server, until it is off. Off is what a radio does: what the
// device sends may still arrive, no answer comes back, and nobody is told that the link is gone.
class Wifi {
  constructor(port) {
    this.port = port;
    this.on = true;
    this.lagMS = 0; // each way, as over the air
    this.links = new Set();
  }

  // later hands bytes on after the lag, in their order.
  later(give) {
    if (this.lagMS) setTimeout(give, this.lagMS);
    else give();
  }

  async open() {
    this.gate = createServer((device) => this.carry(device));
    await new Promise((done) => this.gate.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.gate.address().port}`;
    return this;
  }

  carry(device) {
    if (!this.on) return device.destroy();
    const floor = connect(this.port, "127.0.0.1");
    this.links.add(device).add(floor);
    device.on("data", (b) => this.later(() => floor.write(b)));
    floor.on("data", (b) => this.later(() => this.on && device.write(b)));
    for (const [one, other] of [[device, floor], [floor, device]]) {
      one.on("error", () => {});
      one.on("close", () => this.links.delete(one) && other.destroy());
    }
  }

  // fade lets answers get lost from now on; drop then ends the links, as a radio's end is noticed in time.
  fade() {
    this.on = false;
    this.fading = true;
  }

  drop() {
    this.on = this.fading = false;
    for (const s of this.links) s.destroy();
  }

  back() {
    for (const s of this.links) s.destroy();
    this.on = true;
  }

  async close() {
    this.drop();
    await new Promise((done) => this.gate.close(done));
  }
}

// ask reads the API with the page's own session.
export const ask = (p, path) => p.evaluate((to) => fetch(`/api/v1${to}`).then((r) => r.json()), path);

export async function pickList(sup, order) {
  const { items } = await ask(sup, "/picklists?limit=200");
  return ask(sup, `/picklists/${items.find((l) => l.orders.includes(order)).id}`);
}

export const freeTote = async (sup) => (await ask(sup, "/totes?limit=200")).items.find((t) => !t.order && !t.picklist).code;

export const barcode = async (sup, sku) => (await ask(sup, `/items/${sku}`)).barcodes[0].code;

// HAND_MS is what a hand needs between two units; the same code much sooner is one trigger's bounce.
export const HAND_MS = 150;

export async function units(p, code, n) {
  for (let i = 0; i < n; i++) {
    if (i > 0) await p.waitForTimeout(HAND_MS);
    await scan(p, code);
  }
}

// toItem starts a list and goes as far as its first item.
export async function toItem(sup, hand, list) {
  await scan(hand, list.id);
  await at(hand, "tote");
  await scan(hand, await freeTote(sup));
  await at(hand, "bin");
  await scan(hand, list.lines[0].bin);
  await at(hand, "item");
}

// inWalk gives a list's lines in the order in which they are walked to.
export async function inWalk(sup, list) {
  const { stops } = await ask(sup, `/picklists/${list.id}/walk`);
  const at = (line) => stops.findIndex((s) => s.bin === line.bin);
  return [...list.lines].sort((a, b) => at(a) - at(b) || a.line - b.line);
}

export async function walk(sup, hand, list, tote) {
  await at(hand, "tote");
  await scan(hand, tote);
  for (const line of await inWalk(sup, list)) {
    await at(hand, "bin");
    await scan(hand, line.bin);
    await at(hand, "item");
    await units(hand, await barcode(sup, line.sku), line.qty);
  }
  await at(hand, "stage");
}

// weighed types what the parcel should weigh, as somebody reads it off a scale.
export async function weighed(bench) {
  const grams = await bench.getByTestId("weigh").getAttribute("data-expected");
  for (const digit of grams) await bench.getByTestId(`key-${digit}`).click();
  await bench.getByTestId("pad-ok").click();
}

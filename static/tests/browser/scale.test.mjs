// A bench with a scale, through the real program: one on the network that the program itself pretends to be, and ones
// that are plugged into the bench, as far as a browser shows them to a page (WebHID and WebSerial).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { at, scan, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, BINARY, freeTote, house, openHouse, pickList, sup, unbuilt, units, walk } from "./house.mjs";

const o = { skip: unbuilt, timeout: 150_000 };

openHouse();

let number = 880100;

// toWeigh has an order picked and packed at a bench, up to the scale.
async function toWeigh(bench, hand, lines) {
  const id = await house.imported(sup, number++, "Otto Frank", lines);
  await sup.getByTestId("release").click();
  await sup.locator(`[data-testid="order-row-${id}"][data-status=released]`).waitFor();
  const list = await pickList(sup, id);
  const tote = await freeTote(sup);
  await scan(hand, list.id);
  await walk(sup, hand, list, tote);
  await scan(hand, "STAGE-1");
  await at(hand, "start");
  await scan(bench, tote);
  for (const line of list.lines) await units(bench, await barcode(sup, line.sku), line.qty);
  await at(bench, "carton");
  await scan(bench, (await ask(sup, "/cartons")).items[0].label);
  await at(bench, "weigh");
  return id;
}

const expected = async (bench) => Number(await bench.getByTestId("weigh").getAttribute("data-expected"));
const says = (bench, said) => until(bench, "dial", "data-said", said);
const parcelOf = async (id) => (await ask(sup, `/parcels/${(await ask(sup, `/orders/${id}`)).parcels[0].id}`));

// finish reads the label back, so that the bench is free.
async function finish(bench, id) {
  await at(bench, "label");
  await bench.getByTestId("label-link").waitFor();
  await scan(bench, (await parcelOf(id)).tracking);
  await at(bench, "start");
}

async function choose(bench, kind) {
  await bench.getByTestId("menu").click();
  await bench.getByTestId(`scale-${kind}`).click();
  await until(bench, "scales", "data-kind", kind);
  await bench.getByTestId("sheet-close").click();
}

// looks judges a screen wide and narrow.
async function looks(p, where) {
  await look(p, where);
  await p.setViewportSize({ width: 360, height: 740 });
  await look(p, `${where}-narrow`);
  await p.setViewportSize({ width: 1280, height: 800 });
}

// pretended is `floorline scale`, with put for what lies on it.
function pretended(...flags) {
  const child = spawn(BINARY, ["scale", "--settle-ms", "250", "--noise-g", "1", ...flags], { stdio: ["pipe", "pipe", "inherit"] });
  return new Promise((done) => {
    child.stdout.once("data", (b) =>
      done({
        address: /scale on (\S+)/.exec(String(b))[1],
        put: (what) => child.stdin.write(`${what}\n`),
        end: () => new Promise((gone) => child.once("exit", gone) && child.stdin.end()),
      }),
    );
  });
}

test("a parcel is weighed by itself on a scale of the network, and one that is too light is stopped with the reason", o, async () => {
  const scale = await pretended("--protocol", "sics");
  const hand = await house.station(sup, "Hand 31", "handheld", "Mia");
  const bench = await house.station(sup, "Bench 31", "bench", "Ben");
  await sup.goto(`${house.url}/floor/devices`);
  const device = (await ask(sup, "/devices?q=Bench 31")).items[0].id;
  await sup.getByTestId(`scale-of-${device}`).click();
  await sup.getByLabel("Address of a scale on the network").fill(scale.address);
  await sup.getByRole("button", { name: "Save" }).click();
  await sup.getByTestId(`scale-of-${device}`).getByText(scale.address).waitFor();
  scale.put(0);
  await bench.getByTestId("menu").click();
  await bench.locator("[data-testid=scale-network]:enabled").click();
  await bench.getByTestId("scales").scrollIntoViewIfNeeded();
  await looks(bench, "scale-menu");
  await bench.getByTestId("sheet-close").click();

  const id = await toWeigh(bench, hand, [["FL-001", 2]]);
  await says(bench, "place");
  await looks(bench, "weigh-empty");
  const g = await expected(bench);
  scale.put(g - 340); // a mug of 340 g was forgotten
  await until(bench, "verdict", "data-code", "weight_differs");
  assert.match(await bench.getByTestId("say").innerText(), /about one Stoneware mug, sand too few/);
  await looks(bench, "weigh-refused");
  await bench.getByTestId("verdict-ok").click();
  await bench.getByTestId("weigh-cause").getByText("too few").waitFor();
  await until(bench, "band", "data-good", "false");
  await says(bench, "wrong");
  await looks(bench, "weigh-off");
  scale.put(g); // it is put in
  await at(bench, "label");
  const p = await parcelOf(id);
  assert.equal(p.weighing.source, "scale");
  assert.ok(Math.abs(p.weight_g - g) < 12, `${p.weight_g} g`);

  // The parcel stays on the scale: it is not the next one's weight.
  await finish(bench, id);
  const next = await toWeigh(bench, hand, [["FL-001", 2]]);
  await says(bench, "off");
  await looks(bench, "weigh-last-one");
  assert.ok(await bench.getByTestId("weigh-take").isDisabled());
  scale.put("over");
  await says(bench, "over");
  scale.put("under");
  await says(bench, "under");
  scale.put("unplug");
  await says(bench, "silent");
  await looks(bench, "weigh-silent");
  scale.put(0);
  await says(bench, "place");
  scale.put(g + 4);
  await finish(bench, next);
  assert.deepEqual(bench.faults, []);
  await scale.end();
});

test("without the switch a stable weight waits for a tap, and a typed one is marked", o, async () => {
  const scale = await pretended("--protocol", "toledo", "--step-g", "1");
  const hand = await house.station(sup, "Hand 32", "handheld", "Mia");
  const bench = await house.station(sup, "Bench 32", "bench", "Ben");
  const device = (await ask(sup, "/devices?q=Bench 32")).items[0].id;
  await sup.evaluate(([d, a]) => fetch(`/api/v1/devices/${d}`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ scale: a }) }), [device, scale.address]);
  scale.put(0);
  await bench.getByTestId("menu").click();
  await bench.locator("[data-testid=scale-network]:enabled").click();
  await bench.getByTestId("scale-auto").click();
  await bench.getByTestId("sheet-close").click();
  const first = await toWeigh(bench, hand, [["FL-003", 1]]);
  await says(bench, "place");
  scale.put(await expected(bench));
  await says(bench, "ok");
  await until(bench, "band", "data-good", "true");
  await looks(bench, "weigh-good");
  await bench.getByTestId("weigh-take").click();
  await finish(bench, first);

  const second = await toWeigh(bench, hand, [["FL-003", 1]]);
  const g = await expected(bench);
  await bench.getByTestId("weigh-type").click();
  await looks(bench, "weigh-typing");
  for (const digit of String(g + 1)) await bench.getByTestId(`key-${digit}`).click();
  await bench.getByTestId("pad-ok").click();
  await finish(bench, second);
  assert.equal((await parcelOf(second)).weighing.source, "typed");
  await sup.goto(`${house.url}/floor/orders/${second}`);
  await sup.getByText("weight typed").first().waitFor();
  await scale.end();
});

// plugged shows a page a USB scale and a serial port as a browser does; window.plug speaks for them.
function plugged() {
  class Scale extends EventTarget {
    opened = false;
    collections = [{ usagePage: 0x8d }];
    async open() {
      this.opened = true;
    }
    async close() {
      this.opened = false;
    }
  }
  const device = new Scale();
  const bus = new EventTarget();
  let allowed = false;
  Object.assign(bus, { getDevices: async () => (allowed ? [device] : []), requestDevice: async () => ((allowed = true), [device]) });
  Object.defineProperty(navigator, "hid", { value: bus });

  const port = new EventTarget();
  let out;
  const heard = [];
  Object.assign(port, {
    getInfo: () => ({ usbVendorId: 1, usbProductId: 2 }),
    async open({ baudRate }) {
      window.plug.baud = baudRate;
      port.readable = new ReadableStream({ start: (c) => (out = c) });
      port.writable = new WritableStream({ write: (b) => void heard.push(new TextDecoder().decode(b)) });
    },
    async close() {},
  });
  let ports = [];
  Object.defineProperty(navigator, "serial", { value: { getPorts: async () => ports, requestPort: async () => (ports = [port])[0] } });
  window.plug = {
    heard,
    report(...bytes) {
      device.dispatchEvent(Object.assign(new Event("inputreport"), { reportId: 3, data: new DataView(new Uint8Array(bytes).buffer) }));
    },
    line: (text) => out.enqueue(new TextEncoder().encode(text)),
  };
}

// saying has a plugged scale say something again and again, as they do, until stopped.
async function saying(p, call, ...args) {
  const timer = await p.evaluate(([c, a]) => setInterval(() => window.plug[c](...a), 60), [call, args]);
  return () => p.evaluate((t) => clearInterval(t), timer);
}

test("a USB scale is heard by WebHID and a serial one by WebSerial", o, async () => {
  const hand = await house.station(sup, "Hand 33", "handheld", "Mia");
  const bench = await house.station(sup, "Bench 33", "bench", "Ben", { before: plugged });
  await choose(bench, "hid");
  const grams = (g) => [4, 2, 0, g & 255, g >> 8];
  let hush = await saying(bench, "report", 2, 2, 0, 0, 0);
  const first = await toWeigh(bench, hand, [["FL-001", 1]]);
  await says(bench, "place");
  await hush();
  hush = await saying(bench, "report", 3, 2, 0, 99, 0);
  await says(bench, "moving");
  await hush();
  hush = await saying(bench, "report", ...grams((await expected(bench)) + 3));
  await finish(bench, first);
  await hush();
  assert.equal((await parcelOf(first)).weighing.source, "scale");

  await choose(bench, "serial");
  await bench.waitForFunction(() => window.plug.heard.includes("SI\r\n")); // it says nothing by itself, and is asked
  assert.equal(await bench.evaluate(() => window.plug.baud), 9600);
  hush = await saying(bench, "line", "S S     0.000 kg\r\n");
  const second = await toWeigh(bench, hand, [["FL-001", 1]]);
  await says(bench, "place");
  await hush();
  hush = await saying(bench, "line", `S S ${(((await expected(bench)) - 2) / 1000).toFixed(3)} kg\r\n`);
  await finish(bench, second);
  await hush();
  assert.deepEqual(bench.faults, []);
});

test("a lead lets a weight pass on the bench, and it stands in the order's timeline", o, async () => {
  const hand = await house.station(sup, "Hand 34", "handheld", "Mia");
  const bench = await house.station(sup, "Bench 34", "bench", "Ben");
  const id = await toWeigh(bench, hand, [["FL-001", 2]]);
  await looks(bench, "weigh-no-scale");
  for (const digit of "2000") await bench.getByTestId(`key-${digit}`).click();
  await bench.getByTestId("pad-ok").click();
  await until(bench, "verdict", "data-code", "weight_differs");
  await bench.getByTestId("verdict-override").click();
  await at(bench, "override");
  await scan(bench, house.badges.Ana);
  for (const d of "2580") await bench.getByTestId(`key-${d}`).click();
  await bench.getByTestId("pad-ok").click();
  await finish(bench, id);
  assert.equal((await parcelOf(id)).weighing.off, true);
  await sup.goto(`${house.url}/floor/orders/${id}`);
  await sup.getByText("weight allowed").first().waitFor();
  await sup.getByText("allowed by Ana").first().waitFor();
});

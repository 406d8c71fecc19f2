// What happens to a device out of reach of the floor, through the real program: it starts cold without a server,
// what it loses is said and counted, what is refused reaches the lead, and a browser that keeps nothing says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, page, scan, until } from "./browser.mjs";
import { ask, barcode, HAND_MS, house, openHouse, sup, toItem, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 60_000 };
openHouse();

const left = (hand, n) => hand.locator("[data-testid=qty] b").getByText(String(n), { exact: true }).waitFor();
const waiting = (p, n) => until(p, "amber", "data-saved", String(n));
const open = async (kind) => (await ask(sup, "/exceptions?limit=200")).items.filter((x) => x.kind === kind);
const tell = (path, body) =>
  sup.evaluate(([to, b]) => fetch(`/api/v1${to}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.json()), [path, body]);

async function green(p) {
  await until(p, "link", "data-state", "live");
  await until(p, "amber", "data-count", "0");
}

// outOfReach is a handheld at an item with the network gone; its service worker may run.
async function outOfReach(number, name, sku, qty) {
  const wifi = await house.overWifi();
  const list = await house.released(sup, number, "Anna", [[sku, qty]]);
  const hand = await house.station(sup, name, "handheld", "Mia", { base: wifi.url, workers: "allow" });
  await toItem(sup, hand, list);
  await hand.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  wifi.drop();
  await until(hand, "link", "data-state", "offline");
  return { wifi, list, hand, code: await barcode(sup, sku) };
}

async function times(hand, code, n) {
  for (let i = 0; i < n; i++) {
    await scan(hand, code);
    await hand.waitForTimeout(HAND_MS);
  }
}

test("the handheld starts cold with no server there, and works on", o, async () => {
  const { wifi, hand, code } = await outOfReach(73001, "Handheld 31", "FL-003", 3);
  await scan(hand, code);
  await waiting(hand, 1);
  await left(hand, 2);
  const again = await hand.context().newPage();
  await hand.close();
  await again.goto(`${wifi.url}/handheld`);
  await at(again, "item");
  await left(again, 2);
  await waiting(again, 1);
  await scan(again, code);
  await waiting(again, 2);
  assert.equal(await again.getByTestId("action-leave").isDisabled(), true);
  wifi.back();
  await green(again);
  await left(again, 1);
});

test("storage that was cleared with scans waiting: the browser says so, the device asks for a count, the lead is told", o, async () => {
  const { wifi, list, hand, code } = await outOfReach(73002, "Handheld 32", "FL-005", 4);
  await times(hand, code, 3);
  await waiting(hand, 3);
  await left(hand, 1);
  const again = await hand.context().newPage();
  await hand.close();
  const cdp = await again.context().newCDPSession(again);
  await cdp.send("Storage.clearDataForOrigin", { origin: wifi.url, storageTypes: "indexeddb" });
  await again.goto(`${wifi.url}/handheld`);
  assert.match(await again.getByTestId("lost").textContent(), /was Handheld 32 .* 3 scans .* count the tote/s);

  wifi.back();
  const device = (await ask(sup, "/devices?limit=200")).items.find((d) => d.name === "Handheld 32");
  const { code: pairing } = await tell("/devices/pairings", { device: device.id });
  await again.goto(`${wifi.url}/pair#${pairing}`);
  await again.getByTestId("send").click();
  await until(again, "verdict", "data-code", "scans_missing");
  assert.match(await again.getByTestId("say").textContent(), /3/);
  assert.equal((await ask(sup, `/picklists/${list.id}`)).lines[0].picked, 0);
  const told = (await open("scans_missing")).map((x) => x.say).join("\n");
  assert.match(told, /3 scans of Handheld 32 \(Mia\) are missing: count tote T-/);
  await again.getByTestId("shift-start").click();
  await again.getByTestId("verdict-ok").click();
  await again.getByText("Is that right?").waitFor();
  await scan(again, code); // nothing goes on before the tote is counted
  await until(again, "verdict", "data-code", "answer_first");
  await again.getByTestId("verdict-ok").click();
  await again.getByRole("button", { name: "No, it differs" }).click();
  await until(again, "verdict", "data-code", "count_differs");
  assert.equal((await open("count_differs")).length, 1);
  await scan(again, code);
  await left(again, 3);
});

test("what is refused of a time out of reach is shown to the worker and told to the lead; a clock a day wrong changes nothing", o, async () => {
  const { wifi, hand, code } = await outOfReach(73003, "Handheld 33", "FL-007", 2);
  await hand.evaluate((off) => {
    const True = Date;
    window.Date = class extends True {
      constructor(...when) {
        super(...(when.length ? when : [True.now() + off]));
      }
      static now() {
        return True.now() + off;
      }
    };
  }, 24 * 3600_000);
  const before = Date.now();
  await scan(hand, "4006381333931");
  await until(hand, "verdict", "data-code", "undecided");
  await scan(hand, code);
  await left(hand, 1);
  wifi.back();
  await green(hand);
  await hand.getByTestId("missed").getByText("4006381333931").waitFor();
  await left(hand, 1);
  const [x, ...more] = (await open("late_refused")).filter((e) => e.say.includes("Handheld 33"));
  assert.deepEqual(more, []);
  assert.match(x.say, /^Mia scanned 4006381333931 on Handheld 33 at /);
  const made = Date.parse(x.made_at); // however long the rest took: not before the scan, and not after now
  assert.ok(made > before - 1000 && made < Date.now() + 1000, `the lead is told ${x.made_at}; it was scanned after ${new Date(before).toISOString()}`);
  await sup.goto(`${house.url}/floor`);
  await sup.getByTestId(`exception-${x.id}`).getByText("Mia scanned 4006381333931").waitFor();
});

test("a disk that is full: out of reach nothing is taken and that is said; in reach the floor's word counts", o, async () => {
  const { wifi, hand, code } = await outOfReach(73004, "Handheld 34", "FL-009", 2);
  await hand.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function () {
      throw new DOMException("no room", "QuotaExceededError");
    };
    window.room = () => (IDBObjectStore.prototype.put = put);
  });
  await scan(hand, code);
  await until(hand, "verdict", "data-code", "not_saved");
  await until(hand, "amber", "data-count", "0");
  await left(hand, 2);
  wifi.back();
  await green(hand);
  await scan(hand, code);
  await left(hand, 1);
  await hand.getByTestId("trouble").waitFor();
  await hand.evaluate(() => window.room());
  await hand.waitForTimeout(HAND_MS);
  await scan(hand, code);
  await at(hand, "stage");
  await hand.getByTestId("trouble").waitFor({ state: "detached" });
});

test("a browser that opens no storage says so and takes no scan, and no pairing code is spent on it", o, async () => {
  const p = await page();
  await p.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await p.goto(`${house.url}/handheld`);
  await p.getByTestId("no-storage").getByText("private window").waitFor();
  const { code } = await tell("/devices/pairings", { kind: "handheld", name: "Handheld 35" });
  await p.goto(`${house.url}/pair#${code}`);
  await p.getByTestId("send").click();
  await p.getByText("private window").waitFor();
  const other = await page();
  await other.goto(`${house.url}/pair#${code}`);
  await other.getByTestId("send").click();
  await other.getByTestId("shift-start").waitFor();
});

test("it can be installed: a manifest without a fault, icons of the sizes it names, and the screen kept awake from the first tap", o, async () => {
  const p = await page({ workers: "allow" });
  await p.addInitScript(() => {
    window.awake = 0;
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => (window.awake++, { release: async () => {} }) } });
  });
  await p.goto(house.url);
  const cdp = await p.context().newCDPSession(p);
  const { data, errors } = await cdp.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { icons, display, start_url } = JSON.parse(data);
  assert.deepEqual([display, start_url], ["standalone", "/"]);
  const seen = await p.evaluate(
    (list) =>
      Promise.all(
        list.map(async (i) => {
          const r = await fetch(i.src);
          const b = await createImageBitmap(await r.blob());
          return [i.sizes, i.purpose, r.headers.get("Content-Type"), `${b.width}x${b.height}`];
        }),
      ),
    icons.filter((i) => i.type === "image/png"),
  );
  assert.deepEqual(
    seen,
    ["any", "maskable"].flatMap((purpose) => ["192x192", "512x512"].map((size) => [size, purpose, "image/png", size])),
  );
  const { code } = await tell("/devices/pairings", { kind: "handheld", name: "Handheld 36" });
  await p.goto(`${house.url}/pair#${code}`);
  await p.getByTestId("send").click();
  await p.getByTestId("shift-start").waitFor();
  assert.equal(await p.evaluate(() => window.awake), 0);
  await p.getByTestId("shift-start").click();
  await p.waitForFunction(() => window.awake === 1);
  await p.getByTestId("menu").click();
  await p.getByTestId("keeping").waitFor();
  assert.equal(await p.getByTestId("home-screen").count(), 0);
});

test("on an iPhone it says how to put it on the home screen", o, async () => {
  const p = await page();
  await p.addInitScript(() => Object.defineProperty(navigator, "userAgent", { value: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)" }));
  const { code } = await tell("/devices/pairings", { kind: "handheld", name: "Handheld 37" });
  await p.goto(`${house.url}/pair#${code}`);
  await p.getByTestId("send").click();
  await p.getByTestId("home-screen").getByText("Add to Home Screen").waitFor();
});

test("a trigger that bounces counts one unit, however quick the floor is; the next unit counts", o, async () => {
  const list = await house.released(sup, 73011, "Anna", [["FL-003", 3]]);
  const hand = await house.station(sup, "Handheld 41", "handheld", "Mia");
  await toItem(sup, hand, list);
  await hand.evaluate(async (code) => {
    const key = (k) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true }));
    for (let i = 0; i < 2; i++) {
      for (const c of code) {
        key(c);
        await new Promise((done) => setTimeout(done, 10));
      }
      key("Enter");
    }
  }, await barcode(sup, "FL-003"));
  await until(hand, "amber", "data-count", "0");
  await left(hand, 2);
  assert.equal((await ask(sup, `/picklists/${list.id}`)).lines[0].picked, 1);
  await hand.waitForTimeout(HAND_MS);
  await scan(hand, await barcode(sup, "FL-003"));
  await left(hand, 1);
});

test("a page of text pasted in place of a code is refused, and keeps nothing back", o, async () => {
  const list = await house.released(sup, 73012, "Anna", [["FL-003", 2]]);
  const hand = await house.station(sup, "Handheld 42", "handheld", "Mia");
  await toItem(sup, hand, list);
  await hand.getByTestId("type").click();
  await hand.getByTestId("typed-code").click();
  await hand.keyboard.insertText("Dear all, ".repeat(3_000));
  await hand.getByTestId("typed-ok").click();
  await until(hand, "verdict", "data-class", "refused");
  await hand.getByTestId("verdict-ok").click();
  await scan(hand, await barcode(sup, "FL-003"));
  await left(hand, 1);
});

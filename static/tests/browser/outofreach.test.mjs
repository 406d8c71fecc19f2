// A whole cluster job through the real program, once with nothing in its way and once on a bad day: the network
// goes at every third scan and comes back after it, the page crashes once, and the whole browser is killed once,
// both with scans waiting. The two journals are the same.

import assert from "node:assert/strict";
import { mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { at, FLAGS, PATH, scan, until } from "./browser.mjs";
import { ask, barcode, HAND_MS, House, inWalk, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 240_000 };
const ORDERS = [
  [["FL-001", 2], ["FL-002", 1]],
  [["FL-003", 2], ["FL-001", 1]],
  [["FL-005", 1], ["FL-007", 3]],
];

const houses = [];
after(() => Promise.all(houses.map((h) => h.close())));

// opened is a house with a cluster list for three orders, the same every time.
async function opened() {
  const house = await House.open();
  houses.push(house);
  const sup = await house.desk();
  const orders = [];
  for (const [i, lines] of ORDERS.entries()) orders.push(await house.imported(sup, 72001 + i, "Anna", lines));
  const wave = await tell(sup, "/waves", { orders, method: "cluster" });
  return { house, sup, list: await ask(sup, `/picklists/${wave.picklists[0]}`) };
}

const tell = (p, path, body) =>
  p.evaluate(([to, b]) => fetch(`/api/v1${to}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.json()), [path, body]);

// scansOf is every scan of the walk, in order: totes, then per line the bin, the units and the slot, and the stage.
async function scansOf(sup, list) {
  const free = (await ask(sup, "/totes?limit=200")).items.filter((t) => !t.order && !t.picklist).map((t) => t.code);
  const tote = Object.fromEntries(list.totes.map((t, i) => [t.slot, free[i]]));
  const out = [list.id, ...list.totes.map((t) => tote[t.slot])];
  let bin = "";
  for (const line of await inWalk(sup, list)) {
    if (line.bin !== bin) out.push(await label(sup, line.bin));
    bin = line.bin;
    const code = await barcode(sup, line.sku);
    for (let i = 0; i < line.qty; i++) out.push(code);
    out.push(tote[line.slot]);
  }
  return [...out, await label(sup, "STAGE-1")];
}

const label = async (sup, bin) => (await ask(sup, `/bins/${bin}`)).label ?? bin;

// journal is everything that happened on a house's handheld, without what differs from one run to another.
async function journal(sup) {
  const all = [];
  for (let since = "0"; since !== ""; ) {
    const page = await ask(sup, `/events?since=${since}&limit=1000`);
    all.push(...page.items);
    since = page.next;
  }
  const own = all.filter((e) => e.device && !["answered", "time_ran_out"].includes(e.kind));
  return { all, own: own.map((e) => ({ kind: e.kind, worker: e.worker, device: e.device, data: timeless(e.data) })) };
}

// timeless takes the instants and the digests out of what happened.
function timeless(data) {
  return JSON.parse(JSON.stringify(data, (key, value) => (/(^|_)(at|until|made|digest|token|seen)$/.test(key) ? undefined : value)));
}

class BadDay {
  constructor(house, wifi) {
    Object.assign(this, { house, wifi, dir: mkdtempSync(join(tmpdir(), "floorline-profile-")), faults: [] });
  }

  async launch() {
    this.context = await chromium.launchPersistentContext(this.dir, { executablePath: PATH, args: FLAGS, viewport: { width: 360, height: 640 } });
    await this.fresh();
  }

  async fresh() {
    this.page = await this.context.newPage();
    this.page.on("pageerror", (e) => this.faults.push(e.message));
  }

  open() {
    return this.page.goto(`${this.wifi.url}/handheld`);
  }

  // crash ends the page as a browser does that runs out of memory; its storage hears of it no sooner than we do.
  async crash() {
    const cdp = await this.context.newCDPSession(this.page);
    const crashed = this.page.waitForEvent("crash");
    cdp.send("Page.crash").catch(() => {});
    await crashed;
    await this.page.close();
    await this.fresh();
    await this.open();
  }

  // kill ends the whole browser at once, as an empty battery does.
  async kill() {
    const pid = Number(readlinkSync(join(this.dir, "SingletonLock")).split("-").at(-1));
    const closed = new Promise((done) => this.context.once("close", done));
    process.kill(pid, "SIGKILL");
    await closed;
    await this.launch();
    await this.open();
  }

  async end() {
    await this.context?.close();
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const waiting = (p, n) => until(p, "amber", "data-saved", String(n));

async function green(p) {
  await until(p, "link", "data-state", "live");
  await until(p, "amber", "data-count", "0");
}

test("a cluster job with the network cut at every third scan and the page killed twice: the journal is that of a day without faults", o, async () => {
  const good = await opened();
  const hand = await good.house.station(good.sup, "Handheld 1", "handheld", "Mia");
  const plain = await scansOf(good.sup, good.list);
  for (const code of plain) {
    await scan(hand, code);
    await green(hand);
    await hand.waitForTimeout(HAND_MS);
  }
  await at(hand, "start");

  const bad = await opened();
  const scans = await scansOf(bad.sup, bad.list);
  assert.deepEqual(scans, plain);
  const day = new BadDay(bad.house, await bad.house.overWifi());
  try {
    await day.launch();
    await bad.house.pairedOn(bad.sup, day.page, "Handheld 1", "handheld", day.wifi.url);
    await bad.house.badge(day.page, "Mia");
    await day.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const done = await walkBadly(day, scans);
    assert.deepEqual(done, { cuts: Math.floor(scans.length / 3), kills: 2 });
    await at(day.page, "start");
    assert.deepEqual(day.faults, []);
  } finally {
    await day.end();
  }

  const [one, other] = [await journal(good.sup), await journal(bad.sup)];
  assert.deepEqual(other.own, one.own);
  assert.ok(one.own.length > scans.length / 2, "hardly anything happened");
  const answered = other.all.filter((e) => e.kind === "answered" && e.data.n);
  assert.equal(new Set(answered.map((e) => e.data.id)).size, answered.length);
  console.log(`  ${scans.length} scans, ${Math.floor(scans.length / 3)} cuts, 2 kills: ${one.own.length} events, the same in both journals`);
});

// walkBadly makes the scans one by one. Before every third the network goes; with it down that scan and, now and
// then, the next ones are made; the crash and the kill come while they wait.
async function walkBadly(day, scans) {
  const killAt = [Math.floor(scans.length / 3), Math.floor((2 * scans.length) / 3)].map((n) => n - (n % 3) + 2);
  let [cuts, kills] = [0, 0];
  for (const [i, code] of scans.entries()) {
    const cut = i % 3 === 2;
    if (cut) {
      if (cuts++ % 2 === 0) day.wifi.drop();
      else day.wifi.fade(); // what is sent still arrives, and no answer comes back
      if (!day.wifi.fading) await until(day.page, "link", "data-state", "offline");
    }
    await scan(day.page, code);
    if (cut) {
      await waiting(day.page, 1);
      day.wifi.drop();
      if (killAt.includes(i)) {
        await (kills++ === 0 ? day.crash() : day.kill());
        await waiting(day.page, 1);
      }
      day.wifi.back();
    }
    await green(day.page);
    await day.page.waitForTimeout(HAND_MS);
  }
  return { cuts, kills };
}

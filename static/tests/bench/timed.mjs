// What a page noted of its own keys, tones and verdicts while a pick list was walked. The page is asked from
// outside: nothing of this is in what ships.

import { at, scan } from "../browser/browser.mjs";
import { ask, barcode, freeTote, HAND_MS, inWalk } from "../browser/house.mjs";

// ears runs in the page before any of its own code. Each scan's note: when its last character and its end
// came (the browser's own stamps of the events), when a tone was ordered and when its first sample leaves for
// the loudspeaker, and when the verdict was on screen.
export function ears() {
  const notes = (window.notes = []);
  let now = null;
  addEventListener(
    "keydown",
    (e) => {
      if (e.key.length === 1) {
        if (now === null || now.closed) notes.push((now = { keyed: 0, ended: 0, tones: [], drawn: 0, painted: 0, closed: false, pending: window.verdictID?.() }));
        now.keyed = e.timeStamp;
      } else if ((e.key === "Enter" || e.key === "Tab") && now) {
        now.ended = e.timeStamp;
        now.closed = true;
      }
    },
    true,
  );
  window.scanOver = () => now && (now.closed = true);
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when = 0) {
    const a = this.context;
    const ordered = performance.now();
    const ahead = Math.max(0, when - a.currentTime) * 1000;
    now?.tones.push({ ordered, heard: ordered + ahead + (a.baseLatency + (a.outputLatency || 0)) * 1000, hz: this.frequency.value });
    return start.call(this, when);
  };
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const tx = transaction.apply(this, args);
    const asked = performance.now();
    const mine = now;
    if (mine && !mine.save && tx.mode === "readwrite" && [...tx.objectStoreNames].includes("outbox")) {
      tx.addEventListener("complete", () => (mine.save ||= performance.now() - asked));
    }
    return tx;
  };
  const seen = (v) => {
    const id = v.dataset.id;
    if (!id || id === window.lastVerdict) return;
    window.lastVerdict = id;
    const mine = now;
    if (!mine || mine.drawn) return;
    mine.class = v.dataset.class;
    mine.drawn = performance.now();
    // After the second frame the first one, which drew it, is on its way to the glass.
    requestAnimationFrame(() => requestAnimationFrame(() => (mine.painted = performance.now())));
  };
  new MutationObserver(() => {
    const v = document.querySelector("[data-testid=verdict]");
    if (v) seen(v);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-id"] });
}

// toList is a handheld at the first tote of a pick list with at least so many scans.
export async function toList(house, sup, scans, { end, slow, lag, number }) {
  const name = `Timed ${number}`;
  const { items } = await ask(sup, "/items?limit=60");
  const skus = items.filter((i) => i.tracking === "none" && !i.expiry).slice(0, 30).map((i) => i.sku);
  const stock = skus.map((s, i) => `A-${String((i % 8) + 1).padStart(2, "0")},${s},20`);
  await sup.goto(`${house.url}/floor/import`);
  await sup.getByTestId("import-kind").selectOption("stock");
  await sup.getByTestId("import-file").setInputFiles({ name: "stock.csv", mimeType: "text/csv", buffer: Buffer.from(`bin,sku,qty\n${stock.join("\n")}\n`) });
  await sup.getByTestId("import").click();
  await sup.locator("[data-testid=import-result][data-dry=false]").waitFor();
  const each = Math.ceil(scans / skus.length) + 1;
  const list = await house.released(sup, 90_000 + number, name, skus.map((s) => [s, each]));
  const air = lag ? await house.overWifi() : null;
  if (air) air.lagMS = lag;
  const hand = await house.paired(sup, name, "handheld", { before: ears, ...(air ? { base: air.url } : {}) });
  await scan(hand, house.badges.Mia, end);
  await hand.getByTestId("worker").getByText("Mia").waitFor();
  await slower(hand, slow);
  return { hand, list, tote: await freeTote(sup) };
}

// slower has the page's processor run so many times slower: a handheld is no desk.
async function slower(hand, rate) {
  if (rate === 1) return;
  const line = await hand.context().newCDPSession(hand);
  await line.send("Emulation.setCPUThrottlingRate", { rate });
}

// walkTimed walks the list and gives a note for each of its first scans.
export async function walkTimed(hand, sup, list, tote, scans, end) {
  await scan(hand, list.id, end);
  await at(hand, "tote");
  await scan(hand, tote, end);
  await at(hand, "bin");
  await hand.evaluate(() => {
    window.scanOver();
    window.notes.length = 0;
  });
  const one = async (code) => {
    const before = await hand.evaluate(() => window.notes.length);
    await scan(hand, code, end);
    await hand.waitForFunction((n) => window.notes.length > n && window.notes.at(-1).painted > 0, before);
    await hand.evaluate(() => window.scanOver());
    await hand.waitForTimeout(HAND_MS);
  };
  let done = 0;
  for (const line of await inWalk(sup, list)) {
    const code = await barcode(sup, line.sku);
    const { label } = await ask(sup, `/bins/${line.bin}`);
    for (const c of [label, ...Array(line.qty).fill(code)]) {
      if (done++ >= scans) return notes(hand);
      await one(c);
    }
  }
  return notes(hand);
}

const notes = (hand) => hand.evaluate(() => window.notes);

const at99 = (list, p) => list[Math.min(list.length - 1, Math.ceil(list.length * p) - 1)];

const row = (values) => {
  const v = [...values].sort((a, b) => a - b);
  const ms = (x) => Math.round(x * 10) / 10;
  return { n: v.length, p50: ms(at99(v, 0.5)), p90: ms(at99(v, 0.9)), p99: ms(at99(v, 0.99)), max: ms(v.at(-1)) };
};

// told gives the rows of a table. Without a terminator a scan is over after a silence, which is part of it.
export function told(list, { end, slow, lag }) {
  const how = `${end ?? "silence"}${slow > 1 ? `, ${slow}x slower` : ""}${lag ? `, ${2 * lag} ms of air` : ""}`;
  const from = (n) => (end ? n.ended : n.keyed);
  const good = list.filter((n) => n.tones.length > 0 && n.painted > 0);
  const measure = (of, f) => [`${how}: ${of}`, { of, ...row(good.map(f)) }];
  return [
    measure("saved", (n) => n.save),
    measure("beep", (n) => n.tones[0].ordered - from(n)),
    measure("beep heard", (n) => n.tones[0].heard - from(n)),
    measure("verdict drawn", (n) => n.drawn - from(n)),
    measure("verdict", (n) => n.painted - from(n)),
  ];
}

// The camera as a scanner: Chromium plays films of our own labels to the built screens, and ZXing reads them
// (Chromium on Linux has no reader of its own). The house is the real one.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { at, FLAGS, floor, page, pair, scan, signIn, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, inWalk, openHouse, sup, toItem, unbuilt } from "./house.mjs";
import { cameraFlags, crop, label, matrix, roll, see } from "./scene.mjs";

const o = { skip: unbuilt, timeout: 120_000 };
const folder = mkdtempSync(join(tmpdir(), "floorline-camera-"));
const film = join(folder, "film.y4m");
FLAGS.push(...cameraFlags(film), "--host-resolver-rules=MAP floor.test 127.0.0.1");
if (!unbuilt) roll(film, [see([])]);
after(() => rmSync(folder, { recursive: true, force: true }));
openHouse();

// One camera is played to the whole browser, and its film begins again only when no page has it open.
const pages = [];
afterEach(() => Promise.all(pages.splice(0).map((p) => p.context().close())));

async function station(...who) {
  const p = await house.station(sup, ...who);
  pages.push(p);
  return p;
}

// shows has the camera opened upon what it is to see.
async function shows(p, ...scenes) {
  if ((await p.getByTestId("camera").count()) > 0) await p.getByTestId("camera-turn").click();
  roll(film, scenes);
  await p.getByTestId("camera-turn").click();
  await until(p, "camera", "data-state", "live");
}

const looks = (p, say) => until(p, "camera", "data-look", say);
const reads = (p, code) => until(p, "verdict", "data-code", code);

// origins gives how the codes came that led to events of some kind.
async function origins(kind) {
  const { journal } = await ask(sup, "/floor");
  const { items } = await ask(sup, `/events?since=${Math.max(0, journal.seq - 900)}&limit=1000`);
  return items.filter((e) => e.kind === kind).map((e) => e.origin ?? "");
}

// plainItem is one with an EAN-13 and nothing else to scan.
async function plainItem() {
  const { items } = await ask(sup, "/items?limit=50");
  return items.find((i) => (i.tracking ?? "none") === "none" && i.barcodes?.[0]?.code?.length === 13).sku;
}

const toteLabel = (code, size) => label("tote", { code }, size);
const binLabel = async (code) => label("bin", { code, scan: (await ask(sup, `/bins/${code}`)).label });
const itemLabel = async (sku) => label("item", { sku, name: sku, barcode: await barcode(sup, sku) });

test("a walk by camera alone: QR, Code 128, EAN-13 and a GS1 DataMatrix, each counted once", o, async () => {
  const sku = await plainItem();
  const list = await house.released(sup, "7001", "Camera", [[sku, 3]]);
  const hand = await station("Eye", "handheld", "Mia");
  await shows(hand, see([{ of: toteLabel(list.id) }]));
  await at(hand, "tote");
  const tote = await freeTote(sup);
  await shows(hand, see([{ of: crop(toteLabel(tote, "100x60"), 0.65, 1) }]));
  await at(hand, "bin");
  const [line] = await inWalk(sup, list);
  await shows(hand, see([{ of: await binLabel(line.bin) }]));
  await at(hand, "item");
  const unit = await itemLabel(sku);
  await shows(hand, see([{ of: unit }]));
  await hand.getByTestId("qty").getByText("2", { exact: true }).waitFor();
  await looks(hand, "held");
  await hand.locator(".verdict.off").waitFor({ state: "attached" });
  await hand.getByTestId("camera-again").waitFor();
  await look(hand, "camera held");
  await hand.getByTestId("camera-again").click();
  await hand.getByTestId("qty").getByText("1", { exact: true }).waitFor();
  const gtin = (await barcode(sup, sku)).padStart(14, "0");
  await shows(hand, see([{ of: await matrix(`(01)${gtin}`, "gs1") }]));
  await at(hand, "stage");
  assert.equal(await hand.getByTestId("camera").getAttribute("data-how"), "wasm");
  assert.deepEqual(hand.faults, []);
  assert.deepEqual((await origins("bin_reached")).slice(-1), ["camera"]);
  assert.deepEqual((await origins("line_picked")).slice(-3), ["camera", "camera", "camera"]);
});

test("a label that goes and comes counts each time; one that stays does not count by itself", o, async () => {
  const sku = await plainItem();
  const list = await house.released(sup, "7002", "Again", [[sku, 4]]);
  const hand = await station("Again", "handheld", "Mia");
  await toItem(sup, hand, list);
  const unit = await itemLabel(sku);
  await shows(hand, see([{ of: unit }]));
  await hand.getByTestId("camera-again").waitFor(); // in view for 1.5 s after it has counted
  assert.equal(await hand.getByTestId("qty").locator("b").textContent(), "3");
  await shows(hand, see([{ of: unit }], 600), see([], 1_600)); // over and over, until all are picked
  await at(hand, "stage");
  assert.deepEqual((await origins("line_picked")).slice(-4), ["camera", "camera", "camera", "camera"]);
  assert.deepEqual(hand.faults, []);
});

test("two labels in the box are not guessed, one beside it is pointed at, and no scan is made of either", o, async () => {
  const bench = await station("Two", "bench", "Ben");
  const totes = (await ask(sup, "/totes?limit=2")).items.map((x) => toteLabel(x.code));
  const before = await origins("answered");
  await shows(bench, see([{ of: totes[0], y: 180 }, { of: totes[1], y: 420 }]));
  await looks(bench, "two");
  await look(bench, "camera two");
  await shows(bench, see([{ of: totes[0], y: 620 }]));
  await looks(bench, "outside");
  assert.deepEqual(await origins("answered"), before);
  assert.deepEqual(bench.faults, []);
});

test("what is read while the floor has not answered yet is sent too, each once and in order", o, async () => {
  const f = await floor();
  const p = await page();
  pages.push(p);
  await pair(p, f);
  await signIn(p);
  f.silent = true;
  const codes = ["A-01-01", "A-01-02", "A-01-03"].map((c) => `B-${c}-7`);
  const heard = f.heard(`]C0${codes[2]}`);
  const from = f.frames.length;
  await shows(p, ...codes.map((c) => see([{ of: label("tote", { code: c }) }], 700)));
  await heard;
  await p.getByTestId("camera-turn").click();
  const sent = f.frames.slice(from, from + 3);
  assert.deepEqual(sent.map((x) => x.code), codes.map((c) => `]C0${c}`));
  assert.deepEqual(sent.map((x) => x.origin), ["camera", "camera", "camera"]);
  assert.equal(sent[2].n, sent[0].n + 2);
});

test("while a refusal covers the picture nobody aims, so nothing is read", o, async () => {
  const list = await house.released(sup, "7004", "Covered", [[await plainItem(), 1]]);
  const hand = await station("Covered", "handheld", "Mia");
  await scan(hand, list.id);
  await at(hand, "tote");
  const [wrong, right] = [toteLabel("NO-SUCH-TOTE"), toteLabel(await freeTote(sup))];
  await shows(hand, see([{ of: wrong }], 700), see([{ of: right }], 700));
  await until(hand, "verdict", "data-class", "refused");
  const twice = await hand.locator(".camera video").evaluate((v) => v.currentTime + 2.8);
  await hand.waitForFunction((t) => document.querySelector(".camera video").currentTime > t, twice);
  await until(hand, "verdict", "data-class", "refused");
  await hand.getByTestId("verdict-ok").click();
  await at(hand, "bin");
  assert.deepEqual((await origins("tote_taken")).slice(-1), ["camera"]);
});

test("of two cameras one is chosen, and the choice is kept even where that camera is gone", o, async () => {
  const p = await station("Chosen", "handheld", "Mia");
  await p.evaluate(() => {
    const all = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () => [...(await all()), { kind: "videoinput", deviceId: "wide", label: "Back camera, wide" }];
  });
  await shows(p, see([{ of: toteLabel(await freeTote(sup)), y: 620 }]));
  await looks(p, "outside");
  await look(p, "camera chosen");
  await p.getByTestId("camera-which").selectOption("wide");
  await looks(p, "outside");
  assert.equal(await p.evaluate(() => localStorage.getItem("floorline.camera")), "wide");
  assert.deepEqual(p.faults, []);
});

test("over plain HTTP no browser lends its camera, and the menu says what to do", o, async () => {
  const f = await floor();
  const p = await page();
  pages.push(p);
  f.url = f.url.replace("127.0.0.1", "floor.test");
  await pair(p, f);
  assert.equal(await p.evaluate(() => isSecureContext), false);
  assert.equal(await p.getByTestId("camera-turn").count(), 0);
  await p.getByTestId("menu").click();
  await p.getByTestId("menu-camera").click();
  await p.getByTestId("camera-why").getByText(/https:/).waitFor();
  p.faults.splice(0, Infinity, ...p.faults.filter((x) => !/Cross-Origin-Opener-Policy/.test(x))); // Chromium on HTTP
  await look(p, "camera insecure");
});

test("a typed code is marked on the device, on the desk and in the order's timeline", o, async () => {
  const sku = await plainItem();
  const list = await house.released(sup, "7003", "Typed", [[sku, 1]]);
  const hand = await station("Typed", "handheld", "Mia");
  await toItem(sup, hand, list);
  for (const code of [await barcode(sup, sku), (await ask(sup, "/bins/STAGE-1")).label]) {
    await hand.getByTestId("type").click();
    await hand.getByTestId("typed-code").pressSequentially(code, { delay: 60 });
    await hand.getByTestId("typed-ok").click();
    await hand.getByTestId("typed-mark").waitFor();
  }
  assert.deepEqual((await origins("line_picked")).slice(-1), ["typed"]);
  await sup.goto(`${house.url}/floor/events`);
  await sup.locator("[data-kind=line_picked] .origin.typed").first().waitFor();
  await look(sup, "events typed");
  await sup.goto(`${house.url}/floor/orders/${list.order}`);
  await sup.locator(".timeline .origin.typed").first().waitFor();
  assert.deepEqual(hand.faults, []);
});

test("a camera that may not be used says so and what to do; it is let go when the page is left and when nobody scans", o, async () => {
  const p = await station("Why", "handheld", "Mia");
  await p.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"))));
  await p.getByTestId("camera-turn").click();
  await p.getByTestId("camera-why").getByText(/may not use the camera/).waitFor();
  await look(p, "camera refused");
  await p.evaluate(() => delete navigator.mediaDevices.getUserMedia);
  roll(film, [see([])]);
  await p.getByTestId("camera-start").click();
  await until(p, "camera", "data-state", "live");
  assert.equal(await lit(p), true);
  await p.clock.install();
  await p.clock.runFor(61_000);
  await until(p, "camera", "data-state", "resting");
  await p.clock.resume();
  assert.equal(await lit(p), false);
  await p.getByTestId("camera-start").click();
  await until(p, "camera", "data-state", "live");
  await p.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await until(p, "camera", "data-state", "resting");
  assert.equal(await lit(p), false);
  assert.deepEqual(p.faults, []);
});

// lit says whether the camera is really on.
const lit = (p) => p.locator(".camera video").evaluate((v) => v.srcObject.getTracks().some((t) => t.readyState === "live"));

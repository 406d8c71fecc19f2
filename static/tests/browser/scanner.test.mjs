// A device learns how its scanner types, through the real program: real keys of a wrong keyboard, refused with the
// reason before, right afterwards; and whoever must know of a scanner that changed is told.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { at, page, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, HAND_MS, house, inWalk, openHouse, sup, unbuilt } from "./house.mjs";
import { unfit } from "./measure.mjs";
import { CODES, GS, Wedge } from "./wedge.mjs";

const o = { skip: unbuilt, timeout: 120_000 };
const AZERTY = { scanner: "us", host: "fr" };
openHouse();

const deviceOf = async (name) => (await ask(sup, "/devices?limit=200")).items.find((d) => d.name === name);
const drifts = async () => (await ask(sup, "/exceptions?limit=200")).items.filter((x) => x.kind === "scanner_drift");
const signedIn = (p, who) => p.getByTestId("worker").getByText(who).waitFor();

async function openSetup(p) {
  await p.getByTestId("menu").click();
  await p.getByTestId("menu-setup").click();
  await p.getByTestId("setup").waitFor();
}

async function fault(p, w, code, said) {
  await w.scan(code);
  await until(p, "setup-fault", "data-said", said);
}

// frames counts the scans that a page sends as work.
function frames(p) {
  const sent = [];
  p.on("websocket", (ws) => ws.on("framesent", ({ payload }) => /"type":"(scan|do)"/.test(payload) && sent.push(payload)));
  return sent;
}

async function times(w, code, n) {
  for (let i = 0; i < n; i++) {
    await w.scan(code);
    await w.p.waitForTimeout(HAND_MS);
  }
}

// walked picks a whole list with a scanner, from its start to the stage.
async function walked(p, w, list) {
  await w.scan(list.id);
  await at(p, "tote");
  await w.scan(await freeTote(sup));
  for (const line of await inWalk(sup, list)) {
    await at(p, "bin");
    await w.scan(line.bin);
    await at(p, "item");
    await times(w, await barcode(sup, line.sku), line.qty);
  }
  await at(p, "stage");
}

test("an AZERTY device: refused with the hint, set up, right from then on, and after a reload", o, async () => {
  const { id, lines, ...list } = await house.released(sup, 74001, "Anna", [["FL-001", 2], ["FL-002", 1]]);
  const p = await page();
  const sent = frames(p);
  await house.pairedOn(sup, p, "Handheld 41", "handheld");
  const w = await Wedge.at(p, AZERTY);
  await w.scan(house.badges.Mia);
  await until(p, "verdict", "data-class", "refused");
  await p.getByTestId("hint").getByText("another keyboard").waitFor();
  await look(p, "setup hint");
  await p.getByTestId("hint-setup").click();

  const before = sent.length;
  assert.ok(before > 0, "what is scanned at work is seen");
  await fault(p, w, "T-0001-W", "other");
  await fault(p, w, CODES[1], "early");
  await fault(p, w, CODES[0].slice(0, 20), "part");
  await w.scan(CODES[0]);
  await until(p, "setup-code-1", "data-read", "true");
  await fault(p, w, CODES[0], "again");
  await w.scan(CODES[1]);
  await until(p, "setup-code-2", "data-read", "true");
  await w.scan(CODES[2]);
  await p.locator("[data-key='scanner.keyboard.repaired']").getByText("(US)").waitFor();
  await w.scan(`010952123454321310L7${GS}21s1`);
  await p.getByTestId("setup-code").getByText("010952123454321310L7GS21s1").waitFor();
  assert.equal(await p.getByTestId("setup-code").locator("kbd").textContent(), "GS");
  await p.getByTestId("setup-came").getByText("à&à").waitFor();
  await p.getByTestId("setup-keep").click();
  await until(p, "setup-kept", "data-unsent", "false");
  await w.scan(house.badges.Mia);
  await p.getByTestId("setup-code").getByText(house.badges.Mia).waitFor();
  assert.deepEqual(sent.slice(before), [], "nothing that was scanned on the page was sent as work");
  await p.getByTestId("setup-done").click();

  await w.scan(house.badges.Mia);
  await signedIn(p, "Mia");
  await walked(p, w, { id, lines, ...list });
  await p.reload();
  await at(p, "stage");
  await w.scan("STAGE-1");
  await at(p, "start");
  assert.deepEqual((await ask(sup, `/picklists/${id}`)).lines.map((l) => l.picked), lines.map((l) => l.qty));

  const { id: device } = await deviceOf("Handheld 41");
  await sup.goto(`${house.url}/floor/devices`);
  const cell = sup.getByTestId(`scanner-${device}`);
  await cell.getByText("Set up ").waitFor();
  await cell.getByText("types for another keyboard (US)").waitFor();
});

test("the scanner goes back to work with the very tap that closes the page", o, async () => {
  const p = await house.paired(sup, "Handheld 42", "handheld");
  const w = await Wedge.at(p);
  await openSetup(p);
  await w.setUp();
  // In one turn of the browser: no effect of the page has run between the tap and the first key.
  await p.evaluate((keys) => {
    document.querySelector("[data-testid=setup-close]").click();
    for (const k of keys) for (const type of ["keydown", "keyup"]) document.body.dispatchEvent(new KeyboardEvent(type, { ...k, bubbles: true, cancelable: true }));
  }, w.presses(house.badges.Tom));
  await signedIn(p, "Tom");
});

test("a burst that is under way when the page closes is no work", o, async () => {
  const p = await house.paired(sup, "Handheld 43", "handheld");
  const sent = frames(p);
  await p.reload();
  await until(p, "link", "data-state", "live");
  const w = await Wedge.at(p, { end: null });
  await openSetup(p);
  await w.scan(house.badges.Tom); // it ends with nothing: the page waits for more
  await p.getByTestId("setup-close").click();
  await p.waitForTimeout(1_200);
  assert.deepEqual(sent, []);
  w.setting = {};
  await w.scan(house.badges.Tom);
  await signedIn(p, "Tom");
});

test("drift: the device says so over its work, a lead sees it, and a new set-up ends it", o, async () => {
  const p = await house.paired(sup, "Handheld 44", "handheld");
  const w = await Wedge.at(p, AZERTY);
  await w.calibrate();
  await w.scan(house.badges.Mia);
  await signedIn(p, "Mia");
  const { id } = await deviceOf("Handheld 44");
  w.setting = { scanner: "fr", host: "fr" }; // somebody has set the scanner's country right
  await times(w, "T-0001-W", 3);
  await until(p, "drift", "data-drift", "keyboard");
  await p.getByTestId("verdict-ok").click();
  await look(p, "drift");
  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`scanner-drift-${id}`).getByText("another keyboard").waitFor();
  await look(sup, "devices drift");
  await sup.goto(`${house.url}/floor`);
  const [x] = await drifts();
  await sup.getByTestId(`exception-${x.id}`).getByText("the scanner of Handheld 44").waitFor();

  await p.getByTestId("drift-setup").click();
  await w.setUp();
  await p.locator("[data-key='scanner.keyboard.right']").waitFor();
  await p.getByTestId("setup-keep").click();
  await until(p, "setup-kept", "data-unsent", "false");
  await p.getByTestId("setup-done").click();
  assert.equal(await p.getByTestId("drift").count(), 0);
  await sup.getByTestId(`exception-${x.id}`).waitFor({ state: "detached" });
  assert.equal((await deviceOf("Handheld 44")).scanner.drift, undefined);
});

test("Caps Lock: said as such, and over when it is let go", o, async () => {
  const p = await house.paired(sup, "Handheld 45", "handheld");
  const w = await Wedge.at(p);
  await w.calibrate();
  w.setting = { caps: "letters" };
  await sup.goto(`${house.url}/floor`);
  await times(w, "T-0001-W", 3);
  await p.getByTestId("drift").getByText("Caps Lock is on").waitFor();
  const told = sup.locator("[data-kind=scanner_drift]").getByText("Handheld 45");
  await told.waitFor();
  w.setting = {};
  await times(w, "T-0001-W", 3);
  await p.getByTestId("drift").waitFor({ state: "detached" });
  await told.waitFor({ state: "detached" });
});

const OTHERS = [
  ["no terminator", { end: null }, "scanner.end.none"],
  ["QWERTZ, with a prefix and AIM identifiers", { scanner: "us", host: "de", prefix: "~", aim: true }, "scanner.keyboard.repaired"],
  ["text injection", { way: "text" }, "scanner.keyboard.right"],
];

for (const [name, setting, key] of OTHERS) {
  test(`${name}: set up by three codes, and then it signs in and picks`, o, async () => {
    const n = 74100 + OTHERS.findIndex((x) => x[0] === name);
    const list = await house.released(sup, n, "Anna", [["FL-003", 1]]);
    const p = await house.paired(sup, `Bench of ${n}`, "handheld");
    const w = await Wedge.at(p, setting);
    await openSetup(p);
    await w.setUp();
    await p.locator(`[data-key='${key}']`).waitFor();
    await p.getByTestId("setup-keep").click();
    await p.getByTestId("setup-done").click();
    await w.scan(house.badges.Mia);
    await signedIn(p, "Mia");
    await walked(p, w, list);
  });
}

test("kept out of reach, sent when the link is back, there on new hardware, and forgotten by a lead", o, async () => {
  const wifi = await house.overWifi();
  const p = await house.paired(sup, "Handheld 46", "handheld", { base: wifi.url });
  const w = await Wedge.at(p, AZERTY);
  wifi.drop();
  await until(p, "link", "data-state", "offline");
  await openSetup(p);
  await p.getByText("needs the link").waitFor();
  await w.setUp();
  await p.getByTestId("setup-keep").click();
  await until(p, "setup-kept", "data-unsent", "true");
  await p.getByTestId("setup-kept").getByText("when the link is back").waitFor();
  wifi.back();
  await until(p, "setup-kept", "data-unsent", "false");
  await p.getByTestId("setup-done").click();
  const known = await deviceOf("Handheld 46");
  assert.equal(known.scanner.layout, "us");

  const other = await page();
  const { code } = await sup.evaluate((b) => fetch("/api/v1/devices/pairings", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.json()), { device: known.id });
  await other.goto(`${house.url}/pair#${code}`);
  await other.getByTestId("send").click();
  await other.getByTestId("shift-start").click();
  await until(other, "link", "data-state", "live");
  const fresh = await Wedge.at(other, AZERTY);
  await fresh.scan(house.badges.Mia);
  await signedIn(other, "Mia");

  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`scanner-open-${known.id}`).click();
  await sup.getByTestId("findings").waitFor();
  await sup.getByTestId("scanner-forget").click();
  await sup.getByTestId(`scanner-open-${known.id}`).getByText("not set up").waitFor();
  await openSetup(other);
  await other.getByTestId("setup-present").waitFor({ state: "detached" });
  await other.getByTestId("setup-close").click();
  await fresh.scan("T-0001-W");
  await other.getByTestId("hint").waitFor();
});

const SIZES = [[320, 568], [360, 640], [768, 1024], [1280, 800]];

async function judged(p, name, found) {
  for (const [width, height] of SIZES) {
    await p.setViewportSize({ width, height });
    found.push(...(await unfit(p)).map((x) => `${name} at ${width}: ${x}`));
    await look(p, `setup ${name}`).catch((e) => found.push(`${name} at ${width}: ${e.message}`));
  }
}

test("every state of the page, at every size, for both hands", o, async () => {
  const found = [];
  const p = await house.paired(sup, "Handheld 47", "handheld");
  const w = await Wedge.at(p, { ...AZERTY, end: "Tab", aim: true, prefix: "X" });
  await w.calibrate();
  await openSetup(p);
  await p.locator("[data-testid=setup-sheet][href^=blob]").waitFor();
  await p.getByTestId("setup-present").locator("summary").click();
  await judged(p, "codes", found);
  w.setting = { ...AZERTY, end: null, caps: "all", gapMS: 0 };
  await fault(p, w, "T-0001-W", "other");
  await judged(p, "fault", found);
  await p.setViewportSize({ width: 360, height: 640 });
  await w.setUp();
  await w.scan(`010952123454321310L7${GS}21s1`);
  await p.getByTestId("setup-tried").waitFor();
  await judged(p, "findings", found);
  const [again, keep] = await Promise.all(["setup-again", "setup-keep"].map((id) => p.getByTestId(id).boundingBox()));
  assert.ok(keep.x > again.x, "the way on is under the right thumb");
  await p.getByTestId("setup-keep").click();
  await until(p, "setup-kept", "data-unsent", "false");
  await judged(p, "kept", found);
  await p.getByTestId("setup-done").click();
  await p.getByTestId("menu").click();
  await p.getByTestId("left-hand").click();
  await p.getByTestId("menu-setup").click();
  await w.setUp();
  await judged(p, "left hand", found);
  const [l, r] = await Promise.all(["setup-keep", "setup-again"].map((id) => p.getByTestId(id).boundingBox()));
  assert.ok(l.x < r.x, "the way on is under the left thumb");
  assert.equal(found.join("\n"), "");
});

test("the codes on a screen are the codes of the sheet", o, async () => {
  const p = await house.paired(sup, "Bench 48", "bench");
  const w = await Wedge.at(p);
  await openSetup(p);
  for (const [i, code] of CODES.entries()) {
    const file = join(house.data, `bars-${i}.png`);
    await p.getByTestId(`bars-${i + 1}`).locator("svg").screenshot({ path: file });
    const read = execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Scode128.enable", file]).toString().trimEnd();
    assert.equal(read.replaceAll(GS, ""), code.replaceAll(GS, ""));
    if (i < 2) {
      await w.scan(code);
      await until(p, `setup-code-${i + 1}`, "data-read", "true");
    }
  }
});

test("a lead's dialog about a scanner, at a desk and on a phone", o, async () => {
  const found = [];
  const { id } = await deviceOf("Handheld 41");
  await sup.goto(`${house.url}/floor/devices`);
  await sup.getByTestId(`scanner-open-${id}`).click();
  await sup.getByTestId("findings").waitFor();
  for (const [width, height] of SIZES) {
    await sup.setViewportSize({ width, height });
    await look(sup, "scanner dialog").catch((e) => found.push(`at ${width}: ${e.message}`));
  }
  await sup.setViewportSize({ width: 1280, height: 900 });
  assert.equal(found.join("\n"), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { still, stills } from "../fake/script.mjs";
import { at, floor, missing, page, pair, scan, signIn, until } from "./browser.mjs";
import { look } from "./eyes.mjs";

const o = { skip: missing, timeout: 60_000 };

async function atTheBin(f, p) {
  await pair(p, f);
  await signIn(p);
  await p.getByTestId("job-PL-0042-K").click();
  await at(p, "tote");
  await scan(p, "T-0001-C");
  await at(p, "bin");
}

test("a whole pick is walked by scans alone", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  assert.equal(await p.getByTestId("worker").textContent(), "Mia Novák");
  await scan(p, "B-A-01-03-7");
  await at(p, "item");
  for (let left = 3; left > 0; left--) {
    await p.locator("[data-testid=qty] b", { hasText: String(left) }).waitFor();
    await scan(p, "4006381333931", left === 2 ? null : "Enter"); // once without a terminator
  }
  await at(p, "slot");
  await scan(p, "T-0002-B", "Tab");
  await at(p, "stage");
  await scan(p, "B-STAGE-1-9");
  await p.getByTestId("title").getByText("All done").waitFor();
  assert.deepEqual(p.faults, []);
});

test("a wrong scan says what, what instead and where it belongs, and stays until the next scan", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  await scan(p, "5012345678900");
  await until(p, "verdict", "data-class", "refused");
  assert.match(await p.getByTestId("scanned").textContent(), /5012345678900/);
  assert.match(await p.getByTestId("wanted").textContent(), /B-A-01-03-7/);
  assert.match(await p.getByTestId("belongs").textContent(), /C-09-01/);
  await p.clock.install();
  await p.clock.runFor(30_000);
  assert.equal(await p.getByTestId("verdict-ok").isVisible(), true);
  await p.clock.resume();
  await scan(p, "B-A-01-03-7");
  await until(p, "verdict", "data-class", "accepted");
});

test("scans faster than the floor answers are kept in order, each once", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  const before = f.frames.length;
  const codes = Array.from({ length: 20 }, (_, i) => `P-${String(i).padStart(6, "0")}-C`);
  const last = f.heard(codes.at(-1));
  for (const c of codes) await scan(p, c);
  await last;
  await until(p, "amber", "data-count", "0");
  const heard = f.frames.slice(before);
  assert.deepEqual(heard.map((x) => x.code), codes);
  assert.deepEqual(heard.map((x) => x.n), heard.map((_, i) => heard[0].n + i));
});

test("without a link the work goes on in amber, survives a reload, and finishing waits", o, async () => {
  const f = await floor();
  const p = await page({ workers: "allow" });
  await atTheBin(f, p);
  await p.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  f.cut();
  await until(p, "link", "data-state", "offline");
  await scan(p, "B-A-01-03-7");
  await at(p, "item");
  await until(p, "verdict", "data-class", "saved");
  await scan(p, "4006381333931");
  await until(p, "amber", "data-saved", "2");
  assert.equal(await p.getByTestId("action-leave").isDisabled(), true);
  await p.reload();
  await at(p, "item");
  await until(p, "amber", "data-saved", "2");
  const before = f.frames.length;
  f.back();
  await until(p, "link", "data-state", "live");
  await until(p, "amber", "data-count", "0");
  assert.deepEqual(f.frames.slice(before).map((x) => x.code), ["B-A-01-03-7", "4006381333931"]);
  assert.equal(await p.locator("[data-testid=qty] b").textContent(), "2");
});

test("a verdict lost with the link is asked for again under the same id and counted once", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  f.silent = true;
  const heard = f.heard("B-A-01-03-7");
  await scan(p, "B-A-01-03-7");
  await heard;
  f.cut();
  f.silent = false;
  f.back();
  await at(p, "item");
  await until(p, "amber", "data-count", "0");
  const sent = f.frames.filter((x) => x.code === "B-A-01-03-7");
  assert.equal(sent.length, 2);
  assert.equal(sent[0].id, sent[1].id);
});

test("a second window takes the device; the first stops and says so", o, async () => {
  const f = await floor();
  const p = await page();
  await pair(p, f);
  for (const s of f.sockets) s.close(4409);
  await until(p, "link", "data-state", "elsewhere");
  const hellos = f.hellos.length;
  await p.getByText("Use it here").click();
  await until(p, "link", "data-state", "live");
  assert.equal(f.hellos.length, hellos + 1);
});

test("Enter never presses a button, and the dialogs give way to a scan", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  await p.getByTestId("action-short").click();
  await p.getByTestId("sheet-short").waitFor();
  await p.getByTestId("pad-ok").focus();
  const before = f.frames.length;
  await p.keyboard.press("Enter");
  await scan(p, "B-A-01-03-7");
  await at(p, "item");
  assert.equal(await p.getByTestId("sheet-short").count(), 0);
  assert.deepEqual(f.frames.slice(before).map((x) => x.type), ["scan"]);
});

test("a short pick sends the count and the reason", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  await scan(p, "B-A-01-03-7");
  await at(p, "item");
  await p.getByTestId("action-short").click();
  await p.getByTestId("reason-damaged").click();
  await p.getByTestId("key-2").click();
  await p.getByTestId("pad-ok").click();
  await until(p, "verdict", "data-code", "short");
  assert.deepEqual(f.frames.at(-1).args, { found: 2, reason: "damaged" });
});

test("a code can be typed as a last resort and says that it was", o, async () => {
  const f = await floor();
  const p = await page();
  await atTheBin(f, p);
  await p.getByTestId("type").click();
  await p.getByTestId("typed-code").pressSequentially("B-A-01-03-7", { delay: 60 });
  await p.getByTestId("typed-ok").click();
  await at(p, "item");
  assert.equal(f.frames.at(-1).origin, "typed");
});

test("one browser is a handheld in one window and a bench in another", o, async () => {
  const f = await floor();
  const p = await page();
  await p.goto(f.url);
  await p.getByTestId("be-handheld").click();
  await p.getByTestId("title").waitFor();
  await p.goto(f.url);
  await p.getByTestId("be-bench").click();
  await p.getByTestId("title").waitFor();
  await p.goto(f.url);
  await p.getByTestId("device-handheld").waitFor();
  await p.getByTestId("device-bench").waitFor();
  const paired = f.rest.calls.filter((c) => c.path === "/api/v1/devices" && c.method === "POST").map((c) => JSON.parse(c.body).kind);
  assert.deepEqual(paired, ["handheld", "bench"]);
});

test("a label made for the parcel in hand is fetched with the device's token", o, async () => {
  const f = await floor(still(stills.benchLabel));
  const p = await page({ width: 1280, height: 800 });
  await pair(p, f, "bench");
  await p.getByTestId("label-link").waitFor();
  const call = f.rest.calls.find((c) => c.path.endsWith("/label.pdf"));
  assert.equal(call.token, "Bearer tok-1");
  assert.deepEqual(p.faults, []);
});

test("what somebody else had is taken over with a reason", o, async () => {
  const f = await floor();
  const p = await page();
  await pair(p, f);
  await signIn(p);
  await p.getByTestId("job-PL-0043-A").click();
  await look(p, "taking over");
  await p.getByTestId("takeover-device-broken").click();
  await at(p, "tote");
  assert.deepEqual(f.frames.at(-1).args, { job: "pick", id: "PL-0043-A", reason: "device broken" });
  assert.deepEqual(p.faults, []);
});

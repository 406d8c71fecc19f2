// Why a beep comes at once, held without a clock (tests/bench/feel.mjs has the milliseconds): nothing is drawn
// between a scanner's last key and the disk, the tone follows the save and never goes before it, and it is not
// held back by the browser's reserve.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, floor, missing, page, pair, scan, signIn } from "./browser.mjs";

const o = { skip: missing, timeout: 60_000 };

// watched notes in order what the page does from a scanner's end on.
function watched() {
  window.deeds = [];
  window.hints = [];
  const note = (what) => window.deeds.push(what);
  addEventListener("keydown", (e) => e.key === "Enter" && note("ended"), true);
  new MutationObserver((list) => {
    if (list.some((m) => !(m.target instanceof HTMLElement && m.target.closest(".capture")))) note("drawn");
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const tx = transaction.apply(this, args);
    const writes = tx.mode === "readwrite" && [...tx.objectStoreNames].includes("outbox");
    if (writes) tx.addEventListener("complete", () => note(`saved ${tx.durability}`)); // ahead of the page's own ear
    return tx;
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    note("tone");
    return start.apply(this, args);
  };
  const Audio = window.AudioContext;
  window.AudioContext = class extends Audio {
    constructor(options) {
      super(options);
      window.hints.push(options?.latencyHint);
    }
  };
}

test("between the last key and the save nothing is drawn; the tone comes right after it", o, async () => {
  const f = await floor();
  const p = await page({ before: watched });
  await pair(p, f);
  await signIn(p);
  await p.getByTestId("job-PL-0042-K").click();
  await at(p, "tote");
  assert.deepEqual(await p.evaluate(() => window.hints), [0]);
  for (const [code, step] of [["T-0001-C", "bin"], ["WRONG-CODE", "bin"], ["B-A-01-03-7", "item"]]) {
    await p.locator(".verdict.off, .verdict.stays").first().waitFor({ state: "attached" });
    await p.evaluate(() => (window.deeds.length = 0));
    const heard = f.heard(code);
    await scan(p, code);
    await heard;
    await at(p, step);
    const deeds = await p.evaluate(() => window.deeds);
    assert.deepEqual(deeds.slice(0, 3), ["ended", "saved strict", "tone"], code);
  }
});

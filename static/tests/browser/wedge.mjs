// A wedge scanner at a page: real key events through the browser's own input, as a keyboard of one country that is
// read by a host of another. The tables are those of the unit tests' keyboard.

import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const load = async (path) => (await runnerImport(fileURLToPath(new URL(path, import.meta.url)), { configFile: false, logLevel: "error" })).module;
const { pressed } = await load("../unit/keyboard.ts");
export const { CODES } = await load("../../src/job/calibrate.ts");

export const GS = "\x1d";
const [CTRL, SHIFT] = [2, 8];

export class Wedge {
  static async at(p, setting = {}) {
    const w = new Wedge();
    w.p = p;
    w.cdp = await p.context().newCDPSession(p);
    w.setting = setting;
    return w;
  }

  // presses are the keys of a code, its end among them.
  presses(code) {
    const s = this.setting;
    const aim = s.aim ? (code.includes(GS) ? "]C1" : "]C0") : "";
    const keys = [...`${aim}${s.prefix ?? ""}${code}`].map((c) => (c === GS ? { key: "]", code: "BracketRight", ctrlKey: true } : pressed(c, s)));
    const end = s.end === undefined ? "Enter" : s.end;
    return end ? [...keys, { key: end, code: end }] : keys;
  }

  // scan sends all keys at once, as a scanner does: the browser takes them one after the other.
  async scan(code) {
    if (this.setting.way === "text") return this.p.keyboard.insertText(code);
    const events = this.presses(code).flatMap((k) => {
      const modifiers = (k.ctrlKey ? CTRL : 0) | (k.shiftKey ? SHIFT : 0);
      const text = k.key === "Enter" ? "\r" : k.key.length === 1 && !k.ctrlKey ? k.key : undefined;
      return [{ type: text ? "keyDown" : "rawKeyDown", key: k.key, code: k.code, modifiers, text }, { type: "keyUp", key: k.key, code: k.code, modifiers }];
    });
    await Promise.all(events.map((e) => this.cdp.send("Input.dispatchKeyEvent", e)));
  }

  // setUp scans the three codes on the page, as far as the findings.
  async setUp() {
    for (const [i, code] of CODES.entries()) {
      await this.scan(code);
      if (i < 2) await this.p.locator(`[data-testid=setup-code-${i + 1}][data-read=true]`).waitFor();
    }
    await this.p.getByTestId("setup-keep").waitFor();
  }

  async calibrate() {
    await this.p.getByTestId("menu").click();
    await this.p.getByTestId("menu-setup").click();
    await this.setUp();
    await this.p.getByTestId("setup-keep").click();
    await this.p.locator("[data-testid=setup-kept][data-unsent=false]").waitFor();
    await this.p.getByTestId("setup-done").click();
  }
}

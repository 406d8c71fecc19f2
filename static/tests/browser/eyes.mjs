// What every screen must be: no serious finding of axe, contrast of 7:1, nothing off the edge, no fault.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const CONTRAST = ["color-contrast", "color-contrast-enhanced"];

// clean asks axe for everything, or for some rules only, where the rest was asked already.
export async function clean(p, where, only) {
  await p.evaluate(axe);
  await p.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))));
  const what = only ? { runOnly: only } : { rules: { "color-contrast-enhanced": { enabled: true } } };
  const found = await p.evaluate((w) => window.axe.run(document, { ...w, resultTypes: ["violations"] }), what);
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const told = serious.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.any[0]?.message ?? ""}`).join("; ")}`);
  assert.deepEqual(told, [], where);
  const over = await p.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${where} is ${over} px wider than the screen`);
  assert.deepEqual(p.faults, [], where);
}

// look judges a screen by day and by night, which differ in colours alone. With SHOTS=folder it also keeps a picture of each.
export async function look(p, where, schemes = ["light", "dark"]) {
  for (const colorScheme of schemes) {
    await p.emulateMedia({ colorScheme });
    await clean(p, `${where}, ${colorScheme}`, colorScheme === "dark" ? CONTRAST : undefined);
    if (process.env.SHOTS) await picture(p, `${where}-${p.viewportSize().width}-${colorScheme}`);
  }
}

async function picture(p, name) {
  mkdirSync(process.env.SHOTS, { recursive: true });
  await p.screenshot({ path: join(process.env.SHOTS, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`) });
}

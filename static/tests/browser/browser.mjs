// A real Chromium for the browser tests, one per file; every test has a context of its own.

import { existsSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { FakeFloor } from "../fake/floor.mjs";

export const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";
// A file that needs a browser with more flags adds them before its first page.
export const FLAGS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");

let launched;
const floors = [];

export const missing = existsSync(PATH) ? false : `no Chromium at ${PATH}`;
if (missing && process.env.CI) throw new Error(`${missing}; CI must run the browser tests`);

// The first page launches it: hooks of a file may run beside one another.
const browser = () => (launched ??= chromium.launch({ executablePath: PATH, args: FLAGS }));

after(async () => {
  await (await launched)?.close();
  for (const f of floors) await f.stop();
});

export async function floor(steps) {
  const f = await new FakeFloor(steps).start();
  floors.push(f);
  return f;
}

// What a browser says by itself about a link that a test breaks, or about an answer of 4xx that a page shows.
const EXPECTED = /Failed to load resource|WebSocket connection to/;

// page opens a page that notes its faults: script errors, whatever the console calls an error (breaches of the
// content policy are among them), and any request that leaves for another origin.
// before runs in each of its documents ahead of our own code.
export async function page({ width = 360, height = 640, scheme = "light", workers = "block", before } = {}) {
  const context = await (await browser()).newContext({ viewport: { width, height }, colorScheme: scheme, serviceWorkers: workers });
  const p = await context.newPage();
  if (before) await p.addInitScript(before);
  p.faults = [];
  watched(p, p.faults);
  context.on("page", (other) => watched(other, p.faults));
  return p;
}

function watched(p, faults) {
  let home = "";
  p.on("pageerror", (e) => faults.push(e.message));
  p.on("console", (m) => m.type() === "error" && !EXPECTED.test(m.text()) && faults.push(m.text()));
  p.on("request", (r) => {
    const url = new URL(r.url());
    if (!/^https?:$/.test(url.protocol)) return;
    home ||= url.host;
    if (url.host !== home) faults.push(`a request to ${url.host}`);
  });
}

export async function pair(p, f, kind = "handheld") {
  await p.goto(`${f.url}/pair#K7M2QX&kind=${kind}&name=Handheld%201`);
  await p.getByTestId("send").click();
  await p.getByTestId("title").waitFor();
  await p.getByTestId("shift-start").click();
}

const keyboards = new WeakMap(); // of each page, beside Playwright's own, which waits for the page between two keys

// scan types a code as a wedge scanner does: every key is on its way before the first was heard.
export async function scan(p, code, end = "Enter") {
  if (!keyboards.has(p)) keyboards.set(p, await p.context().newCDPSession(p));
  const send = (key, text) => [
    { type: "keyDown", key, text, unmodifiedText: text, ...(key === "Enter" && { code: "Enter", windowsVirtualKeyCode: 13 }) },
    { type: "keyUp", key },
  ];
  const keys = [...code].flatMap((c) => send(c, c));
  if (end === "Enter") keys.push(...send("Enter", "\r"));
  await Promise.all(keys.map((k) => keyboards.get(p).send("Input.dispatchKeyEvent", k)));
  if (end && end !== "Enter") await p.keyboard.press(end);
}

export async function signIn(p) {
  await scan(p, "UABCDEFGHJKMNPQRS-T");
  for (const d of "1234") await p.getByTestId(`key-${d}`).click();
  await p.getByTestId("pad-ok").click();
  await p.getByTestId("jobs").waitFor();
}

export const at = (p, step) => p.locator(`[data-testid=step][data-step=${step}]`).waitFor();

export const until = (p, id, attribute, value) => p.locator(`[data-testid="${id}"][${attribute}="${value}"]`).waitFor({ state: "attached" });

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { page } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { House, unbuilt } from "./house.mjs";

// How a device comes to trust this server: the page that everybody meets first, and the way there from the desk.

const o = { skip: unbuilt, timeout: 120_000 };

let house;
before(async () => {
  if (!unbuilt) house = await House.open("--https", "127.0.0.1:0");
});
after(() => house?.close());

// read gives what a camera reads in a part of a page.
async function read(part) {
  const dir = mkdtempSync(join(tmpdir(), "floorline-qr-"));
  try {
    const file = join(dir, "qr.png");
    await part.screenshot({ path: file });
    return execFileSync("zbarimg", ["-q", "--raw", file], { encoding: "utf8" }).trim();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test("the trust page at every size, by day and by night, and its code by camera", o, async () => {
  for (const width of [320, 360, 1280]) {
    const p = await page({ width, height: 800 });
    await p.goto(`${house.url}/trust`);
    const address = await p.locator("#address").getAttribute("href");
    assert.match(address, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await p.locator("details[open]").getAttribute("id"), "linux", "the visitor's own platform lies open");
    await look(p, "trust");
    for (const scheme of ["light", "dark"]) {
      await p.emulateMedia({ colorScheme: scheme });
      assert.equal(await read(p.locator(".qr div")), address, `${width} px, ${scheme}`);
    }
    for (const id of ["ios", "android", "windows", "macos"]) await p.locator(`#${id} summary`).click();
    assert.equal(await p.locator("details[open]").count(), 5);
    assert.ok((await p.locator("details .pic:visible").count()) >= 20, "every step has its picture");
    await look(p, "trust whole");
    for (const b of await p.locator("summary, .button").all()) assert.ok((await b.boundingBox()).height >= 48, "a glove hits it");
  }
});

test("the fingerprint on the page is that of the certificate it hands out", o, async () => {
  const p = await page();
  await p.goto(`${house.url}/trust`);
  const der = Buffer.from(await (await p.request.get(`${house.url}/ca.crt`)).body());
  assert.equal(await p.locator("#fingerprint").textContent(), new X509Certificate(der).fingerprint256);
});

test("a lead finds the way there on the devices page, and a camera reads it", o, async () => {
  const sup = await house.desk();
  await sup.goto(`${house.url}/floor/devices`);
  const panel = sup.getByTestId("trust");
  await panel.locator("img").evaluate((img) => img.decode());
  assert.equal(await read(panel.locator("img")), `${house.url}/trust`, "the plain address: a device opens it without a warning");
  const opened = sup.context().waitForEvent("page");
  await sup.getByTestId("trust-open").click();
  const steps = await opened;
  await steps.locator("details[open]").waitFor();
  assert.equal(new URL(steps.url()).pathname, "/trust");
  await look(sup, "trust panel");
});

test("with a certificate that was brought there is an address to open, and nothing to install", o, async () => {
  const tls = (name) => join(house.data, "tls", name);
  const other = await House.open("--https", "127.0.0.1:0", "--tls-cert", tls("leaf.pem"), "--tls-key", tls("leaf.key"));
  try {
    for (const width of [320, 1280]) {
      const p = await page({ width, height: 700 });
      await p.goto(`${other.url}/trust`);
      const address = await p.locator("#address").getAttribute("href");
      assert.match(address, /^https:/);
      assert.equal(await read(p.locator(".qr div")), address);
      assert.equal(await p.locator("details, #fingerprint, a[href^='/ca']").count(), 0);
      await look(p, "trust brought");
      const answer = await p.request.get(`${other.url}/ca.pem`);
      assert.equal(answer.status(), 404);
    }
  } finally {
    await other.close();
  }
});

test("on one machine alone the page says that nothing is to do", o, async () => {
  const open = await House.open("--https", "off");
  try {
    const p = await page({ width: 360, height: 740 });
    await p.goto(`${open.url}/trust`);
    await p.getByRole("heading", { name: "Nothing to trust here" }).waitFor();
    assert.equal(await p.locator("details").count(), 0);
    await look(p, "trust local");
  } finally {
    await open.close();
  }
});

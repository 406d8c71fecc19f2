import assert from "node:assert/strict";
import { test } from "node:test";
import { floor, missing, page, until } from "./browser.mjs";

const o = { skip: missing, timeout: 60_000 };
const wide = { width: 1280, height: 800 };

test("the supervisor's pages follow the floor within a second, untouched", o, async () => {
  const f = await floor();
  const now = await page(wide);
  const orders = await page(wide);
  await now.goto(`${f.url}/floor`);
  await orders.goto(`${f.url}/floor/orders`);
  await until(now, "link", "data-state", "up");
  await until(orders, "link", "data-state", "up");
  for (const status of ["released", "picking", "picked", "packing", "packed", "dispatched"]) {
    f.rest.status = status;
    const began = Date.now();
    f.push({ type: "event", topic: "orders", kind: "order_moved", data: { order: "O-000100-C", status } });
    await until(orders, "order-row-O-000100-C", "data-status", status);
    await now.locator(`[data-testid=counts-${status}]`, { hasText: "13" }).waitFor();
    assert.ok(Date.now() - began < 1_000, `${status} took ${Date.now() - began} ms`);
  }
  assert.ok((await now.getByTestId("events").locator("li").count()) >= 6);
});

test("a busy floor is asked at a bounded pace", o, async () => {
  const f = await floor();
  const p = await page(wide);
  await p.goto(`${f.url}/floor`);
  await until(p, "link", "data-state", "up");
  await p.waitForLoadState("networkidle");
  const before = f.rest.calls.length;
  for (let i = 0; i < 300; i++) f.push({ type: "event", topic: "stock", kind: "moved", data: { qty: i } });
  await p.getByTestId("events").getByText("qty 299").waitFor();
  await p.waitForLoadState("networkidle");
  assert.ok(f.rest.calls.length - before < 30, `${f.rest.calls.length - before} calls for 300 events`);
});

test("names from outside are text and never markup", o, async () => {
  const f = await floor();
  const p = await page(wide);
  await p.goto(`${f.url}/floor/orders/O-000100-C`);
  await p.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await p.locator("main img").count(), 0);
});

test("orders are chosen and released as a wave with a method", o, async () => {
  const f = await floor();
  const p = await page(wide);
  await p.goto(`${f.url}/floor/orders`);
  await p.getByTestId("choose-O-000100-C").check();
  await p.getByTestId("choose-O-000102-C").check();
  await p.getByTestId("method").selectOption("discrete");
  await p.getByTestId("release").click();
  await p.getByTestId("said").getByText("W-0008-D").waitFor();
  const call = f.rest.calls.find((c) => c.path === "/api/v1/waves" && c.method === "POST");
  assert.deepEqual(JSON.parse(call.body), { orders: ["O-000100-C", "O-000102-C"], method: "discrete" });
});

test("a file is tried first, its faults are named by line, then it is imported", o, async () => {
  const f = await floor();
  const p = await page(wide);
  await p.goto(`${f.url}/floor/import`);
  await p.getByTestId("import-kind").selectOption("shopify");
  await p.getByTestId("import-file").setInputFiles({ name: "orders.json", mimeType: "application/json", buffer: Buffer.from('{"orders":[]}') });
  await p.getByTestId("dry-run").click();
  await p.getByText("qty must be a whole number").waitFor();
  await p.getByTestId("import").click();
  await until(p, "import-result", "data-dry", "false");
  const calls = f.rest.calls.filter((c) => c.path === "/api/v1/imports");
  assert.deepEqual(calls.map((c) => c.url), ["/api/v1/imports?format=shopify&dry_run=true", "/api/v1/imports?format=shopify&dry_run=false"]);
  assert.equal(calls[1].body, '{"orders":[]}');
});

test("pairing shows a code and its QR", o, async () => {
  const f = await floor();
  const p = await page(wide);
  await p.goto(`${f.url}/floor/devices`);
  await p.getByTestId("field-name").fill("Bench 2");
  await p.getByTestId("field-kind").selectOption("bench");
  await p.getByTestId("send").click();
  await until(p, "pairing", "data-code", "K7M2QX");
  assert.equal(await p.locator("[data-testid=pairing] img").evaluate((i) => i.complete && i.naturalWidth > 0), true);
});

// The carriers' page and the customer's: what a parcel would go with and why, and where it is for whoever has the link.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { at, page, scan } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, barcode, freeTote, house, openHouse, sup, unbuilt, walk, weighed } from "./house.mjs";

const o = { skip: unbuilt, timeout: 120_000 };
openHouse();

const send = (p, method, path, body) =>
  p.evaluate(
    async ([m, to, b]) => {
      const r = await fetch(`/api/v1${to}`, { method: m, body: b, headers: { "Content-Type": b?.startsWith("{") ? "application/json" : "text/csv" } });
      if (!r.ok) throw new Error(`${m} ${to}: ${r.status} ${await r.text()}`);
    },
    [method, path, body],
  );

const RATES = "service,zone,from_g,to_g,price_cents,currency,volumetric_divisor\n";

test("the calculator says what a parcel goes with, and why not the others", o, async () => {
  const site = await ask(sup, "/site");
  const money = site.currency;
  await send(sup, "PUT", "/services/AIR", JSON.stringify({ carrier: "air", name: "Air", cutoff: "12:00", zones: [{ code: "home", countries: ["DE"], days: 1 }], rules: { max_weight_g: 30000, no_hazard: true, no_po_box: true }, numbers: { format: "s10", prefix: "RR", suffix: "DE", from: 1, to: 60 } }));
  await send(sup, "PUT", "/services/ROAD", JSON.stringify({ carrier: "road", zones: [{ code: "all", days: 3 }], rules: { max_weight_g: 2000, max_girth_mm: 3000 }, track_url: "https://road.example/{tracking}" }));
  await send(sup, "POST", "/services/AIR/rates", `${RATES}AIR,home,0,30000,900,${money},5000\n`);
  await send(sup, "POST", "/services/ROAD/rates", `${RATES}ROAD,all,0,2000,400,${money},\n`);
  await sup.goto(`${house.url}/floor/carriers`);
  await sup.getByTestId("service-AIR").getByText("60").waitFor();
  await sup.getByTestId("calc-weight").fill("2.5");
  await sup.getByTestId("calc-postcode").fill("10115");
  await sup.getByTestId("send").click();
  await sup.getByTestId("offer-AIR").getByText("cheapest of").waitFor();
  await sup.getByTestId("offer-ROAD").getByText("too heavy: 2.5 kg of 2.0 kg").waitFor();
  for (const size of [{ width: 1280, height: 1000 }, { width: 360, height: 740 }]) {
    for (const scheme of ["light", "dark"]) {
      await sup.setViewportSize(size);
      await sup.emulateMedia({ colorScheme: scheme });
      if (process.env.SHOTS) await sup.screenshot({ path: `${process.env.SHOTS}/carriers-${size.width}-${scheme}.png`, fullPage: true });
      await look(sup, `carriers ${size.width} ${scheme}`);
    }
  }
  await sup.setViewportSize({ width: 1280, height: 900 });
  assert.deepEqual(sup.faults, []);
});

test("a customer follows the order by its link, without a sign-in", o, async () => {
  const [first] = (await ask(sup, "/orders?status=received")).items;
  await sup.goto(`${house.url}/floor/orders/${first.id}`);
  const link = await sup.getByTestId("tracking-url").getAttribute("href");
  assert.match(link, /\/t\/[a-z2-7]{32}$/);
  const customer = await page({ width: 360, height: 740 });
  await customer.goto(link);
  await customer.getByText("No parcel has been closed yet").waitFor();
  for (const scheme of ["light", "dark"]) {
    await customer.emulateMedia({ colorScheme: scheme });
    if (process.env.SHOTS) await customer.screenshot({ path: `${process.env.SHOTS}/track-${scheme}.png`, fullPage: true });
    await look(customer, `the customer's page ${scheme}`);
  }
  await customer.goto(`${link.slice(0, -1)}${link.endsWith("a") ? "b" : "a"}`);
  await customer.getByText("There is nothing here").waitFor();
  assert.deepEqual(customer.faults, []);
  await customer.context().close();
});

// A seller of labels that knows no postcode until it is told to.
async function seller() {
  const s = { willing: false, sold: 0, made: [] };
  s.http = createServer((req, res) => {
    let text = "";
    req.on("data", (b) => (text += b));
    req.on("end", () => {
      const answer = (status, body) => res.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      if (req.method === "GET") return answer(200, { shipments: s.made.filter((x) => x.status === "bought" && req.url.includes(encodeURIComponent(x.reference))) });
      if (!req.url.endsWith("/buy")) {
        const { reference, service } = JSON.parse(text);
        const made = { id: `s${s.made.length}`, reference, status: "created", rates: [{ id: "r", service, amount_cents: 512, currency: "EUR" }] };
        s.made.push(made);
        return answer(201, made);
      }
      if (!s.willing) return answer(422, { error: "postcode 1016 GV is not known" });
      const x = s.made.find((m) => req.url.includes(`/${m.id}/`));
      Object.assign(x, { status: "bought", tracking_code: "SW0000001", label: Buffer.from("^XA^XZ").toString("base64") });
      s.sold++;
      answer(200, x);
    });
  });
  await new Promise((done) => s.http.listen(0, "127.0.0.1", done));
  s.url = `http://127.0.0.1:${s.http.address().port}`;
  return s;
}

test("the bench says that a label is bought, why none is sold and what to do", o, async () => {
  const s = await seller();
  try {
    await send(sup, "PUT", "/carriers/swift", JSON.stringify({ kind: "http", name: "Swift", url: s.url, secret: "k", services: { standard: "ground" } }));
    const hand = await house.station(sup, "Hand 1", "handheld", "Mia");
    const bench = await house.station(sup, "Bench 1", "bench", "Ben");
    const list = await house.released(sup, 9001, "Zoë Customer", [["FL-001", 1]]);
    const tote = await freeTote(sup);
    await scan(hand, list.id);
    await walk(sup, hand, list, tote);
    await at(hand, "stage");
    await scan(hand, (await ask(sup, "/bins?limit=200")).items.find((b) => b.kind === "stage").label);
    await scan(bench, tote);
    await at(bench, "item");
    await scan(bench, await barcode(sup, "FL-001"));
    await at(bench, "carton");
    await scan(bench, (await ask(sup, "/cartons")).items[0].label);
    await at(bench, "weigh");
    await weighed(bench);
    await bench.getByText("Swift sells no label").waitFor();
    await bench.getByText("postcode 1016 GV is not known").waitFor();
    for (const size of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
      await bench.setViewportSize(size);
      await look(bench, "bench, no label sold");
    }
    await bench.setViewportSize({ width: 1280, height: 800 });
    s.willing = true;
    await bench.getByTestId("action-retry").click();
    await at(bench, "label");
    await scan(bench, "SW0000001");
    await sup.goto(`${house.url}/floor/orders/${list.order}`);
    await sup.locator('[data-testid^="parcel-row-"][data-status=packed]').getByText("5.12 EUR").waitFor();
    assert.equal(s.sold, 1);
    await look(sup, "order with a cost");
    assert.deepEqual([...bench.faults, ...sup.faults], []);
  } finally {
    s.http.close();
    s.http.closeAllConnections();
  }
});

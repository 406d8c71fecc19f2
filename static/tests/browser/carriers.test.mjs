// The carriers' page and the customer's: what a parcel would go with and why, and where it is for whoever has the link.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";

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

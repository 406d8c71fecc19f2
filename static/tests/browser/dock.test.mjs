// A load at the dock's screen, on the real house: a pallet, a wrong parcel, one that is missing, the photo by the camera
// and the driver's signature, and what the desk sees of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import { at, FLAGS, scan, until } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { ask, house, openHouse, sup, unbuilt } from "./house.mjs";

const o = { skip: unbuilt, timeout: 180_000 };
FLAGS.push("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream");
openHouse();

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ulid = () => "01" + Array.from({ length: 24 }, () => ALPHABET[Math.floor(Math.random() * 32)]).join("");

const tell = (method, path, body) =>
  sup.evaluate(([m, p, b]) => fetch(`/api/v1${p}`, { method: m, headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) }).then((r) => r.json()), [method, path, body]);

// Hands is a device that does what is wanted, over its socket, to have parcels packed.
class Hands {
  static async paired(kind, who) {
    const h = new Hands();
    const { code } = await tell("POST", "/devices/pairings", { kind, name: `${kind} hands` });
    const r = await fetch(`${house.url}/api/v1/devices`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ pairing_code: code, name: `${kind} hands`, kind }) });
    h.socket = new WebSocket(`${house.url.replace("http", "ws")}/api/v1/socket`, "floorline.v1");
    h.socket.onmessage = (m) => h.take(JSON.parse(m.data));
    await new Promise((done) => (h.socket.onopen = done));
    h.n = 0;
    const { token } = await r.json();
    await h.answer({ type: "hello", token, topics: [] }, "welcome");
    await h.send({ type: "scan", code: house.badges[who], origin: "wedge" });
    return h;
  }

  take(frame) {
    if (frame.type === this.awaited?.type) this.awaited.done(frame);
  }

  answer(frame, type) {
    return new Promise((done) => {
      this.awaited = { type, done };
      this.socket.send(JSON.stringify(frame));
    });
  }

  send(frame) {
    return this.answer({ id: ulid(), n: ++this.n, ...frame }, "verdict");
  }

  // job starts one and does what is wanted until it is over.
  async job(kind, id) {
    let v = await this.send({ type: "do", action: "start", args: { job: kind, id } });
    for (let i = 0; i < 60 && v.next.job; i++) {
      const n = v.next;
      if (n.step === "weigh") v = await this.send({ type: "do", action: "weigh", args: { weight_g: n.show.expected_weight_g } });
      else if (n.ask) v = await this.send({ type: "do", action: "answer", args: { ask: n.ask.id, value: n.ask.options[0].id } });
      else if (n.want.length > 0) v = await this.send({ type: "scan", code: n.want[0].code, origin: "wedge" });
      else v = await this.send({ type: "do", action: n.actions[0], args: {} });
    }
    assert.equal(v.next.job, null, `${kind} ends: ${v.code}`);
  }
}

async function packed(pick, pack, number, service) {
  const ship_to = { name: "Jo Doe", lines: ["Quay 1"], city: "Basel", postcode: "4051", country: "CH" };
  const order = await tell("POST", "/orders", { channel: "dock", external_id: number, service, ship_to, lines: [{ sku: "FL-001", qty: 1 }] });
  const wave = await tell("POST", "/waves", { orders: [order.id], method: "discrete" });
  await pick.job("pick", wave.picklists[0].id ?? wave.picklists[0]);
  await pack.job("pack", order.id);
  return (await ask(sup, `/orders/${order.id}`)).parcels[0];
}

test("a truck with a pallet, a wrong parcel and a missing one leaves with photo and signature", o, async () => {
  const site = await ask(sup, "/site");
  assert.equal(site.load_proof ?? "", "");
  const pick = await Hands.paired("handheld", "Mia");
  const pack = await Hands.paired("bench", "Ben");
  const all = [];
  for (const n of ["D1", "D2", "D3"]) all.push(await packed(pick, pack, n, "standard"));
  const wrong = await packed(pick, pack, "D4", "express");
  const dock = await house.station(sup, "Door 1", "dock", "Tom");
  await dock.getByTestId("jobs").getByText("swift").first().click();
  await at(dock, "parcel");
  await dock.getByTestId("action-pallet").click();
  await at(dock, "pallet");
  await scan(dock, all[0].tracking);
  await dock.getByTestId("loaded").getByText("1", { exact: true }).waitFor();
  await look(dock, "dock pallet");
  await dock.getByTestId("action-close").click();
  await at(dock, "parcel");
  await scan(dock, all[0].tracking);
  await until(dock, "verdict", "data-code", "on_pallet");
  const [pallet] = (await ask(sup, "/pallets")).items;
  await scan(dock, `(00)${pallet.sscc}`);
  await until(dock, "verdict", "data-code", "loaded");
  await scan(dock, wrong.tracking);
  await until(dock, "verdict", "data-class", "stop");
  await look(dock, "dock wrong truck");
  await scan(dock, all[1].tracking);
  await until(dock, "verdict", "data-code", "loaded");
  await dock.getByTestId(`wanted-${all[2].id}`).getByText("bench hands").waitFor();
  await dock.getByTestId("missing").getByText("Missing: 1").waitFor();
  const id = await dock.getByTestId("manifest").locator(".code").first().textContent();

  for (const what of ["photo", "signature"]) await proved(dock, what);
  await dock.getByTestId("truck").getByText("signed").waitFor();
  await dock.getByTestId("action-close").click();
  await dock.getByTestId("option-no").click(); // what stays behind is a lead's to say
  await at(dock, "parcel");
  await sup.goto(`${house.url}/floor/manifests`);
  await sup.getByTestId(`close-${id}`).click();
  await at(dock, "start");

  const m = await ask(sup, `/manifests/${id}`);
  assert.deepEqual([m.status, m.loaded, m.photos, m.signer, m.left_behind], ["closed", 2, 1, "Jo Doe", [all[2].id]]);
  const photo = await sup.evaluate((to) => fetch(`/api/v1${to}`).then(async (r) => [r.status, r.headers.get("content-type"), (await r.arrayBuffer()).byteLength]), `/manifests/${id}/photos/1.jpg`);
  assert.deepEqual(photo.slice(0, 2), [200, "image/jpeg"]);
  assert.ok(photo[2] > 1_000);
  await sup.goto(`${house.url}/floor/manifests`);
  await sup.getByTestId(`details-${id}`).locator("summary").click();
  await sup.getByText("Signature of Jo Doe").waitFor();
  for (const p of [dock, sup]) assert.deepEqual(p.faults, []);
});

async function proved(dock, what) {
  if ((await dock.getByTestId(`action-${what}`).count()) === 0 && (await dock.getByTestId(`proof-${what}`).count()) === 0) await dock.getByTestId("action-more").click();
  await dock.getByTestId(`action-${what}`).click();
  if (what === "photo") {
    await until(dock, "photo", "data-state", "live");
    await dock.getByTestId("photo-take").click();
    await until(dock, "photo", "data-state", "taken");
    await dock.getByTestId("photo-keep").click();
  } else {
    await dock.getByTestId("signature-name").fill("Jo Doe");
    const box = await dock.getByTestId("signature-field").boundingBox();
    await dock.mouse.move(box.x + 20, box.y + 20);
    await dock.mouse.down();
    for (let i = 1; i <= 8; i++) await dock.mouse.move(box.x + 20 + 30 * i, box.y + 20 + (i % 2 ? 90 : 10));
    await dock.mouse.up();
    await dock.getByTestId("signature-keep").click();
  }
  await dock.getByTestId(`sheet-${what}`).waitFor({ state: "detached" });
}

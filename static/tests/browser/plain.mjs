// The plainest client there is, on a socket: it scans the first code that is wanted, answers with the first option, weighs
// what is expected and finishes where nothing else is open. It brings an order out of the house where a test is about what
// comes after.

import { WebSocket } from "ws";
import { ask } from "./house.mjs";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
let made = 0;
const ulid = () => {
  let n = BigInt(Date.now()) * 2n ** 80n + BigInt(++made);
  let out = "";
  for (let i = 0; i < 26; i++) [out, n] = [ALPHABET[Number(n % 32n)] + out, n / 32n];
  return out;
};

const send = async (url, path, token, body) => {
  const r = await fetch(`${url}/api/v1${path}`, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!r.ok) throw new Error(`${path}: ${r.status} ${await r.text()}`);
  return r.json();
};

const post = (p, path, body) =>
  p.evaluate(
    async ([to, b]) => {
      const r = await fetch(`/api/v1${to}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(b) });
      if (!r.ok) throw new Error(`${to}: ${r.status} ${await r.text()}`);
      return r.json();
    },
    [path, body],
  );

// does one job of a kind, to its end.
async function does(house, sup, kind, who, job) {
  const { code } = await post(sup, "/devices/pairings", { kind, name: `plain ${kind}` });
  const { token } = await send(house.url, "/devices", "", { pairing_code: code, name: `plain ${kind} ${++made}`, kind });
  const ws = new WebSocket(`${house.url.replace("http", "ws")}/api/v1/socket`, "floorline.v1");
  const waiting = [];
  ws.on("message", (m) => {
    const f = JSON.parse(m);
    if (f.type === "welcome" || f.type === "verdict") waiting.shift()?.(f);
  });
  const heard = (f) => new Promise((done) => (waiting.push(done), ws.send(JSON.stringify(f))));
  await new Promise((done) => ws.once("open", done));
  let n = (await heard({ type: "hello", token })).n ?? 0;
  const frame = (f) => heard({ id: ulid(), n: ++n, ...f });
  const act = (action, args = {}) => frame({ type: "do", action, args });
  const scan = (code) => frame({ type: "scan", code, origin: "wedge" });
  await scan(house.badges[who]);
  let v = await act("start", { job: job.kind, ...(job.id && { id: job.id }) });
  for (let i = 0; i < 200 && v.next.job; i++) {
    const { ask: question, want, step, show, actions } = v.next;
    if (question) v = await act("answer", { ask: question.id, value: question.options[0].id });
    else if (step === "weigh") v = await act("weigh", { weight_g: show.expected_weight_g });
    else if (want.length > 0) v = await scan(want[0].code);
    else v = await act(actions[0]);
    if (v.class === "refused" || v.class === "stop") throw new Error(`a plain client was refused: ${JSON.stringify(v)}`);
  }
  ws.close();
  if (v.next.job) throw new Error(`the job never ends: ${JSON.stringify(v.next)}`);
}

// dispatched makes an order and brings it out of the house.
export async function dispatched(house, sup, ext, lines, name = "Zoë Quick") {
  const order = await post(sup, "/orders", { channel: "web", external_id: ext, service: "standard", currency: "EUR", ship_to: { name, lines: ["Prinsengracht 263"], city: "Amsterdam", postcode: "1016 GV", country: "NL" },
    lines: lines.map(([sku, qty]) => ({ sku, qty, price_cents: 1290 })) });
  const wave = await post(sup, "/waves", { orders: [order.id], method: "discrete" });
  await does(house, sup, "handheld", "Mia", { kind: "pick", id: wave.picklists[0].id ?? wave.picklists[0] });
  await does(house, sup, "bench", "Ben", { kind: "pack", id: order.id });
  await does(house, sup, "dock", "Tom", { kind: "load" });
  return ask(sup, `/orders/${order.id}`);
}

export { post };

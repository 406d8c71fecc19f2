// The plainest client there can be, over a socket of its own: it scans what is wanted first, answers with the first
// option and does what is left. It brings an order to the place where a test begins.

// send calls the API with the session of a page.
export const send = (p, method, path, body) =>
  p.evaluate(
    async ([m, to, b]) => {
      const r = await fetch(`/api/v1${to}`, { method: m, headers: { "Content-Type": "application/json" }, body: JSON.stringify(b) });
      if (!r.ok) throw new Error(`${m} ${to}: ${r.status} ${await r.text()}`);
      return r.json();
    },
    [method, path, body],
  );

// released is an order made by the API, in a wave of its own: its first pick list.
export async function released(sup, order, method = "discrete") {
  const made = await send(sup, "POST", "/orders", order);
  const wave = await send(sup, "POST", "/waves", { orders: [made.id], method });
  return { order: made.id, list: wave.picklists[0] };
}

// plainly does one job of a kind from its start to its end.
export async function plainly(sup, badge, kind, job, id) {
  const { code } = await send(sup, "POST", "/devices/pairings", {});
  const { token } = await send(sup, "POST", "/devices", { pairing_code: code, name: `Plain ${job} ${id}`, kind });
  return sup.evaluate(
    ([t, b, what, which]) =>
      new Promise((done, fail) => {
        const ws = new WebSocket(location.origin.replace("http", "ws") + "/api/v1/socket", "floorline.v1");
        let n = 0;
        const give = (frame) => {
          n++;
          ws.send(JSON.stringify({ id: `01${String(Date.now()).padStart(14, "0")}${String(n).padStart(10, "0")}`, n, ...frame }));
        };
        const act = (action, args = {}) => give({ type: "do", action, args });
        let begun = false;
        const on = (next) => {
          if (next.step === "badge") return give({ type: "scan", code: b, origin: "wedge" });
          if (!next.job && begun) return (ws.close(), done(n));
          if (!next.job) return ((begun = true), act("start", { job: what, id: which }));
          if (next.ask) return act("answer", { ask: next.ask.id, value: next.ask.options[0].id });
          if (next.step === "weigh") return act("weigh", { weight_g: next.show.expected_weight_g });
          if (next.want.length > 0) return give({ type: "scan", code: next.want[0].code, origin: "wedge" });
          return act(next.actions[0]);
        };
        ws.onopen = () => ws.send(JSON.stringify({ type: "hello", token: t, topics: ["job"] }));
        ws.onclose = (e) => fail(new Error(`the plain client's socket closed: ${e.code} ${e.reason}`));
        ws.onerror = () => fail(new Error("the plain client has no socket"));
        ws.onmessage = (m) => {
          const f = JSON.parse(m.data);
          if (f.type === "welcome") return ((n = f.n ?? 0), on(f.next));
          if (f.type !== "verdict") return;
          if (["refused", "stop"].includes(f.class)) return fail(new Error(`${f.code}: ${f.say}`));
          on(f.next);
        };
      }),
    [token, badge, job, id],
  );
}

// post makes or does something by the API.
export const post = (p, path, body) => send(p, "POST", path, body);

// dispatched makes an order and brings it out of the house: picked, packed and gone with its truck.
export async function dispatched(house, sup, ext, lines, name = "Zoë Quick") {
  const ship_to = { name, lines: ["Prinsengracht 263"], city: "Amsterdam", postcode: "1016 GV", country: "NL" };
  const { order, list } = await released(sup, { channel: "web", external_id: ext, service: "standard", currency: "EUR", ship_to,
    lines: lines.map(([sku, qty]) => ({ sku, qty, price_cents: 1290 })) });
  await plainly(sup, house.badges.Mia, "handheld", "pick", list);
  await plainly(sup, house.badges.Ben, "bench", "pack", order);
  await plainly(sup, house.badges.Tom, "dock", "load");
  return sup.evaluate(async (id) => (await fetch(`/api/v1/orders/${id}`)).json(), order);
}

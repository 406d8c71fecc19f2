// The API's answers for the supervisor's pages: enough of a floor to look at.

import { Buffer } from "node:buffer";

const statuses = ["received", "held", "picking", "packed", "dispatched"];

function orders(floor) {
  return Array.from({ length: floor.rest.orders }, (_, i) => ({
    id: `O-00010${i}-C`,
    channel: "shop",
    external_id: `#10${40 + i}`,
    status: i === 0 ? floor.rest.status : statuses[i % statuses.length],
    hold_reason: i % 5 === 1 ? "unknown_item" : "",
    priority: i,
    ship_by: "2026-11-24T15:00:00Z",
    service: "dhl_parcel",
    units: 3 + i,
    lines: 2,
    created_at: "2026-11-23T08:00:00Z",
  }));
}

const now = (floor) => ({
  orders: { received: 12, held: 2, picking: 5, packed: 3, dispatched: 41, [floor.rest.status]: 13 },
  parcels: { open: 1, labelled: 3, loaded: 9 },
  picklists: [
    { id: "PL-0042-K", wave: "W-0007-C", status: "picking", worker: "Mia Novák", done: 7, total: 17 },
    { id: "PL-0043-A", wave: "W-0007-C", status: "open", done: 0, total: 9 },
  ],
  waves: [],
  stations: [
    { device: "D-0001-X", name: "Handheld 1", kind: "handheld", online: true, worker: "Mia Novák", job: { kind: "pick", id: "PL-0042-K", done: 7, total: 17 } },
    { device: "D-0002-Y", name: "Bench 1", kind: "bench", online: false, job: null },
  ],
  manifests: [{ id: "M-0003-C", carrier: "DHL", dock: "DOCK-2", status: "open", loaded: 9, expected: 12, vehicle: "W-4711 AB", pallets: [{ id: "PA-0007-3", sscc: "095212340000001226", parcels: ["P-1"] }], missing: [{ id: "P-2", tracking: "FL000000012342", seen: "last at Bench 1, 14:02, Ben" }], photos: 1, signed_at: "2026-11-24T14:02:00Z", signer: "Jo" }],
  exceptions: [{ id: "X1", at: "2026-11-23T08:10:00Z", kind: "short", say: "2 × MUG-RED short in A-01-03: damaged", about: { kind: "picklist", id: "PL-0042-K" } }],
  prints: { queued: 1, printed: 40 },
  journal: { seq: floor.seq, epoch: 1 },
  space: { free_bytes: 1e10, stopped: false },
});

const order = (id, floor) => ({
  id,
  status: floor.rest.status,
  external_id: "#1040",
  lines: [{ sku: "MUG-RED", name: "<img src=x onerror=alert(1)>", ordered: 3, reserved: 3, picked: 0, packed: 0, shipped: 0, short: 0, cancelled: 0 }],
  parcels: [{ id: "P-000123-C", tracking: "FL000000012342", sscc: "195212340000000012", carrier: "DHL", status: "labelled", weight_g: 2140 }],
  timeline: [{ at: "2026-11-23T08:00:00Z", kind: "order_created", worker: "" }],
  ship_to: { name: "Ada Lovelace", lines: ["1 Analytical Row"], postcode: "N1", city: "London", country: "GB" },
});

const lists = {
  items: [{ sku: "MUG-RED", name: "Red mug", barcodes: [{ code: "4006381333931", qty: 1 }], weight_g: 340, size_mm: [90, 90, 100], tracking: "lot", category: "kitchen" }],
  bins: [{ code: "A-01-03", kind: "pick", aisle: 0, cell: 2, level: 0, zone: "A" }],
  stock: [{ sku: "MUG-RED", bin: "A-01-03", lot: "L-2025-11", expiry: "2027-03-01", on_hand: 30, reserved: 3, free: 27 }],
  "stock/movements": [{ at: "2026-11-23T08:00:00Z", sku: "MUG-RED", qty: 30, from: { kind: "outside", id: "supplier" }, to: { kind: "bin", id: "A-01-03" }, reason: "received", worker: "Mia" }],
  waves: [{ id: "W-0007-C", status: "open", method: "cluster", orders: 6, picklists: 2, done: 7, total: 26, created_at: "2026-11-23T08:00:00Z" }],
  picklists: [{ id: "PL-0042-K", wave: "W-0007-C", status: "picking", worker: "Mia Novák", orders: 2, done: 7, total: 17 }],
  manifests: [{ id: "M-0003-C", carrier: "DHL", dock: "DOCK-2", status: "open", loaded: 9, expected: 12, vehicle: "W-4711 AB", pallets: [{ id: "PA-0007-3", sscc: "095212340000001226", parcels: ["P-1"] }], missing: [{ id: "P-2", tracking: "FL000000012342", seen: "last at Bench 1, 14:02, Ben" }], photos: 1, signed_at: "2026-11-24T14:02:00Z", signer: "Jo" }],
  workers: [{ id: "U-0003-C", name: "Mia Novák", roles: ["picker"], language: "en", device: "D-0001-X" }],
  devices: [{ id: "D-0001-X", name: "Handheld 1", kind: "handheld", online: true, worker: "Mia Novák", last_seen: "2026-11-23T08:10:00Z", printer: "" }],
  prints: [{ id: "J-000001", parcel: "P-000123-C", printer: "", device: "D-0001-X", status: "failed", copy: 1, why: "no paper" }],
  events: [{ seq: 99, at: "2026-11-23T08:10:00Z", kind: "picked", topic: "picklists", worker: "U-0003-C", device: "D-0001-X", data: { sku: "MUG-RED", qty: 1 } }],
};

const posts = {
  waves: () => ({ id: "W-0008-D", picklists: ["PL-0044-B"], short: [] }),
  devices: () => ({ id: "D-0001-X", token: "tok-1" }),
  "devices/pairings": () => ({ code: "K7M2QX", url: "https://floor.local:8443/pair#K7M2QX", qr_svg_url: "/api/v1/devices/pairings/K7M2QX.svg" }),
  workers: () => ({ id: "U-0009-A", badge: "U4QZ7KD2M9WTRXEBN-3" }),
  imports: () => ({ created: 2, updated: 0, unchanged: 1, rejected: 1, errors: [{ row: 4, code: "bad_qty", detail: "qty must be a whole number, not “two”" }] }),
};

export function restAnswer(floor, q, a, path) {
  const chunks = [];
  q.on("data", (c) => chunks.push(c));
  q.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    floor.rest.calls.push({ method: q.method, path, url: q.url, body, token: q.headers.authorization });
    const key = path.replace("/api/v1/", "");
    const answer = q.method === "GET" ? got(floor, key) : (posts[key]?.() ?? {});
    if (answer === undefined) return send(a, 404, { title: "Not found", code: "not_found" });
    if (typeof answer === "string") return a.writeHead(200, { "Content-Type": key.endsWith("pdf") ? "application/pdf" : "image/svg+xml" }).end(answer);
    send(a, q.method === "POST" ? 201 : 200, answer);
  });
}

function got(floor, key) {
  if (key === "me") return { worker: { id: "U-0001-A", name: "Lea Lead", roles: ["lead"] }, site: { name: "Demo warehouse" }, demo: true, seq: floor.seq, epoch: 1 };
  if (key === "floor") return now(floor);
  if (key === "orders") return { items: orders(floor), next: "" };
  if (key.startsWith("orders/")) return order(key.slice(7), floor);
  if (key.startsWith("picklists/")) return { id: key.slice(10), wave: "W-0007-C", status: "picking", method: "cluster", worker: "Mia", totes: [{ slot: 1, tote: "T-0001-C", order: "O-000100-C" }], lines: [{ line: 1, order: "O-000100-C", sku: "MUG-RED", name: "Red mug", bin: "A-01-03", lot: "L-2025-11", qty: 3, picked: 1, short: 0, slot: 1, status: "open", why: "Oldest lot" }] };
  if (key.endsWith(".svg")) return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><rect width="21" height="21" fill="#fff"/><rect x="2" y="2" width="7" height="7"/></svg>';
  if (key.endsWith(".pdf")) return PDF;
  return lists[key] && { items: lists[key], next: "" };
}

function send(a, status, body) {
  a.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" });
  a.end(JSON.stringify(body));
}

const PDF = "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]>>endobj\ntrailer<</Root 1 0 R>>";

// Every state of a working screen that the floor can bring about, at its worst: the longest names, places and
// numbers that a real house has. A step that the floor gains fails the tests until it stands here.

const base = { job: null, expects: [], want: [], title: "", show: {}, ask: null, actions: [], offline: false };

const NAME = "Stainless-steel vacuum bottle with bamboo lid & brush, 750 ml, “Nordic Forest” <b>edition</b> — Größe XL, twin pack";
const item = { sku: "BTL-750-NORDIC-FOREST-TWIN-XL", name: NAME, weight_g: 12_340, hazard: "flammable_liquid" };
const LONG = "MEZZANINE-WEST-27-B-04-2";
const job = (kind, done = 7, total = 1_217) => ({ kind, id: { pick: "PL-0042-K", pack: "O-000123-C", load: "M-0003-C", putback: "O-000123-C", sort: "PL-0042-K", singles: "PL-0042-K", inspect: "RT-00012-K", receive: "GR-00012-K", putaway: LONG, replenish: "RF-00012-K", count: "CN-00012-K" }[kind], done, total });
const worker = "Wilhelmina-Aleksandra Österreicher-Nguyễn";
const doing = (kind, step, rest) => ({ ...base, job: job(kind), step, expects: [step], want: [{ kind: step, code: "X-1" }], title: NAME, ...rest, show: { worker, ...rest.show } });
const everything = ["qty", "damaged", "swap", "misplaced", "short", "skip", "full", "leave", "undo"];
const line = { item, bin: "A-01-03", qty: 120, done: 7, total: 127, lot: "LOT-2026-11-24-A-0001", expiry: "2027-03-01", slot: 12, slots: 12, order: "O-000123-C", tote: "T-0002-B", zone: "MEZZANINE", why: "Oldest lot first; 3 units of it are promised to another order", reasons: ["missing", "damaged", "wrong_item", "expired", "blocked"] };
const bin = (title) => doing("pick", "bin", { title, want: [{ kind: "bin", code: `B-${title}-7` }], actions: ["short", "skip", "full", "leave", "undo"], show: { ...line, bin: title, note: "Its aisle is blocked: wait until a lead opens it, or say it is short, cannot reach it" } });
const lines = Array.from({ length: 24 }, (_, i) => ({ sku: i === 3 ? item.sku : `${item.sku}-${i}`, name: NAME, qty: 120, done: i < 3 ? 120 : 0 }));
const parcel = { id: "P-000123-C", n: 12, weight_g: 31_499, tracking: "FL000000012342", sscc: "195212340000000012" };
const cartons = Array.from({ length: 9 }, (_, i) => ({ code: `S${i}`, name: `Double-walled, ${60 + i} × 40 × 40`, scan: `K-S${i}-4` }));
const fill = [0, 30].map((z) => ({ z_mm: z, items: [0, 140].map((x) => ({ sku: item.sku, at: [x, 0, z], size: [140, 190, 30] })) }));
const benches = [1, 2, 3].map((n) => ({ id: `P-00012${n}-C`, n, units: 1_200, now: n === 2, inner: n === 1 ? ["P-000129-C", "P-000130-C"] : [] }));
const instructions = [`${NAME}: glass, upright, two layers of paper between; no tape over the print`, "Gift: no price in the box, the card on top, tissue paper in the colour of the season"];
const soon = new Date(Date.now() + 25 * 60_000).toISOString();
const seen = ["last at Packing bench 12, 14:02, Wilhelmina-Aleksandra Österreicher-Nguyễn", "on pallet PA-0007-3 in OUTBOUND-STAGE-1", "not scanned since it was packed", "put down in DOCK-12 at 2026-11-24 14:02 by Mia"];
const parcels = Array.from({ length: 40 }, (_, i) => ({ id: `P-0001${i}-C`, tracking: "FL000000012342", order: "O-000123-C", carrier: i % 3 ? "DHL" : "Österreichische Post International", service: i % 2 ? "International Economy Tracked & Signed" : "Standard", due: i % 2 ? soon : new Date(Date.now() + 200 * 60_000).toISOString(), seen: seen[i % 4], ...(i % 5 ? {} : { left_by: "M-0002-W" }) }));
const truck = { id: "M-0003-C", carrier: "Österreichische Post International", dock: "DOCK-12", vehicle: "W-4711 AB", seal: "CH 0093 447", photos: 2, signed: true };
const pallet = { id: "PA-0007-3", sscc: "095212340000001226", carrier: "Österreichische Post International", parcels: 117, weight_g: 318_150, place: "OUTBOUND-STAGE-1" };
const loaded = { loaded: 1_180, expected: 1_220 };
const asking = (ask, rest = {}) => ({ ...doing("pick", "item", { show: line, actions: ["undo"] }), ask: { id: "q", options: [], ...ask }, ...rest });
const yesNo = [{ id: "yes", text: "Yes, I hold it: all 120 units of this line are in my hands" }, { id: "no", text: "No" }, { id: "later", text: "A lead has to look at it" }];

const offer = (rest) => ({ job: "pick", id: "PL-0042-K", title: "PL-0042-K", detail: "12 orders, cluster, 31.5 kg, must leave by 15:00", done: 7, total: 1_217, ...rest });

// Each: the station it is seen at, and what the floor says is next. The name is job/step, and a twist.
export const states = {
  "none/badge": ["handheld", { ...base, step: "badge", expects: ["badge"], title: "Scan your badge" }],
  "none/pin": ["handheld", { ...base, step: "pin", title: worker, ask: { id: "pin", text: `${worker}: your PIN`, kind: "secret", options: [] } }],
  "none/override": ["handheld", { ...base, step: "override", expects: ["badge"], title: "A lead's badge", actions: ["back"] }],
  "none/override, PIN": ["handheld", { ...base, step: "override", title: worker, actions: ["answer", "back"], ask: { id: "override", text: `${worker}: your PIN`, kind: "secret", options: [] } }],
  "none/start": ["handheld", { ...base, step: "start", title: "What next?", actions: ["start", "signout"], show: { worker, jobs: [offer(), offer({ id: "PL-0043-A", worker }), offer({ job: "putback", id: "O-000123-C", title: "Put back O-000123-C" }), ...Array.from({ length: 17 }, (_, i) => offer({ id: `PL-01${i}-K` }))] } }],
  "none/start, no work": ["handheld", { ...base, step: "start", title: "No work just now", actions: ["start", "signout"], show: { worker, jobs: [] } }],
  "pick/tote": ["handheld", doing("pick", "tote", { title: "Tote for slot 12", actions: ["leave", "undo"], show: { slot: 12, slots: 12, order: "O-000123-C", note: "No tote is free: have more made, or empty one" } })],
  "pick/bin": ["handheld", bin("A-01-03")],
  "pick/bin, twelve characters": ["handheld", bin("A-01-03-B-04")],
  "pick/bin, too long": ["handheld", bin(LONG)],
  "pick/item": ["handheld", doing("pick", "item", { actions: everything, show: line })],
  "pick/serial": ["handheld", doing("pick", "serial", { title: "Scan the serial", actions: everything, show: { ...line, serial: "SN-2026-0000-0000-0001-WX" } })],
  "pick/slot": ["handheld", doing("pick", "slot", { title: "Put 120 in slot 12", actions: ["full", "leave", "undo"], show: { slot: 12, slots: 12, tote: "T-0002-B", order: "O-000123-C", qty: 120 } })],
  "pick/stage": ["handheld", doing("pick", "stage", { title: "To stage OUTBOUND-STAGE-1", want: [{ kind: "bin", code: "B-OUTBOUND-STAGE-1-9" }], actions: ["leave", "undo"], show: { slots: 12 } })],
  "pick/pass": ["handheld", doing("pick", "pass", { title: "Hand on to zone MEZZANINE", actions: ["leave"], show: { zone: "MEZZANINE" } })],
  "pick/finish": ["handheld", doing("pick", "stage", { title: "To the stage", expects: [], want: [], actions: ["finish"], show: { note: "No stage bin is set up: leave the totes at the bench and finish" } })],
  "sort/tote": ["handheld", doing("sort", "tote", { title: "Scan the tote to sort", actions: ["leave"] })],
  "sort/item": ["handheld", doing("sort", "item", { title: "Scan any unit of the tote", actions: ["short", "leave", "undo"], show: { tote: "T-0002-B", qty: 120 } })],
  "sort/slot": ["handheld", doing("sort", "slot", { title: "WALL-1-A-12", actions: ["leave", "undo"], show: { slot: 24, slots: 24, item, order: "O-000123-C" } })],
  "sort/finish": ["handheld", doing("sort", "finish", { title: "All sorted", expects: [], want: [], actions: ["finish"] })],
  "putback/tote": ["handheld", doing("putback", "tote", { title: "Fetch the goods of O-000123-C", actions: ["leave"], show: { note: "It was cancelled while it was picked" } })],
  "putback/item": ["handheld", doing("putback", "item", { title: `Take a unit: ${NAME}`, actions: ["leave", "undo"], show: { item, qty: 3, total: 120 } })],
  "putback/serial": ["handheld", doing("putback", "serial", { title: "Scan its serial", actions: ["leave", "undo"], show: { item } })],
  "putback/bin": ["handheld", doing("putback", "bin", { title: "A-01-03", actions: ["qty", "damaged", "leave", "undo"], show: { ...line, order: undefined } })],
  "putback/finish": ["handheld", doing("putback", "finish", { title: "All of it is back", expects: [], want: [], actions: ["finish"] })],
  "pack/open": ["bench", doing("pack", "open", { job: null, title: "Scan the tote", actions: ["leave"], show: { worker } })],
  "pack/item": ["bench", doing("pack", "item", { title: "Scan every unit", actions: ["qty", "short", "full", "damaged", "undo", "leave"], show: { order: "O-000123-C", external_id: "#DE-2026-0000001042", lines, item, qty: 120, done: 1, total: 121, gift: "Alles Gute zum Geburtstag, liebe Wilhelmina!", carton: { code: "S2", name: "Double-walled, 60 × 40 × 40", inner_mm: [300, 200, 150] }, fill } })],
  "pack/serial": ["bench", doing("pack", "serial", { title: "Scan the serial", actions: ["undo", "leave"], show: { lines, item, serial: "SN-2026-0000-0000-0001-WX" } })],
  "pack/lot": ["bench", doing("pack", "lot", { title: "Scan or type its lot", actions: ["undo", "leave"], show: { lines, item, qty: 120 } })],
  "pack/damaged": ["bench", doing("pack", "damaged", { title: "Scan the damaged unit", actions: ["undo", "leave"], show: { lines, parcel } })],
  "pack/move": ["bench", doing("pack", "move", { title: "Scan the unit to move into parcel 12 of O-000123-C", actions: ["undo", "leave"], show: { lines, parcel, open: benches } })],
  "pack/check": ["bench", doing("pack", "check", { title: "Before it is closed", expects: [], want: [], actions: ["close", "short", "leave", "undo", "new"], show: { lines, parcel, instructions }, ask: { id: "hazard", kind: "choice", text: `Dangerous goods, UN 1950: ${NAME}. Packed and marked as it must be?`, options: yesNo.slice(0, 2) } })],
  "pack/hand_over": ["bench", doing("pack", "hand_over", { title: "Cancelled: set it aside to be put back, and scan it", actions: ["leave"], show: { order: "O-000123-C", tote: "T-0002-B" } })],
  "pack/buying": ["bench", doing("pack", "buying", { title: "Österreichische Post International sells no label", expects: [], want: [], actions: ["retry", "own_label", "leave"], show: { lines, parcel, gift: "Alles Gute zum Geburtstag, liebe Wilhelmina!", note: "Put it right and ask again, or have a lead take another label. (The carrier answers 422: postcode 1016 GV is not known in this country)" } })],
  "singles/single": ["bench", doing("singles", "single", { title: "Scan any unit of the tote", expects: ["item"], actions: ["leave"], show: { tote: "T-0002-B" } })],
  "pack/carton": ["bench", doing("pack", "carton", { title: "Which carton?", want: [{ kind: "carton", code: "K-S2-4" }], actions: ["undo", "leave"], show: { lines, parcel, cartons } })],
  "pack/weigh": ["bench", doing("pack", "weigh", { title: "Weigh the parcel", expects: [], want: [], actions: ["weigh", "undo", "leave"], show: { lines, parcel, expected_weight_g: 31_499 } })],
  "pack/label": ["bench", doing("pack", "label", { title: "Stick the label on and scan it", actions: ["undo", "reprint", "leave"], show: { parcel, label_url: "/api/v1/parcels/P-000123-C/label.pdf" } })],
  "pack/finish": ["bench", doing("pack", "finish", { title: "Nothing left to pack", expects: [], want: [], actions: ["finish"] })],
  "load/parcel": ["dock", doing("load", "parcel", { title: "Load Österreichische Post International", actions: ["close", "leave", "undo", "unload", "pallet", "vehicle", "seal"], show: { manifest: truck, ...loaded, missing: true, parcels } })],
  "load/parcel, in the hand": ["handheld", doing("load", "parcel", { title: "Load Österreichische Post International", actions: ["close", "leave", "undo", "unload", "pallet", "vehicle", "seal"], show: { manifest: truck, ...loaded, missing: true, parcels } })],
  "load/pallet": ["dock", doing("load", "pallet", { title: "Pallet for Österreichische Post International", actions: ["close", "leave", "unload", "undo"], show: { pallet, ...loaded, parcels } })],
  "load/unload": ["dock", doing("load", "unload", { title: "Scan what comes off", actions: ["load", "leave"], show: { manifest: truck, ...loaded, parcels } })],
  "load/door": ["dock", doing("load", "door", { title: "Scan the door", expects: ["bin"], want: [{ kind: "bin", code: "B-DOCK-12-7" }], actions: ["leave"], show: { manifest: { ...truck, dock: "" }, loaded: 0, expected: 1_220 } })],
  "load/vehicle": ["dock", doing("load", "vehicle", { title: "Which vehicle?", want: [], actions: ["vehicle", "leave"], show: { manifest: { ...truck, vehicle: "" }, loaded: 0, expected: 1_220 } })],
  "load/seal": ["dock", doing("load", "seal", { title: "Seal the truck and scan the seal", want: [], actions: ["seal", "leave"], show: { manifest: truck, loaded: 12, expected: 12, also: ["unload"] } })],
  "load/proof": ["dock", doing("load", "proof", { title: "Prove the load, then close the truck", expects: [], want: [], actions: ["close", "leave"], show: { manifest: truck, loaded: 12, expected: 12, proof: ["photo", "signature"], also: ["unload"] } })],
  "load/close": ["dock", doing("load", "close", { title: "All on board: close the truck", expects: [], want: [], actions: ["close"], show: { manifest: { id: "M-0003-C", carrier: "DHL", dock: "DOCK-2" }, loaded: 12, expected: 12, missing: true, parcels: [], also: ["unload", "vehicle", "seal", "photo", "signature"] } })],
  "receive/item": ["handheld", doing("receive", "item", { title: "Scan what came, or a pallet", actions: ["qty", "damaged", "finish", "leave", "undo"], show: { bin: LONG, lines, also: ["labels", "label_pallet"] } })],
  "receive/link": ["handheld", doing("receive", "link", { title: "Which item has this code? 09521234000013-2026-11-24-A-0001-NORDIC-FOREST", expects: ["item"], actions: ["skip", "leave"], show: { bin: LONG } })],
  "receive/lot": ["handheld", doing("receive", "lot", { title: "Which lot?", actions: ["undo", "leave"], show: { item, qty: 1_200, bin: LONG } })],
  "putaway/bin": ["handheld", doing("putaway", "bin", { title: LONG, actions: ["undo", "leave"], show: { item, qty: 120, lot: line.lot, expiry: line.expiry, bin: LONG, why: `${LONG} of lot L2611-0007-NORDIC lies there already; it is wanted there now; in zone COLD-STORE-1, where it is kept; it bears 380 kg more; 5 across and 17 along from the depot` } })],
  "replenish/item": ["handheld", doing("replenish", "item", { title: LONG, actions: ["qty", "leave", "undo"], show: { item, qty: 120, done: 7, total: 127, lot: line.lot, expiry: line.expiry, bin: LONG } })],
  "replenish/to": ["handheld", doing("replenish", "to", { title: LONG, expects: ["bin"], actions: ["undo", "leave"], show: { item, qty: 120, lot: line.lot, expiry: line.expiry, bin: LONG } })],
  "replenish/finish": ["handheld", doing("replenish", "finish", { title: `Nothing of it is free in ${LONG} any more`, expects: [], want: [], actions: ["finish"], show: { item, qty: 120, bin: LONG } })],
  "count/item": ["handheld", doing("count", "item", { title: `Count all that lies in ${LONG}`, actions: ["qty", "finish", "leave", "undo"], show: { bin: LONG, lines } })],
  "inspect/item": ["returns", doing("inspect", "item", { title: "Scan what came back", actions: ["finish", "undo", "leave"], show: { bin: LONG, order: "O-000123-C", lines } })],
  "inspect/lot": ["returns", doing("inspect", "lot", { title: "Which lot?", actions: ["undo", "leave"], show: { item, qty: 1, bin: LONG } })],
  "inspect/expiry": ["returns", doing("inspect", "expiry", { title: "Best before? Year, month, day: 2027-03-31", actions: ["undo", "leave"], show: { item, qty: 1, lot: "LOT-2026-11-24-A-0001" } })],
  "inspect/odd": ["returns", doing("inspect", "odd", { title: "Look again", expects: [], want: [], actions: [], show: { item, serial: "SN-2026-0000-0000-0001-WX" }, ask: { id: "odd", text: "This serial was not sent with this order: SN-2026-0000-0000-0001-WX", kind: "choice", options: [{ id: "again", text: "I scan it again" }, { id: "take", text: "It is so: take it in and tell a lead" }] } })],
  "inspect/question": ["returns", doing("inspect", "question", { expects: [], want: [], actions: ["undo", "leave"], show: { item, lot: "LOT-2026-11-24-A-0001", expiry: "2027-03-01", bin: LONG, order: "O-000123-C", also: ["photo"], unit: 12, photos: 8 }, ask: { id: "undamaged", text: "Is it free of damage and wear, the lid, the brush and all of its packaging included?", kind: "choice", options: yesNo.slice(0, 2) } })],
  "inspect/verdict": ["returns", doing("inspect", "verdict", { title: "Grade C", expects: [], want: [], actions: ["undo", "leave"], show: { item, bin: LONG, order: "O-000123-C", also: ["photo"], unit: 12, photos: 2 }, ask: { id: "verdict", text: "What becomes of it?", kind: "choice", options: ["Back to the shelf", "To be refurbished", "Back to its vendor", "Keep it apart", "Scrap it"].map((text, i) => ({ id: `d${i}`, text })) } })],
  "inspect/bin": ["returns", doing("inspect", "bin", { title: LONG, actions: ["undo", "leave"], show: { item, bin: LONG, note: "To be refurbished", why: "Grade C", order: "O-000123-C", also: ["photo"], unit: 12 } })],
  "inspect/finish": ["returns", doing("inspect", "finish", { title: "All of it is judged: finish, or scan what else came", expects: [], want: [], actions: ["finish"], show: { lines } })],
  "ask/choice": ["handheld", asking({ kind: "choice", text: `Is this ${NAME}, lot LOT-2026-11-24-A-0001?`, options: yesNo })],
  "ask/number": ["handheld", asking({ kind: "number", text: `How many of ${NAME} lie in ${LONG}?`, suggest: 120 })],
  "ask/secret": ["bench", asking({ kind: "secret", text: "A lead’s PIN" })],
};

// What lies over a screen: the sheet a tap opens, by the state it is opened at.
export const sheets = {
  "action-short": "pick/item",
  "action-qty": "pick/item",
  "action-more": "pick/item",
  menu: "pick/item",
  type: "pick/item",
  "job-PL-0043-A": "none/start",
  "action-vehicle": "load/vehicle",
  "action-seal": "load/seal",
  "proof-photo": "load/proof",
  "proof-signature": "load/proof",
};

const thing = (text) => ({ kind: "item", code: "00340123450000000018", text });
export const verdicts = ["accepted", "note", "choose", "refused", "stop"].map((c) => ({
  type: "verdict", id: `v-${c}`, ...(c === "refused" ? { override: true } : {}), code: "wrong_item", class: c, replayed: false,
  say: `This is ${NAME}. Wanted is MUG-RED of B-${LONG}-7; carry what you hold to A-01-03-B-04 and scan 00340123450000000018.`,
  scanned: thing(NAME), wanted: thing("Red mug, 330 ml"), belongs: { kind: "bin", code: `B-${LONG}-7`, text: `Bin ${LONG}` },
}));

export const notices = [
  [{ id: 1, code: "order_cancelled", class: "stop", say: `Order O-000123-C was cancelled by ${worker}: leave its 120 units in tote T-0002-B and go on.` }],
  [2, 3, 4].map((id) => ({ id, code: "aisle_blocked", class: "note", say: `Aisle ${id} is blocked; its stops come last.` })),
];

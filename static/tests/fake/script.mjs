// A short day as a list of steps: badge, PIN, start, tote, two bins with items and slots, stage, then idle.

const base = { job: null, expects: [], want: [], title: "", show: {}, ask: null, actions: [], offline: false };
const job = (done) => ({ kind: "pick", id: "PL-0042-K", done, total: 5 });
const wrong = (f, want) => ({
  code: "wrong_" + (want?.kind ?? "code"),
  class: "refused",
  say: "This is not what is wanted here.",
  scanned: { kind: "item", code: f.code, text: "Blue mug" },
  wanted: { kind: want?.kind, code: want?.code, text: "Red mug" },
  belongs: { kind: "bin", code: "B-C-09-01-4", text: "Bin C-09-01" },
});

const scanStep = (next, code = "picked", cls = "accepted") => ({
  next: { ...base, ...next },
  take: (f) => {
    if (f.type === "do" && f.action === "undo") return { code: "undone", class: "note", say: "Undone.", go: -1 };
    if (f.type === "do" && f.action === "short") return { code: "short", class: "note", say: `Short, ${f.args.found} found.`, go: 1 };
    if (f.type === "do") return { code: f.action, class: "note", say: f.action };
    return next.want.some((w) => w.code === f.code) ? { code, class: cls, say: "Right.", go: 1 } : wrong(f, next.want[0]);
  },
});

const acts = ["short", "skip", "undo", "qty", "leave"];
const mug = { sku: "MUG-RED", name: "Red mug, 330 ml, with a handle that holds", weight_g: 340 };

export function script() {
  return [
    {
      next: { ...base, step: "badge", expects: ["badge"], title: "Scan your badge" },
      take: (f) => (f.code?.startsWith("U") ? { code: "badge_read", class: "accepted", say: "Hello Mia.", go: 1 } : wrong(f)),
    },
    {
      next: { ...base, step: "pin", title: "Mia", ask: { id: "pin", text: "Your PIN", kind: "secret", options: [] } },
      take: (f) =>
        f.args?.value === "1234"
          ? { code: "signed_in", class: "accepted", say: "Hello Mia.", go: 1, worker: { id: "U-0003-C", name: "Mia Novák", language: "en" } }
          : { code: "wrong_pin", class: "refused", say: "That PIN is not right." },
    },
    {
      next: {
        ...base,
        step: "start",
        title: "Hello Mia",
        actions: ["start", "signout"],
        show: {
          jobs: [
            { job: "pick", id: "PL-0042-K", title: "PL-0042-K", detail: "2 orders, cluster", done: 0, total: 5 },
            { job: "pick", id: "PL-0043-A", title: "PL-0043-A", detail: "1 order", done: 2, total: 9, worker: "Ben" },
            { job: "load", id: "M-0003-C", title: "DHL, dock 2", detail: "12 parcels", done: 3, total: 12 },
          ],
        },
      },
      take: (f) => (f.action === "start" ? { code: "started", class: "accepted", say: "Started.", go: 1 } : wrong(f)),
    },
    scanStep({ job: job(0), step: "tote", expects: ["tote"], want: [{ kind: "tote", code: "T-0001-C" }], title: "Any free tote", actions: ["leave"], show: { slot: 1, slots: 4, order: "O-000123-C" } }, "tote_taken"),
    scanStep({ job: job(0), step: "bin", expects: ["bin"], want: [{ kind: "bin", code: "B-A-01-03-7" }], title: "A-01-03", actions: acts, offline: true, show: { bin: "A-01-03", zone: "A", item: mug, qty: 3, done: 0, total: 3, why: "Oldest lot first" } }, "bin_reached"),
    ...[3, 2, 1].map((qty) =>
      scanStep({ job: job(3 - qty), step: "item", expects: ["item"], want: [{ kind: "item", code: "4006381333931" }], title: "Red mug, 330 ml, with a handle that holds", actions: acts, offline: true, show: { bin: "A-01-03", item: mug, qty, done: 3 - qty, total: 3, slot: 2, slots: 4, lot: "L-2025-11", expiry: "2027-03-01", reasons: ["missing", "damaged", "wrong_item"], order: "O-000123-C" } }),
    ),
    scanStep({ job: job(3), step: "slot", expects: ["tote"], want: [{ kind: "tote", code: "T-0002-B" }], title: "Slot 2", actions: ["undo"], offline: true, show: { slot: 2, slots: 4, qty: 3, tote: "T-0002-B" } }, "placed"),
    scanStep({ job: job(5), step: "stage", expects: ["bin"], want: [{ kind: "bin", code: "B-STAGE-1-9" }], title: "STAGE-1", actions: ["undo"], show: { stage: "STAGE-1" } }, "staged"),
    scanStep({ step: "start", title: "All done", actions: ["start", "signout"], show: { jobs: [] } }),
  ];
}

const lines = [
  { sku: "MUG-RED", name: "Red mug, 330 ml", qty: 3, done: 3 },
  { sku: "TEA-GRN", name: "Green tea, 100 g", qty: 2, done: 1 },
  { sku: "SPN-06", name: "Spoons, set of six", qty: 1, done: 0 },
  { sku: "PLT-27", name: "Plate, white, 27 cm", qty: 4, done: 0 },
];
const packJob = { kind: "pack", id: "O-000123-C", done: 4, total: 10 };
const parcel = { id: "P-000123-C", n: 1, weight_g: 2140, tracking: "FL000000012342", sscc: "195212340000000012" };

// A filled carton of 300 by 200 by 150 mm: plates at the bottom, the rest on them.
const plate = (x, z) => ({ sku: "PLT-27", at: [x, 0, z], size: [140, 190, 30] });
const fill = [
  { z_mm: 0, items: [plate(0, 0), plate(140, 0)] },
  { z_mm: 30, items: [plate(0, 30), plate(140, 30)] },
  { z_mm: 60, items: [0, 90, 180].map((x) => ({ sku: "MUG-RED", at: [x, 0, 60], size: [90, 90, 90] })).concat([{ sku: "TEA-GRN", at: [0, 90, 60], size: [120, 60, 70] }, { sku: "TEA-GRN", at: [120, 90, 60], size: [120, 60, 70] }, { sku: "SPN-06", at: [240, 90, 60], size: [40, 100, 30] }]) },
];

// Screens of the bench and the dock, one at a time.
export const stills = {
  benchItem: { ...base, job: packJob, step: "item", expects: ["item"], want: [{ kind: "item", code: "5012345678900" }], title: "Green tea, 100 g", actions: ["undo", "short", "full", "leave"], show: { order: "O-000123-C", external_id: "#1042", lines, item: { sku: "TEA-GRN", name: "Green tea, 100 g" }, qty: 1, done: 1, total: 2 } },
  benchFill: { ...base, job: packJob, step: "item", expects: ["item"], want: [{ kind: "item", code: "5012345678900" }], title: "Green tea, 100 g", actions: ["undo", "short", "full", "leave"], show: { order: "O-000123-C", lines, item: { sku: "TEA-GRN", name: "Green tea, 100 g" }, qty: 1, done: 1, total: 2, carton: { code: "S2", name: "Medium", inner_mm: [300, 200, 150] }, fill } },
  benchCarton: { ...base, job: packJob, step: "carton", expects: ["carton"], want: [{ kind: "carton", code: "K-S2-4" }], title: "Carton S2", actions: ["undo"], show: { order: "O-000123-C", lines, parcel, cartons: [{ code: "S1", name: "Small, 20 × 15 × 10", scan: "K-S1-2" }, { code: "S2", name: "Medium, 30 × 20 × 15", scan: "K-S2-4" }, { code: "L1", name: "Large, 60 × 40 × 40", scan: "K-L1-7" }] } },
  benchWeigh: { ...base, job: packJob, step: "weigh", title: "On the scale", actions: ["weigh", "undo"], show: { order: "O-000123-C", lines, parcel, expected_weight_g: 2140 } },
  benchLabel: { ...base, job: packJob, step: "label", expects: ["label"], want: [{ kind: "label", code: "FL000000012342" }], title: "FL000000012342", actions: ["undo"], show: { order: "O-000123-C", parcel, label_url: "/api/v1/parcels/P-000123-C/label.pdf" } },
  dock: { ...base, job: { kind: "load", id: "M-0003-C", done: 9, total: 12 }, step: "parcel", expects: ["parcel"], want: [{ kind: "parcel", code: "FL000000012342" }], title: "DHL", actions: ["undo", "close", "leave"], show: { manifest: { id: "M-0003-C", carrier: "DHL", dock: "DOCK-2" }, loaded: 9, expected: 12, parcels: [1, 2, 3].map((i) => ({ id: `P-00012${i}-C`, tracking: `FL00000001234${i}`, order: `O-00012${i}-C` })) } },
};

export const still = (next) => [scanStep(next)];

// How a scan feels: from the last character of the scanner to the beep, and to the verdict on screen, against
// the real program on this machine. 200 scans of one pick list in headless Chromium, for each way a scanner
// ends its codes.

import { availableParallelism, loadavg } from "node:os";
import { test } from "node:test";
import { unbuilt, House } from "../browser/house.mjs";
import { told, toList, walkTimed } from "./timed.mjs";

const SCANS = Number(process.env.SCANS ?? 200);
const LIMIT = { beep: 50, verdict: 150 };
const WAYS = [
  { end: "Enter", slow: 1 },
  { end: "Enter", slow: 4 },
  { end: "Enter", slow: 4, lag: 5 }, // a handheld on the house's Wi-Fi
  { end: null, slow: 1 },
];

test("the feel of a scan", { skip: unbuilt, timeout: 900_000 }, async (t) => {
  const house = await House.open();
  t.after(() => house.close());
  const sup = await house.desk();
  const rows = [];
  for (const [number, way] of WAYS.entries()) {
    const { hand, list, tote } = await toList(house, sup, SCANS, { ...way, number });
    rows.push(...told(await walkTimed(hand, sup, list, tote, SCANS, way.end), way));
    await hand.context().close();
  }
  console.log(`load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores: above that the figures are the machine's`);
  console.table(Object.fromEntries(rows));
  for (const [name, r] of rows) if (LIMIT[r.of] && r.p99 > LIMIT[r.of]) console.log(`${name}: p99 ${r.p99} ms is over ${LIMIT[r.of]} ms`);
});

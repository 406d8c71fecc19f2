import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import type { Session } from "../job/session";
import type { Next } from "../wire";
import { drawable, inside, type Layout, place } from "./grid";
import { Leg } from "./plan";

// The handheld's map of the next stop. The layout changes seldom: it is asked for once a page and kept on the device,
// so that the map is there without a link too.

const KEPT = "floorline.layout";
let asked: Promise<Layout> | null = null;

function kept(): Layout | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null") as Layout | null;
  } catch {
    return null;
  }
}

function fresh(token: string): Promise<Layout> {
  asked ??= get<Layout>("/layout", { token }).then((l) => {
    localStorage.setItem(KEPT, JSON.stringify(l));
    return l;
  });
  asked.catch(() => (asked = null));
  return asked;
}

export function NextStop({ s, n }: { s: Session; n: Next }) {
  const [layout, setLayout] = useState<Layout | null>(kept);
  const leg = n.show.leg;
  const wanted = leg !== undefined;
  useEffect(() => {
    if (wanted) fresh(s.token).then(setLayout, () => undefined);
  }, [wanted]);
  if (!leg || !layout || !drawable(layout) || !inside(layout, leg.to)) return null;
  const from = leg.from && inside(layout, leg.from) ? place(layout, leg.from) : null;
  const title = `From ${from ? "here" : "the depot"} to ${n.title}: aisle ${leg.to.aisle}, cell ${leg.to.cell}`;
  return <Leg layout={layout} from={from} to={place(layout, leg.to)} title={title} />;
}

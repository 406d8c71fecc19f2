import { useEffect, useRef, useState } from "preact/hooks";
import { type PlanBin, unplaced } from "./faults";
import { cellY, crossAisles, depotPlace, drawable, every, extent, type Frame, frameFor, heatOf, inside, type Layout, type Point, RACK, rowY, wayBetween } from "./grid";
import "../look/floorplan.css";

// The picture of the floor from above. It is drawn in pixels for the width there is, so that its words stay as large
// on a phone as on a wall, and it says nothing that the tables beside it do not say too.

export interface Dot {
  name: string;
  bin: string;
}

export interface Drawn {
  path: Point[];
  stops: { n: number; x: number; y: number; done: boolean; bin: string }[];
}

interface Props {
  layout: Layout;
  bins: PlanBin[];
  count?: (b: PlanBin) => number;
  workers?: Dot[];
  blocked?: number[]; // aisles that nobody can walk just now
  walk?: Drawn | null;
  wrong?: ReadonlySet<string>; // bins with a mistake
  mark?: string; // the bin being edited
  label: string;
  tallest?: number;
}

export function Plan({ layout, bins, count, workers = [], blocked = [], walk, wrong, mark, label, tallest = 620 }: Props) {
  const [box, width] = useWidth();
  const ok = drawable(layout);
  const wider = ok && width > 0 && widthFor(layout, width) > width;
  return (
    <div class="plan-box" ref={box} {...(wider ? { tabIndex: 0, role: "region", "aria-label": "The plan, to be moved sideways" } : {})}>
      {!ok && <p class="empty">Give the number of aisles and cells, and the floor is drawn here.</p>}
      {ok && width > 0 && <Picture {...{ layout, bins, count, workers, blocked, walk, wrong, mark, label, tallest, width: widthFor(layout, width) }} />}
    </div>
  );
}

// An aisle keeps AISLE_PX, that its two racks can be told apart; a screen too narrow for all of them moves sideways.
const AISLE_PX = 14;
const PAD_X = 26;
const widthFor = (l: Layout, width: number): number => Math.max(width, Math.ceil(l.aisles * AISLE_PX + 2 * PAD_X));

// Where cells would be too thin to see, the picture is stretched along its shorter side.
const CELL_PX = 8;

function frameOf(p: Whole): Frame {
  const pad = p.layout.depot.side === "top" ? { x: PAD_X, top: 40, bottom: 34 } : { x: PAD_X, top: 34, bottom: 40 };
  const f = frameFor(p.layout, p.width, p.tallest, pad);
  const thin = CELL_PX / Math.min(p.layout.cell_pitch * f.along, p.layout.aisle_pitch * f.across);
  return thin > 1 ? frameFor(p.layout, p.width, p.tallest, pad, Math.min(thin, 2.5)) : f;
}

function useWidth(): [preact.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const see = () => setWidth(Math.floor(box.current?.clientWidth ?? 0));
    see();
    const watch = new ResizeObserver(see);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

type Whole = Required<Pick<Props, "layout" | "bins" | "label" | "workers" | "blocked" | "tallest">> & Omit<Props, "layout" | "bins" | "label" | "workers" | "blocked" | "tallest"> & { width: number };

function Picture(p: Whole) {
  const f = frameOf(p);
  const people = groups(p, f);
  return (
    <svg class="plan" width={f.width} height={f.height} viewBox={`0 0 ${f.width} ${f.height}`} role="img" aria-label={p.label}>
      <Ground l={p.layout} f={f} />
      <Shut l={p.layout} f={f} aisles={p.blocked} />
      <Cells p={p} f={f} />
      <Names l={p.layout} bins={p.bins} f={f} />
      {p.walk && <Way walk={p.walk} f={f} around={people.map((x) => x.at)} />}
      <Depot l={p.layout} f={f} />
      <People list={people} />
    </svg>
  );
}

// Shut crosses out the aisles that nobody can walk.
function Shut({ l, f, aisles }: { l: Layout; f: Frame; aisles: number[] }) {
  const lane = l.aisle_pitch * (1 - 2 * RACK) * f.across;
  const [bottom, top] = [f.at({ x: 0, y: 0 }).y, f.at({ x: 0, y: extent(l).height }).y];
  return (
    <g class="plan-shut">
      {aisles
        .filter((a) => a < l.aisles)
        .map((a) => {
          const x = f.at({ x: a * l.aisle_pitch, y: 0 }).x;
          return <line key={a} data-testid={`shut-${a}`} x1={x} x2={x} y1={bottom} y2={top} stroke-width={Math.max(4, lane * 0.7)} />;
        })}
    </g>
  );
}

// Ground is where people walk: the aisles and the cross aisles as one light shape.
function Ground({ l, f }: { l: Layout; f: Frame }) {
  const rows = crossAisles(l);
  const size = extent(l);
  const lane = l.aisle_pitch * (1 - 2 * RACK) * f.across;
  const broad = Math.max(4, Math.min(lane, l.end_gap * f.along * 1.2 || lane));
  const half = (l.aisle_pitch / 2) * f.across - 1;
  const left = f.at({ x: 0, y: 0 });
  const right = f.at({ x: size.width, y: size.height });
  return (
    <g class="plan-ground">
      {rows.map((_, r) => (
        <line key={`r${r}`} x1={left.x - half} x2={right.x + half} y1={f.at({ x: 0, y: rowY(l, rows, r) }).y} y2={f.at({ x: 0, y: rowY(l, rows, r) }).y} stroke-width={broad} />
      ))}
      {Array.from({ length: l.aisles }, (_, a) => {
        const at = f.at({ x: a * l.aisle_pitch, y: 0 }).x;
        return <line key={a} x1={at} x2={at} y1={left.y} y2={right.y} stroke-width={lane} />;
      })}
    </g>
  );
}

interface Cell {
  aisle: number;
  cell: number;
  bins: PlanBin[];
  count: number;
}

function cellsOf(p: Whole): Cell[] {
  const by = new Map<string, Cell>();
  for (const b of p.bins) {
    if (!inside(p.layout, b) || unplaced(b)) continue;
    const key = `${b.aisle}/${b.cell}`;
    const c = by.get(key) ?? { aisle: b.aisle, cell: b.cell, bins: [], count: 0 };
    c.bins.push(b);
    c.count += p.count?.(b) ?? 0;
    by.set(key, c);
  }
  return [...by.values()];
}

// Cells are the racks on both sides of an aisle. Every cell of the grid is drawn; those with bins are filled.
function Cells({ p, f }: { p: Whole; f: Frame }) {
  const l = p.layout;
  const cells = cellsOf(p);
  const most = Math.max(0, ...cells.map((c) => c.count));
  const deep = l.aisle_pitch * RACK * f.across - 1;
  const high = Math.max(1.5, l.cell_pitch * f.along - (l.cell_pitch * f.along > 5 ? 1.5 : 0.5));
  const lane = (l.aisle_pitch * (1 - 2 * RACK) * f.across) / 2;
  const rows = crossAisles(l);
  const corner = Math.min(2, high / 4);
  const at = (aisle: number, cell: number) => f.at({ x: aisle * l.aisle_pitch, y: cellY(l, cell, rows) });
  const both = (aisle: number, cell: number, kind: string, key: string, title?: string) => {
    const c = at(aisle, cell);
    const shape = { y: c.y - high / 2, width: deep, height: high, rx: corner };
    return (
      <g key={key} class={kind} data-cell={key}>
        {title && <title>{title}</title>}
        <rect {...shape} x={c.x - lane - deep} />
        <rect {...shape} x={c.x + lane} />
      </g>
    );
  };
  const known = new Set(cells.map((c) => `${c.aisle}/${c.cell}`));
  const empty: [number, number][] = [];
  if (l.aisles * l.cells <= 6000) for (let a = 0; a < l.aisles; a++) for (let c = 0; c < l.cells; c++) if (!known.has(`${a}/${c}`)) empty.push([a, c]);
  return (
    <g class="plan-cells">
      {empty.map(([a, c]) => both(a, c, "cell none", `${a}/${c}`))}
      {cells.map((c) => both(c.aisle, c.cell, kindOf(c, p, most), `${c.aisle}/${c.cell}`, titleOf(c, p)))}
    </g>
  );
}

function kindOf(c: Cell, p: Whole, most: number): string {
  const wrong = c.bins.some((b) => p.wrong?.has(b.code)) ? " wrong" : "";
  const mark = c.bins.some((b) => b.code === p.mark) ? " mark" : "";
  return `cell heat-${heatOf(c.count, most)}${wrong}${mark}`;
}

const titleOf = (c: Cell, p: Whole): string =>
  c.bins.map((b) => (p.count ? `${b.code}: ${p.count(b)} ${p.count(b) === 1 ? "pick" : "picks"}` : b.code)).join("\n");

// aisleNames are what the codes of each aisle's bins begin with. Where the bins of one aisle do not begin alike, all
// aisles go by their numbers: half names, half numbers would mislead.
export function aisleNames(bins: PlanBin[], aisles: number): string[] {
  const heads = Array.from({ length: aisles }, () => new Set<string>());
  for (const b of bins) if (!unplaced(b)) heads[b.aisle]?.add(/^([^-]{1,4})-/.exec(b.code)?.[1] ?? "");
  const named = heads.every((h) => h.size === 0 || (h.size === 1 && !h.has("")));
  return heads.map((h, a) => (named ? ([...h][0] ?? String(a)) : String(a)));
}

function Names({ l, bins, f }: { l: Layout; bins: PlanBin[]; f: Frame }) {
  const names = aisleNames(bins, l.aisles);
  const longest = Math.max(...names.map((n) => n.length));
  const step = every(l.aisle_pitch * f.across, longest * 9 + 6);
  const rows = crossAisles(l);
  const low = l.depot.side === "top"; // the names stand where the depot does not
  const line = low ? f.at({ x: 0, y: 0 }).y + 28 : f.at({ x: 0, y: extent(l).height }).y - 18;
  const gap = l.cell_pitch * f.along;
  const by = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n * gap >= 16) ?? 1000;
  const left = f.at({ x: 0, y: 0 }).x - (l.aisle_pitch / 2) * f.across - 5;
  return (
    <g class="plan-names" aria-hidden="true">
      {names.map((n, a) => a % step === 0 && <text key={a} x={f.at({ x: a * l.aisle_pitch, y: 0 }).x} y={line} text-anchor="middle">{n}</text>)}
      {Array.from({ length: Math.ceil(l.cells / by) }, (_, i) => i * by).map((c) => (
        <text key={`c${c}`} class="small" x={left} y={f.at({ x: 0, y: cellY(l, c, rows) }).y + 4} text-anchor="end">{c}</text>
      ))}
    </g>
  );
}

// The depot stands outside the cross aisle it opens to, so that a stop next to it stays free; its word is beside it.
function Depot({ l, f }: { l: Layout; f: Frame }) {
  const door = f.at(depotPlace(l));
  const away = l.depot.side === "top" ? -1 : 1;
  const at = { x: door.x, y: door.y + away * 21 };
  const end = at.x + 62 > f.width;
  return (
    <g class="plan-depot">
      <line x1={door.x} y1={door.y} x2={at.x} y2={at.y} />
      <rect x={at.x - 9} y={at.y - 9} width="18" height="18" rx="3" />
      <path d={`M${at.x - 5} ${at.y + 1}L${at.x} ${at.y - 4.5}L${at.x + 5} ${at.y + 1}M${at.x - 3.5} ${at.y}V${at.y + 5}H${at.x + 3.5}V${at.y}`} />
      <text x={end ? at.x - 14 : at.x + 14} y={at.y + 4.5} text-anchor={end ? "end" : "start"} aria-hidden="true">
        Depot
      </text>
    </g>
  );
}

function Way({ walk, f, around }: { walk: Drawn; f: Frame; around: Point[] }) {
  const line = walk.path.map((p, i) => `${i === 0 ? "M" : "L"}${f.at(p).x.toFixed(1)} ${f.at(p).y.toFixed(1)}`).join("");
  const numbers = spread(walk.stops.map((s) => ({ ...s, ...f.at(s) })), around);
  return (
    <g class="plan-walk" data-testid="walk-line">
      <path class="halo" d={line} />
      <path class="line" d={line} />
      {numbers.map((s) => (
        <g key={s.n} class={s.done ? "stop done" : "stop"}>
          <title>{`${s.n}: ${s.bin}`}</title>
          <circle cx={s.x} cy={s.y} r={s.small ? 4 : s.n > 9 ? 10.5 : 9} />
          {!s.small && (
            <text x={s.x} y={s.y + 4} text-anchor="middle">
              {s.n}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

// spread keeps numbers from lying on one another: a stop too near to one that has its number is a dot without one.
export function spread<T extends Point>(stops: T[], around: Point[] = []): (T & { small: boolean })[] {
  const kept = [...around];
  return stops.map((s) => {
    const small = kept.some((k) => Math.hypot(k.x - s.x, k.y - s.y) < 20);
    if (!small) kept.push(s);
    return { ...s, small };
  });
}

export const initials = (name: string): string =>
  name.split(/\s+/).filter(Boolean).map((w) => [...w][0]!.toUpperCase()).slice(0, 2).join("") || "?";

interface Group {
  key: string;
  at: Point;
  names: string[];
}

// BESIDE is how far from its aisle's middle a person is drawn, so that the number of the stop stays to be read.
const BESIDE = 23;

// groups are the people where they last scanned; those at one place share a mark that says how many.
function groups(p: Whole, f: Frame): Group[] {
  const by = new Map<string, Group>();
  const bins = new Map(p.bins.map((b) => [b.code, b]));
  for (const w of p.workers) {
    const b = bins.get(w.bin);
    if (!b || !inside(p.layout, b) || unplaced(b)) continue;
    const key = `${b.aisle}/${b.cell}`;
    const c = f.at({ x: b.aisle * p.layout.aisle_pitch, y: cellY(p.layout, b.cell) });
    const seen = by.get(key) ?? { key, at: { x: c.x + BESIDE, y: c.y }, names: [] };
    seen.names.push(w.name);
    by.set(key, seen);
  }
  return [...by.values()];
}

function People({ list }: { list: Group[] }) {
  return (
    <g class="plan-people">
      {list.map((x) => (
        <g key={x.key} data-testid="worker-dot">
          <title>{x.names.join(", ")}</title>
          <circle cx={x.at.x} cy={x.at.y} r="12" />
          <text x={x.at.x} y={x.at.y + 4.5} text-anchor="middle">
            {x.names.length > 1 ? x.names.length : initials(x.names[0]!)}
          </text>
        </g>
      ))}
    </g>
  );
}

// Leg is the small map of the next stop: from here to there, and nothing else to read.
export function Leg({ layout, from, to, title, height = 128 }: { layout: Layout; from: Point | null; to: Point; title: string; height?: number }) {
  const [box, width] = useWidth();
  return (
    <div class="leg-box" ref={box} data-testid="leg">
      {drawable(layout) && width > 0 && <LegPicture {...{ layout, from, to, title, height, width }} />}
    </div>
  );
}

// A floor that is longer than it is wide is turned to lie along the screen: the depot's side is then at the left.
function LegPicture({ layout, from, to, title, height, width }: { layout: Layout; from: Point | null; to: Point; title: string; height: number; width: number }) {
  const size = extent(layout);
  const turned = size.height > size.width;
  const f = turned ? frameFor(layout, height, width, LEG_PAD, STRETCH) : frameFor(layout, width, height, LEG_PAD, STRETCH);
  const shown = turned ? { width: f.height, height: f.width } : f;
  const here = from ?? depotPlace(layout);
  const way = wayBetween(layout, here, to).map((q) => f.at(q));
  const line = way.map((q, i) => `${i === 0 ? "M" : "L"}${q.x.toFixed(1)} ${q.y.toFixed(1)}`).join("");
  const seen = (q: Point): Point => (turned ? { x: f.height - f.at(q).y, y: f.at(q).x } : f.at(q));
  const [start, end] = [seen(here), seen(to)];
  return (
    <svg class="plan leg" width={shown.width} height={shown.height} viewBox={`0 0 ${shown.width} ${shown.height}`} role="img" aria-label={title}>
      <g transform={turned ? `translate(${f.height} 0) rotate(90)` : undefined}>
        <Ground l={layout} f={f} />
        <Racks l={layout} f={f} />
        <path class="halo" d={line} />
        <path class="line" d={line} />
      </g>
      <circle class="from" cx={start.x} cy={start.y} r="7" />
      <path class="to" d={`M${end.x} ${end.y}l-8 -12a9.5 9.5 0 1 1 16 0z`} />
      <circle class="to-eye" cx={end.x} cy={end.y - 17} r="3.5" />
    </svg>
  );
}

// A leg may be stretched: which aisle and which end of it matter, not how far.
const STRETCH = 2.5;
const LEG_PAD = { x: 4, top: 12, bottom: 12 };

// Racks are the blocks of cells as plain bars: a map a few fingers wide has no room for single cells.
function Racks({ l, f }: { l: Layout; f: Frame }) {
  const rows = crossAisles(l);
  const deep = Math.max(1, l.aisle_pitch * RACK * f.across - 0.5);
  const lane = (l.aisle_pitch * (1 - 2 * RACK) * f.across) / 2;
  return (
    <g class="plan-racks">
      {Array.from({ length: l.aisles }, (_, a) =>
        rows.slice(1).map((_, b) => {
          const gap = Math.max(l.end_gap - l.cell_pitch / 2, l.end_gap * 0.3);
          const low = f.at({ x: a * l.aisle_pitch, y: rowY(l, rows, b) + gap });
          const high = f.at({ x: a * l.aisle_pitch, y: rowY(l, rows, b + 1) - gap });
          const shape = { y: high.y, height: Math.max(1, low.y - high.y), width: deep, rx: Math.min(2, deep / 3) };
          return (
            <g key={`${a}/${b}`}>
              <rect {...shape} x={low.x - lane - deep} />
              <rect {...shape} x={low.x + lane} />
            </g>
          );
        }),
      )}
    </g>
  );
}

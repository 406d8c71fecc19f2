// The floor as geometry: where cells, aisles, cross aisles and the depot lie, in the layout's own unit. x runs across
// the aisles and y along them, from the lower left corner, as the route planner has it: a block of n cells is two end
// gaps and n-1 cell pitches long.

export interface Layout {
  aisles: number;
  cells: number;
  aisle_pitch: number;
  cell_pitch: number;
  end_gap: number;
  cross_aisles: number[];
  depot: { aisle: number; side: string };
}

export interface Spot {
  aisle: number;
  cell: number;
}

export interface Point {
  x: number;
  y: number;
}

// crossAisles are the cell boundaries at which a cross aisle lies, the first and the last among them.
export function crossAisles(l: Layout): number[] {
  const inner = l.cross_aisles.filter((c) => Number.isInteger(c) && c > 0 && c < l.cells);
  return [0, ...[...new Set(inner)].sort((a, b) => a - b), l.cells];
}

export const drawable = (l: Layout): boolean =>
  l.aisles >= 1 && l.cells >= 1 && l.aisles <= 500 && l.cells <= 1000 && l.aisle_pitch > 0 && l.cell_pitch > 0 && l.end_gap >= 0;

export const rowY = (l: Layout, rows: number[], row: number): number => ((rows[row] ?? 0) - row) * l.cell_pitch + 2 * row * l.end_gap;

export function cellY(l: Layout, cell: number, rows = crossAisles(l)): number {
  const block = Math.max(0, rows.findLastIndex((c) => c <= cell && c < l.cells));
  return rowY(l, rows, block) + l.end_gap + (cell - (rows[block] ?? 0)) * l.cell_pitch;
}

export const inside = (l: Layout, s: Spot): boolean => s.aisle >= 0 && s.aisle < l.aisles && s.cell >= 0 && s.cell < l.cells;

export const place = (l: Layout, s: Spot): Point => ({ x: s.aisle * l.aisle_pitch, y: cellY(l, s.cell) });

export function depotPlace(l: Layout): Point {
  const rows = crossAisles(l);
  return { x: l.depot.aisle * l.aisle_pitch, y: l.depot.side === "top" ? rowY(l, rows, rows.length - 1) : 0 };
}

export function extent(l: Layout): { width: number; height: number } {
  const rows = crossAisles(l);
  return { width: (l.aisles - 1) * l.aisle_pitch, height: rowY(l, rows, rows.length - 1) };
}

// wayBetween is the shortest way between two places: along one aisle, or over the cross aisle that costs least.
export function wayBetween(l: Layout, a: Point, b: Point): Point[] {
  if (a.x === b.x) return [a, b];
  const rows = crossAisles(l);
  let best = 0;
  let least = Infinity;
  for (let r = 0; r < rows.length; r++) {
    const y = rowY(l, rows, r);
    const d = Math.abs(a.y - y) + Math.abs(b.y - y);
    if (d < least) [least, best] = [d, y];
  }
  return [a, { x: a.x, y: best }, { x: b.x, y: best }, b].filter((p, i, all) => i === 0 || p.x !== all[i - 1]!.x || p.y !== all[i - 1]!.y);
}

export const lengthOf = (path: Point[]): number =>
  path.reduce((sum, p, i) => (i === 0 ? 0 : sum + Math.abs(p.x - path[i - 1]!.x) + Math.abs(p.y - path[i - 1]!.y)), 0);

// Frame turns the layout's unit into pixels of a picture: as large as fits, y turned upwards. across and along are
// pixels of one unit; they differ where a small map is stretched to be read.
export interface Frame {
  width: number;
  height: number;
  across: number;
  along: number;
  at: (p: Point) => Point;
}

// A rack is drawn this part of the pitch deep on each side, which leaves a third of it as the aisle.
export const RACK = 0.33;

export interface Pad {
  x: number;
  top: number;
  bottom: number;
}

export function frameFor(l: Layout, width: number, tallest: number, pad: Pad, stretch = 1): Frame {
  const size = extent(l);
  const wide = size.width + l.aisle_pitch;
  const high = Math.max(size.height, l.cell_pitch);
  const [fitX, fitY] = [Math.max(0.01, (width - 2 * pad.x) / wide), Math.max(0.01, (tallest - pad.top - pad.bottom) / high)];
  const least = Math.min(fitX, fitY);
  const [across, along] = [Math.min(fitX, least * stretch), Math.min(fitY, least * stretch)];
  const height = high * along + pad.top + pad.bottom;
  const left = (width - wide * across) / 2 + (l.aisle_pitch * across) / 2;
  return { width, height, across, along, at: (p) => ({ x: left + p.x * across, y: height - pad.bottom - p.y * along }) };
}

// heatOf is the step of the scale a count stands on: 0 for none, then quarters of the most.
export function heatOf(count: number, most: number): number {
  if (count <= 0 || most <= 0) return 0;
  return Math.min(4, Math.max(1, Math.ceil((count / most) * 4)));
}

// every gives how many labels to leave out so that those drawn do not touch.
export const every = (gap: number, need: number): number => (gap <= 0 ? 1 : Math.max(1, Math.ceil(need / gap)));

import { inside, type Layout } from "./grid";

// What is wrong with a layout and its bins, in words, before anything is sent. The floor checks again.

export interface PlanBin {
  code: string;
  kind: string;
  aisle: number;
  cell: number;
  level: number;
  zone: string;
  max_weight_g: number;
  placed: boolean;
  picks_24h: number;
  picks_7d: number;
  etag: string;
}

export interface Mistake {
  about: string; // a bin's code, or "" for the layout
  text: string;
}

const whole = (v: number): boolean => Number.isInteger(v);

export function layoutMistakes(l: Layout): Mistake[] {
  const out: Mistake[] = [];
  const wrong = (text: string) => out.push({ about: "", text });
  if (!whole(l.aisles) || l.aisles < 1 || l.aisles > 500) wrong("There are 1 to 500 aisles.");
  if (!whole(l.cells) || l.cells < 1 || l.cells > 1000) wrong("An aisle has 1 to 1000 cells.");
  for (const [name, v, least] of [["Aisle pitch", l.aisle_pitch, 0.01], ["Cell pitch", l.cell_pitch, 0.01], ["End gap", l.end_gap, 0]] as const) {
    if (!(v >= least && v <= 1000)) wrong(`${name} is a distance from ${least} to 1000.`);
  }
  const c = l.cross_aisles;
  if (c.length < 2 || c[0] !== 0 || c.at(-1) !== l.cells || c.some((v, i) => !whole(v) || (i > 0 && v <= c[i - 1]!))) {
    wrong(`Cross aisles rise from 0 to ${l.cells}, such as 0, ${Math.max(1, Math.floor(l.cells / 2))}, ${l.cells}.`);
  }
  if (!whole(l.depot.aisle) || l.depot.aisle < 0 || l.depot.aisle >= l.aisles) wrong(`The depot stands at an aisle from 0 to ${l.aisles - 1}.`);
  return out;
}

export const unplaced = (b: PlanBin): boolean => b.aisle === 0 && b.cell === 0 && b.level === 0;

// walked says whether pickers walk to bins of this kind, so that they need a place on the grid.
export const walked = (b: PlanBin): boolean => b.kind === "pick" || b.kind === "reserve";

export function binMistakes(l: Layout, bins: PlanBin[]): Mistake[] {
  const out: Mistake[] = [];
  const taken = new Map<string, string>();
  for (const b of bins) {
    if (![b.aisle, b.cell, b.level].every((v) => whole(v) && v >= 0)) {
      out.push({ about: b.code, text: "aisle, cell and level are whole numbers" });
    } else if (unplaced(b)) {
      if (walked(b)) out.push({ about: b.code, text: "has no place: give it an aisle, a cell and a level from 1" });
    } else if (!inside(l, b)) {
      const what = b.aisle >= l.aisles ? `there is no aisle ${b.aisle}` : `there is no cell ${b.cell}`;
      out.push({ about: b.code, text: `${what}: the grid has ${l.aisles} aisles of ${l.cells} cells, counted from 0` });
    } else {
      const key = `${b.aisle}/${b.cell}/${b.level}`;
      const other = taken.get(key);
      if (other) out.push({ about: b.code, text: `lies where ${other} lies: aisle ${b.aisle}, cell ${b.cell}, level ${b.level}` });
      else taken.set(key, b.code);
    }
  }
  return out;
}

// pasted reads rows copied from a spreadsheet or a CSV: bin, aisle, cell, level, zone. A first row of words says which
// column is which. Aisles and cells count from 0, as in the bins' CSV; what cannot be read is named with its row.
export interface Pasted {
  rows: { code: string; aisle: number; cell: number; level: number; zone?: string }[];
  faults: string[];
}

const COLUMNS = ["code", "aisle", "cell", "level", "zone"] as const;
const WORDS: Record<string, (typeof COLUMNS)[number]> = { bin: "code", code: "code", aisle: "aisle", cell: "cell", level: "level", zone: "zone" };

export function pasted(text: string): Pasted {
  const lines = text.split(/\r?\n/).map((line, i) => ({ n: i + 1, cells: split(line) })).filter((r) => r.cells.some((c) => c !== ""));
  const out: Pasted = { rows: [], faults: [] };
  const head = lines[0]?.cells.map((c) => WORDS[c.toLowerCase()]);
  const named = head?.includes("code") && head.includes("aisle");
  const order = named ? head! : [...COLUMNS];
  for (const { n, cells } of named ? lines.slice(1) : lines) {
    const get = (k: (typeof COLUMNS)[number]) => (order.indexOf(k) < 0 ? "" : (cells[order.indexOf(k)] ?? ""));
    const [aisle, cell] = [Number(get("aisle") || NaN), Number(get("cell") || NaN)];
    const level = get("level") === "" ? 1 : Number(get("level"));
    if (get("code") === "") out.faults.push(`row ${n}: no bin`);
    else if (!whole(aisle) || aisle < 0) out.faults.push(`row ${n}: ${get("code")}: aisle is a number from 0`);
    else if (!whole(cell) || cell < 0) out.faults.push(`row ${n}: ${get("code")}: cell is a number from 0`);
    else if (!whole(level) || level < 0) out.faults.push(`row ${n}: ${get("code")}: level is a number from 0`);
    else out.rows.push({ code: get("code"), aisle, cell, level, ...(order.includes("zone") && cells.length > order.indexOf("zone") ? { zone: get("zone") } : {}) });
  }
  return out;
}

// split takes a row apart at tabs, or at semicolons or commas outside quotes.
function split(line: string): string[] {
  const by = line.includes("\t") ? "\t" : line.includes(";") ? ";" : ",";
  const out: string[] = [];
  let cell = "";
  let quoted = false;
  for (const ch of line) {
    if (ch === '"') quoted = !quoted;
    else if (ch === by && !quoted) {
      out.push(cell.trim());
      cell = "";
    } else cell += ch;
  }
  return [...out, cell.trim()];
}

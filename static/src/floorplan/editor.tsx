import { useEffect, useMemo, useState } from "preact/hooks";
import { get, Problem, put } from "../api";
import { Absent, Faults } from "../doors/form";
import { Panel } from "../floor/now";
import { count } from "../words";
import { binMistakes, layoutMistakes, type Mistake, pasted, type PlanBin } from "./faults";
import type { Layout } from "./grid";
import type { Floorplan } from "./ask";
import { Plan } from "./plan";

// The layout editor: a table and the picture. The picture follows every key; nothing is changed on the floor until it
// is saved, and what somebody else changed meanwhile is never overwritten.

export function Editor() {
  const [seen, setSeen] = useState<Floorplan | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [round, setRound] = useState(0);
  const read = () => get<Floorplan>("/floorplan").then(setSeen, setFault);
  useEffect(() => void read(), [round]);
  if (!seen) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return <Draft key={round} seen={seen} read={read} drop={() => setRound(round + 1)} />;
}

type Edits = ReadonlyMap<string, PlanBin>;

function Draft({ seen, read, drop }: { seen: Floorplan; read: () => Promise<void>; drop: () => void }) {
  const [layout, setLayout] = useState(seen.layout);
  const [cross, setCross] = useState(seen.layout.cross_aisles.join(", "));
  const [edits, setEdits] = useState<Edits>(new Map());
  const [mark, setMark] = useState("");
  const bins = useMemo(() => [...seen.bins.filter((b) => !edits.has(b.code)), ...edits.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), [seen, edits]);
  const mistakes = useMemo(() => [...layoutMistakes(layout), ...binMistakes(layout, bins)], [layout, bins]);
  const wrong = useMemo(() => new Set(mistakes.map((m) => m.about)), [mistakes]);
  const set = (part: Partial<Layout>) => setLayout({ ...layout, ...part });
  const change = (b: PlanBin) => setEdits(new Map(edits).set(b.code, b));
  // What was saved is no edit any more; what was not stays typed, beside what the floor says now.
  const saved = async (codes: ReadonlySet<string>) => {
    await read();
    setEdits((now) => new Map([...now].filter(([code]) => !codes.has(code))));
  };
  const layoutChanged = JSON.stringify(layout) !== JSON.stringify(seen.layout);
  return (
    <>
      <div class="page-head">
        <h1>Layout</h1>
        <a class="button" href="/floor/plan">
          Floor plan
        </a>
        <Save seen={seen} layout={layoutChanged ? layout : null} edits={[...edits.values()]} stopped={mistakes.some((m) => m.about === "" || edits.has(m.about))} saved={saved} drop={drop} />
      </div>
      <div class="edit-grid">
        <Panel title="Grid">
          <Sizes layout={layout} set={set} cross={cross} setCross={setCross} />
        </Panel>
        <div class="edit-plan">
          <Panel title="From above">
            <Plan layout={layout} bins={bins} wrong={wrong} mark={mark} tallest={640} label={`The layout as typed: ${layout.aisles} aisles of ${layout.cells} cells, ${mistakes.length} mistakes`} />
          </Panel>
        </div>
        <div class="side edit-rest">
          <Mistakes list={mistakes} />
          <BinRows bins={bins} edits={edits} wrong={wrong} change={change} mark={setMark} />
          <Paste bins={bins} take={(list) => setEdits(new Map([...edits, ...list.map((b) => [b.code, b] as const)]))} />
        </div>
      </div>
    </>
  );
}

const NUMBERS: [keyof Layout & ("aisles" | "cells" | "aisle_pitch" | "cell_pitch" | "end_gap"), string, string][] = [
  ["aisles", "Aisles", "1"],
  ["cells", "Cells", "1"],
  ["aisle_pitch", "Aisle pitch, m", "any"],
  ["cell_pitch", "Cell pitch, m", "any"],
  ["end_gap", "End gap, m", "any"],
];

interface SizesProps {
  layout: Layout;
  set: (part: Partial<Layout>) => void;
  cross: string;
  setCross: (text: string) => void;
}

function Sizes({ layout, set, cross, setCross }: SizesProps) {
  const crossed = (text: string) => {
    setCross(text);
    set({ cross_aisles: text.split(/[\s,;]+/).filter(Boolean).map(Number) });
  };
  // The outer cross aisles go with the cells, so that one number typed does not make a mistake of another.
  const number = (key: (typeof NUMBERS)[number][0], v: number) => {
    if (key !== "cells" || layout.cross_aisles.at(-1) !== layout.cells) return set({ [key]: v });
    const rows = [...layout.cross_aisles.slice(0, -1).filter((c) => c < v), v];
    setCross(rows.join(", "));
    set({ cells: v, cross_aisles: rows });
  };
  return (
    <div class="sizes">
      {NUMBERS.map(([key, word, step]) => (
        <label key={key}>
          {word}
          <input type="number" min="0" step={step} value={Number.isNaN(layout[key]) ? "" : layout[key]} data-testid={`grid-${key}`} onInput={(e) => number(key, e.currentTarget.valueAsNumber)} />
        </label>
      ))}
      <label class="twice">
        Cross aisles at cells
        <input value={cross} inputMode="numeric" data-testid="grid-cross_aisles" onInput={(e) => crossed(e.currentTarget.value)} />
      </label>
      <label>
        Depot at aisle
        <input type="number" min="0" step="1" value={Number.isNaN(layout.depot.aisle) ? "" : layout.depot.aisle} data-testid="grid-depot" onInput={(e) => set({ depot: { ...layout.depot, aisle: e.currentTarget.valueAsNumber } })} />
      </label>
      <label>
        Depot side
        <select value={layout.depot.side} data-testid="grid-side" onChange={(e) => set({ depot: { ...layout.depot, side: e.currentTarget.value } })}>
          <option value="bottom">bottom</option>
          <option value="top">top</option>
        </select>
      </label>
    </div>
  );
}

const NAMED = 12;

function Mistakes({ list }: { list: Mistake[] }) {
  return (
    <div role="status" data-testid="mistakes" data-count={list.length}>
      {list.length > 0 && (
        <div class="faults">
          <p>{list.length === 1 ? "One mistake" : `${count(list.length)} mistakes`}</p>
          <ul class="mistakes">
            {list.slice(0, NAMED).map((m, i) => (
              <li key={i}>
                {m.about && <b class="code">{m.about} </b>}
                {m.text}
              </li>
            ))}
            {list.length > NAMED && <li>and {count(list.length - NAMED)} more</li>}
          </ul>
        </div>
      )}
    </div>
  );
}

const SHOWN = 100;

interface RowsProps {
  bins: PlanBin[];
  edits: Edits;
  wrong: ReadonlySet<string>;
  change: (b: PlanBin) => void;
  mark: (code: string) => void;
}

function BinRows({ bins, edits, wrong, change, mark }: RowsProps) {
  const [q, setQ] = useState("");
  const [rows, setRows] = useState(SHOWN);
  const found = bins.filter((b) => !q || b.code.toLowerCase().includes(q.toLowerCase()) || b.zone.toLowerCase() === q.toLowerCase());
  const first = [...found.filter((b) => wrong.has(b.code)), ...found.filter((b) => !wrong.has(b.code))];
  return (
    <section class="panel bins-edit" aria-label="Bins">
      <div class="plan-bar">
        <h2>Bins</h2>
        <label class="inline">
          Find
          <input type="search" class="wide" value={q} data-testid="bins-find" onInput={(e) => setQ(e.currentTarget.value)} />
        </label>
        <span class="quiet">aisles and cells count from 0</span>
      </div>
      <div class="table-box" role="region" aria-label="Places of the bins" tabIndex={0}>
        <table aria-label="Places of the bins">
          <thead>
            <tr>
              {["Bin", "Aisle", "Cell", "Level", "Zone"].map((h) => (
                <th key={h} scope="col">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.slice(0, rows).map((b) => (
              <BinRow key={b.code} b={b} state={`${wrong.has(b.code) ? "wrong" : ""} ${edits.has(b.code) ? "changed" : ""}`} change={change} mark={mark} />
            ))}
          </tbody>
        </table>
        {found.length > rows && (
          <button type="button" class="more" onClick={() => setRows(rows + SHOWN)}>
            More
          </button>
        )}
      </div>
    </section>
  );
}

function BinRow({ b, state, change, mark }: { b: PlanBin; state: string; change: (b: PlanBin) => void; mark: (code: string) => void }) {
  const here = { onFocus: () => mark(b.code), onBlur: () => mark("") };
  return (
    <tr class={state} data-testid={`edit-${b.code}`}>
      <td>
        <span class="code">{b.code}</span>
      </td>
      {(["aisle", "cell", "level"] as const).map((k) => (
        <td key={k}>
          <input type="number" min="0" step="1" aria-label={`${k} of ${b.code}`} value={Number.isNaN(b[k]) ? "" : b[k]} {...here} onInput={(e) => change({ ...b, [k]: e.currentTarget.valueAsNumber })} />
        </td>
      ))}
      <td>
        <input aria-label={`zone of ${b.code}`} value={b.zone} {...here} onInput={(e) => change({ ...b, zone: e.currentTarget.value.trim() })} />
      </td>
    </tr>
  );
}

function Paste({ bins, take }: { bins: PlanBin[]; take: (list: PlanBin[]) => void }) {
  const [text, setText] = useState("");
  const [told, setTold] = useState("");
  const [faults, setFaults] = useState<string[]>([]);
  const apply = () => {
    const known = new Map(bins.map((b) => [b.code, b]));
    const read = pasted(text);
    const strange = read.rows.filter((r) => !known.has(r.code)).map((r) => `${r.code} is no bin of this house: import it first`);
    const good = read.rows.filter((r) => known.has(r.code));
    take(good.map((r) => ({ ...known.get(r.code)!, ...r })));
    setFaults([...read.faults, ...strange]);
    setTold(good.length === 1 ? "One bin placed." : `${count(good.length)} bins placed.`);
    if (read.faults.length + strange.length === 0) setText("");
  };
  return (
    <section class="panel paste" aria-label="Paste from a spreadsheet">
      <h2>Paste from a spreadsheet</h2>
      <label>
        Rows of bin, aisle, cell, level, zone
        <textarea value={text} spellcheck={false} placeholder={"A-01\t0\t0\t1\tA"} data-testid="paste" onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="button" disabled={text.trim() === ""} onClick={apply} data-testid="paste-apply">
          Place them
        </button>
        <span role="status">{told}</span>
      </div>
      {faults.length > 0 && (
        <ul class="faults" data-testid="paste-faults">
          {faults.slice(0, NAMED).map((f) => (
            <li key={f}>{f}</li>
          ))}
          {faults.length > NAMED && <li>and {count(faults.length - NAMED)} more</li>}
        </ul>
      )}
    </section>
  );
}

interface SaveProps {
  seen: Floorplan;
  layout: Layout | null;
  edits: PlanBin[];
  stopped: boolean;
  saved: (codes: ReadonlySet<string>) => Promise<void>;
  drop: () => void;
}

// AT_ONCE is how many bins are on their way at a time.
const AT_ONCE = 6;

function Save({ seen, layout, edits, stopped, saved, drop }: SaveProps) {
  const [fault, setFault] = useState<Error | null>(null);
  const [left, setLeft] = useState(-1);
  const changed = edits.length + (layout ? 1 : 0);
  const send = async () => {
    setFault(null);
    setLeft(changed);
    const done = new Set<string>();
    try {
      if (layout) await put("/layout", layout, { ifMatch: seen.etag });
      await all(edits, AT_ONCE, async (b) => {
        await saveBin(b);
        done.add(b.code);
        setLeft((n) => n - 1);
      });
    } catch (e) {
      setFault(e as Error);
    }
    await saved(done);
    setLeft(-1);
  };
  return (
    <>
      {changed > 0 && left < 0 && (
        <button type="button" onClick={drop} data-testid="drop-edits">
          Undo all
        </button>
      )}
      <button type="button" class="primary" disabled={changed === 0 || stopped || left >= 0} onClick={() => void send()} data-testid="save-layout">
        {left >= 0 ? `Saving ${count(left)}…` : changed > 0 ? `Save ${count(changed)} ${changed === 1 ? "change" : "changes"}` : "Saved"}
      </button>
      {fault && <Faults fault={fault} />}
    </>
  );
}

async function saveBin(b: PlanBin): Promise<void> {
  const body = { kind: b.kind, aisle: b.aisle, cell: b.cell, level: b.level, zone: b.zone, max_weight_g: b.max_weight_g };
  try {
    await put(`/bins/${encodeURIComponent(b.code)}`, body, { ifMatch: b.etag });
  } catch (e) {
    throw e instanceof Problem ? new Problem(e.status, e.code, `${b.code}: ${e.message}`, e.faults) : e;
  }
}

async function all<T>(list: T[], width: number, one: (x: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < list.length) await one(list[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, lane));
}

import { get } from "../api";
import { useLive } from "../floor/live";
import { Panel } from "../floor/now";
import { Table } from "../floor/table";
import { usePlan } from "./ask";
import type { Point } from "./grid";
import { Plan } from "./plan";

// The walk of a pick list: drawn, measured, and held against the order of the bins' names.

export interface Walk {
  id: string;
  distance: number;
  by_name: number;
  saved: number;
  at: string;
  path: Point[];
  stops: { n: number; bin: string; lines: number; done: boolean; aisle: number; cell: number; x: number; y: number }[];
  unplaced: string[];
}

export const useWalk = (list: string) =>
  useLive<Walk | null>(() => (list ? get<Walk>(`/picklists/${encodeURIComponent(list)}/walk`) : Promise.resolve(null)), [list]);

export const metres = (m: number): string => `${m.toLocaleString("en", { maximumFractionDigits: m < 100 ? 1 : 0 })} m`;

export function WalkFigures({ walk }: { walk: Walk }) {
  const part = walk.by_name > 0 ? Math.round((walk.saved / walk.by_name) * 100) : 0;
  return (
    <>
      <dl class="figures" data-testid="walk-figures" data-distance={walk.distance} data-by-name={walk.by_name}>
        <div>
          <dt>Walk</dt>
          <dd>{metres(walk.distance)}</dd>
        </div>
        <div>
          <dt>By bin name</dt>
          <dd>{metres(walk.by_name)}</dd>
        </div>
        <div>
          <dt>{walk.saved < 0 ? "Longer by" : "Saved"}</dt>
          <dd class={walk.saved > 0 ? "good" : ""}>
            {metres(Math.abs(walk.saved))}
            {walk.saved > 0 && part > 0 && <small> {part} %</small>}
          </dd>
        </div>
      </dl>
      {walk.unplaced.length > 0 && (
        <p class="remark">
          Not on the grid: <span class="code">{walk.unplaced.join(", ")}</span>. <a href="/floor/layout">Give them a place.</a>
        </p>
      )}
    </>
  );
}

// WalkPanel is the walk on the page of its pick list, with the same as a table.
export function WalkPanel({ list }: { list: string }) {
  const plan = usePlan().data;
  const { data: walk, fault } = useWalk(list);
  if (fault || !plan || !walk || walk.stops.length === 0) return null;
  return (
    <Panel title="The walk" wide>
      <div class="plan-grid">
        <Plan layout={plan.layout} bins={plan.bins} workers={plan.workers.filter((w) => w.job?.id === list)} walk={walk} label={spoken(walk)} tallest={520} />
        <div class="side">
          <WalkFigures walk={walk} />
          <div class="short-table">
            <Table
              label="Stops"
              live={{ data: walk.stops, fault: null }}
              id={(s) => String(s.n)}
              empty="No stops."
              columns={[
                { head: "Stop", cell: (s) => s.n, number: true },
                { head: "Bin", cell: (s) => <span class="code">{s.bin}</span> },
                { head: "Aisle", cell: (s) => s.aisle, number: true },
                { head: "Cell", cell: (s) => s.cell, number: true },
                { head: "Lines", cell: (s) => s.lines, number: true },
                { head: "", cell: (s) => (s.done ? "done" : s.bin === walk.at ? "here" : "") },
              ]}
            />
          </div>
        </div>
      </div>
    </Panel>
  );
}

const spoken = (w: Walk): string => `From the depot to ${w.stops.map((s) => s.bin).join(", ")} and back: ${metres(w.distance)}`;

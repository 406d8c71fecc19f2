import { useState } from "preact/hooks";
import { put } from "../api";
import { Absent, field } from "../doors/form";
import { query } from "../route";
import { count } from "../words";
import { Dialog, Text } from "./dialog";
import { asked, Paper, useFind } from "./find";
import { usePath } from "./live";
import { Panel } from "./now";
import { DemandPlot, type Ahead } from "./plot";
import { Table } from "./table";
import "../look/reorder.css";

// What to buy: every item's need, the most pressing first, and for each one why.

interface Line {
  sku: string;
  name: string;
  abc: string;
  xyz: string;
  on_hand: number;
  owed: number;
  on_order: number;
  lead_time_days: number;
  advice: string;
  order_qty: number;
  demand_mean: number;
  demand_sd: number;
  reorder_point: number;
  safety_stock: number;
  order_quantity: number;
  base_stock: number;
  runs_out: boolean;
  days_left: number;
  idle_days: number;
  method: string;
  formula: string;
}

interface Policy {
  service_permille: number;
  review_days: number;
  order_cost_cents: number;
  holding_percent: number;
  overstock_days: number;
  dead_days: number;
  lead_time_days: number;
}

interface List {
  policy: Policy;
  counts: Record<string, number>;
  items: Line[];
  pending: number;
  accuracy?: { items: number; days: number; off_percent: number; naive_off_percent: number };
}

const ADVICE: [string, string][] = [
  ["order_now", "order now"],
  ["order_soon", "order soon"],
  ["overstock", "overstock"],
  ["dead", "dead stock"],
  ["enough", "enough"],
  ["no_demand", "no demand"],
];

const pace = (units: number): string => units.toFixed(units < 10 ? 1 : 0);

const word = (advice: string): string => ADVICE.find(([a]) => a === advice)?.[1] ?? advice;

export function Reorder() {
  const advice = query.value.get("advice") ?? "";
  const [q, find] = useFind();
  const live = usePath<List>(`/reorder${asked({ advice, q })}`);
  const [ruling, setRuling] = useState(false);
  const data = live.data;
  if (!data) return live.fault ? <Absent fault={live.fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <div class="page-head">
        <h1>Reorder</h1>
        {find}
        <button type="button" onClick={() => setRuling(true)} data-testid="policy">
          How we buy
        </button>
        <Paper to={`/reorder.csv${asked({ advice, q })}`}>CSV</Paper>
      </div>
      {data.accuracy && (
        <p class="quiet" data-testid="accuracy">
          Of the last {data.accuracy.days} days the forecast, made without them, was off by {data.accuracy.off_percent.toFixed(1)} % over {count(data.accuracy.items)} items; the last week taken for all of
          them would have been off by {data.accuracy.naive_off_percent.toFixed(1)} %.
        </p>
      )}
      <Filters counts={data.counts} advice={advice} q={q} />
      {data.pending > 0 && (
        <p class="quiet" role="status">
          {count(data.pending)} items are still being reckoned; they come by themselves.
        </p>
      )}
      <Table
        label="What to buy"
        live={{ data: data.items, fault: live.fault }}
        id={(l) => l.sku}
        row={(l) => ({ "data-testid": `reorder-${l.sku}`, "data-advice": l.advice })}
        empty="Nothing of that kind. Demand comes with the orders, or from the Import page for the time before."
        columns={[
          { head: "Item", cell: (l) => <a href={`/floor/reorder/${encodeURIComponent(l.sku)}`}><span class="code">{l.sku}</span> {l.name}</a> },
          { head: "What to do", cell: (l) => <span class="row"><span class={`pill need-${l.advice}`}>{word(l.advice)}</span>{l.runs_out && <span class="pill need-order_now" title="Before what is ordered today comes">runs out</span>}</span> },
          { head: "Buy", cell: (l) => (l.order_qty > 0 ? <b>{count(l.order_qty)}</b> : ""), number: true },
          { head: "On hand", cell: (l) => count(l.on_hand), number: true },
          { head: "Owed", cell: (l) => (l.owed > 0 ? count(l.owed) : ""), number: true },
          { head: "Coming", cell: (l) => (l.on_order > 0 ? count(l.on_order) : ""), number: true },
          { head: "Lasts", cell: (l) => (l.days_left < 0 ? "" : `${count(l.days_left)} d`), number: true },
          { head: "A day", cell: (l) => pace(l.demand_mean), number: true },
          { head: "Order at", cell: (l) => count(l.reorder_point), number: true },
          { head: "Class", cell: (l) => <abbr title={classWords(l)}>{l.abc + l.xyz}</abbr> },
        ]}
      />
      {ruling && <Rule policy={data.policy} onClose={() => setRuling(false)} again={live.again} />}
    </>
  );
}

const classWords = (l: Line): string =>
  `${{ A: "among what makes the first 80 % of the demand's worth", B: "among the next 15 %", C: "among the last 5 %" }[l.abc]}; ${{ X: "steady", Y: "varies", Z: "comes and goes" }[l.xyz]}`;

function Filters({ counts, advice, q }: { counts: Record<string, number>; advice: string; q: string }) {
  return (
    <nav class="needs" aria-label="What to do">
      <a class="button" href={`/floor/reorder${asked({ q })}`} aria-current={advice === "" ? "page" : undefined}>
        all
      </a>
      {ADVICE.map(([a, w]) => (
        <a key={a} class="button" href={`/floor/reorder${asked({ advice: a, q })}`} aria-current={advice === a ? "page" : undefined} data-testid={`need-${a}`}>
          {w} <b>{count(counts[a] ?? 0)}</b>
        </a>
      ))}
      <a class="button" href={`/floor/reorder${asked({ advice: "runs_out", q })}`} aria-current={advice === "runs_out" ? "page" : undefined} data-testid="need-runs_out">
        runs out first <b>{count(counts.runs_out ?? 0)}</b>
      </a>
    </nav>
  );
}

function Rule({ policy, onClose, again }: { policy: Policy; onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const n = (name: string) => Number(field(d, name));
    await put("/reorder/policy", {
      service_permille: Math.round(n("service") * 10),
      review_days: n("review_days"),
      order_cost_cents: Math.round(n("order_cost") * 100),
      holding_percent: n("holding_percent"),
      overstock_days: n("overstock_days"),
      dead_days: n("dead_days"),
      lead_time_days: n("lead_time_days"),
    });
    again();
  };
  return (
    <Dialog title="How we buy" send="Save" onSend={send} onClose={onClose}>
      <Text name="service" label="Of 100 times, so often nothing may run out" type="number" step="any" required value={String(policy.service_permille / 10)} />
      <Text name="review_days" label="Days between two looks at this list" type="number" required value={String(policy.review_days)} />
      <Text name="lead_time_days" label="Days a supplier takes, where the item says nothing" type="number" required value={String(policy.lead_time_days)} />
      <Text name="order_cost" label="What an order costs, whatever its size" type="number" step="any" required value={String(policy.order_cost_cents / 100)} />
      <Text name="holding_percent" label="Percent of its cost to keep a unit for a year" type="number" required value={String(policy.holding_percent)} />
      <Text name="overstock_days" label="Stock for more days is too much" type="number" required value={String(policy.overstock_days)} />
      <Text name="dead_days" label="Not asked for in so many days is dead" type="number" required value={String(policy.dead_days)} />
    </Dialog>
  );
}

interface Demand {
  sku: string;
  from: string;
  weeks: number[] | null;
  ahead: Ahead;
  need?: Line;
}

export function ReorderItem({ id }: { id: string }) {
  const { data, fault } = usePath<Demand>(`/items/${encodeURIComponent(id)}/demand`);
  if (!data) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  const weeks = data.weeks ?? [];
  return (
    <>
      <div class="page-head">
        <h1>
          <span class="code">{id}</span> {data.need?.name}
        </h1>
        <a class="button" href="/floor/reorder">
          All items
        </a>
        <a class="button" href={`/floor/stock?sku=${encodeURIComponent(id)}`}>
          Stock
        </a>
      </div>
      {data.need && <Why need={data.need} />}
      <Panel title="Asked for, by week" wide>
        {weeks.length > 1 ? <DemandPlot from={data.from} weeks={weeks} ahead={data.ahead} /> : <p class="empty">Less than two weeks are known. Import the days before, and they stand here.</p>}
        {weeks.length > 1 && <InWords weeks={weeks} ahead={data.ahead} />}
      </Panel>
    </>
  );
}

function Why({ need }: { need: Line }) {
  return (
    <Panel title="What it needs" wide>
      <p class="need-words" data-testid="need-words">
        <span class={`pill need-${need.advice}`}>{word(need.advice)}</span> {need.order_qty > 0 && <b>Buy {count(need.order_qty)}.</b>} {count(need.on_hand)} on hand
        {need.owed > 0 && `, ${count(need.owed)} owed`}
        {need.on_order > 0 && `, ${count(need.on_order)} coming`}
        {need.days_left >= 0 && `, enough for ${count(need.days_left)} days`}. Asked for {pace(need.demand_mean)} a day, give or take {pace(need.demand_sd)}. Order at{" "}
        {count(need.reorder_point)}, of which {count(need.safety_stock)} for safety, {count(need.order_quantity)} at a time, up to {count(need.base_stock)}; it takes {need.lead_time_days} days to come.
        {need.runs_out && <b> It runs out before what is ordered today comes.</b>}
      </p>
      <p class="quiet">
        {need.formula}. Forecast by {need.method.replaceAll("+", " and ").replaceAll("_", " ")}.
      </p>
    </Panel>
  );
}

function InWords({ weeks, ahead }: { weeks: number[]; ahead: Ahead }) {
  const next = ahead.forecast ?? [];
  const sum = (v: number[]) => count(Math.round(v.reduce((a, b) => a + b, 0)));
  return (
    <p class="quiet" data-testid="in-words">
      Last {Math.min(weeks.length, 13)} weeks: {sum(weeks.slice(-13))}. Next {next.length} weeks: {sum(next)}; each week's figure lies between the shaded lines eight times of ten.
    </p>
  );
}

import { useState } from "preact/hooks";
import { post } from "../api";
import { Absent, Faults, field } from "../doors/form";
import { count, when } from "../words";
import { Dialog, Text } from "./dialog";
import { LimitsDialog, type Limits } from "./limits";
import { usePath } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { once } from "./once";
import { Replenish } from "./replenish";
import { Pill, Table } from "./table";
import { Trend } from "./trend";

// The plan of counts: what differs and waits for a second person, what is being counted, what is due by its class, and
// how right the books have been.

interface Difference {
  sku: string;
  name: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  books: number;
  found: number;
}

interface Count {
  id: string;
  bin: string;
  why: string;
  status: string;
  round: number;
  worker?: string;
  counted_by: string[];
  differences: Difference[];
  worth_cents: number;
  created_at: string;
}

interface Due {
  bin: string;
  class: string;
  counted_at?: string;
  days_over: number;
}

interface Plan {
  rule: Limits;
  open: Count[];
  due: Due[];
  due_count: number;
  accuracy: { day: string; n: number; sum: number }[];
}

const WHY: Record<string, string> = { plan: "by plan", short_pick: "a picker found too few", odd: "something lay there that should not", zero_check: "it was not empty when it should have been" };

export function Counts() {
  const { data, fault, again } = usePath<Plan>("/counts");
  const [ruling, setRuling] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<Error | null>(null);
  if (!data) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  const does = (p: Promise<unknown>) => void p.then(() => setFailed(null), setFailed).then(again);
  const waiting = data.open.filter((c) => c.status === "differs");
  return (
    <>
      <div class="page-head">
        <h1>Counts</h1>
        <p class="quiet" data-testid="accuracy">
          {rightness(data.accuracy)}
        </p>
        <button type="button" class="primary" onClick={() => setAsking(true)} data-testid="have-counted">
          Have counted
        </button>
        <button type="button" onClick={() => setRuling(true)}>
          What needs a second person
        </button>
      </div>
      {failed && <Faults fault={failed} />}
      {data.accuracy.length > 0 && (
        <Panel title="How right the books were" wide>
          <Trend days={data.accuracy.map((d) => ({ day: d.day, value: (100 * d.sum) / Math.max(d.n, 1) }))} label="percent of rows that were right" unit="% right" top={100} />
        </Panel>
      )}
      {waiting.map((c) => (
        <Differs key={c.id} c={c} judge={(verb) => does(post(`/counts/${c.id}/judge`, { verb }))} />
      ))}
      <Rows title="Being counted" counts={data.open.filter((c) => !over(c) && c.status !== "differs")} empty="Nothing is to be counted. What pickers miss comes here by itself." />
      <Panel title={`Due by plan: ${count(data.due_count)}`} wide>
        {data.due_count > 0 && (
          <p>
            <button type="button" class="primary" data-testid="plan-due" onClick={() => does(post("/counts", { due: 20 }))}>
              Have {count(Math.min(20, data.due_count))} counted now
            </button>
          </p>
        )}
        <Table
          label="Due"
          live={{ data: data.due.slice(0, 50), fault: null }}
          id={(d) => d.bin}
          empty="Every bin was counted in its time: A each 30 days, B each 90, C each 180."
          columns={[
            { head: "Bin", cell: (d) => <a class="code" href={`/floor/stock?bin=${encodeURIComponent(d.bin)}`}>{d.bin}</a> },
            { head: "Class", cell: (d) => d.class },
            { head: "Last counted", cell: (d) => (d.counted_at ? when(d.counted_at) : "never") },
            { head: "Days over", cell: (d) => count(d.days_over), number: true },
          ]}
        />
      </Panel>
      {data.open.some(over) && <Rows title="Counted in the last day" counts={data.open.filter(over)} empty="" />}
      <Replenish />
      {asking && <Ask onClose={() => setAsking(false)} again={again} />}
      {ruling && (
        <LimitsDialog title="What needs a second person" of="/counts/rule" units="More units off than" worth="Or worth more than" rule={data.rule} onClose={() => setRuling(false)} again={again} />
      )}
    </>
  );
}

const over = (c: Count): boolean => c.status === "done" || c.status === "cancelled";

function Rows({ title, counts, empty }: { title: string; counts: Count[]; empty: string }) {
  return (
    <Panel title={title} wide>
      <Table
        label={title}
        live={{ data: counts, fault: null }}
        id={(c) => c.id}
        row={(c) => ({ "data-testid": `count-${c.bin}`, "data-status": c.status })}
        empty={empty}
        columns={[
          { head: "Bin", cell: (c) => <a class="code" href={`/floor/stock?bin=${encodeURIComponent(c.bin)}`}>{c.bin}</a> },
          { head: "State", cell: (c) => <Pill status={c.status} /> },
          { head: "Why", cell: (c) => WHY[c.why] ?? c.why },
          { head: "Who", cell: (c) => c.worker || c.counted_by.map(nameOf).join(", ") },
          { head: "Since", cell: (c) => when(c.created_at) },
        ]}
      />
    </Panel>
  );
}

// Ask has bins counted by name, or all bins in which an item lies.
function Ask({ onClose, again }: { onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const bins = field(d, "bins").split(/[\s,]+/).filter(Boolean);
    const sku = field(d, "sku");
    await post("/counts", { ...(bins.length > 0 && { bins }), ...(sku && { sku }), why: field(d, "why") });
    again();
  };
  return (
    <Dialog title="Have counted" send="Have it counted" onSend={send} onClose={onClose}>
      <Text name="bins" label="Bins" hint="A-01 A-02" />
      <Text name="sku" label="Or an item, wherever it lies" hint="SKU" />
      <Text name="why" label="Why" value="plan" />
    </Dialog>
  );
}

function rightness(days: Plan["accuracy"]): string {
  const sum = (pick: (d: Plan["accuracy"][number]) => number) => days.reduce((a, d) => a + pick(d), 0);
  const n = sum((d) => d.n);
  if (n === 0) return "Nothing was counted in the last 13 weeks.";
  return `Of ${count(n)} ${n === 1 ? "row" : "rows"} counted in 13 weeks the books were right about ${((100 * sum((d) => d.sum)) / n).toFixed(1)} %.`;
}

function Differs({ c, judge }: { c: Count; judge: (verb: string) => void }) {
  return (
    <Panel title={`${c.bin} differs`} wide>
      <div data-testid={`differs-${c.bin}`}>
        <Table
          label={`Differences in ${c.bin}`}
          live={{ data: c.differences, fault: null }}
          id={(d) => [d.sku, d.lot, d.serial].join("|")}
          empty=""
          columns={[
            { head: "Item", cell: (d) => <><span class="code">{d.sku}</span> {d.name}</> },
            { head: "Lot or serial", cell: (d) => d.serial || d.lot },
            { head: "Books", cell: (d) => count(d.books), number: true },
            { head: "Found twice", cell: (d) => <b>{count(d.found)}</b>, number: true },
            { head: "Off", cell: (d) => `${d.found > d.books ? "+" : ""}${count(d.found - d.books)}`, number: true },
          ]}
        />
        <p class="row">
          <span class="grow">
            Counted by {c.counted_by.map(nameOf).join(" and ")}
            {c.worth_cents > 0 && `; worth ${(c.worth_cents / 100).toFixed(2)}`}.
          </span>
          <button type="button" class="primary" data-testid="book" onClick={once(() => judge("book"))}>
            Book what was found
          </button>
          <button type="button" onClick={once(() => judge("again"))}>
            Count again
          </button>
        </p>
      </div>
    </Panel>
  );
}

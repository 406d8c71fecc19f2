import { useState } from "preact/hooks";
import { put } from "../api";
import { field } from "../doors/form";
import { count, when } from "../words";
import { Dialog, Pick } from "./dialog";
import { Paper } from "./find";
import { usePages, usePath } from "./live";
import { Panel } from "./now";
import { Pill, Table } from "./table";
import { To } from "./things";
import { Trend } from "./trend";

// How goods come in: what stands at the door and since when, how long it takes to the shelf, and each receipt with its labels.

interface View {
  rule: { labels: string; blind: boolean };
  standing: { bin: string; units: number; kinds: number; since: string; awaited: number }[];
  dock_to_stock: { day: string; n: number; sum: number }[];
}

interface Line {
  sku: string;
  name: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  condition?: string;
  qty: number;
  labels?: number;
}

export interface Receipt {
  id: string;
  purchase?: string;
  external_id?: string;
  supplier?: string;
  bin?: string;
  status: string;
  worker?: string;
  units: number;
  lines: Line[];
  pallets: { sscc: string; units: number; lines: Line[] }[];
  created_at: string;
}

const hours = (minutes: number): string => (minutes < 120 ? `${Math.round(minutes)} minutes` : `${(minutes / 60).toFixed(1)} hours`);

export function DoorToShelf() {
  const { data, again } = usePath<View>("/goods-in");
  const [ruling, setRuling] = useState(false);
  if (!data) return null;
  const n = data.dock_to_stock.reduce((a, d) => a + d.n, 0);
  const sum = data.dock_to_stock.reduce((a, d) => a + d.sum, 0);
  return (
    <>
      <p class="quiet">
        <span data-testid="dock-to-stock">
          {n > 0 ? `From the door to the shelf a unit took ${hours(sum / n)} on average, of ${count(n)} in 13 weeks.` : "Nothing was put away in the last 13 weeks."}
        </span>{" "}
        {data.rule.blind && "Who counts at the door is not told how many were bought. "}
        {LABELS.find(([k]) => k === data.rule.labels)?.[2]}{" "}
        <button type="button" class="bare" onClick={() => setRuling(true)} data-testid="receiving-rule">
          How we receive
        </button>
      </p>
      {data.standing.map((s) => (
        <p key={s.bin} class="notice" data-testid={`standing-${s.bin}`}>
          <b>{count(s.units)}</b> units stand at <a class="code" href={`/floor/stock?bin=${encodeURIComponent(s.bin)}`}>{s.bin}</a> since {when(s.since)}
          {s.awaited > 0 && <b>; orders or pick bins wait for {count(s.awaited)} of them</b>}.
        </p>
      ))}
      {data.dock_to_stock.length > 1 && (
        <Panel title="From the door to the shelf" wide>
          <Trend days={data.dock_to_stock.map((d) => ({ day: d.day, value: d.sum / Math.max(d.n, 1) / 60 }))} label="hours that a unit stood" unit="hours" />
        </Panel>
      )}
      {ruling && <Rule rule={data.rule} onClose={() => setRuling(false)} again={again} />}
    </>
  );
}

const LABELS: [string, string, string][] = [
  ["none", "no label by itself", ""],
  ["unit", "a label for each unit", "Each unit gets a label at the door."],
  ["lot", "a label for each lot, expiry day or serial", "What has a lot, an expiry day or a serial gets a label at the door."],
];

function Rule({ rule, onClose, again }: { rule: View["rule"]; onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const labels = LABELS.find(([, word]) => word === field(d, "labels"))?.[0] ?? "none";
    await put("/goods-in/rule", { labels, blind: field(d, "blind") === "no" });
    again();
  };
  return (
    <Dialog title="How we receive" send="Save" onSend={send} onClose={onClose}>
      <Pick name="labels" label="What the door prints by itself" options={LABELS.map(([, word]) => word)} value={LABELS.find(([k]) => k === rule.labels)?.[1] ?? ""} />
      <Pick name="blind" label="Is who counts told how many were bought?" options={["yes", "no"]} value={rule.blind ? "no" : "yes"} />
    </Dialog>
  );
}

const kindOf = (l: Line): string => [l.lot && `lot ${l.lot}`, l.expiry, l.serial, l.condition].filter(Boolean).join(", ");

// Receipts lists what came: of one purchase, or of all.
export function Receipts({ of = "" }: { of?: string }) {
  const live = usePages<Receipt>(`/receipts${of && `?q=${encodeURIComponent(of)}`}`);
  return (
    <Panel title="Receipts" wide>
      <Table
        label="Receipts"
        live={live}
        id={(r) => r.id}
        row={(r) => ({ "data-testid": `receipt-${r.id}`, "data-status": r.status })}
        empty="Nothing has come yet. A receipt begins at a handheld: scan the pallet, or start Receive."
        columns={[
          { head: "Receipt", cell: (r) => <To kind="receipt" id={r.id} /> },
          { head: "Purchase", cell: (r) => (r.purchase ? <a href={`/floor/purchases/${r.purchase}`}>{r.external_id}</a> : "nobody announced it") },
          { head: "State", cell: (r) => <Pill status={r.status} /> },
          { head: "Who", cell: (r) => r.worker },
          { head: "Since", cell: (r) => when(r.created_at) },
          { head: "Units", cell: (r) => count(r.units), number: true },
          { head: "What came", cell: (r) => <Came lines={r.lines} /> },
          {
            head: "Labels",
            cell: (r) => (
              <span class="row papers">
                {r.units > 0 && <Paper to={`/receipts/${r.id}/labels.pdf`}>Units</Paper>}
                {r.pallets.map((p) => (
                  <Paper key={p.sscc} to={`/receipts/${r.id}/pallets/${p.sscc}/label.pdf`}>{`Pallet …${p.sscc.slice(-5)}`}</Paper>
                ))}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Came({ lines }: { lines: Line[] }) {
  return (
    <ul class="plain-list">
      {lines.slice(0, 5).map((l) => (
        <li key={[l.sku, kindOf(l)].join("|")}>
          {count(l.qty)} × <a class="code" href={`/floor/stock?sku=${encodeURIComponent(l.sku)}`}>{l.sku}</a> {kindOf(l)}
          {(l.labels ?? 0) > 0 && <span class="quiet"> ({count(l.labels)} labels)</span>}
        </li>
      ))}
      {lines.length > 5 && <li class="quiet">and {count(lines.length - 5)} more kinds</li>}
    </ul>
  );
}

import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults } from "../doors/form";
import { go, query } from "../route";
import { when } from "../words";
import { Search } from "./find";
import { usePages } from "./live";
import { STATUSES } from "./now";
import { Pill, Table, type Column } from "./table";

// All orders, to find one or to choose some and release, hold or cancel them.

interface Row {
  id: string;
  channel: string;
  external_id: string;
  status: string;
  hold_reason?: string;
  priority?: number;
  ship_by?: string;
  service?: string;
  carrier?: string;
  units: number;
  lines: number;
}

const METHODS = ["cluster", "discrete", "batch", "zone"];

export function Orders() {
  const status = query.value.get("status") ?? "";
  const q = query.value.get("q") ?? "";
  const asked = new URLSearchParams({ ...(status && { status }), ...(q && { q }) }).toString();
  const live = usePages<Row>(`/orders${asked && `?${asked}`}`);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const turn = (id: string) => setChosen((was) => toggled(was, id));
  const ids = (live.data ?? []).map((r) => r.id);
  const all = ids.length > 0 && ids.every((id) => chosen.has(id));
  return (
    <>
      <div class="page-head">
        <h1>Orders</h1>
        <Filter status={status} q={q} />
        <a class="button" href="/floor/import">
          Import
        </a>
      </div>
      <Chosen chosen={chosen} status={status} clear={() => setChosen(new Set())} />
      <Table
        label="Orders"
        live={live}
        id={(r) => r.id}
        row={(r) => ({ "data-testid": `order-row-${r.id}`, id: `order-row-${r.id}`, "data-status": r.status, "data-external": r.external_id })}
        empty="No orders here. Import a file, or change the filter."
        columns={[
          {
            head: <input type="checkbox" aria-label="Choose all" checked={all} onChange={() => setChosen(all ? new Set() : new Set(ids))} data-testid="choose-all" />,
            cell: (r) => <input type="checkbox" aria-label={`Choose ${r.id}`} checked={chosen.has(r.id)} onChange={() => turn(r.id)} data-testid={`choose-${r.id}`} />,
          },
          ...columns,
        ]}
      />
    </>
  );
}

const columns: Column<Row>[] = [
  { head: "Order", cell: (r) => <a class="code" href={`/floor/orders/${r.id}`}>{r.id}</a> },
  { head: "Shop number", cell: (r) => <span>{r.external_id}</span> },
  { head: "Channel", cell: (r) => r.channel },
  {
    head: "State",
    cell: (r) => (
      <>
        <Pill status={r.status} /> {r.hold_reason && <span class="quiet">{r.hold_reason.replaceAll("_", " ")}</span>}
      </>
    ),
  },
  { head: "Service", cell: (r) => r.service || r.carrier },
  { head: "Lines", cell: (r) => r.lines, number: true },
  { head: "Units", cell: (r) => r.units, number: true },
  { head: "Ship by", cell: (r) => when(r.ship_by) },
  { head: "Priority", cell: (r) => r.priority || "", number: true },
];

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Filter({ status, q }: { status: string; q: string }) {
  const show = (s: string, text: string) => {
    const p = new URLSearchParams({ ...(s && { status: s }), ...(text && { q: text }) }).toString();
    go(`/floor/orders${p && `?${p}`}`, true);
  };
  return (
    <>
      <label class="inline">
        State
        <select value={status} onChange={(e) => show(e.currentTarget.value, q)} data-testid="filter-status">
          <option value="">all</option>
          {STATUSES.map((s) => (
            <option key={s} value={s}>
              {s}
            </option>
          ))}
        </select>
      </label>
      <Search value={q} hint="number or channel" onFind={(text) => show(status, text)} />
    </>
  );
}

// Chosen is what can be done with the orders that are ticked. What is refused is said per order.
function Chosen({ chosen, status, clear }: { chosen: ReadonlySet<string>; status: string; clear: () => void }) {
  const [method, setMethod] = useState("cluster");
  const [slots, setSlots] = useState("4");
  const [into, setInto] = useState("");
  const running = usePages<{ id: string; status: string; method: string }>("/waves?status=released").data ?? [];
  const [said, setSaid] = useState("");
  const [fault, setFault] = useState<Error | null>(null);
  const run = async (what: () => Promise<string>) => {
    setFault(null);
    setSaid("");
    try {
      setSaid(await what());
      clear();
    } catch (e) {
      setFault(e as Error);
    }
  };
  const how = method !== "discrete" && Number(slots) > 0 ? { method, max_orders: Number(slots) } : { method };
  const release = () => run(() => (into ? addToWave(into, [...chosen]) : releaseWave({ orders: [...chosen], ...how })));
  const releaseAll = () => run(() => releaseWave({ filter: { status: "received" }, ...how }));
  const each = (verb: string) => run(() => forEach([...chosen], verb));
  const none = chosen.size === 0;
  return (
    <div class="chosen">
      <span data-testid="chosen">{chosen.size} chosen</span>
      {running.length > 0 && (
        <label class="inline">
          Into
          <select value={into} onChange={(e) => setInto(e.currentTarget.value)} data-testid="into">
            <option value="">a new wave</option>
            {running.map((w) => (
              <option key={w.id} value={w.id}>
                {w.id} ({w.method})
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="inline" hidden={into !== ""}>
        Method
        <select value={method} onChange={(e) => setMethod(e.currentTarget.value)} data-testid="method">
          {METHODS.map((m) => (
            <option key={m}>{m}</option>
          ))}
        </select>
      </label>
      {method !== "discrete" && into === "" && (
        <label class="inline">
          Orders on a cart
          <input class="few" type="number" min="1" max="24" value={slots} onInput={(e) => setSlots(e.currentTarget.value)} data-testid="slots" />
        </label>
      )}
      <button type="button" class="primary" disabled={none} onClick={release} data-testid="release">
        Release
      </button>
      {(status === "" || status === "received") && none && (
        <button type="button" onClick={releaseAll} data-testid="release-all">
          Release all received
        </button>
      )}
      {["hold", "unhold", "cancel"].map((verb) => (
        <button key={verb} type="button" class={verb === "cancel" ? "danger" : ""} disabled={none} onClick={() => each(verb)} data-testid={verb}>
          {verb}
        </button>
      ))}
      <span role="status" data-testid="said">
        {said}
      </span>
      {fault && <Faults fault={fault} />}
    </div>
  );
}

async function releaseWave(body: object): Promise<string> {
  const w = await post<{ id: string; picklists?: unknown[]; short?: unknown[] }>("/waves", body);
  const short = w.short?.length ? `, ${w.short.length} short of stock` : "";
  return `Wave ${w.id}: ${w.picklists?.length ?? 0} pick lists${short}.`;
}

async function addToWave(wave: string, orders: string[]): Promise<string> {
  const w = await post<{ id: string; short?: unknown[] }>(`/waves/${wave}/orders`, { orders });
  return `Now in wave ${w.id}${w.short?.length ? `, ${w.short.length} short of stock` : ""}.`;
}

async function forEach(ids: string[], verb: string): Promise<string> {
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await post(`/orders/${id}/${verb}`, {});
    } catch (e) {
      refused.push(`${id}: ${(e as Error).message}`);
    }
  }
  const done = `${verb}: ${ids.length - refused.length} of ${ids.length} done.`;
  if (refused.length > 0) throw new Error(`${done} ${refused.join(" ")}`);
  return done;
}

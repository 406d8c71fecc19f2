import { when } from "../words";
import { usePages } from "./live";
import { Panel } from "./now";
import { nameOf } from "./names";
import { AutoRelease } from "./autorelease";
import { Walls } from "./wall";
import { Bar, Pill, Table } from "./table";

interface Wave {
  id: string;
  status: string;
  method?: string;
  orders: number | unknown[];
  picklists: number | unknown[];
  done: number;
  total: number;
  created_at?: string;
}

interface PickList {
  id: string;
  wave: string;
  status: string;
  method?: string;
  worker?: string;
  orders?: number | unknown[];
  done: number;
  total: number;
}

const size = (x: number | unknown[] | undefined): number => (Array.isArray(x) ? x.length : (x ?? 0));

export function Waves() {
  const waves = usePages<Wave>("/waves");
  const lists = usePages<PickList>("/picklists");
  return (
    <>
      <div class="page-head">
        <h1>Waves</h1>
        <a class="button primary" href="/floor/orders?status=received">
          Release orders
        </a>
      </div>
      <Panel title="Waves" wide>
        <Table
          label="Waves"
          live={waves}
          id={(w) => w.id}
          row={(w) => ({ "data-testid": `wave-row-${w.id}`, "data-status": w.status })}
          empty="No wave yet. Choose orders and release them."
          columns={[
            { head: "Wave", cell: (w) => <span class="code">{w.id}</span> },
            { head: "State", cell: (w) => <Pill status={w.status} /> },
            { head: "Method", cell: (w) => w.method },
            { head: "Orders", cell: (w) => size(w.orders), number: true },
            { head: "Pick lists", cell: (w) => size(w.picklists), number: true },
            { head: "Picked", cell: (w) => <Bar done={w.done} total={w.total} label={`Progress of ${w.id}`} /> },
            { head: "Released", cell: (w) => when(w.created_at) },
          ]}
        />
      </Panel>
      <Walls />
      <AutoRelease />
      <Panel title="Pick lists" wide>
        <Table
          label="Pick lists"
          live={lists}
          id={(p) => p.id}
          row={(p) => ({ "data-testid": `picklist-row-${p.id}`, "data-status": p.status })}
          empty="No pick list yet."
          columns={[
            { head: "Pick list", cell: (p) => <a class="code" href={`/floor/picklists/${p.id}`}>{p.id}</a> },
            { head: "Wave", cell: (p) => <span class="code">{p.wave}</span> },
            { head: "State", cell: (p) => <Pill status={p.status} /> },
            { head: "Worker", cell: (p) => nameOf(p.worker) },
            { head: "Orders", cell: (p) => size(p.orders), number: true },
            { head: "Picked", cell: (p) => <Bar done={p.done} total={p.total} label={`Progress of ${p.id}`} /> },
            { head: "Paper", cell: (p) => <a href={`/api/v1/picklists/${p.id}.pdf`} target="_blank" rel="noreferrer">PDF</a> },
          ]}
        />
      </Panel>
    </>
  );
}

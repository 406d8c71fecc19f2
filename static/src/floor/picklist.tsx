import { Absent } from "../doors/form";
import { WalkPanel } from "../floorplan/walk";
import { usePath } from "./live";
import { Panel } from "./now";
import { nameOf } from "./names";
import { Pill, Table } from "./table";

interface PickLine {
  line: string | number;
  order: string;
  sku: string;
  name?: string;
  bin: string;
  lot?: string;
  qty: number;
  picked: number;
  short: number;
  slot?: number;
  status: string;
  why?: string;
}

interface PickList {
  id: string;
  wave: string;
  status: string;
  method?: string;
  worker?: string;
  totes?: { slot: number; tote: string; order: string }[];
  lines: PickLine[];
}

export function PickListPage({ id }: { id: string }) {
  const { data: p, fault } = usePath<PickList>(`/picklists/${encodeURIComponent(id)}`);
  if (!p) return fault ? <Absent fault={fault} /> : <p class="loading" role="status">Loading…</p>;
  return (
    <>
      <div class="page-head">
        <h1 class="code">{p.id}</h1>
        <Pill status={p.status} />
        <span>
          {p.method} {p.worker && `· ${nameOf(p.worker)}`}
        </span>
        <a class="button" href={`/api/v1/picklists/${p.id}.pdf`} target="_blank" rel="noreferrer">
          On paper
        </a>
      </div>
      <WalkPanel list={p.id} />
      <Panel title="Totes" wide>
        <ul class="counts">
          {(p.totes ?? []).map((t) => (
            <li key={t.slot}>
              <b>{t.slot}</b> <span class="code">{t.tote}</span> <a href={`/floor/orders/${t.order}`}>{t.order}</a>
            </li>
          ))}
        </ul>
        {(p.totes ?? []).length === 0 && <p class="empty">No tote taken yet.</p>}
      </Panel>
      <Panel title="Lines in walking order" wide>
        <Table
          label="Lines"
          live={{ data: p.lines ?? [], fault: null }}
          id={(l) => String(l.line)}
          row={(l) => ({ "data-status": l.status })}
          empty="No lines."
          columns={[
            { head: "Bin", cell: (l) => <b class="code">{l.bin}</b> },
            { head: "Item", cell: (l) => <><span class="code">{l.sku}</span> {l.name} {l.lot && <span class="quiet">lot {l.lot}</span>}</> },
            { head: "Order", cell: (l) => <a class="code" href={`/floor/orders/${l.order}`}>{l.order}</a> },
            { head: "Slot", cell: (l) => l.slot ?? "", number: true },
            { head: "Wanted", cell: (l) => l.qty, number: true },
            { head: "Picked", cell: (l) => l.picked, number: true },
            { head: "Short", cell: (l) => l.short || "", number: true },
            { head: "State", cell: (l) => <Pill status={l.status} /> },
            { head: "Why here", cell: (l) => <span class="quiet">{l.why}</span> },
          ]}
        />
      </Panel>
    </>
  );
}

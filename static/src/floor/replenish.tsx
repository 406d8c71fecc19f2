import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults } from "../doors/form";
import { count } from "../words";
import { usePath } from "./live";
import { Panel } from "./now";
import { Table } from "./table";

// What goes from reserve to the pick bins: on its way, and due. It is planned by itself, unless the house says otherwise.

interface Fill {
  id?: string;
  sku: string;
  name: string;
  lot?: string;
  serial?: string;
  from: string;
  to: string;
  qty: number;
  done: number;
  urgent: boolean;
  worker?: string;
}

interface List {
  by_hand: boolean;
  items: Fill[];
  due: Fill[];
}

const bin = (code: string) => <a class="code" href={`/floor/stock?bin=${encodeURIComponent(code)}`}>{code}</a>;

export function Replenish() {
  const { data, again } = usePath<List>("/replenishments");
  const [failed, setFailed] = useState<Error | null>(null);
  if (!data) return null;
  const rows = [...data.items, ...data.due];
  return (
    <Panel title={`Pick bins to fill up: ${count(rows.length)}`} wide>
      {failed && <Faults fault={failed} />}
      {data.due.length > 0 && (
        <p class="row">
          <span class="grow quiet">{data.by_hand ? "This house fills up when somebody says so." : "What is due is planned by itself within seconds."}</span>
          <button type="button" class={data.by_hand ? "primary" : ""} data-testid="fill-now" onClick={() => void post("/replenishments", {}).then(() => setFailed(null), setFailed).then(again)}>
            Have {count(data.due.length)} brought now
          </button>
        </p>
      )}
      <Table
        label="Pick bins to fill up"
        live={{ data: rows, fault: null }}
        id={(r) => r.id ?? `${r.sku}|${r.from}`}
        row={(r) => ({ "data-testid": `fill-${r.sku}`, "data-status": r.id ? "open" : "due" })}
        empty="Every pick bin holds what it should: at least the minimum of its item, and what the waves will need."
        columns={[
          { head: "Item", cell: (r) => <><span class="code">{r.sku}</span> {r.name}{(r.serial || r.lot) && ` (${r.serial || r.lot})`}</> },
          { head: "From", cell: (r) => bin(r.from) },
          { head: "To", cell: (r) => bin(r.to) },
          { head: "Brought", cell: (r) => `${count(r.done)} of ${count(r.qty)}`, number: true },
          { head: "Why", cell: (r) => (r.urgent ? <b>orders wait for it</b> : "below its minimum") },
          { head: "Who", cell: (r) => r.worker || (r.id ? "" : "not planned yet") },
        ]}
      />
    </Panel>
  );
}

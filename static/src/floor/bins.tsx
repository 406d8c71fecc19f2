import { useState } from "preact/hooks";
import { put } from "../api";
import { field } from "../doors/form";
import { Dialog, Pick, Text } from "./dialog";
import { asked, Paper, useFind } from "./find";
import { usePages } from "./live";
import { Table } from "./table";

interface Bin {
  code: string;
  kind: string;
  aisle?: number;
  cell?: number;
  level?: number;
  zone?: string;
}

const KINDS = ["pick", "reserve", "stage", "pack", "dock", "quarantine", "returns"] as const;

export function Bins() {
  const [q, find] = useFind();
  const live = usePages<Bin>(`/bins${asked({ q })}`);
  const [making, setMaking] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>Bins</h1>
        {find}
        <button type="button" class="primary" onClick={() => setMaking(true)} data-testid="new">
          New bin
        </button>
        <a class="button" href="/floor/import?kind=bins">
          Import
        </a>
        <Paper to="/labels/bins.pdf">Bin labels</Paper>
        <Paper to="/labels/totes.pdf">Tote labels</Paper>
        <Paper to={`/labels/countsheet.pdf${asked({ q })}`}>Count sheet</Paper>
      </div>
      <Table
        label="Bins"
        live={live}
        id={(b) => b.code}
        row={(b) => ({ "data-testid": `bin-row-${b.code}` })}
        empty="No bins. Import them, or make one."
        columns={[
          { head: "Bin", cell: (b) => <a class="code" href={`/floor/stock?bin=${encodeURIComponent(b.code)}`}>{b.code}</a> },
          { head: "Kind", cell: (b) => b.kind },
          { head: "Zone", cell: (b) => b.zone },
          { head: "Aisle", cell: (b) => b.aisle, number: true },
          { head: "Cell", cell: (b) => b.cell, number: true },
          { head: "Level", cell: (b) => b.level, number: true },
        ]}
      />
      {making && <NewBin onClose={() => setMaking(false)} again={live.again} />}
    </>
  );
}

function NewBin({ onClose, again }: { onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const numbers = Object.fromEntries(["aisle", "cell", "level"].map((k) => [k, Number(field(d, k) || 0)]));
    await put(`/bins/${encodeURIComponent(field(d, "code"))}`, { kind: field(d, "kind"), zone: field(d, "zone"), ...numbers });
    again();
  };
  return (
    <Dialog title="New bin" send="Save" onSend={send} onClose={onClose}>
      <Text name="code" label="Code" required hint="A-01-03" />
      <Pick name="kind" label="Kind" options={KINDS} />
      <Text name="zone" label="Zone" />
      <Text name="aisle" label="Aisle" type="number" />
      <Text name="cell" label="Cell" type="number" />
      <Text name="level" label="Level" type="number" />
    </Dialog>
  );
}

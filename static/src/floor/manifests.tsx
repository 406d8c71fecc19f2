import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults, field } from "../doors/form";
import { Dialog, Text } from "./dialog";
import { Paper } from "./find";
import { usePages } from "./live";
import { Bar, Pill, Table } from "./table";

interface Manifest {
  id: string;
  carrier: string;
  dock?: string;
  status: string;
  loaded: number;
  expected: number;
}

export function Manifests() {
  const live = usePages<Manifest>("/manifests");
  const [making, setMaking] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const close = async (id: string) => {
    setFault(null);
    await post(`/manifests/${id}/close`, {}).then(live.again, setFault);
  };
  const make = async (d: FormData) => {
    await post("/manifests", { carrier: field(d, "carrier"), dock: field(d, "dock") });
    live.again();
  };
  return (
    <>
      <div class="page-head">
        <h1>Manifests</h1>
        <button type="button" class="primary" onClick={() => setMaking(true)} data-testid="new">
          New manifest
        </button>
      </div>
      {fault && <Faults fault={fault} />}
      <Table
        label="Manifests"
        live={live}
        id={(m) => m.id}
        row={(m) => ({ "data-testid": `manifest-row-${m.id}`, "data-status": m.status, "data-carrier": m.carrier })}
        empty="No manifest. Make one when a truck comes."
        columns={[
          { head: "Manifest", cell: (m) => <span class="code">{m.id}</span> },
          { head: "Carrier", cell: (m) => m.carrier },
          { head: "Dock", cell: (m) => m.dock },
          { head: "State", cell: (m) => <Pill status={m.status} /> },
          { head: "Loaded", cell: (m) => <Bar done={m.loaded} total={m.expected} label={`Loaded into ${m.id}`} /> },
          {
            head: "",
            cell: (m) => (
              <span class="row">
                {m.status !== "closed" && m.status !== "departed" && (
                  <button type="button" onClick={() => void close(m.id)} data-testid={`close-${m.id}`}>
                    Close
                  </button>
                )}
                <Paper to={`/manifests/${m.id}.pdf`}>PDF</Paper>
              </span>
            ),
          },
        ]}
      />
      {making && (
        <Dialog title="New manifest" send="Open" onSend={make} onClose={() => setMaking(false)}>
          <Text name="carrier" label="Carrier" required />
          <Text name="dock" label="Dock" hint="DOCK-1" />
        </Dialog>
      )}
    </>
  );
}

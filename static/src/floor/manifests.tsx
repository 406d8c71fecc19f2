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
  vehicle?: string;
  driver?: string;
  seal?: string;
  pallets: { id: string; sscc: string; parcels: string[] }[];
  missing: { id: string; tracking: string; seen: string; left_by?: string; held?: boolean }[];
  photos: number;
  signed_at?: string;
  signer?: string;
  reopen_until?: string;
}

// Details are what stands behind a row: the vehicle, the pallets, what is missing and where it was last, and the proofs.
function Details({ m }: { m: Manifest }) {
  const photos = Array.from({ length: m.photos }, (_, i) => i + 1);
  return (
    <details data-testid={`details-${m.id}`}>
      <summary>
        {[m.vehicle, m.pallets.length > 0 && `${m.pallets.length} on pallets`, m.missing.length > 0 && `${m.missing.length} missing`, m.photos > 0 && "photo", m.signed_at && "signed"].filter(Boolean).join(", ") || "-"}
      </summary>
      {(m.driver || m.seal) && <p>{[m.driver && `Driver ${m.driver}`, m.seal && `seal ${m.seal}`].filter(Boolean).join(", ")}</p>}
      {m.pallets.map((p) => (
        <p key={p.id}>
          <span class="code">{p.id}</span> <span class="code">{p.sscc}</span> {p.parcels.length} parcels <Paper to={`/pallets/${p.id}/label.pdf`}>Label</Paper>
        </p>
      ))}
      <ul>
        {m.missing.map((p) => (
          <li key={p.id}>
            <span class="code">{p.tracking}</span> {p.held ? "held; " : ""}
            {p.left_by ? `left behind by ${p.left_by}; ` : ""}
            {p.seen}
          </li>
        ))}
      </ul>
      <p>
        {photos.map((n) => (
          <Paper key={n} to={`/manifests/${m.id}/photos/${n}.jpg`}>{`Photo ${n}`}</Paper>
        ))}
        {m.signed_at && <Paper to={`/manifests/${m.id}/signature.svg`}>{`Signature of ${m.signer}`}</Paper>}
      </p>
    </details>
  );
}

export function Manifests() {
  const live = usePages<Manifest>("/manifests");
  const [making, setMaking] = useState(false);
  const [opening, setOpening] = useState("");
  const [fault, setFault] = useState<Error | null>(null);
  const close = async (id: string) => {
    setFault(null);
    await post(`/manifests/${id}/close`, {}).then(live.again, setFault);
  };
  const reopen = async (d: FormData) => {
    await post(`/manifests/${opening}/reopen`, { reason: field(d, "reason") });
    live.again();
  };
  const make = async (d: FormData) => {
    await post("/manifests", { carrier: field(d, "carrier"), dock: field(d, "dock"), vehicle: field(d, "vehicle"), driver: field(d, "driver") });
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
          { head: "Truck", cell: (m) => <Details m={m} /> },
          {
            head: "",
            cell: (m) => (
              <span class="row">
                {m.status !== "closed" && m.status !== "departed" && (
                  <button type="button" onClick={() => void close(m.id)} data-testid={`close-${m.id}`}>
                    Close
                  </button>
                )}
                {m.reopen_until && Date.parse(m.reopen_until) > Date.now() && (
                  <button type="button" onClick={() => setOpening(m.id)} data-testid={`reopen-${m.id}`}>
                    Reopen
                  </button>
                )}
                <Paper to={`/manifests/${m.id}.pdf`}>PDF</Paper>
                <Paper to={`/manifests/${m.id}.csv`}>CSV</Paper>
              </span>
            ),
          },
        ]}
      />
      {making && (
        <Dialog title="New manifest" send="Open" onSend={make} onClose={() => setMaking(false)}>
          <Text name="carrier" label="Carrier" required />
          <Text name="dock" label="Dock" hint="DOCK-1" />
          <Text name="vehicle" label="Number plate" />
          <Text name="driver" label="Driver" />
        </Dialog>
      )}
      {opening && (
        <Dialog title={`Reopen ${opening}`} send="Reopen" onSend={reopen} onClose={() => setOpening("")}>
          <Text name="reason" label="Why" required />
        </Dialog>
      )}
    </>
  );
}

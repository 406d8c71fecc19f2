import { useState } from "preact/hooks";
import { post } from "../api";
import { field } from "../doors/form";
import { Dialog, Text } from "./dialog";
import { QR } from "../look/qr";
import { usePages } from "./live";
import { Table } from "./table";

interface Worker {
  id: string;
  name: string;
  roles?: string[];
  language?: string;
  has_pin?: boolean;
  disabled?: boolean;
}

const ROLES = ["picker", "packer", "inspector", "lead", "admin"];

export function Workers() {
  const live = usePages<Worker>("/workers");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; id: string; badge: string } | null>(null);
  const send = async (d: FormData) => {
    const name = field(d, "name");
    const pin = field(d, "pin");
    const answer = await post<{ id: string; badge: string }>("/workers", {
      name,
      roles: d.getAll("roles").map(String),
      language: field(d, "language") || "en",
      ...(pin && { pin }),
    });
    setMade({ name, ...answer });
    live.again();
  };
  return (
    <>
      <button type="button" class="primary" onClick={() => setMaking(true)} data-testid="new-worker">
        New worker
      </button>
      {made && (
        <section class="made" role="status" data-testid="badge" data-code={made.badge}>
          <QR text={made.badge} label={`Badge of ${made.name}`} />
          <div>
            <p>
              <b>{made.name}</b> <span class="code">{made.id}</span>
            </p>
            <p class="code">{made.badge}</p>
            <p class="no-print">This badge is shown this once: print it now, or scan it from the screen.</p>
            <button type="button" class="no-print" onClick={() => print()}>
              Print
            </button>
          </div>
        </section>
      )}
      <Table
        label="Workers"
        live={live}
        id={(w) => w.id}
        row={(w) => ({ "data-testid": `worker-row-${w.id}` })}
        empty="No worker yet."
        columns={[
          { head: "Worker", cell: (w) => <span class="named">{w.name} <span class="code">{w.id}</span></span> },
          { head: "Roles", cell: (w) => (w.roles ?? []).join(", ") },
          { head: "Language", cell: (w) => w.language },
          { head: "PIN", cell: (w) => (w.has_pin ? "set" : "none") },
          { head: "", cell: (w) => (w.disabled ? "disabled" : "") },
        ]}
      />
      {making && (
        <Dialog title="New worker" send="Save" onSend={send} onClose={() => setMaking(false)}>
          <Text name="name" label="Name" required />
          <fieldset class="kinds">
            <legend>Roles</legend>
            {ROLES.map((r, i) => (
              <label key={r}>
                <input type="checkbox" name="roles" value={r} defaultChecked={i === 0} /> {r}
              </label>
            ))}
          </fieldset>
          <Text name="language" label="Language" value="en" />
          <Text name="pin" label="PIN" type="password" />
        </Dialog>
      )}
    </>
  );
}

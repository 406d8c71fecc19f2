import { useState } from "preact/hooks";
import { put } from "../api";
import { field } from "../doors/form";
import { Dialog, Text } from "./dialog";

// The scale of a bench that stands on the network, behind a box with a serial plug. One that is plugged into the bench
// itself is chosen there, in its menu.

interface Weighing {
  id: string;
  name: string;
  kind: string;
  scale?: string;
}

export function ScaleCell({ of, again }: { of: Weighing; again: () => void }) {
  const [open, setOpen] = useState(false);
  if (of.kind !== "bench" && !of.scale) return null;
  const save = async (d: FormData) => {
    await put(`/devices/${of.id}`, { scale: field(d, "scale") });
    again();
  };
  return (
    <>
      <button type="button" class="bare" data-testid={`scale-of-${of.id}`} onClick={() => setOpen(true)}>
        {of.scale || "none"}
      </button>
      {open && (
        <Dialog title={`Scale of ${of.name}`} send="Save" onSend={save} onClose={() => setOpen(false)}>
          <Text name="scale" label="Address of a scale on the network" value={of.scale ?? ""} hint="192.168.1.60:4001" />
          <p>Empty: none. Then choose Network scale in the menu of the bench. A scale plugged into the bench is chosen there too.</p>
        </Dialog>
      )}
    </>
  );
}

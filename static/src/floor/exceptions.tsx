import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults, field } from "../doors/form";
import { when } from "../words";
import { Dialog, Text } from "./dialog";

// What a person must see to, and the way on from each: to the thing itself, or to the bin its goods go back to.

export interface Exception {
  id: string;
  at: string;
  kind: string;
  say: string;
  about?: { kind: string; id: string };
}

const pages: Record<string, (id: string) => string> = {
  order: (id) => `/floor/orders/${id}`,
  picklist: (id) => `/floor/picklists/${id}`,
  pick: (id) => `/floor/picklists/${id}`,
  pack: (id) => `/floor/orders/${id}`,
  bin: (id) => `/floor/stock?bin=${encodeURIComponent(id)}`,
  device: () => "/floor/devices",
  purchase: (id) => `/floor/purchases/${id}`,
  adjustment: () => "/floor/stock",
  item: (id) => `/floor/stock?sku=${encodeURIComponent(id)}`,
};

// A count that finds a difference is an adjustment of the stock, which closes what asked for it by itself.
const COUNTS = new Set(["short_pick", "count"]);

export function Exceptions({ list }: { list: Exception[] }) {
  const [fault, setFault] = useState<Error | null>(null);
  const close = (id: string) => {
    setFault(null);
    post(`/exceptions/${encodeURIComponent(id)}/close`, {}).catch(setFault);
  };
  return (
    <>
      {fault && <Faults fault={fault} />}
      {list.length === 0 && <p class="empty">Nothing. All is well.</p>}
      <ul class="rows">
        {list.map((x) => (
          <li key={x.id} class="exception" data-testid={`exception-${x.id}`} data-kind={x.kind}>
            <span class="quiet">{when(x.at)}</span>
            <span class="grow">{x.say}</span>
            <About about={x.about} />
            {x.kind === "put_back" && x.about?.kind === "order" ? (
              <PutBack order={x.about.id} />
            ) : x.kind === "adjustment_waits" ? null : ( // another's word ends it, on the page of the stock
              <button type="button" onClick={() => close(x.id)} data-testid={`close-${x.id}`}>
                {COUNTS.has(x.kind) ? "The books are right" : "Done"}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function About({ about }: { about: Exception["about"] }) {
  if (!about?.id) return null;
  const page = pages[about.kind];
  if (!page) return <span class="code">{about.id}</span>;
  return (
    <a class="code" href={page(about.id)}>
      {about.id}
    </a>
  );
}

// PutBack says into which bin the goods of a cancelled order went: done is when the books have them there.
export function PutBack({ order, again }: { order: string; again?: () => void }) {
  const [open, setOpen] = useState(false);
  const send = async (d: FormData) => {
    await post(`/orders/${encodeURIComponent(order)}/put-back`, { bin: field(d, "bin") });
    again?.();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} data-testid={`put-back-${order}`}>
        Put back
      </button>
      {open && (
        <Dialog title={`Goods of ${order}`} send="They are in this bin" onSend={send} onClose={() => setOpen(false)}>
          <Text name="bin" label="Bin" hint="A-01" required />
        </Dialog>
      )}
    </>
  );
}

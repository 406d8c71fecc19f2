import { useState } from "preact/hooks";
import { put } from "../api";
import { field } from "../doors/form";
import { grams } from "../words";
import { Dialog, Pick, Text } from "./dialog";
import { asked, Paper, useFind } from "./find";
import { usePages } from "./live";
import { Table } from "./table";

interface Item {
  sku: string;
  name: string;
  barcodes?: { code: string; qty: number }[];
  weight_g?: number;
  size_mm?: number[];
  tracking?: string;
  category?: string;
  hazard?: string;
  customs?: { hs_code?: string; origin?: string };
  dangerous?: { un?: string };
}

export function Items() {
  const [q, find] = useFind();
  const live = usePages<Item>(`/items${asked({ q })}`);
  const [making, setMaking] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>Items</h1>
        {find}
        <button type="button" class="primary" onClick={() => setMaking(true)} data-testid="new">
          New item
        </button>
        <a class="button" href="/floor/import?kind=items">
          Import
        </a>
        <Paper to="/labels/items.pdf">Labels</Paper>
      </div>
      <Table
        label="Items"
        live={live}
        id={(i) => i.sku}
        row={(i) => ({ "data-testid": `item-row-${i.sku}` })}
        empty="No items. Import them, or make one."
        columns={[
          { head: "SKU", cell: (i) => <a class="code" href={`/floor/stock?sku=${encodeURIComponent(i.sku)}`}>{i.sku}</a> },
          { head: "Name", cell: (i) => i.name },
          { head: "Barcodes", cell: (i) => (i.barcodes ?? []).map((b) => (b.qty > 1 ? `${b.code} ×${b.qty}` : b.code)).join(", ") },
          { head: "Size mm", cell: (i) => (i.size_mm ?? []).join(" × ") },
          { head: "Weight", cell: (i) => grams(i.weight_g), number: true },
          { head: "Tracking", cell: (i) => (i.tracking && i.tracking !== "none" ? i.tracking : "") },
          { head: "Category", cell: (i) => i.category },
          { head: "Customs", cell: (i) => [i.customs?.hs_code, i.customs?.origin].filter(Boolean).join(" ") },
          { head: "Dangerous", cell: (i) => (i.dangerous?.un ? `UN ${i.dangerous.un}` : i.hazard) },
        ]}
      />
      {making && <NewItem onClose={() => setMaking(false)} again={live.again} />}
    </>
  );
}

function NewItem({ onClose, again }: { onClose: () => void; again: () => void }) {
  const send = async (d: FormData) => {
    const barcode = field(d, "barcode");
    const weight = field(d, "weight_g");
    await put(`/items/${encodeURIComponent(field(d, "sku"))}`, {
      name: field(d, "name"),
      ...(barcode && { barcodes: [{ code: barcode, qty: 1 }] }),
      ...(weight && { weight_g: Number(weight) }),
      tracking: field(d, "tracking"),
    });
    again();
  };
  return (
    <Dialog title="New item" send="Save" onSend={send} onClose={onClose}>
      <Text name="sku" label="SKU" required />
      <Text name="name" label="Name" required />
      <Text name="barcode" label="Barcode" hint="scan it here" />
      <Text name="weight_g" label="Weight in grams" type="number" />
      <Pick name="tracking" label="Tracked by" options={["none", "lot", "serial"]} />
    </Dialog>
  );
}

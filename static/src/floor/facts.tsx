import { Faults } from "../doors/form";
import { count, grams, plain, when } from "../words";
import { useLookUp } from "./explore";
import { usePath } from "./live";
import { Panel } from "./now";
import type { By } from "./stock";
import { Pill } from "./table";
import { At, To } from "./things";

// What a thing is, in a line or two.

export function Facts({ by }: { by: By }) {
  const one = encodeURIComponent;
  if (by.parcel) return <ParcelFacts path={`/parcels/${one(by.parcel)}`} />;
  if (by.pallet) return <PalletFacts path={`/pallets/${one(by.pallet)}`} />;
  if (by.tote) return <ToteFacts id={by.tote} />;
  if (by.receipt) return <ReceiptFacts id={by.receipt} />;
  if (by.bin) return <BinFacts path={`/bins/${one(by.bin)}`} />;
  if (by.sku) return <ItemFacts path={`/items/${one(by.sku)}`} by={by} />;
  return null;
}

interface Item {
  name: string;
  barcodes?: { code: string; qty: number }[] | null;
  tracking: string;
  expiry?: boolean;
  weight_g?: number;
}

function ItemFacts({ path, by }: { path: string; by: By }) {
  const { data: it, fault } = usePath<Item>(path);
  if (!it) return fault && <Faults fault={fault} />;
  const codes = (it.barcodes ?? []).map((b) => (b.qty > 1 ? `${b.code} (${b.qty})` : b.code));
  return (
    <Panel title={by.serial ? `Serial ${by.serial} of ${it.name}` : by.lot ? `Lot ${by.lot} of ${it.name}` : it.name} wide>
      <p data-testid="facts">
        Item <To kind="item" id={by.sku} />
        {it.tracking !== "none" && `, kept by ${it.tracking}`}
        {it.expiry && ", expires"}
        {it.weight_g ? `, ${grams(it.weight_g)}` : ""}. {codes.length > 0 && <span class="code">{codes.join(", ")}</span>}{" "}
        <a href={`/floor/reorder/${encodeURIComponent(by.sku)}`}>Its demand</a>
      </p>
    </Panel>
  );
}

interface Bin {
  code: string;
  kind: string;
  zone?: string;
  aisle: number;
  cell: number;
}

function BinFacts({ path }: { path: string }) {
  const { data: b, fault } = usePath<Bin>(path);
  if (!b) return fault && <Faults fault={fault} />;
  return (
    <Panel title={`Bin ${b.code}`} wide>
      <p data-testid="facts">
        A bin of kind <b>{b.kind}</b>
        {b.zone && `, zone ${b.zone}`}, aisle {b.aisle}, cell {b.cell}. <a href="/floor/plan">On the plan</a>
      </p>
    </Panel>
  );
}

function useFound(kind: string, id: string) {
  const { data, fault } = useLookUp(id);
  return { found: data?.found.find((f) => f.kind === kind && f.id === id), loaded: Boolean(data), fault };
}

function ToteFacts({ id }: { id: string }) {
  const { found, loaded, fault } = useFound("tote", id);
  if (!loaded) return fault && <Faults fault={fault} />;
  return (
    <Panel title={`Tote ${id}`} wide>
      <p data-testid="facts">{!found ? "There is no such tote." : found.order ? <>It holds goods of order <To kind="order" id={found.order} />.</> : "It is nobody's now."}</p>
    </Panel>
  );
}

function ReceiptFacts({ id }: { id: string }) {
  const { found, loaded, fault } = useFound("receipt", id);
  if (!loaded) return fault && <Faults fault={fault} />;
  return (
    <Panel title={`Receipt ${id}`} wide>
      <p data-testid="facts">
        {!found && "There is no such receipt."}
        {found && <Pill status={found.status ?? ""} />}{" "}
        {found?.purchase && (
          <>
            Of purchase <To kind="purchase" id={found.purchase}>{found.name}</To>.
          </>
        )}
        {found && !found.purchase && "Nobody had announced it."}
      </p>
    </Panel>
  );
}

interface Parcel {
  id: string;
  order: string;
  tracking: string;
  sscc: string;
  carrier: string;
  service: string;
  status: string;
  weight_g: number;
  manifest?: string;
  loaded_at?: string;
  units: { sku: string; qty: number; lot?: string; serial?: string; expiry?: string }[] | null;
  tracking_events?: { at: string; what: string; town?: string }[] | null;
}

function ParcelFacts({ path }: { path: string }) {
  const { data: p, fault } = usePath<Parcel>(path);
  if (!p) return fault && <Faults fault={fault} />;
  const last = (p.tracking_events ?? []).at(-1);
  return (
    <Panel title={`Parcel ${p.id}`} wide>
      <p data-testid="facts">
        <Pill status={p.status} /> Of order <To kind="order" id={p.order} />, {p.carrier} {p.service}, {grams(p.weight_g)}. <span class="code">{[p.tracking, p.sscc].filter(Boolean).join(", ")}</span>{" "}
        {p.manifest && (
          <>
            Truck <To kind="manifest" id={p.manifest} />
            {p.loaded_at && `, loaded ${when(p.loaded_at)}`}.{" "}
          </>
        )}
        {last && `Its carrier said ${plain(last.what)} ${when(last.at)}${last.town ? ` in ${last.town}` : ""}.`}
      </p>
      <ul>
        {(p.units ?? []).map((u, i) => (
          <li key={i}>
            {count(u.qty)} × <To kind="item" id={u.sku} /> {u.lot && <To kind="lot" id={u.lot} sku={u.sku} />} {u.serial && <To kind="serial" id={u.serial} sku={u.sku} />} {u.expiry}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface Pallet {
  id: string;
  sscc: string;
  carrier: string;
  status: string;
  place?: string;
  manifest?: string;
  parcels: string[] | null;
}

function PalletFacts({ path }: { path: string }) {
  const { data: p, fault } = usePath<Pallet>(path);
  if (!p) return fault && <Faults fault={fault} />;
  return (
    <Panel title={`Pallet ${p.id}`} wide>
      <p data-testid="facts">
        <Pill status={p.status} /> {p.carrier}, <span class="code">{p.sscc}</span> {p.place && <At place={p.place.includes(":") ? p.place : `bin:${p.place}`} />}
      </p>
      <ul>
        {(p.parcels ?? []).map((id) => (
          <li key={id}>
            <To kind="parcel" id={id} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

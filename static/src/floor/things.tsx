import type { ComponentChildren } from "preact";
import { asked } from "./find";

// Where each thing of the house has its page on the desk.

export interface Found {
  kind: string;
  id: string;
  name?: string;
  sku?: string;
  lot?: string;
  expiry?: string;
  serial?: string;
  qty?: number;
  status?: string;
  order?: string;
  purchase?: string;
  odd?: string;
}

const own: Record<string, (id: string) => string> = {
  order: (id) => `/floor/orders/${encodeURIComponent(id)}`,
  picklist: (id) => `/floor/picklists/${encodeURIComponent(id)}`,
  purchase: (id) => `/floor/purchases/${encodeURIComponent(id)}`,
  return: (id) => `/floor/returns/${encodeURIComponent(id)}`,
  manifest: () => "/floor/manifests",
};

// stock is the page of what may lie somewhere, or have gone through something.
export const stock = (by: Record<string, string | undefined>): string =>
  `/floor/stock${asked(Object.fromEntries(Object.entries(by).map(([k, v]) => [k, v ?? ""])))}`;

// pageOf is where a thing is looked at; a carton has no page.
export function pageOf(f: Found): string | undefined {
  switch (f.kind) {
    case "item":
      return stock({ sku: f.sku ?? f.id });
    case "lot":
      return stock({ sku: f.sku, lot: f.lot ?? f.id });
    case "serial":
      return stock({ sku: f.sku, serial: f.serial ?? f.id });
    case "bin":
    case "tote":
    case "parcel":
    case "receipt":
    case "pallet":
      return stock({ [f.kind]: f.id });
  }
  return own[f.kind]?.(f.id);
}

// To is a thing's code with the way to it.
export function To({ kind, id, sku, children }: { kind: string; id: string | undefined; sku?: string | undefined; children?: ComponentChildren }) {
  if (!id) return null;
  const page = pageOf({ kind, id, ...(sku ? { sku } : {}) });
  if (!page) return <span class="code">{children ?? id}</span>;
  return (
    <a class="code" href={page}>
      {children ?? id}
    </a>
  );
}

const outside: Record<string, string> = { "out:supplier": "supplier", "out:customer": "customer", "out:scrap": "scrap", "out:adjustment": "the books" };

// At is a place with the way to it: a bin, a tote, a parcel, or what lies outside the house.
export function At({ place }: { place: string }) {
  const [kind, id] = [place.slice(0, place.indexOf(":")), place.slice(place.indexOf(":") + 1)];
  if (kind === "bin") return <To kind="bin" id={id} />;
  if (kind === "tote" || kind === "parcel") {
    return (
      <>
        {kind} <To kind={kind} id={id} />
      </>
    );
  }
  return <>{outside[place] ?? place}</>;
}

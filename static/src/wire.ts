import type { Profile } from "./job/profile";

// The shapes that travel between the floor and a screen, as the contract names them.

export const CLASSES = ["accepted", "note", "choose", "refused", "stop"] as const;

export type Class = (typeof CLASSES)[number];

export interface Thing {
  kind?: string;
  code?: string;
  text?: string;
}

export interface Job {
  kind: string;
  id: string;
  done: number;
  total: number;
}

export interface Choice {
  id: string;
  text: string;
}

export interface Ask {
  id: string;
  text: string;
  kind: "choice" | "number" | "secret";
  options: Choice[];
  suggest?: number | string;
}

export interface Offer {
  job: string;
  id: string;
  title: string;
  detail?: string;
  done?: number;
  total?: number;
  worker?: string;
}

export interface Line {
  sku: string;
  name?: string;
  qty: number;
  done: number;
}

// ParcelOf is a parcel as a dock lists it.
export interface ParcelOf {
  id: string;
  tracking?: string;
  order?: string;
  carrier?: string;
  service?: string;
  due?: string; // its service's next collection
  seen?: string; // where it was last
  pallet?: string;
  left_by?: string; // the truck that left without it
}

export interface Show {
  jobs?: Offer[];
  item?: { sku: string; name?: string; weight_g?: number; hazard?: string; fragile?: boolean; keep_flat?: boolean };
  bin?: string;
  zone?: string;
  leg?: { from?: { aisle: number; cell: number }; to: { aisle: number; cell: number } };
  qty?: number;
  done?: number;
  total?: number;
  lot?: string;
  expiry?: string;
  serial?: string;
  slot?: number;
  slots?: number;
  tote?: string;
  order?: string;
  external_id?: string;
  lines?: Line[];
  parcel?: { id: string; n?: number; weight_g?: number; tracking?: string; sscc?: string };
  cartons?: { code: string; name: string; scan: string }[];
  carton?: { code: string; name: string; inner_mm?: [number, number, number]; n?: number };
  fill?: { z_mm: number; items: { sku: string; at: [number, number, number]; size: [number, number, number] }[] }[];
  expected_weight_g?: number;
  weigh?: { tolerance_g?: number; typed: string; off?: { weight_g: number; difference_g: number; cause: string } };
  label_url?: string;
  manifest?: { id: string; carrier: string; dock?: string; vehicle?: string; seal?: string; photos?: number; signed?: boolean };
  pallet?: { id: string; sscc: string; carrier: string; parcels: number; weight_g: number; place?: string };
  missing?: boolean; // the parcels are those not on board yet
  proof?: ("photo" | "signature")[]; // still wanted
  also?: string[]; // actions beside the only way on
  print?: { id: string; status: string; why?: string; printer: string; copy: number };
  loaded?: number;
  expected?: number;
  parcels?: ParcelOf[];
  reasons?: string[];
  note?: string;
  gift?: string;
  why?: string;
  stage?: string;
  worker?: string;
  open_parcels?: { id: string; n: number; units: number; now?: boolean; inner?: string[] }[];
  instructions?: string[];
  typed_g?: number;
  unit?: number; // of a return: the number of the one in the hand
  photos?: number; // that there are of it
}

// Notice is what somebody else changed of this device's work; each is sounded once, by its id.
export interface Notice {
  id: number;
  code: string;
  class: Class;
  say: string;
}

export interface Next {
  job: Job | null;
  step: string;
  expects: string[];
  want: { kind: string; code: string }[];
  title: string;
  language?: string; // in which the floor says it
  show: Show;
  ask: Ask | null;
  actions: string[];
  offline: boolean;
  ahead: Next[];
  notices: Notice[];
}

export interface Verdict {
  id: string;
  code: string;
  class: Class;
  say: string;
  scanned?: Thing;
  wanted?: Thing;
  belongs?: Thing;
  origin?: string;
  replayed?: boolean;
  override?: boolean; // a lead may set this refusal aside
}

export interface Worker {
  id: string;
  name: string;
  roles?: string[];
  language?: string;
}

export interface Device {
  id: string;
  name: string;
  kind: string;
  printer?: string;
  scale?: string; // the address of one on the network
  scanner?: Profile & { drift?: string };
  calibrated?: string;
}

// readNext takes what the floor sent and fills in what it left out or sent as null, so that no screen has
// to ask twice.
export function readNext(raw: unknown): Next {
  const r = (raw ?? {}) as Partial<Next>;
  return {
    job: r.job ?? null,
    step: r.step ?? "",
    expects: r.expects ?? [],
    want: r.want ?? [],
    title: r.title ?? "",
    ...(r.language ? { language: r.language } : {}),
    show: r.show ?? {},
    ask: r.ask ? { ...r.ask, options: r.ask.options ?? [] } : null,
    actions: r.actions ?? [],
    offline: r.offline ?? false,
    ahead: (r.ahead ?? []).map(readNext),
    notices: r.notices ?? [],
  };
}

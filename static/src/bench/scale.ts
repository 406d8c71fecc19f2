import { computed, effect, signal } from "@preact/signals";
import type { Session } from "../job/session";
import { askForHid, hearHid, hid } from "./scale-hid";
import type { Reading } from "./scale-line";
import { askForPort, hearSerial, serial } from "./scale-serial";
import { SILENT_MS, Steady, type Live } from "./steady";

// The bench's scale: which one it is, what it says now, and the weight it gives by itself when it stands still.

export type Kind = "none" | "hid" | "serial" | "network";
export const KINDS: Kind[] = ["none", "hid", "serial", "network"];

export interface Choice {
  kind: Kind;
  auto: boolean;
  baud: number;
  port: string; // the name of the serial port
}

const KEY = "floorline.scale";
const NONE: Choice = { kind: "none", auto: true, baud: 9600, port: "" };

function kept(): Choice {
  try {
    return { ...NONE, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Choice>) };
  } catch {
    return NONE;
  }
}

export const choice = signal<Choice>(kept());
export const fault = signal(""); // what the browser said when the scale could not be opened

export function choose(c: Partial<Choice>): void {
  choice.value = { ...choice.value, ...c };
  localStorage.setItem(KEY, JSON.stringify(choice.value));
}

// can says whether this browser can speak to a kind of scale.
export function can(kind: Kind): boolean {
  return kind === "hid" ? hid() !== undefined : kind === "serial" ? serial() !== undefined : true;
}

// pick has the person choose the device, where the browser wants that.
export async function pick(kind: Kind): Promise<void> {
  fault.value = "";
  try {
    if (kind === "hid" && !(await askForHid())) return;
    if (kind === "serial") {
      const port = await askForPort();
      if (!port) return;
      choose({ port });
    }
    choose({ kind });
  } catch (e) {
    if (!(e instanceof DOMException && e.name === "NotFoundError")) fault.value = String(e); // else nothing was chosen
  }
}

const SILENT: Live = { mg: 0, told: "silent" };
export const live = signal<Live>(SILENT);
const steady = new Steady();
const taken = signal<{ parcel: string; mg: number } | null>(null); // the weight that was used last

// prompt is what the bench says beside the weight: what to do, or how the scale is.
export const prompt = computed(() => {
  const { told, mg } = live.value;
  const parcel = weighing.value;
  if (told !== "" && told !== "zero") return told;
  if (told === "zero") return "place";
  if (taken.value?.parcel === parcel && !steady.usable(parcel, mg)) return refused.value ? "wrong" : "taken";
  return steady.usable(parcel, mg) ? "ok" : "off";
});

const weighing = signal(""); // the parcel at the weigh step, or ""
const refused = signal(false); // the floor did not take its last weight

// mayTake says whether a tap may take the weight that is shown.
export const mayTake = computed(() => live.value.told === "" && weighing.value !== "" && (taken.value, steady.again(weighing.value)));

export function take(s: Session): void {
  const { mg } = live.value;
  const parcel = weighing.value;
  if (!mayTake.value) return;
  steady.use(parcel, mg);
  taken.value = { parcel, mg };
  s.act("weigh", { weight_g: Math.max(1, Math.round(mg / 1000)), source: "scale" });
}

// attach has a bench hear its scale for as long as its screen is open.
export function attach(s: Session): () => void {
  let heardAt = performance.now();
  const hear = (r: Reading) => {
    heardAt = performance.now();
    live.value = steady.take(r, heardAt);
  };
  const broken = (e: unknown) => (fault.value = String(e));
  const watch = setInterval(() => {
    if (performance.now() - heardAt > SILENT_MS) live.value = SILENT;
  }, SILENT_MS / 5);
  s.onScale = (f) => {
    if (choice.value.kind !== "network") return;
    if (f.state === "reading") hear({ mg: Number(f.mg), stable: f.stable === true, said: (f.said ?? "") as Reading["said"] });
    else live.value = SILENT;
  };
  const which = computed(() => JSON.stringify([choice.value.kind, choice.value.port, choice.value.baud]));
  const following = effect(() => {
    void which.value;
    const { kind, port, baud } = choice.peek();
    live.value = SILENT;
    if (kind === "hid") return hearHid(hear, broken);
    if (kind === "serial") return hearSerial(port, baud, hear, broken);
    return undefined;
  });
  const step = effect(() => {
    const n = s.next.value;
    refused.value = n.show.weigh?.off !== undefined;
    weighing.value = n.step === "weigh" && !n.ask ? (n.show.parcel?.id ?? n.show.order ?? "") : "";
  });
  const byItself = effect(() => {
    const { told, mg } = live.value;
    const ready = choice.value.auto && told === "" && weighing.value !== "" && s.state.value === "live" && s.amber.value === 0;
    if (ready && steady.usable(weighing.value, mg)) queueMicrotask(() => take(s));
  });
  return () => {
    clearInterval(watch);
    s.onScale = null;
    for (const end of [following, step, byItself]) end();
  };
}

import { signal } from "@preact/signals";
import type { Class, Next, Notice, Thing, Verdict } from "../wire";

// What a device has been told and shows over its work: the floor's last word, what was refused of a time out of
// reach, and what somebody else changed. Each is sounded once.

export interface Shown {
  id: string;
  code: string;
  class: Class | "saved";
  say: string;
  scanned?: Thing;
  wanted?: Thing;
  belongs?: Thing;
  origin?: string; // as the floor keeps it: typed, camera or tapped
  override?: boolean; // a lead may set it aside
}

export const isBad = (c: Class): boolean => c === "refused" || c === "stop";

export class Told {
  readonly verdict = signal<Shown | null>(null);
  readonly missed = signal<Shown[]>([]); // refused while nobody was looking, not yet read
  readonly notices = signal<Notice[]>([]); // what somebody else changed, not yet put away
  private noticed = 0; // the last notice that was sounded

  constructor(
    private readonly sound: (c: Class) => void,
    private readonly keep: (missed: Shown[]) => void,
  ) {}

  show(v: Verdict | Shown): void {
    this.verdict.value = shown(v);
    if (v.class !== "saved") this.sound(v.class);
  }

  // tell says something quietly: the device's own word, not the floor's.
  tell(code: string, say: string, of?: { code?: string; origin?: string }): void {
    const scanned = of?.code ? { scanned: { code: of.code } } : {};
    this.verdict.value = { id: "", code, class: "saved", say, ...scanned, ...(of?.origin ? { origin: of.origin } : {}) };
  }

  // refuse says as loud as a stop that a scan was not taken.
  refuse(code: string, say: string, scanned?: string): void {
    this.show({ id: "", code, class: "stop", say, scanned: { code: scanned } });
  }

  // clear puts away what was said of the scan before. A stop waits until somebody puts it away.
  clear(): void {
    this.verdict.value = null;
    this.notices.value = this.notices.value.filter((n) => n.class === "stop");
  }

  // miss keeps a refusal until somebody has read it. Lost scans are asked about anyway.
  miss(v: Verdict): void {
    if (isBad(v.class) && v.code !== "scans_missing") this.setMissed([...this.missed.value.filter((m) => m.id !== v.id), shown(v)]);
  }

  setMissed(list: Shown[]): void {
    this.missed.value = list;
    this.keep(list);
  }

  hear(n: Next): void {
    const fresh = n.notices.filter((x) => x.id > this.noticed);
    if (fresh.length === 0) return;
    this.noticed = Math.max(...fresh.map((x) => x.id));
    this.notices.value = [...this.notices.value, ...fresh];
    this.sound(fresh.some((x) => x.class === "stop") ? "stop" : "note");
  }
}

function shown(v: Verdict | Shown): Shown {
  const more = { ...(v.origin ? { origin: v.origin } : {}), ...(v.override ? { override: true } : {}) };
  return { id: v.id, code: v.code, class: v.class, say: v.say, scanned: v.scanned, wanted: v.wanted, belongs: v.belongs, ...more };
}

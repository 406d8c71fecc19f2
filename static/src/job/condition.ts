import { effect, type ReadonlySignal } from "@preact/signals";
import type { State } from "./state";

// A device tells the floor how it is, where its browser knows: battery and signal, and how long an answer of
// the floor takes. Once a minute and when something changes; a lead swaps the battery before it dies in an
// aisle. None of it is a command: it has no counter, is never kept and never sent again.

export interface Battery extends EventTarget {
  level: number;
  charging: boolean;
}

export interface Connection extends EventTarget {
  effectiveType?: string;
  downlink?: number;
}

export interface Knows {
  getBattery?: () => Promise<Battery>;
  connection?: Connection;
}

interface Told {
  probe(): void;
  send(frame: object): boolean;
  onPong: (ms: number) => void;
}

const EVERY_MS = 60_000;
const BETWEEN_MS = 5_000; // a cable with a loose contact is no reason to talk all day

export class Condition {
  private battery: Battery | null = null;
  private due = false;
  private saidAt = -Infinity;
  private later: ReturnType<typeof setTimeout> | undefined;
  private readonly off = new AbortController();

  constructor(
    private readonly floor: Told,
    private readonly knows: Knows = navigator as Knows,
  ) {}

  // start tells the floor whenever the link has come to life, each minute, and after a change.
  start(state: ReadonlySignal<State>): () => void {
    this.floor.onPong = (ms) => this.answered(ms);
    const on = { signal: this.off.signal };
    void this.knows
      .getBattery?.()
      .then((b) => {
        this.battery = b;
        for (const kind of ["levelchange", "chargingchange"]) b.addEventListener(kind, () => this.changed(), on);
        this.changed();
      })
      .catch(() => undefined); // a browser may refuse; then nothing is told of the battery
    this.knows.connection?.addEventListener?.("change", () => this.changed(), on);
    const every = setInterval(() => this.ask(), EVERY_MS);
    const linked = effect(() => {
      if (state.value === "live") this.ask();
    });
    return () => {
      this.off.abort();
      clearInterval(every);
      clearTimeout(this.later);
      linked();
    };
  }

  private changed(): void {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.ask(), Math.max(0, this.saidAt + BETWEEN_MS - performance.now()));
  }

  // ask measures the way to the floor and back; its answer is what is waited for to speak.
  private ask(): void {
    this.due = true;
    this.floor.probe();
  }

  private answered(ms: number): void {
    if (!this.due) return;
    this.due = false;
    this.saidAt = performance.now();
    this.floor.send({ type: "condition", ...this.known(), round_trip_ms: Math.round(ms) });
  }

  private known(): Record<string, unknown> {
    const b = this.battery;
    const c = this.knows.connection;
    return {
      ...(b && { battery_percent: Math.round(b.level * 100), charging: b.charging }),
      ...(c?.effectiveType && { network: c.effectiveType }),
      ...(typeof c?.downlink === "number" && { downlink_kbps: Math.round(c.downlink * 1000) }),
    };
  }
}

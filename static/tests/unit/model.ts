import type { SocketLike } from "../../src/job/socket";

// A floor as the contract has it (ids, counters, repeats, resends, conflicts), and the air between it and one
// device: frames are under way in both directions, and a cut loses them all.

interface Frame {
  type: string;
  id: string;
  n: number;
  code?: string;
  action?: string;
  args?: { qty?: number };
}

export class ModelFloor {
  n = 0;
  committed: string[] = [];
  missing = 0;
  private answers = new Map<string, { hash: string; frame: object }>();

  hear(f: Frame): object | null {
    if (f.type === "ping") return { type: "pong" };
    if (f.type === "hello") return { type: "welcome", epoch: 1, seq: 10, n: this.n, recovered: true, worker: null, next: NEXT };
    const hash = JSON.stringify([f.type, f.code, f.action, f.args]);
    const old = this.answers.get(f.id);
    if (old) return old.hash === hash ? { ...old.frame, replayed: true } : this.verdict(f, "conflict");
    if (f.n > this.n + 1) return { type: "resend", from: this.n + 1 };
    if (f.n <= this.n) return this.verdict(f, "conflict");
    this.n = f.n;
    if (f.action === "missing") this.missing += f.args?.qty ?? 0;
    else if (!f.code?.startsWith("U")) this.committed.push(f.code ?? "");
    const frame = this.verdict(f, f.code?.startsWith("WRONG") ? "unknown_code" : "picked");
    this.answers.set(f.id, { hash, frame });
    return frame;
  }

  private verdict(f: Frame, code: string): object {
    return { type: "verdict", id: f.id, code, class: code === "picked" ? "accepted" : "refused", say: "", seq: 11, epoch: 1, next: NEXT, scanned: { code: f.code } };
  }
}

const NEXT = { job: { kind: "pick", id: "PL-1", done: 0, total: 9 }, step: "item", expects: ["item"], want: [], title: "", show: {}, ask: null, actions: [], offline: true };

export class Air {
  on = true;
  private lines: AirLine[] = [];

  constructor(readonly floor: ModelFloor) {}

  open(): SocketLike {
    const line = new AirLine(this);
    this.lines = [...this.lines.filter((l) => !l.dead), line];
    return line;
  }

  // carry takes so many steps: each delivers one frame in one direction.
  carry(steps: number, up: () => boolean): void {
    for (let i = 0; i < steps; i++) for (const l of this.lines) l.carry(up());
  }

  cut(): void {
    this.on = false;
    for (const l of this.lines) l.drop();
  }
}

class AirLine implements SocketLike {
  onopen: ((e: never) => void) | null = null;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  dead = false;
  private opened = false;
  private up: string[] = [];
  private down: object[] = [];

  constructor(private readonly air: Air) {}

  send(text: string): void {
    if (!this.dead) this.up.push(text);
  }

  close(): void {
    this.dead = true;
  }

  drop(): void {
    if (this.dead) return;
    this.dead = true;
    this.onclose?.({ code: 1006 });
  }

  carry(up: boolean): void {
    if (this.dead) return;
    if (!this.air.on) return this.drop();
    if (!this.opened) {
      this.opened = true;
      return this.onopen?.(null as never);
    }
    if (up && this.up.length) {
      const said = this.air.floor.hear(JSON.parse(this.up.shift()!) as Frame);
      if (said) this.down.push(said);
    } else if (this.down.length) {
      this.onmessage?.({ data: JSON.stringify(this.down.shift()) });
    }
  }
}

// chances is a seeded stream of numbers in [0, 1): a run is replayed by its seed.
export function chances(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

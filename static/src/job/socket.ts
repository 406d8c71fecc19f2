// One connection to the floor: it says hello, hears welcome, hands on every frame, and comes back by itself
// after a loss. It knows nothing about jobs; a device's session and the supervisor's pages both use it.

export type Link = "connecting" | "up" | "down" | "elsewhere" | "signin" | "forbidden" | "old";

export interface Frame {
  type: string;
  [key: string]: unknown;
}

export interface SocketLike {
  onopen: ((e: never) => void) | null;
  onmessage: ((e: { data: unknown }) => void) | null;
  onclose: ((e: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Wiring {
  url: string;
  hello: () => Record<string, unknown>;
  onFrame: (frame: Frame) => void;
  onLink: (link: Link) => void;
  open?: (url: string) => SocketLike;
  chance?: () => number;
}

export const SUBPROTOCOL = "floorline.v1";
const BASE_MS = 250;
const CAP_MS = 5_000;
const SLOW_MS = 30_000;
const WELCOME_WITHIN_MS = 8_000;
const SILENT_MS = 15_000; // after this much silence the floor is asked whether it is there
const PONG_WITHIN_MS = 5_000;

export function socketURL(where: { protocol: string; host: string } = location): string {
  return `${where.protocol === "https:" ? "wss" : "ws"}://${where.host}/api/v1/socket`;
}

export class Socket {
  private line: SocketLike | null = null;
  private tries = 0;
  private drainMS = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setTimeout> | undefined;
  private asked: number | null = null; // when a ping went out that has no answer yet
  onPong: (ms: number) => void = () => {};
  private welcomed = false;
  private stopped = true;

  constructor(private readonly w: Wiring) {}

  start(): void {
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.pulse);
    this.drop();
  }

  // hurry tries at once where the next try was waiting: the network said it is back, or a person asked.
  hurry(): void {
    if (this.stopped || this.line) return;
    this.tries = 0;
    this.connect();
  }

  // probe asks the floor whether it is there. A browser does not see the pings underneath, and a phone that
  // slept does not know that its connection has died.
  probe(): void {
    if (!this.send({ type: "ping" })) return;
    this.asked ??= performance.now();
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => this.suspect(), PONG_WITHIN_MS);
  }

  // suspect drops a connection that looks dead (no answer, or a hole in what came) and comes back.
  suspect(): void {
    if (!this.line) return;
    this.drop();
    this.lost(1006);
  }

  send(frame: object): boolean {
    if (!this.line || !this.welcomed) return false;
    this.line.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.welcomed = false;
    this.asked = null;
    this.w.onLink("connecting");
    const line = (this.w.open ?? ((url) => new WebSocket(url, SUBPROTOCOL) as SocketLike))(this.w.url);
    this.line = line;
    line.onopen = () => line.send(JSON.stringify({ type: "hello", ...this.w.hello() }));
    line.onmessage = (e) => this.hear(String(e.data));
    line.onclose = (e) => {
      if (this.line !== line) return;
      this.line = null;
      this.lost(e.code);
    };
    this.timer = setTimeout(() => this.suspect(), WELCOME_WITHIN_MS);
  }

  private hear(text: string): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => this.probe(), SILENT_MS);
    const frame = JSON.parse(text) as Frame;
    if (frame.type === "pong") this.ponged();
    if (frame.type === "drain") this.drainMS = Number(frame.retry_s ?? 3) * 1000;
    if (frame.type === "welcome") {
      clearTimeout(this.timer);
      this.welcomed = true;
      this.tries = 0;
      this.w.onLink("up");
    }
    this.w.onFrame(frame);
  }

  private ponged(): void {
    const asked = this.asked;
    this.asked = null;
    if (asked !== null) this.onPong(performance.now() - asked);
  }

  private lost(code: number): void {
    clearTimeout(this.timer);
    clearTimeout(this.pulse);
    this.welcomed = false;
    if (this.stopped) return;
    const link = linkAfter(code);
    this.w.onLink(link);
    // Two screens that reconnect at each other's cost would never stop; the person chooses.
    if (link === "elsewhere") {
      this.stopped = true;
      return;
    }
    this.timer = setTimeout(() => this.connect(), this.waitMS(code));
  }

  // waitMS is exponential back-off with full jitter, so that a hundred devices do not come back as one.
  private waitMS(code: number): number {
    const chance = (this.w.chance ?? Math.random)();
    if (this.drainMS) {
      const wait = this.drainMS * (1 + chance * 0.5);
      this.drainMS = 0;
      return wait;
    }
    if (code === 4401 || code === 4403 || code === 4426 || code === 4413) return SLOW_MS * (0.5 + chance / 2);
    if (code === 4429) this.tries += 3;
    return chance * Math.min(CAP_MS, BASE_MS * 2 ** this.tries++);
  }

  private drop(): void {
    const line = this.line;
    this.line = null;
    if (!line) return;
    line.onopen = line.onmessage = line.onclose = null;
    line.close(1000);
  }
}

function linkAfter(code: number): Link {
  if (code === 4409) return "elsewhere";
  if (code === 4401) return "signin";
  if (code === 4403) return "forbidden";
  if (code === 4426) return "old";
  return "down";
}

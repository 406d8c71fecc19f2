import type { Seen } from "./camera-aim";
import { identified, NATIVE, NEEDED } from "./camera-code";
import type { Asked, Told } from "./camera-worker";

// Who reads the codes out of a picture: the browser itself where it can (Android, macOS), else ZXing in a
// worker of ours (iPhones, Windows, Linux).

export interface Reader {
  readonly how: "native" | "wasm";
  read(picture: HTMLCanvasElement): Promise<Seen[]>;
  close(): void;
}

interface Found {
  format: string;
  rawValue: string;
  boundingBox: { x: number; y: number; width: number; height: number };
}

export interface Detector {
  detect(picture: HTMLCanvasElement): Promise<Found[]>;
}

export interface DetectorClass {
  new (o: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

// openReader prefers the browser's own reader; one that gives up on its first picture is replaced for good.
export async function openReader(native = ownDetector(), wasm: () => Reader = () => new WasmReader()): Promise<Reader> {
  const detector = await usable(native);
  return detector ? new NativeReader(detector, wasm) : wasm();
}

function ownDetector(): DetectorClass | undefined {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

async function usable(native: DetectorClass | undefined): Promise<Detector | null> {
  try {
    const known = (await native?.getSupportedFormats()) ?? [];
    if (!native || !NEEDED.every((f) => known.includes(f))) return null;
    return new native({ formats: NATIVE.filter((f) => known.includes(f)) });
  } catch {
    return null;
  }
}

class NativeReader implements Reader {
  private instead: Reader | null = null;

  constructor(
    private readonly detector: Detector,
    private readonly wasm: () => Reader,
  ) {}

  get how(): "native" | "wasm" {
    return this.instead ? "wasm" : "native";
  }

  async read(picture: HTMLCanvasElement): Promise<Seen[]> {
    if (this.instead) return this.instead.read(picture);
    try {
      return (await this.detector.detect(picture)).filter((f) => f.rawValue !== "").map((f) => seen(f, picture));
    } catch {
      this.instead = this.wasm();
      return this.instead.read(picture);
    }
  }

  close(): void {
    this.instead?.close();
  }
}

function seen(f: Found, picture: HTMLCanvasElement): Seen {
  const b = f.boundingBox;
  return { code: identified(f.format, f.rawValue), x: (b.x + b.width / 2) / picture.width, y: (b.y + b.height / 2) / picture.height };
}

const BROKEN = "the reader of codes did not start";

class WasmReader implements Reader {
  readonly how = "wasm";
  private readonly worker = new Worker(new URL("./camera-worker.ts", import.meta.url), { type: "module", name: "camera" });
  private n = 0;
  private broken = false;
  private waiting: { done: (s: Seen[]) => void; fail: (e: Error) => void } | null = null;

  constructor() {
    this.worker.onmessage = (e: MessageEvent<Told>) => this.told(e.data);
    this.worker.onerror = () => {
      this.broken = true;
      this.waiting?.fail(new Error(BROKEN));
    };
  }

  // read asks for one picture at a time; the caller waits for its answer.
  read(canvas: HTMLCanvasElement): Promise<Seen[]> {
    if (this.broken) return Promise.reject(new Error(BROKEN));
    const pen = canvas.getContext("2d", { willReadFrequently: true })!;
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    const asked: Asked = { n: ++this.n, picture };
    return new Promise((done, fail) => {
      this.waiting = { done, fail };
      this.worker.postMessage(asked, [picture.data.buffer]);
    });
  }

  close(): void {
    this.worker.terminate();
    this.waiting?.done([]);
  }

  private told(t: Told): void {
    if (t.n !== this.n || !this.waiting) return;
    const { done, fail } = this.waiting;
    this.waiting = null;
    if ("seen" in t) done(t.seen);
    else fail(new Error(t.fault));
  }
}

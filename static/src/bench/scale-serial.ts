import { Lines, parseScale, type Reading } from "./scale-line";

// A scale on a serial port of this bench. What it says by itself is heard; one that says nothing is asked.

const ASK_AFTER_MS = 400;
const ASKS = ["SI\r\n", "Q\r\n"]; // SICS, then A&D
const AGAIN_MS = 1_000;

export const BAUDS = [9600, 2400, 4800, 19200, 38400, 115200];

// What of WebSerial is used here; browsers that have it say so by navigator.serial.
export interface SerialPort extends EventTarget {
  readable: ReadableStream<Uint8Array> | null;
  writable: WritableStream<Uint8Array> | null;
  open(o: { baudRate: number }): Promise<void>;
  close(): Promise<void>;
  getInfo(): { usbVendorId?: number; usbProductId?: number };
}

interface Serial extends EventTarget {
  getPorts(): Promise<SerialPort[]>;
  requestPort(): Promise<SerialPort>;
}

export const serial = (): Serial | undefined => (navigator as unknown as { serial?: Serial }).serial;

const named = (p: SerialPort): string => JSON.stringify([p.getInfo().usbVendorId ?? 0, p.getInfo().usbProductId ?? 0]);

// askForPort lets the person choose a port, and gives a name to know it by; there may be other ones, of a scanner.
export async function askForPort(): Promise<string | null> {
  const port = await serial()?.requestPort();
  return port ? named(port) : null;
}

// hearSerial listens to the port that was chosen, for as long as it takes.
export function hearSerial(name: string, baud: number, onReading: (r: Reading) => void, onFault: (e: unknown) => void): () => void {
  const over = new AbortController();
  void (async () => {
    while (!over.signal.aborted) {
      const port = (await serial()?.getPorts())?.find((p) => named(p) === name);
      if (port) await hear(port, baud, onReading, over.signal).catch(onFault);
      await pause(AGAIN_MS, over.signal);
    }
  })().catch(onFault);
  return () => over.abort();
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end); // a scale may be missing for a whole shift
      done();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener("abort", end);
  });

async function hear(port: SerialPort, baud: number, onReading: (r: Reading) => void, stop: AbortSignal): Promise<void> {
  await port.open({ baudRate: baud });
  const reader = port.readable!.getReader();
  const writer = port.writable?.getWriter();
  const latin = new TextDecoder("latin1");
  const lines = new Lines();
  let heardAt = 0;
  let asked = 0;
  const ask = setInterval(() => {
    if (performance.now() - heardAt < ASK_AFTER_MS && asked === 0) return; // it speaks by itself
    if (performance.now() - heardAt >= ASK_AFTER_MS) asked++;
    writer?.write(new TextEncoder().encode(ASKS[Math.floor(Math.max(0, asked - 1) / 6) % ASKS.length])).catch(() => {});
  }, ASK_AFTER_MS / 2);
  const end = () => void reader.cancel().catch(() => {});
  stop.addEventListener("abort", end, { once: true });
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      for (const line of lines.take(latin.decode(value, { stream: true }))) {
        const r = parseScale(line);
        if (!r) continue;
        heardAt = performance.now();
        onReading(r);
      }
    }
  } finally {
    clearInterval(ask);
    stop.removeEventListener("abort", end);
    reader.releaseLock();
    writer?.releaseLock();
    await port.close();
  }
}

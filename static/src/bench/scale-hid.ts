import { scaled, type Reading } from "./scale-line";

// A USB scale as a HID device: usage page 8D, the data report of HID Point of Sale Usage Tables 1.02, section 4: status,
// unit, the exponent of ten, and the weight in two bytes, the lower one first.

export const SCALE_PAGE = 0x8d;
const DATA_REPORT = 3;

const UNITS: Record<number, string> = { 1: "mg", 2: "g", 3: "kg", 11: "oz", 12: "lb" };

// The states of a HID scale.
const FAULT = 1;
const ZERO = 2;
const STILL = 4;
const UNDER = 5;
const OVER = 6;
const CALIBRATE = 7;
const REZERO = 8;

export function parseReport(id: number, b: DataView): Reading | null {
  if ((id !== 0 && id !== DATA_REPORT) || b.byteLength < 5) return null;
  const state = b.getUint8(0);
  if (state === FAULT || state === CALIBRATE || state === REZERO) return { mg: 0, stable: false, said: "fault" };
  if (state === OVER) return { mg: 0, stable: false, said: "over" };
  if (state === UNDER) return { mg: 0, stable: false, said: "under" };
  if (state === ZERO) return { mg: 0, stable: true, said: "" };
  const unit = UNITS[b.getUint8(1)];
  const exponent = b.getInt8(2);
  if (!unit || exponent < -9 || exponent > 6) return null;
  const n = BigInt(b.getUint16(3, true)) * (exponent > 0 ? 10n ** BigInt(exponent) : 1n);
  const mg = scaled(n, Math.max(-exponent, 0), unit);
  return mg === null ? null : { mg, stable: state === STILL, said: "" };
}

// What of WebHID is used here; browsers that have it say so by navigator.hid.
export interface HidDevice extends EventTarget {
  opened: boolean;
  collections: { usagePage?: number }[];
  open(): Promise<void>;
  close(): Promise<void>;
}

interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(o: { filters: { usagePage: number }[] }): Promise<HidDevice[]>;
}

export const hid = (): Hid | undefined => (navigator as unknown as { hid?: Hid }).hid;

const isScale = (d: HidDevice): boolean => d.collections.some((c) => c.usagePage === SCALE_PAGE);

// askForHid lets the person choose a scale; the browser remembers it.
export async function askForHid(): Promise<boolean> {
  return ((await hid()?.requestDevice({ filters: [{ usagePage: SCALE_PAGE }] })) ?? []).length > 0;
}

// hearHid listens to the scale that was chosen, also after it was unplugged and plugged in again.
export function hearHid(onReading: (r: Reading) => void, onFault: (e: unknown) => void): () => void {
  const bus = hid();
  if (!bus) return () => {};
  let device: HidDevice | undefined;
  let over = false;
  const heard = (e: Event) => {
    const { reportId, data } = e as unknown as { reportId: number; data: DataView };
    const r = parseReport(reportId, data);
    if (r) onReading(r);
  };
  const open = async () => {
    const found = (await bus.getDevices()).find(isScale);
    if (!found || over || found === device) return;
    device = found;
    device.addEventListener("inputreport", heard);
    if (!device.opened) await device.open();
  };
  const plugged = () => void open().catch(onFault);
  const unplugged = (e: Event) => {
    if ((e as unknown as { device?: HidDevice }).device === device) device = undefined;
  };
  bus.addEventListener("connect", plugged);
  bus.addEventListener("disconnect", unplugged);
  plugged();
  return () => {
    over = true;
    bus.removeEventListener("connect", plugged);
    bus.removeEventListener("disconnect", unplugged);
    device?.removeEventListener("inputreport", heard);
    void device?.close().catch(onFault);
  };
}

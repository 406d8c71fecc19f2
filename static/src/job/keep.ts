import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Next, Worker } from "../wire";
import { readMark, writeMark } from "./mark";

// What a device keeps for itself: who it is, the commands that the floor has not answered yet, and the last
// place it was at. All of it is in IndexedDB, so that a reload, a crash or an empty battery loses no scan.
// A browser may be one device of each kind (a handheld in one window, a bench in another), each with a
// database of its own.

export interface Command {
  id: string;
  n: number;
  type: "scan" | "do";
  code?: string;
  origin?: Origin;
  action?: string;
  args?: Record<string, unknown>;
  at: string;
  late?: boolean; // made out of reach of the floor, or not answered before the link was lost; false is believed too
}

export type Origin = "wedge" | "camera" | "typed" | "tapped";

export interface Me {
  id: string;
  name: string;
  kind: string;
  token: string;
}

export interface Place {
  epoch: number;
  seq: number;
  next: Next;
  worker: Worker | null;
}

// Count is where the counter stands; it is kept with the commands and again as the second mark.
export interface Count {
  last: number;
  spent: number[];
  age: number;
}

// Orphans are commands that another device made in this browser and that nobody can send any more.
export interface Orphans {
  device: string;
  qty: number;
}

interface Shape extends DBSchema {
  self: { key: string; value: unknown };
  outbox: { key: number; value: Command };
}

// orphansOf are those that are kept; older pages kept one alone.
export const orphansOf = (kept: Orphans | Orphans[] | undefined): Orphans[] => (kept ? [kept].flat() : []);

export type Keep = IDBPDatabase<Shape>;

export const openKeep = (kind: string): Promise<Keep> => openNamed(`floorline-${kind}`);

export function openNamed(name: string): Promise<Keep> {
  return openDB<Shape>(name, 1, {
    upgrade(db) {
      db.createObjectStore("self");
      db.createObjectStore("outbox", { keyPath: "n" });
    },
  });
}

export async function me(keep: Keep): Promise<Me | null> {
  return ((await keep.get("self", "me")) as Me | undefined) ?? null;
}

// become makes this browser a device. What another device left in the outbox is not this one's to send: it is
// told to the floor as missing.
export async function become(keep: Keep, device: Me): Promise<void> {
  const mark = readMark(device.kind);
  const tx = keep.transaction(["self", "outbox"], "readwrite", { durability: "strict" });
  const self = tx.objectStore("self");
  const before = (await self.get("me")) as Me | undefined;
  if (before?.id !== device.id) {
    const left = await tx.objectStore("outbox").count();
    const old = before?.id ?? mark?.device ?? device.id;
    const qty = before ? left : (mark?.waiting ?? 0);
    await tx.objectStore("outbox").clear();
    for (const key of ["place", "n", "count", "scanner"]) await self.delete(key);
    const earlier = (await self.get("orphans")) as Orphans | Orphans[] | undefined;
    if (qty > 0 && old !== device.id) await self.put([...orphansOf(earlier), { device: old, qty }], "orphans");
  }
  await self.put(device, "me");
  await tx.done;
  if (mark?.device !== device.id) writeMark(device.kind, { device: device.id, name: device.name, age: 0, last: 0, spent: [], waiting: 0 });
}

// forget unpairs. The second mark stays: what waited here is told as missing when this browser is paired again.
export async function forget(keep: Keep): Promise<void> {
  const tx = keep.transaction(["self", "outbox"], "readwrite");
  await tx.objectStore("outbox").clear();
  await tx.objectStore("self").clear();
  await tx.done;
}

export async function lastPlace(keep: Keep): Promise<Place | null> {
  return ((await keep.get("self", "place")) as Place | undefined) ?? null;
}

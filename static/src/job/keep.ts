import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Next, Worker } from "../wire";

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

interface Shape extends DBSchema {
  self: { key: string; value: unknown };
  outbox: { key: number; value: Command };
}

export type Keep = IDBPDatabase<Shape>;

export function openKeep(kind: string): Promise<Keep> {
  return openDB<Shape>(`floorline-${kind}`, 1, {
    upgrade(db) {
      db.createObjectStore("self");
      db.createObjectStore("outbox", { keyPath: "n" });
    },
  });
}

export async function me(keep: Keep): Promise<Me | null> {
  return ((await keep.get("self", "me")) as Me | undefined) ?? null;
}

// become makes this browser a device. What another device left in the outbox is not this one's to send.
export async function become(keep: Keep, device: Me): Promise<void> {
  const tx = keep.transaction(["self", "outbox"], "readwrite", { durability: "strict" });
  const before = (await tx.objectStore("self").get("me")) as Me | undefined;
  if (before?.id !== device.id) {
    await tx.objectStore("outbox").clear();
    await tx.objectStore("self").delete("place");
    await tx.objectStore("self").delete("n");
  }
  await tx.objectStore("self").put(device, "me");
  await tx.done;
}

export async function forget(keep: Keep): Promise<void> {
  const tx = keep.transaction(["self", "outbox"], "readwrite");
  await tx.objectStore("outbox").clear();
  await tx.objectStore("self").clear();
  await tx.done;
}

export async function lastPlace(keep: Keep): Promise<Place | null> {
  return ((await keep.get("self", "place")) as Place | undefined) ?? null;
}

export async function savePlace(keep: Keep, place: Place): Promise<void> {
  await keep.put("self", place, "place");
}

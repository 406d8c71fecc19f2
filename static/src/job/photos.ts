import { signal } from "@preact/signals";
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { post, Problem } from "../api";
import type { Session } from "./session";

// Photos that are taken while the floor may be out of reach. Each is on this device's disk before the screen says that it is
// kept, and goes out, one after the other, when the floor can be reached. The floor keeps a photo by its bytes: one that is
// sent twice, because its answer was lost, is one.

interface Waiting {
  n?: number;
  device: string;
  to: string;
  bytes: ArrayBuffer;
}

interface Shape extends DBSchema {
  photos: { key: number; value: Waiting };
}

export const photosWaiting = signal(0);
export const photoRefused = signal(""); // what the floor said to the last that it would not have
export const photosOf = signal<Record<string, number>>({}); // taken of each unit since this page was opened

const AGAIN_MS = 5_000;
const LATER = new Set([0, 401, 403, 408, 429]); // out of reach, signed out, too many at once

let opened: Promise<IDBPDatabase<Shape>> | undefined;
let sending: Promise<void> | undefined;

function disk(): Promise<IDBPDatabase<Shape>> {
  opened ??= openDB<Shape>("floorline-photos", 1, { upgrade: (db) => void db.createObjectStore("photos", { keyPath: "n", autoIncrement: true }) });
  return opened;
}

// keepPhoto resolves when the photo is safe: on this device's disk, or, where the disk will not take it, on the floor's.
export async function keepPhoto(s: Session, to: string, photo: Blob): Promise<void> {
  const waiting: Waiting = { device: s.device.value?.id ?? "", to, bytes: await photo.arrayBuffer() };
  try {
    await (await disk()).add("photos", waiting);
  } catch {
    await send(s, waiting);
    taken(to);
    return;
  }
  taken(to);
  photosWaiting.value += 1;
  void sendPhotos(s);
}

function taken(to: string): void {
  photosOf.value = { ...photosOf.value, [to]: (photosOf.value[to] ?? 0) + 1 };
}

const send = (s: Session, w: Waiting) => post(w.to, new Blob([w.bytes], { type: "image/jpeg" }), { token: s.token });

// sendPhotos sends what waits on this device, again by itself until all of it is answered.
export function sendPhotos(s: Session): Promise<void> {
  sending ??= sendAll(s).finally(() => (sending = undefined));
  return sending;
}

async function sendAll(s: Session): Promise<void> {
  const db = await disk().catch(() => null);
  if (!db) return; // no disk: what was taken was sent at once
  for (;;) {
    const mine = (await db.getAll("photos")).filter((w) => w.device === (s.device.value?.id ?? ""));
    photosWaiting.value = mine.length;
    const first = mine[0];
    if (!first || !s.live.value) return;
    try {
      await send(s, first);
    } catch (e) {
      if (!(e instanceof Problem) || LATER.has(e.status) || e.status >= 500) {
        setTimeout(() => void sendPhotos(s), AGAIN_MS);
        return;
      }
      photoRefused.value = e.message;
    }
    await db.delete("photos", first.n!);
  }
}

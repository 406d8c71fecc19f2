import { signal } from "@preact/signals";

// Whether what is kept on this device stays there. A browser may clear a page's storage when it needs room, and
// Safari after a week without a visit, unless it has promised not to; a private window keeps nothing at all.

export type Keeping = "sure" | "may-go" | "unknown";

export const keeping = signal<Keeping>("unknown");
export const little = signal(false); // so little room is left that saving may fail soon

const LITTLE_BYTES = 5 << 20; // a shift's outbox is some kilobytes; below this a browser is about to refuse

// askToKeep asks the browser not to clear this page's storage, and notes what it says.
export async function askToKeep(): Promise<void> {
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  try {
    const sure = (await storage?.persisted?.()) || (await storage?.persist?.());
    keeping.value = sure === undefined ? "unknown" : sure ? "sure" : "may-go";
    const room = await storage?.estimate?.();
    little.value = room?.quota !== undefined && room.quota - (room.usage ?? 0) < LITTLE_BYTES;
  } catch {
    keeping.value = "unknown";
  }
}

import { signal } from "@preact/signals";
import { registerSW } from "virtual:pwa-register";
import { path } from "./route";

// A new version of the screens is taken between two jobs, never in the middle of one.

export const busyWithJob = signal(false);

let fresh: (() => Promise<void>) | null = null;

export function watchForUpdate(): void {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const take = registerSW({
    onNeedRefresh() {
      fresh = () => take(true);
      takeUpdate();
    },
  });
  busyWithJob.subscribe(takeUpdate);
  path.subscribe(takeUpdate);
}

// takeUpdate waits too while somebody fills in a form: a reload would take what was typed.
function takeUpdate(): void {
  if (fresh && !busyWithJob.value && !document.querySelector("dialog[open]")) void fresh();
}

// renew is for screens that the floor says are too old: whatever was kept of them is dropped.
export async function renew(): Promise<void> {
  for (const r of (await navigator.serviceWorker?.getRegistrations()) ?? []) await r.unregister();
  location.reload();
}

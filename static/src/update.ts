import { signal } from "@preact/signals";
import { registerSW } from "virtual:pwa-register";

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
}

function takeUpdate(): void {
  if (fresh && !busyWithJob.value) void fresh();
}

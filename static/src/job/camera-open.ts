import { signal } from "@preact/signals";

// Whether the worker scans by camera on this page. It stays so from scan to scan until it is turned off.
export const cameraOpen = signal(false);

export const turnCamera = (): void => {
  cameraOpen.value = !cameraOpen.value;
};

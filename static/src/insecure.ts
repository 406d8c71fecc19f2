import { effect } from "@preact/signals";
import "./look/insecure.css";
import { say } from "./words";

// A house without HTTPS, and every browser's answer to it: no camera, no worker that keeps pages for a dead zone.
// Whoever works on such a page is told so all the time. The machine's own browser reads along with nobody.

export function warnOfListeners(): void {
  if (isSecureContext) return;
  const strip = document.createElement("aside");
  strip.className = "insecure";
  strip.dataset.testid = "insecure";
  effect(() => {
    strip.textContent = say("insecure");
  });
  document.body.prepend(strip);
  const root = document.documentElement.style;
  new ResizeObserver(() => root.setProperty("--strip", `${strip.offsetHeight}px`)).observe(strip);
}

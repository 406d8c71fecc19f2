import { signal } from "@preact/signals";

// The page a path opens. Pages are plain paths, so that they can be bookmarked, printed as QR and shared.

export const path = signal(location.pathname);
export const query = signal(new URLSearchParams(location.search));

export function go(to: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  moved();
  scrollTo(0, 0);
}

function moved(): void {
  path.value = location.pathname;
  query.value = new URLSearchParams(location.search);
}

// follow turns clicks on links to our own pages into moves without a load. The API's addresses, downloads
// and other windows stay with the browser.
export function follow(): void {
  addEventListener("popstate", moved);
  addEventListener("click", (e) => {
    const a = e.target instanceof Element ? e.target.closest("a") : null;
    const plainClick = e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;
    if (!a || !plainClick || e.defaultPrevented || a.target || a.hasAttribute("download")) return;
    const to = new URL(a.href, location.href);
    if (to.origin !== location.origin || to.pathname.startsWith("/api/")) return;
    e.preventDefault();
    go(to.pathname + to.search + to.hash);
  });
}

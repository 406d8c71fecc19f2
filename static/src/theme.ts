import { computed, effect, signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEY = "floorline.theme";
const HAND = "floorline.hand";

export const theme = signal<Theme>((localStorage.getItem(KEY) as Theme | null) ?? "auto");
export const leftHanded = signal(localStorage.getItem(HAND) === "left");

effect(() => {
  document.documentElement.dataset.theme = theme.value;
  localStorage.setItem(KEY, theme.value);
});

effect(() => {
  document.documentElement.dataset.hand = leftHanded.value ? "left" : "right";
  localStorage.setItem(HAND, leftHanded.value ? "left" : "right");
});

const night = matchMedia("(prefers-color-scheme: dark)");
const dark = signal(night.matches);
night.addEventListener("change", () => (dark.value = night.matches));

// shown is how it looks now, by the choice made here or the device's own.
export const shown = computed(() => (theme.value === "auto" ? (dark.value ? "dark" : "light") : theme.value));

export function turnTheme(): void {
  theme.value = shown.value === "dark" ? "light" : "dark";
}

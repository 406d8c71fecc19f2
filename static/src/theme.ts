import { effect, signal } from "@preact/signals";

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

export function turnTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shownDark = theme.value === "dark" || (theme.value === "auto" && dark);
  theme.value = shownDark ? "light" : "dark";
}

// Drawn here so that no picture can load late. They are never the only sign: a word stands beside each.

const paths: Record<string, string> = {
  accepted: "M5 13l5 5L20 6",
  note: "M12 10v8M12 5.5v.5",
  choose: "M8 9a4 4 0 1 1 5.5 3.7c-1 .4-1.5 1-1.5 2.3M12 19v.5",
  refused: "M6 6l12 12M18 6L6 18",
  stop: "M12 5v9M12 18.5v.5",
  saved: "M12 6v6l4 3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  box: "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10",
  keyboard: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M18 11h.01M8 14h8",
  camera: "M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7",
  torch: "M8 3h8l-2 5v13h-4V8zM8 6h8M12 11v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z",
  print: "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z",
  battery: "M3 8h15v8H3zM21 11v2M6 11v2",
  charging: "M3 8h15v8H3zM21 11v2M11 9l-2 3h3l-2 3",
  weak: "M5 19v-3M10 19v-6M15 19h.01M20 19h.01",
  back: "M9 7l-5 5 5 5M4 12h16",
};

export function Icon({ name, class: cls = "icon" }: { name: string; class?: string }) {
  return (
    <svg class={cls} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={paths[name] ?? ""} />
    </svg>
  );
}

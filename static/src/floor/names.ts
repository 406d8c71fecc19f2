import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get, type Page } from "../api";

// Events and lists name workers and devices by id; people know them by name.

const names = signal<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();

async function learn(): Promise<void> {
  const lists = await Promise.all(["/workers", "/devices"].map((p) => get<Page<{ id: string; name: string }>>(`${p}?limit=200`)));
  names.value = new Map(lists.flatMap((l) => l.items ?? []).map((x) => [x.id, x.name]));
}

// useNames keeps the names known; an id that is new has them asked for again, once.
export function useNames(): void {
  useEffect(() => {
    learn().catch(() => undefined);
  }, []);
}

export function nameOf(id: string | undefined): string {
  if (!id) return "";
  const name = names.value.get(id);
  if (!name && names.value.size > 0 && !asked.has(id)) {
    asked.add(id);
    learn().catch(() => undefined);
  }
  return name ?? id;
}

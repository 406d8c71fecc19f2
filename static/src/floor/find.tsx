import { useRef } from "preact/hooks";
import { go, path, query } from "../route";

const REST_MS = 200;

// Search is the search field of a list. It asks when the typing rests, not with every key.
export function Search({ value, hint, onFind }: { value: string; hint?: string; onFind: (text: string) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const typed = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onFind(text.trim()), REST_MS);
  };
  return (
    <label class="inline">
      Find
      <input type="search" defaultValue={value} onInput={(e) => typed(e.currentTarget.value)} placeholder={hint ?? ""} data-testid="filter-q" />
    </label>
  );
}

// useFind keeps what is looked for in the address, so that it can be linked to and survives a reload.
export function useFind(): [string, preact.JSX.Element] {
  const q = query.value.get("q") ?? "";
  const find = (text: string) => {
    const next = new URLSearchParams(query.value);
    if (text) next.set("q", text);
    else next.delete("q");
    go(path.value + (next.size > 0 ? `?${next}` : ""), true);
  };
  return [q, <Search value={q} onFind={find} />];
}

export const asked = (params: Record<string, string>): string => {
  const text = new URLSearchParams(Object.entries(params).filter(([, v]) => v !== "")).toString();
  return text && `?${text}`;
};

// Paper is a link to something printable.
export function Paper({ to, children }: { to: string; children: string }) {
  return (
    <a class="button" href={`/api/v1${to}`} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

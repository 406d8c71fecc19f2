import { useRef } from "preact/hooks";
import { isBadge } from "../job/secret";
import { go, path, query } from "../route";

const REST_MS = 200;

interface Field {
  hint?: string;
  // onEnter takes what a scanner or a person ends with Enter, and says whether the field is done with it.
  onEnter?: (text: string) => Promise<boolean | void>;
}

// Search is the search field of a list. It asks when the typing rests, not with every key.
export function Search({ value, onFind, hint, onEnter }: Field & { value: string; onFind: (text: string) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const typed = (text: string) => {
    clearTimeout(timer.current);
    // A badge that is scanned into a field is nobody's to read in an address or a history.
    timer.current = setTimeout(() => !isBadge(text) && onFind(text.trim()), REST_MS);
  };
  const keyed = (e: KeyboardEvent) => {
    const at = e.currentTarget as HTMLInputElement;
    if (e.ctrlKey && e.key === "]") { // how a scanner types the separator of a GS1 code: a field would swallow it
      e.preventDefault();
      at.setRangeText("{GS}", at.selectionStart ?? at.value.length, at.selectionEnd ?? at.value.length, "end");
    }
    const text = at.value.trim();
    if (e.key !== "Enter" || !onEnter || !text) return;
    e.preventDefault();
    clearTimeout(timer.current);
    at.select(); // the next scan takes the place of this one
    void onEnter(text).then((done) => {
      if (done && at.value.trim() === text) at.value = "";
    });
  };
  return (
    <label class="inline">
      Find
      <input type="search" defaultValue={value} onInput={(e) => typed(e.currentTarget.value)} onKeyDown={keyed} placeholder={hint ?? ""} autocomplete="off" data-testid="filter-q" />
    </label>
  );
}

// useFind keeps what is looked for in the address, so that it can be linked to and survives a reload.
export function useFind(field: Field = {}): [string, preact.JSX.Element] {
  const q = query.value.get("q") ?? "";
  const find = (text: string) => {
    const next = new URLSearchParams(query.value);
    if (text) next.set("q", text);
    else next.delete("q");
    go(path.value + (next.size > 0 ? `?${next}` : ""), true);
  };
  return [q, <Search value={q} onFind={find} {...field} />];
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

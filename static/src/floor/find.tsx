import { useState } from "preact/hooks";

// useFind is the search field of a list. It asks when the typing is done, not with every key.

export function useFind(): [string, preact.JSX.Element] {
  const [q, setQ] = useState("");
  const field = (
    <label class="inline">
      Find
      <input type="search" value={q} onChange={(e) => setQ(e.currentTarget.value.trim())} data-testid="filter-q" />
    </label>
  );
  return [q, field];
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

import { useEffect, useRef } from "preact/hooks";
import type { Line } from "../wire";
import { count, say } from "../words";

// Lines are what belongs in the parcel. The line in the hand is kept in sight, however long the list is.
export function Lines({ lines, now }: { lines: Line[]; now: string | undefined }) {
  const done = lines.filter((l) => l.done >= l.qty).length;
  const here = lines.findIndex((l) => l.done < l.qty && l.sku === now);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const line = box.current?.querySelector<HTMLElement>("li.now"); // the list moves alone, never the page
    if (line) box.current?.scrollTo({ top: line.offsetTop - box.current.offsetTop - line.offsetHeight / 2 });
  }, [here]);
  return (
    <section class="lines" ref={box} aria-label={say("lines")} tabIndex={0}>
      <p class="lines-head">
        {say("lines.done", { done: count(done), total: count(lines.length) })}
      </p>
      <ul>
        {lines.map((l, i) => (
          <li key={i} class={l.done >= l.qty ? "done" : i === here ? "now" : ""} data-testid={`line-${l.sku}`}>
            <span class="line-qty">
              {l.done}/{l.qty}
            </span>
            <span class="line-name">
              {l.name ?? l.sku} <span class="code">{l.sku}</span>
            </span>
            <span class="line-sign">{l.done >= l.qty ? "✓" : ""}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

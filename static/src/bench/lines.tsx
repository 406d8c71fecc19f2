import type { Line } from "../wire";
import { count, say } from "../words";

export function Lines({ lines, now }: { lines: Line[]; now: string | undefined }) {
  const done = lines.filter((l) => l.done >= l.qty).length;
  return (
    <section class="lines" aria-label={say("lines")} tabIndex={0}>
      <p class="lines-head">
        {say("lines.done", { done: count(done), total: count(lines.length) })}
      </p>
      <ul>
        {lines.map((l, i) => (
          <li key={i} class={l.done >= l.qty ? "done" : l.sku === now ? "now" : ""} data-testid={`line-${l.sku}`}>
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

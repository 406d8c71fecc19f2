import type { Line } from "../wire";
import { count } from "../words";

export function Lines({ lines, now }: { lines: Line[]; now: string | undefined }) {
  const done = lines.filter((l) => l.done >= l.qty).length;
  return (
    <section class="lines" aria-label="What belongs in this order" tabIndex={0}>
      <p class="lines-head">
        {count(done)} of {count(lines.length)} lines
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

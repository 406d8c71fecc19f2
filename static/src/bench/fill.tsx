import { Fragment } from "preact";
import "../look/fill.css";
import type { Show } from "../wire";
import { say } from "../words";

// How the carton is filled, from above and layer by layer: what lies at the bottom comes first. The unit to put in now
// is the dark one. Each picture says the same in words beneath.

type Three = [number, number, number];

export interface Placed {
  sku: string;
  at: Three;
  size: Three;
}

export interface Layer {
  z_mm: number;
  items: Placed[];
}

export function Fill({ show }: { show: Show }) {
  const inner = show.carton?.inner_mm;
  const layers = show.fill ?? [];
  if (!show.carton || !inner || layers.length === 0) return null;
  const names = new Map((show.lines ?? []).map((l) => [l.sku, l.name || l.sku]));
  return (
    <section class="fill" data-testid="fill" aria-label={say("fill", { carton: show.carton.code })}>
      <p class="fill-carton">
        {say("fill.carton")} <b data-testid="fill-carton">{show.carton.code}</b> {show.carton.name !== show.carton.code && show.carton.name}
        {(show.carton.n ?? 1) > 1 && <span data-testid="fill-n"> · {say("fill.first", { count: show.carton.n ?? 1 })}</span>}
      </p>
      <ol class="fill-layers">
        {layers.map((l, i) => (
          <li key={i}>
            <Above layer={l} below={layers.slice(0, i)} inner={inner} now={show.item?.sku} />
            <p>
              {layers.length > 1 && <b class="fill-layer">{i === 0 ? say("fill.bottom") : say("fill.layer", { n: i + 1 })}</b>}
              {told(l).map(([sku, n], k) => (
                <Fragment key={sku}>
                  {k > 0 && ", "}
                  <span class={sku === show.item?.sku ? "now" : ""}>
                    {n} × {names.get(sku) ?? sku}
                  </span>
                </Fragment>
              ))}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

// told counts a layer's units by item, in the order in which they are put in.
export function told(l: Layer): [string, number][] {
  const by = new Map<string, number>();
  for (const p of l.items) by.set(p.sku, (by.get(p.sku) ?? 0) + 1);
  return [...by];
}

// The picture is in millimetres, so that a layer is as large as its carton allows; only words are set in pixels of
// this much of the longer side.
const WORD = 15;

function Above({ layer, below, inner, now }: { layer: Layer; below: Layer[]; inner: Three; now?: string | undefined }) {
  const [l, w] = inner;
  const edge = Math.max(l, w) * 0.012;
  const word = Math.max(l, w) / WORD;
  const under = below.flatMap((b) => b.items.filter((p) => p.at[2] + p.size[2] > layer.z_mm));
  return (
    <svg viewBox={`${-edge} ${-edge} ${l + 2 * edge} ${w + 2 * edge}`} aria-hidden="true">
      <rect class="inner" x="0" y="0" width={l} height={w} rx={edge} stroke-width={edge} />
      {under.map((p, i) => (
        <rect key={`u${i}`} class="under" x={p.at[0]} y={p.at[1]} width={p.size[0]} height={p.size[1]} stroke-width={edge / 2} />
      ))}
      {layer.items.map((p, i) => (
        <g key={i} class={p.sku === now ? "unit now" : "unit"}>
          <rect x={p.at[0] + edge / 3} y={p.at[1] + edge / 3} width={p.size[0] - edge / 1.5} height={p.size[1] - edge / 1.5} rx={edge / 2} stroke-width={edge / 2} />
          <Word p={p} size={word} />
        </g>
      ))}
    </svg>
  );
}

// A word is set along the longer side of its unit, and left out where it does not fit.
function Word({ p, size }: { p: Placed; size: number }) {
  const [dx, dy] = p.size;
  const [long, short] = dx >= dy ? [dx, dy] : [dy, dx];
  const fits = Math.min(size, (long * 0.92) / (p.sku.length * 0.62), short * 0.7);
  if (fits < size * 0.55) return null;
  const [x, y] = [p.at[0] + dx / 2, p.at[1] + dy / 2];
  return (
    <text x={x} y={y} font-size={fits} text-anchor="middle" dominant-baseline="central" transform={dx >= dy ? undefined : `rotate(-90 ${x} ${y})`}>
      {p.sku}
    </text>
  );
}

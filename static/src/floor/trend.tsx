import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { theme } from "../theme";
import "../look/reorder.css";

// How something went over the weeks: a dot for each day on which there was any. What it says stands beside it in words, and
// the days in a list for who cannot see it.

export interface Day {
  day: string;
  value: number;
}

interface Props {
  days: Day[];
  label: string; // what the value is
  unit: string;
  top?: number; // the largest value that there can be
}

const HEIGHT = 160;
const WEEKS = 13;
const DAY = 86_400;

export function Trend({ days, label, unit, top }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const shade = theme.value;
  const known = JSON.stringify(days);
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const plot = new UPlot(options(el, label, top), [days.map((d) => Date.parse(`${d.day}T00:00:00Z`) / 1000), days.map((d) => d.value)], el);
    const watch = new ResizeObserver(() => plot.setSize({ width: el.clientWidth, height: HEIGHT }));
    watch.observe(el);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [known, shade, top]);
  return (
    <figure class="trend">
      <div class="trend-plot" ref={box} role="img" aria-label={`${label}, ${days.length} days`} />
      <details>
        <summary>The same in figures</summary>
        <ul data-testid="trend-days">
          {[...days].reverse().map((d) => (
            <li key={d.day}>
              {d.day}: <b>{d.value.toFixed(1)}</b> {unit}
            </li>
          ))}
        </ul>
      </details>
    </figure>
  );
}

function options(el: HTMLElement, label: string, top?: number): UPlot.Options {
  const style = getComputedStyle(el);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis: UPlot.Axis = { stroke: colour("--ink"), grid: { stroke: colour("--edge"), width: 1 }, ticks: { stroke: colour("--edge"), width: 1 } };
  const now = Date.now() / 1000;
  return {
    width: el.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    axes: [{ ...axis, space: 70 }, { ...axis, size: 48 }],
    scales: {
      x: { range: () => [now - WEEKS * 7 * DAY, now + DAY] },
      y: { range: (_u, _low, high) => [0, top ?? Math.max(high, 1) * 1.1] },
    },
    series: [{}, { label, stroke: colour("--accent"), width: 2, points: { show: true, size: 8, fill: colour("--accent") } }],
  };
}

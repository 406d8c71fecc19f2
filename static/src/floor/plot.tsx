import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { theme } from "../theme";

// What was asked for, week by week, and what is expected. The same is said in words beside it: a picture alone tells
// nothing to who cannot see it.

const DAY = 86_400;

export interface Ahead {
  forecast: number[] | null;
  low: number[] | null;
  high: number[] | null;
  method: string;
}

export function DemandPlot({ from, weeks, ahead }: { from: string; weeks: number[]; ahead: Ahead }) {
  const box = useRef<HTMLDivElement>(null);
  const shade = theme.value;
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const plot = new UPlot(options(el), series(from, weeks, ahead), el);
    const watch = new ResizeObserver(() => plot.setSize({ width: el.clientWidth, height: HEIGHT }));
    watch.observe(el);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [from, weeks, ahead, shade]);
  return <div class="plot" ref={box} role="img" aria-label={`Demand of ${weeks.length} weeks and what is expected`} />;
}

const HEIGHT = 260;

// series lays the expected weeks behind those that were; the last week that was joins both lines.
function series(from: string, weeks: number[], ahead: Ahead): UPlot.AlignedData {
  const said = ahead.forecast ?? [];
  const start = Date.parse(`${from}T00:00:00Z`) / 1000;
  const all = weeks.length + said.length;
  const x = Array.from({ length: all }, (_, i) => start + i * 7 * DAY);
  const behind = (v: number[] | null) => [...weeks.map((w, i) => (i === weeks.length - 1 ? w : null)), ...(v ?? [])];
  return [x, [...weeks, ...said.map(() => null)], behind(ahead.high), behind(ahead.low), behind(said)] as UPlot.AlignedData;
}

function options(el: HTMLElement): UPlot.Options {
  const style = getComputedStyle(el);
  const ink = style.getPropertyValue("--ink").trim();
  const edge = style.getPropertyValue("--edge").trim();
  const accent = style.getPropertyValue("--accent").trim();
  const calm = style.getPropertyValue("--calm").trim();
  const axis: UPlot.Axis = { stroke: ink, grid: { stroke: edge, width: 1 }, ticks: { stroke: edge, width: 1 } };
  return {
    width: el.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [axis, { ...axis, size: 56 }],
    scales: { y: { range: (_u, _low, high) => [0, Math.max(high, 1) * 1.05] } },
    series: [
      {},
      { label: "asked for", stroke: ink, width: 2, points: { show: false } },
      { label: "at most", stroke: "transparent", points: { show: false } },
      { label: "at least", stroke: "transparent", points: { show: false } },
      { label: "expected", stroke: accent, width: 3, dash: [8, 5], points: { show: false } }, // last: over the shade
    ],
    bands: [{ series: [2, 3], fill: calm }],
  };
}

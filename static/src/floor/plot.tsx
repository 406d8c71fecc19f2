import type UPlot from "uplot";
import { axis, usePlot, type Drawing, type Ink } from "./plotted";

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
  const box = usePlot(260, (ink) => ({ options: options(ink), data: series(from, weeks, ahead) }), [from, weeks, ahead]);
  return <div class="plot" ref={box} role="img" aria-label={`Demand of ${weeks.length} weeks and what is expected`} />;
}

// series lays the expected weeks behind those that were; the last week that was joins both lines.
function series(from: string, weeks: number[], ahead: Ahead): UPlot.AlignedData {
  const said = ahead.forecast ?? [];
  const start = Date.parse(`${from}T00:00:00Z`) / 1000;
  const all = weeks.length + said.length;
  const x = Array.from({ length: all }, (_, i) => start + i * 7 * DAY);
  const behind = (v: number[] | null) => [...weeks.map((w, i) => (i === weeks.length - 1 ? w : null)), ...(v ?? [])];
  return [x, [...weeks, ...said.map(() => null)], behind(ahead.high), behind(ahead.low), behind(said)] as UPlot.AlignedData;
}

function options(ink: Ink): Drawing["options"] {
  return {
    cursor: { drag: { x: false, y: false } },
    axes: [axis(ink), { ...axis(ink), size: 56 }],
    scales: { y: { range: (_u, _low, high) => [0, Math.max(high, 1) * 1.05] } },
    series: [
      {},
      { label: "asked for", stroke: ink("ink"), width: 2, points: { show: false } },
      { label: "at most", stroke: "transparent", points: { show: false } },
      { label: "at least", stroke: "transparent", points: { show: false } },
      { label: "expected", stroke: ink("accent"), width: 3, dash: [8, 5], points: { show: false } }, // last: over the shade
    ],
    bands: [{ series: [2, 3], fill: ink("calm") }],
  };
}

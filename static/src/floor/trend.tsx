import { axis, usePlot, type Drawing, type Ink } from "./plotted";
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

const WEEKS = 13;
const DAY = 86_400;

export function Trend({ days, label, unit, top }: Props) {
  const draw = (ink: Ink): Drawing => ({
    options: options(ink, label, top),
    data: [days.map((d) => Date.parse(`${d.day}T00:00:00Z`) / 1000), days.map((d) => d.value)],
  });
  const box = usePlot(160, draw, [JSON.stringify(days), top]);
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

function options(ink: Ink, label: string, top?: number): Drawing["options"] {
  const now = Date.now() / 1000;
  return {
    cursor: { show: false },
    axes: [{ ...axis(ink), space: 70 }, { ...axis(ink), size: 48 }],
    scales: {
      x: { range: () => [now - WEEKS * 7 * DAY, now + DAY] },
      y: { range: (_u, _low, high) => [0, top ?? Math.max(high, 1) * 1.1] },
    },
    series: [{}, { label, stroke: ink("accent"), width: 2, points: { show: true, size: 8, fill: ink("accent") } }],
  };
}

import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { shown } from "../theme";

export type Ink = (name: string) => string; // a colour of the look

export interface Drawing {
  options: Omit<UPlot.Options, "width" | "height">;
  data: UPlot.AlignedData;
}

// usePlot draws into a box, and anew when what it says, its width or the colours around it change.
export function usePlot(height: number, draw: (ink: Ink) => Drawing, says: unknown[]) {
  const box = useRef<HTMLDivElement>(null);
  const colours = shown.value;
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const style = getComputedStyle(el);
    const { options, data } = draw((name) => style.getPropertyValue(`--${name}`).trim());
    const plot = new UPlot({ ...options, width: el.clientWidth, height, legend: { show: false } }, data, el);
    const watch = new ResizeObserver(() => plot.setSize({ width: el.clientWidth, height }));
    watch.observe(el);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [...says, colours, height]);
  return box;
}

export const axis = (ink: Ink): UPlot.Axis => ({ stroke: ink("ink"), grid: { stroke: ink("edge"), width: 1 }, ticks: { stroke: ink("edge"), width: 1 } });

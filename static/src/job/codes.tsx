import { say } from "../words";
import { BARS, QUIET } from "./bars";
import { CODES } from "./calibrate";
import { GS } from "./keys";

// The codes of the calibration on a screen, for a scanner that is held to it: whole pixels a module, dark on white
// by day and by night. A screen that is too narrow for the long ones says so in their place.

const HEIGHT = 60;

export function Bars({ n }: { n: number }) {
  let x: number = QUIET;
  const path = [...BARS[n]!].map((w, i) => {
    const at = x;
    x += Number(w);
    return i % 2 === 0 ? `M${at} 0h${w}v${HEIGHT}h-${w}z` : "";
  });
  const modules = x + QUIET;
  return (
    <figure class="bars" data-testid={`bars-${n + 1}`}>
      <svg
        viewBox={`0 0 ${modules} ${HEIGHT}`}
        style={{ "--modules": modules }}
        preserveAspectRatio="none"
        role="img"
        aria-label={say("setup.code", { n: n + 1 })}
        shape-rendering="crispEdges"
      >
        <rect width={modules} height={HEIGHT} fill="#fff" />
        <path d={path.join("")} fill="#000" />
      </svg>
      <figcaption class="code">{CODES[n]!.replace(GS, " ")}</figcaption>
    </figure>
  );
}

// Narrow is said where a screen cannot show them.
export const Narrow = () => <p class="bars-narrow quiet">{say("setup.narrow")}</p>;

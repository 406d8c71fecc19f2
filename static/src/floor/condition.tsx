import { Icon } from "../look/icons";
import { when } from "../words";

// How a device is, where its browser tells: what to swap or to walk to before it stops somebody's work.

export interface Condition {
  battery_percent?: number;
  charging?: boolean;
  network?: string;
  round_trip_ms?: number;
  battery_low?: boolean;
  signal_weak?: boolean;
  at: string;
  silent?: boolean;
}

// ConditionLine says nothing about what a browser does not tell. Whole is for a page about devices; elsewhere
// a device that answers well needs no word about its signal.
export function ConditionLine({ of: d, whole = false }: { of: { online: boolean; condition?: Condition | null }; whole?: boolean }) {
  const c = d.condition;
  if (!c) return null;
  return (
    <span class="condition" data-testid="condition">
      {c.battery_percent !== undefined && <Charge c={c} />}
      {d.online && c.signal_weak && (
        <span class="warned" data-testid="signal-weak">
          <Icon name="weak" /> weak signal
        </span>
      )}
      {d.online && whole && !c.silent && c.round_trip_ms !== undefined && <span class="quiet">answers in {c.round_trip_ms} ms</span>}
      {(d.online ? c.silent : !whole) && <span class="quiet">no word since {when(c.at)}</span>}
    </span>
  );
}

function Charge({ c }: { c: Condition }) {
  return (
    <span class={c.battery_low ? "warned" : ""} data-testid="battery" data-low={String(c.battery_low ?? false)}>
      <Icon name={c.charging ? "charging" : "battery"} />
      <span class="visually-hidden">battery</span> {c.battery_percent} %{c.charging ? " charging" : ""}
      {c.battery_low && " low"}
    </span>
  );
}

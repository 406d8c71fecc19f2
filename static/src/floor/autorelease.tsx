import { useState } from "preact/hooks";
import { put } from "../api";
import { Faults } from "../doors/form";
import { usePath } from "./live";
import { Panel } from "./now";

// How the house releases by itself, so that no picker waits for somebody at a desk.

interface Rule {
  on: boolean;
  lists_per_picker: number;
  method: string;
  max_orders: number;
}

const METHODS = ["cluster", "discrete", "batch", "zone"];

export function AutoRelease() {
  const { data, again } = usePath<Rule>("/auto-release");
  const [fault, setFault] = useState<Error | null>(null);
  if (!data) return null;
  const rule: Rule = { ...data, method: data.method || "cluster", lists_per_picker: data.lists_per_picker || 1 };
  const set = (change: Partial<Rule>) => {
    setFault(null);
    void put("/auto-release", { ...rule, ...change }).then(again, setFault);
  };
  return (
    <Panel title="Automatic release" wide>
      <p class="quiet">{rule.on ? `While fewer than ${rule.lists_per_picker} lists wait for each picker at work, the next orders are released: urgent ones first, then those of the soonest truck.` : "Off: orders wait until somebody releases them."}</p>
      <div class="chosen">
        <label class="inline">
          <input type="checkbox" checked={rule.on} data-testid="auto-on" onChange={(e) => set({ on: e.currentTarget.checked })} /> Release by itself
        </label>
        <label class="inline">
          Lists waiting for each picker
          <input class="few" type="number" min="1" max="10" value={rule.lists_per_picker} data-testid="auto-lists" onChange={(e) => set({ lists_per_picker: Number(e.currentTarget.value) })} />
        </label>
        <label class="inline">
          Method
          <select value={rule.method} data-testid="auto-method" onChange={(e) => set({ method: e.currentTarget.value })}>
            {METHODS.map((m) => (
              <option key={m}>{m}</option>
            ))}
          </select>
        </label>
        {rule.method !== "discrete" && (
          <label class="inline">
            Orders on a cart
            <input class="few" type="number" min="0" max="24" value={rule.max_orders || ""} placeholder="6" data-testid="auto-slots" onChange={(e) => set({ max_orders: Number(e.currentTarget.value) })} />
          </label>
        )}
      </div>
      {fault && <Faults fault={fault} />}
    </Panel>
  );
}

import { put } from "../api";
import { field } from "../doors/form";
import { Dialog, Text } from "./dialog";

// How much one person changes alone, in units and in worth.

export interface Limits {
  limit_units: number;
  limit_cents: number;
}

interface Props {
  title: string;
  of: string; // where the rule is kept
  rule: Limits;
  units: string;
  worth: string;
  onClose: () => void;
  again: () => void;
}

export function LimitsDialog({ title, of, rule, units, worth, onClose, again }: Props) {
  const send = async (d: FormData) => {
    await put(of, { limit_units: Number(field(d, "units")), limit_cents: Math.round(Number(field(d, "worth")) * 100) });
    again();
  };
  return (
    <Dialog title={title} send="Save" onSend={send} onClose={onClose}>
      <Text name="units" label={units} type="number" required value={String(rule.limit_units)} />
      <Text name="worth" label={worth} type="number" step="any" required value={String(rule.limit_cents / 100)} />
    </Dialog>
  );
}

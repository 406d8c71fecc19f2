import { post } from "../api";
import { field } from "../doors/form";
import { Dialog, Pick, Text } from "./dialog";
import type { Row } from "./rows";

// What a lead does to stock at the desk: more or less of it, to another bin, out of sale and back.

export const REASONS = ["found", "lost", "damaged", "expired", "theft", "sample", "wrong entry", "opening stock"] as const;

interface Props {
  row: Partial<Row>;
  onClose: () => void;
  again: () => void;
}

// Told is for what is not wrong and yet to be known.
interface Told {
  tell: (text: string) => void;
}

export function Adjust({ row, onClose, again, tell }: Props & Told) {
  const send = async (d: FormData) => {
    const lot = field(d, "lot");
    const expiry = field(d, "expiry");
    const serials = field(d, "serials").split(/[\s,]+/).filter(Boolean);
    const done = await post<{ waiting?: { id: string } }>("/stock/adjustments", {
      bin: field(d, "bin"),
      sku: field(d, "sku"),
      qty: Number(field(d, "qty")),
      reason: field(d, "reason"),
      ...(lot && { lot }),
      ...(expiry && { expiry }),
      ...(serials.length > 0 && { serials }),
    });
    tell(done.waiting ? `It is more than one person adjusts alone: ${done.waiting.id} waits for another's word.` : "");
    again();
  };
  return (
    <Dialog title="Adjust stock" send="Adjust" onSend={send} onClose={onClose}>
      <Text name="sku" label="SKU" required value={row.sku ?? ""} />
      <Text name="bin" label="Bin" required value={row.bin ?? ""} />
      <Text name="qty" label="Units, plus or minus" type="number" required />
      <Text name="lot" label="Lot" value={row.lot ?? ""} />
      <Text name="expiry" label="Best before" type="date" value={row.expiry ?? ""} />
      <Text name="serials" label="Serials, where it is kept by them" value={row.serial ?? ""} />
      <label>
        Reason
        <input name="reason" required list="reasons" autocomplete="off" data-testid="field-reason" />
        <datalist id="reasons">
          {REASONS.map((r) => (
            <option key={r} value={r} />
          ))}
        </datalist>
      </label>
    </Dialog>
  );
}

export function Move({ row, onClose, again }: Props) {
  const send = async (d: FormData) => {
    await post("/stock/moves", { ...kindOf(row), from: row.bin, to: field(d, "to"), qty: Number(field(d, "qty")), reason: field(d, "reason") });
    again();
  };
  return (
    <Dialog title={`Move ${row.sku} out of ${row.bin}`} send="Move" onSend={send} onClose={onClose}>
      <Text name="to" label="To bin" required />
      <Text name="qty" label="Units" type="number" required value={String(row.on_hand ?? "")} />
      <Text name="reason" label="Reason" required value="tidied up" />
    </Dialog>
  );
}

const kindOf = (r: Partial<Row>) => ({
  sku: r.sku,
  ...(r.lot && { lot: r.lot }),
  ...(r.expiry && { expiry: r.expiry }),
  ...(r.serial && { serial: r.serial }),
  ...(r.condition && { condition: r.condition }),
});

interface Held {
  qty: number;
  promised: number;
}

// Hold keeps stock from being sold, or lets it be sold again; what orders were promised of it before is told, for it is not
// taken from them.
export function Hold({ row, onClose, again, tell }: Props & Told) {
  const good = !!row.condition;
  const send = async (d: FormData) => {
    const held = await post<Held>("/stock/holds", {
      sku: row.sku,
      ...(row.bin && field(d, "where") === "this bin" && { bin: row.bin }),
      ...(row.lot && { lot: row.lot }),
      ...(row.serial && { serial: row.serial }),
      condition: good ? "good" : field(d, "condition"),
      reason: field(d, "reason"),
    });
    tell(held.promised > 0 && !good ? `${held.qty} are held. ${held.promised} more are promised to orders and are not taken from them: hold those orders first.` : "");
    again();
  };
  return (
    <Dialog title={good ? `Sell ${row.sku} again` : `Hold ${row.sku} ${row.lot ?? ""}`} send={good ? "Sell it again" : "Hold"} onSend={send} onClose={onClose}>
      {!good && <Pick name="condition" label="What is it?" options={["held", "damaged"]} />}
      <Pick name="where" label="Which of it?" options={["this bin", row.lot ? "the lot, wherever it lies" : "all of it, wherever it lies"]} />
      <Text name="reason" label="Reason" required hint={good ? "checked and sound" : "recall, doubt about the supplier"} />
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import { Faults } from "../doors/form";
import { remove } from "../api";
import { BARS } from "../job/bars";
import { findings } from "../job/calibrate";
import { Bars, Narrow } from "../job/codes";
import { Findings, worded } from "../job/findings";
import type { Profile } from "../job/profile";
import { say, when } from "../words";
import { Dialog } from "./dialog";
import "../look/setup.css";

// How the scanner of a device types, for a lead: in words, since when, and whether it still does.

export interface Scanned {
  id: string;
  name: string;
  scanner?: Profile & { drift?: string };
  calibrated?: string;
}

export const CODES_SHEET = "/api/v1/scanner/codes.pdf";

export function ScannerCell({ of: d, onOpen }: { of: Scanned; onOpen: () => void }) {
  const p = d.scanner;
  return (
    <div data-testid={`scanner-${d.id}`} data-drift={p?.drift ?? ""}>
      <button type="button" class="bare" data-testid={`scanner-open-${d.id}`} onClick={onOpen}>
        {p ? say("setup.since", { when: when(d.calibrated) }) : say("desk.scanner.none")}
      </button>
      {p?.drift && (
        <p class="warned" data-testid={`scanner-drift-${d.id}`}>
          {say(`drift.${p.drift}`)}
        </p>
      )}
      {p && <p class="quiet">{brief(p)}</p>}
    </div>
  );
}

// brief is what is worth a lead's while: what to change, or that there is nothing.
function brief(p: Profile): string {
  const change = findings(p).filter((f) => !f.good);
  return change.length === 0 ? say("desk.scanner.good") : change.map(worded).join(" ");
}

// ScannerDialog says how it is set up anew: at the device itself, with these codes.
export function ScannerDialog({ of: d, onClose, again }: { of: Scanned; onClose: () => void; again: () => void }) {
  const [fault, setFault] = useState<Error | null>(null);
  const forget = async () => {
    try {
      await remove(`/devices/${d.id}/scanner`);
      again();
      onClose();
    } catch (e) {
      setFault(e as Error);
    }
  };
  return (
    <Dialog title={say("desk.scanner.of", { device: d.name })} send={say("desk.scanner.ok")} onSend={async () => {}} onClose={onClose}>
      {d.scanner?.drift && <p class="warned">{say(`drift.${d.scanner.drift}`)}</p>}
      {d.scanner && <Findings of={d.scanner} />}
      {d.scanner && (
        <button type="button" class="danger" data-testid="scanner-forget" onClick={() => void forget()}>
          {say("setup.forget")}
        </button>
      )}
      {fault && <Faults fault={fault} />}
      <h3>{say(d.scanner ? "desk.scanner.anew" : "setup.title")}</h3>
      <p>{say("desk.scanner.how", { device: d.name })}</p>
      <a class="button" href={CODES_SHEET} target="_blank" rel="noreferrer" data-testid="scanner-sheet">
        {say("setup.sheet")}
      </a>
      <Narrow />
      {BARS.map((_, n) => (
        <Bars key={n} n={n} />
      ))}
    </Dialog>
  );
}

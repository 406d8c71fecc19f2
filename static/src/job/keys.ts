// One key as a scanner presses it, told apart by what it means within a code. The host's own sign is kept
// beside the key's place: with a profile the place may be what counts.

export const GS = "\x1d";

export interface Stroke {
  text: string; // the sign the host made of it; "" for a dead key
  place: string; // KeyboardEvent.code; "" where the text was injected
  shift: boolean;
  caps: boolean | null; // null where the text was injected
  at: number; // ms
}

export type Heard = { sign: Stroke } | "end" | null;

// Function keys stand for control characters in some scanners. They travel as private signs until a profile
// says what they mean; without one they are dropped.
const FUNCTION = 0xe000;
export const functionSign = (n: number): string => String.fromCharCode(FUNCTION + n);
export const withoutFunctions = (s: string): string => s.replace(/[\ue000-\ue00f]/g, "");

// F8 is what several scanners send for GS when told to replace it by a function key.
const GS_KEY = 8;

// heard says what a key is within a burst (or at its beginning): a sign, the end, or nothing of a scan's.
// Alt is ignored: some terminals set it on every key. AltGr arrives as Ctrl and Alt together.
export function heard(e: KeyboardEvent, inBurst: boolean, at: number): Heard {
  const stroke = (text: string): Heard => ({ sign: { text, place: e.code, shift: e.shiftKey, caps: capsOf(e), at } });
  if (e.key === "Enter" || e.key === "Tab") return "end";
  if (e.key === GS) return stroke(GS);
  if (e.ctrlKey && !e.altKey && !e.metaKey && !altGraph(e)) return control(e, inBurst, stroke);
  if (e.metaKey) return null;
  const f = /^F(\d\d?)$/.exec(e.key);
  if (f) return inBurst ? stroke(Number(f[1]) === GS_KEY ? GS : functionSign(Number(f[1]))) : null;
  if (e.key === "Dead") return inBurst || e.code !== "" ? stroke("") : null;
  if (e.isComposing) return null;
  return [...e.key].length === 1 ? stroke(e.key) : null;
}

// control is a control character sent as its Ctrl key: GS by sign or by place, and line ends within a burst.
function control(e: KeyboardEvent, inBurst: boolean, stroke: (text: string) => Heard): Heard {
  if (e.key === "]" || e.code === "BracketRight") return stroke(GS);
  if (inBurst && /^[mji]$/i.test(e.key)) return "end"; // CR, LF and Tab
  return null;
}

const altGraph = (e: KeyboardEvent): boolean => e.getModifierState("AltGraph");
const capsOf = (e: KeyboardEvent): boolean => e.getModifierState("CapsLock");

// Alt and digits of the number pad, with Alt held, type the character of that number when Alt is let go.
export class AltCode {
  private digits: string | null = null;

  // down takes a key of such a sequence, and says whether it was one.
  down(e: KeyboardEvent): boolean {
    if (e.key === "Alt") {
      this.digits = "";
      return true;
    }
    const digit = /^Numpad(\d)$/.exec(e.code)?.[1];
    if (this.digits === null || !e.altKey || digit === undefined) return false;
    this.digits += digit;
    return true;
  }

  // up gives the character when Alt is let go. Below 128 all code pages agree; a code holds nothing above.
  up(e: KeyboardEvent): string | null {
    if (e.key !== "Alt" || this.digits === null) return null;
    const n = Number(this.digits || NaN);
    this.digits = null;
    return n > 0 && n < 128 ? String.fromCharCode(n) : null;
  }
}

import { functionSign, GS, withoutFunctions, type Stroke } from "./keys";
import { LAYOUTS, mixtures, typedAt, type Layout } from "./layouts";
import { isWhole } from "./whole";

// A profile is how one device's scanner types, as its calibration learned it. What a wrong keyboard did to a
// code is undone by the profile alone: without one a garbled code goes to the floor as it came, with a hint.

export interface Profile {
  terminator: "enter" | "tab" | "none";
  delivery: "keys" | "text";
  decode: "key" | "position" | "map";
  layout?: Layout | "";
  from?: string;
  to?: string;
  prefix?: string;
  suffix?: string;
  aim: boolean;
  caps: boolean;
  gs?: string;
  gs_lost: boolean;
  gap_ms: number;
}

export type End = "enter" | "tab" | "none";

// Sample is one burst, whatever it says.
export interface Sample {
  strokes: Stroke[];
  end: End;
  way: "keys" | "text";
}

export const AIM = /^\][A-Za-z]\d/;

export const rawText = (strokes: Stroke[]): string => strokes.map((s) => s.text).join("");

// byPlace reads keys by where they are; what has no place is taken as its sign.
export function byPlace(strokes: Stroke[], l: Layout): string {
  return strokes.map((s) => (s.text === GS ? GS : (typedAt(l, s.place, s.shift) ?? s.text))).join("");
}

export function byMap(text: string, from: string, to: string): string {
  const meant = new Map([...from].map((c, i) => [c, [...to][i]!]));
  return [...text].map((c) => meant.get(c) ?? c).join("");
}

// read gives the code that was meant.
export function read(strokes: Stroke[], p: Profile | null): string {
  const raw = rawText(strokes);
  if (!p) return withoutFunctions(raw);
  return stripped(withoutFunctions(withGS(decoded(strokes, raw, p), p)), p);
}

// decoded undoes the keyboard. A map was learned with Caps Lock as it was then: in another state it proves nothing.
function decoded(strokes: Stroke[], raw: string, p: Profile): string {
  if (p.decode === "position") return byPlace(strokes, p.layout as Layout);
  if (p.decode === "map" && !capsTurned(strokes, p)) return byMap(raw, p.from ?? "", p.to ?? "");
  return raw;
}

export const capsTurned = (strokes: Stroke[], p: Profile): boolean => strokes.some((s) => s.caps !== null && s.caps !== p.caps);

function withGS(text: string, p: Profile): string {
  if (!p.gs) return text;
  const n = /^F(\d\d?)$/.exec(p.gs)?.[1];
  return text.replaceAll(n ? functionSign(Number(n)) : p.gs, GS);
}

function stripped(text: string, p: Profile): string {
  const aim = AIM.exec(text)?.[0] ?? "";
  let rest = text.slice(aim.length);
  if (p.prefix && rest.startsWith(p.prefix)) rest = rest.slice(p.prefix.length);
  const whole = aim + rest;
  return p.suffix && whole.endsWith(p.suffix) ? whole.slice(0, -p.suffix.length) : whole;
}

const HINT_LEAST = 6; // shorter texts prove too little

// garbled says whether a code would prove itself on another keyboard, and does not on this one.
export function garbled(strokes: Stroke[]): boolean {
  const raw = withoutFunctions(rawText(strokes));
  if (raw.length < HINT_LEAST || proves(raw)) return false;
  if (strokes.some((s) => s.place !== "") && LAYOUTS.some((l) => proves(byPlace(strokes, l)))) return true;
  return mixtures().some((m) => proves([...raw].map((c) => m.signs.get(c) ?? c).join("")));
}

// onlyTurned says that a code is right but for Caps Lock.
export function onlyTurned(strokes: Stroke[]): boolean {
  const raw = withoutFunctions(rawText(strokes));
  return /[a-z]/.test(raw) && proves(turned(raw));
}

const proves = (code: string): boolean => isWhole(code.replace(AIM, ""));

export type Contradiction = "terminator" | "aim" | "prefix" | "keyboard" | "caps";

// contradiction is how a scan disagrees with what was learned, or null.
export function contradiction(x: Sample, p: Profile): Contradiction | null {
  const raw = decoded(x.strokes, rawText(x.strokes), p);
  const code = read(x.strokes, p);
  if (p.decode === "map" && capsTurned(x.strokes, p)) return "caps";
  if (!proves(code) && /[a-z]/.test(code) && proves(turned(code))) return "caps";
  if (!proves(code) && garbled(asRead(x.strokes, p))) return "keyboard";
  if (x.end !== p.terminator) return "terminator";
  if (p.prefix && !raw.replace(AIM, "").startsWith(p.prefix)) return "prefix";
  if (AIM.test(code) !== p.aim) return "aim";
  return null;
}

// asRead are the strokes as the profile reads them, so that what it repairs is no contradiction.
function asRead(strokes: Stroke[], p: Profile): Stroke[] {
  return p.decode === "key" ? strokes : [...read(strokes, p)].map((text) => ({ text, place: "", shift: false, caps: null, at: 0 }));
}

const turned = (s: string): string => [...s].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join("");

const TIMES = 3; // in a row; one odd scan is a sleeve on a trigger

// Drift notices a scanner that is no longer as it was calibrated.
export class Drift {
  private last: Contradiction | null = null;
  private times = 0;
  private agreed = 0;

  // heard takes one scan and gives the contradiction when it has come three times in a row, or that three in a row
  // agree. Only a code with letters that proves itself says that all is well, and one of digits alone says nothing
  // of Caps Lock: bins and items take turns on a walk.
  heard(x: Sample, p: Profile): Contradiction | "agrees" | null {
    const c = contradiction(x, p);
    const code = read(x.strokes, p);
    if (c === null && this.last === "caps" && !/[a-z]/i.test(code)) return null;
    this.times = c !== null && c === this.last ? this.times + 1 : c === null ? 0 : 1;
    this.last = c;
    if (this.times >= TIMES) {
      this.times = 0;
      return c;
    }
    if (c !== null) this.agreed = 0;
    else if (/[A-Z]/.test(code) && proves(code)) this.agreed++;
    if (this.agreed < TIMES) return null;
    this.agreed = 0;
    return "agrees";
  }
}

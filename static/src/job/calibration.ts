import { signal } from "@preact/signals";
import { CODES, judge, learn, type Burst } from "./calibrate";
import { GS } from "./keys";
import { rawText, read, type End, type Profile, type Sample } from "./profile";
import { stored, verdictSound } from "./sound";
import { isWhole } from "./whole";

// Calibration is the page "Set up the scanner" while it is open: three codes come in, a profile comes out, and any
// label can be tried with it before it is kept. What is scanned meanwhile is its own and never work.

export interface Tried {
  came: string; // as the keyboard gave it
  code: string; // as it is understood
  end: End;
  proves: boolean; // its check character is right
}

// Said is what went wrong, as a key of words.
export type Said = Exclude<Burst, "due"> | "few" | "ends" | "strange";

export class Calibration {
  readonly samples = signal<Sample[]>([]);
  readonly said = signal<Said | null>(null);
  readonly profile = signal<Profile | null>(null);
  readonly tried = signal<Tried | null>(null);
  readonly kept = signal(false);

  // heard takes a burst in place of a scan.
  readonly heard = (x: Sample): void => {
    const p = this.profile.value;
    if (p) this.try(x, p);
    else this.code(x);
  };

  again(): void {
    this.samples.value = [];
    this.said.value = null;
    this.profile.value = null;
    this.tried.value = null;
    this.kept.value = false;
  }

  private try(x: Sample, p: Profile): void {
    const code = read(x.strokes, p);
    stored();
    this.tried.value = { came: rawText(x.strokes), code, end: x.end, proves: isWhole(code) };
  }

  private code(x: Sample): void {
    const burst = judge(x, this.samples.value);
    if (burst !== "due") return this.wrong(burst);
    const samples = [...this.samples.value, x];
    this.samples.value = samples;
    this.said.value = null;
    if (samples.length < CODES.length) return stored();
    const learned = learn(samples);
    if ("fault" in learned) {
      this.samples.value = [];
      return this.wrong(learned.fault);
    }
    this.profile.value = learned.profile;
    verdictSound("accepted");
  }

  private wrong(said: Said): void {
    this.said.value = said;
    verdictSound("refused");
  }
}

// calibration is the page, while it is open.
export const calibration = signal<Calibration | null>(null);

export const openCalibration = (): void => {
  calibration.value = new Calibration();
};

export const closeCalibration = (): void => {
  calibration.value = null;
};

// visible writes control characters by their names, and keys that type none.
export function visible(text: string): { text: string; named: boolean }[] {
  const parts = text.split(/([\x00-\x1f\x7f\ue000-\ue00f])/).filter((s) => s !== "");
  return parts.map((s) => (nameOf(s) ? { text: nameOf(s)!, named: true } : { text: s, named: false }));
}

const NAMES: Record<string, string> = { [GS]: "GS", "\x04": "EOT", "\x09": "Tab", "\x0a": "LF", "\x0d": "CR", "\x1e": "RS", "\x1b": "Esc" };

function nameOf(sign: string): string | undefined {
  const n = sign.charCodeAt(0);
  if (sign.length !== 1 || (n >= 32 && n < 127)) return undefined;
  if (n >= 0xe000 && n <= 0xe00f) return `F${n - 0xe000}`;
  return n < 32 || n === 127 ? (NAMES[sign] ?? `#${n}`) : undefined;
}

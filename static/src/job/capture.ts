import { say } from "../words";
import type { Origin } from "./keep";
import { AltCode, heard, type Stroke } from "./keys";
import { garbled, onlyTurned, rawText, read, type Contradiction, Drift, type End, type Profile, type Sample } from "./profile";
import { isWhole } from "./whole";

// Capture hears scanners. A wedge scanner is a keyboard: it types a code in a burst and then, perhaps, Enter
// or Tab; some inject the text into whatever field has the focus. Both ways end here, as one scan each.
// Enter from a scanner must never submit a form or press a button, so keys of a burst go no further.

export const SILENCE_MS = 60; // a burst whose code is whole is over after this much silence
export const ASKED_MS = 25; // and after this much where it is the very code that is asked for
export const PATIENCE_MS = 250; // any other burst after this much: it may have stopped in the middle
export const TERMINATED_MS = 1_000; // and after this much where the scanner is known to end its codes
const TRIGGER_MS = 50; // the same code sooner than this after itself is a trigger that bounced
const COPY_MS = 150; // the same code by the other way (keys, text) sooner than this is one scan sent twice
const SLOW = 3; // a scanner that waits between characters is given this many of its waits
const SHORTEST = 3; // without a terminator, fewer characters are a stray key, not a code
const LABEL = 80; // what is asked for is no longer
export const LONGEST = 2000; // no code is longer; a frame holds 16 KB
const TYPING_MS = 35; // slower than this a key on average, it is a hand and not a scanner

export interface Ears {
  onScan: (code: string, origin: Origin) => void;
  // undecided says whether this code is still on its way; a bounce is only dropped while it is.
  undecided?: (code: string) => boolean;
  // wanted says whether this very code is asked for now.
  wanted?: (code: string) => boolean;
  // onKeys is offered single keys that are no scan, and says whether a number pad on screen took them.
  onKeys?: (keys: string) => boolean;
  // onSample is given bursts as they came, in place of scans: the calibration compares them with paper. It is
  // looked up when a burst begins, and that burst is its own to the end, whatever page is open by then: a work
  // scan never ends as a sample, nor a sample as a work scan.
  readonly onSample?: ((s: Sample) => void) | undefined;
  // profile is what the calibration of this device's scanner learned.
  profile?: () => Profile | null;
  // onGarbled hears of a code that would prove itself on another keyboard, on a device without a profile; turned
  // says that Caps Lock alone would do it.
  onGarbled?: (code: string, turned: boolean) => void;
  // onDrift hears of a scanner that no longer types as it was calibrated, and onAgrees that it does.
  onDrift?: (c: Contradiction) => void;
  onAgrees?: () => void;
  now?: () => number;
}

type Way = Sample["way"];

export class Capture {
  readonly field: HTMLInputElement;
  private strokes: Stroke[] = [];
  private way: Way = "keys";
  private taker: Ears["onSample"]; // who takes this burst in place of a scan
  private open = ""; // the last code, where it was undecided when this burst began
  private terminates = false; // the last code ended with Enter or Tab
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keyAt = 0;
  private last = { code: "", way: "keys" as Way, at: -1e9 };
  private alt = new AltCode();
  private altGave = { text: "", at: -1e9 };
  private readonly drift = new Drift();
  private readonly swallow = new Set<string>();

  constructor(
    private readonly page: Window,
    private readonly ears: Ears,
  ) {
    this.field = makeField(page.document);
  }

  start(): () => void {
    const d = this.page.document;
    d.body.append(this.field);
    const off = new AbortController();
    const on = { signal: off.signal, capture: true };
    this.page.addEventListener("keydown", (e) => this.keydown(e), on);
    this.page.addEventListener("keyup", (e) => this.keyup(e), on);
    this.page.addEventListener("paste", (e) => this.paste(e), on);
    this.page.addEventListener("focus", () => this.focus(), { signal: off.signal });
    this.page.addEventListener("blur", () => setTimeout(() => d.activeElement instanceof HTMLIFrameElement && this.focus(), 0), { signal: off.signal });
    d.addEventListener("pointerup", () => setTimeout(() => this.focus(), 0), on);
    d.addEventListener("visibilitychange", () => this.focus(), on);
    this.field.addEventListener("input", (e) => this.injected(e as InputEvent));
    this.field.addEventListener("compositionend", () => this.injected(null));
    this.focus();
    return () => {
      off.abort();
      clearTimeout(this.timer);
      this.field.remove();
    };
  }

  // focus keeps the hidden field ready for injected text, unless somebody is typing on purpose.
  focus(): void {
    if (!typing(this.page.document.activeElement)) this.field.focus({ preventScroll: true });
  }

  private keydown(e: KeyboardEvent): void {
    const at = this.now();
    const inBurst = this.strokes.length > 0;
    if (typing(e.target)) return this.typed(e, at);
    if (this.alt.down(e)) return this.mute(e);
    const key = heard(e, inBurst, at);
    if (key === "end") {
      this.mute(e, inBurst || e.key === "Enter");
      if (inBurst) this.ended(e.key === "Tab" || e.key === "i" ? "tab" : "enter");
    } else if (key && (inBurst || !pressesButton(e))) {
      this.mute(e);
      this.add(key.sign, "keys");
    }
  }

  // typed watches a field that a person types in. A burst that fast is a scanner all the same: the scan is
  // taken and the field left as it was.
  private typed(e: KeyboardEvent, at: number): void {
    const key = heard(e, this.strokes.length > 0, at);
    if (key !== null && key !== "end") {
      if (at - this.keyAt > SILENCE_MS) this.strokes = [];
      this.push(key.sign);
      this.keyAt = at;
      return;
    }
    if (key !== "end") return;
    const code = rawText(this.strokes);
    const n = this.strokes.length;
    const fast = n >= SHORTEST && at - this.strokes[0]!.at < TYPING_MS * n && at - this.keyAt < SILENCE_MS;
    if (!fast) {
      this.strokes = [];
      return;
    }
    this.mute(e);
    const field = e.target as HTMLInputElement;
    if (field.value.endsWith(code)) field.value = field.value.slice(0, -code.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.way = "keys";
    this.end(e.key === "Tab" ? "tab" : "enter");
  }

  private keyup(e: KeyboardEvent): void {
    const text = this.alt.up(e);
    if (text !== null && !typing(e.target)) {
      this.altGave = { text, at: this.now() };
      this.add(this.sign(text), "keys");
    }
    if (this.swallow.delete(e.key)) this.mute(e, false);
  }

  private paste(e: ClipboardEvent): void {
    if (typing(e.target)) return;
    e.preventDefault();
    if (this.strokes.length >= SHORTEST) this.end("none"); // what is pasted is whole by itself
    this.text(e.clipboardData?.getData("text") ?? "");
  }

  // injected takes what an input method wrote into the field. Within a composition it is taken at its end.
  private injected(e: InputEvent | null): void {
    if (e?.isComposing) return;
    const text = this.field.value;
    this.field.value = "";
    const echo = text === this.altGave.text && this.now() - this.altGave.at < COPY_MS;
    this.altGave = { text: "", at: -1e9 };
    if (!echo) this.text(text);
  }

  private text(text: string): void {
    for (const c of text.replaceAll("\r\n", "\n")) {
      if (c === "\n" || c === "\r") this.ended("enter");
      else if (c === "\t") this.ended("tab");
      else this.add(this.sign(c), "text");
    }
  }

  private sign(text: string): Stroke {
    return { text, place: "", shift: false, caps: null, at: this.now() };
  }

  private add(s: Stroke, way: Way): void {
    // Keys after injected text are the next code. Text after keys may be one composed sign of the same.
    if (way === "keys" && this.way === "text" && this.strokes.length >= SHORTEST) this.end("none");
    if (this.strokes.length === 0) this.way = way;
    this.push(s);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.silence(), this.quiet());
  }

  private push(s: Stroke): void {
    if (this.strokes.length === 0) {
      this.taker = this.ears.onSample;
      this.open = this.ears.undecided?.(this.last.code) ? this.last.code : "";
    }
    if (this.strokes.length < LONGEST) this.strokes.push(s);
  }

  // slowest is the wait between two characters that is to be expected here: what was learned, or what half of
  // the last gaps were. One long gap is a link that stalled and not a slow scanner.
  private slowest(): number {
    const last = this.strokes.slice(-8);
    const gaps = last.slice(1).map((s, i) => s.at - last[i]!.at);
    const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
    return Math.max(this.profile?.gap_ms ?? 0, usual);
  }

  // quiet is how long nothing must come before a code that proves itself is over.
  private quiet(): number {
    return Math.max(this.asked() ? ASKED_MS : SILENCE_MS, SLOW * this.slowest());
  }

  // asked says that this scanner ends its codes with nothing and that what came is whole and the very code that
  // is wanted: more is not to be expected.
  private asked(): boolean {
    if (this.ends() || this.taker || !this.ears.wanted || this.strokes.length > LABEL) return false;
    const code = read(this.strokes, this.profile);
    return this.ears.wanted(code) && isWhole(code);
  }

  private ends(): boolean {
    const learned = this.profile?.terminator;
    return learned ? learned !== "none" : this.terminates;
  }

  private silence(): void {
    const code = rawText(this.strokes);
    const short = this.strokes.length < SHORTEST;
    if (short && this.ears.onKeys?.(code)) this.strokes = [];
    else if (!this.taker && isWhole(read(this.strokes, this.profile))) this.end("none");
    else this.timer = setTimeout(() => this.waited(), Math.max(0, this.patience() - this.quiet()));
  }

  private patience(): number {
    return this.ends() || this.taker ? TERMINATED_MS : PATIENCE_MS;
  }

  private waited(): void {
    this.terminates = false;
    if (this.strokes.length >= SHORTEST) this.end("none");
    else this.strokes = [];
  }

  private ended(how: End): void {
    if (this.strokes.length > 0) this.terminates = true;
    this.end(how);
  }

  private end(how: End): void {
    clearTimeout(this.timer);
    const sample: Sample = { strokes: this.strokes, end: how, way: this.way };
    this.strokes = [];
    if (sample.strokes.length === 0) return;
    if (this.taker) this.taker(sample);
    else this.give(sample);
  }

  private give(x: Sample): void {
    const code = read(x.strokes, this.profile);
    if (code === "" || this.again(code, x)) return;
    this.ears.onScan(code, "wedge");
    const p = this.profile;
    const drift = p ? this.drift.heard(x, p) : null;
    if (drift === "agrees") this.ears.onAgrees?.();
    else if (drift) this.ears.onDrift?.(drift);
    else if (!p && garbled(x.strokes)) this.ears.onGarbled?.(code, onlyTurned(x.strokes));
  }

  // again says whether this is the last scan once more: a trigger that bounced, or the same scan sent as keys
  // and as text. What the floor says while a bounce is still being typed makes no second unit of it.
  private again(code: string, x: Sample): boolean {
    const since = x.strokes[0]!.at - this.last.at;
    const same = code === this.last.code;
    const copied = same && x.way !== this.last.way && since < COPY_MS;
    const bounced = same && since < TRIGGER_MS && code === this.open;
    if (!copied) this.last = { code, way: x.way, at: this.now() };
    return copied || bounced;
  }

  private get profile(): Profile | null {
    return this.ears.profile?.() ?? null;
  }

  private mute(e: KeyboardEvent, down = true): void {
    e.preventDefault();
    e.stopImmediatePropagation();
    if (down) this.swallow.add(e.key);
  }

  private now(): number {
    return (this.ears.now ?? (() => performance.now()))();
  }
}

function typing(t: EventTarget | null): boolean {
  return t instanceof HTMLElement && t.matches("input:not([data-capture]), textarea, select");
}

// A space on a focused button is a person with a keyboard; a code does not begin with one.
function pressesButton(e: KeyboardEvent): boolean {
  return e.key === " " && e.target instanceof HTMLElement && e.target.matches("button, a, [role=button]");
}

function makeField(d: Document): HTMLInputElement {
  const f = d.createElement("input");
  f.type = "text";
  f.dataset.capture = "";
  f.className = "capture";
  f.inputMode = "none"; // no soft keyboard
  f.autocomplete = "off";
  f.autocapitalize = "off";
  f.spellcheck = false;
  f.tabIndex = -1;
  f.setAttribute("aria-label", say("capture"));
  return f;
}

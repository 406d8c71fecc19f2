import type { Origin } from "./keep";
import { isWhole } from "./whole";

// Capture hears scanners. A wedge scanner is a keyboard: it types a code in a burst and then, perhaps, Enter
// or Tab; some inject the text into whatever field has the focus. Both ways end here, as one scan each.
// Enter from a scanner must never submit a form or press a button, so keys of a burst go no further.

export const SILENCE_MS = 60; // a burst whose code is whole is over after this much silence
export const PATIENCE_MS = 250; // any other burst after this much: it may have stopped in the middle
export const TERMINATED_MS = 1_000; // and after this much where the scanner is known to end its codes
const TRIGGER_MS = 50; // the same code sooner than this after itself is a trigger that bounced
const SHORTEST = 3; // without a terminator, fewer characters are a stray key, not a code
const LONGEST = 2000; // no code is longer; a frame holds 16 KB
const TYPING_MS = 35; // slower than this a key on average, it is a hand and not a scanner
const GS = "\x1d";

export interface Ears {
  onScan: (code: string, origin: Origin) => void;
  // undecided says whether this code is still on its way; a bounce is only dropped while it is.
  undecided?: (code: string) => boolean;
  // onKeys is offered single keys that are no scan, and says whether a number pad on screen took them.
  onKeys?: (keys: string) => boolean;
  now?: () => number;
}

export class Capture {
  readonly field: HTMLInputElement;
  private text = "";
  private terminates = false; // the last code ended with Enter or Tab
  private timer: ReturnType<typeof setTimeout> | undefined;
  private began = 0;
  private keyAt = 0;
  private last = { code: "", at: -1e9 };
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
    d.addEventListener("pointerup", () => setTimeout(() => this.focus(), 0), on);
    d.addEventListener("visibilitychange", () => this.focus(), on);
    this.field.addEventListener("input", () => this.injected());
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
    const key = printable(e);
    const ends = e.key === "Enter" || e.key === "Tab";
    if (typing(e.target)) return this.typed(e, key);
    if (key !== null && (this.text !== "" || !pressesButton(e))) {
      this.mute(e);
      this.add(key);
    } else if (ends && this.text !== "") {
      this.mute(e);
      this.terminates = true;
      this.end();
    } else if (e.key === "Enter") {
      this.mute(e);
    }
  }

  // typed watches a field that a person types in. A burst that fast is a scanner all the same: the scan is
  // taken and the field left as it was.
  private typed(e: KeyboardEvent, key: string | null): void {
    const at = this.now();
    if (key !== null) {
      if (at - this.keyAt > SILENCE_MS) {
        this.text = "";
        this.began = at;
      }
      this.text += key;
      this.keyAt = at;
      return;
    }
    if (e.key !== "Enter" && e.key !== "Tab") return;
    const code = this.text;
    const fast = code.length >= SHORTEST && at - this.began < TYPING_MS * code.length && at - this.keyAt < SILENCE_MS;
    this.text = "";
    if (!fast) return;
    this.mute(e);
    const field = e.target as HTMLInputElement;
    if (field.value.endsWith(code)) field.value = field.value.slice(0, -code.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.give(code, this.began);
  }

  private keyup(e: KeyboardEvent): void {
    if (this.swallow.delete(e.key)) this.mute(e, false);
  }

  private paste(e: ClipboardEvent): void {
    if (typing(e.target)) return;
    e.preventDefault();
    const text = e.clipboardData?.getData("text") ?? "";
    for (const c of text) this.addOrEnd(c);
  }

  private injected(): void {
    const text = this.field.value;
    this.field.value = "";
    for (const c of text) this.addOrEnd(c);
  }

  private addOrEnd(c: string): void {
    if (c === "\n" || c === "\r" || c === "\t") this.end();
    else this.add(c);
  }

  private add(c: string): void {
    if (this.text === "") this.began = this.now();
    if (this.text.length < LONGEST) this.text += c;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.silence(), SILENCE_MS);
  }

  private silence(): void {
    const short = this.text.length < SHORTEST;
    if (short && this.ears.onKeys?.(this.text)) this.text = "";
    else if (isWhole(this.text)) this.end();
    else this.timer = setTimeout(() => this.waited(), (this.terminates ? TERMINATED_MS : PATIENCE_MS) - SILENCE_MS);
  }

  private waited(): void {
    this.terminates = false;
    if (this.text.length >= SHORTEST) this.end();
    else this.text = "";
  }

  private end(): void {
    clearTimeout(this.timer);
    const code = this.text;
    this.text = "";
    if (code !== "") this.give(code, this.began);
  }

  private give(code: string, began: number): void {
    const bounced = code === this.last.code && began - this.last.at < TRIGGER_MS && this.ears.undecided?.(code);
    this.last = { code, at: this.now() };
    if (!bounced) this.ears.onScan(code, "wedge");
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

// printable is the character a key stands for, or null. Scanners send GS as itself or as Ctrl+].
function printable(e: KeyboardEvent): string | null {
  if (e.key === GS || (e.ctrlKey && e.key === "]")) return GS;
  if (e.ctrlKey || e.metaKey || e.isComposing) return null;
  return [...e.key].length === 1 ? e.key : null;
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
  f.setAttribute("aria-label", "Scanner input");
  return f;
}

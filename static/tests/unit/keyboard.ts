import { typedAt, type Caps, type Layout } from "../../src/job/layouts";

// A wedge scanner at a host: the scanner knows which place and Shift make a sign on the keyboard it is set
// for; the host reads that place with its own keyboard and Caps Lock. Everything a scanner can be set to.

export interface Setting {
  scanner?: Layout;
  host?: Layout;
  caps?: Caps;
  end?: "Enter" | "Tab" | "LF" | null;
  prefix?: string;
  suffix?: string;
  aim?: boolean;
  gapMS?: number;
  gs?: "ctrl" | "itself" | "F8" | "F9" | "alt" | "lost" | string;
  way?: "keys" | "unplaced" | "alt" | "altflag" | "text" | "composed" | "pasted";
}

export const GS = "\x1d";

interface Press {
  key: string;
  code: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  altKey?: boolean;
  modifierCapsLock?: boolean;
}

const PLACES = "Backquote,Digit1,Digit2,Digit3,Digit4,Digit5,Digit6,Digit7,Digit8,Digit9,Digit0,Minus,Equal,KeyQ,KeyW,KeyE,KeyR,KeyT,KeyY,KeyU,KeyI,KeyO,KeyP,BracketLeft,BracketRight,Backslash,KeyA,KeyS,KeyD,KeyF,KeyG,KeyH,KeyJ,KeyK,KeyL,Semicolon,Quote,KeyZ,KeyX,KeyC,KeyV,KeyB,KeyN,KeyM,Comma,Period,Slash".split(",");

export function pressed(sign: string, s: Setting): Press {
  for (const code of PLACES) {
    for (const shiftKey of [false, true]) {
      if (typedAt(s.scanner ?? "us", code, shiftKey) !== sign) continue;
      const host = s.host ?? s.scanner ?? "us";
      const letter = /^\p{L}$/u.test(typedAt(host, code, false)!);
      const turned = s.caps === "all" || (s.caps === "letters" && letter);
      const key = typedAt(host, code, shiftKey !== turned)!;
      return { key, code, shiftKey, modifierCapsLock: turned || (s.caps ?? "off") !== "off" };
    }
  }
  throw new Error(`no key types ${sign}`);
}

// typed is what the host's editor would show: for the published table.
export const typed = (code: string, s: Setting): string => [...code].map((c) => pressed(c, s).key).join("");

export class Keyboard {
  constructor(
    private readonly field: HTMLInputElement,
    private readonly tick: (ms: number) => void,
  ) {}

  scan(code: string, s: Setting = {}): void {
    const aim = s.aim ? (code.includes(GS) ? "]C1" : "]C0") : "";
    const all = `${aim}${s.prefix ?? ""}${code}${s.suffix ?? ""}`;
    if (s.way === "text" || s.way === "composed" || s.way === "pasted") return this.inject(all, s);
    for (const c of all) {
      this.sign(c, s);
      this.tick(s.gapMS ?? 2);
    }
    const end = s.end === undefined ? "Enter" : s.end;
    if (end === "LF") this.press({ key: "j", code: "KeyJ", ctrlKey: true });
    else if (end) this.press({ key: end, code: end });
  }

  private sign(c: string, s: Setting): void {
    if (c === GS) return this.separator(s);
    if (s.way === "alt") return this.altCode(c);
    const p = pressed(c, s);
    this.press({ ...p, ...(s.way === "altflag" ? { altKey: true } : {}), ...(s.way === "unplaced" ? { code: "" } : {}) });
  }

  private separator(s: Setting): void {
    const gs = s.gs ?? "ctrl";
    if (gs === "ctrl") {
      this.press({ key: typedAt(s.host ?? "us", "BracketRight", false)!, code: "BracketRight", ctrlKey: true });
    } else if (gs === "itself") this.press({ key: GS, code: "" });
    else if (/^F\d$/.test(gs)) this.press({ key: gs, code: gs });
    else if (gs === "alt") this.altCode(GS);
    else if (gs !== "lost") for (const c of gs) this.press(pressed(c, s));
  }

  // altCode is Alt held, the number on the number pad, Alt let go, and the host's own echo into the field.
  private altCode(c: string): void {
    this.send("keydown", { key: "Alt", code: "AltLeft", altKey: true });
    for (const d of String(c.charCodeAt(0)).padStart(4, "0")) this.press({ key: d, code: `Numpad${d}`, altKey: true });
    this.send("keyup", { key: "Alt", code: "AltLeft" });
    this.field.value = c;
    this.field.dispatchEvent(new InputEvent("input", { data: c }));
  }

  private inject(text: string, s: Setting): void {
    const full = text + (s.end === null ? "" : "\n");
    if (s.way === "pasted") {
      const e = new Event("paste", { bubbles: true, cancelable: true });
      Object.assign(e, { clipboardData: { getData: () => full } });
      this.field.dispatchEvent(e);
      return;
    }
    this.field.value = full; // a one-line field drops the line end
    if (s.way === "composed") {
      this.field.dispatchEvent(new InputEvent("input", { isComposing: true }));
      this.field.dispatchEvent(new CompositionEvent("compositionend", { data: text }));
    }
    this.field.dispatchEvent(new InputEvent("input", { data: text }));
  }

  private press(p: Press): void {
    this.send("keydown", p);
    this.send("keyup", p);
  }

  private send(type: string, p: Press): void {
    const e = new KeyboardEvent(type, { bubbles: true, cancelable: true, ...p });
    // The test's document knows no Caps Lock.
    Object.defineProperty(e, "getModifierState", { value: (key: string) => key === "CapsLock" && p.modifierCapsLock === true });
    document.body.dispatchEvent(e);
  }
}

import { functionSign, GS, type Stroke } from "./keys";
import { LAYOUTS, mixtures, type Layout } from "./layouts";
import { AIM, byMap, byPlace, rawText, type End, type Profile, type Sample } from "./profile";

// Calibration compares what three printed codes say with what arrived. The first holds capitals, digits and
// signs; the second is a GS1-128 with small letters around a group separator; the third is one of our own.
// The sheet (labels/calibration.go) prints the very same; a test holds the two together.

const GS1 = ["0109521234543213" + "10abcdefghijklmnopqrst", "21uvwxyz"] as const;
export const CODES = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./+%:;$", GS1.join(GS), "T-0000-Y"] as const;

export type Fault = "few" | "ends" | "strange";
export type Learned = { profile: Profile } | { fault: Fault };

// Affix is what stands around every code.
interface Affix {
  prefix: string;
  suffix: string;
  aim: boolean;
  gs: string;
}

export function learn(samples: Sample[]): Learned {
  if (samples.length < CODES.length) return { fault: "few" };
  const ends = new Set(samples.map((s) => s.end));
  if (ends.size > 1) return { fault: "ends" };
  const how = read(samples.map((s) => s.strokes));
  if (!how) return { fault: "strange" };
  const { affix, ...decode } = how;
  const gs = affix.gs === GS || affix.gs === "" ? "" : named(affix.gs);
  return {
    profile: {
      ...decode,
      terminator: [...ends][0] as End,
      delivery: samples.some((s) => s.way === "text") ? "text" : "keys",
      prefix: affix.prefix,
      suffix: affix.suffix,
      aim: affix.aim,
      caps: samples.some((s) => s.strokes.some((k) => k.caps === true)),
      gs,
      gs_lost: affix.gs === "",
      gap_ms: Math.min(1000, longestGap(samples)),
    },
  };
}

// Burst is what one burst is to the calibration: the code that is due, another of the three, a part of the one that
// is due, or something else. What cannot be read yet passes for the code that is due by its length; learn judges it.
export type Burst = "due" | "again" | "early" | "part" | "other";

export function judge(x: Sample, before: Sample[]): Burst {
  const due = before.length;
  const raw = rawText(x.strokes);
  if (before.some((s) => rawText(s.strokes) === raw)) return "again";
  const read = readings(x);
  const which = saysWhich(read);
  if (which === due) return "due";
  if (which >= 0) return which < due ? "again" : "early";
  const whole = CODES[due]!.replaceAll(GS, "");
  if (raw.length > 1 && read.some((t) => t.includes(whole.slice(0, BEGINNING)) || whole.includes(t.replace(AIM, "")))) return "part";
  // Where the codes before could be read this one could be too.
  if (before.some((s) => saysWhich(readings(s)) >= 0)) return "other";
  return raw.length >= whole.length - SHORTER && raw.length <= whole.length + LONGER ? "due" : "other";
}

const BEGINNING = 6;
const SHORTER = 2; // dead keys
const LONGER = 30; // a prefix and a suffix

const saysWhich = (read: string[]): number => CODES.findIndex((_, i) => read.some((t) => holds(t, i)));

const holds = (text: string, i: number): boolean => (i === 1 ? within(text, GS1[0], GS1[1]) : within(text, CODES[i]!, "")) !== null;

// readings are a burst as it came, and as every other keyboard would have it.
function readings(x: Sample): string[] {
  const raw = rawText(x.strokes);
  const placed = x.strokes.some((s) => s.place !== "") ? LAYOUTS.map((l) => byPlace(x.strokes, l)) : [];
  return [raw, ...placed, ...mixtures().map((m) => [...raw].map((c) => m.signs.get(c) ?? c).join(""))];
}

type How = Pick<Profile, "decode" | "layout" | "from" | "to"> & { affix: Affix };

// read finds how the codes must be read: as they are, by the keys' places, or by a map from sign to sign.
function read(bursts: Stroke[][]): How | null {
  const plain = around(bursts.map(rawText));
  if (plain) return { decode: "key", affix: plain };
  if (bursts.every((b) => b.some((s) => s.place !== ""))) {
    for (const layout of LAYOUTS) {
      const affix = around(bursts.map((b) => byPlace(b, layout)));
      if (affix) return { decode: "position", layout, affix };
    }
  }
  return mapped(bursts.map(rawText));
}

// around finds the codes as they are meant within what arrived, and what all three have around them.
function around(texts: string[]): Affix | null {
  const found = texts.map((t, i) => (i === 1 ? within(t, GS1[0], GS1[1]) : within(t, CODES[i]!, "")));
  const [one, two, three] = found;
  if (!one || !two || !three || one.gs !== "" || three.gs !== "") return null;
  const bare = found.map((f) => bared(f!.before));
  const same = (of: (string | boolean)[]): boolean => new Set(of).size === 1;
  if (!same(bare.map((b) => b.prefix)) || !same(bare.map((b) => b.aim)) || !same(found.map((f) => f!.after))) return null;
  return { ...bare[0]!, suffix: one.after, gs: two.gs };
}

function within(text: string, head: string, tail: string): { before: string; gs: string; after: string } | null {
  const at = text.indexOf(head);
  if (at < 0) return null;
  const rest = at + head.length;
  const end = text.indexOf(tail, rest);
  return end < 0 ? null : { before: text.slice(0, at), gs: text.slice(rest, end), after: text.slice(end + tail.length) };
}

// bared parts an AIM identifier from a prefix, on whichever side of it the scanner puts it.
function bared(before: string): { prefix: string; aim: boolean } {
  const prefix = before.replace(AIM, "").replace(/\][A-Za-z]\d$/, "");
  return { prefix, aim: prefix !== before };
}

// mapped tries every way the extra characters can lie around the first code, and takes the one way that gives
// each sign one meaning in all three. Two ways that disagree, or a sign with two meanings, are refused.
function mapped(texts: string[]): How | null {
  const extra = texts[0]!.length - CODES[0].length;
  const found: How[] = [];
  for (let before = 0; before <= extra; before++) {
    const signs = aligned(texts, before, extra - before);
    if (signs) found.push(...asHow(texts, signs));
  }
  return found.length === 1 ? found[0]! : null;
}

function aligned(texts: string[], before: number, after: number): Map<string, string> | null {
  const [one, two, three] = texts as [string, string, string];
  const tail = two.length - after - GS1[1].length;
  if (three.length !== before + CODES[2].length + after || tail < before + GS1[0].length) return null;
  const pairs: [string, string][] = [
    [one.slice(before, one.length - after), CODES[0]],
    [two.slice(before, before + GS1[0].length), GS1[0]],
    [two.slice(tail, two.length - after), GS1[1]],
    [three.slice(before, three.length - after), CODES[2]],
  ];
  const signs = new Map<string, string>();
  for (const [came, meant] of pairs) {
    for (let i = 0; i < meant.length; i++) {
      const known = signs.get(came[i]!);
      if (known !== undefined && known !== meant[i]) return null;
      signs.set(came[i]!, meant[i]!);
    }
  }
  return signs;
}

// asHow makes a map whole with the signs of the one pair of keyboards that explains all of it: a prefix or an
// AIM identifier holds signs that no code showed.
function asHow(texts: string[], signs: Map<string, string>): How[] {
  const why = mixtures().find((m) => [...signs].every(([came, meant]) => (m.signs.get(came) ?? came) === meant));
  const whole = new Map([...(why?.signs ?? []), ...signs]);
  // Two signs may mean the same only where no code showed either; a separator is never mapped.
  const pairs = [...whole].filter(([came, meant]) => came !== meant && came !== GS);
  const [from, to] = [pairs.map(([c]) => c).join(""), pairs.map(([, m]) => m).join("")];
  const separator = between(texts[1]!, signs);
  const affix = around(texts.map((t, i) => byMap(i === 1 ? t.replace(separator, () => GS) : t, from, to)));
  if (!affix) return [];
  return [{ decode: "map", layout: why?.scanner ?? "", from, to, affix: { ...affix, gs: separator } }];
}

// between gives what arrived in the separator's place, as it came.
function between(text: string, signs: Map<string, string>): string {
  const came = new Map([...signs].map(([c, m]) => [m, c]));
  const garble = (s: string): string => [...s].map((c) => came.get(c) ?? c).join("");
  return within(text, garble(GS1[0]), garble(GS1[1]))?.gs ?? "";
}

// named writes a function key by its name; other separators stay as they came.
function named(gs: string): string {
  for (let n = 1; n <= 15; n++) if (gs === functionSign(n)) return `F${n}`;
  return gs;
}

function longestGap(samples: Sample[]): number {
  let gap = 0;
  for (const { strokes } of samples) {
    for (let i = 1; i < strokes.length; i++) gap = Math.max(gap, strokes[i]!.at - strokes[i - 1]!.at);
  }
  return Math.round(gap);
}

// Finding is one thing the calibration says, and what to change on the scanner for it, as keys of words.
export interface Finding {
  key: string;
  good: boolean;
  with?: string;
}

export function findings(p: Profile): Finding[] {
  const out: Finding[] = [
    { key: `scanner.end.${p.terminator}`, good: p.terminator !== "none" },
    p.decode === "key" ? { key: "scanner.keyboard.right", good: true } : { key: "scanner.keyboard.repaired", good: false, with: keyboard(p.layout) },
    { key: p.aim ? "scanner.aim.on" : "scanner.aim.off", good: p.aim },
  ];
  if (p.caps) out.push({ key: "scanner.caps", good: false });
  if (p.gs_lost) out.push({ key: "scanner.gs.lost", good: false });
  else out.push(p.gs ? { key: "scanner.gs.as", good: true, with: p.gs } : { key: "scanner.gs.kept", good: true });
  if (p.prefix) out.push({ key: "scanner.prefix", good: true, with: p.prefix });
  if (p.suffix) out.push({ key: "scanner.suffix", good: true, with: p.suffix });
  if (p.gap_ms > 20) out.push({ key: "scanner.slow", good: false, with: String(p.gap_ms) });
  return out;
}

const keyboard = (l: Layout | "" | undefined): string => ({ us: "US", uk: "UK", fr: "AZERTY", "fr-mac": "AZERTY", de: "QWERTZ", "": "?" })[l ?? ""];

// What scales say over a serial line, for a scale on this bench's own port. There is no standard, but most speak one of
// these: Mettler Toledo's SICS (`S S     1.234 kg`, answered to SI), Toledo's continuous output (an STX, three status
// bytes, six digits), and lines with a head as CAS, A&D and Ohaus send them (`ST,GS,+0001.234kg`). The server has the same
// parser for scales on the network (devices/scaleline.go); both are held to devices/testdata/scales.json.

export type Said = "" | "over" | "under" | "fault" | "tare";

export interface Reading {
  mg: number;
  stable: boolean; // the scale itself says so
  said: Said;
}

export const LONGEST_LINE = 64;
const MOST_MG = 10_000_000_000n;

export function parseScale(raw: string): Reading | null {
  if (raw.length > LONGEST_LINE) return null;
  const stx = raw.lastIndexOf("\x02");
  if (stx >= 0) return continuous(raw.slice(stx + 1));
  const line = raw.replace(/^[ \t\r\n\x03\0]+|[ \t\r\n\x03\0]+$/g, "");
  const comma = line.indexOf(",");
  if (comma >= 0) return headed(line.slice(0, comma).trim(), line.slice(comma + 1));
  return sics(line) ?? weight(line);
}

// sics reads an answer to S, SI or SIR: `S S` stable, `S D` dynamic, `S +` and `S -` out of range, `S I` not now.
function sics(line: string): Reading | null {
  const [head, state, number, unit, ...more] = line.split(/[ \t]+/);
  if (!["S", "SI", "SIR"].includes(head ?? "")) return null;
  if (state === "+") return plain("over");
  if (state === "-") return plain("under");
  if ((state !== "S" && state !== "D") || number === undefined || unit === undefined || more.length > 0) return null;
  const mg = milligrams(number, unit);
  return mg === null ? null : { mg, stable: state === "S", said: "" };
}

const plain = (said: Said): Reading => ({ mg: 0, stable: false, said });

// headed reads ST (stable), US (unstable) and OL (overload), then GS or NT, then the weight.
function headed(head: string, rest: string): Reading | null {
  if (head === "OL") return plain(rest.includes("-") ? "under" : "over");
  if (head !== "ST" && head !== "US") return null;
  const parts = rest.split(",");
  const r = weight(parts[parts.length - 1]!);
  if (!r) return null;
  return { mg: r.mg, stable: head === "ST", said: parts[0]!.trim() === "NT" ? "tare" : r.said };
}

// weight reads a number and its unit; a mark after them (? of Ohaus, D of others) says that it moves.
function weight(text: string): Reading | null {
  const found = /^(.*[0-9.])([^0-9.]*)$/.exec(text.trim());
  if (!found) return null;
  const [unit, ...marks] = found[2]!.split(/[ \t]+/).filter((x) => x !== "");
  if (unit === undefined || marks.length > 2) return null;
  let said: Said = "";
  for (const mark of marks) {
    if (["N", "NET", "NT"].includes(mark)) said = "tare";
    else if (!["?", "D", "d", "G", "GS", "B"].includes(mark)) return null;
  }
  const mg = milligrams(found[1]!.replaceAll(" ", ""), unit);
  return mg === null ? null : { mg, stable: false, said };
}

// continuous reads what follows the STX of Toledo's continuous output.
function continuous(b: string): Reading | null {
  const [a, s, u] = [b.charCodeAt(0), b.charCodeAt(1), b.charCodeAt(2)];
  if (b.length < 9 || !(a & 0x20) || !(s & 0x20) || !(u & 0x20)) return null;
  const digits = b.slice(3, 9).replace(/^[ 0]+/, (blanks) => "0".repeat(blanks.length));
  if (!/^\d{6}$/.test(digits)) return null;
  const unit = ({ 0: s & 0x10 ? "kg" : "lb", 1: "g", 3: "oz" } as Record<number, string>)[u & 7];
  if (!unit) return null;
  const decimals = (a & 7) - 2;
  const mg = scaled(BigInt(digits) * (decimals < 0 ? 10n ** BigInt(-decimals) : 1n), Math.max(decimals, 0), unit);
  if (mg === null) return null;
  if (s & 0x04) return plain(s & 0x02 ? "under" : "over");
  return { mg: s & 0x02 ? minus(mg) : mg, stable: !(s & 0x08), said: s & 0x01 ? "tare" : "" };
}

// minus keeps an empty scale's nothing from becoming less than nothing.
const minus = (mg: number): number => (mg === 0 ? 0 : -mg);

// milligrams reads a decimal number of a unit. Digits beyond eight are no scale's.
function milligrams(number: string, unit: string): number | null {
  const found = /^\+?(-?)(\d*)\.?(\d*)$/.exec(number);
  if (!found) return null;
  const [, sign, whole, part] = found as unknown as [string, string, string, string];
  const digits = whole + part;
  if (digits.length === 0 || digits.length > 8) return null;
  const mg = scaled(BigInt(digits), part.length, unit);
  return mg !== null && sign ? minus(mg) : mg;
}

// UNITS are millionths of a milligram in each: an international pound is 453.59237 g, an ounce a sixteenth of it.
const UNITS: Record<string, bigint> = {
  mg: 1_000_000n,
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
  lb: 453_592_370_000n,
  lbs: 453_592_370_000n,
  oz: 28_349_523_125n,
};

// scaled is n by ten to the power of -decimals of a unit, rounded to milligrams.
export function scaled(n: bigint, decimals: number, unit: string): number | null {
  const each = Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()]! : null;
  if (each === null) return null;
  const by = 1_000_000n * 10n ** BigInt(decimals);
  const mg = (n * each * 2n + by) / (by * 2n);
  return mg <= MOST_MG ? Number(mg) : null;
}

// Lines cuts what comes into lines. What is longer than a line is no scale's.
export class Lines {
  private rest = "";

  take(text: string): string[] {
    const parts = (this.rest + text).split(/[\r\n]/);
    this.rest = parts.pop()!;
    if (this.rest.length > LONGEST_LINE) this.rest = "";
    return parts.filter((p) => p !== "");
  }
}

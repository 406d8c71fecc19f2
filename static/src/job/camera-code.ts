import type { ReaderOptions, ReadResult } from "zxing-wasm/reader";
import type { Seen } from "./camera-aim";

// How what a camera reads becomes the raw characters a scanner would send: the symbology identifier of
// ISO/IEC 15424 first, FNC1 as GS. With it the floor knows a GS1 element string from a text that looks like one.

const GS = "\x1d";

// NEEDED is what the browser's own reader must know to be used at all; on Windows the class may exist and read
// nothing.
export const NEEDED = ["code_128", "ean_13", "qr_code", "data_matrix"] as const;

// NATIVE are the formats asked of the browser's reader, where it has them.
export const NATIVE = [...NEEDED, "ean_8", "upc_a", "itf"] as const;

// ZXING is how ours is asked. UPC-E comes out as the UPC-A it stands for.
export const ZXING: ReaderOptions = {
  formats: ["Code128", "EAN13", "EAN8", "UPCA", "UPCE", "ITF14", "QRCode", "DataMatrix"],
  textMode: "Plain", // else GS1 comes with brackets and without its separators
  maxNumberOfSymbols: 8,
};

// zxingSeen is what ours found in a picture of some size.
export function zxingSeen(found: readonly ReadResult[], size: { width: number; height: number }): Seen[] {
  return found
    .filter((r) => r.isValid && r.text !== "")
    .map((r) => {
      const { topLeft: a, topRight: b, bottomRight: c, bottomLeft: d } = r.position;
      const x = (a.x + b.x + c.x + d.x) / 4 / size.width;
      const y = (a.y + b.y + c.y + d.y) / 4 / size.height;
      return { code: r.symbologyIdentifier + r.text, x, y };
    });
}

// GS1 says which identifier stands for FNC1 in the first place.
const GS1: Record<string, string> = { code_128: "]C1", qr_code: "]Q3", data_matrix: "]d2" };

const RETAIL: Record<string, string> = { ean_13: "]E0", ean_8: "]E4", upc_a: "]E0" };

// identified adds the identifier to what the browser's own reader gave. It does not tell whether a symbol began
// with FNC1; a GS says that it did. Where nothing is certain nothing is claimed: without an identifier the floor
// tries every reading, with a wrong one it would refuse the right one.
export function identified(format: string, text: string): string {
  const retail = RETAIL[format];
  if (retail) return retail + (format === "upc_a" && text.length === 12 ? `0${text}` : text);
  const gs1 = GS1[format];
  if (gs1 && text.includes(GS)) return gs1 + text.replace(/^\x1d+/, "");
  return text;
}

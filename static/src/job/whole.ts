// Whether a code is whole by its own check character. A scanner, or the network behind it, may pause in the
// middle of a code; a code that proves itself is taken after a short silence, any other gets more time.

const CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function isWhole(code: string): boolean {
  const bare = code.replace(/^\][A-Za-z]\d/, "");
  return isOurs(bare) || isNumbered(bare);
}

// Ours end in a check character by ISO 7064 MOD 37,36 over the rest without hyphens.
function isOurs(code: string): boolean {
  const m = /^([A-Z][0-9A-Z-]*)-([0-9A-Z])$/.exec(code);
  if (!m) return false;
  let p = 36;
  for (const c of m[1]!.replaceAll("-", "")) {
    const s = (p + CHARS.indexOf(c)) % 36 || 36;
    p = (s * 2) % 37;
  }
  return CHARS[(37 - p) % 36] === m[2];
}

// GTINs, SSCCs and our tracking numbers end in the GS1 check digit: weights 3 and 1 from the right.
function isNumbered(code: string): boolean {
  const digits = /^(?:FL(?=\d{12}$))?(\d{8}|\d{12,14}|\d{18})$/.exec(code)?.[1]; // FL with eight noughts is the beginning of one of ours
  if (!digits) return false;
  const sum = [...digits].reverse().reduce((t, d, i) => t + Number(d) * (i % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

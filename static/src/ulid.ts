// A ULID is 48 bits of time and 80 bits of chance in Crockford's base 32: ids sort by the time they were made.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function ulid(nowMS: number = Date.now()): string {
  let time = "";
  for (let i = 0, t = nowMS; i < 10; i++, t = Math.floor(t / 32)) time = DIGITS[t % 32] + time;
  const chance = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(chance, (b) => DIGITS[b % 32]).join("");
}

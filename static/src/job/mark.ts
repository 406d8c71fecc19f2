// The second mark: how many commands this device has made and how many of them wait, kept apart from the
// commands themselves. A browser that clears or breaks its database often leaves this; then a loss is known
// and said, instead of the counter going on over it.

export interface Mark {
  device: string;
  name: string;
  age: number; // goes up when the counter is set back; the younger of two is believed
  last: number; // the last counter made
  spent: number[]; // counters of sign-in frames that are not answered yet: they are kept nowhere
  waiting: number;
}

const key = (kind: string): string => `floorline.mark.${kind}`;

export function readMark(kind: string): Mark | null {
  try {
    const m = JSON.parse(localStorage.getItem(key(kind)) ?? "null") as Mark | null;
    return m && typeof m.device === "string" && Number.isInteger(m.last) && Number.isInteger(m.waiting) && Array.isArray(m.spent) ? m : null;
  } catch {
    return null;
  }
}

// writeMark does its best: where even this cannot be kept, the database is all there is.
export function writeMark(kind: string, m: Mark): void {
  try {
    localStorage.setItem(key(kind), JSON.stringify(m));
  } catch {
    // said elsewhere: a device that can keep nothing says so when it starts
  }
}

// lostDevice is the device that this browser was at a station, where its database no longer knows it.
export const lostDevice = (station: string): Mark | null => readMark(station);

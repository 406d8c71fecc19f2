// What of all a camera sees is meant. A scanner has a trigger and a beam; a camera has neither, so that a code
// counts only in the box a person aims with, only when two pictures running agree on it (one blurred picture
// may well pass a check digit), and only once for as long as it is in view: a phone that is held over a label
// must not count units by itself.

export interface Seen {
  code: string; // with its symbology identifier, where that is known
  x: number; // its middle, as shares of the visible picture
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

// Look is what a picture came to: read counts a code, held sees one that has counted, steady waits for a second
// picture, outside and two tell the person how to aim.
export type Look = { say: "look" | "outside" | "two" } | { say: "steady" | "held" | "read"; code: string };

export const GONE_MS = 1_000; // a code that is not seen for so long has left; less may be a shaking hand
const PICTURE_MS = Math.ceil(GONE_MS / 3); // one picture stands for no more: a slow phone takes few, a paused one none
export const AGAIN_MS = 1_500; // sooner than this, a tap is meant for the code before

interface Held {
  countedAt: number;
  missedMS: number; // for how long pictures were looked at that did not show it
}

export class Aim {
  private candidate = "";
  private lookedAt = 0;
  private readonly held = new Map<string, Held>();

  // picture judges what one picture shows; at is its time.
  picture(seen: readonly Seen[], box: Box, at: number): Look {
    this.notice(seen, at);
    const aimed = new Map(seen.filter((s) => within(box, s)).map((s) => [bare(s.code), s.code]));
    if (aimed.size > 1) return this.none("two");
    const only = [...aimed][0];
    if (!only) return this.none(seen.length > 0 ? "outside" : "look");
    const [key, code] = only;
    if (this.held.has(key)) {
      this.candidate = "";
      return { say: "held", code };
    }
    if (this.candidate !== key) {
      this.candidate = key;
      return { say: "steady", code };
    }
    this.candidate = "";
    this.held.set(key, { countedAt: at, missedMS: 0 });
    return { say: "read", code };
  }

  // mayAgain says whether a tap would let a code count once more.
  mayAgain(code: string, at: number): boolean {
    const h = this.held.get(bare(code));
    return h !== undefined && at - h.countedAt >= AGAIN_MS;
  }

  // again lets a code that is still in view count once more, because somebody tapped for it.
  again(code: string, at: number): void {
    if (this.mayAgain(code, at)) this.held.delete(bare(code));
  }

  // notice keeps which of the codes that have counted are still there, in the box or beside it.
  private notice(seen: readonly Seen[], at: number): void {
    const there = new Set(seen.map((s) => bare(s.code)));
    const since = Math.min(at - this.lookedAt, PICTURE_MS);
    this.lookedAt = at;
    for (const [key, h] of this.held) {
      h.missedMS = there.has(key) ? 0 : h.missedMS + since;
      if (h.missedMS >= GONE_MS) this.held.delete(key);
    }
  }

  private none(say: "look" | "outside" | "two"): Look {
    this.candidate = "";
    return { say };
  }
}

// bare is a code without its symbology identifier: a label that bears one number as bars and as a square is one
// thing and not two.
function bare(code: string): string {
  return code.replace(/^\][A-Za-z]\d/, "");
}

function within(b: Box, s: Seen): boolean {
  return s.x >= b.left && s.x <= b.right && s.y >= b.top && s.y <= b.bottom;
}

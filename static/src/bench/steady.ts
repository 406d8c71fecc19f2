import type { Reading, Said } from "./scale-line";

// Steady makes of readings what a bench may use: a weight that stands still, of a parcel that was put on after the last
// one was taken off. It knows no clock and no scale; time comes in with each reading.

const STILL_MS = 300;
const STILL_READINGS = 3;
const STEP_MG = 1_000; // what a reading may tremble by, until the scale has shown a step of its own
const STEP_MOST_MG = 10_000;
const ZERO_MG = 3_000;
const NEAR_ZERO_MG = 20_000; // the scale is empty again
const CHANGED_MG = 10_000; // the same parcel, and something was done about it
export const SILENT_MS = 2_500;

export type Told = Said | "moving" | "zero" | "silent";

export interface Live {
  mg: number;
  told: Told; // "" is a weight that stands still
}

export class Steady {
  private recent: { mg: number; at: number }[] = [];
  private step = STEP_MG;
  private empty = false; // it was near zero since the last weight was used
  private used: { parcel: string; mg: number } | null = null;

  // take says what a reading comes to.
  take(r: Reading, at: number): Live {
    if (r.said) {
      this.recent = [];
      return { mg: r.mg, told: r.said };
    }
    this.learnStep(r.mg);
    this.recent = [...this.recent.filter((x) => at - x.at <= 3 * STILL_MS), { mg: r.mg, at }];
    const still = r.stable || this.equal(at);
    if (Math.abs(r.mg) <= Math.min(NEAR_ZERO_MG, (this.used?.mg ?? Infinity) / 2)) this.empty = true;
    if (r.mg < -NEAR_ZERO_MG) return { mg: r.mg, told: still ? "under" : "moving" };
    if (Math.abs(r.mg) <= ZERO_MG && still) return { mg: r.mg, told: "zero" };
    return { mg: r.mg, told: still ? "" : "moving" };
  }

  // usable says whether a weight may be taken for a parcel by itself: the scale was empty since the last one, or it is
  // the same parcel and something was put in or taken out.
  usable(parcel: string, mg: number): boolean {
    if (this.used?.parcel === parcel && Math.abs(mg - this.used.mg) > CHANGED_MG) return true;
    return this.empty;
  }

  // again says whether a person may take the weight once more: of the same parcel always.
  again(parcel: string): boolean {
    return this.empty || this.used?.parcel === parcel;
  }

  use(parcel: string, mg: number): void {
    this.used = { parcel, mg };
    this.empty = false;
  }

  // equal is true of readings that have been the same for long enough, but for the scale's own step.
  private equal(at: number): boolean {
    const last = this.recent[this.recent.length - 1]!;
    let n = 0;
    for (let i = this.recent.length - 1; i >= 0 && Math.abs(this.recent[i]!.mg - last.mg) <= this.step; i--) {
      n++;
      if (n >= STILL_READINGS && at - this.recent[i]!.at >= STILL_MS) return true;
    }
    return false;
  }

  // learnStep takes the smallest difference that was seen for the scale's resolution.
  private learnStep(mg: number): void {
    const last = this.recent[this.recent.length - 1];
    const difference = last ? Math.abs(mg - last.mg) : 0;
    if (difference > 0 && difference <= STEP_MOST_MG && (this.step === STEP_MG || difference < this.step)) this.step = difference;
  }
}

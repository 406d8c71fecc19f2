import type { Frame } from "./socket";

// Heard is how far a device has heard the floor, from where it goes on after a lost link, and how long ago it last
// heard anything.
export class Heard {
  private epoch = 0;
  private seq = 0;
  private at = performance.now(); // not the wall clock: that may be put right by a day at any moment

  now(): void {
    this.at = performance.now();
  }

  silentMS(): number {
    return performance.now() - this.at;
  }

  // reached notes how far the floor has been heard. A repeated verdict carries its old seq.
  reached(f: Frame): void {
    const seq = typeof f.seq === "number" ? f.seq : 0;
    const fresh = typeof f.epoch === "number" && f.epoch !== this.epoch;
    if (fresh) this.epoch = f.epoch as number;
    this.seq = fresh ? seq : Math.max(this.seq, seq);
  }

  place(): { epoch: number; seq: number } {
    return { epoch: this.epoch, seq: this.seq };
  }

  // resume is what a hello says of it; nothing on a device that never heard the floor.
  resume(): { epoch: number; seq: number } | Record<string, never> {
    return this.epoch ? this.place() : {};
  }

  resumeAt(place: { epoch: number; seq: number }): void {
    this.epoch = place.epoch;
    this.seq = place.seq;
  }
}

import { signal } from "@preact/signals";
import type { Aim, Box, Look } from "./camera-aim";
import { Eye, hasCamera, troubleOf, visible, type Trouble } from "./camera-eye";
import { openReader, type Reader } from "./camera-read";

// Watch takes picture after picture while the camera is on screen and tells the codes that count. It lets the
// camera go when nobody uses it: an open camera empties a handheld's battery in a shift.

export const IDLE_MS = 60_000;
const EVERY_MS = 70; // between two pictures; more would only warm the device
const WAIT_MS = 500; // for a picture of a camera that stands still
const LONGEST_PX = 1280; // more pixels cost time and read no better at arm's length

export type WatchState = "opening" | "live" | "resting" | Trouble;

export interface Hands {
  onRead: (code: string) => void;
  paused: () => boolean; // something else is over the picture: nobody aims
}

export class Watch {
  readonly look = signal<Look>({ say: "look" });
  readonly state = signal<WatchState>("opening");
  readonly mayAgain = signal(false);
  readonly how = signal("");
  readonly eye = new Eye(() => this.end("none"));

  private run = 0;
  private usedAt = 0;
  private pictureAt = -1;
  private readonly canvas = document.createElement("canvas");

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly box: HTMLElement,
    private readonly aim: Aim,
    private readonly hands: Hands,
  ) {}

  async start(): Promise<void> {
    const run = ++this.run;
    if (!hasCamera()) return this.end(isSecureContext ? "none" : "insecure");
    this.state.value = "opening";
    this.usedAt = performance.now();
    try {
      if (await this.eye.open(this.video)) await this.read(run);
    } catch (fault) {
      if (run === this.run) this.end(troubleOf(fault));
    }
  }

  private async read(run: number): Promise<void> {
    const reader = await openReader();
    try {
      if (run === this.run) this.state.value = "live";
      await this.pictures(run, reader);
    } finally {
      reader.close();
    }
  }

  // rest lets the camera go until somebody wants it again. What has counted is still remembered.
  rest(): void {
    if (this.state.value === "live" || this.state.value === "opening") this.end("resting");
  }

  stop(): void {
    this.end("resting");
  }

  choose(id: string): void {
    this.eye.choose(id);
    void this.start();
  }

  // again is a tap for the code in view to count once more.
  again(): void {
    const look = this.look.value;
    this.usedAt = performance.now();
    if ("code" in look) this.aim.again(look.code, this.usedAt);
    this.mayAgain.value = false;
  }

  private end(state: WatchState): void {
    this.run++;
    this.eye.close();
    this.state.value = state;
  }

  private async pictures(run: number, reader: Reader): Promise<void> {
    while (run === this.run) {
      const begun = performance.now();
      if (begun - this.usedAt > IDLE_MS) return this.rest();
      if (!this.hands.paused() && this.fresh() && this.take()) {
        const seen = await reader.read(this.canvas);
        if (run !== this.run) return;
        this.how.value = reader.how;
        if (!this.hands.paused()) this.judge(this.aim.picture(seen, this.aimed(), begun), begun);
      }
      await this.nextPicture(begun + EVERY_MS - performance.now());
    }
  }

  // fresh is false of a picture that was read before: a camera that stands still must not agree with itself.
  private fresh(): boolean {
    const fresh = this.video.currentTime !== this.pictureAt;
    this.pictureAt = this.video.currentTime;
    return fresh;
  }

  private judge(look: Look, at: number): void {
    this.look.value = look;
    this.mayAgain.value = look.say === "held" && this.aim.mayAgain(look.code, at);
    if (look.say !== "read") return;
    this.usedAt = at;
    this.hands.onRead(look.code);
  }

  // take puts what is visible of the camera's picture on the canvas; false where there is no picture yet.
  private take(): boolean {
    const v = this.video;
    const view = { w: v.clientWidth, h: v.clientHeight };
    if (v.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || view.w === 0 || view.h === 0) return false;
    const from = visible({ w: v.videoWidth, h: v.videoHeight }, view);
    const scale = Math.min(1, LONGEST_PX / Math.max(from.w, from.h));
    this.canvas.width = Math.round(from.w * scale);
    this.canvas.height = Math.round(from.h * scale);
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    pen?.drawImage(v, from.x, from.y, from.w, from.h, 0, 0, this.canvas.width, this.canvas.height);
    return pen !== null;
  }

  // aimed is the box as it is drawn: what a person sees is what counts.
  private aimed(): Box {
    const view = this.video.getBoundingClientRect();
    const b = this.box.getBoundingClientRect();
    const x = (px: number) => (px - view.left) / view.width;
    const y = (px: number) => (px - view.top) / view.height;
    return { left: x(b.left), right: x(b.right), top: y(b.top), bottom: y(b.bottom) };
  }

  private nextPicture(waitMS: number): Promise<void> {
    return new Promise((done) => {
      setTimeout(() => {
        const last = setTimeout(done, WAIT_MS);
        this.video.requestVideoFrameCallback?.(() => {
          clearTimeout(last);
          done();
        }) ?? done();
      }, Math.max(0, waitMS));
    });
  }
}

import { signal } from "@preact/signals";

// The camera itself: asked for, chosen, lit and let go. The back camera is preferred; which one a person chose
// is remembered on this device.

// Trouble is why there is no picture, each with a sentence of its own that says what to do.
export type Trouble = "insecure" | "none" | "refused" | "taken" | "unreadable";

const CHOSEN = "floorline.camera";

// hasCamera says whether this browser lets a page use a camera at all; over plain HTTP none does.
export const hasCamera = (): boolean => typeof navigator.mediaDevices?.getUserMedia === "function";

export class Eye {
  readonly cameras = signal<{ id: string; name: string }[]>([]);
  readonly chosen = signal("");
  readonly torch = signal<"none" | "off" | "on">("none");
  private stream: MediaStream | null = null;
  private turn = 0; // of opening or closing; whoever asks for a camera may have gone when it comes

  constructor(private readonly lost: () => void) {}

  // open shows the camera's picture in a video element, and says whether it is still wanted. It throws what
  // troubleOf understands.
  async open(video: HTMLVideoElement): Promise<boolean> {
    this.close();
    const turn = this.turn;
    const stream = await navigator.mediaDevices.getUserMedia(wanted(localStorage.getItem(CHOSEN)));
    if (turn !== this.turn) {
      letGo(stream);
      return false;
    }
    this.stream = stream;
    const track = stream.getVideoTracks()[0];
    track?.addEventListener("ended", () => turn === this.turn && this.lost());
    this.chosen.value = track?.getSettings().deviceId ?? "";
    this.torch.value = hasTorch(track) ? "off" : "none";
    video.srcObject = stream;
    await video.play();
    this.cameras.value = await cameras();
    return turn === this.turn;
  }

  close(): void {
    this.turn++;
    if (this.stream) letGo(this.stream);
    this.stream = null;
    this.torch.value = "none";
  }

  // choose remembers a camera; the caller opens again.
  choose(id: string): void {
    localStorage.setItem(CHOSEN, id);
  }

  async turnTorch(): Promise<void> {
    const track = this.stream?.getVideoTracks()[0];
    const on = this.torch.value !== "on";
    try {
      await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
      this.torch.value = on ? "on" : "off";
    } catch {
      this.torch.value = "none"; // it was promised and is not there
    }
  }
}

function letGo(stream: MediaStream): void {
  for (const t of stream.getTracks()) t.stop();
}

// Everything is a wish: a camera that is gone or small is better than none.
function wanted(id: string | null): MediaStreamConstraints {
  const which = id ? { deviceId: { ideal: id } } : { facingMode: { ideal: "environment" } };
  return { audio: false, video: { ...which, width: { ideal: 1920 }, height: { ideal: 1080 } } };
}

function hasTorch(track: MediaStreamTrack | undefined): boolean {
  const can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  return can?.torch === true;
}

async function cameras(): Promise<{ id: string; name: string }[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const eyes = all.filter((d) => d.kind === "videoinput" && d.deviceId !== "");
  return eyes.map((d, i) => ({ id: d.deviceId, name: d.label || String(i + 1) }));
}

const TROUBLES: Record<string, Trouble> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "taken",
  AbortError: "taken",
};

export function troubleOf(fault: unknown): Trouble {
  return TROUBLES[(fault as { name?: string } | null)?.name ?? ""] ?? "unreadable";
}

// visible is the part of a camera's picture that a view of another shape shows of it when it fills the view.
export function visible(picture: { w: number; h: number }, view: { w: number; h: number }): { x: number; y: number; w: number; h: number } {
  const scale = Math.max(view.w / picture.w, view.h / picture.h);
  const w = Math.min(picture.w, view.w / scale);
  const h = Math.min(picture.h, view.h / scale);
  return { x: (picture.w - w) / 2, y: (picture.h - h) / 2, w, h };
}

import { signal } from "@preact/signals";
import type { Class } from "../wire";

// Shapes that differ in pitch, in rhythm and in timbre, so that they are told apart in a loud hall, by people who
// hear one range badly, and through a loudspeaker that has no lows. Right is one short pure tone; a note is
// two, rising; a question is three that climb; wrong is one long low rasp; stop is three low blows. Made by Web
// Audio: no file can load late. A browser lets a page sound and buzz only after the person has touched it,
// hence the tap at the start of a shift.

type Note = { hz: number; at: number; ms: number; shape: OscillatorType; loud: number };

const SHAPES: Record<Class | "stored", Note[]> = {
  stored: [{ hz: 2400, at: 0, ms: 15, shape: "sine", loud: 0.15 }],
  accepted: [{ hz: 1320, at: 0, ms: 90, shape: "sine", loud: 0.4 }],
  note: [
    { hz: 740, at: 0, ms: 80, shape: "triangle", loud: 0.5 },
    { hz: 988, at: 140, ms: 120, shape: "triangle", loud: 0.5 },
  ],
  choose: [523, 698, 1047].map((hz, i) => ({ hz, at: i * 120, ms: 70, shape: "sine" as const, loud: 0.45 })),
  refused: [{ hz: 220, at: 0, ms: 480, shape: "sawtooth", loud: 0.55 }],
  stop: [0, 300, 600].map((at) => ({ hz: 147, at, ms: 220, shape: "square" as const, loud: 0.6 })),
};

const BUZZ: Record<Class, number[]> = {
  accepted: [40],
  note: [40, 60, 40],
  choose: [40, 60, 40, 60, 120],
  refused: [400],
  stop: [200, 100, 200, 100, 200],
};

export const unlocked = signal(false);
export const volume = signal(Number(localStorage.getItem("floorline.volume") ?? "0.8"));

let audio: AudioContext | null = null;
let awake: { release(): Promise<void> } | null = null;

// unlock is called from the first touch or key of the shift.
export function unlock(): void {
  if (typeof AudioContext !== "undefined") {
    audio ??= new AudioContext({ latencyHint: 0 }); // the default is heard 30 ms later (measured)
    void audio.resume();
  }
  unlocked.value = true;
  void stayAwake();
}

export function setVolume(v: number): void {
  volume.value = v;
  localStorage.setItem("floorline.volume", String(v));
}

export function stored(): void {
  play(SHAPES.stored);
}

export function verdictSound(c: Class): void {
  play(SHAPES[c]);
  if (unlocked.value) navigator.vibrate?.(BUZZ[c]);
}

function play(notes: Note[]): void {
  if (!audio || audio.state !== "running" || volume.value === 0) return;
  for (const n of notes) tone(audio, n);
}

function tone(a: AudioContext, n: Note): void {
  const from = a.currentTime + n.at / 1000;
  const to = from + n.ms / 1000;
  const level = volume.value * n.loud;
  const osc = a.createOscillator();
  const gain = a.createGain();
  osc.type = n.shape;
  osc.frequency.value = n.hz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(level, from + 0.005);
  gain.gain.setValueAtTime(level, Math.max(from + 0.005, to - 0.01));
  gain.gain.linearRampToValueAtTime(0, to);
  osc.connect(gain).connect(a.destination);
  osc.start(from);
  osc.stop(to);
}

// stayAwake keeps the screen on; the lock is lost whenever the page is hidden, so it is asked for again.
async function stayAwake(): Promise<void> {
  const lock = (navigator as { wakeLock?: { request(k: "screen"): Promise<{ release(): Promise<void> }> } }).wakeLock;
  if (!lock || document.visibilityState !== "visible") return;
  try {
    awake = await lock.request("screen");
  } catch {
    awake = null; // low battery: the device may sleep, the work goes on
  }
}

document.addEventListener("visibilitychange", () => {
  if (awake && document.visibilityState === "visible") void stayAwake();
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Eye, troubleOf } from "../../src/job/camera-eye";

// A browser with cameras: what the page asked of it, and the tracks it lent.
class Lent extends EventTarget {
  readyState = "live";
  lit = false;
  constructor(
    readonly id: string,
    private readonly torch: "none" | "yes" | "broken",
  ) {
    super();
  }
  stop = () => (this.readyState = "ended");
  getSettings = () => ({ deviceId: this.id });
  getCapabilities = () => (this.torch === "none" ? {} : { torch: true });
  applyConstraints = async (c: { advanced: { torch: boolean }[] }) => {
    if (this.torch === "broken") throw new Error("no light");
    this.lit = c.advanced[0]!.torch;
  };
}

let asked: MediaStreamConstraints[];
let lent: Lent[];
let torch: "none" | "yes" | "broken";
let gate: Promise<void>;

beforeEach(() => {
  asked = [];
  lent = [];
  torch = "none";
  gate = Promise.resolve();
  localStorage.clear();
  vi.stubGlobal("navigator", {
    mediaDevices: {
      getUserMedia: async (c: MediaStreamConstraints) => {
        asked.push(c);
        const t = new Lent(`cam-${lent.length + 1}`, torch);
        lent.push(t);
        await gate;
        return { getTracks: () => [t], getVideoTracks: () => [t] };
      },
      enumerateDevices: async () => [
        { kind: "audioinput", deviceId: "mic", label: "" },
        { kind: "videoinput", deviceId: "cam-1", label: "Front" },
        { kind: "videoinput", deviceId: "cam-2", label: "" },
      ],
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

const screen = () => ({ srcObject: null, play: async () => undefined }) as unknown as HTMLVideoElement;
const video = () => asked.at(-1)!.video as MediaTrackConstraints;

test("the back camera is preferred, until a person has chosen another", async () => {
  const eye = new Eye(() => undefined);
  await eye.open(screen());
  expect(video().facingMode).toEqual({ ideal: "environment" });
  expect(eye.cameras.value).toEqual([
    { id: "cam-1", name: "Front" },
    { id: "cam-2", name: "2" },
  ]);
  eye.choose("cam-2");
  await new Eye(() => undefined).open(screen());
  expect(video().deviceId).toEqual({ ideal: "cam-2" }); // a wish: one that was unplugged must not shut the camera out
  expect(video().facingMode).toBeUndefined();
});

test("the light is offered where there is one, and no longer where it fails", async () => {
  const eye = new Eye(() => undefined);
  await eye.open(screen());
  expect(eye.torch.value).toBe("none"); // an iPhone
  torch = "yes";
  await eye.open(screen());
  expect(eye.torch.value).toBe("off");
  await eye.turnTorch();
  expect([eye.torch.value, lent.at(-1)!.lit]).toEqual(["on", true]);
  await eye.turnTorch();
  expect([eye.torch.value, lent.at(-1)!.lit]).toEqual(["off", false]);
  torch = "broken";
  await eye.open(screen());
  await eye.turnTorch();
  expect(eye.torch.value).toBe("none");
});

test("a camera that comes after it was given up is let go at once", async () => {
  let open = () => {};
  gate = new Promise((done) => (open = done));
  const eye = new Eye(() => undefined);
  const late = eye.open(screen());
  eye.close();
  open();
  expect(await late).toBe(false);
  expect(lent.map((t) => t.readyState)).toEqual(["ended"]);
});

test("a camera that is pulled out is noticed, one that we closed is not", async () => {
  const lost = vi.fn();
  const eye = new Eye(lost);
  await eye.open(screen());
  eye.close();
  lent[0]!.dispatchEvent(new Event("ended"));
  expect(lost).not.toHaveBeenCalled();
  await eye.open(screen());
  lent[1]!.dispatchEvent(new Event("ended"));
  expect(lost).toHaveBeenCalledOnce();
});

test("each trouble with a camera has a sentence of its own", () => {
  const named = (name: string) => troubleOf(Object.assign(new Error(name), { name }));
  expect(named("NotAllowedError")).toBe("refused");
  expect(named("NotFoundError")).toBe("none");
  expect(named("NotReadableError")).toBe("taken");
  expect(troubleOf(new Error("no worker"))).toBe("unreadable");
});

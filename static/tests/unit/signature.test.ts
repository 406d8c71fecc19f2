import { expect, test } from "vitest";
import { pointIn } from "../../src/dock/signature";

// The driver turns the handheld to sign: the field is as wide as the screen then, and a stroke is drawn under the finger.
test("a stroke lies where the finger is, however the field was stretched since", () => {
  const field = { width: 300, height: 180 };
  for (const [box, x, y, want] of [
    [{ left: 20, top: 100, width: 300, height: 180 }, 170, 190, [150, 90]],
    [{ left: 20, top: 100, width: 600, height: 180 }, 320, 190, [150, 90]], // turned
    [{ left: 20, top: 100, width: 600, height: 180 }, 620, 280, [300, 180]],
    [{ left: 20, top: 100, width: 600, height: 180 }, 0, 999, [0, 180]], // a finger that slips off stays at the edge
    [{ left: 0, top: 0, width: 0, height: 0 }, 5, 5, [0, 0]], // not laid out
  ] as const) {
    expect(pointIn(x, y, box, field)).toEqual(want);
  }
});

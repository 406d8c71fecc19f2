import { expect, test } from "vitest";
import { Aim, AGAIN_MS, GONE_MS, type Look, type Seen } from "../../src/job/camera-aim";

const BOX = { left: 0.1, right: 0.9, top: 0.2, bottom: 0.8 };
const MUG = { code: "]E04006381333931", x: 0.5, y: 0.5 };
const BIN = { code: "]C0B-A-01-03-7", x: 0.4, y: 0.6 };
const beside = (s: Seen): Seen => ({ ...s, y: 0.05 });

// Film shows an aim one picture after another, 100 ms apart.
class Film {
  at = 0;
  readonly read: string[] = [];
  readonly aim = new Aim();

  show(seen: Seen[], pictures = 1): Look["say"] {
    let look: Look = { say: "look" };
    for (let i = 0; i < pictures; i++) {
      this.at += 100;
      look = this.aim.picture(seen, BOX, this.at);
      if (look.say === "read") this.read.push(look.code);
    }
    return look.say;
  }
}

test("one picture is not believed, two that agree are", () => {
  const f = new Film();
  expect(f.show([MUG])).toBe("steady");
  expect(f.read).toEqual([]);
  expect(f.show([MUG])).toBe("read");
  expect(f.read).toEqual([MUG.code]);
});

test("two pictures with another, or none, between them do not agree", () => {
  const f = new Film();
  for (const between of [[], [BIN], [beside(MUG)]]) {
    f.show([MUG]);
    f.show(between);
  }
  expect(f.read).toEqual([]);
});

test("a camera that is held over a code counts it once, however long", () => {
  const f = new Film();
  f.show([MUG], 600);
  expect(f.read).toEqual([MUG.code]);
  expect(f.show([MUG])).toBe("held");
});

test("a shaking hand that loses the code for a moment does not count it again", () => {
  const f = new Film();
  f.show([MUG], 2);
  for (let i = 0; i < 50; i++) {
    f.show([], GONE_MS / 100 - 1);
    f.show([MUG], 2);
  }
  expect(f.read).toEqual([MUG.code]);
});

test("out of the box but in the picture is not gone", () => {
  const f = new Film();
  f.show([MUG], 2);
  f.show([beside(MUG)], 50);
  f.show([MUG], 5);
  expect(f.read).toEqual([MUG.code]);
});

test("once it has left the picture it counts again: the next unit", () => {
  const f = new Film();
  for (let unit = 0; unit < 3; unit++) {
    f.show([MUG], 4);
    f.show([], GONE_MS / 100 + 1);
  }
  expect(f.read).toEqual([MUG.code, MUG.code, MUG.code]);
});

test("while nobody looks, behind a dialog or while the camera rests, nothing leaves", () => {
  const f = new Film();
  f.show([MUG], 2);
  f.at += 60_000;
  f.show([], 5); // the first pictures of a camera that wakes are blurred
  f.show([MUG], 5);
  expect(f.read).toEqual([MUG.code]);
  f.show([], GONE_MS / 100 + 1);
  f.show([MUG], 2);
  expect(f.read).toEqual([MUG.code, MUG.code]);
});

test("on a phone that takes a picture a second, two pictures without it are not enough", () => {
  const f = new Film();
  f.show([MUG], 2);
  f.at += 1_000;
  f.show([]);
  f.at += 1_000;
  f.show([]);
  f.show([MUG], 5);
  expect(f.read).toEqual([MUG.code]);
});

test("two labels that take turns in the box count once each", () => {
  const f = new Film();
  for (let i = 0; i < 20; i++) {
    f.show([MUG], 3);
    f.show([BIN], 3);
  }
  expect(f.read).toEqual([MUG.code, BIN.code]);
});

test("a tap counts it once more, and not sooner than a tap can be meant for it", () => {
  const f = new Film();
  f.show([MUG], 2);
  const counted = f.at;
  f.aim.again(MUG.code, counted + AGAIN_MS - 1);
  f.show([MUG], 5);
  expect(f.read).toHaveLength(1);
  expect(f.aim.mayAgain(MUG.code, counted + AGAIN_MS)).toBe(true);
  f.aim.again(MUG.code, counted + AGAIN_MS);
  f.show([MUG], 50);
  expect(f.read).toHaveLength(2);
});

test("of two codes in the box neither is guessed", () => {
  const f = new Film();
  expect(f.show([MUG, BIN], 20)).toBe("two");
  expect(f.read).toEqual([]);
  f.show([MUG, beside(BIN)], 2);
  expect(f.read).toEqual([MUG.code]);
});

test("one number printed twice, as bars and as a square, is one code", () => {
  const f = new Film();
  const square = { code: "]Q1B-A-01-03-7", x: 0.8, y: 0.5 };
  expect(f.show([BIN, square], 2)).toBe("read");
  expect(f.show([square], 30)).toBe("held");
  expect(f.read).toHaveLength(1);
});

test("what lies outside the box is pointed at and does not count", () => {
  const f = new Film();
  expect(f.show([beside(MUG)], 20)).toBe("outside");
  expect(f.show([], 1)).toBe("look");
  expect(f.read).toEqual([]);
});

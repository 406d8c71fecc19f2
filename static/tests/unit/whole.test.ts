import { expect, test } from "vitest";
import { isWhole } from "../../src/job/whole";

test.each([
  ["T-0001-W", true], // a tote
  ["B-A-02-0", true], // a bin: hyphens do not count
  ["UP6L6C2KTJVF435TB-B", true], // a badge
  ["O-000003-U", true],
  ["T-0001-X", false],
  ["T-0001-", false],
  ["T-000", false],
  ["4006381333931", true], // EAN-13
  ["4006381333932", false],
  ["96385074", true], // EAN-8
  ["036000291452", true], // UPC-A
  ["]E04006381333931", true], // with its AIM identifier
  ["FL000000000031", true], // our tracking number
  ["FL000000000032", false],
  ["FL00000000", false], // the beginning of one, where the scanner paused
  ["095212340000000013", true], // SSCC
  ["SOME-SHOP-CODE", false],
  ["", false],
])("%s is whole: %s", (code, whole) => {
  expect(isWhole(code)).toBe(whole);
});

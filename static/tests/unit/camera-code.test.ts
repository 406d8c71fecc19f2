// @vitest-environment node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { prepareZXingModule as prepareReader, readBarcodes } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode, type WriteInputBarcodeFormat } from "zxing-wasm/writer";
import { identified, ZXING, zxingSeen } from "../../src/job/camera-code";
import { openReader, type DetectorClass, type Reader } from "../../src/job/camera-read";
import { visible } from "../../src/job/camera-eye";

const file = (name: string) => {
  const b = readFileSync(createRequire(import.meta.url).resolve(name));
  return b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer;
};
prepareReader({ overrides: { wasmBinary: file("zxing-wasm/reader/zxing_reader.wasm") } });
prepareWriter({ overrides: { wasmBinary: file("zxing-wasm/writer/zxing_writer.wasm") } });

const GS = "\x1d";
const ELEMENTS = "(01)09521234000013(10)L-7(21)S9";

const symbols: [WriteInputBarcodeFormat, string, string, string][] = [
  ["Code128", "", "B-A-01-03-7", "]C0B-A-01-03-7"],
  ["Code128", "gs1", ELEMENTS, `]C1010952123400001310L-7${GS}21S9`],
  ["EAN13", "", "4006381333931", "]E04006381333931"],
  ["EAN8", "", "96385074", "]E496385074"],
  ["UPCA", "", "036000291452", "]E00036000291452"],
  ["QRCode", "", "T-0001-C", "]Q1T-0001-C"],
  ["QRCode", "gs1", ELEMENTS, `]Q3010952123400001310L-7${GS}21S9`],
  ["DataMatrix", "", "T-0001-C", "]d1T-0001-C"],
  ["DataMatrix", "gs1", ELEMENTS, `]d2010952123400001310L-7${GS}21S9`],
  ["ITF14", "", "19521234000010", "]I119521234000010"],
];

test.each(symbols)("%s %s %s is read as a scanner would send it", async (format, options, text, raw) => {
  const written = await writeBarcode(text, { format, options, scale: 4, addQuietZones: true });
  expect(written.error).toBe("");
  const size = { width: 400, height: 300 };
  const seen = zxingSeen(await readBarcodes(written.image!, ZXING), size);
  expect(seen.map((s) => s.code)).toEqual([raw]);
  expect(seen[0]!.x).toBeGreaterThan(0);
});

test("the browser's own reader: what is certain is claimed, and nothing else", () => {
  expect(identified("ean_13", "4006381333931")).toBe("]E04006381333931");
  expect(identified("upc_a", "036000291452")).toBe("]E00036000291452");
  expect(identified("code_128", `${GS}010952123400001310L-7${GS}21S9`)).toBe(`]C1010952123400001310L-7${GS}21S9`);
  expect(identified("data_matrix", `010952123400001310L-7${GS}21S9`)).toBe(`]d2010952123400001310L-7${GS}21S9`);
  expect(identified("code_128", "B-A-01-03-7")).toBe("B-A-01-03-7"); // perhaps GS1: the floor finds out
  expect(identified("qr_code", "T-0001-C")).toBe("T-0001-C");
});

const wasm = (): Reader => ({ how: "wasm", read: async () => [{ code: "wasm", x: 0.5, y: 0.5 }], close: () => undefined });

function detector(formats: string[], detect: () => unknown = () => []): DetectorClass {
  return class {
    static getSupportedFormats = async () => formats;
    detect = async () => detect() as never;
  };
}

const ALL = ["code_128", "ean_13", "qr_code", "data_matrix", "aztec"];

test("the browser's own reader is taken only where it reads what is printed here", async () => {
  expect((await openReader(detector(ALL), wasm)).how).toBe("native");
  expect((await openReader(undefined, wasm)).how).toBe("wasm");
  expect((await openReader(detector([]), wasm)).how).toBe("wasm"); // Windows: the class is there and reads nothing
  expect((await openReader(detector(["qr_code"]), wasm)).how).toBe("wasm");
});

test("one that gives up is replaced, and that picture is read all the same", async () => {
  const failing = detector(ALL, () => {
    throw new Error("service unavailable");
  });
  const r = await openReader(failing, wasm);
  const picture = { width: 100, height: 50 } as HTMLCanvasElement;
  expect((await r.read(picture)).map((s) => s.code)).toEqual(["wasm"]);
  expect(r.how).toBe("wasm");
});

test("what the browser's own reader finds is placed in shares of the picture", async () => {
  const found = [{ format: "ean_13", rawValue: "4006381333931", boundingBox: { x: 40, y: 10, width: 20, height: 20 } }];
  const r = await openReader(detector(ALL, () => found), wasm);
  const picture = { width: 100, height: 50 } as HTMLCanvasElement;
  expect(await r.read(picture)).toEqual([{ code: "]E04006381333931", x: 0.5, y: 0.4 }]);
});

test("what a view shows of a picture: the middle, whole in one direction", () => {
  expect(visible({ w: 1280, h: 720 }, { w: 320, h: 320 })).toEqual({ x: 280, y: 0, w: 720, h: 720 });
  expect(visible({ w: 720, h: 1280 }, { w: 360, h: 180 })).toEqual({ x: 0, y: 460, w: 720, h: 360 });
  expect(visible({ w: 640, h: 480 }, { w: 640, h: 480 })).toEqual({ x: 0, y: 0, w: 640, h: 480 });
});

// Reads the PBM files named on stdin, one a line, and answers with a line of JSON each: what ZXing, the decoder
// that the handhelds' cameras use, reads in them.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { prepareZXingModule, readBarcodes } from "../../static/node_modules/zxing-wasm/dist/es/reader/index.js";

const wasm = new URL("../../static/node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url);
await prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer }, fireImmediately: true });

// picture turns one bit a dot into four bytes a pixel.
function picture(file) {
  const bytes = readFileSync(file);
  const [head, width, height] = /^P4\n(\d+) (\d+)\n/.exec(bytes.toString("latin1", 0, 40));
  const w = Number(width), h = Number(height), stride = Math.ceil(w / 8);
  const data = new Uint8ClampedArray(4 * w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const dark = bytes[head.length + y * stride + (x >> 3)] & (0x80 >> (x & 7));
      data.fill(dark ? 0 : 255, 4 * (y * w + x), 4 * (y * w + x) + 3);
      data[4 * (y * w + x) + 3] = 255;
    }
  }
  return { data, width: w, height: h, colorSpace: "srgb" };
}

for await (const file of createInterface({ input: process.stdin })) {
  const found = await readBarcodes(picture(file), {
    formats: ["Code128", "EAN13", "QRCode", "DataMatrix"], textMode: "Plain", tryHarder: true, tryRotate: false, tryDownscale: true, maxNumberOfSymbols: 20,
  });
  console.log(JSON.stringify(found.map((r) => ({ id: r.symbologyIdentifier, text: r.text, error: r.error }))));
}

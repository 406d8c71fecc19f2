// What a camera sees: pictures of our own printed labels, as a film that Chromium's fake camera plays.

import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";
import { BINARY } from "./house.mjs";

export const WIDTH = 1280;
export const HEIGHT = 720;
const FPS = 10;
const PAPER = 235;

export const cameraFlags = (film) => ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`];

// label is one printed by the program, as grey pixels.
export function label(kind, data, size = "62x29") {
  const pdf = execFileSync(BINARY, ["label", kind, "--size", size], { input: JSON.stringify(data) });
  return readPGM(execFileSync("pdftoppm", ["-r", "200", "-gray", "-"], { input: pdf, maxBuffer: 1 << 26 }));
}

function readPGM(b) {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(b.subarray(0, 40).toString("latin1"));
  const [w, h] = [Number(head[1]), Number(head[2])];
  return { w, h, px: b.subarray(head[0].length, head[0].length + w * h) };
}

// matrix is a DataMatrix, which suppliers print and we do not.
export async function matrix(text, options = "") {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/writer/zxing_writer.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });
  const { symbol, error } = await writeBarcode(text, { format: "DataMatrix", options });
  if (error) throw new Error(error);
  return enlarged(symbol, 10, 2);
}

// enlarged draws each module so many pixels wide, with a rim of white modules.
function enlarged({ width, height, data }, scale, rim) {
  const [w, h] = [(width + 2 * rim) * scale, (height + 2 * rim) * scale];
  const px = Buffer.alloc(w * h, 255);
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) px[(y + rim * scale) * w + x + rim * scale] = data[Math.floor(y / scale) * width + Math.floor(x / scale)];
  }
  return { w, h, px };
}

// crop is a part of a picture, in shares of it.
export function crop({ w, h, px }, left, right) {
  const from = Math.floor(w * left);
  const width = Math.floor(w * right) - from;
  const out = Buffer.alloc(width * h);
  for (let y = 0; y < h; y++) px.copy(out, y * width, y * w + from, y * w + from + width);
  return { w: width, h, px: out };
}

// see lays pictures on a grey table, each with its middle at x, y, and holds that for some time.
export function see(pictures, ms = 400) {
  const luma = Buffer.alloc(WIDTH * HEIGHT, 120);
  for (const { of, x = WIDTH / 2, y = HEIGHT / 2 } of pictures) lay(luma, of, Math.round(x - of.w / 2), Math.round(y - of.h / 2));
  return { luma, frames: Math.max(1, Math.round((ms * FPS) / 1000)) };
}

function lay(luma, of, left, top) {
  for (let y = 0; y < of.h; y++) {
    for (let x = 0; x < of.w; x++) {
      const at = (top + y) * WIDTH + left + x;
      if (at >= 0 && at < luma.length) luma[at] = 16 + Math.round((of.px[y * of.w + x] * (PAPER - 16)) / 255);
    }
  }
}

// roll puts what is seen into the film that the camera plays from its start whenever it is opened, over and over.
export function roll(film, scenes) {
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FPS}:1 Ip A1:1 C420jpeg\n`)];
  for (const { luma, frames } of scenes) for (let i = 0; i < frames; i++) parts.push(Buffer.from("FRAME\n"), luma, chroma);
  writeFileSync(`${film}.new`, Buffer.concat(parts));
  renameSync(`${film}.new`, film);
}

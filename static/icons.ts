import { deflateSync } from "node:zlib";
import type { Plugin } from "vite";

// The icons that a phone wants as PNG, drawn here from the same bars as public/icon.svg: launchers do not take
// SVG, and iOS takes only its own.

type Colour = [r: number, g: number, b: number];
type Bar = { x: number; y: number; w: number; h: number; round?: number; colour: Colour };

const GROUND: Colour = [0x0f, 0x17, 0x20];
const BLUE: Colour = [0x7c, 0xc4, 0xff];
const bar = (x: number, w: number): Bar => ({ x, y: 16, w, h: 32, colour: BLUE });
const BARS: Bar[] = [bar(14, 4), bar(22, 8), bar(34, 3), bar(46, 5), { x: 8, y: 30, w: 48, h: 4, round: 2, colour: [0x36, 0xd3, 0x99] }];

// How often a pixel is looked at, each way, so that a round corner is smooth.
const FINE = 4;

function within(b: Bar, x: number, y: number): boolean {
  if (x < b.x || y < b.y || x >= b.x + b.w || y >= b.y + b.h) return false;
  const r = b.round ?? 0;
  const dx = Math.max(b.x + r - x, x - (b.x + b.w - r), 0);
  const dy = Math.max(b.y + r - y, y - (b.y + b.h - r), 0);
  return dx * dx + dy * dy <= r * r || r === 0;
}

// icon draws a square of so many pixels. A maskable one fills the square, and its bars keep to the middle that no
// launcher cuts away; so does the one for iOS, which rounds the corners itself.
export function icon(size: number, full: boolean, scale = 1): Buffer {
  const ground: Bar = { x: 0, y: 0, w: 64, h: 64, round: full ? 0 : 14, colour: GROUND };
  const row = 1 + size * 4;
  const pixels = Buffer.alloc(row * size);
  for (let py = 0; py < size; py++)
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < FINE * FINE; i++) {
        const x = ((px + ((i % FINE) + 0.5) / FINE) * 64) / size;
        const y = ((py + (Math.floor(i / FINE) + 0.5) / FINE) * 64) / size;
        if (!within(ground, x, y)) continue;
        const [bx, by] = [32 + (x - 32) / scale, 32 + (y - 32) / scale];
        const colour = BARS.findLast((b) => within(b, bx, by))?.colour ?? GROUND;
        [...colour, 255].forEach((c, k) => (sum[k]! += c));
      }
      const alpha = sum[3]! / (FINE * FINE);
      const seen = sum[3]! / 255 || 1;
      const at = row * py + 1 + px * 4;
      for (let k = 0; k < 3; k++) pixels[at + k] = Math.round(sum[k]! / seen);
      pixels[at + 3] = Math.round(alpha);
    }
  return png(size, pixels);
}

function png(size: number, pixels: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8); // 8 bits of red, green, blue and alpha
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(pixels, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function crc(data: Buffer): number {
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

export const ICONS = {
  "icon-192.png": () => icon(192, false),
  "icon-512.png": () => icon(512, false),
  "icon-maskable-192.png": () => icon(192, true, 0.75),
  "icon-maskable-512.png": () => icon(512, true, 0.75),
  "apple-touch-icon.png": () => icon(180, true),
};

// icons puts them into the build.
export function icons(): Plugin {
  return {
    name: "floorline-icons",
    apply: "build",
    generateBundle() {
      for (const [fileName, draw] of Object.entries(ICONS)) this.emitFile({ type: "asset", fileName, source: draw() });
    },
  };
}

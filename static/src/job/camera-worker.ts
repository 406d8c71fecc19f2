import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";
import type { Seen } from "./camera-aim";
import { ZXING, zxingSeen } from "./camera-code";

// Reads codes out of pictures beside the page, so that a beep never waits for a picture. By default the library
// fetches its wasm from a CDN; a warehouse has none, so it comes from the floor.

export interface Asked {
  n: number;
  picture: ImageData;
}

export type Told = { n: number; seen: Seen[] } | { n: number; fault: string };

prepareZXingModule({ overrides: { locateFile: (name: string) => (name.endsWith(".wasm") ? wasm : name) } });

addEventListener("message", (e: MessageEvent<Asked>) => {
  const { n, picture } = e.data;
  read(picture).then(
    (seen) => tell({ n, seen }),
    (fault: unknown) => tell({ n, fault: String(fault) }),
  );
});

async function read(picture: ImageData): Promise<Seen[]> {
  return zxingSeen(await readBarcodes(picture, ZXING), picture);
}

function tell(t: Told): void {
  postMessage(t);
}

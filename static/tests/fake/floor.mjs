// A floor for trying the screens without one: it serves the build under a strict policy and plays a short
// day over the socket, with ids, counters, repeats and resends as the contract has them. Never shipped.

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { restAnswer } from "./rest.mjs";
import { script } from "./script.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };
const HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; img-src 'self' data: blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self' blob:",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

export class FakeFloor {
  constructor(steps = script()) {
    this.steps = steps;
    this.at = 0;
    this.n = 0;
    this.seq = 100;
    this.answers = new Map();
    this.frames = [];
    this.hellos = [];
    this.conditions = [];
    this.sockets = new Set();
    this.down = false;
    this.silent = false;
    this.waiters = [];
    this.worker = null;
    this.rest = { orders: 3, status: "received", calls: [] };
  }

  async start(port = 0) {
    this.http = createServer((q, a) => this.serve(q, a));
    const ws = new WebSocketServer({ noServer: true, handleProtocols: (p) => (p.has("floorline.v1") ? "floorline.v1" : false) });
    this.http.on("upgrade", (q, socket, head) => {
      if (this.down) return socket.destroy();
      ws.handleUpgrade(q, socket, head, (s) => this.meet(s));
    });
    await new Promise((done) => this.http.listen(port, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.http.address().port}`;
    return this;
  }

  stop() {
    for (const s of this.sockets) s.terminate();
    this.http.closeAllConnections();
    return new Promise((done) => this.http.close(done));
  }

  // cut breaks every connection and takes no new one until `back`.
  cut() {
    this.down = true;
    for (const s of this.sockets) s.terminate();
  }

  back() {
    this.down = false;
  }

  // heard resolves when a code arrives.
  heard(code) {
    return new Promise((done) => this.waiters.push((f) => f.code === code && (done(), true)));
  }

  push(frame) {
    const full = { epoch: 1, seq: ++this.seq, ...frame };
    for (const s of this.sockets) s.send(JSON.stringify(full));
  }

  // say answers what was scanned last with a verdict of the test's own.
  say(verdict) {
    this.push({ ...verdict, id: this.frames.at(-1).id, next: this.next });
  }

  get next() {
    const left = this.steps.slice(this.at, this.at + 20);
    const [now, ...ahead] = left.map((s) => s.next);
    return { ...now, ahead: now.offline ? ahead.filter((n) => n.job).slice(0, 10) : [] };
  }

  serve(q, a) {
    const path = new URL(q.url, this.url).pathname;
    if (path.startsWith("/api/")) return restAnswer(this, q, a, path);
    const file = join(DIST, path);
    const real = file.startsWith(DIST) && extname(file) && existsSync(file) ? file : join(DIST, "index.html");
    a.writeHead(200, { "Content-Type": TYPES[extname(real)] ?? "application/octet-stream", ...HEADERS });
    createReadStream(real).pipe(a);
  }

  meet(s) {
    this.sockets.add(s);
    s.on("close", () => this.sockets.delete(s));
    s.on("message", (data) => this.hear(s, JSON.parse(data)));
  }

  hear(s, f) {
    if (f.type === "hello") {
      this.hellos.push(f);
      const device = f.token ? { id: "D-0001-X", name: "Handheld 1", kind: "handheld" } : null;
      return s.send(JSON.stringify({ type: "welcome", epoch: 1, seq: this.seq, n: this.n, recovered: true, device, worker: this.worker, next: this.next, heartbeat_s: 20 }));
    }
    if (f.type === "ping") return this.silent || s.send(JSON.stringify({ type: "pong" }));
    if (f.type === "condition") return void this.conditions.push(f);
    this.frames.push(f);
    this.waiters = this.waiters.filter((w) => !w(f));
    if (this.silent) return;
    const old = this.answers.get(f.id);
    if (old) return s.send(JSON.stringify({ ...old, replayed: true, next: this.next }));
    if (f.n > this.n + 1) return s.send(JSON.stringify({ type: "resend", from: this.n + 1 }));
    this.n = Math.max(this.n, f.n);
    const v = this.decide(f);
    this.answers.set(f.id, v);
    s.send(JSON.stringify({ ...v, next: this.next }));
  }

  decide(f) {
    const step = this.steps[this.at];
    const verdict = { type: "verdict", id: f.id, epoch: 1, seq: ++this.seq, hash: "00", replayed: false };
    const said = step.take(f, this);
    if (said.go) this.at = Math.min(this.at + said.go, this.steps.length - 1);
    if (said.worker !== undefined) this.worker = said.worker;
    const { go, worker, ...rest } = said;
    return worker === undefined ? { ...verdict, ...rest } : { ...verdict, ...rest, worker };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const floor = await new FakeFloor().start(Number(process.argv[2] ?? 0));
  console.log(`listening ${floor.url}`);
}

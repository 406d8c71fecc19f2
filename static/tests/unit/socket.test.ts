import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Socket, socketURL, type Link } from "../../src/job/socket";
import { Line } from "./line";

let lines: Line[];
let links: Link[];
let socket: Socket;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  links = [];
  socket = new Socket({
    url: "ws://floor/api/v1/socket",
    hello: () => ({ token: "t", epoch: 3, seq: 17 }),
    onFrame: () => {},
    onLink: (l) => links.push(l),
    chance: () => 0.5,
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
  });
  socket.start();
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

const welcome = (line: Line): void => {
  line.open();
  line.say({ type: "welcome", epoch: 3, seq: 17, n: 0, recovered: true });
};

test("the first frame is hello with the place to resume at, and nothing is sent before the welcome", () => {
  lines[0]!.open();
  expect(lines[0]!.sent).toEqual([{ type: "hello", token: "t", epoch: 3, seq: 17 }]);
  expect(socket.send({ type: "scan" })).toBe(false);
  lines[0]!.say({ type: "welcome" });
  expect(socket.send({ type: "scan" })).toBe(true);
});

test("the address follows the page's scheme", () => {
  expect(socketURL({ protocol: "https:", host: "floor.local:8443" })).toBe("wss://floor.local:8443/api/v1/socket");
  expect(socketURL({ protocol: "http:", host: "127.0.0.1:80" })).toBe("ws://127.0.0.1:80/api/v1/socket");
});

test("a lost line comes back with growing, bounded waits", () => {
  welcome(lines[0]!);
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    lines.at(-1)!.break();
    const before = lines.length;
    let ms = 0;
    while (lines.length === before && ms < 60_000) {
      vi.advanceTimersByTime(5);
      ms += 5;
    }
    waits.push(ms);
  }
  expect(waits[0]).toBe(125);
  expect(waits[1]).toBe(250);
  expect(waits.at(-1)).toBe(2_500); // half of the cap, since chance is a half here
});

test("4409 is another window of this device: no reconnect until a person asks", () => {
  welcome(lines[0]!);
  lines[0]!.break(4409);
  vi.advanceTimersByTime(120_000);
  expect(lines).toHaveLength(1);
  expect(links.at(-1)).toBe("elsewhere");
  socket.start();
  expect(lines).toHaveLength(2);
});

test("a drain names the wait", () => {
  welcome(lines[0]!);
  lines[0]!.say({ type: "drain", retry_s: 3 });
  lines[0]!.break(1001);
  vi.advanceTimersByTime(2_990);
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(1_500);
  expect(lines).toHaveLength(2);
});

test("4401 and 4426 are told apart and tried rarely", () => {
  welcome(lines[0]!);
  lines[0]!.break(4401);
  expect(links.at(-1)).toBe("signin");
  vi.advanceTimersByTime(14_000);
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(9_000);
  expect(lines).toHaveLength(2);
  lines[1]!.break(4426);
  expect(links.at(-1)).toBe("old");
});

test("no welcome in time counts as a dead line", () => {
  lines[0]!.open();
  vi.advanceTimersByTime(9_000);
  expect(lines[0]!.closed).not.toBeNull();
  expect(lines.length).toBeGreaterThan(1);
});

test("a line that has gone silent is asked, and dropped when it does not answer", () => {
  welcome(lines[0]!);
  vi.advanceTimersByTime(15_001);
  expect(lines[0]!.sent.at(-1)).toEqual({ type: "ping" });
  lines[0]!.say({ type: "pong" });
  vi.advanceTimersByTime(14_000);
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(1_001);
  expect(lines[0]!.sent.filter((f) => f.type === "ping")).toHaveLength(2);
  vi.advanceTimersByTime(5_300);
  expect(lines[0]!.closed).not.toBeNull();
  expect(lines).toHaveLength(2);
});

test("the way to the floor and back is measured from the first ping that has no answer", () => {
  const heard: number[] = [];
  socket.onPong = (ms) => heard.push(ms);
  welcome(lines[0]!);
  socket.probe();
  vi.advanceTimersByTime(30);
  socket.probe();
  vi.advanceTimersByTime(10);
  lines[0]!.say({ type: "pong" });
  lines[0]!.say({ type: "pong" });
  expect(heard).toEqual([40]);
});

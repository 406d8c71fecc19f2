import type { SocketLike } from "../../src/job/socket";

// A line whose other end is the test: what was sent can be read, what comes can be said.
export class Line implements SocketLike {
  onopen: ((e: never) => void) | null = null;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closed: number | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code = 1000): void {
    this.closed = code;
  }

  open(): void {
    this.onopen?.(null as never);
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  break(code = 1006): void {
    this.onclose?.({ code });
  }

  get commands(): Record<string, unknown>[] {
    return this.sent.filter((f) => f.type !== "hello");
  }
}

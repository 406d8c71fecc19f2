import { effect, signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { get, Problem, type Page } from "../api";
import { Socket, socketURL, type Frame, type Link } from "../job/socket";
import { go } from "../route";

// The supervisor's pages show the floor as it is: every event that comes over the socket makes what is on
// screen be asked for again, at most once in 150 ms, so that a busy floor costs no more than a calm one.

const TOPICS = ["picklists", "waves", "orders", "parcels", "prints", "stock", "returns", "workers", "manifests", "exceptions"];
const FOLD_MS = 150;
const KEPT = 200;

export interface LiveEvent {
  seq: number;
  topic?: string;
  kind: string;
  at?: string;
  worker?: string;
  device?: string;
  authorised_by?: string; // the lead who allowed it with a PIN
  origin?: string; // how the code came, where no scanner read it
  data?: unknown;
}

export const link = signal<Link>("connecting");
export const tick = signal(0);
export const stream = signal<LiveEvent[]>([]); // newest first

let socket: Socket | null = null;
let folding: ReturnType<typeof setTimeout> | undefined;
let at = { epoch: 0, seq: 0 };

export function startLive(): void {
  if (socket) return socket.hurry();
  socket = new Socket({
    url: socketURL(),
    hello: () => ({ topics: TOPICS, ...(at.epoch ? { epoch: at.epoch, seq: at.seq } : {}) }),
    onFrame: hear,
    onLink: (l) => (link.value = l),
  });
  socket.start();
  addEventListener("online", () => socket?.hurry());
}

export function stopLive(): void {
  socket?.stop();
  socket = null;
  at = { epoch: 0, seq: 0 };
  stream.value = [];
}

function hear(f: Frame): void {
  if (typeof f.epoch === "number") at.epoch = f.epoch;
  if (typeof f.seq === "number") at.seq = Math.max(at.seq, f.seq);
  if (f.type === "event") stream.value = [f as unknown as LiveEvent, ...stream.value].slice(0, KEPT);
  if (f.type === "event" || f.type === "welcome" || f.type === "devices") fold();
}

function fold(): void {
  folding ??= setTimeout(() => {
    folding = undefined;
    tick.value++;
  }, FOLD_MS);
}

export interface Live<T> {
  data: T | null;
  fault: Error | null;
  again: () => void;
}

// useLive keeps what a path gives on screen, fresh with every tick. A slow answer is never overtaken by an
// older one: the next question waits for it.
// What costs the server much rests between two questions, except where a person just changed it.
export function useLive<T>(load: () => Promise<T>, deps: unknown[], restMS = 0): Live<T> {
  const [data, setData] = useState<T | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const again = useRef<() => void>(() => {});
  useEffect(() => {
    let here = true;
    let asking = false;
    let stale = false;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (asking || resting !== undefined) {
        stale = true;
        return;
      }
      asking = true;
      try {
        const fresh = await load();
        if (here) {
          setData(fresh);
          setFault(null);
        }
      } catch (e) {
        if (here) failed(e as Error, setFault);
      }
      asking = false;
      if (restMS > 0 && here) resting = setTimeout(rested, restMS);
      else rested();
    };
    const rested = () => {
      resting = undefined;
      if (!stale || !here) return;
      stale = false;
      setTimeout(() => here && void ask(), FOLD_MS);
    };
    again.current = () => {
      clearTimeout(resting);
      resting = undefined;
      void ask();
    };
    const off = effect(() => {
      tick.value;
      void ask();
    });
    return () => {
      here = false;
      clearTimeout(resting);
      off();
    };
  }, deps);
  return { data, fault, again: () => again.current() };
}

function failed(e: Error, say: (e: Error) => void): void {
  if (e instanceof Problem && e.status === 401) {
    if (location.pathname === "/signin") return; // another question was faster
    stopLive();
    go(`/signin?to=${encodeURIComponent(location.pathname + location.search)}`, true);
  } else say(e);
}

export const usePath = <T>(path: string): Live<T> => useLive(() => get<T>(path), [path]);

const PAGE = 100;

// usePages is a list with "more": all the pages that were opened stay live.
export function usePages<T>(path: string): Live<T[]> & { more: (() => void) | null } {
  const [pages, setPages] = useState(1);
  useEffect(() => setPages(1), [path]);
  const live = useLive(() => fetchPages<T>(path, pages), [path, pages]);
  const more = live.data?.next ? () => setPages((n) => n + 1) : null;
  return { data: live.data?.items ?? null, fault: live.fault, again: live.again, more };
}

async function fetchPages<T>(path: string, pages: number): Promise<Page<T>> {
  const all: Page<T> = { items: [] };
  let cursor = "";
  for (let i = 0; i < pages; i++) {
    const glue = path.includes("?") ? "&" : "?";
    const page = await get<Page<T>>(`${path}${glue}limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.items.push(...(page.items ?? []));
    cursor = page.next ?? "";
    if (!cursor) break;
  }
  return cursor ? { ...all, next: cursor } : all;
}

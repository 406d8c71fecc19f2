import { get } from "../api";
import { useLive } from "../floor/live";
import type { PlanBin } from "./faults";
import type { Layout } from "./grid";

export interface Floorplan {
  layout: Layout;
  etag: string;
  blocked: number[];
  bins: PlanBin[];
  more: boolean;
  workers: { id: string; name: string; bin: string; at: string; job: { kind: string; id: string; done: number; total: number } | null }[];
  picklists: { id: string; status: string; worker_name: string; done: number; total: number }[];
}

// A whole floor is a large answer: it is asked for again when something happened, but once in REST_MS at most.
const REST_MS = 1000;
let last: { at: number; plan: Promise<Floorplan> } | null = null;

function load(): Promise<Floorplan> {
  const now = Date.now();
  if (last && now - last.at < REST_MS) {
    const wait = REST_MS - (now - last.at);
    const old = last;
    return new Promise((done, fail) => setTimeout(() => (last === old ? ask() : last!.plan).then(done, fail), wait));
  }
  return ask();
}

function ask(): Promise<Floorplan> {
  const plan = get<Floorplan>("/floorplan");
  last = { at: Date.now(), plan };
  plan.catch(() => (last = null));
  return plan;
}

export const usePlan = () => useLive(load, []);

import { ulid } from "./ulid";

// One way to call the API: JSON in, JSON out, every refusal as a Problem that lists all that is wrong.

export interface Fault {
  pointer?: string;
  code: string;
  detail?: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly faults: Fault[] = [],
  ) {
    super(message);
  }
}

export interface Page<T> {
  items: T[];
  next?: string;
}

interface Options {
  token?: string;
  signal?: AbortSignal;
  ifMatch?: string;
}

const ROOT = "/api/v1";

export const get = <T>(path: string, o: Options = {}): Promise<T> => call<T>("GET", path, undefined, o);
export const post = <T>(path: string, body: unknown, o: Options = {}): Promise<T> => call<T>("POST", path, body, o);
export const put = <T>(path: string, body: unknown, o: Options = {}): Promise<T> => call<T>("PUT", path, body, o);
export const remove = <T>(path: string, o: Options = {}): Promise<T> => call<T>("DELETE", path, undefined, o);

async function call<T>(method: string, path: string, body: unknown, o: Options): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  if (o.token) headers.set("Authorization", `Bearer ${o.token}`);
  if (o.ifMatch) headers.set("If-Match", o.ifMatch);
  if (method === "POST") headers.set("Idempotency-Key", ulid());
  const raw = body instanceof Blob;
  if (body !== undefined && !raw) headers.set("Content-Type", "application/json");
  const payload = body === undefined ? null : raw ? body : JSON.stringify(body);
  let answer: Response;
  try {
    answer = await fetch(ROOT + path, { method, headers, body: payload, signal: o.signal ?? null, credentials: "same-origin" });
  } catch (e) {
    if (o.signal?.aborted) throw e;
    throw new Problem(0, "no_link", "The floor cannot be reached. Nothing was changed.");
  }
  const text = await answer.text();
  if (!answer.ok) throw problem(answer, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export async function bytes(address: string, token: string): Promise<Blob> {
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` }, credentials: "same-origin" });
  if (!answer.ok) throw problem(answer, await answer.text());
  return answer.blob();
}

function problem(answer: Response, text: string): Problem {
  try {
    const p = JSON.parse(text) as { code?: string; title?: string; detail?: string; errors?: Fault[] };
    const message = p.detail || p.title || answer.statusText;
    return new Problem(answer.status, p.code ?? "", message, p.errors ?? []);
  } catch {
    return new Problem(answer.status, "", `The floor answered ${answer.status}.`);
  }
}

import type { Class } from "../wire";
import type { Keep, Me } from "./keep";
import type { Link, SocketLike } from "./socket";

// How a device stands to the floor, and what a session is made of.

export type State = "connecting" | "live" | "catching" | "offline" | "elsewhere" | "signin" | "forbidden" | "old";

// Nothing is taken on a page that is not the one at work: it could not be sent.
export const NOT_HERE: ReadonlySet<State> = new Set<State>(["elsewhere", "signin", "forbidden"]);

// stateOf is what a change of the link means; that it is up says nothing before the floor's welcome.
export function stateOf(l: Exclude<Link, "up">, was: State): State {
  if (l === "down") return "offline";
  if (l === "connecting") return was === "connecting" ? "connecting" : "offline";
  return l;
}

export interface Sounds {
  stored(): void;
  verdict(c: Class): void;
}

export interface Setup {
  keep: Keep;
  me: Me;
  url: string;
  sounds: Sounds;
  open?: (url: string) => SocketLike;
  words: { saved: string; undecided: string; needsLink: string; signInLost: string; notSaved: string; notHere: string };
}
